"""Which words answer a viewer's question, up to the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from pullquote.mark.suggest import frames
from pullquote.mark.suggest.moderated import INTERJECTION, refuses
from pullquote.mark.suggest.reading import Asked
from pullquote.mark.suggest.roles import Talk

_OWN_ANSWER = 12
"""Words from which a reader who goes on has answered."""
_FEW = 2
_SHARE = 0.2
"""Of all questions, how many a host answers whose every word may be an answer."""
_LIKELY = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class _Show:
    """Who does what in a programme."""

    talk: Talk
    asked: Sequence[Asked]
    callers: Set[str | None]
    hosts: Set[str | None]
    answering: Set[str | None]
    """Hosts who answer as well."""
    ends: Sequence[float]
    """Log-odds of each unit that an answer ends with it."""


def answers(
    talk: Talk,
    callers: Sequence[str | None],
    asked: Sequence[Asked],
    answered: Sequence[float],
    ends: Sequence[float],
) -> list[tuple[int, int] | None]:
    """Return the answer to each question, or None; those asked together share one.

    ``answered`` is how likely each is answered, ``ends`` ``Weighed.ends``.
    """
    show = _show(talk, callers, asked, ends)
    found: list[tuple[int, int] | None] = []
    for number in reversed(range(len(asked))):
        answer = None
        if answered[number] >= _LIKELY:
            answer = _answer(show, number)
            if answer is None and found and _together(show, number):
                answer = found[-1]
        found.append(answer)
    return found[::-1]


def _show(
    talk: Talk,
    callers: Sequence[str | None],
    asked: Sequence[Asked],
    ends: Sequence[float],
) -> _Show:
    units = talk.units
    hosts = {units[a.first].speaker for a in asked if a.how != "caller"}
    hosts -= set(callers)
    replies = Counter(
        talk.speaker_after(a.last)
        for a in asked
        if talk.is_answered_at_length(talk.turn(a.last), callers)
    )
    return _Show(
        talk=talk,
        asked=asked,
        callers=set(callers),
        hosts=hosts,
        ends=ends,
        answering={h for h in hosts if replies[h] >= max(_FEW, _SHARE * len(asked))},
    )


def _together(show: _Show, number: int) -> bool:
    """Say whether the next question is read before this one is answered or put off."""
    talk, one, following = show.talk, show.asked[number], show.asked[number + 1]
    between = talk.units[one.last + 1 : following.first]
    return talk.number(following.first) == talk.number(one.last) and not any(
        frames.puts_off(unit.text) for unit in between
    )


def _answer(show: _Show, number: int) -> tuple[int, int] | None:
    """Return the words that answer a question; None where nobody speaks, or refuses."""
    talk, one = show.talk, show.asked[number]
    units = talk.units
    limit = len(units)
    if number + 1 < len(show.asked):
        following = show.asked[number + 1]
        limit = following.lead
        if (
            talk.speaker_after(one.last)
            == units[limit].speaker
            != units[one.first].speaker
        ):
            limit = following.first
    start = one.last + 1
    if not _goes_on_to_answer(show, one, min(talk.turn(one.last).stop, limit), limit):
        while start < limit and units[start].speaker == units[one.last].speaker:
            start += 1
        start = _after_remark(show, start, limit)
    if start >= limit:
        return None
    end = max(range(start, limit), key=lambda at: show.ends[at])
    return None if refuses(units[start : end + 1]) else (start, end)


def _goes_on_to_answer(show: _Show, one: Asked, stop: int, limit: int) -> bool:
    """Say whether who read a question out answers it at once."""
    talk = show.talk
    rest = talk.words(one.last + 1, stop - 1)
    if one.how != "read" or rest < _OWN_ANSWER:
        return False
    if any(
        frames.puts_off(talk.units[at].text)
        for at in range(one.last + 1, min(stop, one.last + 3))
    ):
        return False
    after = range(stop, min(limit, len(talk.units)))
    number = talk.units[after.start].turn if after else None
    other = sum(talk.units[at].length for at in after if talk.units[at].turn == number)
    return rest > other


def _after_remark(show: _Show, start: int, limit: int) -> int:
    """Pass over a host who is sorry, or says the question again, before the answer."""
    units = show.talk.units
    if start >= limit or units[start].speaker not in show.hosts - show.answering:
        return start
    turn = show.talk.turn(start)
    following = turn.stop
    if (
        following < limit
        and show.talk.words(start, turn.stop - 1) <= INTERJECTION
        and units[following].speaker not in show.hosts | show.callers
    ):
        return following
    return start
