"""The feeds of a show: made, compared with those before, written.

A document of which nothing changed is not made again, and what the gate looks at in a
document is remembered by the document's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from pullquote.errors import GateError, PullquoteError
from pullquote.formats.code import code_digest
from pullquote.formats.disk import write_bytes
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.library import Library
from pullquote.model.show import Show
from pullquote.publish.answers_channel import (
    Document,
    document_channel,
    documents,
    with_ending,
)
from pullquote.publish.feed import write_rss, written_items
from pullquote.publish.gate import (
    FeedFacts,
    compare_facts,
    expected_losses,
    feed_facts,
    missing_files,
)
from pullquote.publish.json_feed import write_json
from pullquote.publish.podcast_channel import podcast_channel, podcast_order
from pullquote.render.workers import each

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_FILE = "feeds.json"
_ENDINGS = ("xml", "json")
_PACKAGES = ("feedgen", "lxml", "markdown-it-py", "nh3")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the last build knew of the documents; losing it costs only time."""

    code: str
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By site path: digests of what a document was made from and of its bytes."""
    facts: dict[str, FeedFacts] = field(default_factory=dict)
    """By the digest of a document's bytes."""
    podcast: list[tuple[str, str]] = field(default_factory=list)
    """Slug and origin of the podcast's episodes, in the order of its items."""


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


