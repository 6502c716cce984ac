"""A cover that changes gets another address: no app loads a picture twice. Pure.

The first that was public stands at a plain address (``cover.jpg``), each later one at
one with eight digits of its SHA-256 (``cover.1a2b3c4d.jpg``). A cover's *name* is these
digits and its ending. At the plain address is always the newest.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pullquote.model import address
from pullquote.model.covers import Covers
from pullquote.model.history import History, Known
from pullquote.model.library import Library

SHOW = ""
"""Stands for the show where its episodes are told apart by their GUIDs."""

Names = Mapping[str, str]
"""The name of each cover, by its episode's GUID."""

_DIGITS = 8


def cover_name(data: bytes, ending: str) -> str:
    """Return a cover's name.

    >>> cover_name(b"", ".jpg")
    'e3b0c442.jpg'
    """
    return hashlib.sha256(data).hexdigest()[:_DIGITS] + ending


def with_covers(history: History, names: Names) -> History:
    """Return the history with the covers that are public now."""
    episodes = dict(history.episodes)
    for guid, name in names.items():
        known = episodes.get(guid, Known())
        if guid != SHOW and name not in known.covers:
            episodes[guid] = replace(known, covers=(*known.covers, name))
    mine = history.covers
    if SHOW in names and names[SHOW] not in mine:
        mine = (*mine, names[SHOW])
    return replace(history, episodes=episodes, covers=mine)


def covers_now(history: History, library: Library, names: Names) -> Covers:
    """Return where covers stand; ``history`` is that of ``with_covers``."""
    known = {SHOW: history.covers}
    known |= {guid: one.covers for guid, one in history.episodes.items()}
    return Covers(
        {
            plain: address.named_cover(plain, names[guid])
            for guid, plain in _plain(library)
            if guid in names and names[guid] != known[guid][0]
        }
    )


def _plain(library: Library) -> Iterator[tuple[str, str]]:
    """Yield GUID and plain address of each cover."""
    if library.show.cover:
        yield SHOW, address.plain_cover(library.show.cover)
    for entry in library.published:
        if cover := entry.episode.cover:
            yield entry.episode.guid, address.plain_cover(cover, entry.slug)


def cover_moves(history: History, library: Library) -> Iterator[tuple[str, str]]:
    """Yield each address that a cover had and has no more, and where it stands now."""
    slugs = {guid: one.slugs for guid, one in history.episodes.items()}
    names = {guid: one.covers for guid, one in history.episodes.items()}
    names[SHOW] = history.covers
    for guid, plain in _plain(library):
        for old in (
            plain,
            *(address.plain_cover(plain, s) for s in slugs.get(guid, ())),
        ):
            for at in _addresses(old, names.get(guid, ())):
                if at not in (plain, library.show.covers.of(plain)):
                    yield at, library.show.covers.of(plain)


def _addresses(plain: str, names: Sequence[str]) -> Iterator[str]:
    for name in names[:1]:
        yield plain.rpartition(".")[0] + name[_DIGITS:]
    for name in names[1:]:
        yield address.named_cover(plain, name)
