"""Who is who in a talk: voices that call in once, and how turns follow each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pullquote.formats.sentences import has_question_mark
from pullquote.mark.suggest import cues, frames
from pullquote.mark.suggest.units import Unit

_STAY = 0.22
"""Share of all words within which a caller comes and goes."""
_PART = 0.15
"""Share of all words that a caller says at most."""
_LEAST_STAY = 300
_LEAST_PART = 120
"""Words that a caller may take in a short talk."""
_NEWS = 20
"""Words from which somebody who never says I or you does not speak to anybody here."""
_LEAST = 3
_STORY = 12
_INTERJECTED = 12
_AT_LENGTH = 12
"""Words of a reply that answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """Units with the turns they make."""

    units: Sequence[Unit]
    asking: Sequence[bool]
    turns: Sequence[range]
    said: Sequence[int]
    """Words before each unit, and of all."""
    spoken: Mapping[str | None, int]
    """Words that each voice says in all."""
    marked: bool
    """Some sentence has a question mark."""

    @staticmethod
    def of(units: Sequence[Unit], asking: Sequence[bool]) -> Talk:
        """Return the units of a talk with what is asked for most often."""
        turns, first = [], 0
        for at in range(1, len(units) + 1):
            if at == len(units) or units[at].turn != units[first].turn:
                turns.append(range(first, at))
                first = at
        said = [0, *accumulate(unit.length for unit in units)]
        spoken: Counter[str | None] = Counter()
        for unit in units:
            spoken[unit.speaker] += unit.length
        return Talk(
            units=units,
            asking=asking,
            turns=turns,
            said=said,
            spoken=spoken,
            marked=any(has_question_mark(unit.text) for unit in units),
        )

    def asks(self, at: int) -> bool:
        """Say whether a unit asks by its mark, or by the model where there are none."""
        return self.asking[at]

    def asks_by_mark(self, at: int) -> bool:
        """Say whether a unit asks, by its mark where the talk has any."""
        return self.asking[at] and (
            not self.marked or has_question_mark(self.units[at].text)
        )

    def words_after(self, at: int) -> int:
        """Return how many words others say in the three turns after a unit's."""
        number, speaker = self.number(at), self.units[at].speaker
        return sum(
            self.words(turn.start, turn.stop - 1)
            for turn in self.turns[number + 1 : number + 4]
            if self.units[turn.start].speaker != speaker
        )

    def words(self, first: int, last: int) -> int:
        """Return how many words are said in these units, ends included."""
        return self.said[last + 1] - self.said[first] if last >= first else 0

    def number(self, at: int) -> int:
        """Return which turn a unit is in."""
        return self.units[at].turn - self.units[0].turn

    def turn(self, at: int) -> range:
        """Return the turn a unit is in."""
        return self.turns[self.number(at)]

    def turns_of(self, speaker: str | None) -> list[range]:
        """Return a speaker's turns."""
        return [t for t in self.turns if self.units[t.start].speaker == speaker]

    def share(self, speaker: str | None) -> int:
        """Return how many words somebody says in all."""
        return self.spoken.get(speaker, 0)

    def floor(self, turn: range) -> range | None:
        """Return the speaker's turn before, where only a short remark came between."""
        number = self.number(turn.start)
        if number < 2:
            return None
        between, before = self.turns[number - 1], self.turns[number - 2]
        same = self.units[before.start].speaker == self.units[turn.start].speaker
        short = self.words(between.start, between.stop - 1) <= _INTERJECTED
        return before if same and short else None

    def handed_over(self, turn: range) -> range | None:
        """Return the turn before, where somebody is told in it to read what comes."""
        number = self.number(turn.start)
        before = self.turns[number - 1] if number else range(0)
        last = [self.units[at].text for at in before[-2:]]
        return before if any(map(frames.hands_reading_over, last)) else None

    def speaker_after(self, at: int) -> str | None:
        """Return who speaks after the turn of a unit; who speaks in it at the end."""
        stop = self.turn(at).stop
        return self.units[min(stop, len(self.units) - 1)].speaker

    def is_answered_at_length(self, turn: range, askers: Sequence[str | None]) -> bool:
        """Say whether what follows a turn is more than "I see"."""
        number = self.number(turn.start)
        if number + 1 >= len(self.turns):
            return False
        after = self.turns[number + 1]
        if self.units[after.start].speaker in askers:
            return False
        asks_back = any(
            self.asks(at) and not frames.of_the_call(self.units[at].text)
            for at in after
        )
        return asks_back or self.words(after.start, after.stop - 1) >= _AT_LENGTH


def find_callers(talk: Talk) -> tuple[str | None, ...]:
    """Return the voices that come once, ask or tell, and go: in order of appearance."""
    total = max(1, talk.said[-1])
    found = []
    for speaker in dict.fromkeys(unit.speaker for unit in talk.units):
        turns = talk.turns_of(speaker)
        stay = talk.words(turns[0].start, turns[-1].stop - 1)
        if turns[0].start == 0 or talk.share(speaker) > max(_LEAST_PART, _PART * total):
            continue
        if stay <= max(_LEAST_STAY, _STAY * total) and _comes_to_ask(talk, turns):
            found.append(speaker)
    return tuple(found)


def _comes_to_ask(talk: Talk, turns: Sequence[range]) -> bool:
    """Say whether somebody was given the word and asked, and did not answer."""
    first = turns[0]
    greets = frames.greets(talk.units[first.start].text)
    replies = first.start and not greets and _is_asked(talk, first.start - 1)
    if replies and not talk.asks_by_mark(first.stop - 1):
        return False
    opening = [at for turn in turns[:4] for at in turn]
    texts = [talk.units[at].text for at in opening]
    personal = any(cues.own_story(t) or frames.speaks_to(t) for t in texts)
    if not personal and talk.words(first.start, first.stop - 1) > _NEWS:
        return False
    return any(
        (
            talk.units[at].length >= _LEAST
            and not frames.of_the_call(talk.units[at].text)
            and (
                talk.asks(at)
                or cues.asks_without_mark(talk.units[at].text)
                or frames.would_ask(talk.units[at].text)
            )
        )
        for at in opening
    ) or any(
        cues.own_story(talk.units[at].text) and talk.units[at].length >= _STORY
        for at in opening
    )


def _is_asked(talk: Talk, at: int) -> bool:
    """Say whether a unit puts something to whoever speaks next."""
    text = talk.units[at].text
    return talk.asks(at) and not frames.of_the_call(text) and not frames.invites(text)
