"""``edits/<id>.json``: each edit of an answer as a typed difference, one a line.

Made from the transcript and the answer whenever the answer is written; never edited.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pullquote.formats.disk import write_text
from pullquote.formats.json_file import format_rows
from pullquote.model.edit import Edit

SCHEMA = "pullquote/edits-1"


def save_edits(path: Path, answer_id: str, edits: Sequence[Edit]) -> None:
    """Write an answer's edits atomically; equal ones give equal bytes."""
    head = {"schema": SCHEMA, "answer": answer_id}
    write_text(path, format_rows(head, "edits", map(asdict, edits)))
