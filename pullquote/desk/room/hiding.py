"""Redacted words leave what a log remembers, letter for letter, so that it still fits. Pure.

Each letter of a turn is followed from the change that brought it to the one that took
it away. Where a redacted word stood at any revision its letters become blocks, all but
those that the transcript holds now: places, revisions and what can be undone stay. By
their numbers the letters come back where a redaction is taken back.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pullquote.desk.room.change import Add, Remove, Rewrite, Step, step_turn
from pullquote.desk.room.document import Document
from pullquote.desk.room.history import Change

BLOCK = "\N{FULL BLOCK}"
"""What stands for a letter that is gone."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """What left a log."""

    letters: Mapping[int, str]
    """By their numbers."""
    clashes: Mapping[str, str]
    """Texts that waited to be chosen, by the clash's id."""


Log = tuple[Document, list[Change]]
"""The first document, and all changes."""


def hide(
    start: Document, changes: Sequence[Change], words: re.Pattern[str]
) -> tuple[Log, Hidden]:
    """Return a log without the words, and what left it.

    Blocks end a word: what was none beside it may be one then, and goes too.
    """
    log, hidden = _hide(start, changes, words)
    while (more := _hide(*log, words))[1].letters:
        log = more[0]
        hidden = replace(hidden, letters={**hidden.letters, **more[1].letters})
    return log, hidden


def _hide(
    start: Document, changes: Sequence[Change], words: re.Pattern[str]
) -> tuple[Log, Hidden]:
    letters = _Letters(start, changes, words)
    texts = {c.id: c.text for change in changes for c in change.clashes}
    gone = {i: text for i, text in texts.items() if words.search(text)}
    clashes = {i: words.sub(lambda m: BLOCK * len(m[0]), t) for i, t in gone.items()}
    hidden = letters.hidden()
    log = letters.log(dict.fromkeys(hidden, BLOCK), clashes)
    return log, Hidden(hidden, gone)


def show(start: Document, changes: Sequence[Change], hidden: Hidden) -> Log:
    """Return a log with what left it, where blocks stand for it still."""
    return _Letters(start, changes).log(hidden.letters, hidden.clashes)


class _Letters:
    """Every letter that ever stood in a transcript, each by a number of its own."""

    def __init__(
        self,
        start: Document,
        changes: Sequence[Change],
        words: re.Pattern[str] | None = None,
    ) -> None:
        self._start, self._changes, self._words = start, changes, words
        self._letters: list[str] = []
        self._found: set[int] = set()
        self._turns: dict[str, list[int]] = {}
        self._first = [self._come(turn.id, turn.text) for turn in start.turns]
        self._look(turn.id for turn in start.turns)
        self._followed = []
        for change in changes:
            self._followed.append([self._follow(step) for step in change.steps])
            self._look(step_turn(step) for step in change.steps)

    def hidden(self) -> dict[int, str]:
        """Return the letters of the words that the transcript does not hold now."""
        gone = self._found.difference(*self._turns.values())
        letters = {number: self._letters[number] for number in gone}
        return {number: one for number, one in letters.items() if one != BLOCK}

    def log(self, letters: Mapping[int, str], clashes: Mapping[str, str]) -> Log:
        """Return the log with other letters, and other texts of clashes."""
        for number, letter in letters.items():
            if BLOCK in (letter, self._letters[number]):
                self._letters[number] = letter
        began = [
            replace(turn, text=self._shown(places))
            for turn, places in zip(self._start.turns, self._first, strict=True)
        ]
        made = [
            replace(
                change,
                steps=tuple(
                    _changed(step, self._shown(gone), self._shown(come))
                    for step, (gone, come) in zip(change.steps, rows, strict=True)
                ),
                clashes=tuple(
                    replace(one, text=clashes.get(one.id, one.text))
                    for one in change.clashes
                ),
            )
            for change, rows in zip(self._changes, self._followed, strict=True)
        ]
        return Document(tuple(began)), made

    def _come(self, turn: str, text: str) -> list[int]:
        """Take in a turn; return its letters."""
        self._turns[turn] = self._new(text)
        return [*self._turns[turn]]

    def _follow(self, step: Step) -> tuple[list[int], list[int]]:
        """Do a step; return the letters that went and those that came."""
        if isinstance(step, Rewrite):
            turn, end = self._turns[step.turn], step.at + len(step.deleted)
            gone, come = turn[step.at : end], self._new(step.inserted)
            turn[step.at : end] = come
            return gone, come
        if isinstance(step, Add):
            return [], self._come(step.turn.id, step.turn.text)
        if isinstance(step, Remove):
            return self._turns.pop(step.turn.id), []
        return [], []

    def _look(self, turns: Iterable[str]) -> None:
        """Find the words where they stand in these turns at this moment."""
        if self._words is None:
            return
        for places in [self._turns[turn] for turn in turns if turn in self._turns]:
            text = "".join(self._letters[n] for n in places)
            for match in self._words.finditer(text):
                self._found.update(places[slice(*match.span())])

    def _shown(self, places: Sequence[int]) -> str:
        return "".join(self._letters[n] for n in places)

    def _new(self, text: str) -> list[int]:
        first = len(self._letters)
        self._letters += text
        return [*range(first, len(self._letters))]


def _changed(step: Step, gone: str, come: str) -> Step:
    """Return a step with other letters that went and came."""
    if isinstance(step, Rewrite):
        return replace(step, deleted=gone, inserted=come)
    if isinstance(step, Add | Remove):
        return replace(step, turn=replace(step.turn, text=gone or come))
    return step
