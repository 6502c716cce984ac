"""Build the site: pages, sound, pictures and what other stages made, as one tree."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.library import Library
from pullquote.model.progress import Progress, silent
from pullquote.render.card import draw
from pullquote.render.edition import Edition, edition
from pullquote.render.pages import former_pages, pages, robots, site_of, sitemap
from pullquote.render.reuse import NOTE, Pages
from pullquote.render.search import Searched, searched_digest, write_index
from pullquote.render.templating import environment, packaged_templates, render_page
from pullquote.render.tree import new_tree


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteReport:
    """What a build made."""

    target: Path
    pages: int
    """HTML pages."""
    files: int
    """All files, pages too."""
    changed: tuple[str, ...]
    """Site paths that the site before did not have, or not so."""


def build_site(
    library: Library,
    target: Path,
    *,
    drafts: bool = False,
    templates: Path | None = None,
    files: Mapping[str, bytes] | None = None,
    moved: Mapping[str, str | None] | None = None,
    today: date | None = None,
    progress: Progress = silent,
) -> SiteReport:
    """Write the whole site to ``target``, which is replaced at once or not at all.

    ``drafts`` makes a preview. ``templates`` is the show's own folder, looked up
    first. ``files`` are feeds, transcripts and chapters by site path; those of
    episodes not shown are left out. ``moved`` are pages that once were public and
    what took their place, None for what was withdrawn. ``today`` decides which
    reviews are overdue; None: none is. Equal input gives equal bytes anywhere.

    Raises ContentError (templates, content), MediaError (no enclosure), PullquoteError.
    """
    chosen = edition(library, drafts=drafts)
    others = dict(_shown_files(library, chosen, files or {}))
    site = site_of(chosen, frozenset(others), today)
    listed = [*pages(chosen, site), *former_pages(chosen, moved or {})]
    sources, searched = environment(templates), Searched()
    with new_tree(target) as tree:
        known = Pages(tree.old, site, _template_folders(templates))
        for number, page in enumerate(listed):
            progress(number, len(listed), page.path)
            key = known.key(page)
            before = known.unchanged(page, key)
            if before is None or not tree.take_over(address.file_of(page.path)):
                html = render_page(sources, site, page)
                tree.write(address.file_of(page.path), html.encode())
                before = searched_digest(html)
            known.note(page, key, before)
            searched.add(page.path, before)
            if page.card and page.picture and not tree.take_over(page.picture):
                tree.write(page.picture, draw(page.card))
        tree.write(address.SITEMAP, sitemap(site, listed))
        tree.write(address.ROBOTS, robots(site))
        for path, data in sorted(others.items()):
            tree.write(path, data)
        for path, data in (*_pictures(chosen, library.root), *_static(templates)):
            tree.write(path, data)
        for path, source in _sounds(chosen, library.root):
            tree.share(path, source)
        tree.write(NOTE, known.written())
        if searched.pages and not tree.keep(address.SEARCH_INDEX, searched.digest):
            tree.adopt(write_index(tree.root))
        progress(len(listed), len(listed))
    files_made, changed = len(tree.taken), tuple(tree.changed)
    return SiteReport(
        target=target, pages=len(listed), files=files_made, changed=changed
    )


def _shown_files(
    library: Library, chosen: Edition, files: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Pass on all files but those of episodes that this site does not show."""
    shown = {episode.entry.slug for episode in chosen.episodes}
    hidden = {entry.slug for entry in library.entries} - shown
    for path, data in files.items():
        parts = path.split("/")
        owner = parts[1] if len(parts) > 1 else ""
        if not {owner, owner.rpartition(".")[0]} & hidden:
            yield path, data


def _sounds(chosen: Edition, root: Path) -> Iterator[tuple[str, Path]]:
    for episode in chosen.episodes:
        if episode.entry.enclosure is not None:
            slug = episode.entry.slug
            source = ShowFolder(root).episode(slug).enclosure
            yield address.enclosure_file(slug), source


def _pictures(chosen: Edition, root: Path) -> Iterator[tuple[str, bytes]]:
    show = chosen.show
    cover = address.cover_file(show)
    if cover and show.cover:
        yield cover, _read(root, show.cover)
    for person in chosen.people:
        photo = address.photo_file(person)
        if photo and person.photo:
            yield photo, _read(root, person.photo)


def _read(root: Path, path: str) -> bytes:
    """Return a picture; one outside the show's folder is never published."""
    found = (root / path).resolve()
    where = ShowFolder(root).show
    if not found.is_relative_to(root.resolve()):
        problem = f"{path!r} lies outside the show's folder"
        raise ContentError(where, problem, "copy it into the folder")
    if not found.is_file():
        problem = f"there is no picture {path!r}"
        raise ContentError(where, problem, "correct the path or add the picture")
    return found.read_bytes()


def _template_folders(own: Path | None) -> tuple[Path, ...]:
    return (packaged_templates(), own) if own else (packaged_templates(),)


def _static(templates: Path | None) -> Iterator[tuple[str, bytes]]:
    """Yield the fixed files: Pullquote's, each replaced by the show's own."""
    found: dict[str, Path] = {}
    for root in _template_folders(templates):
        folder = root / "static"
        for path in folder.rglob("*"):
            if path.is_file():
                found[path.relative_to(folder).as_posix()] = path
    for name in sorted(found):
        yield address.static_file(name), found[name].read_bytes()
