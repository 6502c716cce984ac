"""What a difference took away that stands elsewhere in its sentence: said again, or moved.

Spoken words come twice and in an order that nobody writes: "take it at night, usually,
at night". What a word changes is no change where the same stays close by and is of the
same; where it was moved past what it could be of instead, it is.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from pullquote.mark.guard.changing import Mark, Run
from pullquote.mark.guard.wording import Stretch, alike, is_small, turns
from pullquote.mark.lexicon.meanings import CONDITIONS, words

_AROUND = 30
"""Words of one sentence in which something may be said again."""
_SCOPE = 4
"""Telling words after a "not" or a "may" of which it is one."""
_ANSWER = 5
"""Words after a "No," among which the "not" is that says the same."""
_MORE = words("add again and another both each more or plus then too")
"""What makes a number said again another one: "two tablets and two tablets"."""
_CLAUSES = words(
    """
    after although and as because before but for if nor not or since so than that though
    unless until when where which while who whom whose without
    """
)
"""Words past which nothing is moved: beyond them something else is spoken of."""
_BOUND = frozenset(("number", "dose", "unit", "side", "level", "letter", "date"))
"""Kinds that are moved with the word that they count or name."""
_FREE = frozenset(("frequency", "doubt"))
"""Kinds of a clause: they may stand anywhere in it."""
_THINGS = frozenset(("drug or procedure", "part of the body", "illness"))
"""Kinds of nouns: they may be moved past what has no other."""
_OF_IT = words("he it she that they this")
_ADVERBS = words("maybe perhaps possibly definitely certainly")
"""What of "may" and "will" is no verb."""


def is_said_again(
    said: Run,
    there: tuple[int, int],
    changed: Set[int],
) -> bool:
    """Say whether all that a stretch tells is said again, in one sentence, and stays.

    ``changed`` are the places of all that differs.
    """
    others = _others(there, changed)
    return any(_said_again(said, stretch, others) for stretch in turns(said, *there))


def said_again(
    said: Run,
    there: tuple[int, int],
    changed: Set[int],
) -> set[tuple[str, str]]:
    """Return the kinds and senses in a stretch that are said again, and stay."""
    inside = [*range(*there)]
    around = _around(said, *there, _others(there, changed))
    same: dict[tuple[str, str], bool] = {}
    for n in inside:
        if mark := said.mark(n):
            here = _is_of_the_same(said, n, inside, around, mark)
            same[mark[:2]] = same.get(mark[:2], True) and here
    return {mark for mark, here in same.items() if here and mark[0] not in _BOUND}


def _others(there: tuple[int, int], changed: Set[int]) -> set[int]:
    """Return the places near a stretch that differ, but for its own."""
    first, last = there
    near = (*range(first - 2 * _AROUND, first), *range(last, last + 2 * _AROUND))
    return {n for n in near if n in changed}


def _said_again(
    said: Run,
    there: tuple[int, int],
    others: Set[int],
) -> bool:
    first, last = there
    around = _around(said, first, last, others)
    again = [said[n].norm for n in around]
    sure = {
        n: mark for n in range(first, last) if (mark := said.mark(n)) and not mark.weak
    }
    norms = [
        said[n].norm
        for n in range(first, last)
        if _tells(said, n) and (n not in sure or sure[n].kind in _BOUND)
    ]
    if not norms and not sure:
        return False
    counted = [norm for norm in norms if norm[:1].isdigit()]
    if counted and counted == norms:
        return False  # "two two milligram tablets"
    if counted and not _MORE.isdisjoint(t.norm for t in said[first:last]):
        return False
    return all(
        any(norm == other or alike(norm, other) for other in again) for norm in norms
    ) and all(
        _is_of_the_same(said, n, [*range(first, last)], around, mark)
        for n, mark in sure.items()
    )


def _tells(said: Run, at: int) -> bool:
    mark = said.mark(at)
    return not is_small(said[at].norm) or bool(mark and mark.kind != "who")


def _around(said: Run, first: int, last: int, others: Set[int]) -> list[int]:
    """Return the places of the sentence around a stretch, but what differs itself."""
    begin, stop = first, last
    closed = 0
    while begin and first - begin < _AROUND:
        if said[begin - 1].ends and (begin < first or closed):
            break
        closed += said[begin - 1].ends
        begin -= 1
    while stop < len(said) and stop - last < _AROUND and not said[stop - 1].ends:
        stop += 1
    return [n for n in range(begin, stop) if not (first <= n < last or n in others)]


def _is_of_the_same(
    said: Run,
    at: int,
    inside: Sequence[int],
    around: Sequence[int],
    mark: Mark,
) -> bool:
    """Say whether the same mark is there again, of the same word."""
    twins = [n for n in around if (other := said.mark(n)) and other[:2] == mark[:2]]
    if mark.kind in _BOUND:
        side = -1 if mark.kind in ("unit", "dose") else 1
        return any(_beside(said, at, side) == _beside(said, n, side) for n in twins)
    if mark.kind in _THINGS:
        return bool(twins)
    if said[at].norm == "no" and said[at].text.endswith(","):
        return any(at < n <= at + _ANSWER for n in twins)  # "no, it isn't"
    of = _scope(said, [n for n in inside if n > at], 1)
    if not of and mark.kind == "may or must":  # "what you can do is you can"
        twins = [n for n in twins if _beside(said, n, -1) == _beside(said, at, -1)]
    if not of:
        return mark.kind not in ("negation", "condition") and any(
            _CLAUSES.isdisjoint(t.norm for t in said[min(at, n) : max(at, n)])
            for n in twins
        )
    return any(
        alike(of[0], word)
        for twin in twins
        for word in _scope(said, [n for n in around if n > twin], _SCOPE)
    )


def _scope(said: Run, places: Sequence[int], count: int) -> list[str]:
    return [said[n].norm for n in places if _tells(said, n)][:count]


def moved(
    said: Run,
    published: Run,
    differences: Sequence[Stretch],
    number: int,
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Return the marks of a difference that were but moved: those that went, that came."""
    near = [
        n
        for n in range(max(0, number - 2), min(len(differences), number + 3))
        if n != number
    ]

    def pass_to(one: int, other: int) -> set[tuple[str, str]]:
        there, here = differences[one], differences[other]
        lost, put = _marks(said, there[0]), _marks(published, here[1])
        others = {k for k, _ in _marks(published, there[1])}
        others |= {k for k, _ in _marks(said, here[0])}
        return {
            mark
            for mark in lost.keys() & put.keys()
            if mark[0] not in others
            and (
                _is_topic(said, lost[mark], there[0], here[0])
                or _may_move(said, lost[mark], here, published, put[mark])
            )
        }

    gone = [mark for other in near for mark in pass_to(number, other)]
    came = [mark for other in near for mark in pass_to(other, number)]
    return set(gone), set(came)


