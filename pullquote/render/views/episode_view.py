"""What an episode page says."""

from __future__ import annotations

from dataclasses import dataclass

from pullquote.model.address import (
    enclosure_file,
    episode_page,
    transcripts_among,
    turn_anchor,
)
from pullquote.model.answer import Suggestion
from pullquote.model.episode import Episode
from pullquote.model.show import Show
from pullquote.model.speaking import display_names, is_named
from pullquote.model.transcript import TimedTurn
from pullquote.render.views.edition import ShownEpisode
from pullquote.render.views.prose import text_of, to_html

_FORMAT_NAMES = {
    "vtt": "WebVTT",
    "srt": "SubRip (SRT)",
    "json": "JSON",
    "html": "HTML",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownTurn:
    """One speaker's stretch as a page prints it."""

    anchor: str
    start: int
    """Milliseconds."""
    name: str
    text: str
    sentences: str
    """Where each sentence starts, as ``word:milliseconds`` with blanks between."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FileLink:
    """A file to take away: its format's name and its site path."""

    title: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EpisodeView:
    """The facts of one episode page; paths are site paths."""

    shown: ShownEpisode
    path: str
    lead: str | None
    """The summary; None where the show notes begin with the same words."""
    notes: str
    """Show notes as safe HTML; may be empty."""
    sound: str | None
    """The enclosure; None where there is none."""
    sound_elsewhere: str | None
    """Where an old host has the sound; None where there is one of our own."""
    duration: int | None
    """Length of the recording in milliseconds."""
    turns: tuple[ShownTurn, ...]
    unconfirmed: bool
    """Some voices stand in the transcript as numbers."""
    language: str
    """The transcript's language."""
    files: tuple[FileLink, ...]
    suggestions: tuple[Suggestion, ...]
    """The machine's candidates; empty but on the preview of a draft."""

    @property
    def episode(self) -> Episode:
        """The episode's facts."""
        return self.shown.entry.episode


def episode_view(
    show: Show, shown: ShownEpisode, others: frozenset[str]
) -> EpisodeView:
    """Gather what the page of one episode says.

    ``others`` are the site paths of files that other stages made: only those that
    are there are linked.
    """
    entry = shown.entry
    transcript, hosted = entry.transcript, entry.episode.enclosure
    notes = to_html(entry.notes, below=2)
    sound = entry.enclosure or hosted
    return EpisodeView(
        shown=shown,
        path=episode_page(entry.slug),
        lead=_lead(entry.episode.summary, text_of(entry.notes, notes)),
        notes=notes,
        sound=enclosure_file(entry.slug) if entry.enclosure else None,
        sound_elsewhere=hosted.url if hosted and not entry.enclosure else None,
        duration=(sound.duration or None) if sound else None,
        turns=_turns(show, entry.turns),
        unconfirmed=not all(is_named(t) for t in entry.turns),
        language=transcript.language if transcript else show.language,
        files=tuple(
            FileLink(title=_FORMAT_NAMES[ending], path=path)
            for ending, path in transcripts_among(others, entry.slug).items()
        ),
        suggestions=(entry.suggestions or ()) if shown.draft else (),
    )


def _lead(summary: str | None, notes: str) -> str | None:
    words = " ".join((summary or "").split())
    return None if notes.startswith(words) else words


def _turns(show: Show, turns: tuple[TimedTurn, ...]) -> tuple[ShownTurn, ...]:
    used: dict[str, int] = {}
    made = []
    for turn, name in zip(turns, display_names(turns, show), strict=True):
        anchor = turn_anchor(turn.start)
        used[anchor] = used.get(anchor, 0) + 1
        made.append(
            ShownTurn(
                # two turns may start in one millisecond, two ids may not be equal
                anchor=anchor if used[anchor] == 1 else f"{anchor}-{used[anchor]}",
                start=turn.start,
                name=name,
                text=turn.text,
                sentences=" ".join(
                    f"{at}:{turn.words[at].start}" for at in turn.sentence_starts
                ),
            )
        )
    return tuple(made)
