"""What a word may change of what was said: its kind and, within it, its sense.

A "not" is a negation, "twice" a number, "left" a side. Most words change nothing by
themselves: what is said of those is told by ``wording``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from pullquote.formats.sentences import ends_in_question_mark
from pullquote.mark.guard.spelling import Token, in_american
from pullquote.mark.lexicon import meanings
from pullquote.mark.lexicon.grammar import IMAGINED, INVITED


class Mark(NamedTuple):
    """What a word may change."""

    kind: str
    sense: str
    weak: bool = False
    """Alone it is no change; replaced by another of its kind it is."""


class Run(list[Token]):
    """Words in their order, which stays; what each may change is found out once."""

    def __init__(
        self, found: Sequence[Token], terms: frozenset[str] = frozenset()
    ) -> None:
        super().__init__(found)
        self.norms = [token.norm for token in found]
        self.terms = terms
        """The show's own words of medicine."""
        self._marks: dict[int, Mark | None] = {}
        self._starts = [0, *(n for n, token in enumerate(found, 1) if token.ends)]

    def mark(self, at: int) -> Mark | None:
        """Return what the word at a place may change, None for most words."""
        if at not in self._marks:
            self._marks[at] = _mark(self, at)
        return self._marks[at]

    def norm(self, at: int) -> str:
        """Return the form of a word, "" beyond an edge."""
        return self.norms[at] if 0 <= at < len(self) else ""

    def begins(self, at: int) -> bool:
        """Say whether a sentence begins here."""
        return at == 0 or self[at - 1].ends

    def sentence(self, first: int, last: int) -> tuple[int, int]:
        """Return where what holds the words ``[first, last)`` begins and ends."""
        begun = self._starts[bisect_right(self._starts, first) - 1]
        ended = bisect_left(self._starts, last)
        return begun, [*self._starts[ended : ended + 1], len(self)][0]


_LISTED = {
    "once": Mark("frequency", "once", weak=True),
    "only": Mark("amount", "only"),
    "bilateral": Mark("side", "both"),
    **{date: Mark("date", date, weak=True) for date in meanings.DATES},
    **{word: Mark("who", sense, weak=True) for word, sense in meanings.WHO.items()},
    **{word: Mark("number", word) for word in ("half", "quarter", "minus")},
    **{
        word: Mark("may or must", sense, sense in ("will", "would"))
        for word, sense in meanings.MODALS.items()
    },
    **{w: Mark("frequency", s, w == "every") for w, s in meanings.FREQUENCIES.items()},
    **{word: Mark("negation", sense) for word, sense in meanings.NEGATIONS.items()},
}
"""What a word of a list may change wherever it stands."""
_OF_TWO = [
    [word, "of", "the", "2"] for word in ("whichever", "which", "either", "neither")
]
"""What is no number: of more than two nobody says "either"."""
_LAST_OF_HEDGES = {phrase.split()[-1] for phrase in meanings.HEDGES}


def _mark(run: Run, at: int) -> Mark | None:
    norm = run.norms[at]
    if norm in ("left", "right"):
        return Mark("side", norm, not _is_side(run, at))
    return (
        _LISTED.get("bilateral" if norm.startswith("bilateral") else norm)
        or _unsure(run, at)
        or _counted(run, at)
        or _named(in_american(norm), run.terms)
        or _named(norm, run.terms)
        or _proper(run, at)
    )


def _is_side(run: Run, at: int) -> bool:
    """Say whether this is a side: "my right knee", not "right, so", "right away"."""
    norm, before = run.norms[at], run.norm(at - 1)
    text, ends = run[at].text, run[at].ends
    apart = at > 0 and run[at - 1].text.endswith(",")
    asked = ends_in_question_mark(text) or (apart and (ends or text.endswith(",")))
    if asked and before not in ("or", "the"):
        return False
    if text.endswith(",") and run.begins(at):
        return False
    if norm == "left":
        return before not in meanings.LEFT_IN_SPEECH
    return (
        before not in meanings.NOT_BEFORE_RIGHT
        and run.norm(at + 1) not in meanings.NOT_RIGHT_SIDE
    )


def _unsure(run: Run, at: int) -> Mark | None:
    """Return what is said to be unsure, of so many, or on a condition."""
    norm, after = run.norms[at], run.norm(at + 1)
    if norm in meanings.CONDITIONS:
        passing = tuple(run.norms[at + 1 : at + 3]) in meanings.IN_PASSING
        return Mark("condition", meanings.CONDITIONS[norm], norm != "if" or passing)
    if norm in meanings.BOUND_TO and after == "to":
        return Mark("may or must", meanings.BOUND_TO[norm])
    if _is_doubt(run, at):
        return Mark("doubt", "")
    if (norm, after) in (("rather", "than"), ("far", "from")):
        return Mark("negation", norm)
    limit = _limit(run, at)
    return Mark("amount", limit) if limit else None


def _is_doubt(run: Run, at: int) -> bool:
    """Say whether a word, or a phrase that ends with it, makes a statement less sure.

    "It probably helps", "I think", "about 5", "not really safe", "or so", "I was told".
    Not "I thought of it", "think about it", "really good".
    """
    norm, before, after = run.norms[at], run.norm(at - 1), run.norm(at + 1)
    return (
        norm in meanings.DOUBTS
        or (norm in meanings.THOUGHTS and before in ("i", "we", "would"))
        or (norm in meanings.ROUGHLY and _is_count(run, at + 1))
        or (norm in meanings.QUALIFIED and before == "not")
        or (norm == "say" and before == "would" and _counts_soon(run, at))
        or (norm == "pretty" and after not in ("", "much") and not run[at].ends)
        or (norm in _LAST_OF_HEDGES and _is_hedge(run, at))
        or _softens(run, at)
        or (norm in meanings.TOLD and (before in meanings.OTHERS or _is_person(before)))
    )


