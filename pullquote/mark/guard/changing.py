"""What a word may change of what was said: its kind and, within it, its sense."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from pullquote.mark.guard.doubting import SPANS, is_doubt, limit_of
from pullquote.mark.guard.spelling import in_american
from pullquote.mark.guard.tokens import Token
from pullquote.mark.lexicon.meanings import (
    AMOUNTS,
    BOUND_TO,
    CONDITIONS,
    DATES,
    DOSES,
    FREQUENCIES,
    ILLNESS_SHAPE,
    ILLNESSES,
    IN_PASSING,
    LEFT_IN_SPEECH,
    LEVEL,
    MODALS,
    NEGATIONS,
    NOT_BEFORE_RIGHT,
    NOT_RIGHT_SIDE,
    PARTS,
    REGIONS,
    UNITS,
    WARNINGS,
    WHO,
    is_drug,
    unit_of,
)


class Mark(NamedTuple):
    """What a word may change."""

    kind: str
    sense: str
    weak: bool
    """Alone it is no change; replaced by another of its kind it is."""


_OF_TWO = [
    [word, "of", "the", "2"] for word in ("whichever", "which", "either", "neither")
]
"""What is no number: of more than two nobody says "either"."""


class Run(list[Token]):
    """Words in their order; what each may change is found out once."""

    def __init__(self, found: Sequence[Token], terms: frozenset[str]) -> None:
        super().__init__(found)
        self._terms = terms
        self._marks: dict[int, Mark | None] = {}

    def mark(self, at: int) -> Mark | None:
        """Return what the word at a place may change, None for most words."""
        if at not in self._marks:
            self._marks[at] = mark_of(self, at, self._terms)
        return self._marks[at]


def mark_of(found: Sequence[Token], at: int, terms: frozenset[str]) -> Mark | None:
    """Return what the word at a place may change, None for most words."""
    norm = found[at].norm
    before = found[at - 1].norm if at else ""
    after = found[at + 1].norm if at + 1 < len(found) else ""
    if norm in ("left", "right"):
        text = found[at].text
        apart = at and found[at - 1].text.endswith(",")
        apart = apart and (found[at].ends or text.endswith(","))
        asked = (text.endswith("?") or apart) and before not in ("or", "the")
        begins = text.endswith(",") and (at == 0 or found[at - 1].ends)  # "Right, so"
        return Mark("side", norm, asked or begins or not _is_side(norm, before, after))
    return (
        _listed(norm)
        or _doubted(found, at, before, after)
        or _counted(found, at, before, after)
        or _named(in_american(norm), terms)
        or _named(norm, terms)
        or _proper(found, at)
    )


def _listed(norm: str) -> Mark | None:
    if norm in NEGATIONS:
        return Mark("negation", NEGATIONS[norm], False)
    if norm in FREQUENCIES:
        return Mark("frequency", FREQUENCIES[norm], norm == "every")
    if norm in MODALS:
        return Mark("may or must", MODALS[norm], MODALS[norm] in ("will", "would"))
    if norm.startswith("bilateral"):
        return Mark("side", "both", False)
    if norm in ("half", "quarter", "minus"):
        return Mark("number", norm, False)
    if norm in WHO:
        return Mark("who", WHO[norm], True)
    if norm in DATES:
        return Mark("date", norm, True)
    if norm == "only":
        return Mark("amount", norm, False)
    return Mark("frequency", norm, True) if norm == "once" else None


def _doubted(found: Sequence[Token], at: int, before: str, after: str) -> Mark | None:
    """Return what is said to be unsure, of so many, and on what condition."""
    norm = found[at].norm
    if norm in CONDITIONS:
        passing = tuple(t.norm for t in found[at + 1 : at + 3]) in IN_PASSING
        return Mark("condition", CONDITIONS[norm], norm != "if" or passing)
    if norm in BOUND_TO and after == "to":
        return Mark("may or must", BOUND_TO[norm], False)
    if is_doubt(found, at, before, after):
        return Mark("doubt", "", False)
    if (norm, after) in (("rather", "than"), ("far", "from")):
        return Mark("negation", norm, False)
    if limit := limit_of(found, at, before, after):
        return Mark("amount", limit, False)
    return None


def _counted(found: Sequence[Token], at: int, before: str, after: str) -> Mark | None:
    norm = found[at].norm
    if norm.replace(".", "").isdigit():
        word = found[at].text.casefold().strip(".,;:?!") in ("one", "one's")
        word = word or [t.norm for t in found[max(0, at - 3) : at + 1]] in _OF_TWO
        near = after.isdigit() or before.isdigit()  # "nine one one"
        sure = near or after in UNITS or after in ("to", "or")
        return Mark("number", norm, word and not sure)
    if re.fullmatch(r"nth\d+", norm):
        return Mark("number", norm, True)
    if unit := unit_of(norm) or (norm if norm in UNITS else None):
        sure = (
            before.replace(".", "").isdigit()
            or before in ("few", "several", "per")
            or before in DOSES
            or (before in ("a", "an") and unit in SPANS)
        )
        return Mark("dose" if unit in DOSES else "unit", unit, not sure)
    return None


def _named(norm: str, terms: frozenset[str]) -> Mark | None:
    single = norm.removesuffix("s")
    if LEVEL.fullmatch(norm):
        return Mark("level", norm, False)
    if is_drug(norm):
        return Mark("drug or procedure", single, False)
    if ILLNESS_SHAPE.fullmatch(norm):
        return Mark("illness", norm, True)
    if len(norm) == 1 and norm not in "ai":  # "vitamin D" and "vitamin B"
        return Mark("letter", norm, True)
    for kind, known in (
        ("level", REGIONS),
        ("illness", ILLNESSES),
        ("amount", AMOUNTS),
        ("part of the body", PARTS),
        ("drug or procedure", terms),
        ("warning", WARNINGS),
    ):
        if norm in known or single in known:
            return Mark(kind, single if single in known else norm, True)
    return None


def _proper(found: Sequence[Token], at: int) -> Mark | None:
    """Return a name: what has a capital within a sentence."""
    text = found[at].text.lstrip("\"'(\u201c\u2018")
    within = at > 0 and not found[at - 1].ends and text[:1].isupper()
    return Mark("name", found[at].norm, True) if within else None


def _is_side(norm: str, before: str, after: str) -> bool:
    if norm == "left":
        return before not in LEFT_IN_SPEECH
    return before not in NOT_BEFORE_RIGHT and after not in NOT_RIGHT_SIDE
