"""A show as the feed tells it that it is published in now. No files, no network.

What subscribers' programs go by is kept to the letter: GUIDs, dates, enclosure
addresses, lengths and types. A feed is read with feedparser, the way clients do.
"""

from __future__ import annotations

import re
from calendar import timegm
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from functools import reduce
from html import unescape
from itertools import chain, repeat
from mimetypes import guess_type
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from pullquote.errors import SourceError
from pullquote.formats.people_csv import person_id
from pullquote.model.episode import Episode, EpisodeKind, HostedEnclosure
from pullquote.model.show import Person
from pullquote.pull.feed_bounds import check_feed
from pullquote.pull.info import is_whole
from pullquote.pull.plan import slug_for
from pullquote.pull.podcast_tags import ItemTags, PersonTag, ShowTags, podcast_tags
from pullquote.pull.wording import (
    chapters_in,
    clean_title,
    date_in_words,
    notes_markdown,
    plain_text,
)

_ENTITY = re.compile(r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,5});", re.IGNORECASE)
_DIGITS = re.compile(r"[0-9]{1,12}")
_HEARD = ("audio/", "video/")
OldFile = Literal["picture", "chapters", "transcript"]
_KINDS: dict[str, EpisodeKind] = {"trailer": "trailer", "bonus": "bonus"}
_REMEDY = "give the address of a podcast's RSS feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class OldEpisode:
    """One item of the old feed."""

    slug: str
    episode: Episode
    notes: str
    """Markdown."""
    files: Mapping[OldFile, str] = field(default_factory=dict)
    """Addresses of what is to be loaded besides; a picture that is the show's is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OldShow:
    """A show as its feed tells it."""

    title: str
    description: str
    link: str | None = None
    language: str | None = None
    owner_name: str | None = None
    owner_email: str | None = None
    serial: bool = False
    copyright: str | None = None
    tags: ShowTags
    """Those of its first page, addresses made whole."""
    guid: str | None = None
    """podcast:guid, if the feed had one."""
    picture: bytes | None = None
    people: tuple[Person, ...] = ()
    episodes: tuple[OldEpisode, ...] = ()
    notes: tuple[str, ...] = ()
    """What did not come over as it was, a line each."""


def parsed_page(data: bytes) -> Any:
    """Return what feedparser makes of a feed's page."""
    import feedparser

    return feedparser.parse(data, sanitize_html=False, resolve_relative_uris=False)


def parse_old_show(
    pages: Sequence[bytes], url: str, base: str | None = None
) -> OldShow:
    """Return the show of a feed's pages; ``url`` is for messages.

    ``base`` is where the feed lies in the end, after all redirects: its relative
    addresses start there (RFC 3986, 5.1.3).
    """
    for page in pages:
        check_feed(page, url)
    parsed = [parsed_page(page) for page in pages]
    feed = parsed[0].feed
    title = _title(feed)
    if not title or not parsed[0].version:
        raise SourceError(url, "is no feed that can be read", _REMEDY)
    where = base or url
    base = where if "://" in where else str(feed.get("link") or "")
    every = [podcast_tags(page) for page in pages]
    tags = every[0]
    items = chain.from_iterable(page.items for page in every)
    named = chain(tags.people, *(item.people for item in items))
    people = _people(named, base)
    episodes, notes = _episodes(parsed, every, base, people)
    if not episodes:
        raise SourceError(url, "is a feed without a recording in it", _REMEDY)
    publisher = feed.get("publisher_detail") or {}
    terms = filter(None, (_text(tag.get("term")) for tag in feed.get("tags") or ()))
    return OldShow(
        title=title,
        description=_text(feed.get("subtitle") or feed.get("summary")) or title,
        link=whole_address(feed.get("link"), base),
        language=feed.get("language"),
        owner_name=_text(publisher.get("name")),
        owner_email=_text(publisher.get("email")),
        serial=feed.get("itunes_type") == "serial",
        copyright=_text(feed.get("rights")),
        tags=replace(
            tags,
            author=tags.author or _text(feed.get("author")),
            category=tags.category or tuple(terms)[:1],
            funding=whole_address(tags.funding, base),
            license_href=whole_address(tags.license_href, base),
        ),
        guid=_text(feed.get("podcast_guid")),
        people=tuple(people.values()),
        episodes=tuple(episodes),
        notes=(*notes, *_lost(every)),
    )


def _lost(pages: Sequence[ShowTags]) -> Iterator[str]:
    """Yield a line that names the tags for which a show has no place, if any."""
    told = Counter(chain.from_iterable(i.lost for page in pages for i in page.items))
    told.update(pages[0].lost)
    if told:
        names = ", ".join(f"{name} ({told[name]})" for name in sorted(told))
        yield f"not brought over, and in how many places it stood: {names}"


def _people(named: Iterable[PersonTag], base: str) -> dict[str, Person]:
    """Return each person by name in small letters, as whoever is named first."""
    found: dict[str, Person] = {}
    taken: set[str] = set()
    for one in named:
        if (name := one.name.casefold()) not in found:
            taken.add(made := person_id(one.name, taken))
            href = whole_address(one.href, base)
            found[name] = Person(id=made, name=one.name, role=one.role, href=href)
    return found


