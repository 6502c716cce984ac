"""A few episodes that were read anew, put into a site whose other pages stay.

It makes what ``build_site`` makes, byte for byte, and looks at nothing else: the site
stands as this very process left it, and who asks knows which files changed since.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.render.site.build import (
    Brought,
    Gathered,
    Making,
    SiteReport,
    Standing,
    index,
    own_pages,
)
from pullquote.render.site.reuse import NOTE
from pullquote.render.site.sitemap import sitemaps
from pullquote.render.site.tree import MARKER, new_tree
from pullquote.render.templating import kept_environment
from pullquote.render.views.edition import ListedElsewhereError, exchanged
from pullquote.render.views.neighbours import Neighbours
from pullquote.render.views.pages import Page, shared_pages


def patch_site(
    report: SiteReport,
    library: Library,
    entries: Mapping[str, Entry],
    brought: Brought,
    *,
    templates: Path | None,
    spare: Path,
) -> SiteReport:
    """Put episodes into the site of ``report``, which is replaced at once or not at all.

    ``entries`` are those of ``library`` that were read anew, by slug; ``brought`` has
    the files that differ. Raises ListedElsewhereError, with the site as it was, where
    more than their own pages would change, and what ``build_site`` raises.
    """
    before = report.standing
    chosen = exchanged(before.edition, library, entries.values())
    site = replace(before.site)  # what is rendered once is kept for one site
    known = before.known.after(entries)
    old_pages = [*own_pages(before.edition, site, entries)]
    gathered = Gathered(known, before.searched.without(p.path for p in old_pages))
    # what lists show is as it was: these alone may show more
    shared = [page for page in shared_pages(chosen, site) if page.made_from is None]
    fixed = dict(brought.files)
    if _rows(old_pages) != _rows(own_pages(chosen, site, entries)):
        listed = [*shared_pages(chosen, site), *own_pages(chosen, site)]
        fixed |= sitemaps(site, listed)
    neighbours = Neighbours(chosen, site)
    due = [(e, neighbours) for e in chosen.episodes if e.entry.slug in entries]
    sources = kept_environment(templates, site.show.words)
    making = (chosen, site, sources, known, brought.prepare, due)
    with new_tree(report.target, spare) as tree:
        if not tree.placed:  # somebody else was here
            raise ListedElsewhereError(report.target)
        own = _own_files(before, entries, (address.file_of(p.path) for p in shared))
        stays = own.union(fixed, (NOTE, MARKER))
        tree.taken = {key: p for key, p in before.files.items() if p not in stays}
        tree.taken[MARKER] = MARKER
        work = Making(*making, shared, tree)
        for number in range(work.parts):
            part = work.part(number)
            tree.join(part.tree)
            gathered.take(part)
        for path, data in fixed.items():
            tree.write(path, data)
        tree.write(NOTE, known.written())
        if site.search:
            _search_again(tree.taken)
            index(tree, gathered.searched)
        brought.approve(frozenset(tree.taken.values()))
    old_notes = {s: files for s, files in before.noted.items() if s not in entries}
    gathered.noted = old_notes | gathered.noted
    return gathered.report(report.target, report.pages, tree, chosen, site)


def _rows(pages: Collection[Page] | Iterator[Page]) -> list[object]:
    """Return what the sitemap tells of pages."""
    return [(page.path, page.changed, page.draft, page.hidden) for page in pages]


def _own_files(
    before: Standing, slugs: Collection[str], shared: Iterator[str]
) -> frozenset[str]:
    """Return the files that are made again, whatever becomes of them."""
    found = set(shared)
    for slug in slugs:
        own = before.known.paths(slug) or before.noted.get(slug)
        if own is None:  # somebody saved it while it was read
            raise ListedElsewhereError(slug)
        found |= own
    return frozenset(found)


def _search_again(taken: dict[str, str]) -> None:
    """Let the index be kept or made anew."""
    folder = address.SEARCH_INDEX
    note = f".{folder.strip('/')}-made-from"
    for key in [k for k, path in taken.items() if path.startswith((folder, note))]:
        del taken[key]
