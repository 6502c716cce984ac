"""Looks at everything in a show, without a model and without the network."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from difflib import get_close_matches
from functools import partial
from pathlib import Path

from pullquote.errors import ContentError, PullquoteError, each_fault
from pullquote.formats.addresses_json import load_addresses
from pullquote.formats.corrections_json import load_corrections
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.disk import file_named, read_text
from pullquote.formats.folder import ShowFolder, copies
from pullquote.formats.toml import key_lines, line_of
from pullquote.formats.words_po import catalogues, packaged_templates, wordings
from pullquote.mark.private.public_places import is_place
from pullquote.mark.private.unresolved import still_private
from pullquote.mark.private.written import leaks
from pullquote.model.library import Library
from pullquote.model.show import Show
from pullquote.pipeline.building.build import signed_ids
from pullquote.pipeline.building.links import dead_links
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.private.audible import sound_leaks
from pullquote.pipeline.private.searching import output_leaks, source_leaks


def check_show(folder: ShowFolder, *, each: bool = False) -> tuple[PullquoteError, ...]:
    """Return every fault of the show, sorted by file and line.

    ``each`` names every private detail of a transcript, not only how many there are.
    """
    try:
        loaded = load_library(folder)
    except PullquoteError as error:
        return each_fault(error)
    from pullquote.publish.feeds.requirements import feed_faults

    library = loaded.library
    faults = [*loaded.faults]
    if each:
        for entry in library.entries:
            paths = folder.episode(entry.slug)
            faults += still_private(entry, library.show, paths, each=True)
    faults += _pictures(folder, library)
    faults += _no_places(folder, library.show)
    faults += feed_faults(library, read_text(folder.show))
    faults += _copies(folder)
    faults += _unread(folder)
    faults += _templates(folder, library.show)
    faults += _leaks(folder, library)
    faults += _past(folder, library)
    faults += leaks(library)
    unique = {str(fault): fault for fault in faults}
    return tuple(sorted(unique.values(), key=lambda f: (f.where, f.line or 0)))


def _leaks(folder: ShowFolder, library: Library) -> list[PullquoteError]:
    try:
        return [
            *source_leaks(folder, library),
            *output_leaks(folder),
            *(
                fault
                for entry in library.entries
                for fault in sound_leaks(
                    folder.episode(entry.slug), entry, library.show
                )
            ),
        ]
    except PullquoteError as error:  # a file in between that cannot be read
        return [error]


def _past(folder: ShowFolder, library: Library) -> list[PullquoteError]:
    """Return what once was public and would mean something else, or is linked still."""
    from pullquote.publish.serving.moves import lost, reused
    from pullquote.render.views.edition import edition

    try:
        history = load_addresses(folder.addresses)
    except PullquoteError as error:
        return [*each_fault(error)]
    found: list[PullquoteError] = [*reused(history, library, signed_ids(folder))]
    found += lost(history, library)
    with suppress(ContentError):  # there is no edition: why not is told already
        public = edition(library, drafts=False)
        found += dead_links(folder, library, history, public, drafts=True)
    return found


def _pictures(folder: ShowFolder, library: Library) -> list[PullquoteError]:
    from pullquote.media.cover import check_cover
    from pullquote.media.picture import published_picture

    faults: list[PullquoteError] = []

    def look(check: Callable[[Path], object], picture: Path) -> None:
        try:
            check(picture)
        except PullquoteError as error:
            faults.append(error)

    if library.show.cover:
        look(check_cover, file_named(folder.root, library.show.cover))
    for entry in library.published:
        if entry.episode.cover:
            picture = folder.episode(entry.slug).recording(entry.episode.cover)
            look(published_picture, picture)
    for person in library.show.people:
        if not person.photo:
            continue
        if (photo := file_named(folder.root, person.photo)).is_file():
            look(published_picture, photo)
        else:
            faults.append(
                ContentError(
                    folder.show,
                    f"{person.id}'s photo {person.photo!r} is not there",
                    "correct the path or add the picture",
                )
            )
    return faults


def _no_places(folder: ShowFolder, show: Show) -> Iterator[PullquoteError]:
    """Yield what is called a public place and may be a person: it is searched for."""
    lines = key_lines(read_text(folder.show))
    for n, place in enumerate(show.review.public_places):
        if not is_place(place):
            problem = f"{place!r} is called as no street or building is"
            remedy = (
                'write it whole, such as "Mill Lane"; a person\'s name stays private'
            )
            where = ("review", "public_places", n)
            yield ContentError(folder.show, problem, remedy, line=line_of(lines, where))


def _copies(folder: ShowFolder) -> Iterator[PullquoteError]:
    for path, file in copies(folder).items():
        problem = f"looks like a copy of {file.name}, and nothing reads it"
        remedy = "bring over what it alone has, then delete it"
        if path.name.lower() == file.name and not file.exists():
            problem, remedy = "is not read on every machine", f"call it {file.name}"
        yield ContentError(path, problem, remedy)


def _unread(folder: ShowFolder) -> Iterator[PullquoteError]:
    """Yield what is wrong with files that no build reads: the next cut, and the desk."""
    for paths in map(folder.episode, folder.slugs()):
        readers = (
            partial(load_decisions, paths.decisions),
            partial(load_corrections, paths.corrections),
        )
        for read in readers:
            try:
                read()
            except PullquoteError as error:
                yield from each_fault(error)


def _templates(folder: ShowFolder, show: Show) -> list[PullquoteError]:
    from pullquote.render.templating import check_own

    faults: list[PullquoteError] = []
    for path in sorted(folder.templates.rglob("*")):
        try:
            if path.is_file():
                check_own(path, folder.templates)
        except PullquoteError as error:
            faults += each_fault(error)
    return faults or [
        *_unused_templates(folder),
        *_wordings(folder, show),
        *_colours(folder),
    ]


def _colours(folder: ShowFolder) -> Iterator[PullquoteError]:
    """Yield what cannot be read in the show's own colours, if ``style.css`` is ours."""
    from pullquote.render.colours import colour_faults

    tokens = Path("static", "tokens.css")
    own = folder.templates / tokens
    if own.is_file() and not (own.with_name("style.css").is_file()):
        packaged = read_text(packaged_templates() / tokens)
        yield from colour_faults(read_text(own), packaged, own)


