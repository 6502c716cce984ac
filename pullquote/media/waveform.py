"""A recording's waveform, where nothing else of its sound is asked for."""

from __future__ import annotations

from pathlib import Path

from pullquote.formats.peaks_json import PER_SECOND
from pullquote.media.sound import Sound
from pullquote.model.progress import Progress, silent

_RATE = 8000
"""Samples a second: enough for a picture."""


def waveform(path: Path, progress: Progress = silent) -> list[float]:
    """Return the largest sample of each tenth of a second, 0 to 1. Raises MediaError."""
    import numpy as np

    size = _RATE // PER_SECOND
    found: list[float] = []
    held = np.zeros(0, np.float32)
    for frame in Sound(path, rate=_RATE, progress=progress):
        held = np.concatenate([held, np.abs(frame.to_ndarray()[0])])
        whole = len(held) // size * size
        found += held[:whole].reshape(-1, size).max(axis=1).tolist()
        held = held[whole:]
    return [*found, float(held.max())] if held.size else found
