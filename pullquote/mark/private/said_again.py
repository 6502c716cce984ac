"""The same name once more: said again by whomever, or one of the show's, misheard. Pure.

A name or a place that is private is said once more by the same word, also with a
genitive's s; by one that sounds like it, for a machine writes down one name in several
ways; and in small letters, where a title leads to it. A machine that does not know Dr.
Coulmont hears Kulmont. That is no viewer's name, but nobody knows for sure: a person
looks, and corrects it or takes it out.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from pullquote.mark.lexicon.common_words import BODIES, COMMON, bare_form
from pullquote.mark.private.capitals import TITLES, has_capital
from pullquote.mark.private.spans import TOLD, spans_of
from pullquote.model.answer import Clip
from pullquote.model.show import Person
from pullquote.model.sounding import Sounding, likeness, sounding
from pullquote.model.transcript import TimedTurn

if TYPE_CHECKING:
    from pullquote.mark.private.details import Detail

_ALIKE, _SOUNDS = 0.8, 4
"""How like two names sound that are one, and how many sounds they have at least."""
_SURELY = 0.87
"""How alike each word of a misheard name sounds, of the two keys of a sound together."""
_TELLING = 5
"""Sounds of a surname that stands alone: Lin, Lynn, Len and Lane are one."""
_TWO = 2
"""Letters of the shortest name: "Bo"."""
_DOCTORS = frozenset(("dr", "doctor", "prof", "professor"))
_CALLS = TITLES | {
    "mister", "missus", "missis", "thanks", "you", "hi", "hello", "hey", "dear",
}  # fmt: skip
"""What stands before who is spoken to or of: "thank you mark"."""
_sounding = lru_cache(1 << 12)(sounding)


def _are_alike(one: Sounding, other: Sounding) -> bool:
    least = min(len(one.fine), len(other.fine))
    return least >= _SOUNDS and likeness(one, other) > _ALIKE


@dataclass(frozen=True, slots=True)
class _Told:
    """The words of names and places that are private."""

    words: dict[str, Detail]
    """By each word, bare, the gravest detail that has it."""
    small: frozenset[str]
    """Those that are known again without a capital."""
    called: frozenset[str]
    """Those that were heard without one, and may be ordinary words."""
    short: dict[str, Detail]
    """Names of two letters, by how they are written: "Xi" is no "XI"."""
    sounds: dict[str, Sounding]
    """How those of people sound."""
    heard: dict[str, str] = field(default_factory=dict)
    """What was asked of ``like`` before."""

    def like(self, bare: str) -> str:
        """Return which of those of people sounds like a word, empty for none."""
        if bare not in self.heard:
            heard = _sounding(bare)
            alike = (
                word for word, one in self.sounds.items() if _are_alike(heard, one)
            )
            self.heard[bare] = next(alike, "")
        return self.heard[bare]


def said_once_more(
    found: Sequence[Detail],
    turns: Sequence[TimedTurn],
    known: frozenset[str],
    strange: Callable[[Sequence[str]], frozenset[str]],
) -> Iterator[Detail]:
    """Yield names and places of viewers where they are said once more, by whomever.

    ``known`` are the show's own words, which are nobody else's. Without a capital it
    takes a ``strange`` word to know one again, or a title before it.
    """
    told = _told(found, strange)
    there = sorted((d.clip.start, d.clip.end) for d in found if d.kind in TOLD)
    for turn in turns if told.words else ():
        for at, word in enumerate(turn.words):
            detail = _meant(turn, at, told, known)
            end = max(word.end, word.start + 1)
            if detail is not None and not _lies_in(there, word.start, end):
                clip = Clip(start=word.start, end=end)
                yield replace(detail, text=word.text, clip=clip)


def _lies_in(there: Sequence[tuple[int, int]], start: int, end: int) -> bool:
    at = bisect_right(there, (start, end))
    return any(a < end and start < b for a, b in there[max(0, at - 1) : at + 1])


def _meant(
    turn: TimedTurn, at: int, told: _Told, known: frozenset[str]
) -> Detail | None:
    """Return whose name or place a word is."""
    word = turn.words[at]
    bare = bare_form(word.text)
    if bare not in told.words and len(bare) > 3 and bare.endswith("s"):
        bare = bare[:-1] if bare[:-1] in told.words else bare  # "Grünwedels"
    if bare not in told.words and bare.replace("-", "") in told.words:
        bare = bare.replace("-", "")  # "Ann-Marie" of "Annmarie"
    capital = has_capital(word.text)
    if word.text[:2] in told.short and len(bare) == _TWO and bare not in known:
        return told.short[word.text[:2]]
    if bare in told.words and (capital or bare in told.small):
        return told.words[bare]
    if bare in told.called and at and bare_form(turn.words[at - 1].text) in _CALLS:
        return told.words[bare]
    if capital and bare not in known and bare not in COMMON:
        return _sounds_like(turn, at, told, known)
    return None


def _sounds_like(
    turn: TimedTurn, at: int, told: _Told, known: frozenset[str]
) -> Detail | None:
    """Return whose name a word is that looks like one and sounds like it."""
    like = told.like(bare_form(turn.words[at].text))
    named = like and any(
        first <= at <= last and kind == "name"
        for first, last, kind in spans_of(turn, known)
    )
    return told.words[like] if named else None


def named_in(
    texts: Collection[str], others: Collection[str]
) -> dict[str, frozenset[str]]:
    """Return of each text which others say nothing but words of it, or what sounds so.

    Of hundreds each is held against each: words are compared, once each, not names.
    """
    told = {other: words for other in others if (words := _names_of(other))}
    telling_words = {other: words - TITLES for other, words in told.items()}
    having: dict[str, list[str]] = {}
    for other, words in telling_words.items():
        for word in words:
            having.setdefault(word, []).append(other)
    keys = {word: _sounding(word).fine for word in having}
    anybody = {other for other, words in telling_words.items() if not words}
    alike = lru_cache(None)(partial(_fitting, keys=keys))
    found = {}
    for text in texts:
        fit = frozenset[str]().union(*map(alike, _names_of(text)))
        near = {other for word in fit for other in having[word]}
        found[text] = anybody | {other for other in near if telling_words[other] <= fit}
    return {text: frozenset(row) for text, row in found.items()}


def _fitting(name: str, keys: Mapping[str, str]) -> frozenset[str]:
    """Return which words are a name, have its genitive's s, or sound like it."""
    heard = _sounding(name)
    near = process.extract(
        heard.fine,
        keys,
        scorer=Levenshtein.normalized_similarity,
        processor=None,
        score_cutoff=2 * _ALIKE - 1,  # below, the other key cannot make up for it
        limit=None,
    )
    same = {name, f"{name}s"} if len(name) > 2 else {name}
    like = {word for _, _, word in near if _are_alike(_sounding(word), heard)}
    return frozenset(like.union(same.intersection(keys)))


