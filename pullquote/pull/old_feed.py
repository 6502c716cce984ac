"""Read a whole show from the feed it is published in now.

What subscribers' programs go by is kept to the letter: GUIDs, dates, enclosure
addresses, lengths and types. A feed is read with feedparser, the way clients do.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from html import unescape
from mimetypes import guess_type
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from pullquote.errors import SourceError
from pullquote.model.episode import Episode, EpisodeKind, HostedEnclosure
from pullquote.model.progress import Progress, silent
from pullquote.pull.download import check_scheme
from pullquote.pull.local import local_path
from pullquote.pull.plan import Access, slug_for
from pullquote.pull.session import read_small, session
from pullquote.pull.wording import (
    chapters_in,
    clean_title,
    date_in_words,
    notes_markdown,
    plain_text,
)

_DIGITS = re.compile(r"[0-9]{1,12}")
_AUTHOR = re.compile(rb"<itunes:author>\s*([^<]+)</itunes:author>")
_CATEGORY = re.compile(
    rb"""<itunes:category\s+text=["']([^"'<>]+)["']\s*>"""
    rb"""\s*<itunes:category\s+text=["']([^"'<>]+)["']"""
)
_FEED_BYTES = 12_000_000
_MOST_ELEMENTS = 120_000
"""Of a feed's page: five thousand episodes have 70,000."""
_MENDED_BYTES = 2_000_000
"""Of a page that is no XML and has to be guessed at, which takes longer."""
_MENDED_TAGS = 100_000
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000}")
_PICTURE_BYTES = 20 << 20
_PAGES = 50
"""Pages of a feed (RFC 5005) that are followed."""
_HEARD = ("audio/", "video/")
_KINDS: dict[str, EpisodeKind] = {"trailer": "trailer", "bonus": "bonus"}
_REMEDY = "give the address of a podcast's RSS feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldEpisode:
    """One item of the old feed."""

    slug: str
    episode: Episode
    notes: str
    """Markdown."""
    picture: str | None = None
    """Address of its own picture, where it has one beside the show's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldShow:
    """A show as its feed tells it."""

    title: str
    description: str
    link: str | None = None
    language: str | None = None
    author: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    category: tuple[str, ...] = ()
    """Apple's, and its subcategory where the feed has one."""
    serial: bool = False
    explicit: bool = False
    copyright: str | None = None
    guid: str | None = None
    """podcast:guid, if the feed had one."""
    picture: bytes | None = None
    episodes: tuple[OldEpisode, ...] = ()
    skipped: tuple[str, ...] = ()
    """Titles of items without a sound, which no podcast app shows either."""


def read_old_show(url: str, root: Path) -> OldShow:
    """Return the show that a feed, or a feed saved as a file, publishes.

    Raises SourceError where it cannot be read, or is no podcast.
    """
    path = local_path(url, root)
    if path is None:
        check_scheme(url, local=False)
    with _session(url) as ydl:
        pages = _pages(ydl, url) if path is None else [_saved(path, url)]
        show = parse_old_show(pages, url)
        picture = _picture(_parsed(pages[0]).feed)
        if picture is None:
            return show
        return replace(show, picture=read_small(ydl, picture, _PICTURE_BYTES))


def _session(url: str) -> AbstractContextManager[Any]:
    return session(url, Access(named=url if "://" in url else None))


