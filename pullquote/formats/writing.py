"""One writer at a time for what a desk, a second one and a command all change."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import PullquoteError
from pullquote.formats.disk import keep_from_git, unwritable

if TYPE_CHECKING:
    from filelock import BaseFileLock

_PATIENCE = 60.0
"""Seconds for which another one may write; a long redaction takes some."""


@contextmanager
def writing(desk: Path) -> Iterator[None]:
    """Hold this while a file is looked at and written: one thread of one process.

    ``desk`` is ``ShowFolder.desk``. Whoever holds it may hold it again. Raises
    PullquoteError where the folder cannot be written or another process does not end.
    """
    from filelock import Timeout

    threads, processes = _locks(desk.absolute())
    with threads:
        try:
            desk.mkdir(parents=True, exist_ok=True, mode=0o700)
            processes.acquire(timeout=_PATIENCE)
        except Timeout:
            remedy = "try again, or end the other Pullquote that works in this show"
            raise PullquoteError(desk, "is in another one's hands", remedy) from None
        except OSError as error:
            raise unwritable(desk, error) from error
        try:
            with suppress(PullquoteError):  # a full disk: nothing else is written then
                keep_from_git(desk.parent)
            yield
        finally:
            processes.release()


@cache
def _locks(desk: Path) -> tuple[threading.RLock, BaseFileLock]:
    from filelock import FileLock

    lock = FileLock(
        desk / "writing.lock",
        thread_local=False,
        poll_interval=0.01,
        fallback_to_soft=False,
    )
    return threading.RLock(), lock
