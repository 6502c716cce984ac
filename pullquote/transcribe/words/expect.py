"""What of the glossary to expect in a window, and what to take from hearing it again.

A window is first heard without being told anything: so nothing is lost by what the
glossary holds. Where its words sound like something of the glossary, the model hears
the same sound once more and is told to expect that. Only the words that it then
heard to be the glossary's, and that sounded like it before, take the old ones'
place; all others stay as they were first heard. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from rapidfuzz.distance import Levenshtein, Opcodes

from pullquote.model.align import normal_form
from pullquote.model.sounding import likeness, sounding
from pullquote.model.transcript import Word
from pullquote.transcribe.words.glossary import Entry, Glossary
from pullquote.transcribe.words.near import (
    Near,
    means_another,
    near_entries,
    said_places,
    says,
)

_MORE_WORDS = 3
"""What was one word may have been heard as so many more."""
_MARKS = re.compile(r"^(\W*)(.*?)(\W*)$", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectRule:
    """When a second hearing is worth its time; likeness is from 0 to 1."""

    like: float = 0.7
    """Words that sound no more like an entry are none of its doing."""
    sure: float = 0.9
    """Words with this probability, each of them, were heard rightly,"""
    same: float = 0.9
    """unless they sound so much like an entry."""
    fewest_sounds: int = 4
    """A shorter entry is like too much: Ian, an."""
    most: int = 8
    """Entries that the model is told to expect at once."""
    alike: float = 0.55
    """Words less like an entry do not make place for it."""
    weighed: float = 0.85
    """An entry so alike that was not heard again is weighed against the words."""
    worth: float = 40.0
    """Nats that a likeness of 1 is worth then; one of ``weighed`` is worth none."""


EXPECT = ExpectRule()


@dataclass(frozen=True, slots=True)
class Replacement:
    """Words ``[first, last)`` of what was heard first give way to ``words``."""

    first: int
    last: int
    words: tuple[str, ...]
    entry: Entry
    likeness: float


def expected(words: Sequence[Word], glossary: Glossary) -> tuple[str, ...]:
    """Return what to tell the model to expect, the likeliest last; often nothing."""
    near = near_entries([word.text for word in words], glossary, EXPECT.like)
    said = [one for one in near if one.said]
    wholes: dict[str, None] = {}
    for one in near:
        heard = any(
            s.entry.whole == one.entry.whole
            and s.first < one.last
            and one.first < s.last
            for s in said
        )
        if not heard and not one.said and _in_question(one, words):
            wholes.setdefault(one.entry.whole)
    return tuple(reversed(list(wholes)[: EXPECT.most]))


def _in_question(near: Near, words: Sequence[Word]) -> bool:
    if len(near.entry.sounding.fine) < EXPECT.fewest_sounds:
        return False
    if near.likeness >= EXPECT.same:
        return True
    # "contrast" may have been the first half of "contrast dye".
    more = len(near.entry.text.split()) > near.last - near.first
    around = words[max(0, near.first - more) : near.last + more]
    return any((word.probability or 0.0) < EXPECT.sure for word in around)


def heard_again(
    first: Sequence[str], second: Sequence[str], glossary: Glossary
) -> tuple[Replacement, ...]:
    """Return where the second hearing has an entry that the first one lacks.

    In order and without overlap; where entries compete the longest one wins.
    """
    found: list[Replacement] = []
    ops = Levenshtein.opcodes(
        [normal_form(word) for word in first], [normal_form(word) for word in second]
    )
    for entry in sorted(glossary, key=lambda e: -len(e.sounding.fine)):
        for start, end in said_places(second, entry.text):
            words = second[start:end]
            low, high, whole = _source(ops, start, end)
            if means_another(first[low:high], entry):
                continue
            one = _replacement(first, words, low, high, entry) if whole else None
            one = one or _most_alike(first, words, low, high, entry)
            if one and _apart(one, found):
                found.append(one)
    return in_order(found)


def _apart(one: Replacement | Near, others: Sequence[Replacement]) -> bool:
    return all(one.last <= r.first or r.last <= one.first for r in others)


def in_order(changes: Sequence[Replacement]) -> tuple[Replacement, ...]:
    """Return the replacements in the order of the words."""
    return tuple(sorted(changes, key=lambda change: change.first))


def _source(ops: Opcodes, start: int, end: int) -> tuple[int, int, bool]:
    """Return between which words of the first hearing those of the second lie.

    And whether nothing else lies there. Neighbouring changes are one: "I view profan"
    and "ibuprofen" are three words and one, of which an alignment pairs any two.
    """
    low, high, whole = [], [], True
    for same, block in groupby(ops, key=lambda op: op.tag == "equal"):
        several = list(block)
        first, last = several[0], several[-1]
        if first.dest_start < end and start < last.dest_end:
            low.append(first.src_start + max(0, start - first.dest_start) * same)
            high.append(last.src_end - max(0, last.dest_end - end) * same)
            inside = start <= first.dest_start and last.dest_end <= end
            whole = whole and (same or inside)
    return min(low, default=0), max(high, default=0), whole


def _replacement(
    first: Sequence[str],
    words: Sequence[str],
    start: int,
    end: int,
    entry: Entry,
) -> Replacement | None:
    """Return the entry in the place of words that sound like it; None if others do."""
    if not 0 < end - start <= len(words) + _MORE_WORDS:
        return None
    heard = first[start:end]
    alike = likeness(sounding(" ".join(heard)), entry.sounding)
    if alike < EXPECT.alike or says(heard, entry):
        return None
    return Replacement(start, end, tuple(words), entry, alike)


def _most_alike(
    first: Sequence[str],
    words: Sequence[str],
    low: int,
    high: int,
    entry: Entry,
) -> Replacement | None:
    """Return the entry in the place of those words that sound most like it."""
    most = len(entry.text.split()) + 1
    for start in range(low, high):
        for end in range(start + 1, min(start + most, high) + 1):
            if says(first[start:end], entry):
                return None
    found = (
        _replacement(first, words, start, end, entry)
        for start in range(low, high)
        for end in range(start + 1, high + 1)
    )
    likely = [one for one in found if one is not None]
    return max(likely, key=lambda one: one.likeness, default=None)


def still_likely(
    words: Sequence[Word],
    changes: Sequence[Replacement],
    glossary: Glossary,
) -> tuple[Replacement, ...]:
    """Return entries that were not heard again, yet sound too alike to be let go."""
    texts = [word.text for word in words]
    found: list[Replacement] = []
    for near in near_entries(texts, glossary, EXPECT.weighed):
        doubted = not near.said and _in_question(near, words)
        if doubted and _apart(near, [*changes, *found]):
            spelled = _spelled(texts[near.first : near.last], near.entry.text)
            found.append(
                Replacement(near.first, near.last, spelled, near.entry, near.likeness)
            )
    return in_order(found)


def outweighs(before: float, after: float, likeness: float) -> bool:
    """Say whether an entry wins over what was heard.

    ``before`` and ``after`` are log-probabilities of the whole window's text, told
    to expect the entry.
    """
    return after - before + EXPECT.worth * (likeness - EXPECT.weighed) > 0


def respelled(
    words: Sequence[str], changes: Sequence[Replacement], glossary: Glossary
) -> tuple[Replacement, ...]:
    """Return where an entry was heard, letter by letter, but is spelled otherwise.

    The show writes "nonsteroidal", the model "non-steroidal".
    """
    found: list[Replacement] = []
    for near in near_entries(words, glossary, 1.0):
        heard = words[near.first : near.last]
        spelled = _spelled(heard, near.entry.text)
        same = "".join(map(normal_form, heard)) == "".join(map(normal_form, spelled))
        other = [w.casefold() for w in heard] != [w.casefold() for w in spelled]
        if same and other and _apart(near, [*changes, *found]):
            found.append(Replacement(near.first, near.last, spelled, near.entry, 1.0))
    return in_order(found)


def _spelled(words: Sequence[str], text: str) -> tuple[str, ...]:
    """Return the text as words, with the marks and the capital of the old ones."""
    opening, inside, _ = _parts(words[0])
    closing = _parts(words[-1])[2]
    if inside[:1].isupper():
        text = text[:1].upper() + text[1:]
    return tuple(f"{opening}{text}{closing}".split())


def _parts(word: str) -> tuple[str, str, str]:
    match = _MARKS.match(word)
    return (match[1], match[2], match[3]) if match else ("", word, "")


def within(change: Replacement, heard: Sequence[str]) -> Replacement:
    """Return the change without a capital that is a title's, where none was heard.

    Only for what is written: the model, told of a title, finds it likelier as one.
    """
    opening, inside, closing = _parts(change.words[0])
    if not change.entry.titled or not _parts(heard[change.first])[1][:1].islower():
        return change
    small = f"{opening}{inside[:1].lower()}{inside[1:]}{closing}"
    return replace(change, words=(small, *change.words[1:]))


def replaced(first: Sequence[str], changes: Sequence[Replacement]) -> list[str]:
    """Return the words with the replacements in their places."""
    words = list(first)
    for change in reversed(changes):
        words[change.first : change.last] = change.words
    return words
