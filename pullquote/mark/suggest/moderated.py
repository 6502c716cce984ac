"""Questions and answers where voices are told apart: who asks, who answers.

Somebody asks (a host who reads viewers' questions, a host of their own accord, a
viewer), somebody else answers, until the next question.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.formats.sentences import has_question_mark
from pullquote.mark.suggest import cues
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import Unit

_MOST_CONTEXT = 4
"""Sentences that a question may tell before it asks."""
INTERJECTION = 25
"""Words up to which a host's remark does not end an answer."""
_SHORT = 4
_LEAVE = 6
"""Words up to which thanks or a farewell says nothing else."""
_REFUSAL = 45
"""Words that a refusal takes, with the advice to ask one's own doctor."""
_HOSTS_ASK = 0.2
"""Share of a host's turns that end in a question; of anybody's, where nobody hosts."""
_ANYBODY_ASKS = 0.05
_GUESTS_SPEAK = 0.3
"""Share of the words that guests say; where it is less, everybody asks and answers."""
_AFTERTHOUGHT = 6
"""Words by which a host may pass a question on and still wait for its answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A question and its answer as unit positions, ends included."""

    question: tuple[int, int]
    answer: tuple[int, int] | None
    announced: bool = False
    """A viewer, message or question was spoken of just before or in it."""
    marked: bool = False
    """A sentence of the question asks outright, not only by its shape."""
    declined: bool = False
    hosts_own: bool = False
    """A host opens the programme with it; no viewer asked."""
    rest: int = 0
    """Words that its speaker goes on with in the same turn."""


def tells_voices_apart(units: Sequence[Unit]) -> bool:
    """Say whether speakers are of use: two of them with a part in the talk."""
    spoken: Counter[str] = Counter()
    for unit in units:
        spoken[unit.speaker or ""] += unit.length
    shares = sorted(spoken.values(), reverse=True)
    return len(shares) > 1 and shares[0] < 0.97 * sum(shares)


def find(talk: Talk) -> tuple[Found, ...]:
    """Return questions and answers in order."""
    units, hosts = talk.units, _hosts(talk)
    guested = _guests_share(talk, hosts) >= _GUESTS_SPEAK
    runs = _runs(talk, hosts)
    found: list[Found] = []
    for number, (first, last) in enumerate(runs):
        limit = runs[number + 1][0] if number + 1 < len(runs) else len(units)
        answer, declined = _answer(talk, last, limit, hosts)
        if answer and guested and units[answer[0]].speaker in hosts:
            continue  # hosts talk among themselves; a guest's answer would be one
        if answer and _takes_leave(units[answer[0] : answer[1] + 1]):
            continue
        before = units[max(talk.turn(first).start, first - 3) : last + 1]
        found.append(
            Found(
                question=(first, last),
                answer=answer,
                announced=any(cues.of_message(unit.text) for unit in before),
                marked=any(
                    has_question_mark(unit.text) for unit in units[first : last + 1]
                ),
                declined=declined,
                hosts_own=any(cues.starts_programme(unit.text) for unit in before),
                rest=talk.words(last + 1, talk.turn(last).stop - 1),
            )
        )
    return tuple(found)


def _hosts(talk: Talk) -> frozenset[str | None]:
    """Return the speakers whose turns tend to end in a question."""
    turns: Counter[str | None] = Counter()
    ends: Counter[str | None] = Counter()
    for turn in talk.turns:
        if talk.words(turn.start, turn.stop - 1) >= _SHORT:
            speaker = talk.units[turn.start].speaker
            turns[speaker] += 1
            ends[speaker] += any(map(talk.asks, turn[-2:]))
    rates = {s: ends[s] / turns[s] for s in turns}
    most = max((rates[s] * min(1, ends[s] / 2) for s in rates), default=0)
    for least in (_HOSTS_ASK, _ANYBODY_ASKS):
        least = max(least, 0.45 * most)
        if hosts := frozenset(s for s in rates if ends[s] and rates[s] >= least):
            return hosts
    return frozenset()


def _guests_share(talk: Talk, hosts: frozenset[str | None]) -> float:
    """Return which share of all words is said by people who are no hosts."""
    guests = sum(unit.length for unit in talk.units if unit.speaker not in hosts)
    return guests / max(1, talk.said[-1])


def _runs(talk: Talk, hosts: frozenset[str | None]) -> list[tuple[int, int]]:
    """Return where each question begins and ends: asking units and their story."""
    runs: list[tuple[int, int]] = []
    position = 0
    while position < len(talk.units):
        if not talk.asks(position) or talk.units[position].speaker not in hosts:
            position += 1
            continue
        last, end = position, talk.turn(position).stop - 1
        while last < end and (talk.asks(last + 1) or _goes_on(talk, last + 1, end)):
            last += 1
        first = _after_announcement(talk.units, position, last)
        first = _with_story(talk, first, runs[-1][1] + 1 if runs else 0)
        if _is_question(talk, first, last, bool(runs)):
            runs.append((first, last))
        position = last + 1
    return runs