def _saved(path: Path, url: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(url, "no such file", "check the path") from error


def episode_pictures(
    show: OldShow, url: str, progress: Progress = silent
) -> Iterator[tuple[str, bytes]]:
    """Yield slug and picture of each episode that has one of its own.

    One that cannot be had is left out: the episode then has the show's.
    """
    slugs: dict[str, list[str]] = {}
    for one in show.episodes:
        if one.picture is not None:
            slugs.setdefault(one.picture, []).append(one.slug)
    with _session(url) as ydl:
        for done, (address, theirs) in enumerate(slugs.items()):
            progress(done, len(slugs), "pictures")
            if data := read_small(ydl, address, _PICTURE_BYTES):
                yield from ((slug, data) for slug in theirs)


def _pages(ydl: Any, url: str) -> list[bytes]:
    pages: list[bytes] = []
    seen: set[str] = set()
    following: str | None = url
    while following and following not in seen and len(pages) < _PAGES:
        seen.add(following)
        data: bytes = ydl.urlopen(following).read(_FEED_BYTES + 1)
        check_feed(data, url)  # before its link to the next page is looked for
        pages.append(data)
        links = _parsed(data).feed.get("links") or ()
        found = (x.get("href") for x in links if x.get("rel") == "next")
        following = _address(next(found, None), url)
    return pages


def check_feed(data: bytes, url: str) -> None:
    """Raise SourceError for what no podcast's feed holds but an attack does.

    Bombs of entities, files of this machine (XXE), and what would take minutes.
    """
    problem = _unreasonable(data)
    if problem is not None:
        raise SourceError(url, problem, "ask whoever publishes it for a feed in pages")


def _unreasonable(data: bytes) -> str | None:
    from lxml import etree

    if len(data) > _FEED_BYTES:
        return f"is larger than {_FEED_BYTES // 1_000_000} MB"
    if b"<!ENTITY" in data or "<!ENTITY".encode("utf-16-le") in data:
        return "declares entities, which no podcast needs"
    if _LONG_TAG.search(data):
        return "holds a tag of thousands of characters"
    try:
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        elements = sum(1 for _ in etree.fromstring(data, parser).iter())
    except (etree.XMLSyntaxError, ValueError):
        many = len(data) > _MENDED_BYTES or data.count(b"<") > _MENDED_TAGS
        return "is no XML, and too large to be guessed at" if many else None
    return f"holds {elements:,} elements" if elements > _MOST_ELEMENTS else None


def _parsed(data: bytes) -> Any:
    import feedparser

    return feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)


def _author(page: bytes) -> str | None:
    """Return the channel's itunes:author; feedparser gives the owner's name for it."""
    found = _AUTHOR.search(page.partition(b"<item")[0])
    return _text(unescape(found[1].decode("utf-8", "replace"))) if found else None


