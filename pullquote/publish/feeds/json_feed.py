"""The answers as JSON Feed 1.1 (jsonfeed.org/version/1.1), for sites and scripts."""

from __future__ import annotations

from collections.abc import Sequence
from json import JSONEncoder
from typing import Any

from pullquote.publish.feeds.feed_view import Channel, FeedItem

_ENCODER = JSONEncoder(ensure_ascii=False)
_VERSION = "https://jsonfeed.org/version/1.1"


def write_json(view: Channel, written: Sequence[bytes | None] = ()) -> bytes:
    """Return a feed as JSON Feed 1.1, an item a line.

    ``written`` are its items in order as ``written_lines`` found them in another
    document of the same show, None for those of ``view``.
    """
    head = _present(
        version=_VERSION,
        title=view.title,
        home_page_url=view.link,
        feed_url=view.address,
        next_url=dict(view.pages).get("next"),
        description=view.description,
        icon=view.image,
        language=view.language,
        hubs=[{"type": "WebSub", "url": view.hub}] if view.hub else None,
    )
    fresh = (_ENCODER.encode(_item(item)).encode() for item in view.items)
    items = [item or next(fresh) for item in written] if any(written) else [*fresh]
    start = f'{_ENCODER.encode(head)[:-1]}, "items": ['.encode()
    return b"".join((start, b"\n", b",\n".join(items), _END))


_END = b"\n]}\n"


def written_lines(feed: bytes, count: int) -> list[bytes]:
    """Return each of a document's items as it is written: no text has a line end.

    Raises ValueError if these are not ``count``.
    """
    items = feed.removesuffix(_END).split(b"\n")[1:]
    if len(items) != count:
        raise ValueError("items cannot be told apart")
    return [item.removesuffix(b",") for item in items]


def _item(item: FeedItem) -> dict[str, Any]:
    return _present(
        id=item.guid,
        url=item.link,
        title=item.title,
        summary=item.description,
        content_html=item.content,
        date_published=item.published.isoformat(),
        date_modified=item.corrected.isoformat() if item.corrected else None,
        authors=[{"name": name} for name in item.authors],
        tags=list(item.categories) or None,
        language=item.language,
    )


def _present(**values: Any) -> dict[str, Any]:
    """Return the values that are known: JSON Feed has no null."""
    return {key: value for key, value in values.items() if value is not None}
