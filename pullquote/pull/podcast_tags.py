"""What feedparser does not tell of a podcast's feed, read with lxml.

It gives the owner's name for ``itunes:author``, does not say which category lies in
another, takes ``itunes:explicit`` for true where it is "yes" but not where it is
Apple's "true", keeps the last ``podcast:transcript`` and ``podcast:person`` of several,
and knows no Podlove Simple Chapters.
Tags: https://podcasters.apple.com/support/823, https://podcasting2.org/docs and
https://podlove.org/simple-chapters.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pullquote.model.episode import Chapter
from pullquote.model.show import Role

_SPACES = {
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
    "https://podcastindex.org/namespace/1.0": "podcast",
    "https://github.com/podcastindex-org/podcast-namespace/blob/main/docs/1.0.md": "podcast",
    "http://podlove.org/simple-chapters": "psc",
    "http://podlove.org/simple-chapters/": "psc",
}
"""Namespaces, in small letters: hosts write Apple's in several ways."""
_TRANSCRIPTS = (
    "text/vtt",
    "application/json",
    "application/x-subrip",
    "application/srt",
)
"""What can be imported, the best first."""
_CAPTIONS = tuple(kind for kind in _TRANSCRIPTS if "json" not in kind)
_ROLES: dict[str, Role] = {
    "": "host",  # as the namespace has it
    "host": "host",
    "co-host": "host",
    "cohost": "host",
    "guest": "guest",
    "guest host": "guest",
    "announcer": "announcer",
}
"""Roles of podcast:person that speak."""
_START = re.compile(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6})(?:\.(\d{1,3})\d*)?")
"""Normal Play Time (RFC 2326, 3.6), as Podlove Simple Chapters have it."""
_BROUGHT = frozenset(
    [
        "transcript",
        "chapters",
        "person",
        "season",
        "episode",
        "funding",
        "license",
        "guid",
        "locked",
        "medium",
        "trailer",
        "txt",
        "podping",
    ]
)
"""Of podcast's tags what comes over, is made anew, or is about the old host alone."""
_EXPLICIT = {"yes": True, "true": True, "explicit": True}
_CLEAN = {"no": False, "false": False, "clean": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonTag:
    """Somebody whom a feed names as speaking."""

    name: str
    role: Role
    href: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemTags:
    """Of one item. Addresses are as the feed has them."""

    explicit: bool | None = None
    """None where the item does not say."""
    chapters: str | None = None
    transcript: str | None = None
    """In the best of the forms that can be imported."""
    captions: str | None = None
    """The same in the best of those that are captions."""
    guid: str | None = None
    listed: tuple[Chapter, ...] = ()
    """Chapters that stand in the feed itself (Podlove Simple Chapters)."""
    people: tuple[PersonTag, ...] = ()
    """The channel's where the item names nobody, as the namespace has it."""
    lost: frozenset[str] = frozenset()
    """Podcasting 2.0's tags for which a show has no place."""
    padded: bool = False
    """Blanks stand around the GUID, which some apps take for a part of it."""


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
    people: tuple[PersonTag, ...] = ()
    lost: frozenset[str] = frozenset()
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
    people = _people(channel)
    funding, terms = found.get("podcast:funding"), found.get("podcast:license")
    return ShowTags(
        author=_text(found.get("itunes:author")),
        category=_category(found.get("itunes:category")),
        explicit=_EXPLICIT.get(_word(found.get("itunes:explicit")), False),
        funding=_attribute(funding, "url"),
        funding_text=_text(funding),
        license=_text(terms),
        license_href=_attribute(terms, "url"),
        people=people,
        lost=_lost(channel),
        items=tuple(_item(e, people) for e in _elements(root) if _name(e) == "item"),
    )


def _item(item: Any, shows: tuple[PersonTag, ...]) -> ItemTags:
    found = dict(_tags(item))
    offered = {
        _attribute(tag, "type"): _attribute(tag, "url")
        for name, tag in _tags(item)
        if name == "podcast:transcript"
    }
    guid = found.get("guid")
    spelled = "" if guid is None else guid.text or ""
    return ItemTags(
        explicit=(_EXPLICIT | _CLEAN).get(_word(found.get("itunes:explicit"))),
        chapters=_attribute(found.get("podcast:chapters"), "url"),
        transcript=next(filter(None, map(offered.get, _TRANSCRIPTS)), None),
        captions=next(filter(None, map(offered.get, _CAPTIONS)), None),
        guid=spelled.strip() or None,
        listed=_chapters(found.get("psc:chapters")),
        people=_people(item) or shows,
        lost=_lost(item),
        padded=spelled != spelled.strip(),
    )


def _lost(parent: Any) -> frozenset[str]:
    names = (name for name, _ in _tags(parent) if name.startswith("podcast:"))
    return frozenset(n for n in names if n.partition(":")[2] not in _BROUGHT)


def _people(parent: Any) -> tuple[PersonTag, ...]:
    """Return whom a channel or an item names as speaking, each once, in order."""
    found: dict[str, PersonTag] = {}
    for kind, tag in reversed([*_tags(parent)]):
        name, role = _text(tag), tag.get("role", "").strip().lower()
        if kind == "podcast:person" and name and role in _ROLES:
            href = _attribute(tag, "href")
            found.setdefault(name, PersonTag(name=name, role=_ROLES[role], href=href))
    return tuple(found.values())


def _chapters(element: Any) -> tuple[Chapter, ...]:
    titles: dict[int, str] = {}
    for _, tag in _tags(element):
        start = _START.fullmatch(_attribute(tag, "start") or "")
        if start and (title := _attribute(tag, "title")):
            hours, minutes, seconds = (int(part or 0) for part in start.group(1, 2, 3))
            ms = int((start[4] or "").ljust(3, "0"))
            titles[((hours * 60 + minutes) * 60 + seconds) * 1000 + ms] = title
    return tuple(Chapter(start=start, title=titles[start]) for start in sorted(titles))


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
