"""One writer at a time in a show's folder."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from pullquote.errors import UsageError
from pullquote.formats.disk import unwritable
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import require_show


@contextmanager
def only_one(
    folder: ShowFolder, *, wait: float = 0, new: bool = False
) -> Iterator[None]:
    """Hold the show's lock; the system frees it when the process dies.

    ``wait`` is in seconds; a ``new`` folder need be no show yet. Raises UsageError where another process holds it,
    ContentError where the folder is no show, and PullquoteError where it cannot be
    written.
    """
    from filelock import FileLock, Timeout

    if not new:
        require_show(folder.show)
    lock = FileLock(folder.state / "lock")
    try:
        folder.state.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
    except Timeout:
        raise UsageError(
            folder.root,
            "another Pullquote is at work in this show",
            "wait until it has ended",
        ) from None
    except OSError as error:
        raise unwritable(folder.state, error) from error
    try:
        yield
    finally:
        lock.release()