class Feeds:
    """Every feed document that a build makes, beside those that lie in ``feeds/``."""

    def __init__(self, folder: ShowFolder, library: Library) -> None:
        self._folder = folder
        self._library = library
        self._memory = _remembered(folder)
        self._facts: dict[str, FeedFacts] = {}
        self._digests: dict[bytes, str] = {}
        self._common = _common(library)
        self._every = documents(library)
        self._before = {path: (folder.root / path).read_bytes() for path in self._old()}
        self.made = self._make()
        """Bytes by site path."""

    def _old(self) -> Iterator[str]:
        """Yield the site paths of the documents that lie in ``feeds/``."""
        months = (address.answers_of("????-??", ending) for ending in ("xml", "json"))
        first = (address.PODCAST_FEED, address.ANSWERS_FEED, address.ANSWERS_JSON)
        for pattern in (*first, *months):
            for path in sorted(self._folder.root.glob(pattern)):
                if path.is_file():
                    yield path.relative_to(self._folder.root).as_posix()

    def _make(self) -> dict[str, bytes]:
        """Make the documents.

        One of answers whose episodes are all as they were (see ``Entry.origin``) is
        taken from ``feeds/``, if it is there as this program left it.
        """
        made: dict[str, bytes] = {}
        known = {e.slug: e.origin for e in self._library.published if e.origin}
        due: list[Document] = []
        for one in self._every:
            key = self._key(one, known)
            found = {p: self._unchanged(p, key) for p in map(one.path, _ENDINGS)}
            if None in found.values():
                due.append(one)
            made |= {path: data for path, data in found.items() if data is not None}
        bodies = _Bodies(self._library)
        show = self._library.show
        jobs: list[Callable[[], Made]] = [self._podcast]
        jobs += [partial(_document, show, one, bodies) for one in due]
        for xml, facts, forms in each(lambda n: jobs[n](), len(jobs)):
            made |= forms
            self._facts[self._digest(forms[xml])] = facts
        paths = (one.path(ending) for ending in _ENDINGS for one in self._every)
        return {path: made[path] for path in (address.PODCAST_FEED, *paths)}

    def _podcast(self) -> Made:
        data, path = self._podcast_document(), address.PODCAST_FEED
        return path, feed_facts(data, path), {path: data}

    def _podcast_document(self) -> bytes:
        """Make the podcast's document; items of episodes as they were are taken over."""
        from pullquote.render.prose import to_html

        order, path = podcast_order(self._library), address.PODCAST_FEED
        before = dict(self._memory.podcast)
        same = {
            entry.slug
            for entry in order
            if entry.origin
            and before.get(entry.slug) == entry.origin
            and entry.episode.kind != "trailer"  # the channel tells of it too
        }
        data = self._unchanged(path, self._common)
        with suppress(ValueError):
            items = written_items(data or b"", len(before))
            found = dict(zip(before, items, strict=True))
            written = [found[e.slug] if e.slug in same else None for e in order]
            notes = {e.slug: to_html(e.notes) for e in order if e.slug not in same}
            view = podcast_channel(self._library, notes, same)
            return write_rss(view, written)
        notes = {entry.slug: to_html(entry.notes) for entry in order}
        return write_rss(podcast_channel(self._library, notes))

    def _unchanged(self, path: str, key: str | None) -> bytes | None:
        """Return a document as it lies in ``feeds/`` if it would be made so again."""
        before, digest = self._memory.made.get(path, (None, None))
        data = self._before.get(path)
        if key is None or before != key or data is None or self._digest(data) != digest:
            return None
        return data

    def _key(self, one: Document, origins: Mapping[str, str]) -> str | None:
        """Return the digest of what a document is made from, None if nobody knows."""
        rows = [(answer.id, origins.get(entry.slug)) for _, entry, answer in one.rows]
        if not all(origin for _, origin in rows):
            return None
        facts = f"{self._common}{(one.neighbours, rows)!r}"
        return hashlib.sha256(facts.encode()).hexdigest()

    def faults(self, allow: frozenset[str]) -> tuple[PullquoteError, ...]:
        """Return in what the new documents would make subscribers suffer.

        Raises GateError if a document before cannot be read, nor its copy in the site.
        """
        podcast, answers = address.PODCAST_FEED, address.ANSWERS_FEED
        old = {p: self._fact_before(p) for p in self._before if p.endswith(".xml")}
        new = {p: self._fact(p, self.made[p]) for p in self.made if p.endswith(".xml")}
        faults = compare_facts(
            [facts for path, facts in old.items() if path == podcast],
            [new[podcast]],
            name=podcast,
            allow=allow,
        )
        # the JSON documents have the same items
        faults += compare_facts(
            [facts for path, facts in old.items() if path != podcast],
            [facts for path, facts in new.items() if path != podcast],
            name=answers,
            allow=allow | expected_losses(self._library),
            dates_may_advance=True,
        )
        return faults

    def dead_links(self, paths: Collection[str]) -> tuple[PullquoteError, ...]:
        """Return what a document points at and a site of these ``paths`` does not have."""
        return tuple(
            fault
            for name, data in self.made.items()
            if name.endswith(".xml")
            for fault in missing_files(
                self._fact(name, data),
                self._library.show.site,
                lambda path: address.file_of(path) in paths,
                name=name,
            )
        )

    def _digest(self, data: bytes) -> str:
        if (found := self._digests.get(data)) is None:
            found = self._digests[data] = hashlib.sha256(data).hexdigest()
        return found

    def _fact(self, name: str, data: bytes) -> FeedFacts:
        digest = self._digest(data)
        if digest not in self._facts:
            known = self._memory.facts.get(digest)
            self._facts[digest] = known or feed_facts(data, name)
        return self._facts[digest]

    def _fact_before(self, path: str) -> FeedFacts:
        """Return a document as it was; a damaged one as the site before has it."""
        try:
            return self._fact(path, self._before[path])
        except GateError:
            with suppress(OSError, GateError):
                return self._fact(path, (self._folder.site / path).read_bytes())
            raise

    def write(self) -> list[str]:
        """Write what differs, take away months that are no more; return these paths."""
        changed = [p for p, data in self.made.items() if self._before.get(p) != data]
        for path in changed:
            write_bytes(self._folder.root / path, self.made[path])
        gone = [path for path in self._before if path not in self.made]
        for path in gone:
            (self._folder.root / path).unlink()
        return changed + gone

    def remember(self, origins: Mapping[str, str]) -> None:
        """Remember of a finished build what its documents were made from."""
        made = {
            path: (key, self._digest(self.made[path]))
            for one in self._every
            if (key := self._key(one, origins)) is not None
            for path in map(one.path, _ENDINGS)
        }
        path = address.PODCAST_FEED
        made[path] = self._common, self._digest(self.made[path])
        podcast = [
            (entry.slug, origins.get(entry.slug, ""))
            for entry in podcast_order(self._library)
        ]
        now = {self._digest(data) for data in self.made.values()}
        facts = {digest: one for digest, one in self._facts.items() if digest in now}
        memory = _Memory(code_digest(*_PACKAGES), made, facts, podcast)
        write_bytes(self._folder.state / _FILE, _memories().dump_json(memory))


Made = tuple[str, FeedFacts, dict[str, bytes]]
"""The path of a document as XML, what the gate sees in it, and each form by its path."""


def _document(show: Show, one: Document, bodies: Mapping[str, str]) -> Made:
    """Return a document of answers as XML and as JSON."""
    view = document_channel(show, one, bodies, "xml")
    path, xml = one.path("xml"), write_rss(view)
    json = write_json(with_ending(show, one, view, "json"))
    return path, feed_facts(xml, path), {path: xml, one.path("json"): json}


@cache
def _memories() -> TypeAdapter[_Memory]:
    from pydantic import TypeAdapter

    return TypeAdapter(_Memory)


def _remembered(folder: ShowFolder) -> _Memory:
    code = code_digest(*_PACKAGES)
    with suppress(OSError, ValueError):
        found = _memories().validate_json((folder.state / _FILE).read_bytes())
        if found.code == code:
            return found
    return _Memory(code)


def _common(library: Library) -> str:
    """Return a digest of what every document is made from: the show and the code."""
    synthetic = [entry.episode.synthetic for entry in library.published]
    facts = repr((library.show, all(synthetic)))
    return hashlib.sha256((code_digest(*_PACKAGES) + facts).encode()).hexdigest()
