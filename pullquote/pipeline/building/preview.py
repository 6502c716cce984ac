"""A preview: the site with drafts, each under a mark, for this machine alone."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.formats.addresses_json import load_addresses
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.pipeline.building.build import Built, build_day, judged_by
from pullquote.pipeline.building.making import brought_to, make_site
from pullquote.pipeline.library.episode_files import episode_files
from pullquote.pipeline.library.load import complete, load_lazily
from pullquote.pipeline.library.origins import Origins
from pullquote.pipeline.outcome import Reporter

if TYPE_CHECKING:
    from pullquote.render.site.build import Prepared


def build_preview(
    folder: ShowFolder, reporter: Reporter, *, today: date | None = None
) -> Built:
    """Build the site with drafts, each under a mark, for this machine alone.

    Unsound episodes and answers are left out and reported, for an editor wants to
    see the rest. Faultless episodes that did not change are not read again.
    """
    from pullquote.pipeline.building.feeds import Feeds
    from pullquote.publish.serving.moves import LISTS, moves

    origins = Origins(folder, judged_by(folder, ()), drafts=True)
    loaded = load_lazily(folder, origins.known, lazily=False)
    library = loaded.without_faulty()
    faulty = {part for fault in loaded.faults for part in Path(fault.where).parts}
    entries = (
        replace(e, origin=None) if e.slug in faulty else e for e in library.entries
    )
    library = replace(library, entries=tuple(entries))
    # a draft may stand where something withdrawn stood, or be about what nothing is
    shown = {
        address.answer_page(a.slug)
        for e in library.entries
        for a in e.answers
        if a.status != "withdrawn"
    }
    former = moves(load_addresses(folder.addresses), library)
    moved = {p: to for p, to in former.items() if p not in shown and to not in LISTS}
    brought = replace(
        brought_to(library, Feeds(folder, library).made, moved, root="/"),
        prepare=partial(_with_files, folder, library.show, origins, faulty),
    )
    report = make_site(
        folder, library, brought, reporter, today or build_day(), drafts=True
    )
    origins.save(library.entries, report.origins)
    return Built(pages=report.pages, changed_feeds=(), faults=loaded.faults)


def _with_files(
    folder: ShowFolder,
    show: Show,
    origins: Origins,
    faulty: Collection[str],
    entry: Entry,
) -> Prepared:
    from pullquote.render.site.build import Prepared

    paths = folder.episode(entry.slug)
    whole = complete(entry, show, paths).entry
    if entry.slug in faulty or not origins.still(paths):
        whole = replace(whole, origin=None, ground=None)
    return Prepared(entry=whole, files=dict(episode_files(show, whole)))
