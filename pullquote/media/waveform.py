"""A recording's waveform, where nothing else of its sound is asked for."""

from __future__ import annotations

from pathlib import Path

from pullquote.formats.peaks_json import PER_SECOND
from pullquote.media.sound import Sound, chunks
from pullquote.model.progress import Progress, silent

_RATE = 8000
"""Samples a second: enough for a picture."""


def waveform(path: Path, progress: Progress = silent) -> list[float]:
    """Return the largest sample of each tenth of a second, 0 to 1. Raises MediaError."""
    import numpy as np

    size = _RATE // PER_SECOND
    found: list[float] = []
    for part in chunks(Sound(path, rate=_RATE, progress=progress), 30 * _RATE):
        peaks = np.abs(np.pad(part[0], (0, -part.shape[1] % size)))
        found += peaks.reshape(-1, size).max(axis=1).tolist()
    return found
