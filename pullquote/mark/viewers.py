"""Questions of viewers in a programme: read out by somebody, or asked by a caller.

Who reads tells first that a message comes (``frames``); its story and its question
follow. A caller is a voice that comes once, tells or asks, and is answered. What a
host asks of their own accord counts only after the first of these.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from pullquote.mark import cues, frames
from pullquote.mark.roles import Talk
from pullquote.mark.units import Unit

_LEAST = 3
"""Words of a question."""
_OWN_LEAST = 4
_STORY = 10
"""Words of a story that asks by itself, without a sentence that does."""
_INTERJECTED = 12
"""Words by others after which somebody still goes on with what they began."""
_ASIDE = 6
"""Words between two parts of one question."""
_FEW = 2
"""Questions of viewers from which on a talk is a programme with such."""
_OFTEN = 1.0
"""Such questions in a thousand words; an interview of two hours has half of one."""
_SELDOM = 0.25
"""Share of the most that anybody reads out; who reads less only speaks of messages."""
_AFTER = 25
"""Words by which a caller may go on after a question and still wait for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question as unit positions, ends included."""

    lead: int
    """Where it is announced: what was said before can only answer another."""
    first: int
    last: int
    how: Literal["read", "caller", "own"]
    outright: bool = True
    """A sentence of it asks; False: it is only told."""
    first_of_caller: bool = False


@dataclass(slots=True)
class _Reading:
    """How far a reader has come in a turn."""

    lead: int | None = None
    story: int | None = None
    first: int | None = None
    last: int | None = None
    rest: int = 0
    found: list[Asked] = field(default_factory=list)

    def close(self, end: int | None = None) -> None:
        """Keep what was asked, or told up to ``end``, and wait for the next message."""
        if self.lead is not None:
            if self.first is not None and self.last is not None:
                self.found.append(
                    Asked(lead=self.lead, first=self.first, last=self.last, how="read")
                )
            elif self.story is not None and end is not None:
                self.found.append(
                    Asked(
                        lead=self.lead,
                        first=self.story,
                        last=end,
                        how="read",
                        outright=False,
                    )
                )
        self.lead = self.story = self.first = self.last = None
        self.rest = 0


def find_asked(talk: Talk, callers: Sequence[str | None]) -> list[Asked]:
    """Return viewers' questions in order; none where it is no programme with such."""
    units = talk.units
    found = [
        asked
        for turn in talk.turns
        if units[turn.start].speaker not in callers
        for asked in _read_out(talk, turn)
    ]
    for caller in callers:
        found += _by_caller(talk, caller, callers)
    found = _by_readers(talk, callers, found)
    found.sort(key=lambda asked: asked.first)
    if not _is_programme(talk, found):
        return []
    found += _by_hosts(talk, callers, found)
    found.sort(key=lambda asked: asked.first)
    return found


def _is_programme(talk: Talk, found: Sequence[Asked]) -> bool:
    """Say whether viewers' questions carry the talk, and are not only spoken of."""
    sure = sum(
        asked.first_of_caller
        or any(
            frames.tells_of_viewer(talk.units[at].text)
            for at in range(asked.lead, asked.last + 1)
        )
        for asked in found
    )
    return sure >= _FEW and 1000 * sure >= _OFTEN * talk.said[-1]


def _by_readers(
    talk: Talk, callers: Sequence[str | None], found: Sequence[Asked]
) -> list[Asked]:
    """Leave out what is announced by voices that only answer, or asked of a caller."""
    units = talk.units
    read = Counter(units[a.first].speaker for a in found if a.how == "read")
    gives = Counter(units[a.lead].speaker for a in found if a.first_of_caller)
    most = max((read | gives).values(), default=0)
    hosts = {s for s in read if read[s] + gives[s] >= max(1, _SELDOM * most)}
    return [
        asked
        for asked in found
        if asked.how == "caller"
        or (
            talk.speaker_after(asked.last) not in callers
            and (
                units[asked.first].speaker in hosts
                or units[asked.lead].speaker != units[asked.first].speaker
            )
        )
    ]


