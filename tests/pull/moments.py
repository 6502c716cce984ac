"""Stop work at each of its file operations, one after the other, and look again.

    python -m tests.pull.moments pull|init FOLDER URL EACH

A process of its own without threads, so that it may fork: it works once in peace, which
loads all that is needed. Then each child pulls one recording and makes its enclosure in
a new show, or brings a show over from a feed. The child is killed at its n-th file
operation below the show (SIGKILL), or told there that the disk is full; then another
child does the same in peace. Prints one JSON document.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.formats.disk import file_sha256
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.moving import init_from_feed
from pullquote.pipeline.pulling.sources import make_enclosures, pull_sources
from tests.pull.faults import SHOW

OPERATIONS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
)
DONE, FAILED, NEVER = 0, 1, 3
"""What a child ends with: all done, something failed, or its moment never came."""


class Work:
    """What is stopped: a pull, with its enclosures."""

    def __init__(self, url: str) -> None:
        self.url = url

    def prepare(self, folder: ShowFolder) -> None:
        folder.root.mkdir(parents=True)
        folder.show.write_text(SHOW.format(url=self.url))

    def do(self, folder: ShowFolder) -> int:
        return pulled(folder)

    def half(self, folder: ShowFolder) -> list[str]:
        """Return what no moment may show: an episode without its whole recording."""
        found = []
        for slug in folder.slugs():
            recording = load_episode(folder.episode(slug).facts).recording
            assert recording is not None
            media = folder.episode(slug).recording(recording.file)
            if not media.is_file() or file_sha256(media) != recording.sha256:
                found.append(slug)
        return found

    def wrong_at_last(self, folder: ShowFolder) -> list[str]:
        """Return what is not as it must be after a pull in peace."""
        slugs = folder.slugs()
        found = [f"{len(slugs)} episodes"] if len(slugs) != 1 else []
        found += [s for s in slugs if not folder.episode(s).enclosure.is_file()]
        return found + self.half(folder) + left_over(folder)


class Moving(Work):
    """A show is brought over from its feed."""

    def prepare(self, folder: ShowFolder) -> None:
        folder.root.mkdir(parents=True)

    def do(self, folder: ShowFolder) -> int:
        if folder.show.exists():  # it was done when it was killed
            return DONE
        try:
            init_from_feed(folder, self.url)
        except PullquoteError:
            return FAILED
        return DONE

    def half(self, folder: ShowFolder) -> list[str]:
        whole = folder.show.exists() and len(load_library(folder).library.entries) == 3
        return ["show.toml"] if folder.show.exists() and not whole else []

    def wrong_at_last(self, folder: ShowFolder) -> list[str]:
        found = [] if (folder.root / ".gitignore").is_file() else [".gitignore"]
        found += [] if folder.show.is_file() else ["no show.toml"]
        return found + self.half(folder) + left_over(folder)


def pulled(folder: ShowFolder) -> int:
    """Pull and make enclosures, as ``publish.py pull`` does."""
    show = load_show(folder.show)
    try:
        with only_one(folder):
            outcomes = pull_sources(folder, show, (), Quiet())
            outcomes += make_enclosures(folder, show, folder.slugs(), Quiet())
    except PullquoteError:
        return FAILED
    return FAILED if any(o.state == "failed" for o in outcomes) else DONE


def forked(task: Callable[[], int]) -> int | None:
    """Run a task in a child; return its exit code, None where it was killed."""
    child = os.fork()
    if child == 0:
        try:
            code = task()
        except BaseException as error:  # noqa: BLE001  # the child's end is told below
            sys.stderr.write(f"{error!r}\n")
            sys.stderr.flush()
            code = 99
        os._exit(code)
    status = os.waitpid(child, 0)[1]
    return None if os.WIFSIGNALED(status) else os.waitstatus_to_exitcode(status)


def stopped_at(number: int, kind: str, work: Work, folder: ShowFolder) -> int:
    """Work, but come to harm at the ``number``-th file operation."""
    left = number

    def harm(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event not in OPERATIONS or not _writes(event, arguments, folder):
            return
        left -= 1
        if left == 0 and kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        if left <= 0 and kind == "full" and event not in {"os.remove", "os.rmdir"}:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(harm)
    code = work.do(folder)
    return NEVER if left > 0 else code


def _writes(event: str, arguments: tuple[object, ...], folder: ShowFolder) -> bool:
    path = arguments[0]
    if not isinstance(path, (str, os.PathLike)):
        return False
    flags = arguments[2] if event == "open" else os.O_WRONLY
    writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
    return bool(writing) and os.fspath(path).startswith(f"{folder.root}/")


def left_over(folder: ShowFolder) -> list[str]:
    """Return temporary files and half downloads."""
    return [
        f"left over: {path.relative_to(folder.root)}"
        for path in folder.root.rglob("*")
        if path.name.endswith(".part") or path.parent == folder.state / "pull"
        if path.is_dir() or path.suffix != ".lock"
    ]


def main(arguments: list[str]) -> int:
    """Go through every ``EACH``-th moment, killed and out of space."""
    what, base, url, each = arguments
    work = Moving(url) if what == "init" else Work(url)
    peace = ShowFolder(Path(base) / "peace")
    work.prepare(peace)
    assert work.do(peace) == DONE
    assert work.wrong_at_last(peace) == []
    assert threading.active_count() == 1, "a fork would lose the others"
    report = {
        kind: harmed(work, Path(base) / kind, kind, int(each))
        for kind in ("kill", "full")
    }
    sys.stdout.write(json.dumps(report))
    return 0


def harmed(work: Work, base: Path, kind: str, each: int) -> dict[str, object]:
    """Come to harm of one kind; return at how many moments, and what went wrong."""
    wrong: dict[int, list[str]] = {}
    number = tried = 0
    while True:
        number += each
        folder = ShowFolder(base / str(number))
        work.prepare(folder)
        code = forked(lambda: stopped_at(number, kind, work, folder))  # noqa: B023
        if code == NEVER:
            break
        tried += 1
        wrong[number] = [f"half seen: {one}" for one in work.half(folder)]
        if code not in {None, DONE, FAILED}:
            wrong[number].append(f"ended with {code}")
        if forked(lambda: work.do(folder)) != DONE:  # noqa: B023
            wrong[number].append("the work after it failed")
        wrong[number] += work.wrong_at_last(folder)
    return {"moments": tried, "wrong": {n: w for n, w in wrong.items() if w}}


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
