"""Redacted words leave what a log remembers, letter for letter, so that it still fits. Pure.

Each letter of a turn is followed from the change that brought it to the one that took
it away. Where a redacted word stood at any revision its letters become blocks, all but
those that the transcript holds now: places, revisions and what can be undone stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pullquote.desk.room.change import Add, Remove, Rewrite, Step, step_turn
from pullquote.desk.room.document import Document
from pullquote.desk.room.history import Change

BLOCK = "\N{FULL BLOCK}"
"""What stands for a letter that is gone."""


def hide(
    start: Document, changes: Sequence[Change], words: re.Pattern[str]
) -> tuple[Document, list[Change]]:
    """Return a log's first document and its changes without the words."""
    letters = _Letters(words)
    first = [letters.come(turn.id, turn.text) for turn in start.turns]
    letters.look(turn.id for turn in start.turns)
    followed = []
    for change in changes:
        followed.append([letters.follow(step) for step in change.steps])
        letters.look(step_turn(step) for step in change.steps)
    letters.spare_what_stands()
    began = [
        replace(turn, text=letters.shown(places))
        for turn, places in zip(start.turns, first, strict=True)
    ]
    made = [
        replace(
            change,
            steps=tuple(
                _changed(step, letters.shown(gone), letters.shown(come))
                for step, (gone, come) in zip(change.steps, rows, strict=True)
            ),
            clashes=tuple(
                replace(one, text=words.sub(lambda m: BLOCK * len(m[0]), one.text))
                for one in change.clashes
            ),
        )
        for change, rows in zip(changes, followed, strict=True)
    ]
    return Document(tuple(began)), made


def _changed(step: Step, gone: str, come: str) -> Step:
    """Return a step with other letters that went and came."""
    if isinstance(step, Rewrite):
        return replace(step, deleted=gone, inserted=come)
    if isinstance(step, Add | Remove):
        return replace(step, turn=replace(step.turn, text=gone or come))
    return step


class _Letters:
    """Every letter that ever stood in a transcript, each by a number of its own."""

    def __init__(self, words: re.Pattern[str]) -> None:
        self._words = words
        self._letters: list[str] = []
        self._hidden: set[int] = set()
        self._turns: dict[str, list[int]] = {}

    def come(self, turn: str, text: str) -> list[int]:
        """Take in a turn; return its letters."""
        self._turns[turn] = self._new(text)
        return [*self._turns[turn]]

    def follow(self, step: Step) -> tuple[list[int], list[int]]:
        """Do a step; return the letters that went and those that came."""
        if isinstance(step, Rewrite):
            turn, end = self._turns[step.turn], step.at + len(step.deleted)
            gone, come = turn[step.at : end], self._new(step.inserted)
            turn[step.at : end] = come
            return gone, come
        if isinstance(step, Add):
            return [], self.come(step.turn.id, step.turn.text)
        if isinstance(step, Remove):
            return self._turns.pop(step.turn.id), []
        return [], []

    def look(self, turns: Iterable[str]) -> None:
        """Hide the words where they stand in these turns at this moment."""
        for places in [self._turns[turn] for turn in turns if turn in self._turns]:
            text = "".join(self._letters[n] for n in places)
            for match in self._words.finditer(text):
                self._hidden.update(places[slice(*match.span())])

    def spare_what_stands(self) -> None:
        """Show again the letters that the transcript holds now."""
        self._hidden.difference_update(*self._turns.values())

    def shown(self, places: Sequence[int]) -> str:
        """Return letters as text, blocks for the hidden ones."""
        return "".join(BLOCK if n in self._hidden else self._letters[n] for n in places)

    def _new(self, text: str) -> list[int]:
        first = len(self._letters)
        self._letters += text
        return [*range(first, len(self._letters))]
