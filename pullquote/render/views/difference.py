"""The difference between what was said and what an answer page prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from pullquote.model.align import exact_form

PieceKind = Literal["kept", "left out", "put in"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A run of words that met one fate."""

    kind: PieceKind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Everything that was said in a clip and what the page made of it."""

    pieces: tuple[Piece, ...]
    left_out: int
    """Spoken words that the page does not have."""
    put_in: int
    """Words of the page that were not spoken there."""


def difference(text: str, said: Sequence[str]) -> Difference | None:
    """Compare an answer's plain text with the ``spoken_words`` of its clip.

    Capitals and punctuation count as little as they do for the edit level. None
    where nothing differs, or there is nothing to compare with.
    """
    from rapidfuzz.distance import Levenshtein

    printed = text.split()
    if said == printed:
        return None
    spoken = [word for word in said if exact_form(word)]
    written = [word for word in printed if exact_form(word)]
    if not spoken or not written:
        return None
    bare = [[exact_form(word) for word in words] for words in (spoken, written)]
    if bare[0] == bare[1]:
        return None
    steps = Levenshtein.opcodes(*bare)
    left_out = sum(s.src_end - s.src_start for s in steps if s.tag != "equal")
    put_in = sum(s.dest_end - s.dest_start for s in steps if s.tag != "equal")
    found: list[tuple[PieceKind, list[str]]] = []
    for step in steps:
        kept = spoken[step.src_start : step.src_end]
        if step.tag == "equal":
            found.append(("kept", kept))
            continue
        found.append(("left out", kept))
        found.append(("put in", written[step.dest_start : step.dest_end]))
    pieces = tuple(_together(found))
    return Difference(pieces=pieces, left_out=left_out, put_in=put_in)


def _together(found: Sequence[tuple[PieceKind, list[str]]]) -> Iterator[Piece]:
    """Yield one piece for changes that stand side by side, so that runs read whole."""
    waiting: dict[PieceKind, list[str]] = {"left out": [], "put in": []}
    for kind, words in found:
        if kind == "kept":
            yield from _pieces(waiting)
            waiting = {"left out": [], "put in": []}
            yield Piece(kind="kept", text=" ".join(words))
        else:
            waiting[kind] += words
    yield from _pieces(waiting)


def _pieces(waiting: dict[PieceKind, list[str]]) -> Iterator[Piece]:
    for kind, words in waiting.items():
        if words:
            yield Piece(kind=kind, text=" ".join(words))
