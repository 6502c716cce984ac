"""``.pullquote/voices/<person>.json``: prints of one person's voice, by episode.

Personal data: the file is for its owner alone, and its folder tells git to look away.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.disk import keep_from_git, read_text, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema

SCHEMA = "pullquote/voice-1"
_REMEDY = "delete it; it is made anew from the turns that people confirmed"


@dataclass(frozen=True, slots=True, kw_only=True)
class LearnedVoice:
    """What one episode taught about a person's voice."""

    episode: str
    made_from: str
    """Digest of the recording, the turns and the model."""
    print: tuple[float, ...]
    """A vector of length 1; empty where the person spoke too little."""
    recording: str = ""
    """Its digest, by which an episode that was renamed is known; empty in older files."""


def format_voice(person: str, learned: Sequence[LearnedVoice]) -> str:
    """Return the file's text; equal prints give equal bytes."""
    rows = (asdict(v) | {"print": [round(x, 5) for x in v.print]} for v in learned)
    return format_rows({"schema": SCHEMA, "person": person}, "prints", rows)


def parse_voice(text: str, path: Path) -> tuple[LearnedVoice, ...]:
    """Return the prints; ``path`` is for messages alone.

    Raises ContentError if the text is not of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    learned = parse_rows(data, "prints", LearnedVoice, path, _REMEDY)
    if not all(math.isfinite(x) for one in learned for x in one.print):
        raise ContentError(path, "a print holds no number", _REMEDY)
    return learned


def load_voice(path: Path) -> tuple[LearnedVoice, ...]:
    """Read a person's prints; none if there is no file. Raises ContentError."""
    return parse_voice(read_text(path), path) if path.is_file() else ()


def save_voice(path: Path, person: str, learned: Sequence[LearnedVoice]) -> None:
    """Write a person's prints atomically, readable by their owner alone."""
    keep_from_git(path.parent)
    write_text(path, format_voice(person, learned), private=True)


def forget_voice(path: Path) -> bool:
    """Delete a person's prints; say whether there were any.

    Raises PullquoteError where they cannot be deleted.
    """
    try:
        path.unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise PullquoteError(
            path, f"cannot be deleted ({error.strerror})", "delete it yourself"
        ) from error
    return True
