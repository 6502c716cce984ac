"""From yt-dlp's description of a recording to an Item. No files, no network."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

from pullquote.formats.clock import seconds_to_ms
from pullquote.model.episode import Chapter
from pullquote.pull.plan import Item
from pullquote.pull.wording import clean_title, date_in, title_from_name

Info = Mapping[str, Any]


def item_from_info(info: Info) -> Item:
    """Return what yt-dlp tells of one recording: an entry of a list, or all of it.

    ``guid`` is a feed's own id, which the listing puts in.
    """
    address = str(
        info.get("webpage_url") or info.get("url") or info.get("original_url")
    )
    direct = _is_direct(info)
    title = clean_title(str(info.get("title") or "")) or None
    held = _held(info)
    if direct:
        stem = address_stem(address)
        title, held = title_from_name(stem) or title, date_in(stem) or held
    return Item(
        source_id=_source_id(info, address),
        source=address,
        title=title,
        held=held,
        description=info.get("description") or None,
        duration=_milliseconds(info.get("duration")),
        watch=None if direct or _is_generic(info) else address,
        season=_number(info.get("season_number")),
        number=_number(info.get("episode_number")),
        chapters=_chapters(info.get("chapters")),
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


def _held(info: Info) -> date | None:
    for key in ("release_timestamp", "timestamp"):
        if isinstance(stamp := info.get(key), (int, float)):
            return datetime.fromtimestamp(stamp, UTC).date()
    for key in ("release_date", "upload_date"):
        if isinstance(text := info.get(key), str) and (found := date_in(text)):
            return found
    return None


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
