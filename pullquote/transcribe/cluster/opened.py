"""A recording that many machines work on: which pieces come next, and what they gave."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from pullquote.model.transcript import Engine
from pullquote.transcribe.cluster.pieces import Done, Piece, read
from pullquote.transcribe.stage import Job, Looked, Told, Transcribed, join
from pullquote.transcribe.words.chunks import Chunk, plan_chunks
from pullquote.transcribe.words.detector import Probabilities, parts_of
from pullquote.transcribe.words.listen import Attempt

_VOICES = 3
"""Telling voices apart takes about a third of the time that hearing takes."""


@dataclass(slots=True, eq=False)
class Opened:
    """A recording that is being worked on."""

    number: int
    job: Job
    storage: str
    name: str
    """In the storage."""
    weights_sha256: str
    deaths: int = 0
    """Times that its pieces were given up, for workers died over them."""
    _listened: dict[int, Probabilities] = field(default_factory=dict)
    _looked: Looked | None = None
    _engine: Engine | None = None
    _chunks: tuple[Chunk, ...] = ()
    _heard: dict[int, tuple[Attempt, ...]] = field(default_factory=dict)
    _told: Told | None = None

    @property
    def chunks(self) -> int:
        """How many it has, as far as that is known."""
        return len(self._chunks)

    @property
    def is_whole(self) -> bool:
        """Say whether every piece is done."""
        return (
            self._looked is not None
            and len(self._heard) == len(self._chunks)
            and self._told is not None
        )

    def due(self) -> Iterator[Piece]:
        """Yield all that can be done now."""
        looked = self._looked
        if looked is None:
            parts = parts_of(self.job.duration)
            missing = [part for part in range(parts) if part not in self._listened]
            if parts > 1 and missing:
                for part in missing:
                    yield self._piece("listen", part=part)
            else:
                yield self._piece("look", listened=self._listened)
            return
        if self._told is None:
            yield self._piece("voices", looked=looked)
        for chunk in self._chunks:
            if chunk.index not in self._heard:
                yield self._piece("hear", chunk=chunk, language=looked.language)

    def _piece(self, step: Any, **more: Any) -> Piece:
        return Piece(
            step=step,
            storage=self.storage,
            recording=self.name,
            asked=self.job.asked,
            weights_sha256=self.weights_sha256,
            **more,
        )

    def take(self, piece: Piece, done: Done) -> Iterator[Piece]:
        """Keep what a piece gave, and yield what can be done because of it."""
        self._engine = done.engine
        if piece.part is not None:
            self._listened[piece.part] = read(Probabilities, done.body)
            if len(self._listened) == parts_of(self.job.duration):
                yield from self.due()
        elif piece.looked is not None:
            self._told = read(Told, done.body)
        elif piece.chunk is not None:
            self._heard[piece.chunk.index] = read(tuple[Attempt, ...], done.body)
        else:
            self._looked = looked = read(Looked, done.body)
            self._listened.clear()
            self._chunks = plan_chunks(looked.windows)
            if not (self.job.asked.settings.speakers and self._chunks):
                self._told = Told()
            yield from self.due()

    def joined(self) -> Transcribed:
        """Return the transcript, once it is whole."""
        assert self._looked is not None
        assert self._engine is not None
        attempts = [a for index in sorted(self._heard) for a in self._heard[index]]
        told = self._told or Told()
        return join(self._looked, attempts, told, self._engine, self.job.asked)


def size_of(piece: Piece) -> tuple[int, int]:
    """Return how urgent a piece is, 0 most, and about how long it takes.

    Everything else waits for a look, and people for the first words.
    """
    if piece.chunk is not None:
        first = piece.chunk.index == 0
        return (1 if first else 2), piece.chunk.end - piece.chunk.start
    if piece.looked is not None:
        return 2, piece.looked.duration // _VOICES
    return 0, 0
