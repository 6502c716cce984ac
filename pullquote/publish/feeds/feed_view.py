"""What a feed says, before anybody asks how it is written down.

All text here is clean (see ``feed_text``), all addresses are absolute, all dates
are aware and in UTC. Builders make these from a Library; ``feed.py`` writes them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from pullquote.model.episode import EpisodeKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEnclosure:
    """The sound of an item. ``length`` in bytes, ``duration`` in milliseconds."""

    url: str
    length: int
    type: str
    duration: int
    sha256: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPerson:
    """podcast:person: who speaks, with a role of the Podcast Taxonomy."""

    name: str
    role: str = "guest"
    group: str = "cast"
    href: str | None = None
    img: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedTranscript:
    """podcast:transcript: one form of the transcript."""

    url: str
    type: str
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundbite:
    """podcast:soundbite: times in milliseconds of the enclosure."""

    start: int
    duration: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeItem:
    """What only an item with sound has."""

    enclosure: FeedEnclosure
    alternate: FeedEnclosure | None = None
    """The same sound in another format."""
    kind: EpisodeKind = "full"
    explicit: bool = False
    synthetic: bool = False
    season: int | None = None
    number: int | None = None
    image: str | None = None
    """Address of the episode's own picture; without it clients show the channel's."""
    people: tuple[FeedPerson, ...] = ()
    transcripts: tuple[FeedTranscript, ...] = ()
    chapters: str | None = None
    """Address of the chapters JSON."""
    soundbites: tuple[Soundbite, ...] = ()
    watch: str | None = None
    watch_text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedItem:
    """One item of any feed."""

    guid: str
    title: str
    link: str
    description: str
    """Short and plain."""
    content: str
    """Everything, as HTML."""
    published: datetime
    corrected: datetime | None = None
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    language: str | None = None
    """BCP 47, where it is not the feed's."""
    episode: EpisodeItem | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PodcastChannel:
    """What only a podcast's channel has."""

    guid: str
    author: str
    category: tuple[str, ...]
    serial: bool
    explicit: bool
    synthetic: bool
    owner_name: str | None = None
    owner_email: str | None = None
    people: tuple[FeedPerson, ...] = ()
    license: str | None = None
    license_href: str | None = None
    funding: str | None = None
    funding_text: str = ""
    podping: bool = False
    locked: bool = True
    new_feed_url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Channel:
    """A whole feed, items newest first."""

    title: str
    link: str
    address: str
    """Where the feed itself stands."""
    description: str
    language: str
    copyright: str | None = None
    image: str | None = None
    hub: str | None = None
    updated: datetime | None = None
    """When its content last changed; None while it is empty."""
    items: tuple[FeedItem, ...] = ()
    complete: bool = True
    """Every item is in this one document (RFC 5005, 2)."""
    pages: tuple[tuple[str, str], ...] = ()
    """Relation and address of the feed's other documents (RFC 5005, 3)."""
    podcast: PodcastChannel | None = None


def noon(day: date) -> datetime:
    """Return 12:00 UTC of a day that has no time of its own.

    A review has a date only. At noon UTC it is that same day from UTC-12 to
    UTC+11, so that nearly every reader's client shows the date that was signed.
    """
    return datetime.combine(day, time(12), tzinfo=UTC)
