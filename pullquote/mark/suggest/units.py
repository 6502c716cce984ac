"""The pieces in which questions and answers are looked for: a sentence or so each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pullquote.mark.suggest import cues
from pullquote.model.transcript import TimedTurn, Word

_LONGEST = 45
"""Words of a sentence above which its full stops are believed to be missing."""
_LONGEST_LEAD = 25
_ANNOUNCED = 5
"""Words of an announcement that stands alone: not "she asks, is heat fine?"."""
_PIECE = 12
_PAUSE = 350
_REST = 200
"""Milliseconds at a comma that may be a full stop: half of those within sentences are
shorter than 170, hardly any between two."""
_PART = 3
"""Words of the shortest part that such a comma leaves."""
_GOES_ON = {"and", "but", "nor", "or"}
_CLAUSE = frozenset(
    "after although as assuming because before given if once since supposing"  # noqa: SIM905
    " though unless until when whenever while".split()
)
"""What begins a part of a sentence that never is one by itself."""


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


def split(turns: Sequence[TimedTurn], *, at_rests: bool = False) -> tuple[Unit, ...]:
    """Return the units of a transcript in order.

    Recognisers write a comma for every third full stop within a turn, so that who asks
    and what is asked are one sentence: ``at_rests`` parts them where the voice rested.
    """
    units: list[Unit] = []
    number, before = -1, None
    for turn in turns:
        if turn.speaker != before:
            number, before = number + 1, turn.speaker
        for start, end in pairwise((*turn.sentence_starts, len(turn.words))):
            sentence = turn.words[start:end]
            message = _message_start(sentence)
            parts: Sequence[Sequence[Word]] = (sentence[:message], sentence[message:])
            if at_rests:
                parts = [rested for part in parts for rested in _rested(part)]
            for words in (piece for part in parts for piece in _pieces(part)):
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


def _message_start(words: Sequence[Word]) -> int:
    """Return where a question starts that recognisers join to its announcement.

    "A viewer writes in with the following, My doctor gave me …", "You go first, do
    injections help?"; 0 in other sentences.
    """
    whole = " ".join(word.text for word in words)
    if not (cues.may_lead_in(whole) or cues.announces(whole)):
        return 0  # nor does any beginning of it
    for position in range(2, min(len(words), _LONGEST_LEAD)):
        before = words[position - 1]
        lead = " ".join(word.text for word in words[:position])
        apart = words[position].start - before.end >= _PAUSE
        if (words[position].text[:1].isupper() or apart) and cues.leads_in(lead):
            return position
        if not _may_end(words, position):
            continue
        rest = " ".join(word.text for word in words[position : position + 3])
        leads = cues.presents(lead) or (
            position >= _ANNOUNCED
            and cues.announces(lead)
            and not cues.tells_more(rest)
        )
        if leads and cues.opens(rest):
            return position
    return 0


def _may_end(words: Sequence[Word], position: int) -> bool:
    """Say whether a comma before a word may be a full stop: not after "if I rest"."""
    if not words[position - 1].text.endswith(","):
        return False
    first = position - 1
    while first and not words[first - 1].text.endswith(","):
        first -= 1
    part = [word.text.lower() for word in words[first:position]]
    return not _CLAUSE.intersection(part[: 1 + (part[0] in _GOES_ON)])


def _rested(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield a sentence in the parts between which the voice rested at a comma.

    Not before "and wants to know whether to buy it", which goes on; but before "and
    would it be safe …", "and if I rest, …", for that may be all that is asked.
    """
    first = 0
    for position in range(_PART, len(words) - _PART + 1):
        before, word = words[position - 1], words[position]
        if (
            word.start - before.end >= _REST
            and position - first >= _PART
            and not _goes_on(words[position:])
            and _may_end(words, position)
        ):
            yield words[first:position]
            first = position
    yield words[first:]


def _goes_on(words: Sequence[Word]) -> bool:
    """Say whether what follows a comma is no sentence of its own."""
    joins, following = words[0].text.lower() in _GOES_ON, words[1:4]
    asks = cues.opens(" ".join(word.text for word in following))
    return joins and not asks and following[0].text.lower() not in _CLAUSE


def _pieces(words: Sequence[Word]) -> Iterator[Sequence[Word]]:
    """Yield a sentence whole, or in pieces at its pauses where it never ends."""
    if len(words) <= _LONGEST:
        if words:
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
