"""Loads a show's folder: everything that is sound, and every fault."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from pullquote.errors import ContentError, FaultsError, GateError, PullquoteError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import unreadable
from pullquote.formats.enclosure_json import load_enclosure
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.notes_md import load_notes
from pullquote.formats.redactions_toml import load_kept, load_redactions
from pullquote.formats.show_toml import load_show
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words
from pullquote.mark.check import check_across, check_entry, check_signed
from pullquote.mark.redact import redact
from pullquote.model.align import align
from pullquote.model.answer import Answer, Clip, Redaction
from pullquote.model.episode import Episode
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.model.transcript import MachineTranscript, TimedTurn, Transcript
from pullquote.pipeline.origins import format_line, origin_of, parse_line
from pullquote.render.workers import each, is_apart

T = TypeVar("T")


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
    show = load_show(folder.show)
    entries: list[Entry] = []
    faults: list[PullquoteError] = []
    public: list[PullquoteError] = []
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
    signed: list[PullquoteError] = []
    for entry in entries:
        paths = folder.episode(entry.slug)
        if not entry.unread:
            found += check_entry(entry, show, paths)
            signed += check_signed(entry, show, paths)
    if found:
        hidden = frozenset[str]().union(
            *(_hidden_files(entry, folder.episode(entry.slug)) for entry in entries)
        )
        public += [fault for fault in found if fault.where not in hidden]
    return Loaded(library, (*faults, *found, *signed), tuple(public), lines)


def _read(
    paths: EpisodeFolder, show: Show, lazily: bool
) -> tuple[bytes | None, Entry | None, list[PullquoteError]]:
    """Return an episode and its faults; as a line, which is sent faster, if it has to be."""
    reader = _Reader(paths, show)
    entry = reader.entry(lazily)
    if entry is not None and entry.unread and is_apart():
        return format_line(entry), None, reader.faults
    return None, entry, reader.faults


def read_anew(folder: ShowFolder, show: Show, slug: str) -> Entry | None:
    """Read one episode as ``load_lazily`` does; None where it is not faultless."""
    paths = folder.episode(slug)
    reader = _Reader(paths, show)
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
    reader = _Reader(paths, show)
    whole = reader.with_words(reader.with_turns(entry))
    hidden = _hidden_files(whole, paths)
    found = check_entry(whole, show, paths)
    public = [*reader.faults, *(f for f in found if f.where not in hidden)]
    others = [f for f in found if f.where in hidden]
    others += check_signed(whole, show, paths)
    return Completed(whole, tuple(others), tuple(public))


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said in an episode: the part that takes time to read."""

    machine: MachineTranscript | None
    transcript: Transcript | None
    redactions: tuple[Redaction, ...]
    kept: tuple[Clip, ...]
    turns: tuple[TimedTurn, ...]
    faults: tuple[PullquoteError, ...] = ()


def load_spoken(paths: EpisodeFolder, show: Show) -> Spoken:
    """Read what was said in an episode, with every fault."""
    return _Reader(paths, show).spoken()


def load_episode_entry(
    paths: EpisodeFolder, show: Show, spoken: Spoken | None = None
) -> tuple[Entry | None, tuple[PullquoteError, ...]]:
    """Read one episode: what is sound of it, None without facts, and every fault.

    ``spoken`` is not read again where it is known.
    """
    reader = _Reader(paths, show)
    return reader.entry(known=spoken), tuple(reader.faults)


def _hidden_files(entry: Entry, paths: EpisodeFolder) -> frozenset[str]:
    """Return the files of which nothing is public: their faults stop no build."""
    public = {answer.slug: answer for answer in entry.approved}
    hidden = [
        paths.answer(answer.slug)
        for answer in entry.answers
        if public.get(answer.slug) != answer
    ]
    if entry.episode.status != "published":
        hidden += [paths.facts, paths.redactions]
    return frozenset(str(path) for path in hidden)


