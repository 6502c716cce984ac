"""Who did what, when: one line of JSON a deed, only ever added to."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pullquote.desk.context import Who
from pullquote.errors import PullquoteError

_BLOCK = 1 << 16
_ADDING = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the log."""

    at: datetime
    who: str
    """Account or, through a reviewer's link, ``link``."""
    name: str
    person: str | None
    did: str
    episode: str | None = None
    answer: str | None = None
    """The answer's slug."""
    note: str = ""


class Log:
    """``.pullquote/desk/log.jsonl``."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(
        self,
        who: Who,
        did: str,
        *,
        episode: str | None = None,
        answer: str | None = None,
        note: str = "",
        **more: object,
    ) -> None:
        """Add a line. ``did`` is a verb in the past: ``approved``.

        Raises PullquoteError where it cannot be written.
        """
        line = {
            "at": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "who": who.id,
            "name": who.name,
            "person": who.person,
            "did": did,
            "episode": episode,
            "answer": answer,
            "note": note,
            **more,
        }
        kept = {key: value for key, value in line.items() if value not in (None, "")}
        data = (json.dumps(kept, ensure_ascii=False) + "\n").encode(errors="replace")
        try:
            with _ADDING:
                self._add(data)
        except OSError as error:
            raise PullquoteError(
                self.path,
                f"was done, but cannot be noted ({error.strerror or error})",
                "free disk space or check the folder's permissions",
            ) from error

    def _add(self, data: bytes) -> None:
        """Add whole lines alone: half a line of a full disk is taken back."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT
        handle = os.open(self.path, flags, 0o600)
        try:
            before = os.fstat(handle).st_size
            if os.write(handle, data) != len(data):
                os.ftruncate(handle, before)
                raise OSError(28, "No space left on device")
            os.fsync(handle)
        finally:
            os.close(handle)

    def newest(
        self, *, episode: str | None = None, answer: str | None = None
    ) -> Iterator[Deed]:
        """Yield deeds, the newest first; of one episode or answer where they are named."""
        for line in _backwards(self.path):
            deed = _deed(line)
            if deed is None or (episode and deed.episode != episode):
                continue
            if answer is None or deed.answer == answer:
                yield deed


def _deed(line: bytes) -> Deed | None:
    try:
        row: dict[str, Any] = json.loads(line)
        return Deed(
            at=datetime.fromisoformat(row["at"]),
            who=row["who"],
            name=row["name"],
            person=row.get("person"),
            did=row["did"],
            episode=row.get("episode"),
            answer=row.get("answer"),
            note=row.get("note", ""),
        )
    except (ValueError, KeyError, TypeError):
        return None  # a machine that lost power in the middle of a line


def _backwards(path: Path) -> Iterator[bytes]:
    """Yield a file's lines from its end, however long it is."""
    try:
        handle = path.open("rb")
    except FileNotFoundError:
        return
    with handle:
        at = handle.seek(0, os.SEEK_END)
        rest = b""
        while at > 0:
            step = min(_BLOCK, at)
            at -= step
            handle.seek(at)
            rest = handle.read(step) + rest
            first, *lines = rest.split(b"\n")
            yield from (line for line in reversed(lines) if line)
            rest = first
        if rest:
            yield rest
