"""Read a whole show from the feed it is published in now, and what its items lead to."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import replace
from pathlib import Path
from typing import Any

from pullquote.errors import SourceError
from pullquote.model.progress import Progress, silent
from pullquote.pull.download import check_scheme
from pullquote.pull.feed_bounds import FEED_BYTES, check_feed
from pullquote.pull.local import local_path
from pullquote.pull.old_show import (
    OldFile,
    OldShow,
    parse_old_show,
    parsed_page,
    picture_address,
    whole_address,
)
from pullquote.pull.plan import Access
from pullquote.pull.session import read_small, session

_PICTURE_BYTES = 20 << 20
_PAGES = 50
"""Of a feed (RFC 5005) that are followed."""


def read_old_show(url: str, root: Path) -> OldShow:
    """Return the show that a feed, or a feed saved as a file, publishes.

    Raises SourceError where it cannot be read, or is no podcast.
    """
    path = local_path(url, root)
    if path is None:
        check_scheme(url, local=False)
    with _session(url) as ydl:
        pages, base = _pages(ydl, url) if path is None else ([_saved(path, url)], url)
        show = parse_old_show(pages, url, base)
        picture = picture_address(parsed_page(pages[0]).feed)
        if picture is None:
            return show
        data = read_small(ydl, picture, _PICTURE_BYTES)
    lost = () if data else (f"without a cover, for it cannot be loaded: {picture}",)
    return replace(show, picture=data, notes=(*show.notes, *lost))


def _session(url: str) -> AbstractContextManager[Any]:
    return session(url, Access(named=url if "://" in url else None))


def _saved(path: Path, url: str) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError(url, "no such file", "check the path") from error


def episode_files(
    show: OldShow, url: str, progress: Progress = silent
) -> Iterator[tuple[str, OldFile, str, bytes | None]]:
    """Yield slug, kind, address and bytes of each episode's files; None for lost ones."""
    wanted: dict[tuple[str, OldFile], list[str]] = {}
    for one in show.episodes:
        for kind, address in one.files.items():
            wanted.setdefault((address, kind), []).append(one.slug)
    with _session(url) as ydl:
        for done, ((address, kind), slugs) in enumerate(wanted.items()):
            progress(done, len(wanted), "pictures, chapters and transcripts")
            most = _PICTURE_BYTES if kind == "picture" else FEED_BYTES
            data = read_small(ydl, address, most)
            yield from ((slug, kind, address, data) for slug in slugs)


def _pages(ydl: Any, url: str) -> tuple[list[bytes], str]:
    """Return a feed's pages, and the address that the first one came from in the end."""
    pages: list[bytes] = []
    seen: set[str] = set()
    base, following = url, url or None
    while following and following not in seen and len(pages) < _PAGES:
        seen.add(following)
        answer = ydl.urlopen(following)
        data: bytes = answer.read(FEED_BYTES + 1)
        check_feed(data, url)  # before its link to the next page is looked for
        base = base if pages else answer.url
        pages.append(data)
        links = parsed_page(data).feed.get("links") or ()
        found = (x.get("href") for x in links if x.get("rel") == "next")
        following = whole_address(next(found, None), answer.url)
    return pages, base
