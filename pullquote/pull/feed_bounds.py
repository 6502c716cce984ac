"""What no podcast's feed holds but an attack does: refused before it is parsed."""

from __future__ import annotations

import re

from pullquote.errors import SourceError

FEED_BYTES = 12_000_000
"""Of a page, unpacked."""
_MOST_ELEMENTS = 120_000  # of a page: five thousand episodes have 70,000
_MENDED_BYTES, _MENDED_TAGS = 2_000_000, 100_000
"""Of a page that is no XML and has to be guessed at, which takes longer."""
_LONG_TAG = re.compile(rb"<[A-Za-z][^<>]{20000}")


def check_feed(data: bytes, url: str) -> None:
    """Raise SourceError for what no podcast's feed holds but an attack does.

    Bombs of entities, files of this machine (XXE), and what would take minutes.
    """
    problem = _unreasonable(data)
    if problem is not None:
        raise SourceError(url, problem, "ask whoever publishes it for a feed in pages")


def _unreasonable(data: bytes) -> str | None:
    from lxml import etree

    if len(data) > FEED_BYTES:
        return f"is larger than {FEED_BYTES // 1_000_000} MB"
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
