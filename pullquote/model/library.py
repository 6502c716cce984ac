"""A whole show in memory: what render and publish are given."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pullquote.model.answer import Answer, Kept, Redaction, Suggestion
from pullquote.model.episode import Enclosure, Episode
from pullquote.model.show import Show
from pullquote.model.transcript import MachineTranscript, TimedTurn, Transcript


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One episode with everything that was made of it."""

    slug: str
    episode: Episode
    notes: str
    """Show notes in Markdown; may be empty."""
    enclosure: Enclosure | None = None
    m4a: Enclosure | None = None
    """The enclosure once more, where the show asks for it."""
    machine: MachineTranscript | None = None
    transcript: Transcript | None = None
    turns: tuple[TimedTurn, ...] = ()
    """The edited transcript with redactions applied and a time for every word."""
    scheduled: bool = False
    """``episode.toml`` says published, from a moment on that is still to come: until
    then ``episode`` is a draft."""
    unread: bool = False
    """Somebody speaks, but ``machine`` and ``turns`` wait on disk until they are
    needed: a large show does not fit into memory word by word."""
    origin: str | None = None
    """Digest of the files it was read from, where that is known: equal ones make
    equal pages."""
    ground: str | None = None
    """Digest of those files alone that every answer page is made from: the facts, the
    spoken words and their transcript."""
    redactions: tuple[Redaction, ...] = ()
    kept: tuple[Kept, ...] = ()
    """Stretches with something that looks private and that may stay, as a person said."""
    suggestions: tuple[Suggestion, ...] | None = None
    """None before `suggest` ran."""
    answers: tuple[Answer, ...] = ()
    """As they lie on disk, drafts and withdrawn ones too, by start of the clip."""
    approved: tuple[Answer, ...] = ()
    """What may be public now, by start of the clip."""

    @property
    def duration(self) -> int | None:
        """The recording's length in ms, None if nobody knows it."""
        if self.episode.recording is not None:
            return self.episode.recording.duration
        return self.machine.duration if self.machine else None

    @property
    def guessed(self) -> bool:
        """Its words' times are guessed, though its transcript was made from some.

        Whatever is judged by them would be told wrongly of sound files.
        """
        made = self.transcript is not None and self.transcript.words_digest is not None
        return made and self.machine is None and not self.unread

    @property
    def english(self) -> bool:
        """What is said is English, whose words marking knows."""
        return all(turn.english for turn in self.turns[:1])

    @property
    def spoken(self) -> bool:
        """There is a transcript to publish."""
        return self.unread or bool(self.turns)


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """A show and its episodes, newest first."""

    root: Path
    """The show's folder; only for finding media, covers and templates."""
    show: Show
    entries: tuple[Entry, ...]

    def entry(self, slug: str) -> Entry | None:
        """Return the episode with this slug, or None."""
        return next((e for e in self.entries if e.slug == slug), None)

    @property
    def published(self) -> tuple[Entry, ...]:
        """Episodes that subscribers may see, newest first."""
        return tuple(e for e in self.entries if e.episode.status == "published")
