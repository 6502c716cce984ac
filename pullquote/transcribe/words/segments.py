"""Windows' words into segments about a sentence long. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pullquote.formats.sentences import sentence_starts
from pullquote.model.transcript import Segment, Word

# When a segment ends although no sentence does; milliseconds.
_PAUSE = 1_500
_LONGEST = 20_000
_MOST_WORDS = 45
_SETTLED = 500
"""Milliseconds by which a word may start later than where it was aligned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWord:
    """A word of the recording and whose voice says it."""

    word: Word
    speaker: str | None = None


def in_order(
    windows: Iterable[tuple[int, Sequence[Word]]], duration: int
) -> tuple[Word, ...]:
    """Return the words of ``(window's start, words)`` in recording time.

    Times come out in order, inside ``[0, duration]``, every word at least 1 ms
    long unless the recording leaves no room, and no word starts before the one
    before it ends.
    """
    words: list[Word] = []
    last = 0
    for offset, found in sorted(windows, key=lambda item: item[0]):
        for word in found:
            start = min(max(word.start + offset, last), duration)
            end = min(max(word.end + offset, start + 1), duration)
            words.append(word._replace(start=start, end=end))
            last = end
    return tuple(words)


def segments_of(words: Sequence[SpokenWord]) -> tuple[Segment, ...]:
    """Cut words into segments at sentence ends, changes of voice and long pauses."""
    starts = set(sentence_starts([spoken.word.text for spoken in words]))
    segments: list[Segment] = []
    run: list[SpokenWord] = []
    for at, spoken in enumerate(words):
        if run and (at in starts or _breaks(run[-1], spoken)):
            segments += _bounded(run)
            run = []
        run.append(spoken)
    if run:
        segments += _bounded(run)
    return tuple(segments)


def with_doubts(
    segments: Sequence[Segment],
    doubts: Sequence[tuple[int, int, str]],
    unheard: Iterable[int] = (),
) -> tuple[Segment, ...]:
    """Note on segments, in order, what speaks against stretches ``(start, end, doubt)``.

    What is ``unheard`` from a time on is noted on the segment before it, for there may
    be none where it is: it is heard between that one and the next.
    """
    starts = [segment.start for segment in segments]
    ends = [segment.end for segment in segments]
    noted: list[set[str]] = [set() for _ in segments]
    for start, end, doubt in doubts:
        for at in range(bisect_right(ends, start), bisect_left(starts, end)):
            noted[at].add(doubt)
    for start in unheard if segments else ():
        noted[max(0, bisect_right(starts, start + _SETTLED) - 1)].add("unheard")
    return tuple(
        replace(segment, doubts=tuple(sorted(found)))
        for segment, found in zip(segments, noted, strict=True)
    )


def _breaks(before: SpokenWord, after: SpokenWord) -> bool:
    return (
        before.speaker != after.speaker or after.word.start - before.word.end >= _PAUSE
    )


def _bounded(run: Sequence[SpokenWord]) -> list[Segment]:
    """Return one segment, or several if the sentence never ends."""
    length = run[-1].word.end - run[0].word.start
    if len(run) < 2 or (len(run) <= _MOST_WORDS and length <= _LONGEST):
        return [
            Segment(
                start=run[0].word.start,
                end=run[-1].word.end,
                words=tuple(spoken.word for spoken in run),
                speaker=run[0].speaker,
            )
        ]
    cut = max(range(1, len(run)), key=lambda i: _cut_merit(run, i))
    return _bounded(run[:cut]) + _bounded(run[cut:])


def _cut_merit(run: Sequence[SpokenWord], at: int) -> float:
    """Prefer a comma, then a pause, then the middle."""
    before, after = run[at - 1].word, run[at].word
    comma = before.text[-1:] in ",;:"
    pause = min(after.start - before.end, 1_000) / 1_000
    central = min(at, len(run) - at) / len(run)
    return comma + pause + 2 * central
