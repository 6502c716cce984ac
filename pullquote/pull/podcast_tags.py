"""What feedparser does not tell of a podcast's feed, read with lxml.

It gives the owner's name for ``itunes:author``, does not say which category lies in
another, takes ``itunes:explicit`` for true where it is "yes" but not where it is
Apple's "true", and keeps the last ``podcast:transcript`` of several.
Tags: https://podcasters.apple.com/support/823 and https://podcasting2.org/docs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

_SPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
}
"""Namespaces, in small letters: hosts write Apple's in several ways."""
_TRANSCRIPTS = (
    "text/vtt",
    "application/json",
    "application/x-subrip",
    "application/srt",
)
"""What can be imported, the best first."""
_EXPLICIT = {"yes": True, "true": True, "explicit": True}
_CLEAN = {"no": False, "false": False, "clean": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTags:
    """Of one item. Addresses are as the feed has them."""

    explicit: bool | None = None
    """None where the item does not say."""
    chapters: str | None = None
    transcript: str | None = None
    """In the best of the forms that can be imported."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowTags:
    """Of the channel, and of its items in their order."""

    author: str | None = None
    category: tuple[str, ...] = ()
    """Apple's, and its subcategory where the feed has one."""
    explicit: bool = False
    funding: str | None = None
    funding_text: str | None = None
    license: str | None = None
    license_href: str | None = None
    items: tuple[ItemTags, ...] = ()


def podcast_tags(page: bytes) -> ShowTags:
    """Return the tags of a feed's page; nothing of what lxml cannot make out.

    The page has passed ``check_feed``: it is bounded, and declares no entities.
    """
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(page, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    channel = next((e for e in _elements(root) if _name(e) == "channel"), None)
    found = dict(_tags(channel))
    funding, terms = found.get("podcast:funding"), found.get("podcast:license")
    return ShowTags(
        author=_text(found.get("itunes:author")),
        category=_category(found.get("itunes:category")),
        explicit=_EXPLICIT.get(_word(found.get("itunes:explicit")), False),
        funding=_attribute(funding, "url"),
        funding_text=_text(funding),
        license=_text(terms),
        license_href=_attribute(terms, "url"),
        items=tuple(_item(e) for e in _elements(root) if _name(e) == "item"),
    )


def _item(item: Any) -> ItemTags:
    found = dict(_tags(item))
    offered = {
        _attribute(tag, "type"): _attribute(tag, "url")
        for name, tag in _tags(item)
        if name == "podcast:transcript"
    }
    return ItemTags(
        explicit=(_EXPLICIT | _CLEAN).get(_word(found.get("itunes:explicit"))),
        chapters=_attribute(found.get("podcast:chapters"), "url"),
        transcript=next(filter(None, map(offered.get, _TRANSCRIPTS)), None),
    )


def _elements(root: Any) -> Iterator[Any]:
    return iter(()) if root is None else root.iter("{*}*")


def _tags(parent: Any) -> Iterator[tuple[str, Any]]:
    """Yield name and element of each child, last one first: of two the first counts."""
    children = () if parent is None else parent.iterchildren("{*}*", reversed=True)
    return ((_name(child), child) for child in children)


def _name(element: Any) -> str:
    """Return ``itunes:author`` for any way of writing it, ``item`` for other names."""
    space, _, name = element.tag.rpartition("}")
    prefix = _SPACES.get(space[1:].lower())
    return f"{prefix}:{name}" if prefix else name


def _text(element: Any) -> str | None:
    text = "" if element is None else " ".join(element.itertext())
    return " ".join(text.split()) or None


def _word(element: Any) -> str:
    return (_text(element) or "").lower()


def _attribute(element: Any, name: str) -> str | None:
    return None if element is None else " ".join(element.get(name, "").split()) or None


def _category(element: Any) -> tuple[str, ...]:
    inner = dict(_tags(element)).get("itunes:category")
    names = (_attribute(one, "text") for one in (element, inner))
    return tuple(name for name in names if name)
