"""Passages that were moved: named once, and not where they went and where they came.

Said is "it helps in the long run", printed "in the long run, it helps": what stood at one
end of its sentence stands at the other, and nothing changed. Of all else that was moved
a person decides whether the order told something.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pullquote.mark.guard.tokens import Token
from pullquote.mark.guard.wording import Stretch, is_small
from pullquote.mark.lexicon.meanings import NEGATIONS, WHO, words

_WIDEST = 60
"""Words of a difference in which a passage is looked for."""
_NEAR = 5
"""Differences between which it is."""
_LEAST = 4
"""Words of a passage; fewer were but put in order."""
_LEAST_AT_EDGES = 3
OPENING = words(
    """
    according after as at before by during for from if in on once over under when
    whenever with within without
    """
)
"""What a passage begins with that may open a sentence or close it."""
_SEVERAL = words("and but nor or so then")
"""What links clauses."""
_GROUNDS = words("after as before for once without")
"""What may be a reason for a "not", with a clause: "not as it is worn"."""
_IDLE = words("and but so well then also just now really")


@dataclass(frozen=True, slots=True)
class Passage:
    """Words ``[first, last)`` of what was said and where they are printed."""

    said: tuple[int, int]
    published: tuple[int, int]
    harmless: bool
    """It went from one end of its sentence to the other."""


def moved_passage(
    said: Sequence[Token], published: Sequence[Token], differences: Sequence[Stretch]
) -> Passage | None:
    """Return the longest passage that stands elsewhere now, None where none does."""
    best: tuple[int, Passage] | None = None
    for n, ((a, b), _) in enumerate(differences):
        if not _LEAST_AT_EDGES <= b - a <= _WIDEST:
            continue
        first = max(0, n - _NEAR)
        for m, (_, (c, d)) in enumerate(differences[first : n + _NEAR + 1], first):
            if n == m or not _LEAST_AT_EDGES <= d - c <= _WIDEST:
                continue
            passage = _common(said, (a, b), published, (c, d))
            if passage and (best is None or passage[0] > best[0]):
                best = passage
    return best[1] if best else None


def _common(
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
) -> tuple[int, Passage] | None:
    """Return the longest passage that two differences share, and its length."""
    old = [token.norm for token in said[slice(*there)]]
    new = [token.norm for token in published[slice(*here)]]
    run = SequenceMatcher(None, old, new, autojunk=False).find_longest_match()
    if run.size < _LEAST_AT_EDGES or all(map(is_small, old[run.a :][: run.size])):
        return None
    was = (there[0] + run.a, there[0] + run.a + run.size)
    now = (here[0] + run.b, here[0] + run.b + run.size)
    harmless = _at_edges(said, was, published, now)
    least = _LEAST if _is_same_sentence(said, was, published, now) else _LEAST_AT_EDGES
    if run.size < (_LEAST_AT_EDGES if harmless else least):
        return None
    return run.size, Passage(was, now, harmless)


def _at_edges(
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
) -> bool:
    """Say whether a passage went from one end of one sentence to its other end."""
    begins, ends = _edges(said, there)
    now_begins, now_ends = _edges(published, here)
    if said[there[0]].norm not in OPENING or not (
        (begins and now_ends) or (ends and now_begins)
    ):
        return False
    words_of = {t.norm for t in said[slice(*there)]}
    first, last = sentence(said, there)
    rest = [*said[first : there[0]], *said[there[1] : last]]
    if not _SEVERAL.isdisjoint(t.norm for t in rest) or not _is_same_sentence(
        said, there, published, here
    ):
        return False  # of which of two clauses it is, its place says
    denied = any(t.norm in NEGATIONS for t in said[first:last])
    return not denied or _GROUNDS.isdisjoint(words_of) or words_of.isdisjoint(WHO)


def _is_same_sentence(
    said: Sequence[Token],
    there: tuple[int, int],
    published: Sequence[Token],
    here: tuple[int, int],
) -> bool:
    """Say whether a passage stands beside most of the words beside which it stood."""
    sides = []
    for found, (a, b) in ((said, there), (published, here)):
        first, last = sentence(found, (a, b))
        sides.append({t.norm for t in (*found[first:a], *found[b:last])})
    return len(sides[0] & sides[1]) * 2 > len(sides[0] | sides[1])


def _edges(found: Sequence[Token], stretch: tuple[int, int]) -> tuple[bool, bool]:
    """Say whether a stretch begins, and ends, a sentence; idle words do not count."""
    first, last = stretch
    while first and not found[first - 1].ends and found[first - 1].norm in _IDLE:
        first -= 1
    return (
        first == 0 or found[first - 1].ends,
        last == len(found) or found[last - 1].ends,
    )


def sentence(found: Sequence[Token], stretch: tuple[int, int]) -> tuple[int, int]:
    """Return where the sentence of a stretch begins and ends, its last word included."""
    first, last = stretch
    while first and not found[first - 1].ends:
        first -= 1
    while last < len(found) and not found[last - 1].ends:
        last += 1
    return first, last
