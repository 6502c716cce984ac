"""Recordings that many machines transcribe: what is asked, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.transcribe.stage import Asked, Transcribed


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A recording to transcribe."""

    recording: Path
    asked: Asked
    duration: int = 0
    """Milliseconds, as far as known: a long one is listened to in parts, all at once."""

    @property
    def episode(self) -> str:
        """Slug."""
        return self.asked.episode


@dataclass(slots=True, kw_only=True)
class Standing:
    """How far the work has come, for whoever shows it."""

    scheduler: str
    dashboard: str
    workers: int = 0
    refused: tuple[str, ...] = ()
    """Workers with other weights or another Pullquote."""
    recordings: int = 0
    finished: int = 0
    chunks: int = 0
    heard: int = 0
    """Chunks."""
    first: float | None = None
    """Seconds until the first words came."""
    busy: float = 0.0
    """Seconds that workers have spent on pieces."""
    unkept: str | None = None
    """Why results are not kept in the storage, if they are not."""
    again: int = 0
    """Pieces given out again because a worker died."""


Watch = Callable[[Standing], None]
Result = Transcribed | PullquoteError
