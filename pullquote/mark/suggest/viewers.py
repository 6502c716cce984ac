"""Whether a talk is a programme with viewers' questions, and how far each goes.

Where they begin is told by ``edges``; of those that are read out, by rules too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pullquote.formats.sentences import has_question_mark
from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.reading import ASIDE, Asked, read_out
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import Unit

_FEW = 2
"""Questions of viewers from which on a talk is a programme with such."""
_OFTEN = 1.0
"""Such questions in a thousand words; an interview of two hours has half of one."""
_JUST = 2
"""Sentences before a question in which its viewer may be told of."""
_SELDOM = 0.34
"""Share of the most that anybody reads out; who reads less only speaks of messages."""
_TOLD = 100
"""Words of a story up to what asks in it, or to its end."""


def find_asked(talk: Talk, callers: Sequence[str | None]) -> list[Asked]:
    """Return what rules take for questions that are read out, in order."""
    found = [
        asked
        for turn in talk.turns
        if talk.units[turn.start].speaker not in callers
        for asked in read_out(talk, turn)
    ]
    return _by_readers(talk, callers, found)


def is_programme(
    talk: Talk, callers: Sequence[str | None], asked: Sequence[Asked]
) -> bool:
    """Say whether viewers' questions carry the talk, and are not only spoken of."""
    sure = sum(
        talk.units[one.first].speaker in callers
        or any(
            frames.tells_of_viewer(talk.units[at].text)
            for at in range(max(0, min(one.lead, one.first - _JUST)), one.last + 1)
        )
        for one in asked
    )
    return sure >= _FEW and 1000 * sure >= _OFTEN * talk.said[-1]


def are_told_of(units: Sequence[Unit]) -> bool:
    """Say whether a viewer is spoken of at all: quick, and without it no programme."""
    return any(frames.tells_of_viewer(unit.text) for unit in units)


def _by_readers(
    talk: Talk, callers: Sequence[str | None], found: Sequence[Asked]
) -> list[Asked]:
    """Leave out what is announced by voices that only answer, or asked of a caller."""
    units = talk.units
    read = Counter(units[a.first].speaker for a in found if a.outright)
    most = max(read.values(), default=0)
    hosts = {s for s in read if read[s] >= max(1, _SELDOM * most)}
    return [
        asked
        for asked in found
        if talk.speaker_after(asked.last) not in callers
        and (units[asked.first].speaker in hosts or _asks_the_expert(talk, asked))
    ]


def _asks_the_expert(talk: Talk, asked: Asked) -> bool:
    """Say whether a question ends its turn and goes to who speaks more in the talk."""
    turn = talk.turn(asked.last)
    asker, after = talk.units[asked.last].speaker, talk.speaker_after(asked.last)
    ends = talk.words(asked.last + 1, turn.stop - 1) == 0
    return (
        ends and talk.asks_by_mark(asked.last) and talk.share(after) > talk.share(asker)
    )


def begun_at(
    talk: Talk,
    callers: Sequence[str | None],
    begins: Sequence[int],
    by_rules: Sequence[Asked],
) -> list[Asked]:
    """Return the questions that begin at some units, as far as they go.

    Where rules found one around its beginning, they tell how it goes on.
    """
    found = []
    for first, following in pairwise([*begins, len(talk.units)]):
        stop = min(talk.turn(first).stop, following)
        known = next((a for a in by_rules if a.first <= first <= a.last), None)
        if known is not None:
            lead, last = min(known.lead, first), min(known.last, stop - 1)
            found.append(replace(known, lead=lead, first=first, last=last))
            continue
        last, outright = _goes_on_until(talk, first, stop)
        caller = talk.units[first].speaker in callers
        found.append(
            Asked(
                lead=_announced_from(talk, first),
                first=first,
                last=last,
                how="caller" if caller else "read",
                outright=outright,
            )
        )
    return found


def _goes_on_until(talk: Talk, first: int, stop: int) -> tuple[int, bool]:
    """Return the last unit of a question in its turn, and whether any of it asks."""
    last = None
    if _puts_off(talk, first):
        return first, False
    stop = next(filter(lambda at: _is_readers(talk, at), range(first + 1, stop)), stop)
    for at in range(first, stop):
        since = talk.words(first if last is None else last + 1, at - 1)
        if since > (_TOLD if last is None else 2 * ASIDE):
            break
        if talk.asks(at) or cues.asks_without_mark(talk.units[at].text):
            last = at
    if last is not None:
        return last, True
    ends = talk.words(first, stop - 1) <= _TOLD
    return (stop - 1 if ends else first), False


def _is_readers(talk: Talk, at: int) -> bool:
    """Say whether a sentence is about the question or the call, and ends a message."""
    return frames.of_the_call(talk.units[at].text) or _puts_off(talk, at)


def _puts_off(talk: Talk, at: int) -> bool:
    text = talk.units[at].text
    return not has_question_mark(text) and frames.puts_off(text)


def _announced_from(talk: Talk, first: int) -> int:
    """Return where the words begin that announce a question in its turn."""
    lead, start = first, talk.turn(first).start
    while lead > start and talk.units[lead - 1].length <= ASIDE:
        lead -= 1
    return lead
