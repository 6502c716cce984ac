"""``edits/<id>.json``: each edit of an answer as a typed difference, one a line.

Made from the transcript and the answer whenever the answer is written; never edited.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_object
from pullquote.model.edit import Edit, EditKind

SCHEMA = "pullquote/edits-1"
_REMEDY = "delete it: it is made again from the transcript and the answer"


def format_edits(answer_id: str, edits: Sequence[Edit]) -> str:
    """Return the file's text; equal edits give equal bytes."""
    head = json.dumps({"schema": SCHEMA, "answer": answer_id}, ensure_ascii=False)
    lines = ",\n".join(json.dumps(_row(e), ensure_ascii=False) for e in edits)
    return f'{head[:-1]}, "edits": [\n{lines}\n]}}\n'


def _row(edit: Edit) -> dict[str, object]:
    return {
        "kind": edit.kind,
        "words": list(edit.words),
        "said": edit.said,
        "published": edit.published,
        "meaning": list(edit.meaning),
    }


def parse_edits(text: str, path: Path) -> tuple[Edit, ...]:
    """Return the edits; ``path`` is for messages alone.

    Raises ContentError if the text is not an edits file of this schema.
    """
    data = parse_object(text, path, _REMEDY)
    if data.get("schema") != SCHEMA:
        raise ContentError(
            path, f"schema is {data.get('schema')!r}, not {SCHEMA!r}", _REMEDY
        )
    try:
        return tuple(_edit(row) for row in data["edits"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ContentError(path, f"is not complete ({error!r})", _REMEDY) from error


def _edit(row: dict[str, Any]) -> Edit:
    kind: EditKind = row["kind"]
    if kind not in get_args(EditKind):
        raise ValueError(f"kind {kind!r}")
    first, last = row["words"]
    return Edit(
        kind=kind,
        words=(int(first), int(last)),
        said=str(row["said"]),
        published=str(row["published"]),
        meaning=tuple(str(name) for name in row["meaning"]),
    )


def load_edits(path: Path) -> tuple[Edit, ...]:
    """Read an answer's edits; no file is no edit. Raises ContentError."""
    return parse_edits(read_text(path), path) if path.is_file() else ()


def save_edits(path: Path, answer_id: str, edits: Sequence[Edit]) -> None:
    """Write an answer's edits atomically."""
    write_text(path, format_edits(answer_id, edits))
