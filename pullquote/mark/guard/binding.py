"""The same words, bound otherwise: a stop that moved, a "not" before another word.

"I never operate. On kids I use a brace" holds the words of "I never operate on kids. I
use a brace", and "is it safe?" those of "it is safe", which is not "it is safe?" either.
"""

from __future__ import annotations

from collections.abc import Iterator

from pullquote.mark.guard.forms import alike, is_small
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.stretches import NEAR, Span
from pullquote.mark.lexicon.grammar import ASKED, ASKING, BINDING, IDLE, SUBJECTS
from pullquote.mark.lexicon.meanings import FREQUENCIES, NEGATIONS
from pullquote.model.align import blocks

_TOLD = 3
"""Words of a statement."""


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
    while first < stop and said.norms[first] in IDLE:
        first += 1
    if before == printed or first >= stop or said.norms[first] not in BINDING:
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
    if asked[0] not in ASKING or asked[1] not in ASKED:
        return False
    while not said.begins(first) and said.norms[first - 1] in IDLE:
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
    while first < at and said.norms[first] in IDLE:
        first += 1
    return (
        last - first >= _TOLD
        and said.norms[first] in SUBJECTS
        and not _is_asked(said, at)
        and said.norms[at] not in ("right", "not", *ASKED)
    )


def _is_asked(found: Run, at: int) -> bool:
    return found[found.sentence(at, at + 1)[1] - 1].text.endswith("?")


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
