"""The feeds of a show: made, compared with those before, written.

A document of which nothing changed is not made again, and what the gate looks at in a
document is remembered by the document's digest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial

import msgspec

from pullquote.errors import GateError, PullquoteError, UsageError
from pullquote.formats.code import code_digest
from pullquote.formats.disk import stamp, write_bytes
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.pipeline.building.feed_documents import (
    Bodies,
    Made,
    kept_items,
    make_document,
    make_podcast,
)
from pullquote.publish.feeds.answers_channel import (
    Document,
    documents,
    documents_after,
)
from pullquote.publish.feeds.gate import (
    FeedFacts,
    compare_facts,
    expected_losses,
    feed_facts,
    missing_files,
    waiting_items,
)
from pullquote.publish.feeds.podcast_channel import (
    PodcastPage,
    podcast_pages,
    same_page,
    watched_at,
)
from pullquote.render.site.workers import each

_FILE = "feeds.json"
_AT_ONCE = 8
"""Files that the disk is given together: it is asked to have each one safe."""
_ENDINGS = ("xml", "json")
_MONTH = "[0-9][0-9][0-9][0-9]-[0-9][0-9]"
_PACKAGES = ("feedgen", "lxml", "markdown-it-py", "nh3")


@dataclass(frozen=True, slots=True)
class _Memory:
    """What the last build knew of the documents; losing it costs only time."""

    code: str
    made: dict[str, tuple[str, str]] = field(default_factory=dict)
    """By site path: digests of what a document was made from and of its bytes."""
    facts: dict[str, FeedFacts] = field(default_factory=dict)
    """By the digest of a document's bytes."""
    podcast: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    """Slug and origin of a podcast document's episodes, in order, by its path."""


