"""What the transcribe stage asks of a speech runtime, and what it gets back."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from pullquote.model.transcript import Word
from pullquote.transcribe.sound import SAMPLE_RATE

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

SEED = 1
"""For what is drawn by chance: twice the same sound is twice the same words."""


_PACKAGES = {
    "ctranslate2": ("ctranslate2", "faster-whisper"),
    "torch": ("openai-whisper", "torch"),
}


def versions_of(runtime: str) -> Mapping[str, str]:
    """Return the versions of a runtime's libraries, none of which is loaded."""
    return {package: version(package) for package in _PACKAGES[runtime]}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoding:
    """How to decode a window."""

    language: str
    """ISO 639-1."""
    beam: int = 5
    temperature: float = 0.0
    """Above 0 the text is sampled and ``beam`` counts candidates."""
    pad: int | None = 3_000
    """Milliseconds of silence after the longest window; None: to the model's 30 s."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a runtime takes a window to say, without times."""

    text: str
    tokens: int
    """Number of text tokens."""
    logprob: float
    """Mean log-probability of the tokens."""
    no_speech: float
    """Probability that nobody speaks."""
    complete: bool = True
    """False where the text was cut off at the most tokens allowed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What was said in a window, word by word; times in ms from its start."""

    said: Said
    words: tuple[Word, ...]
    """Those of ``said``, unless what it said was put right afterwards."""

    @property
    def text(self) -> str:
        """The words joined by spaces."""
        return " ".join(word.text for word in self.words)


class Runtime(Protocol):
    """A loaded Whisper model.

    What ``encode`` returns is the runtime's own affair; several threads may each
    work on what they encoded.
    """

    @property
    def name(self) -> str:
        """``ctranslate2`` or ``torch``."""

    @property
    def parallel(self) -> int:
        """How many threads may call it at once, each with a core of its own."""

    @property
    def together(self) -> int:
        """How many windows it decodes at once in hardly more time than one by one."""

    @property
    def steady(self) -> bool:
        """Whether a window comes out the same whatever it is decoded beside.

        If both are padded to one length; to the last digit.
        """

    @property
    def languages(self) -> Collection[str]:
        """Those that the model knows, ISO 639-1 mostly: ``en`` alone, or about 100."""

    @property
    def versions(self) -> Mapping[str, str]:
        """Versions of the libraries that make a difference to the words."""

    @property
    def options(self) -> Mapping[str, object]:
        """Settings of the runtime itself, such as its precision."""

    def put_away(self) -> None:
        """Free the weights' memory until the next call; none is at work."""

    def language(self, sound: Sound) -> tuple[str, float]:
        """Return the likeliest language of up to 30 s, with its probability."""

    def encode(self, sounds: Sequence[Sound], length: int, pad: int | None) -> Any:
        """Return windows encoded for the other methods, in their order.

        All are as long as ``length`` (ms) and ``pad`` together; none is longer than
        ``length``.
        """

    def decode(
        self,
        encoded: Any,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        """Return what is said in some of the windows.

        ``prompts`` has for each of them what came before, or what to expect.
        """

    def align(
        self, encoded: Any, rows: Sequence[int], texts: Sequence[str], language: str
    ) -> list[tuple[Word, ...]]:
        """Return the words of each window's text with times and probabilities."""

    def scores(
        self, encoded: Any, row: int, texts: Sequence[str], prompt: str, language: str
    ) -> list[float]:
        """Return the log-probability of each text in one window, after a prompt."""


def padded(length: int, pad: int | None) -> int:
    """Return the samples of windows of ``length`` ms after padding, at most 30 s."""
    most = 30 * SAMPLE_RATE
    return most if pad is None else min(most, (length + pad) * SAMPLE_RATE // 1000)


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