def _is_count(run: Run, at: int) -> bool:
    """Say whether a number, a share or "a week" starts here."""
    norm = run.norm(at)
    if norm in ("a", "an"):
        one = run.norm(at + 1)
        return (meanings.unit_of(one) or one) in meanings.COUNTED
    return norm.replace(".", "").isdigit() or norm in ("half", "quarter")


def _counts_soon(run: Run, at: int) -> bool:
    return any(_is_count(run, n) for n in range(at + 1, at + 4))


def _is_hedge(run: Run, at: int) -> bool:
    return any(
        " ".join(run.norms[max(0, at - n) : at + 1]) in meanings.HEDGES
        for n in range(1, 6)
    )


def _softens(run: Run, at: int) -> bool:
    """Say whether this is the "of" of a "sort of" that hedges: "it sort of works"."""
    return (
        run.norms[at] == "of"
        and run.norm(at - 1) in ("sort", "kind")
        and run.norm(at - 2) in meanings.SOFTENED
        and at + 1 < len(run)
        and run.norm(at + 1) not in meanings.NOT_SOFTENED
        and not run[at].text.endswith(",")
        and not (run.norm(at - 2) in INVITED and run.norm(at + 1) in IMAGINED)
    )


def _limit(run: Run, at: int) -> str:
    """Return of how many something is said, "" of most words.

    "Most people", "a few", "up to 5", "all the time"; not the "all" of "all right".
    """
    norm, before, after = run.norms[at], run.norm(at - 1), run.norm(at + 1)
    if norm in meanings.QUANTIFIERS and (
        _is_person(after)
        or (norm != "all" and after == "of")
        or (norm not in ("all", "some", "certain") and _is_plural(after))
    ):
        return meanings.QUANTIFIERS[norm]
    if run.norms[at : at + 3] == ["all", "the", "time"]:
        return norm
    if norm == "a" and after in ("few", "little"):
        return f"a {after}"  # "few" are hardly any
    if (
        norm in ("more", "less", "fewer")
        and before == "or"
        and run.norm(at - 2) != "more"
    ):
        return f"or {norm}"  # "ten or more" are not more than ten
    if (norm == "up" and after == "to" and _is_count(run, at + 2)) or (
        norm in ("least", "most") and before == "at"
    ):
        return norm
    return ""


def _is_person(norm: str) -> bool:
    return norm in meanings.PEOPLE or norm.removesuffix("s") in meanings.PEOPLE


def _is_plural(norm: str) -> bool:
    return len(norm) > 3 and norm.endswith("s") and norm[-2] not in "sui"


def _counted(run: Run, at: int) -> Mark | None:
    """Return a number or a unit: "5", "mg"; weak where it may be none: "the one", "days"."""
    norm, before, after = run.norms[at], run.norm(at - 1), run.norm(at + 1)
    if norm.replace(".", "").isdigit():
        word = run[at].text.casefold().strip(".,;:?!") in ("one", "one's")
        word = word or run.norms[max(0, at - 3) : at + 1] in _OF_TWO
        near = after.isdigit() or before.isdigit()  # "nine one one"
        near = near or _is_share(run.norms[at + 1 : at + 4])
        sure = near or after in meanings.UNITS or after in ("to", "or")
        return Mark("number", norm, word and not sure)
    if re.fullmatch(r"nth\d+", norm):
        share = after == "of" and before in ("a", "1")  # "a third of them"
        return Mark("number", norm, weak=not share)
    if unit := meanings.unit_of(norm) or (norm if norm in meanings.UNITS else None):
        sure = (
            before.replace(".", "").isdigit()
            or before in ("few", "several", "per")
            or before in meanings.DOSES
            or (before in ("a", "an") and unit in meanings.SPANS)
        )
        return Mark("dose" if unit in meanings.DOSES else "unit", unit, not sure)
    return None


def _is_share(after: Sequence[str]) -> bool:
    """Say whether a number is of so many: "one in ten", "one out of 10", "one of two"."""
    counted = after[2:3] if [*after[:2]] == ["out", "of"] else after[1:2]
    return after[:1] in (["in"], ["of"], ["out"]) and any(map(str.isdigit, counted))


def _named(norm: str, terms: frozenset[str]) -> Mark | None:
    """Return what a noun names: "L4", "ibuprofen", "tendinitis", "vitamin D", "knee"."""
    single = norm.removesuffix("s")
    if meanings.LEVEL.fullmatch(norm):
        return Mark("level", norm)
    if meanings.is_drug(norm):
        return Mark("drug or procedure", single)
    if meanings.ILLNESS_SHAPE.fullmatch(norm):
        return Mark("illness", norm, weak=True)
    if len(norm) == 1 and norm not in "ai":
        return Mark("letter", norm, weak=True)
    for kind, known in (
        ("level", meanings.REGIONS),
        ("illness", meanings.ILLNESSES),
        ("amount", meanings.AMOUNTS),
        ("part of the body", meanings.PARTS),
        ("drug or procedure", terms),
        ("warning", meanings.WARNINGS),
    ):
        if norm in known or single in known:
            return Mark(kind, single if single in known else norm, weak=True)
    return None


def _proper(run: Run, at: int) -> Mark | None:
    """Return a name: what has a capital within a sentence."""
    text = run[at].text.lstrip("\"'(\u201c\u2018")
    within = not run.begins(at) and text[:1].isupper()
    return Mark("name", run.norms[at], weak=True) if within else None
