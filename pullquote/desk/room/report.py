"""What a browser is told of a room: turns with the times of their words, as JSON."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import accumulate
from typing import Any

from pullquote.desk.room.change import step_turn
from pullquote.desk.room.difference import pieces
from pullquote.desk.room.document import DeskTurn
from pullquote.desk.room.history import Change, OpenClash
from pullquote.desk.room.room import Room
from pullquote.model.transcript import Word
from pullquote.transcribe.words.numbers import doubtful_numbers

UNSURE = 0.5
"""Probability below which a word is a place to listen to."""


def turn_report(
    turn: DeskTurn, words: Sequence[Word], *, in_english: bool
) -> dict[str, Any]:
    """Return a turn: facts, text, times.

    ``words`` are the pause before and the length of each word, ms, counted from the
    turn's first word on from 0; ``sentences`` and ``unsure`` are numbers of words.
    """
    return {
        "id": turn.id,
        "start": turn.start,
        "speaker": turn.speaker,
        "guessed": turn.guessed,
        "text": shown(turn.text),
        "words": _steps(words),
        "sentences": _sentence_starts(turn),
        "unsure": _unsure(words, in_english=in_english),
    }


def _unsure(words: Sequence[Word], *, in_english: bool) -> list[int]:
    """Return which words as heard to hear again; what a person wrote is none."""
    doubtful = set(doubtful_numbers(words) if in_english else ())
    return [
        n
        for n, word in enumerate(words)
        if word.probability is not None and (word.probability < UNSURE or n in doubtful)
    ]


def shown(text: str) -> str:
    """Return a turn's text as a page has it: places stay the same."""
    return text.replace("\n", " ")


def _steps(words: Iterable[Word]) -> list[int]:
    steps, at = [], 0
    for word in words:
        steps += [word.start - at, word.end - word.start]
        at = word.end
    return steps


def _sentence_starts(turn: DeskTurn) -> list[int]:
    counts = [len(line.split()) for line in turn.text.split("\n")]
    starts = accumulate(counts[:-1], initial=0)
    return [n for n, count in zip(starts, counts, strict=True) if count]


def whole_report(room: Room) -> dict[str, Any]:
    """Return everything: what a page asks for when it opens."""
    return report(room, room.document.places, order=True)


def report_since(room: Room, revision: int) -> dict[str, Any]:
    """Return what a page that saw ``revision`` last has to be told."""
    steps = (step for change in room.history.since(revision) for step in change.steps)
    return report(room, map(step_turn, steps), order=True)


def report(
    room: Room, ids: Iterable[str], *, order: bool, change: Change | None = None
) -> dict[str, Any]:
    """Return these turns as they are now, all clashes, and the order if asked for.

    ``change`` is the last of those that brought it about.
    """
    words, in_english = room.times.of_turns, room.times.in_english
    found = (room.document.get(i) for i in dict.fromkeys(ids))
    made: dict[str, Any] = {
        "type": "change",
        "revision": room.revision,
        "turns": [
            turn_report(turn, words.get(turn.id, ()), in_english=in_english)
            for turn in found
            if turn is not None
        ],
        "clashes": [_clash(room, clash) for clash in room.history.clashes.values()],
    }
    if change is not None:
        made |= {"by": change.by, "kind": change.kind}
    if order:
        made["order"] = list(room.document.places)
    return made


def _clash(room: Room, clash: OpenClash) -> dict[str, Any]:
    """Return what waits to be chosen upon, against what stands there."""
    turn = room.document.get(clash.turn)
    return {
        "id": clash.id,
        "turn": clash.turn,
        "speaker": clash.label[0] if clash.label else None,
        "by": clash.by,
        "pieces": pieces(turn.text if turn else "", clash.text),
    }