def _marks(found: Run, stretch: tuple[int, int]) -> dict[tuple[str, str], int]:
    return {mark[:2]: n for n in range(*stretch) if (mark := found.mark(n))}


def _may_move(
    said: Run,
    at: int,
    stretch: Stretch,
    published: Run,
    now: int,
) -> bool:
    """Say whether a word of what was said may stand where it is printed."""
    there, here = stretch
    mark = said.mark(at)
    past = range(at + 1, there[0]) if at < there[0] else range(there[1], at)
    between = [said[n].norm for n in past]
    ends = [n for n in (*past, at) if said[n].ends]
    if at < there[0] and published[here[1] - 1].ends:
        ends = [n for n in ends if n + 1 != there[0]]  # it closes the sentence now
    elif at > there[0]:
        ends = [n for n in ends if n != at]
    if mark is None or ends or not _CLAUSES.isdisjoint(between):
        return False
    if mark.kind in _FREE or said[at].norm in _ADVERBS:
        return True
    kinds = {m.kind for n in past if (m := said.mark(n))}
    if mark.kind in _THINGS:
        return kinds.isdisjoint(_THINGS | {"side", "level"})
    side = -1 if mark.kind in ("unit", "dose") else 1
    return mark.kind in _BOUND and _beside(said, at, side) == _beside(
        published, now, side
    )


def _is_topic(
    said: Run, at: int, there: tuple[int, int], topic: tuple[int, int]
) -> bool:
    """Say whether an "if" goes before what it is of: "the cuff, if it tears"."""
    between = {t.norm for t in said[topic[1] : at]}
    return (
        topic[1] < at < at + 1 < there[1]
        and said[at].norm in CONDITIONS
        and said[at + 1].norm in _OF_IT
        and (
            topic[1] == 0 or said[topic[1] - 1].ends or said[topic[1] - 1].norm == "so"
        )
        and between.isdisjoint(_CLAUSES)
        and not any(token.ends for token in said[topic[1] : at])
    )


def _beside(found: Run, at: int, side: int) -> str:
    return found[at + side].norm if 0 <= at + side < len(found) else ""
