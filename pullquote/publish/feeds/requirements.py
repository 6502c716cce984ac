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
from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.publish.feeds.feed_parts import secure
from pullquote.publish.feeds.feed_text import clean_line

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAIL = re.compile(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+")
_ENDINGS = {"audio/mpeg": ".mp3"}
# fmt: off
_CATEGORIES = (
    "Arts", "Business", "Comedy", "Education", "Fiction", "Government",
    "Health & Fitness", "History", "Kids & Family", "Leisure", "Music", "News",
    "Religion & Spirituality", "Science", "Society & Culture", "Sports", "Technology",
    "True Crime", "TV & Film",
)
# fmt: on
_SHORTEST_GUID = 8
_LONGEST_TITLE = 255


def feed_faults(library: Library) -> tuple[GateError, ...]:
    """Return why a directory or an app would refuse the podcast feed or a part."""
    faults = [*_show(library.show)]
    guids: dict[str, str] = {}
    for entry in library.published:
        faults += _episode(entry)
        guid = entry.episode.guid
        if guid in guids:
            faults.append(
                GateError(
                    entry.slug,
                    f"its guid is that of {guids[guid]} too",
                    "write a new guid into the newer episode's episode.toml",
                )
            )
        guids.setdefault(guid, entry.slug)
    return tuple(faults)


def _show(show: Show) -> Iterator[GateError]:
    where = "show.toml"
    if not secure(show.site):
        yield GateError(
            where,
            f"'site' is {show.site}, and Podcasting 2.0 takes https alone",
            "publish the site under https",
        )
    if not clean_line(show.description):
        yield GateError(where, "has no description", "say what the show is about")
    cover = address.cover_file(show)
    if cover is None:
        yield GateError(
            where, "has no cover, and Apple takes no show without one", "add 'cover'"
        )
    elif PurePosixPath(cover).suffix not in (".jpg", ".jpeg", ".png"):
        yield GateError(
            where, "'cover' is neither JPEG nor PNG", "save it as one of these"
        )
    if not _LANGUAGE.fullmatch(show.language):
        yield GateError(
            where,
            f"'language' is {show.language!r}, not a code of ISO 639",
            'write "en" for English',
        )
    if not show.feed.category:
        yield GateError(
            where, "has no category", 'write ["Health & Fitness", "Medicine"], say'
        )
    elif (told := show.feed.category[0]) not in _CATEGORIES:
        near = get_close_matches(told, _CATEGORIES, n=1) or [", ".join(_CATEGORIES)]
        yield GateError(
            where, f"{told!r} is no category of Apple's", f"write {near[0]}"
        )
    if (mail := show.feed.owner_email) and not _MAIL.fullmatch(mail):
        yield GateError(where, f"'owner_email' is {mail!r}", "write name@host.example")


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
        yield GateError(
            entry.slug,
            "is published but has no 'published' time",
            "write the time at which subscribers get it into episode.toml",
        )
    if episode.enclosure is not None:
        return  # as it was published elsewhere: apps know it already
    if entry.enclosure is None:
        yield GateError(
            entry.slug,
            "is published but has no enclosure",
            "make it from the recording with pull, or set status back to draft",
        )
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
