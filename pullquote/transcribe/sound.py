"""Sound as it is transcribed: mono samples at 16 kHz, and stretches of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    """Samples from -1 to 1."""

SAMPLE_RATE = 16_000


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Half-open stretch of a recording, in milliseconds."""

    start: int
    end: int

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.end - self.start

    def moved(self, by: int) -> Span:
        """Return the same stretch so many milliseconds later."""
        return Span(start=self.start + by, end=self.end + by)


def cut(sound: Sound, start: int, end: int) -> Sound:
    """Return the samples between two times in milliseconds."""
    return sound[start * SAMPLE_RATE // 1000 : end * SAMPLE_RATE // 1000]
