"""Which pages of the site before are still right: only the others are rendered.

A page is told apart by a digest of everything that it is made from. Whoever adds
something to a page adds it to ``made_from`` in ``pages``; a test builds each kind
of change twice, anew and over an old site, and compares the bytes.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from copy import copy
from dataclasses import dataclass
from pathlib import Path

import msgspec

from pullquote.formats.code import code_digest
from pullquote.formats.disk import text_digest
from pullquote.model import address
from pullquote.render.views.pages import Page, Site

NOTE = ".pullquote-pages"
"""Lies in a site and says what each page was made from."""

_PACKAGES = ("jinja2", "markdown-it-py", "nh3", "babel", "rapidfuzz", "pillow")

Row = tuple[str, str]
"""The digest of what a page is made from, and its digest for the search."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a site has of an episode."""

    key: str
    """Digest of all that its pages are made from; see ``Outlook``."""
    files: tuple[str, ...]
    """Site paths of transcripts, chapters and pictures."""
    pages: dict[str, Row]
    """By site path."""


class Pages:
    """What the pages before were made from, and those of this build."""

    def __init__(self, old: Path, site: Site, templates: Iterable[Path]) -> None:
        self._old = str(old)
        self._before, self._episodes_before = _read(old / NOTE)
        self._built = _time(f"{old}/{NOTE}")
        self.common = text_digest(*_common(site, templates))
        """Digest of what every page is made from."""
        self._now: dict[str, Row] = {}
        self._episodes: dict[str, Kept] = {}

    def after(self, slugs: Iterable[str]) -> Pages:
        """Return the same for the next build over the site that this one made.

        It holds what is known of all pages but those of these episodes.
        """
        then = copy(self)
        then._episodes = dict(self._episodes)
        then._before, then._now = dict(self._now), dict(self._now)
        for slug in slugs:
            if (kept := then._episodes.pop(slug, None)) is not None:
                then._before |= kept.pages
        return then

    def paths(self, slug: str) -> frozenset[str] | None:
        """Return the files of an episode that is known, None of another one."""
        if (kept := self._episodes.get(slug)) is None:
            return None
        return frozenset((*kept.files, *map(address.file_of, kept.pages)))

    def left(self) -> None:
        """Take note that the site of this build was switched in."""
        self._built = _time(f"{self._old}/{NOTE}")

    def newest(self) -> bool:
        """Say whether this was written by the last build of the site."""
        return self._built == _time(f"{self._old}/{NOTE}")

    @property
    def built(self) -> int:
        """When the site was written, in nanoseconds since 1970."""
        return self._built

    def distrust(self, since: int) -> None:
        """Let the next build make what was written since anew."""
        with suppress(OSError):
            os.utime(f"{self._old}/{NOTE}", ns=(since, since))

    def untouched(self, spare: Path, since: int, but: Collection[str]) -> bool:
        """Say whether no page that is known was written since; ``but`` are files.

        In the spare tree, if there is one, it has to be the very same file.
        """
        pages = (path for kept in self._episodes.values() for path in kept.pages)
        has_spare = spare.is_dir()
        for file in map(address.file_of, (*self._now, *pages)):
            try:
                told = os.stat(f"{self._old}/{file}")  # noqa: PTH116
                if has_spare and os.stat(f"{spare}/{file}").st_ino != told.st_ino:  # noqa: PTH116
                    return False
            except OSError:
                return False
            if told.st_mtime_ns > since and file not in but:
                return False
        return True

    def key(self, page: Page) -> str | None:
        """Return the digest of what a page is made from; None if nobody knows."""
        if page.made_from is None:
            return None
        about = (page.template, page.title, page.section, page.draft, page.card)
        facts = (self.common, about, page.made_from())
        try:
            data = msgspec.msgpack.encode(facts)
        except UnicodeEncodeError:  # half a character, which pages leave out
            data = repr(facts).encode("utf-8", "surrogatepass")
        return hashlib.sha256(data).hexdigest()

    def unchanged(self, path: str, key: str | None) -> str | None:
        """Return the old page's digest for the search if it is still right."""
        before = self._before.get(path)
        if before is None or not key or before[0] != key:
            return None
        return before[1] if self._untouched(path) else None

    def episode(self, slug: str, key: str) -> Kept | None:
        """Return what the site before has of an episode if all of it is still right."""
        before = self._episodes_before.get(slug)
        if before is None or before.key != key:
            return None
        return before if all(map(self._untouched, before.pages)) else None

    def _untouched(self, path: str) -> bool:
        """Say whether a page is as it was built.

        The note is written last: a page that is newer was not left so.
        """
        return 0 < _time(f"{self._old}/{address.file_of(path)}") <= self._built

    def note(self, path: str, key: str | None, searched: str) -> None:
        """Remember what a page or picture was made from that is not one episode's own."""
        if key is not None:
            self._now[path] = (key, searched)

    def note_episode(self, slug: str, kept: Kept) -> None:
        """Remember what was made of an episode."""
        self._episodes[slug] = kept

    def written(self) -> bytes:
        """Return the note for the next build."""
        episodes = {
            slug: [kept.key, kept.files, kept.pages]
            for slug, kept in self._episodes.items()
        }
        made = {"episodes": episodes, "pages": self._now}
        return msgspec.json.encode(made, order="deterministic")


def _time(path: str) -> int:
    try:
        return os.stat(path).st_mtime_ns  # noqa: PTH116  # ten thousand times
    except OSError:
        return 0


def _read(note: Path) -> tuple[dict[str, Row], dict[str, Kept]]:
    """Return the note of the site before; a damaged one costs only time."""
    try:
        found = msgspec.json.decode(note.read_bytes())
        pages = _rows(found["pages"])
        episodes = {
            slug: Kept(key, tuple(map(str, files)), _rows(rows))
            for slug, (key, files, rows) in found["episodes"].items()
        }
    except (OSError, ValueError, TypeError, AttributeError, LookupError):
        return {}, {}
    for kept in episodes.values():
        pages |= kept.pages
    return pages, episodes


def _rows(found: dict[str, list[str]]) -> dict[str, Row]:
    return {path: (key, digest) for path, (key, digest) in found.items()}


def _common(site: Site, templates: Iterable[Path]) -> Iterator[str]:
    """Yield what every page is made from: the show, the templates, the code."""
    yield repr(
        (site.show, site.preview, site.feeds, site.json_feed, site.cover, site.search)
    )
    yield code_digest(*_PACKAGES)
    for root in templates:
        for path in sorted(root.rglob("[!.]*.j2")):
            yield f"{path.relative_to(root).as_posix()}\n{path.read_bytes()!r}"
