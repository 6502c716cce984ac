"""Gain and limiting as one curve, known before the first sample is encoded. Pure.

The curve has a value at each edge between two windows of ``levels``; in between it
is a straight line. It goes down within 7 ms before a peak and comes up again in the
50 ms after it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pullquote.media.levels import Levels, loudness
from pullquote.media.loudness import SILENCE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_AHEAD = 1
"""Windows on either side of a peak that are held down as far as the peak itself."""
_RELEASE = 15
"""Windows in which the curve comes up again: 50 ms."""
_REACH = 2 * _AHEAD + _RELEASE
"""Windows on either side that have a say in a value of the curve."""
_PART = 1 << 20
"""Windows that are worked on at once: about an hour."""
_STEP = 0.01
"""dB to which a gain is found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gain:
    """What is done to a sound: so many dB, and no sample above ``ceiling``."""

    db: float = 0.0
    ceiling: float = 0.0
    """dBFS."""


def curve(
    peaks: NDArray[np.float32], gain: Gain, first: int = 0, last: int | None = None
) -> NDArray[np.float32]:
    """Return the factor at each edge of windows ``first`` to ``last``, one more.

    ``peaks`` are those of all windows. Nowhere in a window does the line between its
    two edges lift its peak over the ceiling.
    """
    import numpy as np

    last = len(peaks) if last is None else last
    missing = max(0, _REACH - first), max(0, last + _REACH - len(peaks))
    near = np.pad(peaks[max(0, first - _REACH) : last + _REACH], missing)
    over = 20 * np.log10(np.maximum(near, np.float32(1e-9)))
    over = np.maximum(over + np.float32(gain.db - gain.ceiling), np.float32(0))
    if over.any():
        grip = np.maximum(over[:-1], over[1:])  # at the edges inside
        grip = _smooth(_released(_held(grip)))
    else:
        grip = np.zeros(last - first + 1, np.float32)
    factors: NDArray[np.float32] = (10 ** ((gain.db - grip) / 20)).astype(np.float32)
    return factors


def _held(grip: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    count = len(grip) - 2 * _AHEAD
    held = grip[:count]
    for shift in range(1, 2 * _AHEAD + 1):
        held = np.maximum(held, grip[shift : shift + count])
    return held


def _released(held: NDArray[np.float32]) -> NDArray[np.float32]:
    import numpy as np

    grip = held.copy()
    for step in range(1, _RELEASE):
        left = held[:-step] * np.float32(1 - step / _RELEASE)
        grip[step:] = np.maximum(grip[step:], left)
    return grip


def _smooth(grip: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the edges asked for: the means of what is held on either side of them."""
    import numpy as np

    bell = np.hanning(2 * _AHEAD + 3)[1:-1]
    smooth = np.convolve(grip, bell / bell.sum(), "valid")
    spare = _REACH - 1 - 2 * _AHEAD
    return smooth[spare : len(smooth) - spare].astype(np.float32)


def loudness_after(levels: Levels, gain: Gain) -> float:
    """Return the LUFS that a sound will have."""
    import numpy as np

    peaks, energies = levels.peaks, levels.energies
    after = []
    for first in range(0, len(peaks), _PART):
        last = min(first + _PART, len(peaks))
        edges = curve(peaks, gain, first, last)
        start, end = edges[:-1], edges[1:]
        factors = (start * start + start * end + end * end) / 3
        after.append(energies[first:last] * factors)
    return loudness(np.concatenate(after)) if after else SILENCE


def gain_to(levels: Levels, target: float, ceiling: float, most: float) -> Gain:
    """Return the gain after which a sound has ``target`` LUFS, ``most`` dB at most.

    What is silent stays as it is.
    """
    before = loudness(levels.energies)
    if before <= SILENCE:
        return Gain(ceiling=ceiling)

    def misses(db: float) -> bool:
        return loudness_after(levels, Gain(db=db, ceiling=ceiling)) < target - _STEP

    low = high = min(target - before, most)
    while high < most and misses(high):
        low, high = high, min(high + 3, most)
    while high - low > _STEP:
        middle = (low + high) / 2
        low, high = (middle, high) if misses(middle) else (low, middle)
    return Gain(db=round(high, 2), ceiling=ceiling)


def limited(
    sound: NDArray[np.float32], edges: NDArray[np.float32], size: int
) -> NDArray[np.float32]:
    """Return samples, channels x n, after their part of a curve.

    ``edges`` begins with the edge before the first sample; ``size`` is the samples
    of a window.
    """
    import numpy as np

    way = (np.arange(size, dtype=np.float32) + np.float32(0.5)) / np.float32(size)
    factors = edges[:-1, None] * (1 - way) + edges[1:, None] * way
    after: NDArray[np.float32] = sound * factors.reshape(-1)[: sound.shape[1]]
    return after