class Feeds:
    """Every feed document that a build makes, beside those that lie in ``feeds/``.

    ``last`` are those of the build before in this process, if ``feeds/`` is as it left
    it, and ``entries`` the few episodes, by slug, that were read anew since.
    ``meanwhile``: see ``workers.each``.
    """

    def __init__(
        self,
        folder: ShowFolder,
        library: Library,
        last: Feeds | None = None,
        entries: Mapping[str, Entry] | None = None,
        meanwhile: Callable[[], object] = lambda: None,
    ) -> None:
        self._folder = folder
        self._library = library
        self._memory: _Memory
        self._common: str
        self._every: tuple[Document, ...]
        self._podcast_pages = podcast_pages(library)
        self._digests: dict[bytes, str] = {}
        self._facts: dict[str, FeedFacts] = {}
        self._left: dict[str, object] = {}
        self.made: dict[str, bytes]
        """Bytes by site path."""
        if last is not None and entries is not None:
            self._memory, self._common = last._memory, last._common
            self._every = documents_after(last._every, library, entries)
            self._before = last.made
            self.made = self._make_after(last, entries)
            return
        self._memory = _remembered(folder)
        self._common = _common(library.show)
        self._every = documents(library)
        self._before = {p: (folder.root / p).read_bytes() for p in _lying(folder)}
        self.made = self._make(meanwhile)

    def _make(self, meanwhile: Callable[[], object]) -> dict[str, bytes]:
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
        bodies = Bodies(self._library)
        show = self._library.show
        jobs: list[Callable[[], Made]] = [
            partial(self._podcast, one) for one in self._podcast_pages
        ]
        jobs += [partial(make_document, show, one, bodies, {}) for one in due]
        for done in each(lambda n: jobs[n](), len(jobs), meanwhile=meanwhile):
            made |= self._known(done)
        return {path: made[path] for path in self._paths()}

    def _make_after(
        self, last: Feeds, entries: Mapping[str, Entry]
    ) -> dict[str, bytes]:
        """Make the documents in which something changed; items that did not are kept."""
        self._digests = {data: last._digest(data) for data in last.made.values()}
        self._facts = {
            d: last._facts[d] for d in self._digests.values() if d in last._facts
        }
        made: dict[str, bytes] = {}
        show = self._library.show
        pages_before = {page.path: page for page in last._podcast_pages}
        for page in self._podcast_pages:
            was = pages_before.get(page.path)
            if was is None or not same_page(show, was, page):
                slugs = [entry.slug for entry in was.entries] if was else []
                same = {*slugs} - entries.keys()
                data = last.made.get(page.path, b"")
                made |= self._known(
                    make_podcast(self._library, page, data, slugs, same)
                )
        documents_before = {one.month: one for one in last._every}
        for one in self._every:
            there = documents_before.get(one.month)
            if there is not one:
                items = kept_items(show, one, there, last.made) if there else {}
                made |= self._known(
                    make_document(show, one, Bodies(self._library), items)
                )
        return {path: made.get(path) or last.made[path] for path in self._paths()}

    def _paths(self) -> Iterator[str]:
        """Yield the site paths of all documents in order."""
        yield from (page.path for page in self._podcast_pages)
        yield from (one.path(ending) for ending in _ENDINGS for one in self._every)

    def _known(self, made: Made) -> dict[str, bytes]:
        """Take note of what the gate sees in a document; return its forms."""
        xml, facts, forms = made
        self._facts[self._digest(forms[xml])] = facts
        return forms

    def _podcast(self, page: PodcastPage) -> Made:
        """Make a podcast document; items of episodes as they were are taken over."""
        before = dict(self._memory.podcast.get(page.path, ()))
        same = {
            entry.slug
            for entry in page.entries
            if entry.origin and before.get(entry.slug) == entry.origin
        }
        data = self._unchanged(page.path, self._common)
        return make_podcast(self._library, page, data or b"", [*before], same)

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
        beside = one.neighbours, one.synthetic, one.newer
        facts = f"{self._common}{(beside, rows)!r}"
        return hashlib.sha256(facts.encode()).hexdigest()

    def faults(self, allow: frozenset[str]) -> tuple[PullquoteError, ...]:
        """Return in what the new documents would make subscribers suffer.

        Raises GateError if a document before cannot be read, nor its copy in the site.
        """
        old, new = self._changed_facts()
        faults = compare_facts(
            [facts for path, facts in old.items() if address.is_podcast(path)],
            [facts for path, facts in new.items() if address.is_podcast(path)],
            name=address.PODCAST_FEED,
            allow=allow,
            hosted=self._hosted(),
            waiting=waiting_items(self._library),
        )
        # the JSON documents have the same items
        faults += compare_facts(
            [facts for path, facts in old.items() if not address.is_podcast(path)],
            [facts for path, facts in new.items() if not address.is_podcast(path)],
            name=address.ANSWERS_FEED,
            allow=allow | expected_losses(self._library, allow),
            dates_may_advance=True,
            waiting=waiting_items(self._library),
        )
        return faults

    def _hosted(self) -> frozenset[str]:
        """Return the enclosures that stay where an old host has them."""
        sounds = (entry.episode.enclosure for entry in self._library.published)
        return frozenset(sound.url for sound in sounds if sound)

    def _linked(self) -> frozenset[str]:
        """Return what people link in ``show.toml`` and ``episode.toml``."""
        show, feed = self._library.show, self._library.show.feed
        links = {feed.funding, feed.license_href, feed.hub}
        links |= {person.href for person in show.people}
        links |= {watched_at(show, entry) for entry in self._library.published}
        return frozenset(link for link in links if link)

    def _changed_facts(self) -> tuple[dict[str, FeedFacts], dict[str, FeedFacts]]:
        """Return the facts of the documents before and of these, by site path.

        Documents that are the same byte for byte are left out, if the others tell of
        no item that these do not tell of either: it might be one of theirs.
        """
        old = {p for p in self._before if p.endswith(".xml")}
        new = {p for p in self.made if p.endswith(".xml")}
        same = {p for p in old & new if self._before[p] == self.made[p]}
        was = {p: self._fact_before(p) for p in sorted(old - same)}
        now = {p: self._fact(p, self.made[p]) for p in self.made if p in new - same}
        known = {item.guid for facts in was.values() for item in facts.items}
        if all(item.guid in known for facts in now.values() for item in facts.items):
            return was, now
        was = {p: self._fact_before(p) for p in self._before if p in old}
        return was, {p: self._fact(p, self.made[p]) for p in self.made if p in new}

    def dead_links(
        self, paths: Collection[str], *, changed: bool = False
    ) -> tuple[PullquoteError, ...]:
        """Return what a document points at and a site of these ``paths`` does not have.

        ``changed`` asks for the documents alone that differ from those before.
        """
        beside = self._hosted() | self._linked()
        return tuple(
            fault
            for name, data in self.made.items()
            if name.endswith(".xml")
            if not changed or self._before.get(name) != data
            for fault in missing_files(
                self._fact(name, data),
                self._library.show.site,
                lambda path: address.file_of(path) in paths,
                name=name,
                beside=beside,
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
        changed = self.changed()
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            [*pool.map(self._write, changed.items())]
        gone = [path for path in self._before if path not in self.made]
        for path in gone:
            (self._folder.root / path).unlink(missing_ok=True)
        self._left = self._look()
        return [*changed, *gone]

    def _write(self, document: tuple[str, bytes]) -> None:
        path, data = document
        write_bytes(self._folder.root / path, data)

    def changed(self) -> dict[str, bytes]:
        """Return the documents that differ from those before."""
        return {p: data for p, data in self.made.items() if self._before.get(p) != data}

    def untouched(self) -> bool:
        """Say whether ``feeds/`` is as ``write`` left it."""
        return self._left == self._look()

    def _look(self) -> dict[str, object]:
        """Return what a look at the files in ``feeds/`` tells."""
        with suppress(OSError):
            return {path.name: stamp(path) for path in self._folder.feeds.iterdir()}
        return {}

    def remember(self, origins: Mapping[str, str]) -> None:
        """Remember of a finished build what its documents were made from."""
        made = {
            path: (key, self._digest(self.made[path]))
            for one in self._every
            if (key := self._key(one, origins)) is not None
            for path in map(one.path, _ENDINGS)
        }
        podcast = {}
        for page in self._podcast_pages:
            made[page.path] = self._common, self._digest(self.made[page.path])
            slugs = [entry.slug for entry in page.entries]
            podcast[page.path] = [(slug, origins.get(slug, "")) for slug in slugs]
        now = {self._digest(data) for data in self.made.values()}
        facts = {digest: one for digest, one in self._facts.items() if digest in now}
        memory = _Memory(code_digest(*_PACKAGES), made, facts, podcast)
        write_bytes(self._folder.state / _FILE, msgspec.json.encode(memory))


def _lying(folder: ShowFolder) -> Iterator[str]:
    """Yield the site paths of the documents that lie in ``feeds/``."""
    months = (address.answers_of(_MONTH, ending) for ending in _ENDINGS)
    older = address.older_podcast("[0-9]*")
    answers = (address.ANSWERS_FEED, address.ANSWERS_JSON)
    for pattern in (address.PODCAST_FEED, *answers, *months, older):
        for file in sorted(folder.root.glob(pattern)):
            path = file.relative_to(folder.root).as_posix()
            if file.is_file() and (pattern != older or address.is_podcast(path)):
                yield path


def refuse_others(folder: ShowFolder) -> None:
    """Raise UsageError where the site's feeds are not those that lie in ``feeds/``.

    A build that was killed between the two left them so, or somebody else's feeds came
    by git: the next feeds are compared with these, so readers must have no others.
    """
    for path in _lying(folder) if folder.site.is_dir() else ():
        mine, readers = folder.root / path, folder.site / path
        if not readers.is_file() or mine.read_bytes() != readers.read_bytes():
            problem = f"holds another {path} than the show does"
            raise UsageError(folder.site, problem, "build again: pullquote build")


def _remembered(folder: ShowFolder) -> _Memory:
    code = code_digest(*_PACKAGES)
    with suppress(OSError, ValueError):
        found = msgspec.json.decode((folder.state / _FILE).read_bytes(), type=_Memory)
        if found.code == code:
            return found
    return _Memory(code)


def _common(show: Show) -> str:
    """Return a digest of what every document is made from: the show and the code."""
    facts = code_digest(*_PACKAGES) + repr(show)
    return hashlib.sha256(facts.encode()).hexdigest()
