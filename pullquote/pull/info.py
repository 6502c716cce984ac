"""From yt-dlp's description of a recording to an Item. No files, no network."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote, urldefrag, urlsplit

from pullquote.formats.clock import seconds_to_ms
from pullquote.model.episode import Chapter
from pullquote.pull.file_names import title_and_day
from pullquote.pull.plan import Item
from pullquote.pull.wording import (
    chapters_in,
    clean_title,
    date_held_in,
    date_in,
    date_in_words,
)

Info = Mapping[str, Any]

_LONGEST = 366 * 86_400
"""Seconds; what says that it is longer, or starts later, says nothing."""
_MOST_CHAPTERS = 1_000
_LARGEST_NUMBER = 99_999
"""Of an episode or a season."""


def item_from_info(info: Info, zone: tzinfo | None = None) -> Item:
    """Return what yt-dlp tells of one recording: an entry of a list, or all of it.

    ``guid`` is a feed's own id, which the listing puts in. ``zone`` says on which
    day something took place; None is this machine's.
    """
    address = address_of(info)
    direct = bool(info.get("direct")) and not info.get("guid")
    title = clean_title(_text(info.get("title"))) or None
    listed = info.get("_type") == "url"
    # the description in a list is cut off after a few words
    description = None if listed else _text(info.get("description")) or None
    held = _held(info, title or "", description or "", zone)
    if direct:
        stem = address_stem(address)
        told, day = title_and_day(stem, zone)
        title, held = told or title, day or held
    return Item(
        source_id=_source_id(info, address),
        source=address,
        listed=listed,
        title=title,
        held=held,
        description=description,
        duration=_milliseconds(info.get("duration")),
        watch=None if direct or _is_generic(info) else address,
        thumbnail=next(iter(picture_addresses(info)), None),
        season=_number(info.get("season_number")),
        number=_number(info.get("episode_number")),
        chapters=_chapters(info.get("chapters")) or chapters_in(description or ""),
    )


def address_of(info: Info) -> str:
    """Return an entry's address; one that is none is made harmless."""
    told = info.get("webpage_url") or info.get("url") or info.get("original_url")
    address = _text(told)
    try:
        urlsplit(address)
    except ValueError:
        return quote(address, safe="/:?&=#%")
    return address


def is_whole(address: str) -> bool:
    """Say whether an address stands by itself, not only with that of its page.

    >>> is_whole("HTTPS://a.example/"), is_whole("/go/https://b.example/a.mp3")
    (True, False)
    """
    return re.match(r"[a-z][a-z0-9+.-]*://", address, re.IGNORECASE) is not None


def _text(value: object) -> str:
    """Return a value as text that can be written: no half of a character."""
    return str(value or "").encode(errors="replace").decode()


def _rows(value: object) -> Iterator[Info]:
    """Yield the objects of what should be a list of them."""
    rows = value if isinstance(value, (list, tuple)) else ()
    return (row for row in rows if isinstance(row, Mapping))


def _is_generic(info: Info) -> bool:
    key = info.get("extractor_key") or info.get("ie_key") or "Generic"
    return str(key).lower() == "generic"


def _source_id(info: Info, address: str) -> str:
    if info.get("guid"):
        return _text(info["guid"]).strip()  # as readers of feeds take it
    if _is_generic(info) or not info.get("id"):
        return urldefrag(address).url
    key = info.get("extractor_key") or info.get("ie_key")
    return f"{_text(key).lower()}:{_text(info['id'])}"


def address_stem(address: str) -> str:
    """Return an address's last part without ending: a name, if there is any."""
    name = unquote(urlsplit(address).path).rsplit("/", 1)[-1]
    return name.rpartition(".")[0] or name


def _held(info: Info, title: str, description: str, zone: tzinfo | None) -> date | None:
    """Return the day it took place: as told, as broadcast, at last as uploaded."""
    told = date_in_words(title) or _day(info, "release_timestamp", "release_date", zone)
    told = told or date_held_in(description)
    return told or _day(info, "timestamp", "upload_date", zone)


def _day(info: Info, moment: str, day: str, zone: tzinfo | None) -> date | None:
    """Return the day of a moment: an evening in Denver is the next day in UTC."""
    if isinstance(stamp := info.get(moment), (int, float)):
        try:
            return datetime.fromtimestamp(stamp, zone).date()
        except (ValueError, OverflowError, OSError):  # not of this calendar
            return None
    text = info.get(day)
    return date_in(text) if isinstance(text, str) else None


_WITHHELD = {
    "is_live": "is live at this moment",
    "is_upcoming": "has not been broadcast yet",
    "post_live": "has just ended; its recording is not ready yet",
    "private": "is private",
    "needs_auth": "asks for an account",
    "subscriber_only": "is for members only",
    "premium_only": "is for members only",
}
_GONE = {"[Private video]": "is private", "[Deleted video]": "has been removed"}


def withheld(info: Info) -> str | None:
    """Say why an entry of a list is not to be had now, None if it is.

    A list names its live, private and deleted entries too: asking for them costs a
    request each, every night.
    """
    title = str(info.get("title") or "")
    reasons = (info.get("live_status"), info.get("availability"))
    told = next((_WITHHELD[str(r)] for r in reasons if str(r) in _WITHHELD), None)
    return told or _GONE.get(title)


def best_captions(info: Info, language: str) -> tuple[str, Info] | None:
    """Return language and place of the WebVTT that says best what was spoken.

    What people wrote goes before what a machine heard; a machine's translation
    is none.
    """
    base = language.partition("-")[0].lower()
    written, heard = _tracks(info, "subtitles"), _tracks(info, "automatic_captions")
    spoken = str(info.get("language") or base).partition("-")[0].lower()
    original = [base] if spoken == base else []
    choices = [(written, _like(written, language, base))]
    choices.append((heard, [f"{base}-orig", *original]))
    for tracks, keys in choices:
        for key in keys:
            for track in _rows(tracks.get(key)):
                if track.get("ext") == "vtt" and _is_plain(track):
                    return key.removesuffix("-orig"), track
    return None


def _tracks(info: Info, key: str) -> Mapping[str, object]:
    found = info.get(key)
    return found if isinstance(found, Mapping) else {}


def _is_plain(track: Info) -> bool:
    """Say whether one request brings it: it is no playlist of parts."""
    return "data" in track or not str(track.get("protocol", "")).startswith("m3u8")


def _like(tracks: Mapping[str, object], language: str, base: str) -> list[str]:
    kin = sorted(k for k in tracks if k.partition("-")[0].lower() == base)
    return sorted(kin, key=lambda k: (k.lower() != language.lower(), k != base))


def picture_addresses(info: Info) -> tuple[str, ...]:
    """Return where pictures of a recording may be, the best first.

    A site's list holds guesses too: not every one of them is there.
    """
    told = [row.get("url") for row in _rows(info.get("thumbnails"))]
    found = [info.get("thumbnail"), *reversed(told)]
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one))


def _milliseconds(seconds: object) -> int | None:
    if isinstance(seconds, bool) or not isinstance(seconds, (int, float)):
        return None
    # NaN is neither above nor below
    return seconds_to_ms(seconds) if 0 <= seconds <= _LONGEST else None


def _number(value: object) -> int | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 < value <= _LARGEST_NUMBER else None


def _chapters(rows: object) -> tuple[Chapter, ...]:
    return tuple(
        Chapter(start=start, title=title)
        for row in islice(_rows(rows), _MOST_CHAPTERS)
        if (start := _milliseconds(row.get("start_time"))) is not None
        and (title := clean_title(_text(row.get("title"))))
    )
