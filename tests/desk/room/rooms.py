"""Small transcripts and rooms for tests: invented words, 400 ms each."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count
from pathlib import Path

from pullquote.desk.room.document import Document, document_of, transcript_of
from pullquote.desk.room.history import Change, History
from pullquote.desk.room.operations import Operation
from pullquote.desk.room.room import Asked, Room
from pullquote.desk.room.times import Times
from pullquote.formats.transcript_md import format_transcript
from pullquote.model.transcript import (
    MachineTranscript,
    Segment,
    Transcript,
    Turn,
    Word,
)
from tests import factory

WORD_MS = 400
SPOKEN = (
    ("S1", "Welcome to the show. What helps a sore back?"),
    ("Irene Copperfold?", "Keep moving. A day in bed is fine, a week is not."),
    ("S1", "And how long does it last?"),
    ("S3", "Two weeks, as a rule. Some need six."),
)


def transcript(spoken: Sequence[tuple[str, str]] = SPOKEN) -> Transcript:
    """Return a transcript; each sentence ends where a full stop or question mark is."""
    from pullquote.formats.sentences import sentences

    turns, at = [], 0
    for name, text in spoken:
        turns.append(
            Turn(
                start=at // 1000 * 1000,
                speaker=name.rstrip("?"),
                guessed=name.endswith("?"),
                sentences=sentences(text),
            )
        )
        at += WORD_MS * len(text.split())
    return Transcript(episode="x", language="en", turns=tuple(turns))


def heard(made: Transcript) -> MachineTranscript:
    """Return the machine's transcript of the same words, one every 400 ms."""
    segments, at = [], 0
    for turn in made.turns:
        texts = turn.text.split()
        words = tuple(
            Word(
                start=at + n * WORD_MS,
                end=at + (n + 1) * WORD_MS,
                text=t,
                probability=0.9,
            )
            for n, t in enumerate(texts)
        )
        at += WORD_MS * len(texts)
        if words:
            segments.append(
                Segment(start=words[0].start, end=at, words=words, speaker=turn.speaker)
            )
    return factory.heard(*segments, duration=at + 1000)


def ids() -> map[str]:
    """Return t1, t2 and so on."""
    return map("t{}".format, count(1))


def document(spoken: Sequence[tuple[str, str]] = SPOKEN) -> Document:
    """Return a document of turns t1, t2 and so on."""
    return document_of(transcript(spoken), ids())


def room(spoken: Sequence[tuple[str, str]] = SPOKEN) -> Room:
    """Return a room over these turns."""
    made = transcript(spoken)
    start = document_of(made, ids())
    return Room(History(start), lambda document: Times(heard(made), document))


def do(
    where: Room,
    operation: Operation,
    by: str = "ann",
    on: int | None = None,
    **asked: str,
) -> Change:
    """Plan and accept an operation, as the desk does."""
    revision = where.revision if on is None else on
    change = where.plan(operation, Asked(by=by, revision=revision, **asked))
    where.accept(change)
    return change


def undo(where: Room, by: str = "ann") -> list[Change]:
    """Take back what a person did last."""
    changes = where.plan_undo(by)
    for change in changes:
        where.accept(change)
    return changes


def redo(where: Room, by: str = "ann") -> list[Change]:
    """Do again what a person took back."""
    changes = where.plan_undo(by, "redo")
    for change in changes:
        where.accept(change)
    return changes


def text(where: Room | Document) -> list[str]:
    """Return each turn's text."""
    shown = where.document if isinstance(where, Room) else where
    return [turn.text for turn in shown.turns]


def as_file(where: Room) -> str:
    """Return the transcript.md that a room writes."""
    return format_transcript(transcript_of(where.document, transcript()))


HERE = Path("transcript.md")


def asked(where: Room, by: str) -> Asked:
    """Return who asks, on the present revision."""
    return Asked(by=by, revision=where.revision)
