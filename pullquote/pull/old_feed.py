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
from functools import reduce
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

_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,12}")
_AUTHOR = re.compile(rb"<itunes:author>\s*([^<]+)</itunes:author>")
_CATEGORY = re.compile(
    rb"""<itunes:category\s+text=["']([^"'<>]+)["']\s*>"""
    rb"""\s*<itunes:category\s+text=["']([^"'<>]+)["']"""
)
_FEED_BYTES = 12_000_000
_MOST_ELEMENTS = 120_000  # of a page: five thousand episodes have 70,000
_MENDED_BYTES, _MENDED_TAGS = 2_000_000, 100_000
"""Of a page that is no XML and has to be guessed at, which takes longer."""
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000}")
_PICTURE_BYTES = 20 << 20
_PAGES = 50  # of a feed (RFC 5005) are followed
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
    notes: tuple[str, ...] = ()
    """What did not come over as it was, a line each."""


def read_old_show(url: str, root: Path) -> OldShow:
    """Return the show that a feed, or a feed saved as a file, publishes.

    Raises SourceError where it cannot be read, or is no podcast.
    """
    path = local_path(url, root)
    if path is None:
        check_scheme(url, local=False)
    with _session(url) as ydl:
        pages, base = _pages(ydl, url) if path is None else ([_saved(path, url)], url)
        show = parse_old_show(pages, url, base)
        picture = _picture(_parsed(pages[0]).feed)
        if picture is None:
            return show
        data = read_small(ydl, picture, _PICTURE_BYTES)
    lost = () if data else (f"without a cover, for it cannot be loaded: {picture}",)
    return replace(show, picture=data, notes=(*show.notes, *lost))


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
    """Yield slug and picture of each episode whose own can be had; others have the show's."""
    slugs: dict[str, list[str]] = {}
    for one in filter(lambda one: one.picture, show.episodes):
        slugs.setdefault(str(one.picture), []).append(one.slug)
    with _session(url) as ydl:
        for done, (address, theirs) in enumerate(slugs.items()):
            progress(done, len(slugs), "pictures")
            if data := read_small(ydl, address, _PICTURE_BYTES):
                yield from ((slug, data) for slug in theirs)


def _pages(ydl: Any, url: str) -> tuple[list[bytes], str]:
    """Return a feed's pages, and the address that the first one came from in the end."""
    pages: list[bytes] = []
    seen: set[str] = set()
    base, following = url, url or None
    while following and following not in seen and len(pages) < _PAGES:
        seen.add(following)
        answer = ydl.urlopen(following)
        data: bytes = answer.read(_FEED_BYTES + 1)
        check_feed(data, url)  # before its link to the next page is looked for
        base = base if pages else answer.url
        pages.append(data)
        links = _parsed(data).feed.get("links") or ()
        found = (x.get("href") for x in links if x.get("rel") == "next")
        following = _address(next(found, None), answer.url)
    return pages, base


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


def parse_old_show(
    pages: Sequence[bytes], url: str, base: str | None = None
) -> OldShow:
    """Return the show of a feed's pages; ``url`` is for messages.

    ``base`` is where the feed lies in the end, after all redirects: its relative
    addresses start there (RFC 3986, 5.1.3).
    """
    for page in pages:
        check_feed(page, url)
    parsed = [_parsed(page) for page in pages]
    feed = parsed[0].feed
    title = _title(feed)
    if not title or not parsed[0].version:
        raise SourceError(url, "is no feed that can be read", _REMEDY)
    where = base or url
    base = where if "://" in where else str(feed.get("link") or "")
    episodes, notes = _episodes(parsed, base)
    if not episodes:
        raise SourceError(url, "is a feed without a recording in it", _REMEDY)
    publisher = feed.get("publisher_detail") or {}
    return OldShow(
        title=title,
        description=_text(feed.get("subtitle") or feed.get("summary")) or title,
        link=_address(feed.get("link"), base),
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
        notes=tuple(notes),
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
    """Return each episode once, and what is to be said of items, a line each."""
    episodes: dict[str, OldEpisode] = {}
    notes: list[str] = []
    taken: set[str] = set()
    shows = _picture(pages[0].feed)
    for entry in (entry for page in pages for entry in page.entries):
        sound = _sound(entry, base)
        if sound is None:
            notes.append(f"left out, it has no sound: {_title(entry) or 'an item'}")
            continue
        made = _episode(entry, sound, taken)
        if (picture := _picture(entry)) not in (None, shows):
            made = replace(made, picture=picture)
        first = episodes.setdefault(made.episode.guid, made)
        if first is made:
            taken.add(made.slug)
            notes += _hidden(entry, made)
        elif first.episode.enclosure != sound:
            notes.append(
                f"left out, for it has the GUID of {first.episode.title!r}, and apps"
                f" show one of the two: {made.episode.title} ({sound.url})"
            )
    return list(episodes.values()), notes


def _hidden(entry: Mapping[str, Any], made: OldEpisode) -> Iterator[str]:
    """Yield why an episode is a draft, and what else its file has no key for."""
    where = f"episodes/{made.slug}/episode.toml"
    if made.episode.published is None:
        told = f"date {entry.get('published')!r}" if entry.get("published") else "date"
        yield f"a draft, for it has no {told} that can be read: write it into {where}"
    elif made.episode.status == "draft":
        yield f"a draft, for the feed hides it (itunes:block): {where}"
    if entry.get("itunes_explicit"):
        yield f"marked explicit; here a show is or is not ([feed] explicit): {where}"


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
    seconds = reduce(lambda whole, part: whole * 60 + int(part), parts, 0)
    return seconds * 1000


def _episode(
    entry: Mapping[str, Any], sound: HostedEnclosure, taken: set[str]
) -> OldEpisode:
    stamps = (
        entry[key] for key in ("published_parsed", "updated_parsed") if key in entry
    )
    published = _moment(next(filter(None, stamps), None))
    title = _title(entry)
    held = date_in_words(title) or _day(entry, published)
    shown = published is not None and not entry.get("itunes_block")
    contents = [c.get("value") for c in entry.get("content") or () if c.get("value")]
    summary = str(entry.get("summary") or "")
    whole = str(contents[0]) if contents else summary
    episode = Episode(
        guid=str(entry.get("id") or sound.url),
        title=title or f"Episode of {held.isoformat()}",
        held=held,
        status="published" if shown else "draft",
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
    if published is None and (day := date_in_words(str(entry.get("published")))):
        return day
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


def _title(told: Mapping[str, Any]) -> str:
    """Return a title without the HTML that many hosts put into it, escaped once more."""
    text = plain_text(str(told.get("title") or ""))
    return clean_title(_ENTITY.sub(lambda found: unescape(found[0]), text))


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(plain_text(value).split()) or None


def _picture(feed: Mapping[str, Any]) -> str | None:
    image = feed.get("image") or {}
    return str(image.get("href") or image.get("url") or "") or None