@lru_cache(1 << 12)
def _names_of(text: str) -> frozenset[str]:
    own = re.sub(r"['\u2019]s\b", "", text)
    return frozenset(filter(None, map(bare_form, own.split())))


def _told(
    found: Sequence[Detail], strange: Callable[[Sequence[str]], frozenset[str]]
) -> _Told:
    told: dict[str, Detail] = {}
    small: set[str] = set()
    called: set[str] = set()
    people: set[str] = set()
    short: dict[str, Detail] = {}
    for detail in found:
        if detail.kind not in TOLD:
            continue
        tells = {*telling(detail.text)}
        tells |= {bare.replace("-", "") for bare in tells}  # "Hansjürgen"
        if detail.kind == "name" and detail.grave:
            short |= dict.fromkeys(_short(detail.text), detail)
        if detail.kind == "name" and detail.maybe is None:
            people |= tells
        if detail.text.islower():
            words = [bare_form(word) for word in detail.text.split()]
            again = strange(words)
            small |= again
            called |= {w for w in words if w not in COMMON | BODIES | TITLES}
            tells |= again | called
        for bare in tells:
            if bare not in told or _weight(told[bare]) < _weight(detail):
                told[bare] = detail
    sounds = {word: _sounding(word) for word in sorted(people)}
    return _Told(told, frozenset(small), frozenset(called), short, sounds)


def _short(text: str) -> Iterator[str]:
    """Yield the words of a name that have two letters and are no ordinary ones."""
    for word in text.split():
        bare = bare_form(word)
        if len(bare) == _TWO and word[:2].istitle() and bare not in COMMON | TITLES:
            yield word[:2]


def _weight(detail: Detail) -> int:
    """Return how much a name weighs: one who is surely not of the show most."""
    return 2 * (detail.maybe is None) + detail.grave


def telling(text: str) -> list[str]:
    """Return the words of a name or place that tell it, bare."""
    return [
        bare
        for word in text.split()
        if has_capital(word) and len(bare := bare_form(word)) > 2
        if bare not in COMMON | BODIES | TITLES
    ]


def misheard(
    heard: Sequence[str], before: str, people: Sequence[Person]
) -> Person | None:
    """Return who of the show may be meant, None where it is somebody else.

    ``heard`` are the words of a name without marks, ``before`` is the word before
    them. Every word has to sound like one of the person's names, and the last like a
    surname: "Ann Kulmont" is somebody else than Marc Coulmont.
    """
    names = [
        (_likeness(heard[-1], parts[-1]), at)
        for at, person in enumerate(people)
        for name in person.names
        if heard and (parts := name.casefold().split()) and _is(heard, before, parts)
    ]
    return people[max(names)[1]] if names else None


def _is(heard: Sequence[str], before: str, parts: Sequence[str]) -> bool:
    if _likeness(heard[-1], parts[-1]) < _SURELY:
        return False
    for word in heard[:-1]:
        if max(_likeness(word, part) for part in parts) < _SURELY:
            return False
    in_company = len(heard) > 1 or before in _DOCTORS or before in parts[:-1]
    return in_company or len(_sounding(parts[-1]).fine) >= _TELLING


def _likeness(heard: str, name: str) -> float:
    one, other = _sounding(heard), _sounding(name)
    return likeness(one, other) if one.fine else 0.0
