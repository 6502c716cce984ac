"""Stop a pull at each of its file operations, one after the other, and look again.

    python -m tests.pull.moments FOLDER URL kill|full EACH

A process of its own without threads, so that it may fork: what a pull needs is loaded
once, and each child pulls one recording and makes its enclosure in a new show. The
child is killed at its n-th file operation below the show (SIGKILL), or told there that
the disk is full; then another child pulls in peace. Prints one JSON document.
"""

from __future__ import annotations

import errno
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.formats.disk import file_sha256
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling import make_enclosures, pull_sources
from tests.pull.faults import SHOW

OPERATIONS = frozenset(
    {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate"}
)
DONE, FAILED, NEVER = 0, 1, 3
"""What a child ends with: all done, something failed, or its moment never came."""


def warm() -> None:
    """Load what a pull loads, once for all children."""
    import av
    import mutagen.id3
    import yt_dlp.extractor.extractors
    from filelock import FileLock
    from slugify import slugify

    import pullquote.pull.enclosure
    import pullquote.pull.item
    import pullquote.pull.listing

    loaded = (av, mutagen.id3, yt_dlp, FileLock, slugify, pullquote)
    assert all(loaded)


def work(folder: ShowFolder) -> int:
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


def stopped_at(number: int, kind: str, folder: ShowFolder) -> int:
    """Pull, but come to harm at the ``number``-th file operation."""
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
    code = work(folder)
    return NEVER if left > 0 else code


def _writes(event: str, arguments: tuple[object, ...], folder: ShowFolder) -> bool:
    path = arguments[0]
    if not isinstance(path, (str, os.PathLike)):
        return False
    flags = arguments[2] if event == "open" else os.O_WRONLY
    writing = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR)
    return bool(writing) and os.fspath(path).startswith(f"{folder.root}/")


def half(folder: ShowFolder) -> list[str]:
    """Return what no moment may show: an episode without its whole recording."""
    found = []
    for slug in folder.slugs():
        recording = load_episode(folder.episode(slug).facts).recording
        assert recording is not None
        media = folder.episode(slug).recording(recording.file)
        if not media.is_file() or file_sha256(media) != recording.sha256:
            found.append(slug)
    return found


def wrong_at_last(folder: ShowFolder) -> list[str]:
    """Return what is not as it must be after a pull in peace."""
    slugs = folder.slugs()
    found = [f"{len(slugs)} episodes"] if len(slugs) != 1 else []
    found += [slug for slug in slugs if not folder.episode(slug).enclosure.is_file()]
    found += [f"half: {slug}" for slug in half(folder)]
    found += [
        f"left over: {path.relative_to(folder.root)}"
        for path in folder.root.rglob("*")
        if path.name.endswith(".part") or path.parent == folder.state / "pull"
        if path.is_dir() or path.suffix != ".lock"
    ]
    return found


def main(arguments: list[str]) -> int:
    """Go through every ``EACH``-th moment."""
    base, url, kind = Path(arguments[0]), arguments[1], arguments[2]
    each = int(arguments[3])
    wrong: dict[int, list[str]] = {}
    number = tried = 0
    warm()
    while True:
        number += each
        folder = ShowFolder(base / f"{kind}-{number}")
        folder.root.mkdir(parents=True)
        folder.show.write_text(SHOW.format(url=url))
        code = forked(lambda: stopped_at(number, kind, folder))  # noqa: B023
        if code == NEVER:
            break
        tried += 1
        wrong[number] = [f"half seen: {slug}" for slug in half(folder)]
        if code not in {None, DONE, FAILED}:
            wrong[number].append(f"ended with {code}")
        if forked(lambda: work(folder)) != DONE:  # noqa: B023
            wrong[number].append("the pull after it failed")
        wrong[number] += wrong_at_last(folder)
    report = {"moments": tried, "wrong": {n: w for n, w in wrong.items() if w}}
    sys.stdout.write(json.dumps(report))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
