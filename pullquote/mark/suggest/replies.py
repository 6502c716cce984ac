"""Which words answer a viewer's question, up to the next one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence, Set
from dataclasses import dataclass

from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.edges import likeliest_end
from pullquote.mark.suggest.moderated import (
    INTERJECTION,
    Found,
    ends_answer,
    refuses,
    without_farewell,
)
from pullquote.mark.suggest.reading import Asked
from pullquote.mark.suggest.roles import Talk

_REMARK = 12
"""Words up to which a host only reacts, and somebody else answers."""
_REFUSAL = 60
"""Words that a refusal takes, with where to ask instead."""
_OWN_ANSWER = 12
"""Words from which a reader who goes on has answered."""
_JUST_BEFORE = 3
"""Sentences before a question in which it may be put off."""
_FEW = 2
_SHARE = 0.2
"""Of all questions, how many a host answers whose every word may be an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Show:
    """Who does what in a programme."""

    talk: Talk
    asked: Sequence[Asked]
    callers: Set[str | None]
    hosts: Set[str | None]
    answering: Set[str | None]
    """Hosts who answer as well."""
    endings: Sequence[float]
    """Log-odds of each unit that an answer ends with it; empty where only rules tell."""


def answered(
    talk: Talk,
    callers: Sequence[str | None],
    asked: Sequence[Asked],
    endings: Sequence[float] = (),
) -> tuple[Found, ...]:
    """Return the questions with their answers; those asked together share one.

    ``endings`` are the log-odds of each unit that an answer ends with it.
    """
    show = _show(talk, callers, asked, endings)
    found: list[Found] = []
    for number in reversed(range(len(asked))):
        one = asked[number]
        answer, declined = _answer(show, number)
        if answer is None and not declined and found and _together(show, number):
            answer, declined = found[-1].answer, found[-1].declined
        found.append(
            Found(
                question=(one.first, one.last),
                answer=answer,
                announced=one.how != "own",
                marked=one.outright,
                own=one.how == "own",
                declined=declined,
            )
        )
    return tuple(found[::-1])


def _show(
    talk: Talk,
    callers: Sequence[str | None],
    asked: Sequence[Asked],
    endings: Sequence[float],
) -> _Show:
    units = talk.units
    hosts = {units[a.first].speaker for a in asked if a.how != "caller"}
    hosts |= {units[a.lead].speaker for a in asked if a.first_of_caller}
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
        endings=endings,
        answering={h for h in hosts if replies[h] >= max(_FEW, _SHARE * len(asked))},
    )


def _together(show: _Show, number: int) -> bool:
    """Say whether the next question is read before anybody answers this one."""
    talk, following = show.talk, show.asked[number + 1]
    return talk.number(following.first) == talk.number(show.asked[number].last)


def _answer(show: _Show, number: int) -> tuple[tuple[int, int] | None, bool]:
    """Return the answer to a question, or None and whether it is refused."""
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
    asker = units[one.last].speaker
    if _is_put_off(show, one, limit):
        return None, True
    start = one.last + 1
    turn = talk.turn(one.last)
    if not _goes_on_to_answer(show, one, min(turn.stop, limit), limit):
        while start < limit and units[start].speaker == asker:
            if frames.puts_off(units[start].text):
                return None, True
            start += 1
        start = _after_remark(show, start, limit)
    if start >= limit:
        return None, False
    end = without_farewell(units, start, _end(show, one, start, limit))
    if show.endings:
        end = likeliest_end(show.endings, start, end, limit)
    if refuses(units[start : end + 1]) or _puts_off(show, one, start, end, limit):
        return None, True
    return (start, end), False


def _puts_off(show: _Show, one: Asked, start: int, end: int, limit: int) -> bool:
    """Say whether a reply only tells that there is no answer, here or today."""
    talk, units = show.talk, show.talk.units
    turn = talk.turn(start)
    own = range(start, min(turn.stop, limit))
    quiet = show.callers | (show.hosts - show.answering)
    others = sum(
        units[at].length
        for at in range(own.stop, end + 1)
        if units[at].speaker not in quiet | {units[start].speaker}
    )
    if any(frames.puts_off(units[at].text) for at in own[:2]):
        return talk.words(own.start, own.stop - 1) <= _REFUSAL and others <= _REMARK
    said = talk.words(own.start, own.stop - 1)
    back = [units[at].text for at in range(own.stop, min(own.stop + 2, len(units)))]
    return (
        said <= _REMARK
        and others <= _REMARK
        and any(frames.puts_off(text) and not frames.goes_on(text) for text in back)
    )


def _is_put_off(show: _Show, one: Asked, limit: int) -> bool:
    """Say whether a question is announced as one that will not be answered."""
    units = show.talk.units
    told = range(max(one.lead, one.first - _JUST_BEFORE), one.first)
    before = [units[at].text for at in told]
    if one.how == "read" and any(
        frames.puts_off(text) and not frames.goes_on(text) for text in before
    ):
        return True
    last = units[one.last].text
    return frames.puts_off(last) and "?" not in last and one.how == "read"


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


def _end(show: _Show, one: Asked, start: int, limit: int) -> int:
    """Return the last unit of the answer that begins at ``start``."""
    units, talk = show.talk.units, show.talk
    first, asker = units[start].speaker, units[one.last].speaker
    end = position = start
    while position < limit:
        turn = talk.turn(position)
        last = min(turn.stop, limit) - 1
        speaker = units[position].speaker
        answers = speaker not in show.callers and (
            speaker == first
            or speaker in show.answering
            or (speaker not in show.hosts and speaker != asker)
        )
        if answers:
            kept = last + 1
            if position > start:
                kept = _until_passed_on(show, position, last)
            remark = speaker in show.hosts and speaker != first
            if kept > position and not (
                remark and talk.words(position, kept - 1) <= _REMARK
            ):
                end = kept - 1
            if kept <= last and speaker in show.hosts:
                break
        elif speaker in show.hosts and ends_answer(talk, position, last, frames.frames):
            break
        position = last + 1
    return end


def _until_passed_on(show: _Show, first: int, last: int) -> int:
    """Return where in a turn somebody stops answering, to thank or call the next."""
    units = show.talk.units
    hosts = units[first].speaker in show.hosts
    for at in range(first, last + 1):
        text = units[at].text
        rest = show.talk.words(at, last)
        if hosts and (frames.greets(text) or frames.invites(text)):
            return at
        if rest <= _REMARK and (cues.closes(text) or cues.presents(text)):
            return at
    return last + 1
