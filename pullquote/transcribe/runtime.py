"""What the transcribe stage asks of a speech runtime, and what it gets back."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from pullquote.model.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Sound = NDArray[np.float32]
    """Mono samples from -1 to 1 at 16 kHz."""

SAMPLE_RATE = 16_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How to decode a batch of windows."""

    language: str
    """ISO 639-1."""
    beam: int = 1
    temperature: float = 0.0
    """Above 0 the text is sampled and ``beam`` counts candidates."""
    pad: int | None = 3_000
    """Milliseconds of silence after the longest window; None: to the model's 30 s."""
    prompt: str | None = None
    """Words the model is told to expect."""
    second_beam: int | None = None
    """A window whose mean log-probability is below ``second_below`` is decoded
    once more with this beam, from the same encoded sound."""
    second_below: float = -0.2
    """One window in four is; it brings the accuracy of a beam everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a runtime made of one window; times in ms from the window's start."""

    words: tuple[Word, ...]
    tokens: int
    """Number of text tokens."""
    logprob: float
    """Mean log-probability of the tokens."""
    no_speech: float
    """Probability that nobody speaks."""
    complete: bool = True
    """False where the text was cut off at the most tokens allowed."""

    @property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(word.text for word in self.words)


class Runtime(Protocol):
    """A loaded Whisper model."""

    @property
    def name(self) -> str:
        """``ctranslate2`` or ``torch``."""

    @property
    def parallel(self) -> int:
        """How many threads may call ``hear`` at once, each with a core of its own."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of the libraries that make a difference to the words."""

    @property
    def options(self) -> Mapping[str, object]:
        """Settings of the runtime itself, such as its precision."""

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""

    def hear(
        self, sounds: Sequence[Sound], decoding: Decoding
    ) -> tuple[tuple[Heard, ...], ...]:
        """Return for each of the windows what may be said in it.

        One candidate, or two where the first was doubted.
        """


def most_tokens(milliseconds: int) -> int:
    """Return how many tokens a window may hold.

    Fast English reaches 7 tokens a second, so 12 never cut real speech off, and a
    window that loops stops early instead of holding up its batch.
    """
    return min(224, 24 + 12 * milliseconds // 1000)


def usable_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
