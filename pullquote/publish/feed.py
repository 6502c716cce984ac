"""Write feeds as RSS 2.0: the only module that knows feedgen.

feedgen writes the plain RSS elements and a channel's iTunes ones, ``podcast_namespace``
the rest. Of items feedgen is asked for each form once: filling it in is all that
thousands of answers need.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape
from typing import Any

from pullquote.publish.feed_parts import looks_like_markup
from pullquote.publish.feed_view import Channel, FeedItem
from pullquote.publish.podcast_namespace import (
    channel_lines,
    escaped,
    item_lines,
    namespaces,
    quoted,
)

_DECLARATION = b'<?xml version="1.0" encoding="UTF-8"?>\n'
"""Letter for letter as Apple asks for it; lxml writes single quotes."""


def write_rss(view: Channel, written: Sequence[bytes | None] = ()) -> bytes:
    """Return a feed as RSS 2.0, UTF-8, an element a line.

    The same view gives the same bytes on any machine, in any locale and timezone, and
    in any thread.

    ``written`` are its items in order as ``written_items`` found them in another
    document of the same show, None for those of ``view``.
    """
    head, end, tail = _channel(view).rpartition(_END)
    lines = "".join(f"\n    {line}" for line in channel_lines(view))
    fresh = (_item(item).encode() for item in view.items)
    items = [item or next(fresh) for item in written] if any(written) else fresh
    body = (b"".join((_ITEM, item)) for item in items)
    return b"".join((_DECLARATION, head, lines.encode(), *body, end, tail))


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


class _Namespaces:
    """Lets feedgen declare the prefixes of all that is written beside it."""

    view: Channel

    def extend_ns(self) -> dict[str, str]:
        """Return them."""
        return namespaces(self.view)

    def extend_rss(self, rss: Any) -> Any:
        """Return the root as it is."""
        return rss


def _channel(view: Channel) -> bytes:
    """Return the document without items, and without what feedgen does not write."""
    # feedgen.util fails if it is imported before feedgen.feed
    from feedgen.feed import FeedGenerator

    feed = FeedGenerator()
    if view.podcast:
        feed.load_extension("podcast", atom=False)
    feed.register_extension("pullquote", _Namespaces, atom=False, rss=True)
    feed.pullquote.view = view
    feed.title(view.title)
    feed.description(_as_html(view.description))
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
    data: bytes = feed.rss_str(pretty=True, xml_declaration=False)
    return data


def _item(item: FeedItem) -> str:
    """Return an item as ``written_items`` finds it."""
    sound = item.episode.enclosure if item.episode else None
    texts = (item.title, item.link, _as_html(item.description), item.guid)
    attributes = (sound.url, str(sound.length), sound.type) if sound else ()
    form = _form(len(item.categories), sound is not None).format(
        *map(escaped, (*texts, *item.categories)),
        *map(quoted, attributes),
        content=item.content.replace("]]>", "]]]]><![CDATA[>"),
    )
    lines = "".join(f"      {line}\n" for line in item_lines(item))
    return f"{form}{lines}    </item>"


@lru_cache
def _form(categories: int, sound: bool) -> str:
    """Return how feedgen writes an item, with a mark for each text of ``_item``."""
    from feedgen.feed import FeedGenerator

    marks = iter([f"{{{n}}}" for n in range(7 + categories)])
    feed = FeedGenerator()
    for write in (feed.title, feed.description):
        write("-")
    feed.link(href="-")
    feed._FeedGenerator__rss_lastBuildDate = None
    entry = feed.add_entry()
    entry.title(next(marks))
    entry.link(href=next(marks), rel="alternate")
    entry.description(next(marks))
    entry.guid(next(marks), permalink=False)
    entry.content("{content}", type="CDATA")
    for _ in range(categories):
        entry.category(term=next(marks))
    if sound:
        entry.enclosure(url=next(marks), length=next(marks), type=next(marks))
    data: bytes = feed.rss_str(pretty=True)
    (item,) = written_items(data, 1)
    return item.decode().removesuffix(_ITEM_ENDS.decode()) + "\n"


def _as_html(text: str) -> str:
    """Return a description so that clients, which read HTML, show ``a < b`` whole."""
    return escape(text, quote=False) if looks_like_markup(text) else text
