"""Build the site: pages, sound, pictures and what other stages made, as one tree."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import PullquoteError
from pullquote.formats.words_po import packaged_templates
from pullquote.media.picture import published_picture
from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.model.progress import Progress, silent
from pullquote.render.site.media import pictures, sounds
from pullquote.render.site.reuse import NOTE, Kept, Pages
from pullquote.render.site.search import Searched, searched_digest, write_index
from pullquote.render.site.sitemap import robots, sitemaps
from pullquote.render.site.spare import ready_spare
from pullquote.render.site.tree import Tree, new_tree
from pullquote.render.site.workers import each, suitable
from pullquote.render.templating import check_own, kept_environment, render_page
from pullquote.render.views.card import draw
from pullquote.render.views.edition import Edition, ShownEpisode, edition, with_entry
from pullquote.render.views.neighbours import Neighbours
from pullquote.render.views.pages import (
    Page,
    Site,
    episode_pages,
    former_pages,
    shared_pages,
    site_of,
)

if TYPE_CHECKING:
    from jinja2 import Environment


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
    notes: tuple[PullquoteError, ...] = ()
    """What ``prepare`` had to tell."""
    origins: Mapping[str, str] = field(default_factory=dict)
    """Of each episode without a note whose origin is known, by slug."""
    standing: Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A site that was built, as the next build in this process may go on from it."""

    edition: Edition
    site: Site
    known: Pages
    searched: Searched
    noted: Mapping[str, frozenset[str]]
    """The files of episodes with notes, by slug."""
    files: Mapping[str, str]
    """What is taken: see ``Tree``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """An episode as its pages need it, with its words."""

    entry: Entry
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Transcripts and chapters by site path."""
    notes: tuple[PullquoteError, ...] = ()
    """What is to be told of it and stops nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What other stages bring to a site, and what they say of it."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    """Feeds, transcripts and chapters by site path; those of episodes that the site does
    not show are left out."""
    moved: Mapping[str, str | None] = field(default_factory=dict)
    """Pages that once were public and what took their place; None: withdrawn."""
    prepare: Callable[[Entry], Prepared] = lambda entry: Prepared(entry=entry)
    """Asked for each shown episode, in whatever process, before its pages are made."""
    promised: Collection[str] = ()
    """Site paths of the files that ``prepare`` will bring."""
    approve: Callable[[Collection[str]], None] = lambda paths: None
    """Told the site paths of all files before the tree is switched in."""


_NOTHING = Brought()


def build_site(
    library: Library,
    target: Path,
    brought: Brought = _NOTHING,
    *,
    drafts: bool = False,
    templates: Path | None = None,
    today: date | None = None,
    spare: Path | None = None,
    progress: Progress = silent,
) -> SiteReport:
    """Write the whole site to ``target``, which is replaced at once or not at all.

    ``drafts`` makes a preview. ``templates`` is the show's own folder, looked up
    first. ``today`` decides which reviews are overdue; None: none is. ``spare`` is
    where the tree before may be kept, which makes the next build quick. Equal input
    gives equal bytes anywhere.

    Raises ContentError (templates, content), MediaError (no enclosure),
    PullquoteError, and whatever stops what is ``brought``.
    """
    chosen = edition(library, drafts=drafts)
    others = dict(_shown_files(library, chosen, brought.files))
    site = site_of(chosen, frozenset((*others, *brought.promised)), today)
    shared = [*shared_pages(chosen, site), *former_pages(chosen, brought.moved)]
    if spare:
        ready_spare(target, spare)
    with new_tree(target, spare) as tree:
        known = Pages(tree.old, site, _template_folders(templates))
        gathered = Gathered(known)
        due = [*_due(chosen, site, known, tree, gathered)]
        sources = kept_environment(templates, site.show.words)
        making = Making(
            chosen, site, sources, known, brought.prepare, due, shared, tree
        )
        total = len(shared) + len(chosen.episodes) + len(chosen.answers)
        progress(gathered.pages, total)
        beside = partial(
            _write_beside, tree, chosen, known, site, shared, others, library, templates
        )
        # pages that are shared are looked at each time, and few of them made
        made = each(making.part, making.parts, suitable(len(due)), meanwhile=beside)
        for part in made:
            tree.join(part.tree)
            gathered.take(part)
            progress(gathered.pages, total, part.pages[-1][0])
        tree.write(NOTE, known.written())
        if site.search:
            index(tree, gathered.searched)
        brought.approve(frozenset(tree.taken.values()))
        progress(total, total)
    return gathered.report(target, total, tree, chosen, site)


def _due(
    chosen: Edition, site: Site, known: Pages, tree: Tree, gathered: Gathered
) -> Iterator[Due]:
    """Yield what has to be made anew, with its key; take over all that is still right."""
    neighbours = Neighbours(chosen, site)
    for shown in chosen.episodes:
        slug = shown.entry.slug
        key = neighbours.key(shown, known.common)
        kept = known.episode(slug, key) if key else None
        files = [*kept.files, *map(address.file_of, kept.pages)] if kept else []
        if kept is None or not all(map(tree.held, files)):
            yield shown, neighbours
            continue
        for path in files:
            tree.take_over(path)
        gathered.keep(slug, kept, shown.entry.origin or "")


def _write_beside(
    tree: Tree,
    chosen: Edition,
    known: Pages,
    site: Site,
    shared: Sequence[Page],
    others: Mapping[str, bytes],
    library: Library,
    templates: Path | None,
) -> None:
    """Put in sound and pictures, and what is neither a page nor one episode's own."""
    listed = [*shared, *own_pages(chosen, site)]
    for path, data in (
        *sitemaps(site, listed),
        (address.ROBOTS, robots(site)),
        *sorted(others.items()),
    ):
        tree.write(path, data)
    for path, picture, most in pictures(chosen, library.root):
        _write_picture(tree, known, path, picture, most)
    for path, file in _static(templates):
        if file.suffix.lower() in (".jpg", ".jpeg", ".png"):
            _write_picture(tree, known, path, file)
        else:
            tree.write(path, file.read_bytes())
    for path, source in sounds(chosen, library.root):
        tree.share(path, source)


