"""Loads a show's folder: everything that is sound, and every fault."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.folder import EpisodeFolder, ShowFolder, strays
from pullquote.formats.show_toml import load_show
from pullquote.formats.words_po import load_words
from pullquote.mark.review.across import (
    reviews_due,
    supersession_faults,
    wrong_days,
)
from pullquote.mark.review.answer_faults import shown_file, unknown_names
from pullquote.mark.review.check import check_across, check_entry, check_signed
from pullquote.mark.review.shown_names import renamed_faults
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.pipeline.library.episode_reader import EpisodeReader, build_moment
from pullquote.pipeline.library.origins import format_line, origin_of, parse_line
from pullquote.render.site.workers import each, is_apart


@dataclass(frozen=True, slots=True)
class Loaded:
    """What could be read, and what is wrong with the rest."""

    library: Library
    faults: tuple[PullquoteError, ...]
    public_faults: tuple[PullquoteError, ...]
    """Those of what is public, or of files that do not say whether they are."""
    lines: Mapping[str, bytes] = field(default_factory=dict)
    """What ``format_line`` returns of an episode, by slug, where that is known."""

    def without_faulty(self) -> Library:
        """Return the library without answers and episodes that cannot be shown."""
        faulty = {fault.where for fault in self.faults}
        folder = ShowFolder(self.library.root)
        entries = []
        for entry in self.library.entries:
            paths = folder.episode(entry.slug)
            if str(paths.facts) in faulty:
                continue
            sound = tuple(
                answer
                for answer in entry.answers
                if answer in entry.approved
                or str(paths.answer(answer.slug)) not in faulty
            )
            entries.append(replace(entry, answers=sound))
        return replace(self.library, entries=tuple(entries))


def load_library(folder: ShowFolder) -> Loaded:
    """Read the whole show. Raises only where ``show.toml`` itself is unsound."""
    return load_lazily(folder, lazily=False)


def load_with_words(folder: ShowFolder) -> tuple[Show, list[PullquoteError]]:
    """Return the show as its pages and feeds need it, and what is wrong with its words.

    Raises only where ``show.toml`` itself is unsound.
    """
    show = load_show(folder.show)
    try:
        words = load_words(folder.templates, show.language)
    except PullquoteError as error:
        return show, [error]
    return replace(show, words=words), []


Known = Callable[[EpisodeFolder], Entry | None]


def load_lazily(
    folder: ShowFolder,
    known: Known = lambda _: None,
    meanwhile: Callable[[], object] = lambda: None,
    *,
    lazily: bool = True,
) -> Loaded:
    """Read the show without the words of published episodes: ``complete`` reads them.

    ``known`` returns a faultless episode that need not be read, without its words and
    turns, if its files are as they were. ``meanwhile``: see ``workers.each``.

    The faults are those that are seen without words. Where something is redacted
    the words are read at once, for much is searched for what they hide. Raises only
    where ``show.toml`` itself is unsound.
    """
    show, found = load_with_words(folder)
    entries: list[Entry] = []
    found += (*_no_folders(folder), *_without_episode(folder))
    faults: list[PullquoteError] = [*found]
    public: list[PullquoteError] = [*found]
    due: list[EpisodeFolder] = []
    for paths in map(folder.episode, folder.slugs()):
        if (before := known(paths)) is not None:
            entries.append(before)
        else:
            due.append(paths)
    processes = None if lazily else 1  # there are words, which are too much to be sent
    work = partial(_read, show=show, lazily=lazily)
    read = each(lambda n: work(due[n]), len(due), processes, meanwhile=meanwhile)
    lines: dict[str, bytes] = {}
    for line, entry, found in read:
        if line:
            entry = parse_line(line)
            lines[entry.slug] = line
        faults += found
        if entry is None or entry.episode.status == "published":
            public += found
        if entry is not None:
            entries.append(entry)
    entries.sort(key=lambda e: (e.episode.held, e.slug), reverse=True)
    library = Library(root=folder.root, show=show, entries=tuple(entries))
    found = [*check_across(library, folder)]
    signed: list[PullquoteError] = [_waits(e) for e in entries if e.scheduled]
    # these stop nothing: the withdrawal of a newer answer has to go out
    signed += supersession_faults(library, folder)
    signed += renamed_faults(library, folder)
    signed += wrong_days(library, folder, datetime.now(UTC).date())
    signed += reviews_due(library, folder, build_moment().date())
    for entry in entries:
        paths = folder.episode(entry.slug)
        if not entry.unread:
            found += check_entry(entry, show, paths)
            signed += check_signed(entry, show, paths)
        else:
            found += _unknown_names(entry, show, paths)
    if found:
        hidden = frozenset[str]().union(
            *(_hidden_files(entry, folder.episode(entry.slug)) for entry in entries)
        )
        public += [fault for fault in found if fault.where not in hidden]
    return Loaded(library, (*faults, *found, *signed), tuple(public), lines)


def _unknown_names(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> Iterator[PullquoteError]:
    """Yield what answers name and ``show.toml`` lacks: feeds are made before words are read."""
    for answer in entry.approved:
        yield from unknown_names(answer, show, shown_file(answer, entry, paths))


def _no_folders(folder: ShowFolder) -> list[PullquoteError]:
    """Return where a file stands in a folder's place: what is in that would be missed."""
    problem, remedy = "is no folder", "take it away, and bring the folder back"
    return [
        ContentError(place, problem, remedy)
        for place in (folder.root / "episodes", folder.root / "transcripts")
        if os.path.lexists(place) and not place.is_dir()
    ]