def whole_address(told: object, base: str) -> str | None:
    """Return a http(s) address as a feed at ``base`` means it, None for any other.

    What is whole stays as it is, to the letter.
    """
    address = str(told or "")
    if not address:
        return None
    try:
        whole = address if is_whole(address) else urljoin(base, address)
        parts = urlsplit(whole)
    except ValueError:
        return None
    return whole if parts.scheme in ("http", "https") and parts.netloc else None


def _episodes(
    pages: Sequence[Any],
    tags: Sequence[ShowTags],
    base: str,
    people: Mapping[str, Person],
) -> tuple[list[OldEpisode], list[str]]:
    """Return each episode once, and what is to be said of items, a line each."""
    episodes: dict[str, OldEpisode] = {}
    notes: list[str] = []
    taken: set[str] = set()
    shows = picture_address(pages[0].feed)
    for entry, told in _entries(pages, tags):
        sound = _sound(entry, base)
        if sound is None:
            notes.append(f"left out, it has no sound: {_title(entry) or 'an item'}")
            continue
        made = _episode(entry, told, sound, taken)
        picture = picture_address(entry)
        files: dict[OldFile, str | None] = {
            "picture": None if picture == shows else picture,
            "chapters": whole_address(told.chapters, base),
            "transcript": whole_address(told.transcript, base),
        }
        ids = tuple(people[one.name.casefold()].id for one in told.people)
        made = replace(
            made,
            episode=replace(made.episode, people=ids),
            files={k: v for k, v in files.items() if v},
        )
        first = episodes.setdefault(made.episode.guid, made)
        if first is made:
            taken.add(made.slug)
            notes += _hidden(entry, made)
            if told.padded:
                notes.append(
                    "blanks around its GUID are gone, so the few apps that keep them"
                    f" show it once more: {made.episode.title}"
                )
        elif first.episode.enclosure != sound:
            notes.append(
                f"left out, for it has the GUID of {first.episode.title!r}, and apps"
                f" show one of the two: {made.episode.title} ({sound.url})"
            )
    return list(episodes.values()), notes


def _entries(
    pages: Sequence[Any], tags: Sequence[ShowTags]
) -> Iterator[tuple[Mapping[str, Any], ItemTags]]:
    """Yield feedparser's entries, each with its tags where both saw the same items."""
    for page, told in zip(pages, tags, strict=True):
        same = len(told.items) == len(page.entries)
        yield from zip(
            page.entries, told.items if same else repeat(ItemTags()), strict=False
        )


def _hidden(entry: Mapping[str, Any], made: OldEpisode) -> Iterator[str]:
    """Yield why an episode is a draft, and what else its file has no key for."""
    where = f"episodes/{made.slug}/episode.toml"
    if made.episode.published is None:
        told = f"date {entry.get('published')!r}" if entry.get("published") else "date"
        yield f"a draft, for it has no {told} that can be read: write it into {where}"
    elif made.episode.status == "draft":
        yield f"a draft, for the feed hides it (itunes:block): {where}"


def _sound(entry: Mapping[str, Any], base: str) -> HostedEnclosure | None:
    offered = [
        (address, _type(address, one), one)
        for one in entry.get("enclosures") or ()
        if (address := whole_address(one.get("href"), base))
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
    entry: Mapping[str, Any], told: ItemTags, sound: HostedEnclosure, taken: set[str]
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
        summary=_summary(summary, whole),
        kind=_KINDS.get(str(entry.get("itunes_episodetype") or "").lower(), "full"),
        season=_number(entry.get("itunes_season")),
        number=_number(entry.get("itunes_episode")),
        explicit=told.explicit,
        chapters=told.listed or chapters_in(whole),
        enclosure=sound,
    )
    slug = slug_for(held, episode.title, taken)
    return OldEpisode(slug=slug, episode=episode, notes=notes_markdown(whole))


def _summary(summary: str, notes: str) -> str | None:
    """Return the summary, its first paragraph where it is the show notes once more."""
    text = _text(summary)
    if text is None or text != _text(notes):
        return text
    paragraphs = (" ".join(one.split()) for one in plain_text(notes).split("\n\n"))
    return next(filter(None, paragraphs))


def _day(entry: Mapping[str, Any], published: datetime | None) -> date:
    """Return the day as the publisher's clock told it; many say GMT: then as ours does."""
    try:
        written = parsedate_to_datetime(str(entry.get("published")))
    except (ValueError, OverflowError):
        written = None
    if published is not None and written is not None and written.utcoffset():
        return published.astimezone(written.tzinfo).date()
    if published is None and (day := date_in_words(str(entry.get("published")))):
        return day
    return (published or datetime.now(UTC)).astimezone().date()


def _moment(stamp: Any) -> datetime | None:
    """Return a parsed date in UTC; None where ``episode.toml`` would not take it."""
    try:
        moment = datetime.fromtimestamp(timegm(stamp), UTC) if stamp else None
    except (ValueError, OverflowError, OSError):
        return None
    return moment if moment and 1 < moment.year < 9999 else None


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


def picture_address(feed: Mapping[str, Any]) -> str | None:
    """Return where the picture of a feed or an item is, None where it has none."""
    image = feed.get("image") or {}
    return str(image.get("href") or image.get("url") or "") or None
