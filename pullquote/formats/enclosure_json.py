"""``enclosure.json``: what the feed must know of an enclosure."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_schema
from pullquote.formats.toml import validate
from pullquote.model.episode import Enclosure

SCHEMA = "pullquote/enclosure-1"

_REMEDY = "delete it and run `pullquote pull` again"


def format_enclosure(enclosure: Enclosure) -> str:
    """Return the file's text; equal facts give equal bytes."""
    facts = {k: v for k, v in asdict(enclosure).items() if v is not None}
    data = {"schema": SCHEMA, **facts}
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def parse_enclosure(text: str, path: Path) -> Enclosure:
    """Return the facts; ``path`` is for messages alone.

    Raises ContentError if the text is not an ``enclosure.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return validate(Enclosure, data, text, path)


def load_enclosure(path: Path) -> Enclosure:
    """Read ``enclosure.json``. Raises ContentError or FaultsError."""
    return parse_enclosure(read_text(path), path)


def save_enclosure(path: Path, enclosure: Enclosure) -> None:
    """Write ``enclosure.json`` atomically."""
    write_text(path, format_enclosure(enclosure))
