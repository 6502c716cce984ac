"""Build again whenever somebody saved something."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from threading import Event

from pullquote.errors import PullquoteError
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.build import Built
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Reporter

_LOOK = 200
"""Milliseconds between two looks at whether it is to stop."""
_WAIT = 60
"""Seconds to wait for another command that works in the show."""
_MADE = ("site", "feeds")


def watch_show(
    folder: ShowFolder,
    reporter: Reporter,
    build: Callable[[ShowFolder, Reporter], Built],
    told: Callable[[Built | PullquoteError], None],
    stop: Event | None = None,
) -> None:
    """Build, and build again after each change, until ``stop`` or Ctrl+C.

    It is ``build_public`` or ``build_preview`` each time; what it costs less is that
    this process has its programs loaded, its templates compiled and its episodes at
    hand. ``told`` is given what was built, or why not: that too is mended by the next
    change. Raises KeyboardInterrupt.
    """
    from watchfiles import Change, watch

    root = os.path.realpath(folder.root)

    def is_input(_: Change, path: str) -> bool:
        parts = Path(path).relative_to(root).parts
        return parts[0] not in _MADE and not any(p.startswith(".") for p in parts)

    due = True  # the first time is asked for when what follows is seen already
    for changes in watch(
        root,
        watch_filter=is_input,
        stop_event=stop,
        rust_timeout=_LOOK,
        yield_on_timeout=True,
    ):
        if changes or due:
            due = False
            told(_built(folder, reporter, build))


def _built(
    folder: ShowFolder,
    reporter: Reporter,
    build: Callable[[ShowFolder, Reporter], Built],
) -> Built | PullquoteError:
    try:
        with only_one(folder, wait=_WAIT):
            return build(folder, reporter)
    except PullquoteError as error:
        return error