class _Reader:
    """Reads one episode's files, going on after each fault."""

    def __init__(self, paths: EpisodeFolder, show: Show) -> None:
        self.paths = paths
        self.show = show
        self.faults: list[PullquoteError] = []
        self._copies: frozenset[str] | None = None
        """Names of the files in ``approved/``, once somebody asked."""

    def spoken(self) -> Spoken:
        """Return what was said, with the faults of its files alone."""
        paths = self.paths
        machine = self._read(load_words, paths.words)
        transcript = self._read(load_transcript, paths.transcript)
        redactions = self._read(load_redactions, paths.redactions) or ()
        kept = self._read(load_kept, paths.redactions) or ()
        turns = _turns(transcript, machine, redactions)
        return Spoken(machine, transcript, redactions, kept, turns, tuple(self.faults))

    def entry(self, lazily: bool = False, known: Spoken | None = None) -> Entry | None:
        """Return what could be read, None without facts.

        What is ``known`` is not read again.
        """
        paths, m4a = self.paths, self.show.feed.m4a
        episode = self._read(load_episode, paths.facts)
        if episode is None:
            return None
        self._check_people(episode)
        if known is None:
            transcript = self._read(load_transcript, paths.transcript)
            redactions = self._read(load_redactions, paths.redactions) or ()
            kept = self._read(load_kept, paths.redactions) or ()
        else:
            transcript, redactions, kept = (
                known.transcript,
                known.redactions,
                known.kept,
            )
            self.faults += known.faults
        answers = self._answers()
        found = Entry(
            slug=paths.slug,
            episode=episode,
            notes=self._read(load_notes, paths.notes) or "",
            enclosure=self._read(load_enclosure, paths.enclosure_facts),
            m4a=self._read(load_enclosure, paths.m4a_facts) if m4a else None,
            transcript=transcript,
            redactions=redactions,
            kept=kept,
            answers=answers,
            approved=self._approved(answers, episode),
        )
        if known is not None:
            suggestions = self._read(load_suggestions, paths.suggestions)
            return replace(
                found,
                machine=known.machine,
                turns=known.turns,
                suggestions=suggestions,
            )
        if lazily and episode.status == "published" and not redactions and transcript:
            speaks = any(turn.text.split() for turn in transcript.turns)
            return replace(found, unread=True) if speaks else self.with_words(found)
        return self.with_words(found)

    def with_turns(self, entry: Entry) -> Entry:
        """Return the episode with its transcript, which a known one left on disk."""
        if entry.transcript is None or entry.transcript.turns:
            return entry
        transcript = self._read(load_transcript, self.paths.transcript)
        return replace(entry, transcript=transcript)

    def with_words(self, entry: Entry) -> Entry:
        """Return the episode with what the machine heard and suggests."""
        machine = self._read(load_words, self.paths.words)
        return replace(
            entry,
            machine=machine,
            turns=_turns(entry.transcript, machine, entry.redactions),
            suggestions=self._read(load_suggestions, self.paths.suggestions),
            unread=False,
        )

    def _read(self, load: Callable[[Path], T], path: Path) -> T | None:
        try:
            return load(path)
        except FaultsError as error:
            self.faults += error.faults
        except PullquoteError as error:
            if os.path.lexists(path):  # a folder or a dead link is a fault
                self.faults.append(error)
        return None

    def _check_people(self, episode: Episode) -> None:
        for person in episode.people:
            if self.show.person(person) is None:
                self.faults.append(
                    ContentError(
                        self.paths.facts,
                        f"unknown person {person!r}",
                        "add a [[people]] entry with that id to show.toml",
                    )
                )

    def _answers(self) -> tuple[Answer, ...]:
        folder = self.paths.answers
        try:
            found = sorted(os.listdir(folder)) if folder.is_dir() else []  # noqa: PTH208
        except OSError as error:
            self.faults.append(unreadable(folder, error))
            return ()
        # names that begin with a dot are editors' and file systems' own
        slugs = [n[:-3] for n in found if n.endswith(".md") and not n.startswith(".")]
        read = (self._read(load_answer, self.paths.answer(slug)) for slug in slugs)
        answers = [answer for answer in read if answer is not None]
        return tuple(sorted(answers, key=lambda a: (a.asked.start, a.slug)))

    def _approved(
        self, answers: tuple[Answer, ...], episode: Episode
    ) -> tuple[Answer, ...]:
        if episode.status != "published":
            return ()
        public = (self._public(answer) for answer in answers)
        return tuple(answer for answer in public if answer is not None)

    def _public(self, answer: Answer) -> Answer | None:
        """Return the answer as it may be seen: as it was signed, or not at all."""
        if answer.approved:
            return answer if self._signed_so(answer) else None
        if answer.status != "approved" or self.show.review.on_change != "keep":
            return None
        signed = self._signed(answer)
        if signed is None or not signed.approved or signed.id != answer.id:
            return None
        return replace(signed, slug=answer.slug)

    def _signed(self, answer: Answer) -> Answer | None:
        """Return the answer as it was signed, None where no copy was kept."""
        if self._copies is None:
            self._copies = frozenset()
            with suppress(OSError):
                found = os.listdir(self.paths.signed)  # noqa: PTH208
                self._copies = frozenset(found)
        if f"{answer.id}.md" not in self._copies:
            return None
        return self._read(load_answer, self.paths.approved(answer.id))

    def _signed_so(self, answer: Answer) -> bool:
        """Say whether the review is the one that ``approve`` wrote, as its copy shows."""
        signed = self._signed(answer)
        if signed is None or signed.review == answer.review:
            return True
        self.faults.append(
            GateError(
                self.paths.answer(answer.slug),
                "its review is not the one that was signed",
                "take the change back, or let it be approved again",
            )
        )
        return False


def _turns(
    transcript: Transcript | None,
    machine: MachineTranscript | None,
    redactions: tuple[Redaction, ...],
) -> tuple[TimedTurn, ...]:
    return redact(align(transcript, machine), redactions) if transcript else ()


def timed_turns(paths: EpisodeFolder) -> tuple[TimedTurn, ...]:
    """Return an episode's turns as they may be published, with times for all words.

    Raises ContentError or FaultsError where a file is unsound.
    """
    machine = load_words(paths.words) if paths.words.is_file() else None
    redactions = load_redactions(paths.redactions)
    return _turns(load_transcript(paths.transcript), machine, redactions)
