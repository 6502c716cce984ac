"""The rules of RSS 2.0, Apple, PSP-1 and Podcasting 2.0, read off a finished feed.

Written from the specifications, knows nothing of the code that makes feeds:
- RSS 2.0: rssboard.org/rss-specification; what the W3C validator adds to it
- Apple: podcasters.apple.com/support/823
- PSP-1: github.com/Podcast-Standards-Project/PSP-1-Podcast-RSS-Specification
- Podcasting 2.0: github.com/Podcastindex-org/podcast-namespace, docs/tags
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from lxml import etree

ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"

_DATE = re.compile(
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} "
    r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{4} "
    r"\d{2}:\d{2}:\d{2} (GMT|[+-]\d{4})"
)
_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_ENCLOSURES = {
    "audio/x-m4a": {".m4a"},
    "audio/mpeg": {".mp3"},
    "video/quicktime": {".mov"},
    "video/mp4": {".mp4"},
    "video/x-m4v": {".m4v"},
    "application/pdf": {".pdf"},
}
_TRANSCRIPTS = {
    "text/plain",
    "text/html",
    "text/vtt",
    "application/json",
    "application/x-subrip",
}
_CAST = {
    "host",
    "co-host",
    "guest host",
    "guest",
    "voice actor",
    "narrator",
    "announcer",
    "reporter",
}
_RELATIVE = re.compile(r"""(?:href|src)\s*=\s*["'](?!https?:|mailto:|tel:)""")


def faults(data: bytes, *, podcast: bool) -> list[str]:
    """Return every rule that the feed breaks; ``podcast`` adds the audio's rules."""
    found = []
    if not data.startswith(b'<?xml version="1.0" encoding="UTF-8"?>'):
        found.append("the XML declaration is not Apple's")
    root = etree.fromstring(data)
    found += _rss(root)
    if podcast:
        found += _itunes(root)
        found += _podcasting(root)
    return found


def _rss(root: etree._Element) -> Iterator[str]:
    if root.tag != "rss" or root.get("version") != "2.0":
        yield "is not RSS 2.0"
    channel = root[0]
    for tag in ("title", "link", "description"):
        if len(channel.findall(tag)) != 1 or not channel.findtext(tag):
            yield f"channel: not exactly one {tag}"
    own = [a for a in channel.findall(f"{ATOM}link") if a.get("rel") == "self"]
    if len(own) != 1 or own[0].get("type") != "application/rss+xml":
        yield "channel: not exactly one atom self link"
    elif own[0].get("href") == channel.findtext("link"):
        yield "channel: its link is the feed itself"
    if len(channel.findall("lastBuildDate")) > 1:
        yield "channel: several lastBuildDate"
    image = channel.find("image")
    if image is not None and image.findtext("link") != channel.findtext("link"):
        yield "channel: its image links elsewhere"
    yield from _dates(channel)
    guids: set[str] = set()
    for item in channel.findall("item"):
        yield from _rss_item(item, guids)


def _rss_item(item: etree._Element, guids: set[str]) -> Iterator[str]:
    guid = item.findtext("guid") or ""
    name = guid or item.findtext("title") or "item"
    for tag in ("title", "link", "guid", "pubDate", "description"):
        if len(item.findall(tag)) != 1 or not item.findtext(tag):
            yield f"{name}: not exactly one {tag}"
    if len(guid) < 8:
        yield f"{name}: guid not sufficiently unique"
    if guid in guids:
        yield f"{name}: guid used twice"
    guids.add(guid)
    if item.find("guid[@isPermaLink='false']") is None:
        yield f"{name}: guid would have to be an address"
    if len(item.findall("enclosure")) > 1:
        yield f"{name}: several enclosures"
    if "@" not in item.findtext("author", "@"):
        yield f"{name}: author without an e-mail address"
    yield from _content(item, name)


def _content(item: etree._Element, name: str) -> Iterator[str]:
    for tag in ("description", f"{CONTENT}encoded"):
        text = item.findtext(tag) or ""
        if "<script" in text.casefold():
            yield f"{name}: a script in {tag}"
        if _RELATIVE.search(text):
            yield f"{name}: a relative link in {tag}"


def _dates(channel: etree._Element) -> Iterator[str]:
    for tag in ("lastBuildDate", "pubDate"):
        for node in channel.iter(tag):
            fault = date_fault(node.text or "")
            if fault:
                yield f"{tag} {node.text!r}: {fault}"


def date_fault(text: str) -> str | None:
    """Return what is wrong with an RFC 822 date, the weekday included."""
    if not _DATE.fullmatch(text):
        return "is not RFC 822"
    try:
        moment: datetime = parsedate_to_datetime(text)
    except ValueError:
        return "is no date"
    if _WEEKDAYS[moment.weekday()] != text[:3]:
        return "has the wrong weekday"
    return None


def _itunes(root: etree._Element) -> Iterator[str]:
    """Check Apple's and PSP-1's required tags, values and sizes."""
    channel = root[0]
    yield from _itunes_channel(channel)
    for node in root.iter(f"{ITUNES}explicit"):
        if node.text not in ("true", "false"):
            yield f"itunes:explicit is {node.text!r}"
    for tag in ("summary", "keywords", "order", "isClosedCaptioned", "subtitle"):
        if root.find(f".//{ITUNES}{tag}") is not None:
            yield f"itunes:{tag} is not in Apple's specification"
    addresses: set[str] = set()
    for item in channel.findall("item"):
        yield from _enclosure(item, addresses)
        yield from _itunes_item(item)


