"""What stands elsewhere now: passages that are named once, words that were put in order.

Said is "it helps in the long run", printed "in the long run, it helps": what stood at one
end of its sentence stands at the other, and nothing changed. Of all else that was moved
a person decides whether the order told something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from pullquote.mark.guard.again import BOUND, THINGS, Meaning, beside
from pullquote.mark.guard.forms import is_small
from pullquote.mark.guard.stretches import NEAR, Difference, Stretch
from pullquote.mark.lexicon.grammar import (
    CLAUSES,
    OF_IT,
    OPENING,
    PASSING,
    REASONS,
    SEVERAL,
)
from pullquote.mark.lexicon.meanings import ADVERBS, CONDITIONS, NEGATIONS, WHO

_WIDEST = 60
"""Words of a difference in which a passage is looked for."""
_BETWEEN = 5
"""Differences between which it is."""
_LEAST = 4
"""Words of a passage; fewer were but put in order, unless they tell where or when."""
_LEAST_AT_EDGES = 3
_FREE = frozenset(("frequency", "doubt"))
"""Kinds of a clause: they may stand anywhere in it."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of what was said and where they are printed."""

    said: Stretch
    published: Stretch

    @property
    def harmless(self) -> bool:
        """Whether it went from one end of its sentence to the other.

        "When it rains, it hurts" and "it hurts when it rains"; not with two clauses, of
        which its place says of which it is: "it hurts and swells when it rains".
        """
        said, there = self.said, self.said.sentence
        begins, ends = _edges(said)
        now_begins, now_ends = _edges(self.published)
        rest = {said.run.norms[n] for n in said.rest}
        if (
            said.norms[0] not in OPENING
            or not ((begins and now_ends) or (ends and now_begins))
            or not SEVERAL.isdisjoint(rest)
            or not self.stays
        ):
            return False
        denied = not NEGATIONS.keys().isdisjoint(there.norms)
        reason = not REASONS.isdisjoint(said.norms)
        return not (denied and reason and not WHO.keys().isdisjoint(said.norms))

    @property
    def stays(self) -> bool:
        """Whether it stands beside most of the words beside which it stood."""
        there, here = (
            {p.run.norms[n] for n in p.rest} for p in (self.said, self.published)
        )
        return len(there & here) * 2 > len(there | here)


def _edges(part: Stretch) -> tuple[bool, bool]:
    """Say whether a stretch begins, and ends, a sentence; idle words do not count."""
    run, first = part.run, part.first
    while not run.begins(first) and run.norms[first - 1] in PASSING:
        first -= 1
    return run.begins(first), part.last == len(run) or part.ends


def moved_passage(found: Sequence[Difference]) -> Passage | None:
    """Return the longest passage that stands elsewhere now, None where none does."""
    best: Passage | None = None
    for n, one in enumerate(found):
        if not _LEAST_AT_EDGES <= len(one.said) <= _WIDEST:
            continue
        for other in found[max(0, n - _BETWEEN) : n + _BETWEEN + 1]:
            if one is other or not _LEAST_AT_EDGES <= len(other.published) <= _WIDEST:
                continue
            passage = _common(one.said, other.published)
            if passage and (best is None or len(passage.said) > len(best.said)):
                best = passage
    return best


def _common(said: Stretch, published: Stretch) -> Passage | None:
    """Return the longest passage that two differences share."""
    matcher = SequenceMatcher(None, said.norms, published.norms, autojunk=False)
    run = matcher.find_longest_match()
    if run.size < _LEAST_AT_EDGES or all(
        map(is_small, said.norms[run.a :][: run.size])
    ):
        return None
    was, now = said.first + run.a, published.first + run.b
    passage = Passage(
        Stretch(said.run, was, was + run.size),
        Stretch(published.run, now, now + run.size),
    )
    in_order = (
        run.size < _LEAST and passage.stays and said.run.norms[was] not in OPENING
    )
    return None if in_order and not passage.harmless else passage


def moved(one: Difference) -> tuple[set[Meaning], set[Meaning]]:
    """Return what was but moved of a difference: what went, and what came.

    The "usually" of "usually it helps" printed "it usually helps"; not the "left" of "the
    left knee and hip" printed "the knee and left hip".
    """
    gone = [meaning for other in one.beside for meaning in _passed(one, other)]
    came = [meaning for other in one.beside for meaning in _passed(other, one)]
    return set(gone), set(came)


def _passed(one: Difference, other: Difference) -> set[Meaning]:
    """Return what stood in one difference and is printed in another."""
    lost = {m[:2]: n for n, m in one.said.marks.items()}
    put = {m[:2]: n for n, m in other.published.marks.items()}
    there = {*one.published.marks.values(), *other.said.marks.values()}
    others = {m.kind for m in there}
    return {
        meaning
        for meaning in lost.keys() & put.keys()
        if meaning[0] not in others
        and (
            _is_topic(lost[meaning], one.said, other.said)
            or _may_move(lost[meaning], other, put[meaning])
        )
    }


def _may_move(at: int, other: Difference, now: int) -> bool:
    """Say whether the word of what was said at a place may stand where it is printed.

    It is moved past no clause and no end of a sentence; a number goes with what it counts,
    a noun past no other: "ibuprofen" not past "the left".
    """
    said, there = other.said.run, other.said
    past = range(at + 1, there.first) if at < there.first else range(there.last, at)
    ends = [n for n in past if said[n].ends]
    if at < there.first:
        ends += [at] if said[at].ends else []
        if other.published.ends:  # it closes the sentence now
            ends = [n for n in ends if n + 1 != there.first]
    mark = said.mark(at)
    if mark is None or ends or any(said.norms[n] in CLAUSES for n in past):
        return False
    if mark.kind in _FREE or said.norms[at] in ADVERBS:
        return True
    if mark.kind in THINGS:
        kinds = {m.kind for n in past if (m := said.mark(n))}
        return kinds.isdisjoint(THINGS | {"side", "level"})
    beside_now = beside(other.published.run, now, mark)
    return mark.kind in BOUND and beside(said, at, mark) == beside_now


def _is_topic(at: int, there: Stretch, topic: Stretch) -> bool:
    """Say whether an "if" goes before what it is of: "the cuff, if it tears"."""
    said = there.run
    between = Stretch(said, topic.last, at)
    return (
        topic.last < at < at + 1 < there.last
        and said.norms[at] in CONDITIONS
        and said.norms[at + 1] in OF_IT
        and (said.begins(topic.last) or said.norm(topic.last - 1) == "so")
        and CLAUSES.isdisjoint(between.norms)
        and not any(token.ends for token in between.tokens)
    )


def swapped(found: Sequence[Difference]) -> set[int]:
    """Return the numbers of differences after which two words have changed places.

    "Pain causes stress" and "stress causes pain".
    """
    return {
        two.number
        for one, two in pairwise(found)
        if two.said.first - one.said.last <= NEAR
        and _long(one.said) & _long(two.published)
        and _long(two.said) & _long(one.published)
    }


def _long(part: Stretch) -> set[str]:
    return {norm for norm in part.norms if len(norm) > 3}
