"""The elements that feedgen does not write, or writes wrongly.

What is here and why: itunes:explicit (feedgen refuses true and false),
itunes:category (a quotation mark breaks its XPath), itunes:image (it drops a channel's ``.jpeg``), every date (it calls setlocale, which
is not thread-safe), atom:link other than self, dc:creator, podcast:
(podcastindex.org/namespace/1.0), and all that is itunes: of an item, for feedgen takes
most of the time that a feed takes. Elements are lines of XML, which ``feed`` puts after those of feedgen.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from email.utils import format_datetime
from functools import lru_cache

from pullquote.publish.feed_parts import secure
from pullquote.publish.feed_text import clean_text, shorten
from pullquote.publish.feed_view import (
    Channel,
    EpisodeItem,
    FeedEnclosure,
    FeedItem,
    FeedPerson,
    PodcastChannel,
)

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"


def namespaces(view: Channel) -> dict[str, str]:
    """Return the prefixes that the root declares."""
    names = {"atom": ATOM, "dc": DC, "fh": HISTORY}
    if view.podcast:
        names |= {"itunes": ITUNES, "podcast": PODCAST}
    return names


def channel_lines(view: Channel) -> Iterator[str]:
    """Yield what ``<channel>`` has beside feedgen's elements and its items."""
    if view.updated:
        yield element("lastBuildDate", format_moment(view.updated))
    if view.hub:
        yield element("atom:link", rel="hub", href=view.hub)
    for relation, href in view.pages:
        yield element("atom:link", rel=relation, href=href)
    if view.complete:
        yield element("fh:complete")
    if view.podcast:
        yield from _channel_itunes(view, view.podcast)
        yield from _channel_podcast(view, view.podcast)


def item_lines(view: FeedItem) -> Iterator[str]:
    """Yield what an ``<item>`` has beside feedgen's elements."""
    if view.episode:
        yield from _item_itunes(view.episode)
    yield element("pubDate", format_moment(view.published))
    if view.corrected:
        yield element("atom:updated", view.corrected.isoformat())
    for author in view.authors:
        yield element("dc:creator", author)
    if view.episode:
        yield element("itunes:explicit", _boolean(view.episode.explicit))
        if view.episode.image:
            yield element("itunes:image", href=view.episode.image)
        yield from _item_podcast(view.episode)


def element(name: str, content: str | None = None, **attributes: str | None) -> str:
    """Return an element as XML; attributes that are None are left out."""
    given = [f' {k}="{quoted(v)}"' for k, v in attributes.items() if v is not None]
    start = name + "".join(given)
    return f"<{start}/>" if content is None else f"<{start}>{escaped(content)}</{name}>"


