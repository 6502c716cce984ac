"""Compare a new feed with the one that subscribers have. Pure.

A client knows an item by its GUID and its sound by the address: what changes there
shows up twice, vanishes, or plays something else, and cannot be taken back.
"""

from __future__ import annotations

from collections.abc import (
    Callable,
    Collection,
    Iterable,
    Iterator,
    Mapping,
    Sequence,
)
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache, lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING
from urllib.parse import unquote

from pullquote.errors import GateError, number_of
from pullquote.model.library import Library

if TYPE_CHECKING:
    from lxml.etree import XPath, _Element

_ADDRESSES = ("url", "href", "img", "uri")
_NONE: Mapping[str, datetime] = MappingProxyType({})
_PODCAST = "{https://podcastindex.org/namespace/1.0}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """What of an item must not change: read from a feed."""

    guid: str
    title: str
    link: str | None
    enclosure: str | None
    date: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedFacts:
    """What the gate looks at in one document of a feed."""

    guid: str | None
    """The ``podcast:guid``."""
    items: tuple[Published, ...]
    addresses: frozenset[str]
    """Whatever it points at."""


def feed_facts(feed: bytes, name: str) -> FeedFacts:
    """Return what the gate looks at in a document.

    Raises GateError, with the feed's ``name``, if it cannot be read.
    """
    channel = _channel(feed, name)
    return FeedFacts(
        guid=channel.findtext(f"{_PODCAST}guid"),
        items=tuple(_published(item) for item in channel.findall("item")),
        addresses=frozenset(filter(None, _pointing()(channel))),
    )


def compare_facts(
    old: Sequence[FeedFacts],
    new: Sequence[FeedFacts],
    *,
    name: str,
    allow: Collection[str] = (),
    dates_may_advance: bool = False,
    hosted: Collection[str] = (),
    waiting: Mapping[str, datetime] = _NONE,
) -> tuple[GateError, ...]:
    """Return what would break for subscribers if ``new`` replaced ``old``.

    Both have all documents of a feed; the first tells what the show is. ``old`` is
    empty before the first publication; ``name`` is the feed's, for messages.
    ``allow`` holds GUIDs (or the feed's name, for the show's own) whose change is
    meant. Enclosures that are ``hosted`` elsewhere may be those of several items, as
    a show that repeats its episodes has them. ``waiting`` says of which GUIDs the
    moment is still to come; see ``waiting_items``. ``dates_may_advance`` is for answers, whose date is that of their latest
    review.
    """
    items = _items(new)
    faults = [*_doubles(items, hosted)]
    if old:
        published = _items(old)
        known = {item.guid: item for item in published}
        if published:  # nobody follows a feed that never had an item
            faults += _show_changed(old[0].guid, new[0].guid, name)
        faults += _vanished(known, items, waiting)
        faults += _reused(known, items)
        faults += _moved(known, items, forward=dates_may_advance)
        kept = [item for item in published if item.guid not in allow]
        faults += _shrunken(len(kept), len(items), name)
    return tuple(fault for who, fault in faults if who not in allow)


def expected_losses(library: Library, allow: Collection[str] = ()) -> frozenset[str]:
    """Return the ids of answers that a person took back: allowed to vanish.

    Their file is there and says draft or withdrawn, or was edited after approval, or
    their episode is a draft again, which ``allow`` names. An answer whose file is
    missing is not among them.
    """
    public = frozenset(kept.id for e in library.published for kept in e.approved)
    known = {*allow, *(entry.episode.guid for entry in library.published)}
    entries = (e for e in library.entries if e.episode.guid in known)
    return frozenset(answer.id for e in entries for answer in e.answers) - public


def waiting_items(library: Library) -> dict[str, datetime]:
    """Return the GUIDs of scheduled episodes and their answers, and the moment of each.

    Where subscribers have one already, somebody wrote a later moment, or the computer's
    clock was set back.
    """
    return {
        guid: entry.episode.published
        for entry in library.entries
        if entry.scheduled and entry.episode.published
        for guid in (entry.episode.guid, *(answer.id for answer in entry.answers))
    }


def missing_files(
    feed: FeedFacts,
    site: str,
    has: Callable[[str], bool],
    *,
    name: str,
    beside: Collection[str] = (),
) -> tuple[GateError, ...]:
    """Return the addresses in a feed that lead to nothing on the site.

    ``site`` is the show's public address, ``has`` says whether a site path exists
    (a page's ends in ``/``). What lies ``beside`` what is built may have an address
    below it all the same: sound of an old host, a doctor's page that the house has.
    """
    paths = {
        unquote(url.removeprefix(site)).partition("#")[0]
        for url in feed.addresses
        if url.startswith(site) and url not in beside
    }
    return tuple(
        GateError(name, f"points at {path}, which was not built", "build it again")
        for path in sorted(paths)
        if not has(path)
    )


@cache
def _pointing() -> XPath:
    """Return what finds every address in a channel."""
    from lxml.etree import XPath

    names = " or ".join(f"name()='{name}'" for name in _ADDRESSES)
    found = f".//@*[{names}] | .//link/text() | .//url/text()"
    return XPath(found, smart_strings=False)


def _channel(feed: bytes, name: str) -> _Element:
    from lxml import etree

    # no entities, no network: an old feed may come from anywhere
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        channel = etree.fromstring(feed, parser).find("channel")
    except etree.XMLSyntaxError as error:
        raise GateError(
            name, f"is not XML ({error.msg})", "restore the feed from its history"
        ) from error
    if channel is None:
        raise GateError(name, "is not RSS", "restore the feed from its history")
    return channel


def _items(feeds: Iterable[FeedFacts]) -> tuple[Published, ...]:
    return tuple(item for feed in feeds for item in feed.items)


def _published(item: _Element) -> Published:
    found: dict[str, _Element] = {}
    for child in item.iterchildren("guid", "title", "link", "enclosure", "pubDate"):
        found.setdefault(str(child.tag), child)
    text = {tag: child.text or "" for tag, child in found.items()}
    return Published(
        guid=text.get("guid") or text.get("link") or "",
        title=text.get("title", ""),
        link=text.get("link"),
        enclosure=found["enclosure"].get("url") if "enclosure" in found else None,
        date=_date(text.get("pubDate", "")),
    )


@lru_cache(maxsize=1 << 12)  # the answers of an episode have one date
def _date(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


Fault = tuple[str, GateError]
"""Which GUID (or feed) allows it, and what is wrong."""


def _fault(item: Published, problem: str, remedy: str) -> Fault:
    where = item.title or item.guid
    return item.guid, GateError(
        where, problem, f"{remedy}, or if it is meant: --allow {item.guid}"
    )


def _doubles(items: Iterable[Published], hosted: Collection[str]) -> Iterator[Fault]:
    guids: set[str] = set()
    sounds: set[str] = set()
    for item in items:
        if item.guid in guids:
            yield _fault(item, f"GUID {item.guid} is used twice", "give one a new GUID")
        guids.add(item.guid)
        if item.enclosure and item.enclosure in sounds:
            yield _fault(
                item,
                f"enclosure {item.enclosure} belongs to another item too",
                "give it an address of its own",
            )
        if item.enclosure not in hosted:
            sounds.add(item.enclosure or "")


def _show_changed(before: str | None, now: str | None, name: str) -> Iterator[Fault]:
    if before and before != now:
        yield (
            name,
            GateError(
                name,
                f"podcast:guid was {before} and is {now or 'gone'}",
                f'write guid = "{before}" under [feed] in show.toml, '
                f"or if it is meant: --allow {name}",
            ),
        )


def _vanished(
    known: dict[str, Published],
    items: tuple[Published, ...],
    waiting: Mapping[str, datetime],
) -> Iterator[Fault]:
    now = {item.guid for item in items}
    new = [item for item in items if item.guid not in known]
    for item in known.values():
        if item.guid in now:
            continue
        if heir := next((other for other in new if _same(item, other)), None):
            problem = f"its GUID was {item.guid} and is {heir.guid}"
            yield _fault(item, problem, "write the old one back")
        elif item.guid in waiting:
            until = f"{waiting[item.guid]:%Y-%m-%d %H:%M %Z}"
            yield _fault(
                item,
                f"has vanished (GUID {item.guid}): it waits until {until}, which by"
                " this computer's clock is still to come",
                "set the clock right, or 'published' in episode.toml back",
            )
        else:
            problem = f"has vanished (GUID {item.guid})"
            yield _fault(item, problem, "publish it again")


def _same(old: Published, new: Published) -> bool:
    """Say whether two items with different GUIDs are one to a reader."""
    sound = old.enclosure is not None and old.enclosure == new.enclosure
    return sound or (old.link is not None and old.link == new.link)


def _reused(known: dict[str, Published], items: Iterable[Published]) -> Iterator[Fault]:
    owners = {item.enclosure: item for item in known.values() if item.enclosure}
    now = {item.guid for item in items}
    for item in items:
        owner = owners.get(item.enclosure) if item.enclosure else None
        before = known.get(item.guid)
        if before is not None and before.enclosure == item.enclosure:
            continue
        # a vanished owner is reported as a changed GUID
        if owner and owner.guid != item.guid and owner.guid in now:
            yield _fault(
                item,
                f"enclosure {item.enclosure} was that of {owner.title!r}",
                "give it an address of its own",
            )


def _moved(
    known: dict[str, Published], items: Iterable[Published], *, forward: bool
) -> Iterator[Fault]:
    for item in items:
        before = known.get(item.guid)
        if before is None or before.date == item.date or before.date is None:
            continue
        if forward and item.date is not None and item.date > before.date:
            continue
        now = item.date.isoformat() if item.date else "gone"
        yield _fault(
            item,
            f"its date was {before.date.isoformat()} and is {now}",
            "write the old date back",
        )


def _shrunken(expected: int, count: int, name: str) -> Iterator[Fault]:
    if count < expected:
        yield (
            name,
            GateError(
                name,
                f"would shrink from {number_of(expected, 'item')} to {count}",
                f"publish what is missing, or if it is meant: --allow {name}",
            ),
        )
