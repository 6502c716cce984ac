"""Write feeds as RSS 2.0: the only module that knows feedgen.

feedgen writes the plain RSS and iTunes elements, ``podcast_namespace`` the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pullquote.publish.feeds.feed_parts import as_html
from pullquote.publish.feeds.feed_view import Channel, EpisodeItem, FeedItem
from pullquote.publish.feeds.podcast_namespace import ChannelExtension, ItemExtension

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
"""Letter for letter as Apple asks for it; lxml writes single quotes."""


def write_rss(view: Channel, written: Sequence[bytes | None] = ()) -> bytes:
    """Return a feed as RSS 2.0, UTF-8, an element a line.

    The same view gives the same bytes on any machine, in any locale and timezone, and
    in any thread.

    ``written`` are its items in order as ``written_items`` found them in another
    document of the same show, None for those of ``view``. Raises ValueError where
    these cannot be told apart.
    """
    # feedgen.util fails if it is imported before feedgen.feed
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    if view.podcast:
        feed.load_extension("podcast", atom=False)
    feed.register_extension(
        "pullquote", ChannelExtension, ItemExtension, atom=False, rss=True
    )
    feed.pullquote.view = view
    _write_channel(feed, view)
    for item in view.items:
        _write_item(feed.add_entry(order="append"), item)
    data: bytes = feed.rss_str(pretty=True, xml_declaration=False)
    data = _DECLARATION + data
    if not any(written):
        return data
    fresh = iter(written_items(data, len(view.items)))
    items = (item or next(fresh) for item in written)
    head, _, tail = data.rpartition(_END)
    head = head.partition(_ITEM)[0]
    return b"".join((head, *(_ITEM + item for item in items), _END, tail))


def get_ready() -> None:
    """Load what writes feeds: once for all processes that are forked later."""
    import feedgen.feed  # noqa: F401


_ITEM, _ITEM_ENDS, _END = b"\n    <item>\n", b"\n    </item>", b"\n  </channel>"


def written_items(feed: bytes, count: int) -> list[bytes]:
    """Return each of a document's items as it is written.

    Raises ValueError if these are not ``count``, as where a text looks like an item.
    """
    items = feed.rpartition(_END)[0].split(_ITEM)[1:]
    whole = all(
        one.endswith(_ITEM_ENDS) and one.count(_ITEM_ENDS) == 1 for one in items
    )
    if len(items) != count or not whole:
        raise ValueError("items cannot be told apart")
    return items


def _write_channel(feed: Any, view: Channel) -> None:
    feed.title(view.title)
    feed.description(as_html(view.description))
    feed.link(href=view.address, rel="self", type="application/rss+xml")
    # last: feedgen takes the channel's <link> from the last call
    feed.link(href=view.link, rel="alternate")
    feed.language(view.language)
    feed.generator("Pullquote")
    feed.docs("https://www.rssboard.org/rss-specification")
    # None keeps feedgen from writing the current time, through setlocale; the
    # extension writes it. There is no public way: lastBuildDate(None) only reads.
    feed._FeedGenerator__rss_lastBuildDate = None
    if view.copyright:
        feed.copyright(view.copyright)
    if view.image:
        feed.image(url=view.image, title=view.title, link=view.link)
    if view.podcast:
        podcast = view.podcast
        feed.podcast.itunes_author(podcast.author)
        feed.podcast.itunes_type("serial" if podcast.serial else "episodic")
        if podcast.owner_name and podcast.owner_email:
            feed.podcast.itunes_owner(
                name=podcast.owner_name, email=podcast.owner_email
            )


def _write_item(entry: Any, item: FeedItem) -> None:
    entry.pullquote.view = item
    entry.title(item.title)
    entry.link(href=item.link, rel="alternate")
    entry.guid(item.guid, permalink=False)
    entry.description(as_html(item.description))
    entry.content(item.content, type="CDATA")
    for category in item.categories:
        entry.category(term=category)
    if item.episode:
        _write_episode(entry, item.episode)


def _write_episode(entry: Any, episode: EpisodeItem) -> None:
    sound = episode.enclosure
    # a str: feedgen takes an int and fails later
    entry.enclosure(url=sound.url, length=str(sound.length), type=sound.type)
    if sound.duration:  # 0 where the old host's feed told none
        entry.podcast.itunes_duration(str(max(1, round(sound.duration / 1000))))
    entry.podcast.itunes_episode_type(episode.kind)
    if episode.season:
        entry.podcast.itunes_season(episode.season)
    if episode.number:
        entry.podcast.itunes_episode(episode.number)
