"""The search index of a site: the only module that knows Pagefind.

Pages say what is searched with ``data-pagefind-body``: answers and transcripts. Two
indexes of the same pages differ in the order of filter values (Pagefind keeps them
in a hash table that is seeded anew for each run), so the old one is kept as long as
no page of it changed.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.model import address

_KEPT = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json")
_ENDINGS = (".pf_meta", ".pf_index", ".pf_fragment", ".pf_filter", ".pagefind")
_BODY = "data-pagefind-body"


class Searched:
    """Collects what a build puts into the index."""

    def __init__(self) -> None:
        self._rows: list[str] = []

    def add(self, path: str, digest: str) -> None:
        """Take note of a page by the digest of what is searched; empty: nothing is."""
        if digest:
            self._rows.append(f"{path}\n{digest}\n")

    @property
    def pages(self) -> int:
        """How many pages are searched."""
        return len(self._rows)

    @property
    def digest(self) -> bytes:
        """What the index is made from, in hex; in whatever order it was told."""
        rows = version("pagefind") + "".join(sorted(self._rows))
        return (
            hashlib.sha256(rows.encode("utf-8", "surrogateescape")).hexdigest().encode()
        )


def searched_digest(html: str) -> str:
    """Return the digest of a page that is searched, else nothing."""
    return hashlib.sha256(html.encode()).hexdigest() if _BODY in html else ""


def write_index(site: Path) -> tuple[str, ...]:
    """Index the pages of a finished tree and return the index's site paths.

    Raises PullquoteError where the indexer fails.
    """
    made = site / address.SEARCH_INDEX
    command = [sys.executable, "-m", "pagefind", "--site", str(site)]
    done = subprocess.run(
        [*command, "--output-path", str(made), "--glob", "**/index.html"],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise PullquoteError(
            "search index",
            f"cannot be made ({said[-1] if said else 'no reason given'})",
            "install Pagefind again: pip install 'pagefind[bin]'",
        )
    # the ready-made interfaces weigh more than the search and are not used
    for path in sorted(made.rglob("*")):
        if path.is_file() and not _wanted(path):
            path.unlink()
    found = (p for p in sorted(made.rglob("*")) if p.is_file())
    return tuple(path.relative_to(site).as_posix() for path in found)


def _wanted(path: Path) -> bool:
    return path.name in _KEPT or path.suffix in _ENDINGS