def _write_picture(
    tree: Tree, known: Pages, path: str, source: Path, most: int | None = None
) -> None:
    """Put in a picture without its metadata, unless it is there already."""
    key = hashlib.sha256(known.common.encode() + source.read_bytes()).hexdigest()
    if known.unchanged(path, key) is None or not tree.take_over(path):
        tree.write(path, published_picture(source, most))
    known.note(path, key, "")


def index(tree: Tree, searched: Searched) -> None:
    """Make the search index, unless the old one is of the same pages."""
    parts = searched.parts
    if parts and not tree.keep(address.SEARCH_INDEX, searched.digest):
        tree.adopt(write_index(tree.root, parts))


Due = tuple[ShownEpisode, Neighbours]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the site that is made: for each page its path, key and digest."""

    tree: Tree
    pages: list[tuple[str, str | None, str]] = field(default_factory=list)
    notes: list[PullquoteError] = field(default_factory=list)
    noted: str | None = None
    """Slug of the episode that the notes are about."""
    episode: tuple[str, str] | None = None
    """Slug and origin of an episode that may be taken over by the next build."""
    key: str | None = None
    files: tuple[str, ...] = ()
    """What the episode has beside its pages."""


@dataclass(slots=True)
class Gathered:
    """What came of all pieces."""

    known: Pages
    searched: Searched = field(default_factory=Searched)
    notes: list[PullquoteError] = field(default_factory=list)
    origins: dict[str, str] = field(default_factory=dict)
    noted: dict[str, frozenset[str]] = field(default_factory=dict)
    """The files of episodes with notes, by slug."""
    pages: int = 0

    def take(self, part: Part) -> None:
        """Take note of one piece."""
        if part.episode and part.key:
            slug, origin = part.episode
            rows = {p: (key or "", digest) for p, key, digest in part.pages}
            self.keep(slug, Kept(part.key, part.files, rows), origin)
        else:
            for path, key, digest in part.pages:
                self.known.note(path, key, digest)
                self.searched.add(path, digest)
            self.pages += len(part.pages)
        self.notes += part.notes
        if part.noted:
            self.noted[part.noted] = frozenset(part.tree.taken.values())

    def report(
        self, target: Path, pages: int, tree: Tree, chosen: Edition, site: Site
    ) -> SiteReport:
        """Return what a build made once its tree is switched in."""
        self.known.left()
        return SiteReport(
            target=target,
            pages=pages,
            files=len(tree.taken),
            changed=tuple(tree.changed),
            notes=tuple(self.notes),
            origins=self.origins,
            standing=Standing(
                edition=chosen,
                site=site,
                known=self.known,
                searched=self.searched,
                noted=self.noted,
                files=tree.taken,
            ),
        )

    def keep(self, slug: str, kept: Kept, origin: str) -> None:
        """Take note of an episode that the next build may take over."""
        self.known.note_episode(slug, kept)
        self.origins[slug] = origin
        for path, (_, digest) in kept.pages.items():
            self.searched.add(path, digest)
        self.pages += len(kept.pages)


@dataclass(frozen=True, slots=True)
class Making:
    """Makes a site in pieces that know nothing of each other."""

    edition: Edition
    site: Site
    sources: Environment
    known: Pages
    prepare: Callable[[Entry], Prepared]
    due: Sequence[Due]
    shared: Sequence[Page]
    tree: Tree

    @property
    def parts(self) -> int:
        """How many pieces there are: the shared pages, then each episode."""
        return 1 + len(self.due)

    def part(self, number: int) -> Part:
        """Make one piece, in whatever process; the longest comes first."""
        if number:
            made = self._episode(*self.due[number - 1])
        else:  # their lists have the same cards, each made once in a process
            made = Part(self.tree.part())
            for page in self.shared:
                self._page(page, made)
        return replace(made, tree=made.tree.outcome())

    def _episode(self, shown: ShownEpisode, neighbours: Neighbours) -> Part:
        made = Part(self.tree.part())
        prepared = self.prepare(shown.entry)
        for path, data in prepared.files.items():
            made.tree.write(path, data)
        whole = with_entry(shown, prepared.entry)
        pages = [*episode_pages(self.edition, self.site, whole)]
        for page in pages:
            self._page(page, made)
        if prepared.notes:  # to be told each time, so it is prepared each time
            return replace(made, notes=[*prepared.notes], noted=shown.entry.slug)
        origin = prepared.entry.origin
        pictures = (page.picture for page in pages if page.picture)
        return replace(
            made,
            episode=(shown.entry.slug, origin) if origin else None,
            key=neighbours.key(whole, self.known.common),
            files=(*prepared.files, *pictures),
        )

    def _page(self, page: Page, made: Part) -> None:
        key = self.known.key(page)
        digest = self.known.unchanged(page.path, key)
        if digest is None or not made.tree.take_over(address.file_of(page.path)):
            html = render_page(self.sources, self.site, page)
            made.tree.write(address.file_of(page.path), html.encode())
            digest = searched_digest(html) if self.site.search else ""
        made.pages.append((page.path, key, digest))
        if page.card and page.picture and not made.tree.take_over(page.picture):
            made.tree.write(page.picture, draw(page.card))


def own_pages(
    chosen: Edition, site: Site, slugs: Collection[str] | None = None
) -> Iterator[Page]:
    """Yield the pages of some episodes, or of all."""
    for shown in chosen.episodes:
        if slugs is None or shown.entry.slug in slugs:
            yield from episode_pages(chosen, site, shown)


def _shown_files(
    library: Library, chosen: Edition, files: Mapping[str, bytes]
) -> Iterator[tuple[str, bytes]]:
    """Pass on all files but those of episodes that this site does not show."""
    shown = {episode.entry.slug for episode in chosen.episodes}
    hidden = {entry.slug for entry in library.entries} - shown
    for path, data in files.items():
        folder, _, rest = path.partition("/")
        owner = rest.partition("/")[0]
        own = folder in ("episodes", "media")  # a draft may be called as a feed is
        if not (own and {owner, owner.rpartition(".")[0]} & hidden):
            yield path, data


def _template_folders(own: Path | None) -> tuple[Path, ...]:
    return (packaged_templates(), own) if own else (packaged_templates(),)


def _static(templates: Path | None) -> Iterator[tuple[str, Path]]:
    """Yield the fixed files: Pullquote's, each replaced by the show's own."""
    found: dict[str, Path] = {}
    for root in _template_folders(templates):
        folder = root / "static"
        for path in folder.rglob("*"):
            # names that begin with a dot are editors' and file systems' own
            if path.is_file() and not path.name.startswith("."):
                if root == templates:
                    check_own(path, root)
                found[path.relative_to(folder).as_posix()] = path
    for name in sorted(found):
        yield address.static_file(name), found[name]
