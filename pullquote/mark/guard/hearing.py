"""What a printed word stands for: letters, or a word that was misheard.

Where what is published says the same as was said in other words, the spoken words are
given the form of the printed ones, before both are compared: "RA" is "rheumatoid
arthritis", "sigh attica" is "sciatica". Their text stays as it was said.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import product

from pullquote.mark.guard.forms import alike
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import Stretch, differences
from pullquote.mark.lexicon.contraries import contraries
from pullquote.mark.lexicon.grammar import GRAMMAR
from pullquote.mark.lexicon.meanings import ILLNESSES, REGIONS, is_drug
from pullquote.mark.lexicon.misheard import ABBREVIATIONS, CLINICAL, HOMOPHONES
from pullquote.mark.private.word_levels import is_medical, is_written
from pullquote.model.sounding import likeness, sounding

_WIDEST = 40
"""Words of a difference in which something is looked for."""
_MOST = 5
"""Words that a machine hears for one, and that letters stand for."""
_NEAR = 0.8
"""How much words have to sound like a clinical one, from 0 to 1 ..."""
_NEARER = 0.9
"""... and like a drug's name, or a word of no list."""
_LONG = 7
"""Letters of a word of no list that is heard as several."""
_SHORT = 5
"""Letters of the shortest word that is told by its sound; shorter ones are listed."""


def as_printed(said: Run, published: Run) -> Run:
    """Return the spoken words, those in the form of printed ones that mean the same."""
    made: list[Token] = []
    done = 0
    for one in differences(said, published):
        there, new = one.said, one.published.norms
        made += said[done : there.first]
        done = at = there.last
        if 0 < len(there) <= _WIDEST and 0 < len(new) <= _WIDEST:
            at = there.first
        else:
            made += there.tokens
        while at < there.last:
            width, norms = _printed(Stretch(said, at, there.last), new)
            made += _as(said[at : at + width], norms) if norms else said[at : at + 1]
            at += width
    return Run([*made, *said[done:]], said.terms)


def _as(run: Sequence[Token], norms: Sequence[str]) -> Iterator[Token]:
    """Yield spoken words in other forms; the first has their text."""
    text = " ".join(token.text for token in run if token.text)
    ours, last = all(token.ours for token in run), len(norms) - 1
    for n, norm in enumerate(norms):
        yield replace(
            run[0],
            norm=norm,
            text="" if n else text,
            ends=run[-1].ends and n == last,
            ours=ours,
        )


def _printed(heard: Stretch, new: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return how many words of these are printed as others, and as which; 1 and none."""
    old = heard.norms[: _MOST + 1]
    for n, width in product(range(len(new)), range(_MOST + 1, 0, -1)):
        if _is_abbreviated(old[0], new[n : n + width]):
            return 1, new[n : n + width]
    for norm, width in product(new, range(len(old), 0, -1)):
        if _is_abbreviated(norm, old[:width]):
            return width, (norm,)
    there = {*heard.norms}
    others = [norm for norm in new if norm.isalpha() and norm not in there]
    for norm, width in product(others, range(min(_MOST, len(old)), 0, -1)):
        part = Stretch(heard.run, heard.first, heard.first + width)
        if _sounds(part, norm):
            return width, (norm,)
    return 1, ()


def is_denied_joined(heard: Sequence[str]) -> bool:
    """Say whether words, written as one, deny what they said: "a typical", "in valid"."""
    first, rest = heard[0], "".join(heard[1:])
    return (
        first in ("a", "an", "in")
        and len(rest) > 3
        and rest not in GRAMMAR
        and is_written(rest)
    )


def _is_abbreviated(short: str, full: Sequence[str]) -> bool:
    """Say whether letters stand for words: "ra" for "rheumatoid arthritis".

    They stand for what they are known for alone: an "MS" is no muscle spasm, and of
    letters that nobody listed a person says what was meant.
    """
    known = ABBREVIATIONS.get(short) or ABBREVIATIONS.get(short.removesuffix("s"))
    if not known:
        return False
    said = [norm for norm in full if norm not in ("a", "an", "the")]
    return any(len(way) == len(said) and all(map(alike, way, said)) for way in known)


def _sounds(heard: Stretch, norm: str) -> bool:
    """Say whether spoken words may be a printed one that was misheard.

    A word of the clinic may stand for what sounds like it and is none; another word only
    for what is none at all, or for several that make no sense. What denies or counts is
    never put right by its sound.
    """
    return (
        all(map(str.isalpha, heard.norms))
        and _is_heard_for(tuple(heard.norms), norm, heard.run.terms)
        and all(mark.weak or mark.kind == "name" for mark in heard.marks.values())
    )


@lru_cache(maxsize=1 << 15)
def _is_heard_for(heard: tuple[str, ...], norm: str, terms: frozenset[str]) -> bool:
    if len(heard) == 1 and (heard[0], norm) in HOMOPHONES:
        return True
    joined = "".join(heard)
    if len(norm) < _SHORT or not len(norm) * 2 <= len(joined) * 3 <= len(norm) * 5:
        return False
    clinical = _is_clinical(norm, terms)
    if any(
        _is_clinical(one, terms) and not (len(one) > 3 and one in norm) for one in heard
    ):
        return False
    if len(heard) == 1:
        return len(heard[0]) >= _SHORT and _as_one(heard[0], norm, clinical)
    if (not clinical and len(norm) < _LONG) or is_denied_joined(heard):
        return False
    least = _NEAR if clinical and not is_drug(norm) else _NEARER
    return _likeness(joined, norm) >= least and not _is_another(joined, norm)


def _is_another(heard: str, norm: str) -> bool:
    """Say whether what was heard is a word itself, or more like the other's contrary."""
    if heard == norm:
        return False
    near = _likeness(heard, norm)
    return (
        heard in CLINICAL  # "hyper tensive" is no "hypotensive"
        or is_written(heard)
        or any(
            is_medical(other) and _likeness(heard, other) >= near
            for other in contraries(norm)
        )
    )


def _as_one(heard: str, norm: str, clinical: bool) -> bool:
    """Say whether one word sounds as another, and has its vowels if that is no clinical."""
    if sounding(heard).fine != sounding(norm).fine:
        return False
    return clinical or (not is_written(heard) and _vowels(heard) == _vowels(norm))


def _vowels(norm: str) -> str:
    return "".join(letter for letter in norm if letter in "aeiouy")


@lru_cache(maxsize=1 << 15)
def _is_clinical(norm: str, terms: frozenset[str]) -> bool:
    either = (norm, norm.removesuffix("s"))
    return (
        is_medical(norm)
        or not (CLINICAL | REGIONS | ILLNESSES).isdisjoint(either)
        or not terms.isdisjoint(either)
    )


@lru_cache(maxsize=1 << 15)
def _likeness(heard: str, norm: str) -> float:
    return likeness(sounding(heard), sounding(norm))
