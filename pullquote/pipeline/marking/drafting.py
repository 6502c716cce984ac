"""Chapters and show notes, drafted by a machine for an editor to make theirs."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.formats.episode_toml import add_chapters, add_people
from pullquote.formats.folder import ShowFolder
from pullquote.formats.notes_md import save_draft
from pullquote.mark.notes.chapters import draft_chapters
from pullquote.mark.notes.summary import Quote, draft_summary, notes_text
from pullquote.model.episode import Chapter
from pullquote.model.library import Entry
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.words import Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a machine makes of an episode."""

    chapters: tuple[Chapter, ...]
    quotes: tuple[Quote, ...]
    people: tuple[Person, ...]
    """Who speaks, as a person confirmed it: hosts, then the others as they come."""
    words: Words
    """The show's."""


def draft(entry: Entry, show: Show) -> Draft:
    """Return chapters, a summary's sentences and who speaks, all from the transcript."""
    suggestions, title = entry.suggestions or (), entry.episode.title
    return Draft(
        chapters=draft_chapters(
            entry.turns,
            suggestions,
            show,
            _duration(entry),
            title=title,
            kept=entry.kept,
        ),
        quotes=draft_summary(
            entry.turns, suggestions, show, title=title, answers=entry.answers
        ),
        people=_speaking(entry, show),
        words=show.words,
    )


def _speaking(entry: Entry, show: Show) -> tuple[Person, ...]:
    confirmed = (confirmed_person(turn, show) for turn in entry.turns)
    known = dict.fromkeys(person for person in confirmed if person is not None)
    return tuple(sorted(known, key=lambda person: person.role != "host"))


def _duration(entry: Entry) -> int:
    if entry.episode.recording is not None:
        return entry.episode.recording.duration
    return entry.turns[-1].end if entry.turns else 0


def write_draft(folder: ShowFolder, entry: Entry, made: Draft) -> tuple[str, ...]:
    """Write chapters, notes and people where nobody did; return what was written.

    Raises ContentError or FaultsError where ``episode.toml`` is unsound.
    """
    paths = folder.episode(entry.slug)
    written = []
    named = add_people(paths.facts, [person.id for person in made.people])
    if add_chapters(paths.facts, made.chapters) or named:
        written.append(str(paths.facts))
    text = notes_text(made.quotes, made.words)
    if text and save_draft(paths.notes, text, made.words):
        written.append(str(paths.notes))
    return tuple(written)
