"""Viewers' questions that somebody reads out, or tells of.

Who reads says first that a message comes (``frames``); its story and its question
follow, until the next one or until nothing asks any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from pullquote.formats.sentences import has_question_mark
from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import Unit

_LEAST = 3
"""Words of a question."""
_OWN_LEAST = 4
"""Words of an announcement up to which it asks nothing itself."""
_STORY = 10
"""Words of a story that asks by itself, without a sentence that does."""
ASIDE = 6
"""Words between two parts of one question."""
_LONGEST_LEAD = 80
_LONGEST_STORY = 160
"""Words after which an announced message, or its story, is over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as unit positions, ends included."""

    lead: int
    """Where it is announced: what was said before can only answer another."""
    first: int
    last: int
    how: Literal["read", "caller"]
    outright: bool = True
    """A sentence of it asks; False: it is only told."""


@dataclass(slots=True)
class _Reading:
    """How far a reader has come in a turn."""

    lead: int | None = None
    story: int | None = None
    first: int | None = None
    last: int | None = None
    rest: int = 0
    last_frame: int = 0
    found: list[Asked] = field(default_factory=list)

    def close(self, end: int | None = None) -> None:
        """Keep what was asked, or told up to ``end``, and wait for the next message."""
        outright = self.last is not None
        first, last = (self.first, self.last) if outright else (self.story, end)
        if self.lead is not None and first is not None and last is not None:
            self.found.append(
                Asked(
                    lead=self.lead,
                    first=first,
                    last=last,
                    how="read",
                    outright=outright,
                )
            )
        self.lead = self.story = self.first = self.last = None
        self.rest = 0


def read_out(talk: Talk, turn: range) -> list[Asked]:
    """Return what a turn reads out, or tells of others' questions."""
    reading = _Reading()
    reading.lead = _announced_before(talk, turn)
    reading.last_frame = turn.start
    for at in turn:
        text = talk.units[at].text
        if _is_past(talk, reading, at):
            reading.lead = reading.story = None
        telling = reading.story is not None and reading.first is None
        its_own = telling or (reading.lead is not None and frames.is_told(text))
        if frames.frames(text) and not (its_own and cues.own_story(text)):
            _announce(talk, reading, at, turn.stop)
        elif reading.lead is not None:
            _read_on(talk, reading, at)
    if reading.story is None and reading.first is None:
        told_of = _told_of(talk, reading.lead, turn)
        if reading.lead is None:
            reading.lead = told_of
        if told_of is not None and talk.asks_by_mark(turn.stop - 1):
            reading.first = reading.last = turn.stop - 1
        else:
            reading.story = told_of
    told = range(reading.story or turn.stop, turn.stop)
    long_enough = sum(talk.units[n].length for n in told) >= _STORY
    reading.close(turn.stop - 1 if long_enough else None)
    return [asked for asked in reading.found if _is_put_to_somebody(talk, asked)]


def _is_past(talk: Talk, reading: _Reading, at: int) -> bool:
    """Say whether an announcement is too long ago for a question to be its."""
    if reading.lead is None or reading.first is not None:
        return False
    if reading.story is not None:
        return talk.words(reading.story, at - 1) > _LONGEST_STORY
    return talk.words(reading.last_frame, at - 1) > _LONGEST_LEAD


def _announce(talk: Talk, reading: _Reading, at: int, stop: int) -> None:
    """Take in a sentence that tells who asks, and may ask already."""
    text = talk.units[at].text
    if reading.first is not None or reading.story is not None:
        reading.close()
    if reading.lead is None:
        reading.lead = at
    reading.last_frame = at
    if cues.tells_of_asker(text):
        return
    if _tells_within(talk.units, at, stop):
        reading.story = at
    elif _reports(talk, at) and not _names_only(talk, at, stop):
        reading.first = reading.last = at


def _told_of(talk: Talk, lead: int | None, turn: range) -> int | None:
    """Return where somebody is told of whose question is left to be understood."""
    answered = talk.is_answered_at_length(turn, ())
    for at in reversed(turn[-2:]):
        text = talk.units[at].text
        led = lead is not None and lead in turn
        told = (
            frames.tells_of_somebody(text) and (led or not frames.says_only_they(text))
        ) or (led and frames.tells_of_viewer(text))
        if (
            (answered or frames.puts_off(text))
            and told
            and talk.units[at].length >= _STORY
            and not has_question_mark(text)
            and not cues.closes(text)
        ):
            return at
    return None


