"""One writer at a time in a show's folder."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.disk import keep_from_git, unwritable, write_text
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import require_show

_HOLDER = "at-work"
"""Beside the lock: the command of whoever took it last."""
_SHOWN = 80
"""Characters of it."""


@contextmanager
def only_one(
    folder: ShowFolder, *, wait: float = 0, new: bool = False
) -> Iterator[None]:
    """Hold the show's lock; the system frees it when the process dies.

    ``wait`` is in seconds; a ``new`` folder need be no show yet. Raises UsageError where
    another process holds it, ContentError where the folder is no show, and
    PullquoteError where it cannot be written.
    """
    from filelock import FileLock, Timeout

    if not new:
        require_show(folder.show)
    # another kind of lock would take the file that this one leaves for somebody at work
    lock = FileLock(folder.state / "lock", fallback_to_soft=False)
    try:
        folder.state.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout:
        raise UsageError(
            folder.root,
            f"another Pullquote is at work in this show{_whose(folder)}",
            "wait until it has ended, or end it with Ctrl+C there: "
            "what it finished is kept, and it goes on from that the next time",
        ) from None
    except OSError as error:
        raise unwritable(folder.state, error) from error
    try:
        command = " ".join(["pullquote", *sys.argv[1:]])
        with suppress(PullquoteError):  # a full disk: they only tell git, and who waits
            keep_from_git(folder.state)
            write_text(folder.state / _HOLDER, command[:_SHOWN])
        yield
    finally:
        lock.release()


def _whose(folder: ShowFolder) -> str:
    """Return which command holds the lock, and since when."""
    try:
        held = folder.state / _HOLDER
        since = datetime.fromtimestamp(held.stat().st_mtime)  # noqa: DTZ006  # its clock
        return f" ({held.read_text(encoding='utf-8')}, since {since:%H:%M})"
    except (OSError, ValueError):
        return ""
