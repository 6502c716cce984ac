"""Who did what, when: one line of JSON a deed, added at the end."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from pullquote.desk.context import Who
from pullquote.errors import PullquoteError
from pullquote.formats.disk import unwritable, write_bytes
from pullquote.formats.writing import writing

_BLOCK = 1 << 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One line of the log."""

    at: datetime
    who: str
    """Account or, through a reviewer's link, ``link``."""
    name: str
    did: str
    person: str | None = None
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
        """Add a line. ``did`` is a verb in the past, ``approved``: it is done by then.

        Raises PullquoteError, which says so, where it cannot be written.
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
        with writing(self.path.parent):
            try:
                add_line(self.path, json.dumps(kept, ensure_ascii=False))
            except PullquoteError as error:
                told = f"{error.problem}; what you did is done, only the log lacks it"
                raise PullquoteError(error.where, told, error.remedy) from error

    def rewrite(self, episode: str, change: Callable[[str], str]) -> None:
        """Change the notes of an episode: what is redacted is in none of them.

        Raises PullquoteError where it cannot be written.
        """
        self._rewrite(episode, "note", change)

    def rename(self, episode: str, old: str, new: str) -> None:
        """Let the deeds of an answer be those of its new slug.

        Raises PullquoteError where it cannot be written.
        """
        self._rewrite(episode, "answer", lambda slug: new if slug == old else slug)

    def _rewrite(self, episode: str, key: str, change: Callable[[str], str]) -> None:
        with writing(self.path.parent):
            try:
                lines = self.path.read_bytes().splitlines(keepends=True)
            except FileNotFoundError:
                return
            made = [_changed(line, episode, key, change) for line in lines]
            if made != lines:
                write_bytes(self.path, b"".join(made), private=True)

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


def add_line(path: Path, line: str) -> None:
    """Add a line to a file, or nothing: half of one is taken back.

    The caller holds ``writing``. Raises PullquoteError where it cannot be written.
    """
    data = line.encode(errors="replace") + b"\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _add(path, data)
    except OSError as error:
        raise unwritable(path, error) from error


def _add(path: Path, data: bytes) -> None:
    handle = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        before = os.fstat(handle).st_size
        if before and os.pread(handle, 1, before - 1) != b"\n":
            data = b"\n" + data  # power failed in the middle of the line before
        if os.write(handle, data) != len(data):
            os.ftruncate(handle, before)
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.fsync(handle)
    finally:
        os.close(handle)


def _changed(
    line: bytes, episode: str, key: str, change: Callable[[str], str]
) -> bytes:
    deed = _deed(line)
    before = getattr(deed, key, None) if deed and deed.episode == episode else None
    if not before or change(before) == before:
        return line
    row = {**json.loads(line), key: change(before)}
    return json.dumps(row, ensure_ascii=False).encode() + b"\n"


def _deed(line: bytes) -> Deed | None:
    try:
        return msgspec.json.decode(line, type=Deed)
    except ValueError:
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
