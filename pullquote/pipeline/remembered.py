"""What could not be pulled the last time, for `status` to show."""

from __future__ import annotations

import json
from collections.abc import Sequence

from pullquote.formats.disk import write_text
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.outcome import Outcome

_FILE = "failed-pulls.json"


def remember_failed_pulls(folder: ShowFolder, outcomes: Sequence[Outcome]) -> None:
    """Keep the failures of a pull of all sources; the next pull tries them again."""
    failures = [str(o.error) for o in outcomes if o.state == "failed"]
    write_text(folder.state / _FILE, json.dumps(failures, indent=1))


def failed_pulls(folder: ShowFolder) -> list[str]:
    """Return one line for each thing that the last pull could not bring in."""
    path = folder.state / _FILE
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return []  # losing this file costs nothing: the next pull writes it anew
    return [str(line) for line in found] if isinstance(found, list) else []