def _goes_on(talk: Talk, position: int, end: int) -> bool:
    """Say whether a sentence between two asking ones is part of the same question."""
    unit = talk.units[position]
    return (
        position < end
        and talk.asks(position + 1)
        and not cues.presents(unit.text)
        and not cues.declines(unit.text)
        and (cues.own_story(unit.text) or unit.length <= 6)
    )


def _after_announcement(units: Sequence[Unit], first: int, last: int) -> int:
    """Leave out "somebody wants to know about …" where the question itself follows."""
    while (
        first < last
        and cues.announces(units[first].text)
        and not cues.asks_outright(units[first].text)
        and cues.asks_outright(units[first + 1].text)
    ):
        first += 1
    return first


def _with_story(talk: Talk, first: int, earliest: int) -> int:
    """Return where a viewer begins to tell what leads to the question itself."""
    start = max(talk.turn(first).start, earliest, first - _MOST_CONTEXT)
    while first > start:
        text = talk.units[first - 1].text
        if cues.presents(text) or cues.declines(text) or not cues.own_story(text):
            break
        first -= 1
    return first


def _is_question(talk: Talk, first: int, last: int, follows: bool) -> bool:
    """Leave out words that pass the same question on to somebody else."""
    units, turn = talk.units, talk.turn(first)
    text = " ".join(unit.text for unit in units[first : last + 1])
    short = talk.words(turn.start, turn.stop - 1) <= INTERJECTION
    of_viewer = cues.of_message(text) or cues.own_story(text)
    if follows and short and cues.hands_over(text) and not of_viewer:
        return False
    if cues.asks_for_last_words(text) and not of_viewer:
        return False
    if talk.words(first, last) < _SHORT:
        return False
    rest = units[last + 1 : turn.stop]
    before = units[max(turn.start, first - 3) : last + 1]
    added = talk.words(last + 1, turn.stop - 1)
    passed_on = any(cues.hands_over(u.text) or cues.presents(u.text) for u in rest)
    return (
        not added
        or (added <= _AFTERTHOUGHT and passed_on)
        or any(cues.declines(unit.text) for unit in rest[:2])
        or any(cues.of_message(unit.text) for unit in before)
    )


def _answer(
    talk: Talk, last: int, limit: int, hosts: frozenset[str | None]
) -> tuple[tuple[int, int] | None, bool]:
    """Return the answer to the question that ends at ``last``, and if it is refused."""
    units = talk.units
    asker = units[last].speaker
    first = last + 1
    if cues.declines(units[last].text) and not has_question_mark(units[last].text):
        return None, True  # asked and put off in one breath
    while first < limit and units[first].speaker == asker:
        if cues.declines(units[first].text):
            return None, True
        first += 1
    if first >= limit:
        return None, False
    end = position = first
    while position < limit:
        stop = min(talk.turn(position).stop, limit)
        if units[position].speaker not in hosts - {units[first].speaker}:
            if position > first and _passes_on(units[position:stop]):
                break
            end = stop - 1
        elif _ends_answer(talk, position, stop - 1):
            break
        position = stop
    end = _without_farewell(units, first, end)
    if refuses(units[first : end + 1]):
        return None, True
    return (first, end), False


def refuses(answer: Sequence[Unit]) -> bool:
    """Say whether an answer begins by refusing and adds little."""
    return cues.declines(answer[0].text) and (
        sum(unit.length for unit in answer) <= _REFUSAL
    )


def _ends_answer(talk: Talk, first: int, last: int) -> bool:
    """Say whether a host's turn is more than a remark: thanks, news, a new topic."""
    texts = [unit.text for unit in talk.units[first : last + 1]]
    if any(cues.hands_over(text) for text in texts):
        return False
    return talk.words(first, last) > INTERJECTION or any(
        cues.closes(text) or cues.presents(text) for text in texts
    )


def _passes_on(turn: Sequence[Unit]) -> bool:
    """Say whether somebody only thanks, closes or calls the next one."""
    return all(cues.closes(unit.text) or cues.presents(unit.text) for unit in turn)


def _takes_leave(answer: Sequence[Unit]) -> bool:
    """Say whether nothing is said but thanks and farewells: a host closed with it."""
    return all(unit.length <= _LEAVE and cues.closes(unit.text) for unit in answer)


def _without_farewell(units: Sequence[Unit], first: int, last: int) -> int:
    """Leave thanks and farewells at the answer's end out of it."""
    while (
        last > first and units[last].length <= _LEAVE and cues.closes(units[last].text)
    ):
        last -= 1
    return last
