"""``decisions.json``: what editors made of suggestions, a row a line.

Kept with the transcript, in git: the show learns from it. Times and signs alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import chain
from pathlib import Path
from typing import Any

from pullquote.formats.disk import read_sides, write_text
from pullquote.formats.json_file import format_rows, parse_rows, parse_schema
from pullquote.model.answer import Clip
from pullquote.model.decision import Decision

SCHEMA = "pullquote/decisions-1"
_CLIPS = ("question", "answer", "asked", "answered")
_REMEDY = "take it back from git, or delete it: only what was learnt is lost"


def format_decisions(episode: str, decisions: Sequence[Decision]) -> str:
    """Return the file's text; equal rows give equal bytes."""
    head = {"schema": SCHEMA, "episode": episode}
    return format_rows(head, "decisions", map(_row, decisions))


def _row(decision: Decision) -> dict[str, object]:
    row = asdict(decision) | {"on": decision.on.isoformat()}
    row |= {key: _pair(getattr(decision, key)) for key in _CLIPS}
    if not decision.reason:
        del row["reason"]
    return row


def _pair(clip: Clip | None) -> list[int] | None:
    return [clip.start, clip.end] if clip else None


def parse_decisions(text: str, path: Path) -> tuple[Decision, ...]:
    """Return the rows in their order; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``decisions.json`` of this schema.
    """
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    rows = parse_rows(data, "decisions", dict[str, Any], path, _REMEDY)
    whole = {"decisions": [*map(_with_clips, rows)]}
    return parse_rows(whole, "decisions", Decision, path, _REMEDY)


def _with_clips(row: dict[str, Any]) -> dict[str, Any]:
    """Return a row with its pairs of times named."""
    pairs = ((key, row.get(key)) for key in _CLIPS)
    return row | {
        key: {"start": pair[0], "end": pair[1]}
        for key, pair in pairs
        if isinstance(pair, list) and len(pair) == 2
    }


def load_decisions(path: Path) -> tuple[Decision, ...]:
    """Read ``decisions.json``; no file is no decision. Raises ContentError.

    Where git could not merge it, the rows of both sides.
    """
    if not path.is_file():
        return ()
    sides = (parse_decisions(side, path) for side in read_sides(path))
    return tuple(dict.fromkeys(chain.from_iterable(sides)))


def save_decisions(path: Path, episode: str, decisions: Sequence[Decision]) -> None:
    """Write ``decisions.json`` atomically."""
    write_text(path, format_decisions(episode, decisions))
