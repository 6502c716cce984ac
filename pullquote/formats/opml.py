"""OPML 2.0 (http://opml.org/spec2.opml): lists of feeds, as readers and apps exchange."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import quoteattr

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text

_APPS = re.compile(r"^(?:feed|itpc|pcast|podcast)(?:(://)|:(?=https?://))", re.I)
_REMEDY = "export your subscriptions as OPML again"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A feed that an OPML file lists."""

    title: str
    url: str
    """Address of the feed."""
    page: str | None = None
    """Address of its site."""


def format_opml(title: str, feeds: Sequence[Subscription]) -> str:
    """Return the file's text; equal feeds give equal bytes."""
    rows = "".join(f"    <outline {_attributes(feed)}/>\n" for feed in feeds)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<opml version="2.0">\n'
        f"  <head><title>{quoteattr(title)[1:-1]}</title></head>\n"
        f"  <body>\n{rows}  </body>\n</opml>\n"
    )


def _attributes(feed: Subscription) -> str:
    given = {"type": "rss", "text": feed.title, "title": feed.title, "xmlUrl": feed.url}
    if feed.page:
        given["htmlUrl"] = feed.page
    return " ".join(f"{name}={quoteattr(value)}" for name, value in given.items())


def parse_opml(text: str, path: Path) -> tuple[Subscription, ...]:
    """Return the feeds of all folders, each address once, in their order.

    Raises ContentError if it is no OPML; ``path`` is for messages alone.
    """
    from lxml import etree

    # no entities, no network: the file may come from anywhere
    parser = etree.XMLParser(resolve_entities=False, no_network=True, encoding="utf-8")
    try:
        root = etree.fromstring(text.encode(), parser)
    except etree.XMLSyntaxError as error:
        raise ContentError(
            path, f"is not XML ({error.msg})", _REMEDY, line=error.lineno
        ) from error
    if root.tag != "opml":
        raise ContentError(path, "is not OPML", _REMEDY)
    found: dict[str, Subscription] = {}
    for node in root.iter("outline"):
        url = _on_the_web((node.get("xmlUrl") or "").strip())
        if url:
            title = node.get("title") or node.get("text") or url
            page = node.get("htmlUrl") or None
            found.setdefault(url, Subscription(title=title, url=url, page=page))
    return tuple(found.values())


def _on_the_web(url: str) -> str:
    """Return an address as it is fetched; apps write others, that open them.

    >>> _on_the_web("itpc://a.example/f"), _on_the_web("feed:https://a.example/f")
    ('http://a.example/f', 'https://a.example/f')
    """
    return _APPS.sub(lambda found: "http://" if found[1] else "", url)


def load_opml(path: Path) -> tuple[Subscription, ...]:
    """Read an OPML file. Raises ContentError."""
    return parse_opml(read_text(path), path)