def _itunes_channel(channel: etree._Element) -> Iterator[str]:
    for tag in ("image", "category", "explicit"):
        if len(channel.findall(f"{ITUNES}{tag}")) != 1:
            yield f"channel: not exactly one itunes:{tag}"
    if not re.fullmatch(r"[a-z]{2,3}(-[A-Za-z]{2})?", channel.findtext("language", "")):
        yield "channel: language is not ISO 639"
    if len(channel.findtext("description", "").encode()) > 4000:
        yield "channel: description over 4000 bytes"
    if channel.findtext(f"{ITUNES}type") not in ("episodic", "serial"):
        yield "channel: itunes:type"
    for image in channel.findall(f"{ITUNES}image"):
        path = urlsplit(image.get("href", "")).path.casefold()
        if not path.endswith((".jpg", ".jpeg", ".png")):
            yield "channel: artwork is neither JPEG nor PNG"


def _enclosure(item: etree._Element, addresses: set[str]) -> Iterator[str]:
    name = item.findtext("guid")
    enclosure = item.find("enclosure")
    if enclosure is None:
        yield f"{name}: no enclosure"
        return
    url, length = enclosure.get("url", ""), enclosure.get("length", "")
    if url in addresses:
        yield f"{name}: enclosure address used twice"
    addresses.add(url)
    if not url.isascii():
        yield f"{name}: enclosure address is not ASCII"
    if not length.isdecimal() or int(length) == 0:
        yield f"{name}: enclosure length {length!r}"
    endings = _ENCLOSURES.get(enclosure.get("type", ""), set())
    if not any(urlsplit(url).path.endswith(ending) for ending in endings):
        yield f"{name}: enclosure type and ending do not fit"


def _itunes_item(item: etree._Element) -> Iterator[str]:
    name = item.findtext("guid")
    if len(item.findtext("description", "").encode()) > 4000:
        yield f"{name}: description over 4000 bytes"
    for tag in ("duration", "season", "episode"):
        number = item.findtext(f"{ITUNES}{tag}", "1")
        if not number.isdecimal() or int(number) == 0:
            yield f"{name}: itunes:{tag} {number!r}"
    if item.findtext(f"{ITUNES}episodeType", "full") not in (
        "full",
        "trailer",
        "bonus",
    ):
        yield f"{name}: itunes:episodeType"


def _podcasting(root: etree._Element) -> Iterator[str]:
    """Check the podcast: tags."""
    channel = root[0]
    yield from _podcast_channel(channel)
    for node in root.iter(f"{PODCAST}*"):
        for attribute in ("url", "href", "img"):
            address = node.get(attribute)
            if address is not None and not address.startswith("https://"):
                yield f"{node.tag!r}: {attribute} {address!r} is not https"
    for person in root.iter(f"{PODCAST}person"):
        if not person.text or len(person.text) > 128:
            yield f"person {person.text!r}: empty or over 128 characters"
        if person.get("group", "cast") == "cast" and person.get("role") not in _CAST:
            yield f"person {person.text!r}: role {person.get('role')!r}"
    for txt in root.iter(f"{PODCAST}txt"):
        if txt.get("purpose") == "ai-content" and txt.text not in ("true", "false"):
            yield f"podcast:txt ai-content is {txt.text!r}"
    for item in channel.findall("item"):
        yield from _podcast_item(item)


def _podcast_channel(channel: etree._Element) -> Iterator[str]:
    for tag in ("guid", "locked", "medium"):
        if len(channel.findall(f"{PODCAST}{tag}")) != 1:
            yield f"channel: not exactly one podcast:{tag}"
    try:
        if uuid.UUID(channel.findtext(f"{PODCAST}guid", "")).version != 5:
            yield "podcast:guid is no UUIDv5"
    except ValueError:
        yield "podcast:guid is no UUID"
    if channel.findtext(f"{PODCAST}locked") not in ("yes", "no"):
        yield "podcast:locked"
    for trailer in channel.findall(f"{PODCAST}trailer"):
        fault = date_fault(trailer.get("pubdate", ""))
        if fault or not trailer.text or not trailer.get("url"):
            yield f"podcast:trailer: {fault or 'no title or address'}"
    if len(channel.findall(f"{PODCAST}license")) > 1:
        yield "channel: several podcast:license"


def _podcast_item(item: etree._Element) -> Iterator[str]:
    name = item.findtext("guid")
    for transcript in item.findall(f"{PODCAST}transcript"):
        if transcript.get("type") not in _TRANSCRIPTS or not transcript.get("url"):
            yield f"{name}: podcast:transcript {dict(transcript.attrib)}"
    chapters = item.findall(f"{PODCAST}chapters")
    if len(chapters) > 1 or any(
        node.get("type") != "application/json+chapters" for node in chapters
    ):
        yield f"{name}: podcast:chapters"
    end = int(item.findtext(f"{ITUNES}duration", "0")) + 1
    for bite in item.findall(f"{PODCAST}soundbite"):
        start = float(bite.get("startTime", "nan"))
        duration = float(bite.get("duration", "nan"))
        if not 15 <= duration <= 120:
            yield f"{name}: soundbite of {duration} s"
        if not 0 <= start < start + duration <= end:
            yield f"{name}: soundbite outside the episode"
        if bite.text and len(bite.text) > 128:
            yield f"{name}: soundbite's title over 128 characters"
    for link in item.findall(f"{PODCAST}contentLink"):
        if not link.get("href") or not link.text:
            yield f"{name}: podcast:contentLink"
