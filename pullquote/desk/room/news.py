"""What a keeper tells whoever listens: something was done, written, or timed anew."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.desk.room.history import Change


@dataclass(frozen=True, slots=True)
class Changed:
    """Something was done; ``touched`` turns have new words, times or names."""

    changes: tuple[Change, ...]
    touched: tuple[str, ...]
    reordered: bool
    """Turns came or went."""


@dataclass(frozen=True, slots=True)
class Saved:
    """``transcript.md`` holds this revision; or it does not, and why."""

    revision: int
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Retimed:
    """The machine's words are others now: all times are new."""


News = Changed | Saved | Retimed
