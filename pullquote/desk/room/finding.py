"""Where words stand in a transcript, with what is around them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pullquote.desk.room.document import DeskTurn, Document

_AROUND = 40
"""Characters shown on each side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: words, any space between them."""

    words: str
    capitals: bool = False
    """Whether capitals matter."""
    whole: bool = False
    """Whole words alone."""

    def pattern(self) -> re.Pattern[str]:
        """Return the query as a pattern. Raises ValueError where it has no words."""
        words = self.words.split()
        if not words:
            raise ValueError("no words")
        text = r"\s+".join(map(re.escape, words))
        if self.whole:
            text = rf"(?<!\w){text}(?!\w)"
        return re.compile(text, 0 if self.capitals else re.IGNORECASE)


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
