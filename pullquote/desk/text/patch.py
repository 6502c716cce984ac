"""A change of a text taken back, though others have changed the text since. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

_TOKEN = re.compile(r"\s+|\w+|[^\w\s]")
_AROUND = 12
"""Words, spaces and marks beside a place by which it is found again."""
_CLOSE = 5
"""As few of them between two changes make one of both."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where ``now`` stands for what was ``before``, and what stands around it."""

    at: int
    lead: str
    now: str
    before: str
    tail: str


def places(before: str, now: str) -> tuple[Place, ...]:
    """Return where two texts differ."""
    if before == now:
        return ()
    old, new = _TOKEN.findall(before), _TOKEN.findall(now)
    spans: list[tuple[int, int, int, int]] = []
    for op in Levenshtein.opcodes(new, old):
        if op.tag != "equal":
            span = op.src_start, op.src_end, op.dest_start, op.dest_end
            if spans and span[0] - spans[-1][1] <= _CLOSE:
                last = spans.pop()
                span = last[0], span[1], last[2], span[3]
            spans.append(span)
    edges = [0, *(n for start, end, *_ in spans for n in (start, end)), len(new)]
    return tuple(
        Place(
            at=sum(map(len, new[:start])),
            lead="".join(new[max(edges[2 * n], start - _AROUND) : start]),
            now="".join(new[start:end]),
            before="".join(old[low:high]),
            tail="".join(new[end : min(edges[2 * n + 3], end + _AROUND)]),
        )
        for n, (start, end, low, high) in enumerate(spans)
    )


def taken_back(text: str, changed: Sequence[Place]) -> tuple[str, int]:
    """Return a text as it would be without a change, and how many places stay.

    A place stays where what the change wrote is no longer there. Twice is once.

    >>> made = places("From Ann Lee, who is 68.", "From a viewer, who is 68.")
    >>> taken_back("So: from Cork. From a viewer, who is 69.", made)
    ('So: from Cork. From Ann Lee, who is 69.', 0)
    """
    pieces: list[str] = []
    done = stays = drift = 0
    for place in changed:
        at = _found(text, place, place.now, done, place.at + drift)
        if at is not None:
            pieces += (text[done:at], place.before)
            done, drift = at + len(place.now), at - place.at
        elif _found(text, place, place.before, done, place.at + drift) is None:
            stays += 1
    return "".join((*pieces, text[done:])), stays


def _found(text: str, place: Place, what: str, start: int, near: int) -> int | None:
    """Return where something stands that is like the place, the nearest of several."""
    for lead, tail in _around(place, whole=not what):
        looked = re.escape(lead) + f"({re.escape(what)})" + re.escape(tail)
        found = [m.start(1) for m in re.finditer(looked, text[start:])]
        if found:
            return start + min(found, key=lambda at: abs(start + at - near))
    return None


def _around(place: Place, *, whole: bool) -> Iterator[tuple[str, str]]:
    """Yield what may stand around a place, the surest first."""
    lead, tail = _TOKEN.findall(place.lead), _TOKEN.findall(place.tail)
    yield place.lead, place.tail
    if not whole:
        yield from (
            (one, two)
            for one, two in ((place.lead, ""), ("", place.tail))
            if one or two
        )
    yield "".join(lead[-4:]), "".join(tail[:4])
