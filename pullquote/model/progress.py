"""How a stage says how far it is, without knowing who shows it."""

from __future__ import annotations

from typing import Protocol

BY_LINES = "PULLQUOTE_PROGRESS"
"""Environment variable by which the desk has a command tell its progress line by line."""


class Progress(Protocol):
    """A bar that some front end draws; ``done`` and ``total`` share one unit."""

    def __call__(self, done: float, total: float | None, note: str = "") -> None:
        """Report ``done`` of ``total`` (None: unknown)."""


def silent(done: float, total: float | None, note: str = "") -> None:
    """Draw nothing."""
