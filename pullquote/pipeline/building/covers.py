"""Which covers are others than those first published: told by their bytes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from pullquote.errors import ContentError
from pullquote.model import address
from pullquote.model.history import History
from pullquote.model.library import Library
from pullquote.publish.serving.covers import SHOW, cover_name, covers_now, with_covers
from pullquote.render.site.media import found_picture


def with_changed_covers(history: History, library: Library) -> tuple[History, Library]:
    """Return the history with the covers that are public now, and where these stand.

    What is no picture of the show is left to the making of the site, which tells of it.
    """
    names = {}
    for guid, path in _covers(library):
        with suppress(ContentError, OSError):
            data = found_picture(library.root, path).read_bytes()
            names[guid] = cover_name(data, address.picture_ending(path))
    history = with_covers(history, names)
    show = replace(library.show, covers=covers_now(history, library, names))
    return history, replace(library, show=show)


def _covers(library: Library) -> Iterator[tuple[str, str]]:
    """Yield GUID and file of each cover."""
    if library.show.cover:
        yield SHOW, library.show.cover
    for entry in library.published:
        if cover := entry.episode.cover:
            yield entry.episode.guid, f"episodes/{entry.slug}/{cover}"