def _announced_before(talk: Talk, turn: range) -> int | None:
    """Return where a reader who was interrupted had announced a message."""
    before = talk.floor(turn) or talk.handed_over(turn)
    for at in reversed(before or ()):
        text = talk.units[at].text
        if frames.puts_off(text):
            return None
        if frames.frames(text):
            return None if _reports(talk, at) else at
        told = cues.own_story(text) and talk.units[at].length > ASIDE
        asks = talk.asks(at) or cues.asks_without_mark(text)
        if not frames.of_the_call(text) and (asks or told):
            return None
    return None


def _reports(talk: Talk, at: int) -> bool:
    """Say whether an announcement asks itself: "Somebody wants to know if …"."""
    text = talk.units[at].text
    if frames.of_the_call(text) or talk.units[at].length <= _OWN_LEAST:
        return False
    ends = at + 1 == talk.turn(at).stop
    return (
        talk.asks(at)
        or cues.asks_without_mark(text)
        or frames.reports(text)
        or (ends and frames.quotes(text))
        or (not talk.marked and cues.asks_within(text))
    )


def _names_only(talk: Talk, at: int, stop: int) -> bool:
    """Say whether an announcement names a subject, and the question itself follows."""
    text = talk.units[at].text
    return (
        at + 1 < stop
        and not cues.asks_outright(text)
        and not frames.asks_whether(text)
        and cues.asks_outright(talk.units[at + 1].text)
    )


def _tells_within(units: Sequence[Unit], at: int, stop: int) -> bool:
    """Say whether an announcement goes on as the message, in one sentence."""
    text = units[at].text
    if cues.own_story(frames.rest_of(text)):
        return True
    following = units[at + 1].text if at + 1 < stop else ""
    more = text.endswith(",") and cues.asks(following)
    return more and len(frames.without_frames(text).split()) >= ASIDE


def _read_on(talk: Talk, reading: _Reading, at: int) -> None:
    """Take in one more sentence after the announcement."""
    text = talk.units[at].text
    asks = (talk.asks(at) or cues.asks_without_mark(text)) and not (
        cues.tells_of_asker(text)
        or (frames.puts_off(text) and not cues.asks_without_mark(text))
        or (frames.of_the_call(text) and reading.story is None)
    )
    if reading.last is None:
        if asks and (talk.units[at].length >= _LEAST or reading.story is not None):
            reading.first = at if reading.story is None else reading.story
            reading.last = at
        elif reading.story is None and _begins_story(talk, at):
            reading.story = at
    elif asks and _goes_on(talk, reading, at):
        reading.last, reading.rest = at, 0
    elif asks and _begins_another(talk, reading.last, at, reading.rest <= ASIDE):
        lead = reading.lead if reading.rest <= ASIDE else at
        reading.close()
        reading.lead, reading.first, reading.last = lead, at, at
    else:
        reading.rest += talk.units[at].length
        if (
            cues.own_story(text)
            and at + 1 < len(talk.asking)
            and talk.asks_by_mark(at + 1)
        ):
            reading.rest = min(reading.rest, ASIDE)


def _goes_on(talk: Talk, reading: _Reading, at: int) -> bool:
    """Say whether a sentence that asks is part of the question before it."""
    return reading.rest == 0 or (reading.rest <= ASIDE and talk.asks_by_mark(at))


def _begins_story(talk: Talk, at: int) -> bool:
    """Say whether somebody's own words begin here, not the reader's."""
    text = talk.units[at].text
    if frames.greets(text) and talk.units[at].length <= 2 * ASIDE:
        return False
    own = cues.own_story(text) or frames.tells_ourselves(text)
    return own and not frames.is_readers_own(text)


def _begins_another(talk: Talk, last: int, at: int, reading_several: bool) -> bool:
    """Say whether a question comes after one that was put off, or is counted."""
    if reading_several:
        return True
    between = [talk.units[n].text for n in range(last + 1, at)]
    rest = talk.words(at + 1, talk.turn(at).stop - 1)
    return rest <= 2 * ASIDE and (
        frames.counts(talk.units[at].text) or any(map(frames.puts_off, between))
    )


def _is_put_to_somebody(talk: Talk, asked: Asked) -> bool:
    """Leave out short calls for the next speaker, and words said on the way."""
    words = talk.words(asked.first, asked.last)
    text = " ".join(u.text for u in talk.units[asked.first : asked.last + 1])
    last = talk.units[asked.last].text
    framed = frames.frames(talk.units[asked.first].text)
    brief = asked.first == asked.last and words <= _STORY
    if frames.of_the_call(last) and (brief or framed):
        return False
    if cues.starts_programme(text):
        return False
    if not asked.outright and (
        (frames.puts_off(text) and not frames.tells_of_somebody(text))
        or cues.presents(talk.units[asked.first].text)
        or talk.words_after(asked.last) < _STORY
    ):
        return False
    return words >= _LEAST and not cues.asks_for_last_words(text)
