"""``suggestions.json``: the machine's candidates, one a line. Never published."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion

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
    question, answer = suggestion.question, suggestion.answer
    return {
        "rank": suggestion.rank,
        "question": {
            "start": question.start,
            "end": question.end,
            "text": question.text,
        },
        "answer": {"start": answer.start, "end": answer.end} if answer else None,
        "speakers": list(suggestion.speakers),
        "p_question": round(suggestion.p_question, 3),
        "p_answered": round(suggestion.p_answered, 3),
        "p_shipped": suggestion.p_shipped,
        "signs": list(suggestion.signs),
    }


def parse_suggestions(text: str, path: Path) -> tuple[Suggestion, ...]:
    """Return the suggestions; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``suggestions.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return parse_rows(data, "suggestions", _suggestion, path, _REMEDY)


def _suggestion(row: dict[str, Any]) -> Suggestion:
    question, answer = row["question"], row["answer"]
    shipped = row.get("p_shipped")
    return Suggestion(
        rank=int(row["rank"]),
        question=SuggestedQuestion(
            start=int(question["start"]),
            end=int(question["end"]),
            text=str(question["text"]),
        ),
        answer=None
        if answer is None
        else Clip(start=int(answer["start"]), end=int(answer["end"])),
        speakers=tuple(str(name) for name in row["speakers"]),
        p_question=float(row["p_question"]),
        p_answered=float(row["p_answered"]),
        p_shipped=None if shipped is None else float(shipped),
        signs=tuple(str(sign) for sign in row.get("signs", ())),
    )


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
