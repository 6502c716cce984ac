"""The feeds of a show; a document of which nothing changed is not made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

import pullquote
from pullquote.formats.disk import write_text
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.library import Library
from pullquote.publish.answers_channel import Document, document_channel, documents
from pullquote.publish.feed import podcast_feed, write_rss
from pullquote.publish.json_feed import write_json

_FILE = "feeds.json"
_PACKAGES = ("feedgen", "lxml", "markdown-it-py", "nh3")


class _Bodies(Mapping[str, str]):
    """Each answer's text as HTML by its id, made when it is asked for."""

    def __init__(self, library: Library) -> None:
        self._texts = {a.id: a.body for e in library.published for a in e.approved}

    def __getitem__(self, key: str) -> str:
        from pullquote.render.prose import to_html

        return to_html(self._texts[key])

    def __iter__(self) -> Iterator[str]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)


def make_feeds(folder: ShowFolder, library: Library) -> dict[str, bytes]:
    """Return every feed document by site path.

    A document of answers whose episodes are all as they were (see ``Entry.origin``) is
    taken from ``feeds/``, if it is there as this program left it.
    """
    from pullquote.render.prose import to_html

    notes = {e.slug: to_html(e.notes) for e in library.published}
    made = {address.PODCAST_FEED: podcast_feed(library, notes)}
    every, bodies = documents(library), _Bodies(library)
    known = {entry.slug: entry.origin for entry in library.published if entry.origin}
    before, common = _remembered(folder), _common(library)
    for ending in ("xml", "json"):
        for one in every:
            path = one.path(ending)
            key, digest = before.get(path, (None, None))
            data = None
            if key is not None and key == _key(common, one, known):
                data = _unchanged(folder.root / path, digest)
            if data is None:
                view = document_channel(library, every, one, bodies, ending)
                data = write_rss(view) if ending == "xml" else write_json(view)
            made[path] = data
    return made


def remember_feeds(
    folder: ShowFolder,
    library: Library,
    feeds: Mapping[str, bytes],
    origins: Mapping[str, str],
) -> None:
    """Remember what the documents of a finished build were made from."""
    common = _common(library)
    rows = {}
    for one in documents(library):
        key = _key(common, one, origins)
        for path in (one.path("xml"), one.path("json")):
            if key is not None:
                rows[path] = [key, hashlib.sha256(feeds[path]).hexdigest()]
    write_text(folder.state / _FILE, json.dumps(rows, indent=0))


def _remembered(folder: ShowFolder) -> dict[str, tuple[str, str]]:
    try:
        found = json.loads((folder.state / _FILE).read_bytes())
        return {str(path): (key, digest) for path, (key, digest) in found.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}  # losing this file costs only time


def _unchanged(path: Path, digest: str | None) -> bytes | None:
    """Return a file if it is as it was written."""
    with suppress(OSError):
        data = path.read_bytes()
        return data if hashlib.sha256(data).hexdigest() == digest else None
    return None


def _key(common: str, one: Document, origins: Mapping[str, str]) -> str | None:
    """Return the digest of what a document is made from, None if nobody knows."""
    rows = [(answer.id, origins.get(entry.slug)) for _, entry, answer in one.rows]
    if not all(origin for _, origin in rows):
        return None
    return hashlib.sha256(f"{common}{(one.neighbours, rows)!r}".encode()).hexdigest()


def _common(library: Library) -> str:
    """Return a digest of what every document is made from: the show and the code."""
    synthetic = [entry.episode.synthetic for entry in library.published]
    digest = hashlib.sha256(repr((library.show, all(synthetic))).encode())
    for package in _PACKAGES:
        digest.update(version(package).encode())
    code = Path(pullquote.__file__).parent
    for part in ("model", "publish", "render"):
        for path in sorted((code / part).glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()
