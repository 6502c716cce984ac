"""The elements that feedgen does not write, or writes wrongly.

feedgen calls ``extend_ns`` and ``extend_rss`` of an extension after its own
elements. What is here and why: itunes:explicit (feedgen refuses true and false),
itunes:category (a quotation mark breaks its XPath), itunes:image (it drops a channel's ``.jpeg``), every date (it calls setlocale, which
is not thread-safe), atom:link other than self, dc:creator, and podcast:
(podcastindex.org/namespace/1.0).
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from email.utils import format_datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pullquote.publish.feeds.feed_parts import secure
from pullquote.publish.feeds.feed_text import clean_text, shorten
from pullquote.publish.feeds.feed_view import (
    Channel,
    EpisodeItem,
    FeedEnclosure,
    FeedItem,
    FeedPerson,
    PodcastChannel,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

ATOM = "http://www.w3.org/2005/Atom"
DC = "http://purl.org/dc/elements/1.1/"
HISTORY = "http://purl.org/syndication/history/1.0"
ITUNES = "http://www.itunes.com/dtds/podcast-1.0.dtd"
PODCAST = "https://podcastindex.org/namespace/1.0"


class ChannelExtension:
    """Writes into ``<channel>`` what ``view`` says."""

    view: Channel

    def extend_ns(self) -> dict[str, str]:
        """Return the prefixes that the root declares."""
        names = {"atom": ATOM, "dc": DC, "fh": HISTORY}
        if self.view.podcast:
            names |= {"itunes": ITUNES, "podcast": PODCAST}
        return names

    def extend_rss(self, rss: _Element) -> _Element:
        """Add the elements, return the root."""
        channel, view = rss[0], self.view
        if view.updated:
            add(channel, "lastBuildDate", format_moment(view.updated))
        if view.hub:
            add(channel, f"{{{ATOM}}}link", rel="hub", href=view.hub)
        for relation, href in view.pages:
            add(channel, f"{{{ATOM}}}link", rel=relation, href=href)
        if view.complete:
            add(channel, f"{{{HISTORY}}}complete")
        if view.podcast:
            _channel_itunes(channel, view, view.podcast)
            _channel_podcast(channel, view, view.podcast)
        return rss


class ItemExtension:
    """Writes into ``<item>`` what ``view`` says."""

    view: FeedItem

    def extend_rss(self, item: _Element) -> _Element:
        """Add the elements, return the item."""
        view = self.view
        add(item, "pubDate", format_moment(view.published))
        if view.corrected:
            add(item, f"{{{ATOM}}}updated", view.corrected.isoformat())
        for author in view.authors:
            add(item, f"{{{DC}}}creator", author)
        if view.episode:
            add(item, f"{{{ITUNES}}}explicit", _boolean(view.episode.explicit))
            if view.episode.image:
                add(item, f"{{{ITUNES}}}image", href=view.episode.image)
            _item_podcast(item, view.episode)
        return item


def add(
    parent: _Element, name: str, content: str | None = None, **attributes: str | None
) -> None:
    """Append an element; attributes that are None are left out."""
    given = {k: clean_text(v) for k, v in attributes.items() if v is not None}
    _sub_element()(parent, name, given).text = (
        None if content is None else clean_text(content)
    )


@cache
def _sub_element() -> Callable[[_Element, str, dict[str, str]], _Element]:
    from lxml.etree import SubElement

    return SubElement


@lru_cache(maxsize=1 << 10)  # the answers of an episode have one moment
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


def _channel_itunes(channel: _Element, view: Channel, podcast: PodcastChannel) -> None:
    add(channel, f"{{{ITUNES}}}explicit", _boolean(podcast.explicit))
    _add_category(channel, podcast.category)
    if moved := podcast.new_feed_url:
        add(channel, f"{{{ITUNES}}}new-feed-url", moved)
    if view.image:
        add(channel, f"{{{ITUNES}}}image", href=view.image)


def _add_category(parent: _Element, category: tuple[str, ...]) -> None:
    """Append Apple's category with the next one inside it."""
    if category:
        add(parent, f"{{{ITUNES}}}category", text=category[0])
        _add_category(parent[-1], category[1:])


def _channel_podcast(channel: _Element, view: Channel, podcast: PodcastChannel) -> None:
    _add(channel, "guid", podcast.guid)
    _add(channel, "medium", "podcast")
    locked = "yes" if podcast.locked else "no"
    _add(channel, "locked", locked, owner=podcast.owner_email)
    if podcast.podping:
        _add(channel, "podping", usesPodping="true")
    _add(channel, "txt", _boolean(podcast.synthetic), purpose="ai-content")
    if podcast.license:
        _add(channel, "license", podcast.license, url=podcast.license_href)
    if podcast.funding:
        _add(channel, "funding", podcast.funding_text, url=podcast.funding)
    for person in podcast.people:
        _add_person(channel, person)
    for item in view.items:
        if item.episode and item.episode.kind == "trailer":
            _add_trailer(channel, item, item.episode)


def _add_trailer(channel: _Element, item: FeedItem, episode: EpisodeItem) -> None:
    _add(
        channel,
        "trailer",
        shorten(item.title, 128),
        pubdate=format_moment(item.published),
        url=episode.enclosure.url,
        length=str(episode.enclosure.length),
        type=episode.enclosure.type,
        season=str(episode.season) if episode.season else None,
    )


def _add_alternate(item: _Element, sound: FeedEnclosure) -> None:
    """Append the same sound in another format, with what proves it whole (W3C SRI)."""
    seconds = max(1, sound.duration) / 1000
    _add(
        item,
        "alternateEnclosure",
        type=sound.type,
        length=str(sound.length),
        bitrate=str(round(sound.length * 8 / seconds)),
        title="M4A",
    )
    _add(item[-1], "source", uri=sound.url)
    if sound.sha256:
        digest = b64encode(bytes.fromhex(sound.sha256)).decode()
        _add(item[-1], "integrity", type="sri", value=f"sha256-{digest}")


def _item_podcast(item: _Element, episode: EpisodeItem) -> None:
    if episode.alternate and secure(episode.alternate.url):
        _add_alternate(item, episode.alternate)
    for transcript in episode.transcripts:
        _add(item, "transcript", **asdict(transcript))
    if episode.chapters:
        _add(item, "chapters", url=episode.chapters, type="application/json+chapters")
    if episode.season:
        _add(item, "season", str(episode.season))
    if episode.number:
        _add(item, "episode", str(episode.number))
    for person in episode.people:
        _add_person(item, person)
    for bite in episode.soundbites:
        _add(
            item,
            "soundbite",
            bite.title,
            startTime=format_seconds(bite.start),
            duration=format_seconds(bite.duration),
        )
    if secure(episode.watch):
        _add(item, "contentLink", episode.watch_text, href=episode.watch)
    _add(item, "txt", _boolean(episode.synthetic), purpose="ai-content")


def _add_person(parent: _Element, person: FeedPerson) -> None:
    told = asdict(person)
    _add(parent, "person", told.pop("name"), **told)


def _add(
    parent: _Element, tag: str, text: str | None = None, **attributes: str | None
) -> None:
    add(parent, f"{{{PODCAST}}}{tag}", text, **attributes)
