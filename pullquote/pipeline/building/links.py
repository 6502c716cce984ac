"""Links from answers and show notes to pages of the same site, and where they lead.

A rename, a withdrawal or a slip of the finger leaves a link that nobody sees is dead. It
stops no build: a withdrawal has to go out though others link to what it takes back, and
a text that is signed cannot be mended without its doctor. `check` and `build` name it.
Where an answer moved, its old address leads on, so only what is not signed is told of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from posixpath import relpath
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.model.history import History
from pullquote.model.library import Entry, Library
from pullquote.pipeline.library.episode_files import file_names

if TYPE_CHECKING:
    from pullquote.render.views.edition import Edition

_ALIKE = 70
"""Of 100: so much alike is a slug to what somebody may have meant by it."""
_RELATIVE = re.compile(r"\](?:\(|:)\s*<?(?!https?:|mailto:|#)\S")
"""What follows the text of a link, or its name further down."""


@dataclass(frozen=True, slots=True)
class _Text:
    """Markdown that a page shows."""

    file: Path
    page: str
    markdown: str
    public: bool
    signed: bool


def dead_links(
    folder: ShowFolder,
    library: Library,
    history: History,
    public: Edition,
    *,
    drafts: bool = False,
) -> tuple[ContentError, ...]:
    """Return each link below the site's answers, episodes, people and topics that leads
    to no page. Other paths of the host may be the house's own.

    ``public`` is the library's edition for readers. ``drafts``: also what is not public.
    """
    from pullquote.publish.serving.moves import moves

    entries = library.entries if drafts else library.published
    site = urlsplit(address.absolute(library.show, address.HOME))
    links = [
        (text, href, path)
        for entry in entries
        for text in _texts(folder, entry, site, drafts)
        for href, path in _own_links(site, text)
    ]
    if not links:
        return ()
    judge = _Judge(library, public, moves(history, library))
    found = (judge.fault(text, href, path) for text, href, path in links)
    return tuple(fault for fault in found if fault)


def _linked(text: str, site: SplitResult) -> bool:
    """Say whether a text may hold a link to the site: most hold none at all."""
    if "]" not in text and "<" not in text:
        return False
    return site.netloc in text or _RELATIVE.search(text) is not None


def _texts(
    folder: ShowFolder, entry: Entry, site: SplitResult, drafts: bool
) -> Iterator[_Text]:
    """Yield what an episode's pages show of Markdown, where there may be a link in it."""
    paths = folder.episode(entry.slug)
    if _linked(entry.notes, site):
        page = address.episode_page(entry.slug)
        published = entry.episode.status == "published"
        yield _Text(paths.notes, page, entry.notes, published, signed=False)
    for answer in entry.approved:
        if _linked(answer.body, site):
            as_is = answer in entry.answers
            file = paths.answer(answer.slug) if as_is else paths.approved(answer.id)
            page = address.answer_page(answer.slug)
            yield _Text(file, page, answer.body, public=True, signed=True)
    for answer in entry.answers if drafts else ():
        waits = answer.status != "withdrawn" and answer not in entry.approved
        if waits and _linked(answer.body, site):
            page, file = address.answer_page(answer.slug), paths.answer(answer.slug)
            yield _Text(file, page, answer.body, public=False, signed=answer.approved)


def _own_links(site: SplitResult, text: _Text) -> Iterator[tuple[str, str]]:
    """Yield each link into the show's own pages, as written and as a site path."""
    from pullquote.render.views.prose import links

    for href in links(text.markdown):
        try:
            to = urlsplit(urljoin(site.geturl() + text.page, href))
        except ValueError:  # brackets that are no IPv6 address
            continue
        same = to.netloc.lower() == site.netloc.lower()
        if same and to.scheme in ("http", "https") and to.path.startswith(site.path):
            path = unquote(to.path[len(site.path) :]).removesuffix("index.html")
            yield href, path


class _Judge:
    """Knows where each address of a site leads."""

    def __init__(
        self, library: Library, public: Edition, moved: dict[str, str | None]
    ) -> None:
        self._moved = moved
        answers = {
            a.answer.slug: address.answer_page(a.answer.slug) for a in public.answers
        }
        episodes = {
            e.entry.slug: address.episode_page(e.entry.slug) for e in public.episodes
        }
        self._slugs = episodes | answers
        files = (file for e in public.episodes for file in file_names(e.entry))
        self._stands = {address.ANSWERS, address.EPISODES, *files}
        self._stands |= {*answers.values(), *episodes.values()}
        self._kept = {address.person_page(p.id) for p in public.people}
        self._kept |= {address.topic_page(t.id) for t in public.topics}
        self._hidden = {address.episode_page(e.slug) for e in library.entries}
        self._hidden |= {
            address.answer_page(a.slug)
            for e in library.entries
            for a in e.answers
            if a.status != "withdrawn"
        }

    def fault(self, text: _Text, href: str, path: str) -> ContentError | None:
        """Return what is wrong with a link, None if it leads to a page."""
        whole = path.endswith("/") or path in self._stands or path in self._moved
        at = path if whole else f"{path}/"
        folder, _, rest = at.partition("/")
        if f"{folder}/" in (address.PEOPLE, address.TOPICS):
            name = rest.partition("/")[0]
            if not name or f"{folder}/{name}/" in self._kept:
                return None
        elif f"{folder}/" not in (address.ANSWERS, address.EPISODES):
            return None
        if at in self._stands or (at in self._hidden and not text.public):
            return None
        where = _line(text.file, href)
        if at in self._moved:
            to = self._moved[at]
            if to is None:
                problem, remedy = "leads to what was withdrawn", "take the link out"
            elif text.signed:
                return None
            else:
                problem = "leads to a page that has moved"
                remedy = f"write {_way(text.page, to)}"
        elif at in self._hidden:
            problem = "leads to what is not public"
            remedy = "publish that too, or take the link out"
        else:
            problem, remedy = "leads to no page", self._remedy(text, at)
        return ContentError(
            text.file, f"the link {href!r} {problem}", remedy, line=where
        )

    def _remedy(self, text: _Text, path: str) -> str:
        from rapidfuzz import process

        name = path.rstrip("/").rpartition("/")[2]
        name = name.removesuffix(".md").removesuffix(".html")
        near = process.extractOne(name, [*self._slugs], score_cutoff=_ALIKE)
        if near is None:
            return "correct it, or take it out"
        return f"perhaps {_way(text.page, self._slugs[near[0]])} is meant"


def _way(page: str, to: str) -> str:
    """Return the link from one page to another as a person would write it."""
    return relpath(to, page) + "/" * to.endswith("/")


def _line(file: Path, href: str) -> int | None:
    """Return the line on which a link is written, if it is written so."""
    written = "|".join(map(re.escape, (href, unquote(href))))
    link = re.compile(rf"[(<\s](?:{written})(?:[)>\s]|$)")
    lines = enumerate(read_text(file).split("\n"), 1)
    return next((number for number, line in lines if link.search(line)), None)
