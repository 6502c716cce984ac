"""Build again whenever somebody saved something."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from threading import Event
from typing import TypeVar

from pullquote.errors import PullquoteError
from pullquote.formats.disk import unreadable
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.building.build import Built, build_day, build_public
from pullquote.pipeline.building.rebuild import Builder
from pullquote.pipeline.building.unchanged import inputs_digest, looked
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Reporter

T = TypeVar("T")
Build = Callable[[ShowFolder, Reporter], Built]

_STEP = 10
"""Milliseconds without a change after which what was saved is saved."""
_LOOK = 200
"""Milliseconds between two looks at whether it is to stop."""
_WAIT = 60
"""Seconds to wait for another command that works in the show."""
_MADE = ("site", "feeds")


def watch_show(
    folder: ShowFolder,
    reporter: Reporter,
    build: Build,
    told: Callable[[Built | PullquoteError], None],
    stop: Event | None = None,
) -> None:
    """Build, and build again after each change, until ``stop`` or Ctrl+C.

    It makes what ``build`` makes, ``build_public`` or ``build_preview``. ``told`` is
    given what was built, or why not: that too is mended by the next change. A public
    build goes on from the last one: see ``rebuild``; it is made as well when the moment
    of a scheduled episode has come. A preview is made whole, unless all is as it was:
    programs save files of their own and take them away again. Raises
    KeyboardInterrupt.
    """
    builder = Builder(folder, reporter)
    made_from: str | None = None
    root = os.path.realpath(folder.root)
    for changes in _changes(root, stop):
        if changes is None or changes:
            if build is build_public:
                told(_alone(folder, partial(builder.build, changes)))
            elif (now := _made_from(folder)) is None or now != made_from:
                built = _alone(folder, partial(build, folder, reporter))
                # what is wrong is told again until it is mended
                made_from = now if isinstance(built, Built) else None
                told(built)
        elif builder.is_due() or _alone(folder, builder.settle) is False:
            # its moment came, or somebody else was here
            told(_alone(folder, builder.build))


def _changes(root: str, stop: Event | None) -> Iterator[frozenset[str] | None]:
    """Yield which files were saved, by their paths in the show; None if nobody knows.

    The first time everything is due; nothing is yielded where nothing was saved for a
    while. What is made is not watched: it is ten thousand folders.
    """
    from watchfiles import watch

    while stop is None or not stop.is_set():
        beside = _beside(root)
        due = True  # the first time is asked for when what follows is seen already
        folders = [f"{root}/{name}" for name in beside if beside[name] is None]
        for changes in watch(
            *folders,
            watch_filter=lambda _, path: not _hidden(root, path),
            stop_event=stop,
            step=_STEP,
            rust_timeout=_LOOK,
            yield_on_timeout=True,
        ):
            if _beside(root) != beside:
                break
            if due:
                due = False
                yield None
                continue
            yield frozenset(os.path.relpath(path, root) for _, path in changes)


def _beside(root: str) -> dict[str, tuple[int, ...] | None]:
    """Return what lies in the show's folder itself: None for a folder to be watched."""
    found: dict[str, tuple[int, ...] | None] = {}
    for entry in os.scandir(root):
        if entry.name in _MADE or entry.name.startswith("."):
            continue
        if entry.is_dir():
            found[entry.name] = None
        else:
            with suppress(OSError):
                told = entry.stat()
                found[entry.name] = told.st_size, told.st_mtime_ns, told.st_ino
    return found


def _hidden(root: str, path: str) -> bool:
    return any(part.startswith(".") for part in Path(path).relative_to(root).parts)


def _made_from(folder: ShowFolder) -> str | None:
    """Return a digest of what a look at a preview's inputs tells, None without one."""
    with suppress(OSError):
        return inputs_digest(looked(folder), build_day())
    return None


def _alone(folder: ShowFolder, work: Callable[[], T]) -> T | PullquoteError:
    try:
        with only_one(folder, wait=_WAIT):
            return work()
    except PullquoteError as error:
        return error
    except OSError as error:  # a folder nobody may look into, or that was moved away
        return unreadable(error.filename or folder.root, error)
