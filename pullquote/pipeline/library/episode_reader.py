"""Reads one episode's files: everything that is sound, and every fault."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from pullquote.errors import (
    ContentError,
    FaultsError,
    GateError,
    PullquoteError,
    UsageError,
)
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import check_inside, read_text, unreadable
from pullquote.formats.enclosure_json import load_enclosure
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.notes_md import load_notes
from pullquote.formats.redactions_toml import load_kept, load_redactions
from pullquote.formats.show_toml import person_remedy
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.formats.toml import key_lines, line_of
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words
from pullquote.mark.notes.summary import without_taken_back
from pullquote.mark.private.redact import holding, redact
from pullquote.model.align import align
from pullquote.model.answer import Answer, Kept, Redaction
from pullquote.model.episode import Episode
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.transcript import MachineTranscript, TimedTurn, Transcript

T = TypeVar("T")


def build_moment() -> datetime:
    """Return the moment for which everything is made: now.

    SOURCE_DATE_EPOCH, in seconds, takes its place (reproducible-builds.org), so that
    a build can be repeated byte for byte. Raises UsageError if it is no number.
    """
    stated = os.environ.get("SOURCE_DATE_EPOCH")
    if stated is None:
        return datetime.now(UTC)
    try:
        return datetime.fromtimestamp(int(stated), UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            "SOURCE_DATE_EPOCH", f"is {stated!r}", "write seconds since 1970"
        ) from error


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was said in an episode: the part that takes time to read."""

    machine: MachineTranscript | None
    transcript: Transcript | None
    redactions: tuple[Redaction, ...]
    kept: tuple[Kept, ...]
    """What may stay, where it is said as it was."""
    turns: tuple[TimedTurn, ...]
    faults: tuple[PullquoteError, ...] = ()


def load_spoken(paths: EpisodeFolder, show: Show) -> Spoken:
    """Read what was said in an episode, with every fault."""
    return EpisodeReader(paths, show).spoken()


def load_episode_entry(
    paths: EpisodeFolder, show: Show, spoken: Spoken | None = None
) -> tuple[Entry | None, tuple[PullquoteError, ...]]:
    """Read one episode: what is sound of it, None without facts, and every fault.

    ``spoken`` is not read again where it is known.
    """
    reader = EpisodeReader(paths, show)
    return reader.entry(known=spoken), tuple(reader.faults)


class EpisodeReader:
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
        transcript, redactions, kept = self._texts()
        turns = _turns(transcript, machine, redactions)
        kept = holding(kept, turns)
        return Spoken(machine, transcript, redactions, kept, turns, tuple(self.faults))

    def _texts(
        self,
    ) -> tuple[Transcript | None, tuple[Redaction, ...], tuple[Kept, ...]]:
        """Return what people wrote of what was said: text, what goes, what may stay."""
        transcript = self._read(load_transcript, self.paths.transcript)
        redactions = self._read(load_redactions, self.paths.redactions)
        if redactions is None:  # what is wrong with the file is told once
            return transcript, (), ()
        return (
            transcript,
            redactions,
            self._read(load_kept, self.paths.redactions) or (),
        )

    def entry(self, lazily: bool = False, known: Spoken | None = None) -> Entry | None:
        """Return what could be read, None without facts.

        What is ``known`` is not read again.
        """
        paths, feed = self.paths, self.show.feed
        episode = self._read(load_episode, paths.facts)
        if episode is None:
            return None
        scheduled = is_to_come(episode)
        if scheduled:
            episode = replace(episode, status="draft")
        self._check_people(episode)
        if known is None:
            transcript, redactions, kept = self._texts()
        else:
            transcript, redactions, kept = (
                known.transcript,
                known.redactions,
                known.kept,
            )
            self.faults += known.faults
        answers = self._answers()
        enclosure = self._read(load_enclosure, paths.enclosure_facts)
        if enclosure and feed.own_sound:
            episode = replace(episode, enclosure=None)
        found = Entry(
            slug=paths.slug,
            episode=episode,
            notes=self._notes(answers),
            enclosure=enclosure,
            m4a=self._read(load_enclosure, paths.m4a_facts) if feed.m4a else None,
            transcript=transcript,
            redactions=redactions,
            kept=kept,
            answers=answers,
            approved=self._approved(answers, episode),
            scheduled=scheduled,
        )
        if known is not None:
            suggestions = self._read(load_suggestions, paths.suggestions)
            heard = replace(found, machine=known.machine, turns=known.turns)
            return replace(heard, suggestions=suggestions)
        if lazily and episode.status == "published" and not redactions and transcript:
            speaks = any(turn.text.split() for turn in transcript.turns)
            return replace(found, unread=True) if speaks else self.with_words(found)
        return self.with_words(found)

    def _notes(self, answers: tuple[Answer, ...]) -> str:
        """Return the notes; a machine's quote nothing that was withdrawn since."""
        notes, drafted = self._read(load_notes, self.paths.notes) or ("", False)
        return without_taken_back(notes, answers) if drafted else notes

    def with_turns(self, entry: Entry) -> Entry:
        """Return the episode with its transcript, which a known one left on disk."""
        if entry.transcript is None or entry.transcript.turns:
            return entry
        transcript = self._read(load_transcript, self.paths.transcript)
        return replace(entry, transcript=transcript)

    def with_words(self, entry: Entry) -> Entry:
        """Return the episode with what the machine heard and suggests."""
        machine = self._read(load_words, self.paths.words)
        turns = _turns(entry.transcript, machine, entry.redactions)
        return replace(
            entry,
            machine=machine,
            turns=turns,
            kept=holding(entry.kept, turns),
            suggestions=self._read(load_suggestions, self.paths.suggestions),
            unread=False,
        )

    def _read(self, load: Callable[[Path], T], path: Path) -> T | None:
        try:
            check_inside(path, self.paths.root)
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
                path = self.paths.facts
                line = line_of(key_lines(read_text(path)), ("people",))
                problem = f"unknown person {person!r}"
                remedy = person_remedy(person, self.show)
                self.faults.append(ContentError(path, problem, remedy, line=line))

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
        if signed.review != answer.review:  # that one was taken back, or is another
            return None
        # that a newer answer takes its place was never signed: it holds at once
        return replace(signed, slug=answer.slug, superseded_by=answer.superseded_by)

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
        if signed is not None and signed.review == answer.review:
            return True
        problem = "its review is not the one that was signed"
        remedy = "take the change back, or let it be approved again"
        copy = self.paths.approved(answer.id)
        if signed is None and not os.path.lexists(copy):  # else why is told
            problem = "nobody can tell whether its review is the one that was given"
            remedy = f"take approved/{copy.name} from git or a backup, or let it be"
            remedy += " approved again"
        path = self.paths.answer(answer.slug)
        self.faults.append(GateError(path, problem, remedy))
        return False


def is_to_come(episode: Episode) -> bool:
    """Say whether an episode is to be published at a moment that is still to come."""
    return (
        episode.status == "published"
        and episode.published is not None
        and episode.published > build_moment()
    )


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
