"""The search index of a site: the only module that knows Pagefind.

Pages say what is searched with ``data-pagefind-body``: answers and transcripts. Two
indexes of the same pages differ in the order of filter values (Pagefind keeps them
in a hash table that is seeded anew for each run), so the old one is kept as long as
no page of it changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

from pullquote.errors import PullquoteError
from pullquote.model import address

_ENTRY = "pagefind-entry.json"
_KEPT = ("pagefind.js", "pagefind-worker.js", _ENTRY)
_DATA = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter")
_BODY = "data-pagefind-body"
_MADE = 2
"""Another number has every site indexed anew: once pages that had left it were found."""
_MOST = 5_000
"""Pages in a part. Smaller ones cost a reader more requests."""


class Searched:
    """Collects what a build puts into the index."""

    def __init__(self) -> None:
        self._digests: dict[str, str] = {}

    def add(self, path: str, digest: str) -> None:
        """Take note of a page by the digest of what is searched; empty: nothing is."""
        if digest:
            self._digests[path] = digest

    def without(self, paths: Iterable[str]) -> Searched:
        """Return the same without these pages."""
        then = Searched()
        then._digests = dict(self._digests)
        for path in paths:
            then._digests.pop(path, None)
        return then

    @property
    def parts(self) -> list[list[str]]:
        """The paths of the pages that are searched, in as many parts as there are to be.

        Each part has of everything, so that all are of about one size.
        """
        paths = sorted(self._digests)
        count = -(-len(paths) // _MOST)
        return [paths[number::count] for number in range(count)]

    @property
    def digest(self) -> bytes:
        """What the index is made from, in hex; in whatever order it was told."""
        pages = [f"{path}\n{digest}\n" for path, digest in self._digests.items()]
        parts = f"\n{_MOST}\n" if len(pages) > _MOST else ""
        rows = f"{version('pagefind')}\n{_MADE}{parts}" + "".join(sorted(pages))
        return (
            hashlib.sha256(rows.encode("utf-8", "surrogateescape")).hexdigest().encode()
        )


def searched_digest(html: str) -> str:
    """Return the digest of a page that is searched, else nothing."""
    return hashlib.sha256(html.encode()).hexdigest() if _BODY in html else ""


def write_index(site: Path, parts: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """Index the pages of a finished tree and return the index's site paths.

    Raises PullquoteError where the indexer fails.
    """
    made = site / address.SEARCH_INDEX
    if len(parts) == 1:
        _run(site, made)
    else:
        for number, part in enumerate(parts, 1):
            with TemporaryDirectory(prefix=".searched-", dir=site) as folder:
                _link(site, part, Path(folder))
                _run(Path(folder), made if number == 1 else made / str(number))
        entry = made / _ENTRY
        facts = json.loads(entry.read_text("utf-8"))
        entry.write_text(json.dumps({**facts, "parts": len(parts)}), "utf-8")
    # the ready-made interfaces weigh more than the search and are not used
    for path in sorted(made.rglob("*")):
        if path.is_file() and not _wanted(path.relative_to(made)):
            path.unlink()
    found = (p for p in sorted(made.rglob("*")) if p.is_file())
    return tuple(path.relative_to(site).as_posix() for path in found)


def _run(site: Path, made: Path) -> None:
    command = [_program(), "--site", str(site), "--output-path", str(made)]
    try:
        done = subprocess.run(
            [*command, "--glob", "**/index.html"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:
        raise _failed(str(error)) from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        said = [line for line in said if line and not line.startswith("note:")]
        raise _failed(said[-1] if said else "no reason given")


def _program() -> str:
    """Return Pagefind's program: ``python -m`` takes six times as long to start it."""
    from pagefind.service import get_executable

    with suppress(FileNotFoundError):  # of its package: a virus scanner took it away
        if found := get_executable():
            return str(found)
    raise _failed("its program is missing")


def _failed(why: str) -> PullquoteError:
    remedy = "install Pagefind again: pip install 'pagefind[bin]'"
    return PullquoteError("search index", f"cannot be made ({why})", remedy)


def _link(site: Path, paths: Sequence[str], folder: Path) -> None:
    """Give a folder these pages of the site."""
    for path in paths:
        file = address.file_of(path)
        target = folder / file
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.link(site / file, target)
        except OSError:  # a file system without hard links
            shutil.copyfile(site / file, target)


def _wanted(path: Path) -> bool:
    """Say whether a file of the index is used; parts are run by the first one's code."""
    if path.parts[0].isdigit() and path.name != _ENTRY:
        return path.suffix in _DATA
    return path.name in _KEPT or path.suffix in (*_DATA, ".pagefind")
