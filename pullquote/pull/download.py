"""Fetch one recording."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import tzinfo
from functools import partial
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from pullquote.errors import NotWantedError, SourceError
from pullquote.formats.captions import decoded
from pullquote.model.progress import Progress, silent
from pullquote.pull.info import (
    Info,
    address_stem,
    best_captions,
    item_from_info,
    picture_addresses,
)
from pullquote.pull.local import as_webvtt, captions_beside, copy_local
from pullquote.pull.messages import NO_MORE, explain
from pullquote.pull.plan import Item, wanted
from pullquote.pull.session import read_small, refuse, session

_ENDLESS_BYTES = 32 << 30
_ENDLESS_SECONDS = 6 * 3600.0
"""What a download without a stated length may come to before it counts as endless."""
_PICTURE_BYTES = 20 << 20
_PICTURES = 5
"""Addresses of a picture that are tried."""
_CAPTIONS_BYTES = 20 << 20
_SPARE_BYTES = 64 << 20
"""What a download must leave free on the disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the show asks for."""

    language: str = "en"
    """Of captions."""
    zone: tzinfo | None = None
    """In which days are counted."""
    video: Literal["keep", "drop"] | None = None
    """As in ``show.toml``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was downloaded and what its source told about it."""

    files: tuple[Path, ...]
    """One file, or a picture and its sound."""
    item: Item
    picture: bytes | None = None
    """As the source shows it, of any form and size."""
    captions: tuple[str, str] | None = None
    """Language and WebVTT: a second opinion of what was said."""


def fetch(
    item: Item,
    folder: Path,
    asked: Asked,
    progress: Progress = silent,
) -> Fetched:
    """Download a recording into ``folder``, going on with what lies there.

    Its cover and its captions come with it, where they can be had. Raises SourceError.
    """
    if item.local is not None:
        path = copy_local(item, folder, progress)
        text = captions_beside(item.local)
        captions = (asked.language, text) if text else None
        return Fetched(files=(path,), item=item, captions=captions)
    if item.info is None:
        check_scheme(item.source, local=False)
    try:
        return _downloaded(item, folder, asked, progress)
    except SourceError as error:
        parts = list(folder.iterdir())
        if error.problem not in NO_MORE or not parts:
            raise
        for part in parts:  # killed between the last byte and its rename
            shutil.rmtree(part) if part.is_dir() else part.unlink()
        return _downloaded(item, folder, asked, progress)


def _downloaded(item: Item, folder: Path, asked: Asked, progress: Progress) -> Fetched:
    address = item.source
    options = {
        "paths": {"home": str(folder)},
        "outtmpl": {"default": "recording.%(ext)s"},
        **(_WITH_PICTURE if asked.video == "keep" else {}),
        "progress_hooks": [_watch(folder, progress)],
        "match_filter": partial(_refuse, item, asked.zone),
    }
    with session(address, item.access, options) as ydl:
        told = item.info if item.info is not None else _straight(item)
        if told is None:
            info = ydl.extract_info(address, download=True)
        else:
            info = ydl.process_ie_result(ydl.sanitize_info(dict(told)), download=True)
        done = (info or {}).get("requested_downloads") or []
        if not done:
            raise SourceError(
                address,
                "is a list or a page with several recordings, not one",
                "give the address of one of them",
            )
        done.sort(key=lambda one: one.get("vcodec") == "none")  # the picture first
        return Fetched(
            files=tuple(Path(one["filepath"]) for one in done),
            item=item_from_info(info, asked.zone),
            picture=_picture(ydl, item, info),
            captions=_captions(ydl, info, asked.language)
            or _told_captions(ydl, item, asked.language),
        )


def _best_two(context: Mapping[str, Any]) -> Iterator[Info]:
    """Yield what to download where the picture is kept (yt-dlp's ``format``).

    Picture and sound apart where both are offered so, at most 1080 lines high: yt-dlp
    alone would have the ffmpeg program put them together.
    """
    formats = context["formats"]  # the best is the last
    moving = [f for f in formats if _has(f, "vcodec") and not _has(f, "acodec")]
    sounds = [f for f in formats if _has(f, "acodec") and not _has(f, "vcodec")]
    whole = [f for f in formats if _has(f, "vcodec") and _has(f, "acodec")]
    low = [f for f in moving if (f.get("height") or 0) <= _LINES]
    if moving and sounds:
        yield (low or moving)[-1]
        yield sounds[-1]
    else:
        yield from (whole or sounds)[-1:]


def _has(kind: Info, codec: str) -> bool:
    return bool(kind.get(codec) != "none")


_LINES = 1080
_WITH_PICTURE: Mapping[str, Any] = {
    "format": _best_two,
    "outtmpl": {"default": "recording.%(format_id)s.%(ext)s"},
}


def _picture(ydl: Any, item: Item, info: Info) -> bytes | None:
    own = (item.thumbnail,) if item.thumbnail else ()
    found = picture_addresses(info)[:_PICTURES]
    for address in (*found, *own) if item.listed else (*own, *found):
        if data := read_small(ydl, address, _PICTURE_BYTES):
            return data
    return None


def _captions(ydl: Any, info: Info, language: str) -> tuple[str, str] | None:
    best = best_captions(info, language)
    if best is None:
        return None
    code, track = best
    data = track.get("data")
    if data is None:
        read = read_small(ydl, str(track.get("url")), _CAPTIONS_BYTES)
        data = decoded(read) if read else ""
    text = "\n".join(str(data).splitlines()) + "\n"
    return (code, text) if text.startswith("WEBVTT") else None


def _told_captions(ydl: Any, item: Item, language: str) -> tuple[str, str] | None:
    data = read_small(ydl, item.captions or "", _CAPTIONS_BYTES)
    text = decoded(data or b"").replace("\r\n", "\n").replace("\r", "\n")
    captions = as_webvtt(text)
    return (language, captions) if captions else None


def _straight(item: Item) -> Info | None:
    """Return what yt-dlp must be told to fetch a media file with one request."""
    if not item.enclosed:
        return None
    ending = urlsplit(item.source).path.rpartition(".")[2].lower()
    return {
        "id": address_stem(item.source) or "recording",
        "title": item.title or address_stem(item.source) or "recording",
        "url": item.source,
        "ext": ending,
        "webpage_url": item.source,
        "extractor": "generic",
        "extractor_key": "Generic",
        "direct": True,
    }


def _watch(folder: Path, progress: Progress) -> Callable[[dict[str, Any]], None]:
    """Return a hook that reports, and stops what does not end or does not fit."""
    started = time.monotonic()

    def report(state: Mapping[str, Any]) -> None:
        done = state.get("downloaded_bytes") or 0
        total = state.get("total_bytes") or state.get("total_bytes_estimate")
        progress(done, total, "download")
        if state.get("status") != "downloading":
            return
        long = time.monotonic() - started > _ENDLESS_SECONDS
        if total is None and (long or done > _ENDLESS_BYTES):
            refuse("is_live")
        if (total or done) - done + _SPARE_BYTES > shutil.disk_usage(folder).free:
            refuse("no space left on device")

    return report


def check_scheme(address: str, *, local: bool) -> None:
    """Refuse what is not http(s), and ``file:`` unless the producer named it.

    Raises SourceError.
    """
    scheme = urlsplit(address).scheme.lower()
    if scheme in {"http", "https"} or (scheme == "file" and local):
        return
    if scheme == "file":
        problem, remedy = explain('unsupported url scheme: "file"')
    else:
        problem, remedy = explain("unsupported url scheme")
    raise SourceError(address, problem, remedy)


def _refuse(
    item: Item, zone: tzinfo | None, info: Info, *, incomplete: bool = False
) -> str | None:
    """Stop at what has no end yet or is left out (yt-dlp's ``match_filter``).

    Of a broadcast that has just ended, a site offers the last hours alone.
    """
    status = info.get("live_status")
    if info.get("is_live") or status in {"is_live", "is_upcoming", "post_live"}:
        refuse(status or "is_live")
    more = item.fetched(item_from_info(info, zone))
    if item.filters is not None and not wanted(more, item.filters):
        raise NotWantedError(item.source, "is left out", "change the source's filters")
    return None
