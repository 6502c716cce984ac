"""What a redaction makes of the turns that it touches. Pure."""

from __future__ import annotations

from itertools import pairwise

from pullquote.desk.room.document import DeskTurn
from pullquote.desk.room.room import Room
from pullquote.mark.redact import redact
from pullquote.model.answer import Redaction
from pullquote.model.transcript import TimedTurn, Word


def redacted(room: Room, redaction: Redaction) -> dict[str, str]:
    """Return the new texts of turns with words in the redaction, by their ids.

    The replacement stands where the first of them stood, as in every output.
    """
    words = room.times.of_turns
    touched = [
        turn
        for turn in room.document.turns
        if (said := words.get(turn.id))
        and redaction.clip.overlaps(said[0].start, said[-1].end + 1)
    ]
    timed = [_timed(turn, words[turn.id]) for turn in touched]
    found: dict[str, str] = {}
    left = iter(redact(timed, (redaction,)))
    after = next(left, None)
    for turn, before in zip(touched, timed, strict=True):
        # a turn of which nothing stays is left out
        if after is not None and after.speaker == before.speaker:
            text, after = _text(after), next(left, None)
        else:
            text = ""
        if text != _text(before):
            found[turn.id] = text
    return found


def _timed(turn: DeskTurn, words: tuple[Word, ...]) -> TimedTurn:
    starts, position = [], 0
    for line in turn.sentences:
        starts.append(position)
        position += len(line.split())
    # the id in place of the name: it tells which turn is left
    return TimedTurn(
        start=turn.start,
        end=words[-1].end,
        speaker=turn.id,
        guessed=turn.guessed,
        words=words,
        sentence_starts=tuple(starts),
    )


def _text(turn: TimedTurn) -> str:
    edges = (*turn.sentence_starts, len(turn.words))
    lines = (turn.words[a:b] for a, b in pairwise(edges))
    return "\n".join(" ".join(word.text for word in line) for line in lines)
