"""``redacted.json``: a machine's memory of private words, as salted digests."""

from __future__ import annotations

import json
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_schema

SCHEMA = "pullquote/redacted-1"
_REMEDY = "delete it; the next redaction makes it anew"


def load_redacted(path: Path) -> tuple[str, frozenset[str]] | None:
    """Return salt and digests, None where nothing is remembered.

    Raises ContentError where the file is not of this schema.
    """
    if not path.is_file():
        return None
    data = parse_schema(read_text(path), path, SCHEMA, _REMEDY)
    salt, digests = data.get("salt"), data.get("digests")
    if not isinstance(salt, str):
        raise ContentError(path, "has no salt", _REMEDY)
    if not isinstance(digests, list) or not all(isinstance(d, str) for d in digests):
        raise ContentError(path, "has no list of digests", _REMEDY)
    return salt, frozenset(digests)


def save_redacted(path: Path, salt: str, digests: frozenset[str]) -> None:
    """Write the file atomically; equal content gives equal bytes."""
    data = {"schema": SCHEMA, "salt": salt, "digests": sorted(digests)}
    write_text(path, json.dumps(data, indent=1) + "\n")