def escaped(text: str) -> str:
    """Return text as it stands between tags."""
    text = clean_text(text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quoted(text: str) -> str:
    """Return text as it stands in an attribute; a parser makes any bare space a blank."""
    quoted = escaped(text).replace('"', "&quot;")
    return quoted.replace("\n", "&#10;").replace("\t", "&#9;")


def _around(outer: str, inside: Iterable[str]) -> Iterator[str]:
    """Yield an empty element's lines with others inside it."""
    yield f"{outer.removesuffix('/>')}>"
    yield from (f"  {line}" for line in inside)
    yield f"</{outer[1:].partition(' ')[0].removesuffix('/>')}>"


@lru_cache(maxsize=1 << 12)  # the answers of an episode have one moment
def format_moment(moment: datetime) -> str:
    """Return an RFC 822 date in GMT, English in every locale."""
    return format_datetime(moment, usegmt=True)


def format_seconds(ms: int) -> str:
    """Return seconds as the podcast: tags have them.

    >>> format_seconds(73_500), format_seconds(60_000)
    ('73.5', '60.0')
    """
    return str(ms / 1000)


def _boolean(value: bool) -> str:
    return "true" if value else "false"


def _channel_itunes(view: Channel, podcast: PodcastChannel) -> Iterator[str]:
    yield element("itunes:explicit", _boolean(podcast.explicit))
    yield from _categories(podcast.category)
    if view.image:
        yield element("itunes:image", href=view.image)


def _categories(category: tuple[str, ...]) -> Iterator[str]:
    """Yield Apple's category with the next one inside it."""
    if category:
        outer = element("itunes:category", text=category[0])
        inside = [*_categories(category[1:])]
        yield from _around(outer, inside) if inside else [outer]


def _channel_podcast(view: Channel, podcast: PodcastChannel) -> Iterator[str]:
    yield element("podcast:guid", podcast.guid)
    yield element("podcast:medium", "podcast")
    yield element("podcast:locked", "yes", owner=podcast.owner_email)
    if podcast.podping:
        yield element("podcast:podping", usesPodping="true")
    yield element("podcast:txt", _boolean(podcast.synthetic), purpose="ai-content")
    if podcast.license:
        yield element("podcast:license", podcast.license, url=podcast.license_href)
    if podcast.funding:
        yield element("podcast:funding", podcast.funding_text, url=podcast.funding)
    yield from map(_person, podcast.people)
    for item in view.items:
        if item.episode and item.episode.kind == "trailer":
            yield _trailer(item, item.episode)


def _trailer(item: FeedItem, episode: EpisodeItem) -> str:
    return element(
        "podcast:trailer",
        shorten(item.title, 128),
        pubdate=format_moment(item.published),
        url=episode.enclosure.url,
        length=str(episode.enclosure.length),
        type=episode.enclosure.type,
        season=str(episode.season) if episode.season else None,
    )


def _alternate(sound: FeedEnclosure) -> Iterator[str]:
    """Yield the same sound in another format, with what proves it whole (W3C SRI)."""
    seconds = max(1, sound.duration) / 1000
    outer = element(
        "podcast:alternateEnclosure",
        type=sound.type,
        length=str(sound.length),
        bitrate=str(round(sound.length * 8 / seconds)),
        title="M4A",
    )
    inside = [element("podcast:source", uri=sound.url)]
    if sound.sha256:
        digest = b64encode(bytes.fromhex(sound.sha256)).decode()
        integrity = f"sha256-{digest}"
        inside.append(element("podcast:integrity", type="sri", value=integrity))
    return _around(outer, inside)


def _item_itunes(episode: EpisodeItem) -> Iterator[str]:
    seconds = max(1, round(episode.enclosure.duration / 1000))
    yield element("itunes:duration", str(seconds))
    if episode.season:
        yield element("itunes:season", str(episode.season))
    if episode.number:
        yield element("itunes:episode", str(episode.number))
    yield element("itunes:episodeType", episode.kind)


def _item_podcast(episode: EpisodeItem) -> Iterator[str]:
    if episode.alternate and secure(episode.alternate.url):
        yield from _alternate(episode.alternate)
    for transcript in episode.transcripts:
        yield element(
            "podcast:transcript",
            url=transcript.url,
            type=transcript.type,
            language=transcript.language,
        )
    if episode.chapters:
        kind = "application/json+chapters"
        yield element("podcast:chapters", url=episode.chapters, type=kind)
    if episode.season:
        yield element("podcast:season", str(episode.season))
    if episode.number:
        yield element("podcast:episode", str(episode.number))
    yield from map(_person, episode.people)
    for bite in episode.soundbites:
        yield element(
            "podcast:soundbite",
            bite.title,
            startTime=format_seconds(bite.start),
            duration=format_seconds(bite.duration),
        )
    if secure(episode.watch):
        yield element("podcast:contentLink", "Watch the recording", href=episode.watch)
    yield element("podcast:txt", _boolean(episode.synthetic), purpose="ai-content")


@lru_cache(maxsize=1 << 10)  # the same people speak in episode after episode
def _person(person: FeedPerson) -> str:
    return element(
        "podcast:person",
        person.name,
        role=person.role,
        group=person.group,
        href=person.href,
        img=person.img,
    )
