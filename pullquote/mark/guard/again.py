"""What went and is said again in its sentence: "take it at night, usually, at night".

What a word changes is no change where the same stays close by and is of the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from pullquote.mark.guard.forms import alike, is_small, missing
from pullquote.mark.guard.marks import Mark, Run
from pullquote.mark.guard.stretches import Difference, Stretch
from pullquote.mark.guard.wording import ANEW
from pullquote.mark.lexicon.grammar import CLAUSES, CONNECTING, FILLERS, LISTING, MORE
from pullquote.mark.lexicon.meanings import NEGATIONS

_AROUND = 30
"""Words of one sentence in which something may be said again."""
_SCOPE = 4
"""Telling words after a "not" or a "may" of which it is one."""
_ANSWER = 5
"""Words after a "No," among which the "not" is that says the same."""
BOUND = frozenset(("number", "dose", "unit", "side", "level", "letter", "date"))
"""Kinds of what counts or names a word beside it."""
THINGS = frozenset(("drug or procedure", "part of the body", "illness"))
"""Kinds of nouns."""
Meaning = tuple[str, str]
"""Kind and sense of a mark."""


def is_said_again(one: Difference) -> bool:
    """Say whether all that a difference took is said again, in one sentence, and stays.

    The "at night" of "take it at night, two at night"; not that of "one at night, two at
    noon", nor the "two" of "two two-milligram tablets".
    """
    others = one.others(2 * _AROUND)
    return any(
        _is_said_again(left, others) or _is_echo(left, others)
        for left in one.said.turned()
    )


def said_again(one: Difference) -> set[Meaning]:
    """Return the kinds and senses in a difference that are said again, and stay."""
    left, around = one.said, _around(one.said, one.others(2 * _AROUND))
    marks = left.marks
    lost = {
        m[:2]
        for n, m in marks.items()
        if not _is_of_the_same(left, n, around) or _stays_without(one, n)
    }
    return {m[:2] for m in marks.values() if m.kind not in BOUND} - lost


def _stays_without(one: Difference, at: int) -> bool:
    """Say whether a "not" went and what it is of stays: "does not help" and "helps"."""
    said = one.said.run
    of = next(_telling(said, range(at + 1, one.said.last)), "")
    denied = said.norms[at] in NEGATIONS and bool(of)
    return denied and any(alike(of, norm) for norm in one.published.norms)


def _is_said_again(left: Stretch, others: Set[int]) -> bool:
    said, around = left.run, _around(left, others)
    sure = {n: mark for n, mark in left.marks.items() if not mark.weak}
    told = [
        said.norms[n]
        for n in left.places
        if _tells(said, n) and (n not in sure or sure[n].kind in BOUND)
    ]
    counted = [norm for norm in told if norm[:1].isdigit()]
    if counted and (counted == told or not MORE.isdisjoint(left.norms)):
        return False
    again = [said.norms[n] for n in around]
    return (
        bool(told or sure)
        and all(any(norm == a or alike(norm, a) for a in again) for norm in told)
        and all(_is_of_the_same(left, n, around) for n in sure)
    )


def _is_echo(left: Stretch, others: Set[int]) -> bool:
    """Say whether words set apart at a clause's end are there in it already.

    The "nothing" of "it does nothing for it, nothing", the "might be" of "it might be
    worth it, might be"; not that of "it might be, and if it swells it is, might be", nor
    what counts or names a side: "left, right, left".
    """
    said, size = left.run, len(left)
    whole = left.sentence
    apart = (
        0 < size < left.first - whole.first
        and said[left.first - 1].pauses
        and (left.ends or said[left.last - 1].pauses)
    )
    if not apart or any(mark.kind in BOUND for mark in left.marks.values()):
        return False
    for at in range(left.first - size, whole.first - 1, -1):
        between = range(at, left.first)
        if said.norms[at : at + size] == left.norms:
            told = {said.norms[n] for n in range(at + size, left.first)}
            turned = CONNECTING | NEGATIONS.keys()
            return others.isdisjoint(between) and told.isdisjoint(turned)
    return False


def _around(left: Stretch, others: Set[int]) -> list[int]:
    """Return the places of the sentence around a stretch, but what differs itself.

    Of a whole sentence the one before it, too.
    """
    whole = left.sentence
    begin = whole.first
    if left.begins and left.first:
        begin = left.run.sentence(left.first - 1, left.first)[0]
    before = range(max(begin, left.first - _AROUND), left.first)
    after = range(left.last, min(whole.last, left.last + _AROUND))
    return [n for n in (*before, *after) if n not in others]


def _is_of_the_same(left: Stretch, at: int, around: Sequence[int]) -> bool:
    """Say whether what a word changes is changed again, and of the same word.

    The "not" of "it's not safe, it is not safe", the "5" of "5 mg, 5 mg"; not the "not"
    of "it's not safe, it does not hurt", nor the "5" of "5 mg, 5 weeks".
    """
    said, mark = left.run, left.run.mark(at)
    twins = [n for n in around if mark and _meaning(said.mark(n)) == mark[:2]]
    if mark is None or not twins or mark.kind in THINGS:
        return bool(twins)
    if mark.kind in BOUND:
        return any(beside(said, at, mark) == beside(said, n, mark) for n in twins)
    if said.norms[at] == "no" and said[at].text.endswith(","):
        return any(at < n <= at + _ANSWER for n in twins)  # "no, it isn't"
    of = next(_telling(said, range(at + 1, left.last)), "")
    if of:
        return any(
            alike(of, word)
            for twin in twins
            for word in [*_telling(said, [n for n in around if n > twin])][:_SCOPE]
        )
    if mark.kind == "may or must":  # "what you can do is you can"
        twins = [n for n in twins if said.norm(n - 1) == said.norm(at - 1)]
    return mark.kind not in ("negation", "condition") and any(
        CLAUSES.isdisjoint(said.norms[min(at, n) : max(at, n)]) for n in twins
    )


def _meaning(mark: Mark | None) -> Meaning | None:
    return mark and mark[:2]


def beside(found: Run, at: int, mark: Mark) -> str:
    """Return the word that a number, a side counts or names; of a unit its number."""
    return found.norm(at - 1 if mark.kind in ("unit", "dose") else at + 1)


def _telling(said: Run, places: Sequence[int]) -> Iterator[str]:
    return (said.norms[n] for n in places if _tells(said, n))


def _tells(said: Run, at: int) -> bool:
    mark = said.mark(at)
    return not is_small(said.norms[at]) or bool(mark and mark.kind != "who")


def is_begun_anew(left: Stretch, strong: Set[Mark]) -> bool:
    """Say whether what was left out is a false start that holds these marks again.

    "It's not, it is not safe"; not "don't drive and don't lift", nor "two two-milligram".
    """
    said, whole = left.run, left.sentence
    if any(token.ends for token in left.tokens):
        return False
    begun = [norm for norm in left.norms if norm not in FILLERS]
    if len(begun) > ANEW or all(norm[:1].isdigit() for norm in begun):
        return False
    if strong and len(left) == 1 and not left.tokens[0].pauses:
        return False  # the second "left" of "left knee, left hip"
    near = [*range(left.last, min(whole.last, left.last + len(begun) + 3))]
    if LISTING.isdisjoint(left.before(1)):
        near += range(max(whole.first, left.first - len(begun) - 2), left.first)
    again = {said.norms[n] for n in near}
    once = [n for n in left.places if said.norms[n] in again]
    marks = {_meaning(said.mark(n)) for n in (*near, *once)}
    shared = sum(norm in again for norm in begun)
    if all(
        mark.kind != "negation" for mark in strong
    ):  # "if you have, if you're having"
        small = [norm for norm in begun if norm not in again and is_small(norm)]
        shared += len(small) - len(missing(small, again))
    return all(m[:2] in marks for m in strong) and shared * 5 >= len(begun) * 3
