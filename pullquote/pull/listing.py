"""What a source of show.toml offers."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

from pullquote.errors import SourceError
from pullquote.formats.disk import read_text
from pullquote.model.show import Source
from pullquote.pull.download import check_scheme
from pullquote.pull.feed_bounds import FEED_BYTES, check_feed
from pullquote.pull.folder_files import MEDIA
from pullquote.pull.info import Info, address_of, is_whole, item_from_info, withheld
from pullquote.pull.local import FEEDS, local_item, local_path, offered_at
from pullquote.pull.old_show import whole_address
from pullquote.pull.plan import Access, Item, wanted
from pullquote.pull.podcast_tags import podcast_tags
from pullquote.pull.session import is_known, plain_entry, read_small, session

IsKnown = Callable[[str], bool]
_NOTHING: IsKnown = frozenset[str]().__contains__

INFO = ".info.json"
"""What yt-dlp writes with --write-info-json and reads with --load-info-json."""

_OWN_WORD = re.compile(r"[a-z]{2,}\d*:(?!//)")

_LISTS = ("tab", "playlist", "channel")
"""Ends of the names of extractors whose entries are lists again."""
_ENOUGH = 25
"""Known items in a row after which a list that is newest first holds nothing new.

YouTube shows thirty at once: with up to five new ones, one request tells them all.
"""


def list_items(
    source: Source,
    root: Path,
    known: IsKnown = _NOTHING,
    zone: tzinfo | None = None,
    *,
    picture: bool = False,
) -> tuple[Item, ...]:
    """Return everything a source offers, pulled before or not.

    A path may name a file, a folder, a feed saved as a file, or yt-dlp's info
    JSON; a path that is not absolute starts at the show's folder ``root``. Where
    a list is newest first, what lies behind many ``known`` ones is left out.
    ``picture`` prefers files with moving pictures to the sound alone. Raises
    SourceError.
    """
    try:
        items = _offered(source, root, known, zone, picture=picture)
    except OSError as error:  # a folder nobody may look into, a name too long
        problem = f"cannot be read ({error.strerror})"
        remedy = "check the path and its permissions"
        raise SourceError(source.url, problem, remedy) from error
    return of_source(items, source, root)


def _offered(
    source: Source, root: Path, known: IsKnown, zone: tzinfo | None, *, picture: bool
) -> tuple[Item, ...]:
    path = local_path(source.url, root)
    access = _access(source, root)
    special = path is not None and not path.exists() and _is_special(source.url)
    if path is None or special:
        return list_address(source.url, access, known, zone, special=special)
    if path.name.lower().endswith(INFO) and path.is_file():
        return list_info(path, access, zone)
    if path.suffix.lower() in FEEDS and path.is_file():
        address = path.resolve().as_uri()
        return list_address(address, access, zone=zone, local=True)
    offered = offered_at(path, source.url, picture=picture)
    return tuple(local_item(one, root, zone) for one in offered)


def _is_special(address: str) -> bool:
    """Say whether an address is one of yt-dlp's own: ``ytsearch5:back pain``."""
    return _OWN_WORD.match(address) is not None and is_known(address)


def of_source(items: Iterable[Item], source: Source, root: Path) -> tuple[Item, ...]:
    """Return the items that a source's filters let pass, with its defaults."""
    access = _access(source, root)
    return tuple(
        replace(
            item,
            people=item.people or source.people,
            access=access,
            filters=source,
        )
        for item in items
        if wanted(item, source)
    )


def _access(source: Source, root: Path) -> Access:
    return Access(
        named=source.url if "://" in source.url else None,
        private_network=source.private_network,
        options=tuple(_from_root(option, root) for option in source.yt_dlp),
    )


def _from_root(option: str, root: Path) -> str:
    """Let a file of cookies be named from the show's folder on, as all else is."""
    name, _, value = option.partition("=")
    return f"{name}={root / value}" if name == "--cookies" and value else option


def list_address(
    address: str,
    access: Access,
    known: IsKnown = _NOTHING,
    zone: tzinfo | None = None,
    *,
    local: bool = False,
    special: bool = False,
) -> tuple[Item, ...]:
    """Return what an address holds: one item, or one for each entry of a list.

    ``local`` allows a ``file:`` address, ``special`` one that only yt-dlp knows; the
    producer alone may give these. Raises SourceError.
    """
    if not special:
        check_scheme(address, local=local)
    with session(address, access, {"enable_file_urls": local}) as ydl:
        info = _followed(ydl, address)
        listed = _is_list(info)
        entries = (_whole(one, address) for one in _entries(ydl, info, known))
        items = tuple(_items(entries, zone, listed=listed))
        if any(item.enclosed and not known(item.source_id) for item in items):
            told = _captions(ydl, address)
            items = tuple(replace(i, captions=told.get(i.source_id)) for i in items)
        return items


