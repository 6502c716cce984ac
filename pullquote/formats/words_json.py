"""``words.json``: what the machine heard, one segment a line."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text, write_text
from pullquote.formats.json_file import convert, parse_schema
from pullquote.model.answer import Clip
from pullquote.model.transcript import Engine, MachineTranscript, Segment, VoiceTurn

if TYPE_CHECKING:
    from msgspec.json import Decoder

SCHEMA = "pullquote/words-1"
_REMEDY = "run `pullquote transcribe` again"


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
    if transcript.masked:
        head["masked"] = [[clip.start, clip.end] for clip in transcript.masked]
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
    file = _file(text, path)
    return MachineTranscript(
        episode=file.episode,
        language=file.language,
        duration=file.duration,
        recording_sha256=file.recording.sha256,
        engine=file.engine,
        segments=file.segments,
        turns=tuple(VoiceTurn(start=a, end=b, speaker=s) for a, b, s in file.turns),
        guesses=file.guesses,
        masked=tuple(Clip(start=a, end=b) for a, b in file.masked),
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
    masked: tuple[tuple[int, int], ...] = ()


def _file(text: str, path: Path) -> _File:
    from msgspec import DecodeError

    with suppress(DecodeError, RecursionError):
        file = _decoder().decode(text)
        if file.schema == SCHEMA:
            return file
    # others may write numbers otherwise; and what is wrong is to be named
    data = parse_schema(text, path, SCHEMA, _REMEDY)
    return convert({**data, "schema": SCHEMA}, _File, path, _REMEDY)


@cache
def _decoder() -> Decoder[_File]:
    from msgspec.json import Decoder

    return Decoder(_File)


def without_masked(text: str, clips: Collection[Clip] | None = None) -> str:
    """Return the file's text without notes of what was masked: some, or all.

    What is no such text stays as it is.
    """
    path = Path("words.json")
    try:
        known = parse_words(text, path)
    except ContentError:
        return text
    left = () if clips is None else tuple(c for c in known.masked if c not in clips)
    same = left == known.masked
    return text if same else format_words(replace(known, masked=left))


def load_words(path: Path) -> MachineTranscript:
    """Read ``words.json``. Raises ContentError."""
    return parse_words(read_text(path), path)


def save_words(path: Path, transcript: MachineTranscript) -> None:
    """Write ``words.json`` atomically."""
    write_text(path, format_words(transcript))
