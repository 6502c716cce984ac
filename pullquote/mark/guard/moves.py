"""What stands elsewhere now, or belongs to something else: all that is a change of order.

Said is "it helps in the long run", printed "in the long run, it helps": what stood at one
end of its sentence stands at the other, and nothing changed. Of all else that was moved
a person decides whether the order told something. "I never operate. On kids I use a brace"
holds the words of "I never operate on kids. I use a brace", and "is it safe?" those of
"it is safe", which is not "it is safe?" either.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

from pullquote.formats.sentences import ends_in_question_mark
from pullquote.mark.guard.again import BOUND, THINGS, Meaning, beside
from pullquote.mark.guard.forms import alike, is_small
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import NEAR, Difference, Span, Stretch
from pullquote.mark.lexicon import grammar
from pullquote.mark.lexicon.meanings import (
    ADVERBS,
    CONDITIONS,
    FREQUENCIES,
    NEGATIONS,
    WHO,
)
from pullquote.model.align import blocks

_WIDEST = 60
"""Words of a difference in which a passage is looked for."""
_BETWEEN = 5
"""Differences between which it is."""
_LEAST = 4
"""Words of a passage; fewer were but put in order, unless they tell where or when."""
_LEAST_AT_EDGES = 3
_FREE = frozenset(("frequency", "doubt"))
"""Kinds of a clause: they may stand anywhere in it."""
_TOLD = 3
"""Words of a statement."""


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
            said.norms[0] not in grammar.OPENING
            or not ((begins and now_ends) or (ends and now_begins))
            or not grammar.SEVERAL.isdisjoint(rest)
            or not self.stays
        ):
            return False
        denied = not NEGATIONS.keys().isdisjoint(there.norms)
        reason = not grammar.REASONS.isdisjoint(said.norms)
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
    while not run.begins(first) and run.norms[first - 1] in grammar.PASSING:
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
        run.size < _LEAST
        and passage.stays
        and said.run.norms[was] not in grammar.OPENING
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
    if mark is None or ends or any(said.norms[n] in grammar.CLAUSES for n in past):
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
        and said.norms[at + 1] in grammar.OF_IT
        and (said.begins(topic.last) or said.norm(topic.last - 1) == "so")
        and grammar.CLAUSES.isdisjoint(between.norms)
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


def bound_otherwise(said: Run, published: Run) -> Iterator[tuple[Span, Span]]:
    """Yield the stretches whose words are the same and belong to something else."""
    for equal, (a, b), (c, _) in blocks(said.norms, published.norms):
        for at in range(a, b) if equal else ():
            now = c + at - a
            if last := _over_a_stop(said, at, b, published, now):
                yield (at, last + 1), (now, now + last + 1 - at)
            places = said, at, published, now
            if (
                _is_stated(*places)
                or _is_questioned(*places)
                or _is_of_another(*places)
            ):
                yield (max(0, at - 2), at + 3), (max(0, now - 2), now + 3)


def _over_a_stop(said: Run, at: int, stop: int, published: Run, now: int) -> int | None:
    """Return the last word of a passage after this one that went to another sentence.

    "I never cut. On kids I brace" and "I never cut on kids. I brace".
    """
    before, printed = _stop(said[at]), _stop(published[now])
    first = at + 1
    while first < stop and said.norms[first] in grammar.IDLE:
        first += 1
    if before == printed or first >= stop or said.norms[first] not in grammar.BINDING:
        return None
    for last in range(first + 1, min(first + NEAR, stop)):
        after, closed = _stop(said[last]), _stop(published[now + last - at])
        if after or closed:
            return last if (before - after) * (printed - closed) < 0 else None
    return None


def _stop(token: Token) -> int:
    """Return how much a word is set apart from the next: 2 for a stop, 1 for a comma."""
    return 2 if token.ends else int(token.pauses)


def _is_stated(said: Run, at: int, published: Run, now: int) -> bool:
    """Say whether this word, asked with "is it" before, is told now.

    "Is it safe?" and "it is safe.", "does it heal?" and "it heals."; not "is it safe."
    and "is it safe?".
    """
    # "does" and "did" change the form of what follows
    does = said.norm(at - 1) in ("does", "did")
    if does and said.norm(at + 1) == published.norm(now + 1):
        return False
    first = at - 1 if does else at - 2
    asked = said.norms[first : first + 2] if first >= 0 else ["", ""]
    if asked[0] not in grammar.ASKING or asked[1] not in grammar.ASKED:
        return False
    while not said.begins(first) and said.norms[first - 1] in grammar.IDLE:
        first -= 1
    return (
        said.begins(first)
        and _is_asked(said, at)
        and not _is_asked(published, now)
        and published.norms[max(0, now - at + first) :][:2] != asked
    )


def _is_questioned(said: Run, at: int, published: Run, now: int) -> bool:
    """Say whether this word ends what was told, and is asked now: "it is safe?".

    Not "it is safe, right?", nor what is short: nobody's mark tells there.
    """
    if not (said[at].ends and published[now].ends and _is_asked(published, now)):
        return False
    first, last = said.sentence(at, at + 1)
    while first < at and said.norms[first] in grammar.IDLE:
        first += 1
    return (
        last - first >= _TOLD
        and said.norms[first] in grammar.SUBJECTS
        and not _is_asked(said, at)
        and said.norms[at] not in ("right", "not", *grammar.ASKED)
    )


def _is_asked(found: Run, at: int) -> bool:
    return ends_in_question_mark(found[found.sentence(at, at + 1)[1] - 1].text)


def _is_of_another(said: Run, at: int, published: Run, now: int) -> bool:
    """Say whether this "not" is of another word, what it was of now standing before it.

    "It does not hurt, it heals" and "it hurts, it does not heal".
    """
    if said.norms[at] not in NEGATIONS:
        return False
    was, is_ = _telling_after(said, at), _telling_after(published, now)
    if not was or not is_ or alike(was[0], is_[0]) or was[0] in FREQUENCIES:
        return False
    before_now = published.norms[max(0, now - 2 * NEAR) : now]
    before = said.norms[max(0, at - 2 * NEAR) : at]
    return any(alike(was[0], norm) for norm in before_now) and not any(
        alike(was[0], norm) for norm in (*is_, *before)
    )


def _telling_after(found: Run, at: int) -> list[str]:
    _, last = found.sentence(at, at + 1)
    return [norm for norm in found.norms[at + 1 : last] if not is_small(norm)]