def _read_out(talk: Talk, turn: range) -> list[Asked]:
    """Return what a turn reads out, or tells of others' questions."""
    units, reading = talk.units, _Reading()
    reading.lead = _announced_before(talk, turn)
    for at in turn:
        text = units[at].text
        telling = reading.story is not None and reading.first is None
        framed = frames.frames(text) and not (telling and cues.own_story(text))
        if framed:
            if reading.first is not None or reading.story is not None:
                reading.close()
            if reading.lead is None:
                reading.lead = at
            if cues.tells_of_asker(text):
                pass
            elif _tells_within(units, at, turn.stop):
                reading.story = at
            elif _reports(talk, at) and not _names_only(talk, at, turn.stop):
                reading.first = reading.last = at
        elif reading.lead is not None:
            _read_on(talk, reading, at)
    told = range(reading.story or turn.stop, turn.stop)
    long_enough = sum(units[n].length for n in told) >= _STORY
    reading.close(turn.stop - 1 if long_enough else None)
    return [asked for asked in reading.found if _is_put_to_somebody(talk, asked)]


def _announced_before(talk: Talk, turn: range) -> int | None:
    """Return where a reader who was interrupted had announced a message."""
    before = talk.floor(turn) or talk.handed_over(turn)
    for at in reversed(before or ()):
        text = talk.units[at].text
        if frames.puts_off(text):
            return None
        if frames.frames(text):
            return at
        if not frames.of_the_call(text) and (
            talk.asks(at) or cues.asks_without_mark(text) or cues.own_story(text)
        ):
            return None
    return None


def _reports(talk: Talk, at: int) -> bool:
    """Say whether an announcement asks itself: "Somebody wants to know if …"."""
    text = talk.units[at].text
    if frames.of_the_call(text):
        return False
    return talk.asks(at) or cues.asks_without_mark(text) or frames.reports(text)


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
    return more and len(frames.without_frames(text).split()) >= _ASIDE


def _read_on(talk: Talk, reading: _Reading, at: int) -> None:
    """Take in one more sentence after the announcement."""
    text = talk.units[at].text
    asks = (talk.asks(at) or cues.asks_without_mark(text)) and not (
        cues.tells_of_asker(text)
        or (frames.of_the_call(text) and reading.story is None)
    )
    if reading.last is None:
        if asks and (talk.units[at].length >= _LEAST or reading.story is not None):
            reading.first = at if reading.story is None else reading.story
            reading.last = at
        elif reading.story is None and (
            cues.own_story(text) and not frames.greets(text)
        ):
            reading.story = at
    elif asks and reading.rest <= _ASIDE:
        reading.last, reading.rest = at, 0
    elif asks and _begins_another(talk, reading.last, at):
        reading.close()
        reading.lead = reading.first = reading.last = at
    else:
        reading.rest += talk.units[at].length
        if cues.own_story(text) and at + 1 < len(talk.units):
            reading.rest = min(reading.rest, _ASIDE)


def _begins_another(talk: Talk, last: int, at: int) -> bool:
    """Say whether a question comes after one that was put off, or is counted."""
    between = [talk.units[n].text for n in range(last + 1, at)]
    return frames.counts(talk.units[at].text) or any(map(frames.puts_off, between))


def _is_put_to_somebody(talk: Talk, asked: Asked) -> bool:
    """Leave out short calls for the next speaker, and words said on the way."""
    words = talk.words(asked.first, asked.last)
    text = " ".join(u.text for u in talk.units[asked.first : asked.last + 1])
    if frames.of_the_call(text) and asked.first == asked.last and words <= _STORY:
        return False
    if not asked.outright and (
        frames.puts_off(text)
        or cues.presents(talk.units[asked.first].text)
        or talk.words_after(asked.last) < _STORY
    ):
        return False
    return words >= _LEAST and not cues.asks_for_last_words(text)


