"""``<recording>.toml`` beside a recording: facts its maker wrote down."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pullquote.formats.disk import file_named, read_text
from pullquote.formats.toml import parse_toml, validate
from pullquote.model.episode import Chapter
from pullquote.model.strict import Strict


@dataclass(frozen=True, slots=True, kw_only=True)
class Sidecar(Strict):
    """Facts for ``episode.toml``; what is absent is looked for elsewhere."""

    title: str | None = None
    held: date | None = None
    summary: str | None = None
    description: str | None = None
    """For the show notes."""
    people: tuple[str, ...] = ()
    watch: str | None = None
    season: int | None = None
    number: int | None = None
    synthetic: bool = False
    chapters: tuple[Chapter, ...] = ()


def sidecar_path(recording: Path) -> Path:
    """Return where the facts of a recording lie: same name, ``.toml``."""
    return file_named(recording.parent, recording.with_suffix(".toml").name)


def parse_sidecar(text: str, path: Path) -> Sidecar:
    """Return the facts; ``path`` is for messages alone.

    Raises ContentError or FaultsError.
    """
    return validate(Sidecar, parse_toml(text, path), text, path)


def load_sidecar(path: Path) -> Sidecar:
    """Read a sidecar. Raises ContentError or FaultsError."""
    return parse_sidecar(read_text(path), path)
