"""``begun.json``: a redaction that is being done, so that it is done to the end.

``.pullquote/desk/begun/<episode>.json``, which nobody else may read and git does not see:
it holds the words, for they may stand in ``transcript.md`` no more when somebody goes on.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import convert, parse_schema
from pullquote.model.answer import Clip, Kept, Redaction

SCHEMA = "pullquote/begun-1"
_REMEDY = "delete it, and look for words that are left: pullquote check"


@dataclass(frozen=True, slots=True, kw_only=True)
class Going:
    """Words that leave whatever quotes the episode."""

    text: str
    clips: tuple[Clip, ...]
    """Where they are said."""
    replacement: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """What one act takes out, and which stretches may stay by it."""

    redactions: tuple[Redaction, ...]
    kept: tuple[Kept, ...]
    going: tuple[Going, ...]
    transcript: str = ""
    """Digest of ``transcript.md`` before it, empty where there was none."""


def load_begun(path: Path) -> Begun | None:
    """Return what was begun and not done to the end, None for nothing.

    Raises ContentError where the file is not of this schema.
    """
    if not path.is_file():
        return None
    data = parse_schema(read_text(path), path, SCHEMA, _REMEDY)
    return convert(data, Begun, path, _REMEDY)


def save_begun(path: Path, begun: Begun) -> None:
    """Write it atomically, for this person's eyes alone. Raises PullquoteError."""
    text = json.dumps({"schema": SCHEMA, **asdict(begun)})
    write_text(path, text, private=True)
