"""An episode, the recording it came from and the enclosure made of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from pullquote.model.strict import Strict

EpisodeStatus = Literal["draft", "published"]
EpisodeKind = Literal["full", "trailer", "bonus"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording(Strict):
    """The media as pulled. It is never changed."""

    file: str
    """Name inside the episode's folder, ``recording.opus``."""
    sha256: str
    duration: int
    """Milliseconds."""
    source: str
    """Where it was pulled from: address or path, as the source named it."""
    source_id: str
    """By which the source knows it; what was pulled once is not pulled again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Enclosure:
    """What the feed points at, as ``enclosure.json`` holds it."""

    file: str
    length: int
    """Bytes."""
    type: str
    """MIME type, ``audio/mpeg``."""
    duration: int
    """Milliseconds."""
    sha256: str
    loudness: float
    """Integrated loudness in LUFS (ITU-R BS.1770)."""
    made_from: str
    """Digest of the recording and the tags it was made from."""
    sound_from: str | None = None
    """Digest of all but the tags; where it still holds, tags alone are written anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HostedEnclosure(Strict):
    """An enclosure that stays where another host published it.

    While ``episode.toml`` names one, the feed points there: subscribers who have
    it see no new file.
    """

    url: str
    length: int
    """Bytes, as that feed told."""
    type: str
    duration: int
    """Milliseconds; 0 where it was not told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter(Strict):
    """A named stretch of an episode. ``start`` in milliseconds."""

    start: int
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode(Strict):
    """One episode's facts: everything in ``episode.toml``."""

    guid: str
    """Permanent; subscribers' clients know the episode by it."""
    title: str
    held: date
    """The day the webinar took place."""
    status: EpisodeStatus = "draft"
    published: datetime | None = None
    """When subscribers get it; aware. Needed once the status is published."""
    summary: str | None = None
    people: tuple[str, ...] = ()
    """Ids of the people who speak, host first."""
    watch: str | None = None
    """Public address where the recording can be watched."""
    kind: EpisodeKind = "full"
    season: int | None = None
    number: int | None = None
    cover: str | None = None
    """Square picture, a file in the episode's folder; without it the show's."""
    explicit: bool | None = None
    """Not for children (itunes:explicit); None: as the show is."""
    synthetic: bool = False
    """Voices and people are made up; pages and feeds say so."""
    chapters: tuple[Chapter, ...] = ()
    recording: Recording | None = None
    enclosure: HostedEnclosure | None = None
    """Where the feed points instead of at an enclosure of our own."""