def _unused_templates(folder: ShowFolder) -> list[PullquoteError]:
    """Return the show's templates of which no page is made: a mistyped name."""
    known = {path.name for path in packaged_templates().glob("*.html.j2")}
    ours = {path.name: path for path in sorted(folder.templates.glob("[!.]*.html.j2"))}
    if ours.keys() <= known:
        return []
    texts = {name: read_text(path) for name, path in ours.items()}
    faults: list[PullquoteError] = []
    for name in ours.keys() - known:
        if any(name in text for other, text in texts.items() if other != name):
            continue  # a piece that another one includes
        near = get_close_matches(name, known, n=1)
        perhaps = f"; perhaps {near[0]} is meant" if near else ""
        remedy = f"rename it to the template that it replaces{perhaps}"
        faults.append(ContentError(ours[name], "no page is made of it", remedy))
    return faults


def _wordings(folder: ShowFolder, show: Show) -> Iterator[PullquoteError]:
    """Yield what the show's own catalogues say that nobody says, and what they lack."""
    every = wordings(packaged_templates() / "words" / "words.pot")
    ours = catalogues(folder.templates, show.language)
    own = [path for path in ours if path.is_relative_to(folder.templates)]
    templates = "".join(map(read_text, sorted(folder.templates.glob("[!.]*.j2"))))
    found: set[tuple[str, str]] = set()
    for path in own:
        for (context, wording), message in wordings(path).items():
            if any(message.string or ()) and not message.fuzzy:  # else it is English
                found.add((context, wording))
            if (context, wording) in every or wording in templates:
                continue
            near = get_close_matches(wording, [text for _, text in every], n=1)
            remedy = f"perhaps {near[0]!r} is meant" if near else "take it out"
            problem = f"nothing says {wording!r}"
            yield ContentError(path, problem, remedy, line=message.lineno)
    missing = every.keys() - found
    shipped = [*catalogues(packaged_templates(), show.language)]
    english = show.words.language.partition("-")[0] == "en"
    if own and missing and not shipped and not english:
        _, first = min(missing)
        problem = (
            f"{len(missing)} of {len(every)} wordings are missing, such as {first!r}"
        )
        yield ContentError(own[0], problem, "pages say these in English; add them")
