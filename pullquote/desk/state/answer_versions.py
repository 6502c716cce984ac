"""What an answer's file said before, so that no text is ever lost by saving another.

``.pullquote/desk/answers/<id>.jsonl``: one line of JSON a version, only ever added to.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pullquote.desk.context import Who
from pullquote.desk.state.log import add_line
from pullquote.formats.disk import text_digest, write_text
from pullquote.formats.writing import writing

_SITTING = 300.0
"""Seconds for which one person's saves are one version."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """A file as it was before somebody saved another text."""

    at: datetime
    by: str
    """Who saved the next one."""
    text: str

    @property
    def key(self) -> str:
        """By which a page names it."""
        return text_digest(self.at.isoformat(), self.text)[7:23]


class Versions:
    """The earlier versions of all answers."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._sittings: dict[str, tuple[Who, str, float]] = {}

    def keep(
        self,
        answer_id: str,
        before: str,
        after: str,
        there: Who,
        *,
        did: str = "",
        always: bool = False,
    ) -> None:
        """Keep what is about to be replaced, once for one person's run of saves.

        What somebody else wrote, at the desk or in a text editor, is always kept;
        ``always`` keeps this person's own too: it came from another tab. ``did``, such
        as ``restoring``, is kept beside who it is. Raises PullquoteError where it
        cannot be.
        """
        with writing(self._folder.parent):
            known = self._sittings.get(answer_id)
            now = time.monotonic()
            same = known is not None and known[:2] == (there, text_digest(before))
            same = same and not always
            began = known[2] if known and same and now - known[2] < _SITTING else now
            if began == now:
                by = f"{there.name}, {did}" if did else there.name
                row = {"at": datetime.now(UTC).isoformat(), "by": by, "text": before}
                add_line(self._path(answer_id), json.dumps(row))
            self._sittings[answer_id] = (there, text_digest(after), began)

    def all(self, answer_id: str) -> tuple[Version, ...]:
        """Return the versions, the newest first."""
        try:
            lines = self._path(answer_id).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return ()
        found = []
        for line in lines:
            try:
                found.append(msgspec.convert(json.loads(line), Version))
            except ValueError:
                continue  # a machine that lost power in the middle of a line
        return tuple(reversed(found))

    def rewrite(self, answer_id: str, change: Callable[[str], str]) -> None:
        """Change the text of every version: what is redacted is in none of them."""
        with writing(self._folder.parent):
            versions = reversed(self.all(answer_id))
            rows = [
                {"at": v.at.isoformat(), "by": v.by, "text": change(v.text)}
                for v in versions
            ]
            if rows:
                text = "".join(json.dumps(row) + "\n" for row in rows)
                write_text(self._path(answer_id), text, private=True)

    def files(self) -> list[Path]:
        """Return all files, in their order."""
        return sorted(self._folder.glob("*.jsonl"))

    def _path(self, answer_id: str) -> Path:
        return self._folder / f"{answer_id}.jsonl"
