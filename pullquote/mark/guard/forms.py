"""Which words are forms of one, and which say nothing by themselves."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from pullquote.mark.guard.spelling import in_american
from pullquote.mark.lexicon.contraries import stems
from pullquote.mark.lexicon.grammar import FORMS, GRAMMAR, LINKS, NO_PAST, TALK
from pullquote.mark.lexicon.meanings import FREQUENCIES, WHO

PAST = frozenset(word for row in FORMS.split(";") for word in row.split()[1:])
"""Forms of verbs that are no base (and of other words, which have none)."""
_ENDINGS = ("s", "es", "d", "ed", "ing", "ly")
_GROUPS: dict[str, set[str]] = {}
for _row in (*LINKS.split(","), *FORMS.split(";")):
    for _word in _row.split():
        _GROUPS.setdefault(in_american(_word), set()).add(" ".join(_row.split()))
for _word, _sense in (*WHO.items(), *FREQUENCIES.items()):
    _GROUPS.setdefault(in_american(_word), set()).add(f"as {_sense}")


def is_past(norm: str) -> bool:
    """Say whether a word is of the past alone: "fell", "operated", not "fall", "need"."""
    regular = norm.endswith("ed") and not norm.endswith("eed")
    return regular or norm in PAST - NO_PAST


def alike(one: str, other: str) -> bool:
    """Say whether two words are forms of one: "goes" and "went", "centre" and "center"."""
    return not _forms(one).isdisjoint(_forms(other))


def missing(norms: Iterable[str], others: Iterable[str]) -> list[str]:
    """Return the words of which no form is among others."""
    there = {form for norm in others for form in _forms(norm)}
    return [norm for norm in norms if there.isdisjoint(_forms(norm))]


def says(norm: str) -> bool:
    """Say whether a word is more than grammar: "disc", not "the", "5" or "x"."""
    return len(norm) > 1 and norm.isalpha() and norm not in GRAMMAR


def is_small(norm: str) -> bool:
    """Say whether a word is grammar or small talk: "the", "basically", "thing"."""
    return not says(norm) or not TALK.isdisjoint(stems(norm, _ENDINGS))


@lru_cache(maxsize=1 << 15)
def _forms(norm: str) -> frozenset[str]:
    """Return what two words have in common where one may stand for the other."""
    found = {*map(in_american, stems(norm, (*_ENDINGS, "ness")))}
    return frozenset(found).union(*(_GROUPS.get(form, ()) for form in found))