def _category(page: bytes, feed: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the first category; feedparser does not tell which lies in another."""
    if found := _CATEGORY.search(page.partition(b"<item")[0]):
        names = (unescape(name.decode("utf-8", "replace")) for name in found.groups())
        return tuple(filter(None, map(_text, names)))
    tags = (_text(tag.get("term")) for tag in feed.get("tags") or ())
    return tuple(filter(None, tags))[:1]


def parse_old_show(pages: Sequence[bytes], url: str) -> OldShow:
    """Return the show of a feed's pages; ``url`` is for messages and its guid."""
    for page in pages:
        check_feed(page, url)
    parsed = [_parsed(page) for page in pages]
    feed = parsed[0].feed
    title = clean_title(feed.get("title") or "")
    if not title or not parsed[0].version:
        raise SourceError(url, "is no feed that can be read", _REMEDY)
    base = url if "://" in url else str(feed.get("link") or "")
    episodes, skipped = _episodes(parsed, base)
    if not episodes:
        raise SourceError(url, "is a feed without a recording in it", _REMEDY)
    publisher = feed.get("publisher_detail") or {}
    return OldShow(
        title=title,
        description=_text(feed.get("subtitle") or feed.get("summary")) or title,
        link=_address(feed.get("link"), url),
        language=feed.get("language"),
        author=_author(pages[0]) or _text(feed.get("author")),
        owner_name=_text(publisher.get("name")),
        owner_email=_text(publisher.get("email")),
        category=_category(pages[0], feed),
        serial=feed.get("itunes_type") == "serial",
        explicit=bool(feed.get("itunes_explicit")),
        copyright=_text(feed.get("rights")),
        guid=_text(feed.get("podcast_guid")),
        episodes=tuple(episodes),
        skipped=tuple(skipped),
    )


def _address(told: object, base: str) -> str | None:
    """Return a http(s) address as a feed at ``base`` means it, None for any other.

    What is whole stays as it is, to the letter.
    """
    address = str(told or "")
    try:
        whole = address if "://" in address else urljoin(base, address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc else None


def _episodes(pages: Sequence[Any], base: str) -> tuple[list[OldEpisode], list[str]]:
    """Return each episode once, and the titles of items without a sound."""
    episodes: dict[str, OldEpisode] = {}
    skipped: list[str] = []
    taken: set[str] = set()
    shows = _picture(pages[0].feed)
    for entry in (entry for page in pages for entry in page.entries):
        sound = _sound(entry, base)
        if sound is None:
            skipped.append(clean_title(entry.get("title") or "") or "an item")
            continue
        made = _episode(entry, sound, taken)
        if (picture := _picture(entry)) not in (None, shows):
            made = replace(made, picture=picture)
        if made.episode.guid not in episodes:
            episodes[made.episode.guid] = made
            taken.add(made.slug)
    return list(episodes.values()), skipped


def _sound(entry: Mapping[str, Any], base: str) -> HostedEnclosure | None:
    offered = [
        (address, _type(address, one), one)
        for one in entry.get("enclosures") or ()
        if (address := _address(one.get("href"), base))
    ]
    if not offered:
        return None
    heard = (one for one in offered if one[1].startswith(_HEARD))
    address, kind, found = next(heard, offered[0])
    return HostedEnclosure(
        url=address,
        length=_number(found.get("length")) or 0,
        type=kind,
        duration=_duration(str(entry.get("itunes_duration") or "")),
    )


def _type(address: str, enclosure: Mapping[str, Any]) -> str:
    told = str(enclosure.get("type") or "")
    guessed = guess_type(urlsplit(address).path)[0]
    return told or guessed or "audio/mpeg"


def _duration(text: str) -> int:
    """Return milliseconds of seconds or a clock, 0 where it is neither."""
    parts = text.strip().split(":")
    if len(parts) > 3 or not all(map(_DIGITS.fullmatch, parts)):
        return 0
    seconds = 0
    for part in parts:
        seconds = seconds * 60 + int(part)
    return seconds * 1000


def _episode(
    entry: Mapping[str, Any], sound: HostedEnclosure, taken: set[str]
) -> OldEpisode:
    stamp = entry.get("published_parsed") or entry.get("updated_parsed")
    published = _moment(stamp)
    title = clean_title(entry.get("title") or "")
    held = date_in_words(title) or _day(entry, published)
    contents = [c.get("value") for c in entry.get("content") or () if c.get("value")]
    summary = str(entry.get("summary") or "")
    whole = str(contents[0]) if contents else summary
    episode = Episode(
        guid=str(entry.get("id") or sound.url),
        title=title or f"Episode of {held.isoformat()}",
        held=held,
        status="published" if published else "draft",
        published=published,
        summary=_text(summary),
        kind=_KINDS.get(str(entry.get("itunes_episodetype") or "").lower(), "full"),
        season=_number(entry.get("itunes_season")),
        number=_number(entry.get("itunes_episode")),
        chapters=chapters_in(whole),
        enclosure=sound,
    )
    slug = slug_for(held, episode.title, taken)
    return OldEpisode(slug=slug, episode=episode, notes=notes_markdown(whole))


def _day(entry: Mapping[str, Any], published: datetime | None) -> date:
    """Return the day as the publisher's clock told it; many say GMT: then as ours does."""
    try:
        written = parsedate_to_datetime(str(entry.get("published")))
    except ValueError:
        written = None
    if published is not None and written is not None and written.utcoffset():
        return published.astimezone(written.tzinfo).date()
    return (published or datetime.now(UTC)).astimezone().date()


def _moment(stamp: Any) -> datetime | None:
    """Return a parsed date in UTC; None where it is none of this calendar."""
    try:
        return datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None
    except (ValueError, OverflowError, OSError):
        return None


def _number(text: object) -> int | None:
    value = str(text or "").strip()
    return int(value) or None if _DIGITS.fullmatch(value) else None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(plain_text(value).split()) or None


def _picture(feed: Mapping[str, Any]) -> str | None:
    image = feed.get("image") or {}
    found = image.get("href") or image.get("url")
    return str(found) if found else None
