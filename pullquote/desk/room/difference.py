"""What was changed between two texts or documents, word by word, for people to read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pullquote.desk.room.document import DeskTurn, Document

Piece = tuple[Literal["same", "out", "in"], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnDifference:
    """One turn before and after; None where it came or went."""

    before: DeskTurn | None
    after: DeskTurn | None
    pieces: tuple[Piece, ...]


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words that stayed, went and came, in the order of reading.

    >>> pieces("heat can help", "heat may help")
    (('same', 'heat'), ('out', 'can'), ('in', 'may'), ('same', 'help'))
    """
    old, new = before.split(), after.split()
    found: list[Piece] = []
    out: list[str] = []
    into: list[str] = []

    def flush() -> None:
        found.extend([("out", " ".join(out))] if out else [])
        found.extend([("in", " ".join(into))] if into else [])
        out.clear()
        into.clear()

    for op in Levenshtein.opcodes(old, new):
        if op.tag == "equal":
            flush()
            found.append(("same", " ".join(old[op.src_start : op.src_end])))
        else:
            out += old[op.src_start : op.src_end]
            into += new[op.dest_start : op.dest_end]
    flush()
    return tuple(found)


def differences(before: Document, after: Document) -> Iterator[TurnDifference]:
    """Yield each turn that differs, in the order of reading."""
    gone = [turn for turn in before.turns if turn.id not in after]
    for turn in after.turns:
        while gone and gone[0].start < turn.start:
            yield _removed(gone.pop(0))
        old = before.get(turn.id)
        if old is None or old.as_turn() != turn.as_turn():
            yield TurnDifference(
                before=old,
                after=turn,
                pieces=pieces(old.text if old else "", turn.text),
            )
    yield from map(_removed, gone)


def _removed(turn: DeskTurn) -> TurnDifference:
    return TurnDifference(before=turn, after=None, pieces=pieces(turn.text, ""))
