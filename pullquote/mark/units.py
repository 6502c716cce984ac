"""The pieces in which questions and answers are looked for: a sentence or so each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pullquote.model.transcript import TimedTurn, Word

_LONGEST = 45
"""Words of a sentence above which its full stops are believed to be missing."""
_PIECE = 12
_PAUSE = 350


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A sentence, or a piece of one where punctuation is missing. Times in ms."""

    start: int
    end: int
    text: str
    speaker: str | None = None
    turn: int = 0
    """Which turn it belongs to; neighbours of one speaker share a turn."""

    @property
    def length(self) -> int:
        """Number of words."""
        return self.text.count(" ") + 1


def split(turns: Sequence[TimedTurn]) -> tuple[Unit, ...]:
    """Return the units of a transcript in order."""
    units: list[Unit] = []
    number, before = -1, None
    for turn in turns:
        if turn.speaker != before:
            number, before = number + 1, turn.speaker
        for start, end in pairwise((*turn.sentence_starts, len(turn.words))):
            for words in _pieces(turn.words[start:end]):
                units.append(
                    Unit(
                        start=words[0].start,
                        end=max(words[-1].end, words[0].start + 1),
                        text=" ".join(word.text for word in words),
                        speaker=turn.speaker,
                        turn=number,
                    )
                )
    return tuple(units)


def _pieces(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield a sentence whole, or in pieces at its pauses where it never ends."""
    if len(words) <= _LONGEST:
        yield words
        return
    first = 0
    for position in range(1, len(words)):
        long_enough = position - first >= _PIECE // 2
        pause = words[position].start - words[position - 1].end >= _PAUSE
        if (long_enough and pause) or position - first >= _PIECE:
            yield words[first:position]
            first = position
    yield words[first:]
