"""What a site is given beside its pages, and its making: for readers, or as a preview."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.history import History
from pullquote.model.library import Library
from pullquote.pipeline.library.episode_files import file_names
from pullquote.pipeline.outcome import Reporter
from pullquote.publish.serving.covers import SHOW, cover_name, covers_now, with_covers
from pullquote.render.site.media import found_picture

if TYPE_CHECKING:
    from pullquote.render.site.build import Brought, SiteReport


def own_templates(folder: ShowFolder) -> Path | None:
    """Return the folder of the show's own templates, None if it has none."""
    return folder.templates if folder.templates.is_dir() else None


def brought_to(
    library: Library,
    feeds: dict[str, bytes],
    moved: Mapping[str, str | None],
    *,
    root: str | None = None,
) -> Brought:
    """Return what a site is given beside its pages; episodes' files are promised.

    ``root`` is the path at which it is served, that of the show's ``site`` if None.
    """
    from pullquote.publish.serving.headers import HEADERS, format_headers
    from pullquote.publish.serving.moves import redirects
    from pullquote.publish.serving.redirects import REDIRECTS, format_redirects
    from pullquote.render.site.build import Brought

    root = root or address.root(library.show)
    files = feeds | {
        REDIRECTS: format_redirects(redirects(moved, root)).encode(),
        HEADERS: format_headers(library.show).encode(),
    }
    promised = [file for e in library.entries for file in file_names(e)]
    return Brought(files=files, moved=moved, promised=promised)


def make_site(
    folder: ShowFolder,
    library: Library,
    brought: Brought,
    reporter: Reporter,
    today: date,
    *,
    drafts: bool = False,
) -> SiteReport:
    """Write the site, or its preview. Raises what ``build_site`` does."""
    from pullquote.render.site.build import build_site

    with reporter.task("Building the preview" if drafts else "Building the site") as to:
        return build_site(
            library,
            folder.preview if drafts else folder.site,
            brought,
            drafts=drafts,
            templates=own_templates(folder),
            today=today,
            spare=folder.state / ("spare-preview" if drafts else "spare"),
            progress=to,
        )


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
