"""``decisions.json``: what editors made of suggestions, a row a line.

Kept with the transcript, in git: the show learns from it. Times and signs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema
from pullquote.model.answer import Clip
from pullquote.model.decision import Decision, Reason, Verdict

SCHEMA = "pullquote/decisions-1"
_REMEDY = "take it back from git, or delete it: only what was learnt is lost"


def format_decisions(episode: str, decisions: Sequence[Decision]) -> str:
    """Return the file's text; equal rows give equal bytes."""
    head = {"schema": SCHEMA, "episode": episode}
    return format_rows(head, "decisions", map(_row, decisions))


def _row(decision: Decision) -> dict[str, object]:
    reason: dict[str, object] = {"reason": decision.reason} if decision.reason else {}
    return {
        "verdict": decision.verdict,
        "on": decision.on.isoformat(),
        "by": decision.by,
        "question": _pair(decision.question),
        "answer": _pair(decision.answer),
        "asked": _pair(decision.asked),
        "answered": _pair(decision.answered),
        "p_question": decision.p_question,
        "signs": list(decision.signs),
        "answer_id": decision.answer_id,
    } | reason


def _pair(clip: Clip | None) -> list[int] | None:
    return [clip.start, clip.end] if clip else None


def parse_decisions(text: str, path: Path) -> tuple[Decision, ...]:
    """Return the rows in their order; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``decisions.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return parse_rows(data, "decisions", _decision, path, _REMEDY)


def _decision(row: dict[str, Any]) -> Decision:
    verdict: Verdict = row["verdict"]
    if verdict not in get_args(Verdict):
        raise ValueError(f"verdict {verdict!r}")
    reason: Reason | None = row.get("reason")
    if reason is not None and reason not in get_args(Reason):
        raise ValueError(f"reason {reason!r}")
    chance = row.get("p_question")
    return Decision(
        verdict=verdict,
        on=date.fromisoformat(row["on"]),
        by=_text(row.get("by")),
        question=_clip(row.get("question")),
        answer=_clip(row.get("answer")),
        asked=_clip(row.get("asked")),
        answered=_clip(row.get("answered")),
        p_question=None if chance is None else float(chance),
        signs=tuple(str(sign) for sign in row.get("signs", ())),
        answer_id=_text(row.get("answer_id")),
        reason=reason,
    )


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _clip(pair: list[int] | None) -> Clip | None:
    if pair is None:
        return None
    start, end = pair
    return Clip(start=int(start), end=int(end))


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read ``decisions.json``; no file is no decision. Raises ContentError."""
    return parse_decisions(read_text(path), path) if path.is_file() else ()


def save_decisions(path: Path, episode: str, decisions: Sequence[Decision]) -> None:
    """Write ``decisions.json`` atomically."""
    write_text(path, format_decisions(episode, decisions))
