"""Is what a model heard in a window to be believed? Pure.

Whisper fails in few ways, each of which can be seen from outside: it repeats
itself, it is unsure, it leaves speech out, it writes where nobody speaks. Such a
window is decoded again; what still fails is kept and flagged for the editor.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from pullquote.model.transcript import Word
from pullquote.transcribe.engine.runtime import Heard
from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.windows import Window

Fault = Literal["repeats", "unsure", "unheard", "invented", "cut off"]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptRule:
    """What a trustworthy window looks like; times in milliseconds."""

    most_compression: float = 2.4
    """Whisper's own limit (``compression_ratio_threshold``)."""
    least_logprob: float = -0.8
    """A little stricter than Whisper's own -1.0, since repair is cheap."""
    least_spoken: int = 1_000
    """Unsure words of speech shorter than this are taken for noise."""
    silent_logprob: float = -0.5
    silent_probability: float = 0.6
    """Above this (Whisper's own limit) an unsure window is taken for silence."""
    longest_unheard: int = 2_000
    """Speech in a row in which no word starts."""
    reach: int = 300
    """A word this close to speech belongs to it."""


ACCEPT = AcceptRule()


def faults(heard: Heard, window: Window) -> tuple[Fault, ...]:
    """Return what speaks against ``heard``; nothing if it is to be believed."""
    found: list[Fault] = []
    texts = [bare(word.text) for word in heard.words]
    if compression(heard.text) > ACCEPT.most_compression or repeats(texts):
        found.append("repeats")
    if heard.said.logprob < ACCEPT.least_logprob and heard.words:
        found.append("unsure")
    if longest_unheard(heard.words, window) > ACCEPT.longest_unheard:
        found.append("unheard")
    if any(not _spoken(word, window) for word in heard.words):
        found.append("invented")
    if not heard.said.complete:
        found.append("cut off")
    return tuple(found)


def severity(heard: Heard, window: Window) -> float:
    """Return how bad a window is, for choosing between two attempts.

    What a loop covers counts as unheard: its words are not what was said.
    """
    weight = {"repeats": 8.0, "cut off": 8.0, "unheard": 4.0, "invented": 2.0}
    found = faults(heard, window)
    unheard = longest_unheard(_once(heard.words), window) / 1000
    return sum(weight.get(f, 1.0) for f in found) + unheard - heard.said.logprob


def taken_for_silence(heard: Heard, window: Window) -> bool:
    """Say whether the window is silence, noise or music after all.

    The model says so itself, or it is unsure of what would be a word or two.
    """
    if (
        window.spoken < ACCEPT.least_spoken
        and heard.said.logprob < ACCEPT.least_logprob
    ):
        return True
    return (
        heard.said.no_speech > ACCEPT.silent_probability
        and heard.said.logprob < ACCEPT.silent_logprob
    )


def needs_repair(found: Sequence[Fault], heard: Heard, window: Window) -> bool:
    """Say whether decoding again may help: not where the model hears silence.

    Words outside speech are no reason, they are simply dropped.
    """
    failed = any(fault != "invented" for fault in found)
    return failed and not taken_for_silence(heard, window)


def cleaned(heard: Heard, window: Window) -> Heard:
    """Return ``heard`` without words where nobody speaks and without loops."""
    if taken_for_silence(heard, window):
        return replace(heard, words=())
    spoken = [word for word in heard.words if _spoken(word, window)]
    return replace(heard, words=tuple(_once(spoken)))


def compression(text: str) -> float:
    """Return how well the text compresses: high for one that repeats itself."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def repeats(texts: Sequence[str]) -> bool:
    """Say whether a phrase follows itself more often than people do.

    One word five times, two words four times, three and more words three times.
    """
    return any(
        _run(texts, at, size) >= _most_times(size)
        for size in range(1, min(12, len(texts) // 2) + 1)
        for at in range(len(texts) - size * _most_times(size) + 1)
    )


def _most_times(size: int) -> int:
    return {1: 5, 2: 4}.get(size, 3)


def _run(texts: Sequence[str], at: int, size: int) -> int:
    """Return how many times the phrase at ``at`` is said in a row."""
    phrase = texts[at : at + size]
    count = 1
    while texts[at + count * size : at + (count + 1) * size] == phrase:
        count += 1
    return count


def _once(words: Sequence[Word]) -> list[Word]:
    """Take a phrase that was repeated beyond belief only once."""
    texts = [bare(word.text) for word in words]
    for size in range(1, min(12, len(texts) // 2) + 1):
        for at in range(len(texts) - size * _most_times(size) + 1):
            count = _run(texts, at, size)
            if count >= _most_times(size):
                rest = at + count * size
                return _once([*words[: at + size], *words[rest:]])
    return list(words)


def bare(text: str) -> str:
    """Return a word without case and marks; one of marks alone as it is."""
    return "".join(c for c in text.casefold() if c.isalnum()) or text


def longest_unheard(words: Sequence[Word], window: Window) -> int:
    """Return the most milliseconds of speech in a row in which no word starts.

    The start counts because an aligned word stretches over what was left out.
    """
    return max(spoken for _, spoken in _wordless(words, window))


def unheard_from(heard: Heard, window: Window) -> tuple[int, ...]:
    """Return when, in the recording, each long stretch of speech without words begins."""
    return tuple(
        window.start + start
        for start, spoken in _wordless(heard.words, window)
        if spoken > ACCEPT.longest_unheard
    )


def _wordless(words: Sequence[Word], window: Window) -> Iterator[tuple[int, int]]:
    """Yield where no word starts for a while, and the speech in it; from its start."""
    speech = [span.moved(-window.start) for span in window.speech]
    marks = [0, *(word.start for word in words), window.length]
    for start, end in pairwise(marks):
        yield start, _inside(speech, start, end)


def _inside(spans: Iterable[Span], start: int, end: int) -> int:
    return sum(max(0, min(s.end, end) - max(s.start, start)) for s in spans)


def _spoken(word: Word, window: Window) -> bool:
    start = window.start + word.start - ACCEPT.reach
    end = window.start + word.end + ACCEPT.reach
    return any(s.start < end and start < s.end for s in window.speech)
