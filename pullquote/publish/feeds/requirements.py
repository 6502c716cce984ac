"""What directories ask of a podcast, checked before a feed is made. Pure.

Apple: podcasters.apple.com/support/823. PSP-1: Podcast Standards Project, 2023.
Nothing here stops a build by itself: who calls decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from pathlib import PurePosixPath

from pullquote.errors import GateError
from pullquote.formats.toml import key_lines
from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.model.show import FeedSettings, Show
from pullquote.publish.feeds.categories import category_fault
from pullquote.publish.feeds.feed_parts import secure, soundless, undated
from pullquote.publish.feeds.feed_text import clean_line

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_ENDINGS = {"audio/mpeg": ".mp3"}
_LICENCES = (
    "arr", "cc-by-4.0", "cc-by-nc-4.0", "cc-by-nc-nd-4.0", "pod-v4v-1.0", "v4v-1.0",
)  # fmt: skip
"""Names that need no address (podcast-namespace, docs/examples/license)."""
_LONGEST_LICENCE = 128
_SHORTEST_GUID = 8
_LONGEST_TITLE = 255


def feed_faults(library: Library, written: str = "") -> tuple[GateError, ...]:
    """Return why a directory or an app would refuse the podcast feed or a part.

    ``written`` is the text of ``show.toml``, for the lines. Before anything is published
    nobody reads the feed, and only what ``[feed]`` has wrongly is named, not what lacks.
    """
    lines = key_lines(written)
    where = library.root / "show.toml"
    show = library.show
    faults = [
        GateError(where, *told, line=lines.get(key, lines.get(key[:1])))
        for key, *told in (_show(show) if library.published else _feed(show.feed))
    ]
    guids: dict[str, str] = {}
    for entry in library.published:
        faults += _episode(entry)
        guid = entry.episode.guid
        if guid in guids:
            faults.append(
                GateError(
                    entry.slug,
                    f"its guid is that of {guids[guid]} too",
                    "delete the folder that is a copy, once you have what it alone has;"
                    " of two episodes the one that was never public gets a new guid",
                )
            )
        guids.setdefault(guid, entry.slug)
    return tuple(faults)


def _show(show: Show) -> Iterator[tuple[tuple[str, ...], str, str]]:
    """Yield the key of ``show.toml``, what is wrong with it, and what to do."""
    if not secure(show.site):
        yield (
            ("site",),
            f"'site' is {show.site}, and Podcasting 2.0 takes https alone",
            "publish the site under https",
        )
    if not clean_line(show.description):
        remedy = "say what the show is about"
        yield ("description",), "has no description", remedy
    cover = address.cover_file(show)
    if cover is None:
        problem = "has no cover, and Apple takes no show without one"
        yield ("cover",), problem, "add 'cover'"
    elif PurePosixPath(cover).suffix not in (".jpg", ".jpeg", ".png"):
        problem = "'cover' is neither JPEG nor PNG"
        yield ("cover",), problem, "save it as one of these"
    if not _LANGUAGE.fullmatch(show.language):
        yield (
            ("language",),
            f"'language' is {show.language!r}, not a code of ISO 639",
            'write "en" for English',
        )
    yield from _feed(show.feed)


def _feed(feed: FeedSettings) -> Iterator[tuple[tuple[str, ...], str, str]]:
    if fault := category_fault(feed.category):
        yield ("feed", "category"), *fault
    if (mail := feed.owner_email) and not _MAIL.fullmatch(mail):
        problem = f"'owner_email' is {mail!r}"
        yield ("feed", "owner_email"), problem, "write name@host.example"
    name = feed.license
    if name and name.casefold() not in _LICENCES and not secure(feed.license_href):
        near = get_close_matches(name.casefold(), _LICENCES, n=1) or _LICENCES
        yield (
            ("feed", "license"),
            f"{name!r} is none of the licences that Podcasting 2.0 lists, and apps take"
            " another one only with the https address of its text",
            f"add license_href, or write {' or '.join(near)}",
        )
    if name and len(name) > _LONGEST_LICENCE:
        problem = f"'license' has over {_LONGEST_LICENCE} characters"
        yield ("feed", "license"), problem, "write a short name"


def _episode(entry: Entry) -> Iterator[GateError]:
    episode = entry.episode
    made = episode.recording
    brought = episode.enclosure or (made and made.source_id == episode.guid)
    if len(episode.guid) < _SHORTEST_GUID and not brought:  # else apps know it already
        yield GateError(
            entry.slug, "its guid is too short to be unique", "write a UUID"
        )
    if len(clean_line(episode.title)) > _LONGEST_TITLE:
        yield GateError(
            entry.slug,
            f"its title has over {_LONGEST_TITLE} characters, Apple's limit",
            "shorten it",
        )
    if episode.published is None:
        yield undated(entry)
    if episode.enclosure is not None:
        return  # as it was published elsewhere: apps know it already
    if entry.enclosure is None:
        yield soundless(entry)
        return
    url = address.enclosure_file(entry.slug)
    if entry.enclosure.length < 1 or not url.endswith(
        _ENDINGS.get(entry.enclosure.type, "?")
    ):
        yield GateError(
            entry.slug,
            f"its enclosure is {entry.enclosure.length} bytes of "
            f"{entry.enclosure.type}, not an MP3",
            "make it again with pull",
        )
