"""One command in a process of its own, with a fault waiting for it.

Forked by multiprocessing's server, in which everything heavy is imported already: five
hundred runs would otherwise spend their hour on imports.
"""

from __future__ import annotations

import os
import resource
import signal
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

PRELOADED = (
    *("tests.faults.child", "pullquote.cli.app", "pullquote.pipeline.run"),
    *("pullquote.pull.item", "pullquote.pull.session", "yt_dlp", "pydantic", "av"),
    *(
        "pullquote.render.site.build",
        "pullquote.publish.feeds.feed",
        "pullquote.publish.deploying.deploy",
    ),
    *(
        "pullquote.mark.suggest.suggestions",
        "pullquote.desk.app",
        "lxml.etree",
        "markdown_it",
    ),
    *("nh3", "feedgen.feed", "rich.table", "fsspec", "PIL.Image", "numpy", "tomlkit"),
)
_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC
_CHANGES = frozenset(
    f"os.{name}"
    for name in ("rename", "remove", "mkdir", "rmdir", "link", "symlink", "truncate")
)


@dataclass(frozen=True, kw_only=True)
class Fault:
    """What happens to a process on its way."""

    kill_at: int | None = None
    """SIGKILL at this change of a file, counted from 1."""
    delay: float = 0.0
    """Seconds after it."""
    largest: int | None = None
    """No file may grow beyond so many bytes, as on a full disk."""
    count_to: Path | None = None
    """Where to write how many changes there were."""


def command(
    argv: Sequence[str],
    root: Path,
    environment: Mapping[str, str],
    log: Path,
    fault: Fault,
) -> None:
    """Run one Pullquote command; the process ends with its exit code."""
    told = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(told, 1)
    os.dup2(told, 2)
    os.environ.update(environment)
    os.chdir(root)
    if fault.largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (fault.largest, fault.largest))
    changes = _watch(root, fault)
    from pullquote.cli import main

    code = main(argv)
    if fault.count_to is not None:
        fault.count_to.write_text(str(changes[0]))
    sys.stdout.flush()
    os._exit(code)


def _watch(root: Path, fault: Fault) -> list[int]:
    """Count changes of files under ``root``, and die where the fault says so."""
    counted = [0]
    inside = str(root)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event == "open":
            changes = isinstance(arguments[2], int) and arguments[2] & _WRITES
            if not changes or not str(arguments[0]).startswith((inside, ".")):
                return
        elif event not in _CHANGES:
            return
        counted[0] += 1
        if counted[0] == fault.kill_at:
            if not fault.delay:
                os.kill(os.getpid(), signal.SIGKILL)
            signal.signal(signal.SIGALRM, signal.SIG_DFL)  # as sudden, a moment later
            signal.setitimer(signal.ITIMER_REAL, fault.delay)

    sys.addaudithook(hook)
    return counted
