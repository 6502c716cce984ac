"""Which pages of the site before are still right: only the others are rendered.

A page is told apart by a digest of everything that it is made from. Whoever adds
something to a page adds it to ``made_from`` in ``pages``; a test builds each kind
of change twice, anew and over an old site, and compares the bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from importlib.metadata import version
from pathlib import Path

from pullquote.model import address
from pullquote.render.pages import Page, Site

NOTE = ".pullquote-pages"
"""Lies in a site and says what each page was made from."""

_PACKAGES = ("jinja2", "markdown-it-py", "nh3", "babel", "rapidfuzz")


class Pages:
    """What the pages before were made from, and those of this build."""

    def __init__(self, old: Path, site: Site, templates: Iterable[Path]) -> None:
        self._old = old
        self._before, self._files_before = _read(old / NOTE)
        self._built = _time(old / NOTE)
        self._common = _digest(_common(site, templates))
        self._now: dict[str, tuple[str, str]] = {}
        self._files: dict[str, tuple[str, ...]] = {}

    def key(self, page: Page) -> str | None:
        """Return the digest of what a page is made from; None if nobody knows."""
        if page.made_from is None:
            return None
        facts = (page.template, page.title, page.section, page.draft, page.card)
        return _digest([self._common, repr(facts), repr(page.made_from())])

    def unchanged(self, page: Page, key: str | None) -> str | None:
        """Return the old page's digest for the search if it is still right.

        The note is written last: a page that is newer was not left as it was built.
        """
        before = self._before.get(page.path)
        if before is None or not key or before[0] != key:
            return None
        changed = _time(self._old / address.file_of(page.path)) > self._built
        return None if changed else before[1]

    def note(self, path: str, key: str | None, searched: str) -> None:
        """Remember what a page was made from."""
        if key is not None:
            self._now[path] = (key, searched)

    def note_files(self, slug: str, files: Iterable[str]) -> None:
        """Remember which files were made of an episode beside its pages."""
        self._files[slug] = tuple(files)

    def files_before(self, slug: str) -> tuple[str, ...] | None:
        """Return the files that the site before has of an episode."""
        return self._files_before.get(slug)

    def written(self) -> bytes:
        """Return the note for the next build."""
        made = {"files": self._files, "pages": self._now}
        return json.dumps(made, sort_keys=True, indent=0).encode()


def _time(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError:
        return 0


_Before = tuple[dict[str, tuple[str, str]], dict[str, tuple[str, ...]]]


def _read(note: Path) -> _Before:
    """Return the note of the site before; a damaged one costs only time."""
    try:
        found = json.loads(note.read_bytes())
        pages = {path: (key, digest) for path, (key, digest) in found["pages"].items()}
        files = {slug: tuple(map(str, each)) for slug, each in found["files"].items()}
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return {}, {}
    return pages, files


def _common(site: Site, templates: Iterable[Path]) -> Iterator[str]:
    """Yield what every page is made from: the show, the templates, the code."""
    yield repr(
        (site.show, site.preview, site.feeds, site.json_feed, site.cover, site.search)
    )
    for package in _PACKAGES:
        yield version(package)
    code = Path(__file__).parents[1]
    for folder in (code / "render", code / "model"):
        for path in sorted(folder.glob("*.py")):
            yield path.read_text("utf-8")
    for root in templates:
        for path in sorted(root.rglob("*.j2")):
            yield f"{path.relative_to(root).as_posix()}\n{path.read_bytes()!r}"


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        data = text.encode("utf-8", "surrogatepass")
        digest.update(f"{len(data)}:".encode() + data)
    return digest.hexdigest()
