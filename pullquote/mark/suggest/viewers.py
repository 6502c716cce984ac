"""Questions of viewers in a programme: read out by somebody, or asked by a caller.

A caller is a voice that comes once, tells or asks, and is answered. What a host asks
of their own accord counts only after a question that was read out: who asks beside a
caller asks for nobody.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.reading import (
    ASIDE,
    LEAST,
    OWN_LEAST,
    STORY,
    Asked,
    read_out,
)
from pullquote.mark.suggest.roles import Talk

_FEW = 2
"""Questions of viewers from which on a talk is a programme with such."""
_OFTEN = 1.0
"""Such questions in a thousand words; an interview of two hours has half of one."""
_SELDOM = 0.34
"""Share of the most that anybody reads out; who reads less only speaks of messages."""
_TOLD = 100
"""Words of a story up to what asks in it, or to its end."""
_AFTER = 25
"""Words by which a caller may go on after a question and still wait for an answer."""


def find_asked(talk: Talk, callers: Sequence[str | None]) -> list[Asked]:
    """Return viewers' questions in order; none where it is no programme with such."""
    units = talk.units
    found = [
        asked
        for turn in talk.turns
        if units[turn.start].speaker not in callers
        for asked in read_out(talk, turn)
    ]
    for caller in callers:
        found += _by_caller(talk, caller, callers)
    found = _by_readers(talk, callers, found)
    found.sort(key=lambda asked: asked.first)
    if not _is_programme(talk, found):
        return []
    found += list(_by_hosts(talk, callers, found))
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
    read = Counter(
        units[a.first].speaker for a in found if a.how == "read" and a.outright
    )
    gives = Counter(units[a.lead].speaker for a in found if a.first_of_caller)
    leads = read + gives
    most = max(leads.values(), default=0)
    hosts = {s for s in read if leads[s] >= max(1, _SELDOM * most)}
    return [
        asked
        for asked in found
        if asked.how == "caller"
        or (
            talk.speaker_after(asked.last) not in callers
            and (units[asked.first].speaker in hosts or _asks_the_expert(talk, asked))
        )
    ]


def _asks_the_expert(talk: Talk, asked: Asked) -> bool:
    """Say whether a question ends its turn and goes to who speaks more in the talk."""
    turn = talk.turn(asked.last)
    asker, after = talk.units[asked.last].speaker, talk.speaker_after(asked.last)
    ends = talk.words(asked.last + 1, turn.stop - 1) == 0
    return (
        ends and talk.asks_by_mark(asked.last) and talk.share(after) > talk.share(asker)
    )


def _by_caller(
    talk: Talk, caller: str | None, callers: Sequence[str | None]
) -> Iterator[Asked]:
    """Yield what a caller asks: first with a story, then as one talks."""
    opened, story = False, None
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
            if talk.words(first, last) < LEAST:
                continue
            rest = talk.words(last + 1, turn.stop - 1)
            if rest <= _AFTER:
                yield Asked(lead=first, first=first, last=last, how="caller")


def _asks_somebody(talk: Talk, at: int) -> bool:
    """Say whether a caller's sentence asks, and not if the line is good."""
    text = talk.units[at].text
    return (
        (talk.asks(at) or cues.asks_without_mark(text) or frames.would_ask(text))
        and talk.units[at].length > 1
        and not frames.of_the_call(text)
        and not talk.goes_on_telling(at)
        and ("?" in text or not cues.closes(text))
        and not talk.echoes(at)
    )


def _substance(talk: Talk, turn: range, asks: Sequence[int]) -> int | None:
    """Return where a caller comes to the point, after greeting and name."""
    for at in turn:
        text = talk.units[at].text
        if at in asks:
            return at
        if talk.units[at].length < LEAST or frames.is_preamble(text):
            continue
        if frames.presents_oneself(text):
            continue
        if frames.of_the_call(text):
            continue
        own = cues.own_story(text) or frames.recalls(text)
        if own or talk.units[at].length >= STORY:
            return at
    return None


def _tells_a_story(talk: Talk, start: int, stop: int) -> bool:
    """Say whether a caller tells enough to be answered without asking."""
    told = [talk.units[at] for at in range(start, stop) if at < stop]
    words = sum(unit.length for unit in told)
    return words >= STORY and any(
        cues.own_story(unit.text) and not frames.presents_oneself(unit.text)
        for unit in told
    )


def _last_of_run(talk: Talk, asks: Sequence[int]) -> int:
    """Return the last asking sentence that still belongs to the first."""
    last = asks[0]
    for at in asks[1:]:
        if talk.words(last + 1, at - 1) <= 2 * ASIDE:
            last = at
    return last


def _by_hosts(
    talk: Talk, callers: Sequence[str | None], found: Sequence[Asked]
) -> Iterator[Asked]:
    """Yield what hosts ask on after a question that was read out."""
    hosts = _on_behalf(talk, found) - set(callers)
    taken = {at for asked in found for at in range(asked.lead, asked.last + 1)}
    for turn in talk.turns:
        last = turn.stop - 1
        following = talk.units[last + 1] if last + 1 < len(talk.units) else None
        before = next((a for a in reversed(found) if a.first < turn.start), None)
        if (
            before is None
            or before.how != "read"
            or not _may_ask_for(talk, hosts, before, last)
            or following is None
            or following.speaker in callers
            or taken.intersection(turn)
            or not _puts_a_question(talk, turn, callers)
        ):
            continue
        first = last
        while first > turn.start and talk.asks_by_mark(first - 1):
            first -= 1
        text = " ".join(u.text for u in talk.units[first : last + 1])
        if (
            talk.words(first, last) < (LEAST if frames.follows_up(text) else OWN_LEAST)
            or frames.of_the_call(text)
            or cues.hands_over(text)
            or frames.asks_what_was(text)
            or cues.asks_for_last_words(text)
        ):
            continue
        yield Asked(lead=first, first=first, last=last, how="own")


def _on_behalf(talk: Talk, found: Sequence[Asked]) -> set[str | None]:
    """Return who reads questions out and answers none."""
    read = [asked for asked in found if asked.how == "read"]
    answering = {talk.speaker_after(asked.last) for asked in read}
    return {talk.units[asked.first].speaker for asked in read} - answering


def _may_ask_for(talk: Talk, hosts: Set[str | None], before: Asked, at: int) -> bool:
    """Say whether somebody asks on for the viewer whose question was read out."""
    speaker = talk.units[at].speaker
    return speaker in hosts or speaker == talk.units[before.first].speaker


def _puts_a_question(talk: Talk, turn: range, callers: Sequence[str | None]) -> bool:
    """Say whether a host's turn ends with a question.

    A recogniser may have left its mark off: then the words must ask, and somebody
    must answer at length.
    """
    last = turn.stop - 1
    return talk.asks_by_mark(last) or (
        cues.asks_outright(talk.units[last].text)
        and talk.is_answered_at_length(turn, callers)
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
    for first, following in zip(begins, [*begins[1:], len(talk.units)], strict=True):
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
    return "?" not in text and frames.puts_off(text)


def _announced_from(talk: Talk, first: int) -> int:
    """Return where the words begin that announce a question in its turn."""
    lead, start = first, talk.turn(first).start
    while lead > start and talk.units[lead - 1].length <= ASIDE:
        lead -= 1
    return lead
