"""Where words stand in a transcript, with what is around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pullquote.desk.room.document import DeskTurn, Document

_AROUND = 40
"""Characters shown on each side."""


def pattern_of(words: str, *, capitals: bool, whole: bool) -> re.Pattern[str]:
    """Return what finds words with any space between them; ``whole`` words alone.

    Raises ValueError where there are none.
    """
    if not words.split():
        raise ValueError("no words")
    text = r"\s+".join(map(re.escape, words.split()))
    if whole:
        text = rf"(?<!\w){text}(?!\w)"
    return re.compile(text, 0 if capitals else re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPlace:
    """One place; ``at`` counts characters of the turn's text."""

    turn: DeskTurn
    at: int
    text: str
    before: str
    after: str


def find(document: Document, pattern: re.Pattern[str]) -> Iterator[FoundPlace]:
    """Yield each place in the order of reading."""
    for turn in document.turns:
        for match in pattern.finditer(turn.text):
            start, end = match.span()
            yield FoundPlace(
                turn=turn,
                at=start,
                text=match.group(),
                before=_flat(turn.text[max(0, start - _AROUND) : start]),
                after=_flat(turn.text[end : end + _AROUND]),
            )


def _flat(text: str) -> str:
    return text.replace("\n", " ")
