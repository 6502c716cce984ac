"""Whether two questions ask the same: by the words that carry them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

_WORD = re.compile(r"[^\W_]+(?:['\N{RIGHT SINGLE QUOTATION MARK}][^\W_]+)?")
_CARRIES_NOTHING = """
    a an the is are am was were be been being do does did can could would will
    shall may might it its this that these those there i me my mine you your yours we us
    our he him his she her they them their of to in on at for with by as and or so
    if what which please tell about have has had get got s kind sort
"""
_EMPTY = frozenset(_CARRIES_NOTHING.split())
"""Words that carry nothing; who, why, when, where, how, should and not carry something."""
_ENDINGS = ("ies", "ing", "ed", "es", "s")
_ALIKE = 0.5


@lru_cache(maxsize=1 << 15)
def question_words(question: str) -> frozenset[str]:
    """Return the words that carry a question, without their endings.

    >>> sorted(question_words("What are trigger point injections?"))
    ['injection', 'point', 'trigger']
    """
    return frozenset(_stems(question))


@lru_cache(maxsize=1 << 15)
def _stems(question: str) -> tuple[str, ...]:
    plain = question.casefold().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'")
    words = _WORD.findall(re.sub(r"n't\b", " not", plain))
    return tuple(filter(None, map(_stem, words)))


@lru_cache(maxsize=1 << 15)
def question_key(question: str) -> str:
    """Return what two questions share that ask the same in other words.

    >>> question_key("Is bed rest good?") == question_key("Would BED-REST be good?")
    True
    >>> question_key("Is rest good?") == question_key("Isn't rest good?")
    False
    >>> question_key("Is ice better than heat?") == question_key("Is heat better than ice?")
    False
    """
    found: Iterable[str] = _stems(question)
    if _DIRECTED.isdisjoint(found):
        found = sorted({*found})
    return " ".join(found) or " ".join(_WORD.findall(question.casefold()))


def likeness(one: str, other: str) -> float:
    """Return from 0 to 1 how much two questions share of the words that carry them."""
    a, b = question_words(one), question_words(other)
    return len(a & b) / len(a | b) if a | b else 0.0


def alike(one: str, other: str) -> bool:
    """Say whether a person should look whether two questions are the same."""
    return likeness(one, other) >= _ALIKE


_DIRECTED = frozenset("after befor caus follow from lead than".split())  # noqa: SIM905
"""Stems of words of which the two sides are not to be exchanged."""


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """Return a word without its ending; nothing of one that carries nothing."""
    if word in _EMPTY:
        return ""
    word = word.removesuffix("'s")
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            stem = word[: -len(ending)]
            return f"{stem}y" if ending == "ies" else stem.removesuffix("e")
    return word.removesuffix("e") if len(word) > 4 else word