def _without_episode(folder: ShowFolder) -> list[PullquoteError]:
    """Return transcripts whose episode is missing: one of two folders was renamed.

    Nothing is built then, or the episode's page would stand there without its words.
    """
    remedy = (
        "rename it like its episode in episodes/ (pullquote transcribe finds that by the"
        " recording), or delete it with that"
    )
    return [
        ContentError(
            folder.root / "transcripts" / name, "belongs to no episode", remedy
        )
        for name in strays(folder)
    ]


def _waits(entry: Entry) -> GateError:
    """Return when a scheduled episode is due: nothing here runs by itself."""
    when = f"{entry.episode.published:%Y-%m-%d %H:%M %Z}"
    return GateError(
        entry.slug, f"waits until {when}", "build and deploy again from then on"
    )


def _read(
    paths: EpisodeFolder, show: Show, lazily: bool
) -> tuple[bytes | None, Entry | None, list[PullquoteError]]:
    """Return an episode and its faults; as a line, which is sent faster, if it has to be."""
    reader = EpisodeReader(paths, show)
    entry = reader.entry(lazily)
    if entry is not None and entry.unread and is_apart():
        return format_line(entry), None, reader.faults
    return None, entry, reader.faults


def read_anew(folder: ShowFolder, show: Show, slug: str) -> Entry | None:
    """Read one episode as ``load_lazily`` does; None where it is not faultless."""
    paths = folder.episode(slug)
    reader = EpisodeReader(paths, show)
    entry = reader.entry(lazily=True)
    if entry is None or reader.faults:
        return None
    if not entry.unread and (
        check_entry(entry, show, paths) or check_signed(entry, show, paths)
    ):
        return None
    return entry


@dataclass(frozen=True, slots=True)
class Completed:
    """An episode with its words, and what is wrong with it."""

    entry: Entry
    faults: tuple[PullquoteError, ...]
    """Those that stop no build."""
    public_faults: tuple[PullquoteError, ...]


def complete(entry: Entry, show: Show, paths: EpisodeFolder) -> Completed:
    """Read what ``load_lazily`` left on disk, and look at the episode as a whole."""
    origin, ground = origin_of(paths)
    entry = replace(entry, origin=entry.origin or origin, ground=ground)
    if not entry.unread:
        return Completed(entry, (), ())
    reader = EpisodeReader(paths, show)
    whole = reader.with_words(reader.with_turns(entry))
    hidden = _hidden_files(whole, paths)
    found = check_entry(whole, show, paths)
    public = [*reader.faults, *(f for f in found if f.where not in hidden)]
    others = [f for f in found if f.where in hidden]
    others += check_signed(whole, show, paths)
    return Completed(whole, tuple(others), tuple(public))


def stops(
    entry: Entry, show: Show, paths: EpisodeFolder, read: Iterable[PullquoteError]
) -> tuple[PullquoteError, ...]:
    """Return what of one episode stops a build; ``read`` are the faults of reading it."""
    if entry.episode.status != "published":
        return ()
    hidden = _hidden_files(entry, paths)
    found = (f for f in check_entry(entry, show, paths) if f.where not in hidden)
    return (*read, *found)


def _hidden_files(entry: Entry, paths: EpisodeFolder) -> frozenset[str]:
    """Return the files of which nothing is public: their faults stop no build."""
    public = {answer.slug: answer for answer in entry.approved}
    hidden = [
        paths.answer(answer.slug)
        for answer in entry.answers
        if public.get(answer.slug) != answer
    ]
    if entry.episode.status != "published":
        hidden += [paths.facts, paths.notes, paths.redactions, paths.words]
    return frozenset(str(path) for path in hidden)
