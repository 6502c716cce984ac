"""The same words, bound otherwise: a stop that moved, a "not" before another word.

"I never operate. On kids I use a brace" holds the words of "I never operate on kids. I
use a brace", and "is it safe?" those of "it is safe". Words alone tell neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pullquote.mark.guard.moves import OPENING, sentence
from pullquote.mark.guard.tokens import Token
from pullquote.mark.guard.wording import (
    ASKED,
    ASKING,
    NEAR,
    Stretch,
    alike,
    is_small,
    pauses,
)
from pullquote.mark.lexicon.meanings import FREQUENCIES, NEGATIONS, words
from pullquote.model.align import blocks

_BINDING = OPENING | words("because only since though unless until")
"""What a passage begins with of which its stop says what it belongs to."""
_IDLE = words("and but so then well")


def bound_otherwise(
    said: Sequence[Token], published: Sequence[Token]
) -> Iterator[Stretch]:
    """Yield the stretches whose words are the same and belong to something else."""
    runs = [
        (there, here)
        for equal, there, here in blocks(
            [t.norm for t in said], [t.norm for t in published]
        )
        if equal
    ]
    for (a, b), (c, _) in runs:
        for at in range(a, b):
            now = c + at - a
            yield from _over_a_stop(said, at, b, published, now)
            if _is_stated(said, at, published, now) or _is_of_another(
                said, at, published, now
            ):
                yield (max(0, at - 2), at + 3), (max(0, now - 2), now + 3)


def _over_a_stop(
    said: Sequence[Token], at: int, stop: int, published: Sequence[Token], now: int
) -> Iterator[Stretch]:
    """Yield a passage after this word that went from one sentence to its neighbour."""
    before, printed = _stop(said[at]), _stop(published[now])
    first = at + 1
    while first < stop and said[first].norm in _IDLE:
        first += 1
    if before == printed or first >= stop or said[first].norm not in _BINDING:
        return
    for last in range(first + 1, min(first + NEAR, stop)):
        after, closed = _stop(said[last]), _stop(published[now + last - at])
        if after or closed:
            if (before - after) * (printed - closed) < 0:
                yield (at, last + 1), (now, now + last + 1 - at)
            return


def _stop(token: Token) -> int:
    """Return how much a word is set apart from the next: 2 for a stop, 1 for a comma."""
    return 2 if token.ends else int(pauses(token))


def _is_stated(
    said: Sequence[Token], at: int, published: Sequence[Token], now: int
) -> bool:
    """Say whether this word, asked with "is it" before, is told now."""
    first = at - 2
    if first < 0 or said[first].norm not in ASKING or said[first + 1].norm not in ASKED:
        return False
    asked = [token.norm for token in said[first:at]]
    while first and not said[first - 1].ends and said[first - 1].norm in _IDLE:
        first -= 1
    return (
        (first == 0 or said[first - 1].ends)
        and _is_asked(said, at)
        and not _is_asked(published, now)
        and [token.norm for token in published[max(0, now - 2) : now]] != asked
    )


def _is_asked(found: Sequence[Token], at: int) -> bool:
    return found[sentence(found, (at, at + 1))[1] - 1].text.endswith("?")


def _is_of_another(
    said: Sequence[Token], at: int, published: Sequence[Token], now: int
) -> bool:
    """Say whether this "not" is of another word, what it was of now standing before it."""
    if said[at].norm not in NEGATIONS:
        return False
    was, is_ = _telling(said, at), _telling(published, now)
    if not was or not is_ or alike(was[0], is_[0]) or was[0] in FREQUENCIES:
        return False
    return (
        any(alike(was[0], t.norm) for t in published[max(0, now - 2 * NEAR) : now])
        and not any(alike(was[0], norm) for norm in is_)
        and not any(alike(was[0], t.norm) for t in said[max(0, at - 2 * NEAR) : at])
    )


def _telling(found: Sequence[Token], at: int) -> list[str]:
    _, last = sentence(found, (at, at + 1))
    return [t.norm for t in found[at + 1 : last] if not is_small(t.norm)]
