"""The log of operations: one JSON line each, on disk before anybody is told of it.

``.pullquote/desk/transcripts/<slug>.jsonl``: first the turns as the desk found them,
then changes, and between them which revision ``transcript.md`` was written from. A
line that was cut off by a crash or a full disk was never acknowledged and is dropped.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from pullquote.desk.room.change import from_json, to_json, turn_from, turn_row
from pullquote.desk.room.document import Document
from pullquote.desk.room.hiding import Hidden, Log, hide, show
from pullquote.desk.room.history import Change, History, OpenClash
from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.disk import read_text, unwritable, write_bytes, write_text

SCHEMA = "pullquote/desk-1"
_LEAVING = ".leaving"


@dataclass(slots=True)
class Found:
    """What a log holds."""

    history: History
    files: list[tuple[int, str]]
    """Revision and digest of each ``transcript.md`` that was written, or about to be."""
    began: str = ""
    """When the log was begun, ISO 8601."""


class Journal:
    """One transcript's log, held by one process at a time."""

    def __init__(self, path: Path) -> None:
        """Take hold of the log. Raises UsageError where another desk has it."""
        self.path = path
        self.began = ""
        """When the log was begun, ISO 8601."""
        self.damaged: Path | None = None
        """Where a copy of a log went that could not be read to its end."""
        self._size = 0
        self._descriptor: int | None = None
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            # opened in one thread and closed in another
            self._lock = FileLock(
                path.with_suffix(".lock"), thread_local=False, fallback_to_soft=False
            )
            self._lock.acquire(timeout=0)
        except Timeout:
            raise UsageError(
                path.stem,
                "is open in another desk on this machine",
                "work there, or end it first",
            ) from None
        except OSError as error:
            raise unwritable(path, error) from error

    def load(self) -> Found | None:
        """Return what the log holds, None where there is none yet."""
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise unwritable(self.path, error) from error
        found, size = _parse(data)
        self.began = found.began if found else ""
        if found is None or size < data.rfind(b"\n") + 1:
            self.damaged = self._put_aside(data)
        if found is not None:
            self._open(size)
        return found

    def _put_aside(self, data: bytes) -> Path:
        aside = self.path.with_suffix(f".{datetime.now(UTC):%Y%m%dT%H%M%S}.damaged")
        write_bytes(aside, data, private=True)  # safe before the log is cut off
        return aside

    def begin(self, document: Document, file: str) -> Found:
        """Start a log with these turns; ``file`` is the digest of their file."""
        with contextlib.suppress(FileNotFoundError):
            self.path.unlink()
        self._open(0)
        turns = [turn_row(turn) for turn in document.turns]
        self.began = datetime.now(UTC).isoformat(timespec="milliseconds")
        head = {"schema": SCHEMA, "at": self.began, "file": file, "turns": turns}
        try:
            self._write([head])
        except PullquoteError:
            self.close()
            with contextlib.suppress(OSError):
                self.path.unlink()
            raise
        return Found(History(document), [(0, file)])

    def append(self, changes: Sequence[Change]) -> None:
        """Put changes on disk, all of them or none. Raises PullquoteError."""
        self._write([_row(change) for change in changes])

    def note_file(self, revision: int, digest: str) -> None:
        """Note that ``transcript.md`` is about to be written from a revision."""
        self._write([{"file": digest, "revision": revision}])

    def leaving(self) -> Iterator[tuple[Path, re.Pattern[str]]]:
        """Yield the words that are to leave the log, and where that was asked for."""
        for path in sorted(self.path.parent.glob(f"{self.path.stem}.*{_LEAVING}")):
            yield path, re.compile(read_text(path), re.IGNORECASE)

    def hide(self, words: re.Pattern[str]) -> tuple[History, Hidden]:
        """Write the log anew without words; return what it holds, and what left it.

        Raises PullquoteError where it cannot be written; then it is as it was.
        """
        lines, history = self._read()
        made, hidden = hide(history.document_at(0), history.changes, words)
        return self._rewrite(lines, history, made), hidden

    def show(self, hidden: Hidden) -> History:
        """Write the log anew with what left it; raises as ``hide`` does."""
        lines, history = self._read()
        made = show(history.document_at(0), history.changes, hidden)
        return self._rewrite(lines, history, made)

    def _read(self) -> tuple[list[bytes], History]:
        with self.path.open("rb") as file:
            lines = file.read(self._size).splitlines()
        found, _ = _parse(b"".join(line + b"\n" for line in lines))
        assert found is not None
        return lines, found.history

    def _rewrite(self, lines: list[bytes], history: History, made: Log) -> History:
        """Write a log of the same places with other letters."""
        start, changes = made
        after = {change.number: _row(change) for change in changes}
        rows = [json.loads(line) for line in lines]
        rows[0]["turns"] = [turn_row(turn) for turn in start.turns]
        data = b"".join(_line(after.get(row.get("n"), row)) for row in rows)
        kept, size = _parse(data)
        if (
            kept is None
            or size < len(data)
            or kept.history.document != history.document
        ):
            raise PullquoteError(
                self.path,
                "still holds what was redacted",
                "end the desk and delete this file: undo begins anew",
            )
        if write_bytes(self.path, data, private=True):
            assert self._descriptor is not None
            os.close(self._descriptor)
            self._descriptor = None
            self._open(len(data))
        return kept.history

    def close(self) -> None:
        """Let go of the log."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        self._lock.release()

    def _open(self, size: int) -> None:
        try:
            flags = os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC
            self._descriptor = os.open(self.path, flags, 0o600)
            os.ftruncate(self._descriptor, size)
        except OSError as error:
            raise unwritable(self.path, error) from error
        self._size = size

    def _write(self, rows: Sequence[object]) -> None:
        assert self._descriptor is not None
        data = b"".join(_line(row) for row in rows)
        try:
            # what an earlier write that failed left behind goes first
            os.ftruncate(self._descriptor, self._size)
            at = self._size
            view = memoryview(data)
            while view:
                written = os.pwrite(self._descriptor, view, at)
                at, view = at + written, view[written:]
            os.fsync(self._descriptor)
        except OSError as error:
            with contextlib.suppress(OSError):
                os.ftruncate(self._descriptor, self._size)
            raise unwritable(self.path, error) from error
        self._size += len(data)


def rename_log(log: Path, new: Path) -> None:
    """Give a log that nobody holds another name, and what is to leave it with it.

    Raises UsageError where somebody holds it.
    """
    held = Journal(log)
    try:
        for path in log.parent.glob(f"{log.stem}.*{_LEAVING}"):
            path.rename(new.with_name(f"{new.stem}{path.name[len(log.stem) :]}"))
        log.rename(new)
    except OSError as error:
        raise unwritable(log, error) from error
    finally:
        held.close()


def leave(log: Path, words: re.Pattern[str]) -> None:
    """Ask whoever holds a log to take words out of it. Raises PullquoteError.

    By a name of the words' own: what a killed process left of it goes the next time.
    """
    own = hashlib.sha256(words.pattern.encode()).hexdigest()[:16]
    path = log.with_suffix(f".{own}{_LEAVING}")
    write_text(path, words.pattern, private=True)


def _line(row: object) -> bytes:
    return json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def _row(change: Change) -> dict[str, Any]:
    row: dict[str, Any] = {
        "n": change.number,
        "by": change.by,
        "at": change.at.isoformat(timespec="milliseconds"),
        "kind": change.kind,
        "unit": change.unit,
        "steps": to_json(change.steps),
    }
    if change.clashes:
        row["clashes"] = [
            [c.id, c.turn, c.text, list(c.label) if c.label else None, c.by]
            for c in change.clashes
        ]
    for key in ("reverts", "key", "settles"):
        if (value := getattr(change, key)) is not None:
            row[key] = value
    return row


def _parse(data: bytes) -> tuple[Found | None, int]:
    """Return what was read, and how many bytes of it are whole lines that fit."""
    size = 0
    found: Found | None = None
    for line in data.splitlines(keepends=True):
        if not line.endswith(b"\n"):
            break
        try:
            row = json.loads(line)
            if found is None:
                found = _head(row)
            elif "n" in row:
                found.history.add(_change(row))
            else:
                found.files.append((int(row["revision"]), str(row["file"])))
        except (ValueError, TypeError, KeyError, AttributeError):
            break
        size += len(line)
    return found, size


def _head(row: dict[str, Any]) -> Found:
    if row["schema"] != SCHEMA:
        raise ValueError("another schema")
    turns = tuple(turn_from(turn) for turn in row["turns"])
    history = History(Document(turns))
    return Found(history, [(0, str(row["file"]))], str(row["at"]))


def _change(row: dict[str, Any]) -> Change:
    return Change(
        number=row["n"],
        by=row["by"],
        at=datetime.fromisoformat(row["at"]),
        kind=row["kind"],
        steps=from_json(row["steps"]),
        unit=row["unit"],
        reverts=row.get("reverts"),
        key=row.get("key"),
        clashes=tuple(
            OpenClash(
                id=id_,
                turn=turn,
                text=text,
                label=(str(label[0]), bool(label[1])) if label else None,
                by=by,
            )
            for id_, turn, text, label, by in row.get("clashes", ())
        ),
        settles=row.get("settles"),
    )
