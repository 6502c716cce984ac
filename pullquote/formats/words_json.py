"""``words.json``: what the machine heard, one segment a line."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import parse_schema
from pullquote.model.transcript import (
    Engine,
    MachineTranscript,
    Segment,
    VoiceTurn,
    Word,
)

if TYPE_CHECKING:
    from msgspec.json import Decoder

SCHEMA = "pullquote/words-1"


def format_words(transcript: MachineTranscript) -> str:
    """Return the file's text; equal transcripts give equal bytes."""
    engine = transcript.engine
    head: dict[str, object] = {
        "schema": SCHEMA,
        "episode": transcript.episode,
        "language": transcript.language,
        "duration": transcript.duration,
        "recording": {"sha256": transcript.recording_sha256},
        "engine": {
            "runtime": engine.runtime,
            "model": engine.model,
            "weights_sha256": engine.weights_sha256,
            "options": dict(sorted(engine.options.items())),
            "versions": dict(sorted(engine.versions.items())),
        },
    }
    if transcript.guesses:
        head["guesses"] = dict(sorted(transcript.guesses.items()))
    lines = ",\n".join(_dump(_segment_row(s)) for s in transcript.segments)
    turns = ",\n".join(_dump([t.start, t.end, t.speaker]) for t in transcript.turns)
    tail = f', "turns": [\n{turns}\n]' if turns else ""
    return f'{_dump(head)[:-1]}, "segments": [\n{lines}\n]{tail}}}\n'


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _segment_row(segment: Segment) -> dict[str, object]:
    doubts = {"doubts": list(segment.doubts)} if segment.doubts else {}
    return {
        "start": segment.start,
        "end": segment.end,
        "speaker": segment.speaker,
        **doubts,
        "words": [
            [w.start, w.end, w.text]
            if w.probability is None
            else [w.start, w.end, w.text, round(w.probability, 3)]
            for w in segment.words
        ],
    }


def parse_words(text: str, path: Path) -> MachineTranscript:
    """Return the transcript; ``path`` is for messages alone.

    Raises ContentError if the text is not a ``words.json`` of this schema.
    """
    return _as_written(text) or _as_it_is(text, path)


def _as_written(text: str) -> MachineTranscript | None:
    """Return what ``format_words`` wrote, in a sixth of the time that ``_as_it_is`` takes.

    None for what others wrote: it may be as good.
    """
    from msgspec import DecodeError

    try:
        file = _decoder().decode(text)
    except (DecodeError, RecursionError):
        return None
    if file.schema != SCHEMA:
        return None
    return MachineTranscript(
        episode=file.episode,
        language=file.language,
        duration=file.duration,
        recording_sha256=file.recording.sha256,
        engine=file.engine,
        segments=file.segments,
        turns=tuple(VoiceTurn(start=a, end=b, speaker=s) for a, b, s in file.turns),
        guesses=file.guesses,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Recording:
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    """The file as it is written."""

    schema: str
    episode: str
    language: str
    duration: int
    recording: _Recording
    engine: Engine
    segments: tuple[Segment, ...]
    turns: tuple[tuple[int, int, str], ...] = ()
    guesses: dict[str, str] = field(default_factory=dict)


@cache
def _decoder() -> Decoder[_File]:
    from msgspec.json import Decoder

    return Decoder(_File)


def _as_it_is(text: str, path: Path) -> MachineTranscript:
    remedy = "run `pullquote transcribe` again"
    try:
        return _transcript(parse_schema(text, path, SCHEMA, remedy))
    except (LookupError, TypeError, ValueError, OverflowError, AttributeError) as error:
        raise ContentError(path, f"is not complete ({error!r})", remedy) from error


def _transcript(data: dict[str, Any]) -> MachineTranscript:
    engine = data["engine"]
    return MachineTranscript(
        episode=_text(data["episode"]),
        language=_text(data["language"]),
        duration=int(data["duration"]),
        recording_sha256=_text(data["recording"]["sha256"]),
        engine=Engine(
            runtime=_text(engine["runtime"]),
            model=_text(engine["model"]),
            weights_sha256=_text(engine["weights_sha256"]),
            options=dict(engine.get("options", {})),
            versions=dict(engine.get("versions", {})),
        ),
        segments=tuple(_segment(row) for row in data["segments"]),
        turns=tuple(
            VoiceTurn(start=int(start), end=int(end), speaker=str(speaker))
            for start, end, speaker in data.get("turns", ())
        ),
        guesses={str(k): str(v) for k, v in data.get("guesses", {}).items()},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r:.60} is no text")
    return value


def _segment(row: dict[str, Any]) -> Segment:
    return Segment(
        start=int(row["start"]),
        end=int(row["end"]),
        speaker=None if row.get("speaker") is None else _text(row["speaker"]),
        doubts=tuple(str(doubt) for doubt in row.get("doubts", ())),
        words=tuple(map(_word, row["words"])),
    )


def _word(row: list[Any]) -> Word:
    return Word(
        start=int(row[0]),
        end=int(row[1]),
        text=str(row[2]),
        probability=float(row[3]) if len(row) > 3 else None,
    )


def load_words(path: Path) -> MachineTranscript:
    """Read ``words.json``. Raises ContentError."""
    return parse_words(read_text(path), path)


def save_words(path: Path, transcript: MachineTranscript) -> None:
    """Write ``words.json`` atomically."""
    write_text(path, format_words(transcript))
