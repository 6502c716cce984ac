"""``suggestions.json``: the machine's candidates, one a line. Never published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema
from pullquote.model.answer import Suggestion

SCHEMA = "pullquote/suggestions-1"
_REMEDY = "run `pullquote suggest` again"


def format_suggestions(
    episode: str, suggestions: Sequence[Suggestion], digest: str | None = None
) -> str:
    """Return the file's text; equal suggestions give equal bytes.

    ``digest`` is that of what they were made from: unchanged input needs no new run.
    """
    head: dict[str, object] = {"schema": SCHEMA, "episode": episode}
    if digest is not None:
        head["made_from"] = digest
    return format_rows(head, "suggestions", map(_row, suggestions))


def _row(suggestion: Suggestion) -> dict[str, object]:
    return asdict(suggestion) | {
        "p_question": round(suggestion.p_question, 3),
        "p_answered": round(suggestion.p_answered, 3),
    }


def parse_suggestions(text: str, path: Path) -> tuple[Suggestion, ...]:
    """Return the suggestions; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``suggestions.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return parse_rows(data, "suggestions", Suggestion, path, _REMEDY)


def load_suggestions(path: Path) -> tuple[Suggestion, ...]:
    """Read ``suggestions.json``. Raises ContentError."""
    return parse_suggestions(read_text(path), path)


def load_digest(path: Path) -> str | None:
    """Return the digest of what the suggestions were made from, if it is there."""
    try:
        data = parse_schema(read_text(path), path, SCHEMA, _REMEDY)
    except ContentError:
        return None
    digest = data.get("made_from")
    return digest if isinstance(digest, str) else None


def save_suggestions(
    path: Path,
    episode: str,
    suggestions: Sequence[Suggestion],
    digest: str | None = None,
) -> None:
    """Write ``suggestions.json`` atomically."""
    write_text(path, format_suggestions(episode, suggestions, digest))
