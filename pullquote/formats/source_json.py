"""``source.json``: what the source said of an episode when it was pulled."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_object

SCHEMA = "pullquote/source-1"

_REMEDY = "delete it: changes at the source are not offered then"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """Title and description as the source had them, made safe."""

    title: str | None = None
    description: str | None = None
    listed: str | None = None
    """The title in the source's list, where it is another one."""


def parse_told(text: str, path: Path) -> Told:
    """Return what the source said; ``path`` is for messages alone.

    Raises ContentError where the text is no JSON object.
    """
    data = parse_object(text, path, _REMEDY)
    keys = ("title", "description", "listed")
    return Told(**{k: v for k in keys if isinstance(v := data.get(k), str)})


def load_told(path: Path) -> Told:
    """Read ``source.json``. Raises ContentError."""
    return parse_told(read_text(path), path)


def save_told(path: Path, told: Told) -> None:
    """Write ``source.json`` atomically."""
    data = {"schema": SCHEMA, **asdict(told)}
    if told.listed is None:
        del data["listed"]
    write_text(path, json.dumps(data, ensure_ascii=False, indent=1) + "\n")
