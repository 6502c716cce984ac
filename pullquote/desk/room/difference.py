"""What was changed between two texts or documents, word by word, for people to read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Literal

from rapidfuzz.distance import Levenshtein

from pullquote.desk.room.document import DeskTurn, Document

PieceKind = Literal["same", "out", "in"]
Piece = tuple[PieceKind, str]
"""Words that stand side by side, and what became of them."""


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words that stayed, went and came, in the order of reading.

    >>> pieces("heat can help", "heat may help")
    (('same', 'heat'), ('out', 'can'), ('in', 'may'), ('same', 'help'))
    """
    old, new = before.split(), after.split()
    found: list[Piece] = []
    for op in Levenshtein.opcodes(old, new):
        went = " ".join(old[op.src_start : op.src_end])
        if op.tag == "equal":
            found.append(("same", went))
        else:
            came = " ".join(new[op.dest_start : op.dest_end])
            found += [("out", went), ("in", came)]
    return together(found)


def since(before: str, after: str) -> tuple[Piece, ...]:
    """Return the same; nothing where the words are equal."""
    return () if before.split() == after.split() else pieces(before, after)


def together(found: Iterable[Piece]) -> tuple[Piece, ...]:
    """Return changes that stand side by side as one, so that pieces read whole."""
    made: list[Piece] = []
    waiting: dict[PieceKind, list[str]] = {"out": [], "in": []}

    def settle() -> None:
        for kind, texts in waiting.items():
            if texts:
                made.append((kind, " ".join(texts)))
                texts.clear()

    for kind, text in found:
        if kind != "same":
            waiting[kind] += [text] if text else []
            continue
        settle()
        if made and made[-1][0] == "same":
            text = f"{made.pop()[1]} {text}"
        made.append(("same", text))
    settle()
    return tuple(made)


def differences(
    before: Document, after: Document
) -> Iterator[tuple[DeskTurn | None, DeskTurn | None]]:
    """Yield each turn that differs as it was and is, in the order of reading.

    None where it came or went.
    """
    gone = [turn for turn in before.turns if turn.id not in after]
    for turn in after.turns:
        while gone and gone[0].start < turn.start:
            yield gone.pop(0), None
        old = before.get(turn.id)
        if old is None or old.as_turn() != turn.as_turn():
            yield old, turn
    for turn in gone:
        yield turn, None
