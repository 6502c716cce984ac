"""What failed in the last run, so that one command tries just that again."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pullquote.formats.disk import write_text
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.outcome import Outcome

_FILE = "failed.json"


def remember_failures(folder: ShowFolder, outcomes: Sequence[Outcome]) -> None:
    """Keep a row for each failure: stage, episode or source, and why."""
    rows = [
        {"stage": o.stage, "subject": o.subject, "why": str(o.error)}
        for o in outcomes
        if o.state == "failed"
    ]
    write_text(folder.state / _FILE, json.dumps(rows, indent=1) + "\n")


def remembered_failures(folder: ShowFolder) -> list[tuple[str, str]]:
    """Return stage and subject of what failed the last time."""
    try:
        found = json.loads((folder.state / _FILE).read_text(encoding="utf-8"))
        return [(str(row["stage"]), str(row["subject"])) for row in found]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
