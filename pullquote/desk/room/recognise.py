"""Which turns of a file that another program changed are which turns of the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from pullquote.desk.room.document import DeskTurn, Document, desk_turn
from pullquote.model.align import blocks
from pullquote.model.transcript import Turn

_ALIKE = 50.0
"""Per cent of letters that two texts share where they are one turn, corrected."""


def recognise(known: Document, turns: Sequence[Turn], new: Iterator[str]) -> Document:
    """Return a file's turns with the ids of ``known``; new turns get those of ``new``.

    First by all that a turn says, between those by its time, then by likeness.
    """
    pairs = dict(_pairs(known.turns, turns))
    found = []
    for place, turn in enumerate(turns):
        old = known.turns[pairs[place]] if place in pairs else None
        found.append(_desk_turn(turn, old, new))
    return Document(tuple(found))


def _desk_turn(turn: Turn, old: DeskTurn | None, new: Iterator[str]) -> DeskTurn:
    if old is None:
        return desk_turn(turn, next(new))
    if old.as_turn() == turn:
        return old
    found = desk_turn(turn, old.id)
    same = old.sentences == turn.sentences
    return replace(found, text=old.text) if same else found


def _pairs(
    ours: Sequence[DeskTurn], theirs: Sequence[Turn]
) -> Iterator[tuple[int, int]]:
    """Yield positions in the file with those of the turns they are, both rising."""
    whole = [turn.as_turn() for turn in ours]
    for same, (a, b), (c, d) in blocks(whole, theirs):
        if same:
            yield from zip(range(c, d), range(a, b), strict=True)
            continue
        starts = [turn.start for turn in ours[a:b]]
        other = [turn.start for turn in theirs[c:d]]
        for at_once, (e, f), (g, h) in blocks(starts, other):
            if at_once:
                yield from zip(range(c + g, c + h), range(a + e, a + f), strict=True)
            else:
                yield from _alike(ours, theirs, (a + e, a + f), (c + g, c + h))


def _alike(
    ours: Sequence[DeskTurn],
    theirs: Sequence[Turn],
    known: tuple[int, int],
    found: tuple[int, int],
) -> Iterator[tuple[int, int]]:
    first = known[0]
    for place in range(*found):
        text = theirs[place].text
        for candidate in range(first, known[1]):
            if fuzz.ratio(text, " ".join(ours[candidate].sentences)) >= _ALIKE:
                yield place, candidate
                first = candidate + 1
                break


def same_turns(document: Document, turns: Sequence[Turn]) -> bool:
    """Say whether a file with these turns holds what the document holds."""
    return [turn.as_turn() for turn in document.turns] == list(turns)
