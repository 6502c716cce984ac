"""Whose voice is it: prints of people who agreed, against a recording's voices. Pure.

A guess is made only where it is clear: the voice is much like one person's and much
less like everybody else's. A stranger stays unknown.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from itertools import accumulate

from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.sound import Span

Prints = Mapping[str, Sequence[tuple[float, ...]]]
"""Voice prints, of length 1, by the person's id: one for each recording learned from."""


# How alike prints of one person are, as cosine similarity from -1 to 1. For CAM++ on the
# mean of half a minute: one person's prints of two recordings have 0.90 to 0.99, two
# people's at most 0.70 (measured on 25 voices).
_SAME = 0.8
_CLEAR = 0.1
"""How much less alike the next best person, and the next best voice, must be."""
_LEAST = 4_500
"""Milliseconds of speech below which nobody is guessed or learned."""
_MOST = 36_000
"""Milliseconds that are enough."""
_EDGE = 100
"""Milliseconds at both ends of a turn that may be another's."""


def spans_of(turns: Sequence[VoiceTurn], speaker: str, length: int) -> tuple[Span, ...]:
    """Return stretches of ``length`` ms in which this voice alone speaks.

    They are spread over all of its turns; none if they are too few to tell.
    """
    others = sorted((t.start, t.end) for t in turns if t.speaker != speaker)
    starts = [start for start, _ in others]
    latest = [0, *accumulate((end for _, end in others), max)]
    found = [
        Span(start=start, end=start + length)
        for turn in turns
        if turn.speaker == speaker
        for start in range(turn.start + _EDGE, turn.end - _EDGE - length, length)
        if latest[bisect_left(starts, start + length)] <= start
    ]
    if len(found) * length < _LEAST:
        return ()
    most = max(1, _MOST // length)
    if len(found) <= most:
        return tuple(found)
    return tuple(found[at * len(found) // most] for at in range(most))


def guess_people(
    voices: Mapping[str, Sequence[float]],
    people: Prints,
) -> dict[str, str]:
    """Return the person of each voice that is clearly one of ``people``.

    ``voices`` has a print for each label, all of length 1. No person is guessed twice.
    """
    likeness = {
        (label, person): max((_cosine(one, other) for other in prints), default=-1.0)
        for label, one in voices.items()
        for person, prints in people.items()
    }
    found: dict[str, str] = {}
    for (label, person), value in likeness.items():
        rivals = [
            other
            for (one, whose), other in likeness.items()
            if (one == label) != (whose == person)
        ]
        if value >= _SAME and all(value - r >= _CLEAR for r in rivals):
            found[label] = person
    return found


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    if len(one) != len(other):  # a file of prints that lost a number
        return -1.0
    return sum(a * b for a, b in zip(one, other, strict=True))
