"""What the editor is asked: was it this word of the glossary? Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from pullquote.model.transcript import Correction, Segment, Word
from pullquote.transcribe.words.expect import Replacement, within
from pullquote.transcribe.words.glossary import Glossary
from pullquote.transcribe.words.near import Near, near_entries, said_places
from pullquote.transcribe.words.windows import Window

_BEYOND = 400
"""Milliseconds by which a pause may have moved a word out of its window."""


# How alike words must sound, from 0 to 1.
_ALIKE = 0.75
"""Words that the machine was not sure of."""
_UNSURE = 0.6
"""Mean probability of words up to which it was not."""
_SURE = 0.9
"""Words that it was sure of."""
_FEWEST_SOUNDS = 5
"""A shorter entry is like too much: disc, ice."""


def corrections_of(
    segments: Sequence[Segment], glossary: Glossary
) -> tuple[Correction, ...]:
    """Return what may have been said instead, in order, at most one for a word."""
    return tuple(
        Correction(
            start=segment.words[near.first].start,
            end=segment.words[near.last - 1].end,
            offered=_written(near, segment.words),
            kind=near.entry.kind,
            likeness=near.likeness,
        )
        for segment in segments
        for near in _offers(segment.words, glossary)
    )


def _written(near: Near, words: Sequence[Word]) -> str:
    """Return what is offered, with no title's capital within a sentence."""
    entry, texts = near.entry, tuple(near.entry.text.split())
    put = Replacement(near.first, near.last, texts, entry, near.likeness)
    return " ".join(within(put, [word.text for word in words]).words)


def heard_corrections(
    words: Sequence[Word], changes: Iterable[tuple[Window, Replacement]]
) -> tuple[Correction, ...]:
    """Return where the words have something of the glossary on second hearing.

    ``words`` are those of the recording, in its times. An edited transcript may still
    have what was heard at first.
    """
    starts = [word.start for word in words]
    found: dict[tuple[int, int], Correction] = {}
    for window, change in changes:
        first = bisect_left(starts, window.start - _BEYOND)
        last = bisect_left(starts, window.end + _BEYOND)
        texts = [word.text for word in words[first:last]]
        for start, end in said_places(texts, change.entry.text):
            begins, ends = words[first + start].start, words[first + end - 1].end
            found[begins, ends] = Correction(
                start=begins,
                end=ends,
                offered=change.entry.text,
                kind=change.entry.kind,
                likeness=change.likeness,
                heard=True,
            )
    return tuple(found.values())


def _offers(words: Sequence[Word], glossary: Glossary) -> list[Near]:
    found = near_entries([word.text for word in words], glossary, _ALIKE)
    taken = [near for near in found if near.said]
    offers: list[Near] = []
    for near in found:
        free = all(near.last <= t.first or t.last <= near.first for t in taken)
        if free and _worth_asking(near, words[near.first : near.last]):
            taken.append(near)
            offers.append(near)
    return sorted(offers, key=lambda near: near.first)


def _worth_asking(near: Near, words: Sequence[Word]) -> bool:
    if len(near.entry.sounding.fine) < _FEWEST_SOUNDS:
        return False
    told = [word.probability for word in words if word.probability is not None]
    unsure = not told or sum(told) / len(told) < _UNSURE
    small = all(word.text[:1].islower() for word in words)
    if near.entry.kind == "person" and small and not unsure:
        return False  # "someone" is not Simon: the machine writes names large
    return near.likeness >= (_ALIKE if unsure else _SURE)