def _by_caller(
    talk: Talk, caller: str | None, callers: Sequence[str | None]
) -> Iterator[Asked]:
    """Yield what a caller asks: first with a story, then as one talks."""
    opened = False
    story: int | None = None
    for turn in talk.turns_of(caller):
        asks = [at for at in turn if _asks_somebody(talk, at)]
        if not opened:
            start = _substance(talk, turn, asks)
            answered = talk.is_answered_at_length(turn, callers)
            if asks and start is not None:
                first = start if story is None else story
                last = asks[-1]
                yield Asked(
                    lead=talk.lead_to(first),
                    first=first,
                    last=last,
                    how="caller",
                    first_of_caller=True,
                )
                opened = True
            elif start is not None and _tells_a_story(talk, start, turn.stop):
                story = start if story is None else story
                if answered:
                    yield Asked(
                        lead=talk.lead_to(story),
                        first=story,
                        last=turn.stop - 1,
                        how="caller",
                        outright=False,
                        first_of_caller=True,
                    )
                    opened = True
        elif asks:
            first, last = asks[0], _last_of_run(talk, asks)
            if talk.words(first, last) < _LEAST:
                continue
            rest = talk.words(last + 1, turn.stop - 1)
            if rest <= _AFTER and not talk.answers_itself(last, turn):
                yield Asked(lead=first, first=first, last=last, how="caller")


def _asks_somebody(talk: Talk, at: int) -> bool:
    """Say whether a caller's sentence asks, and not if the line is good."""
    text = talk.units[at].text
    return (
        (talk.asks(at) or cues.asks_without_mark(text) or frames.would_ask(text))
        and (talk.units[at].length >= _LEAST or text.endswith("?"))
        and talk.units[at].length > 1
        and not frames.of_the_call(text)
    )


def _substance(talk: Talk, turn: range, asks: Sequence[int]) -> int | None:
    """Return where a caller comes to the point, after greeting and name."""
    for at in turn:
        text = talk.units[at].text
        if at in asks:
            return at
        if talk.units[at].length < _OWN_LEAST + 1 or frames.is_preamble(text):
            continue
        if frames.of_the_call(text):
            continue
        if cues.own_story(text) or talk.units[at].length >= _STORY:
            return at
    return None


def _tells_a_story(talk: Talk, start: int, stop: int) -> bool:
    """Say whether a caller tells enough to be answered without asking."""
    told = [talk.units[at] for at in range(start, stop) if at < stop]
    words = sum(unit.length for unit in told)
    return words >= _STORY and any(
        cues.own_story(unit.text) and not frames.presents_oneself(unit.text)
        for unit in told
    )


def _last_of_run(talk: Talk, asks: Sequence[int]) -> int:
    """Return the last asking sentence that still belongs to the first."""
    last = asks[0]
    for at in asks[1:]:
        if talk.words(last + 1, at - 1) <= 2 * _ASIDE:
            last = at
    return last


def _by_hosts(
    talk: Talk, callers: Sequence[str | None], found: Sequence[Asked]
) -> Iterator[Asked]:
    """Yield what hosts ask of their own accord once viewers' questions have begun."""
    hosts = {talk.units[a.first].speaker for a in found if a.how == "read"}
    hosts |= {talk.units[a.lead].speaker for a in found if a.first_of_caller}
    hosts -= set(callers)
    begun = found[0].first
    taken = {at for asked in found for at in range(asked.lead, asked.last + 1)}
    for turn in talk.turns:
        last = turn.stop - 1
        following = talk.units[last + 1] if last + 1 < len(talk.units) else None
        if (
            turn.start < begun
            or talk.units[last].speaker not in hosts
            or following is None
            or following.speaker in callers
            or taken.intersection(turn)
            or not talk.asks_by_mark(last)
        ):
            continue
        first = last
        while first > turn.start and talk.asks_by_mark(first - 1):
            first -= 1
        text = " ".join(u.text for u in talk.units[first : last + 1])
        if (
            talk.words(first, last) < _OWN_LEAST
            or frames.of_the_call(text)
            or cues.hands_over(text)
            or cues.asks_for_last_words(text)
        ):
            continue
        yield Asked(lead=first, first=first, last=last, how="own")
