"""``shown.json``: which private detail had which number when they were last listed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_rows, parse_schema

SCHEMA = "pullquote/shown-1"
_REMEDY = "delete it; the next list makes it anew"


def load_shown(path: Path) -> tuple[tuple[int, int], ...]:
    """Return start and end (ms) of each detail by its number, none before a list.

    Raises ContentError where the file is not of this schema.
    """
    if not path.is_file():
        return ()
    data = parse_schema(read_text(path), path, SCHEMA, _REMEDY)
    return parse_rows(data, "details", tuple[int, int], path, _REMEDY)


def save_shown(path: Path, clips: Sequence[tuple[int, int]]) -> None:
    """Write the file atomically. It holds times alone, never what was said."""
    write_text(path, json.dumps({"schema": SCHEMA, "details": clips}) + "\n")
