"""Where the sound itself stops: pauses to 10 ms, from its loudness.

A voice activity detector hears a pause to about 30 ms and late; loudness against
the room's own noise shows where the first and last sound of a phrase lie.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pullquote.transcribe.sound import SAMPLE_RATE, Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from pullquote.transcribe.sound import Sound

    Levels = NDArray[np.float32]
    """Loudness in decibels, one for each 10 ms."""

FRAME = 10
"""Milliseconds of one level."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PauseRule:
    """What counts as a pause; times in milliseconds, loudness in decibels."""

    shortest: int = 80
    blip: int = 20
    """Sound this short inside a pause does not end it."""
    over_noise: float = 5.0
    share: float = 0.15
    """Of the way from the noise to the speech: from there on it is sound."""
    deepest: float = 50.0
    """Noise further than this below speech is taken to be no quieter."""
    around: int = 10_000
    """Noise and speech are measured in blocks of this length."""


PAUSES = PauseRule()


def sound_levels(sound: Sound) -> Levels:
    """Return the loudness of each 10 ms."""
    import numpy as np

    size = SAMPLE_RATE * FRAME // 1000
    count = len(sound) // size
    frames = sound[: count * size].reshape(count, size)
    power = np.einsum("ij,ij->i", frames, frames) / size
    return np.asarray(10 * np.log10(power + 1e-10), dtype=np.float32)


def find_pauses(levels: Levels) -> tuple[Span, ...]:
    """Return the stretches without sound, in order."""
    import numpy as np

    quiet = levels < _thresholds(levels)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], quiet, [0]])))
    pauses: list[Span] = []
    for start, end in zip(edges[::2] * FRAME, edges[1::2] * FRAME, strict=True):
        if pauses and start - pauses[-1].end <= PAUSES.blip:
            pauses[-1] = Span(start=pauses[-1].start, end=int(end))
        else:
            pauses.append(Span(start=int(start), end=int(end)))
    return tuple(p for p in pauses if p.length >= PAUSES.shortest)


def _thresholds(levels: Levels) -> Levels:
    """Return for each level what it takes to be sound, by the noise around it."""
    import numpy as np

    block = PAUSES.around // FRAME
    thresholds = np.empty_like(levels)
    for start in range(0, len(levels), block):
        near = levels[max(0, start - block) : start + 2 * block]
        speech = float(np.percentile(near, 90))
        noise = max(float(np.percentile(near, 5)), speech - PAUSES.deepest)
        over = max(PAUSES.over_noise, PAUSES.share * (speech - noise))
        thresholds[start : start + block] = noise + over
    return thresholds
