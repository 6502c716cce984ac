"""Where two voices sound at once, and which two. Pure."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.sound import Span

# What counts as speaking at once; milliseconds.
_SHORTEST = 100
_GAP = 200
"""A shorter pause in it does not end it."""
_REACH = 1_000
"""A change of voice this near is what the two meet at."""


def joined(stretches: Iterable[Span]) -> tuple[Span, ...]:
    """Return the stretches in order, close ones joined, short ones left out."""
    found: list[Span] = []
    for one in sorted(stretches):
        if found and one.start - found[-1].end < _GAP:
            end = max(found[-1].end, one.end)
            found[-1] = Span(start=found[-1].start, end=end)
        else:
            found.append(one)
    return tuple(one for one in found if one.length >= _SHORTEST)


def overlapping(
    turns: Sequence[VoiceTurn], both: Sequence[Span]
) -> tuple[VoiceTurn, ...]:
    """Return the turns in order of start, two of them wherever two voices sound.

    ``turns`` follow each other without overlap. At a change of voice the first
    goes on and the second has begun; inside a turn it is the voice that spoke last
    or will speak next, whichever is nearer.
    """
    found = list(turns)
    added: list[VoiceTurn] = []
    for span in both:
        at = _change(turns, span)
        if at is not None:
            found[at] = replace(found[at], end=max(found[at].end, span.end))
            after = found[at + 1]
            found[at + 1] = replace(after, start=min(after.start, span.start))
        elif (other := _other_voice(turns, span)) is not None:
            added.append(VoiceTurn(start=span.start, end=span.end, speaker=other))
    return tuple(sorted([*found, *added], key=lambda t: (t.start, t.end, t.speaker)))


def _change(turns: Sequence[VoiceTurn], span: Span) -> int | None:
    """Return the turn that ends nearest to the stretch, if another voice follows."""
    best, nearest = None, _REACH
    first = bisect_left(turns, span.start - 2 * _REACH, key=lambda turn: turn.end)
    for at in range(first, len(turns) - 1):
        before, after = turns[at], turns[at + 1]
        if before.end >= span.end + _REACH:
            break
        if before.speaker == after.speaker or after.start - before.end >= _REACH:
            continue
        middle = (before.end + after.start) // 2
        away = max(span.start - middle, middle - span.end, 0)
        if away < nearest:
            best, nearest = at, away
    return best


def _other_voice(turns: Sequence[VoiceTurn], span: Span) -> str | None:
    """Return who else speaks nearest to a stretch inside somebody's turn."""
    middle = (span.start + span.end) // 2
    at = bisect_right(turns, middle, key=lambda turn: turn.start) - 1
    if at < 0 or turns[at].end <= middle:
        return None
    neighbours = (turns[:at][::-1], turns[at + 1 :])
    others = [
        next((turn for turn in near if turn.speaker != turns[at].speaker), None)
        for near in neighbours
    ]
    nearest = min(
        filter(None, others),
        key=lambda t: max(t.start - middle, middle - t.end),
        default=None,
    )
    return None if nearest is None else nearest.speaker
