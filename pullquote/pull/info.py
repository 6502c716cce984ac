"""From yt-dlp's description of a recording to an Item. No files, no network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

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


def item_from_info(info: Info, zone: tzinfo | None = None) -> Item:
    """Return what yt-dlp tells of one recording: an entry of a list, or all of it.

    ``guid`` is a feed's own id, which the listing puts in. ``zone`` says on which
    day something took place; None is this machine's.
    """
    address = str(
        info.get("webpage_url") or info.get("url") or info.get("original_url")
    )
    direct = _is_direct(info)
    title = clean_title(str(info.get("title") or "")) or None
    listed = info.get("_type") == "url"
    # the description in a list is cut off after a few words
    description = None if listed else str(info.get("description") or "") or None
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


def _is_generic(info: Info) -> bool:
    key = info.get("extractor_key") or info.get("ie_key") or "Generic"
    return str(key).lower() == "generic"


def _is_direct(info: Info) -> bool:
    return bool(info.get("direct")) and not info.get("guid")


def _source_id(info: Info, address: str) -> str:
    if info.get("guid"):
        return str(info["guid"])
    if _is_generic(info) or not info.get("id"):
        return urldefrag(address).url
    key = info.get("extractor_key") or info.get("ie_key")
    return f"{str(key).lower()}:{info['id']}"


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
        return datetime.fromtimestamp(stamp, zone).date()
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
    told = next((_WITHHELD[r] for r in reasons if r in _WITHHELD), None)
    return told or _GONE.get(title)


def best_captions(info: Info, language: str) -> tuple[str, Info] | None:
    """Return language and place of the WebVTT that says best what was spoken.

    What people wrote goes before what a machine heard; a machine's translation
    is none.
    """
    base = language.partition("-")[0].lower()
    written, heard = info.get("subtitles") or {}, info.get("automatic_captions") or {}
    spoken = str(info.get("language") or base).partition("-")[0].lower()
    original = [base] if spoken == base else []
    choices = [(written, _like(written, language, base))]
    choices.append((heard, [f"{base}-orig", *original]))
    for tracks, keys in choices:
        for key in keys:
            for track in tracks.get(key) or ():
                if track.get("ext") == "vtt" and _is_plain(track):
                    return key.removesuffix("-orig"), track
    return None


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
    told = [p.get("url") for p in reversed(info.get("thumbnails") or ())]
    found = [info.get("thumbnail"), *told]
    return tuple(dict.fromkeys(one for one in found if isinstance(one, str) and one))


def _milliseconds(seconds: object) -> int | None:
    return seconds_to_ms(seconds) if isinstance(seconds, (int, float)) else None


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and value > 0 else None


def _chapters(rows: object) -> tuple[Chapter, ...]:
    if not isinstance(rows, list):
        return ()
    return tuple(
        Chapter(start=start, title=title)
        for row in rows
        if (start := _milliseconds(row.get("start_time"))) is not None
        and (title := clean_title(str(row.get("title") or "")))
    )
