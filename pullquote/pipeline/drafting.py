"""Chapters and show notes, drafted by a machine for an editor to make theirs."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.formats.episode_toml import add_chapters
from pullquote.formats.folder import ShowFolder
from pullquote.formats.notes_md import save_draft
from pullquote.mark.chapters import draft_chapters
from pullquote.mark.summary import Quote, draft_summary, notes_text
from pullquote.model.episode import Chapter
from pullquote.model.library import Entry
from pullquote.model.show import Show


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What a machine makes of an episode."""

    chapters: tuple[Chapter, ...]
    quotes: tuple[Quote, ...]


def draft(entry: Entry, show: Show) -> Draft:
    """Return chapters and the sentences of a summary; nothing without a transcript."""
    suggestions, title = entry.suggestions or (), entry.episode.title
    return Draft(
        chapters=draft_chapters(
            entry.turns, suggestions, show, _duration(entry), title=title
        ),
        quotes=draft_summary(entry.turns, suggestions, show, title=title),
    )


def _duration(entry: Entry) -> int:
    if entry.episode.recording is not None:
        return entry.episode.recording.duration
    return entry.turns[-1].end if entry.turns else 0


def write_draft(folder: ShowFolder, entry: Entry, made: Draft) -> tuple[str, ...]:
    """Write chapters and notes where no person did before; return what was written.

    Raises ContentError or FaultsError where ``episode.toml`` is unsound.
    """
    paths = folder.episode(entry.slug)
    written = []
    if add_chapters(paths.facts, made.chapters):
        written.append(str(paths.facts))
    text = notes_text(made.quotes)
    if text and save_draft(paths.notes, text):
        written.append(str(paths.notes))
    return tuple(written)
