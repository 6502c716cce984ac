"""``corrections.json``: words that sound like the glossary's, one offer a line.

It holds times and the glossary's own words, never what was heard: a redaction needs
to mask nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema
from pullquote.model.transcript import Correction

SCHEMA = "pullquote/corrections-1"
_REMEDY = "run `pullquote transcribe` again"


def format_corrections(
    episode: str,
    corrections: Sequence[Correction],
    glossary: Sequence[str] | None = None,
) -> str:
    """Return the file's text; equal corrections give equal bytes.

    ``glossary`` is what of ``show.toml`` was known when they were made.
    """
    told = {} if glossary is None else {"glossary": list(glossary)}
    head = {"schema": SCHEMA, "episode": episode, **told}
    rows = (asdict(c) | {"likeness": round(c.likeness, 2)} for c in corrections)
    return format_rows(head, "corrections", rows)


def parse_corrections(text: str, path: Path) -> tuple[Correction, ...]:
    """Return the corrections; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``corrections.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return parse_rows(data, "corrections", Correction, path, _REMEDY)


def load_corrections(path: Path) -> tuple[Correction, ...]:
    """Read ``corrections.json``; no file, no corrections. Raises ContentError."""
    return parse_corrections(read_text(path), path) if path.is_file() else ()


def load_glossary(path: Path) -> tuple[str, ...] | None:
    """Return what of the glossary the corrections were made with, None if unknown.

    Raises ContentError.
    """
    if not path.is_file():
        return None
    found = parse_schema(read_text(path), path, SCHEMA, _REMEDY).get("glossary")
    return tuple(map(str, found)) if isinstance(found, list) else None


def save_corrections(
    path: Path,
    episode: str,
    corrections: Sequence[Correction],
    glossary: Sequence[str] | None = None,
) -> None:
    """Write ``corrections.json`` atomically."""
    write_text(path, format_corrections(episode, corrections, glossary))