def _captions(ydl: Any, address: str) -> dict[str, str | None]:
    """Return where each item of a feed has its captions, by its GUID.

    yt-dlp passes over ``podcast:transcript``, so a feed with something new is read once
    more. Where that fails there are none: an episode can do without.
    """
    data = read_small(ydl, address, FEED_BYTES)
    try:
        check_feed(data or b"", address)
    except SourceError:
        return {}
    items = podcast_tags(data or b"").items
    return {i.guid: whole_address(i.captions, address) for i in items if i.guid}


def _whole(entry: Info, base: str) -> Info:
    """Return an entry of a feed with its address as the feed at ``base`` means it."""
    url = entry.get("url")
    # where a site is named, its own code understands the url
    named = entry.get("ie_key") not in (None, "Generic")
    if named or not isinstance(url, str) or is_whole(url):
        return entry
    return {**entry, "url": urljoin(base, url)}


def list_info(
    path: Path, access: Access, zone: tzinfo | None = None
) -> tuple[Item, ...]:
    """Return what yt-dlp once wrote down of a recording or a list.

    Raises SourceError where the file is no such JSON.
    """
    try:
        info = json.loads(read_text(path))
    except (ValueError, RecursionError) as error:
        raise SourceError(path, f"is not JSON ({error})", "write it anew") from error
    if not isinstance(info, dict) or not info.get("id"):
        raise SourceError(
            path, "is not yt-dlp's info JSON", "write it with --write-info-json"
        )
    with session(str(path), access) as ydl:
        listed = _is_list(info)
        return tuple(_items(_entries(ydl, info, _NOTHING), zone, listed=listed))


def _followed(ydl: Any, address: str) -> Info | None:
    """Return what an address leads to; the entries of a list are not read yet."""
    info = ydl.extract_info(address, download=False, process=False)
    for _ in range(5):
        if not info or info.get("_type") != "url":
            break
        info = ydl.extract_info(
            info["url"], download=False, process=False, ie_key=info.get("ie_key")
        )
    if info and not _is_list(info):
        info = ydl.process_ie_result(info, download=False)
    return info  # type: ignore[no-any-return]  # yt-dlp has no types


def _is_list(info: Info | None) -> bool:
    return info is not None and info.get("_type") in ("playlist", "multi_video")


def _items(
    entries: Iterator[Info], zone: tzinfo | None, *, listed: bool
) -> Iterator[Item]:
    for entry in entries:
        item = item_from_info(entry, zone)
        ending = Path(urlsplit(item.source).path).suffix.lower()
        whole = entry.get("formats") and entry.get("_type", "video") == "video"
        yield replace(
            item,
            withheld=withheld(entry) if listed else None,
            enclosed=entry.get("_type") == "url_transparent" and ending in MEDIA,
            info=entry if whole and "requested_formats" not in entry else None,
        )


def _entries(ydl: Any, info: Info | None, known: IsKnown) -> Iterator[Info]:
    if info is None:
        return
    if not _is_list(info):
        yield plain_entry(info)
        return
    newest_first, row = _is_newest_first(info), 0
    entries = info.get("entries") or ()
    for entry in entries if isinstance(entries, Iterable) else ():
        if not isinstance(entry, Mapping):
            continue
        key = str(entry.get("ie_key") or "").lower()
        if entry.get("_type") == "url" and entry.get("url") and key.endswith(_LISTS):
            entry = _followed(ydl, entry["url"])
        for one in _entries(ydl, entry, known):
            yield one
            row = row + 1 if known(item_from_info(one).source_id) else 0
        if newest_first and row >= _ENOUGH:
            return


def _is_newest_first(info: Info) -> bool:
    """Say whether new entries come at the top: so they do in a channel's tabs."""
    key = str(info.get("extractor_key") or info.get("extractor") or "").lower()
    tab = urlsplit(address_of(info)).path.rstrip("/").rpartition("/")[2]
    return key.startswith("youtube") and tab in {"videos", "streams", "shorts"}
