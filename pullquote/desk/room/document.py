"""The transcript as the desk holds it: turns that keep their identity while edited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pullquote.model.transcript import Transcript, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskTurn:
    """A turn with an id that stays while its words, name and time change."""

    id: str
    start: int
    """Milliseconds, as the file's header has it."""
    speaker: str
    guessed: bool = False
    text: str = ""
    """The sentences, a line end between two of them. A page shows it as a space, so
    that places in the text are the same here and there."""

    @property
    def sentences(self) -> tuple[str, ...]:
        """The sentences as the file has them: one space between words, none empty."""
        lines = (" ".join(line.split()) for line in self.text.split("\n"))
        return tuple(line for line in lines if line)

    @property
    def voice(self) -> tuple[str, bool]:
        """What turns of one voice have in common: the name, and whether it is a guess."""
        return self.speaker, self.guessed

    def as_turn(self) -> Turn:
        """Return the turn as the file has it."""
        return Turn(
            start=self.start,
            speaker=self.speaker,
            guessed=self.guessed,
            sentences=self.sentences,
        )


@dataclass(frozen=True)
class Document:
    """Turns in their order. Immutable: an unchanged turn is the same object later."""

    turns: tuple[DeskTurn, ...]
    known_places: Mapping[str, int] | None = field(
        default=None, compare=False, repr=False
    )

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The position of each turn, by its id."""
        if self.known_places is not None:
            return self.known_places
        return {turn.id: place for place, turn in enumerate(self.turns)}

    def __contains__(self, id: object) -> bool:  # noqa: A002
        return id in self.places

    def __getitem__(self, id: str) -> DeskTurn:  # noqa: A002
        """Return a turn by its id. Raises KeyError."""
        return self.turns[self.places[id]]

    def get(self, id: str) -> DeskTurn | None:  # noqa: A002
        """Return a turn by its id, None where there is none."""
        place = self.places.get(id)
        return None if place is None else self.turns[place]

    def before(self, id: str) -> DeskTurn | None:  # noqa: A002
        """Return the turn before this one."""
        place = self.places[id]
        return self.turns[place - 1] if place else None

    def of_voice(self, turn: DeskTurn) -> Iterator[DeskTurn]:
        """Yield all turns that carry this turn's name, itself among them."""
        return (other for other in self.turns if other.voice == turn.voice)

    def with_turns(self, *changed: DeskTurn) -> Document:
        """Return the document with these turns in place of those of their ids."""
        turns = list(self.turns)
        for turn in changed:
            turns[self.places[turn.id]] = turn
        return Document(tuple(turns), self.places)


def document_of(transcript: Transcript, ids: Iterator[str]) -> Document:
    """Return a file's turns, each with the next of ``ids``."""
    return Document(tuple(desk_turn(turn, next(ids)) for turn in transcript.turns))


def desk_turn(turn: Turn, id: str) -> DeskTurn:  # noqa: A002
    """Return a file's turn under an id."""
    return DeskTurn(
        id=id,
        start=turn.start,
        speaker=turn.speaker,
        guessed=turn.guessed,
        text="\n".join(turn.sentences),
    )


def transcript_of(document: Document, facts: Transcript) -> Transcript:
    """Return the document as the file has it, with the front matter of ``facts``."""
    return replace(facts, turns=tuple(turn.as_turn() for turn in document.turns))
