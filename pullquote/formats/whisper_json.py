"""What Whisper programs write: openai-whisper, faster-whisper and WhisperX."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from pathlib import Path
from typing import Any

from pullquote.errors import ContentError
from pullquote.formats.captions import regroup, spoken_until
from pullquote.formats.json_file import number, parse_json, segments_of, text_or_none
from pullquote.model.align import spread
from pullquote.model.transcript import Segment, Word

_REMEDY = "write it with Whisper's --output_format json"
_FIELDS = ("start", "end", "word", "probability")


def parse_whisper_json(text: str, path: Path) -> tuple[Segment, ...]:
    """Return what was heard, with times and probabilities of words where given.

    Reads an object with ``segments`` or a bare list of them. Raises ContentError.
    """
    data = parse_json(text, path, _REMEDY)
    data = {"segments": data} if isinstance(data, list) else data
    if not isinstance(data, dict):
        raise ContentError(path, "is not a JSON object", _REMEDY)
    found = segments_of(data, path, _REMEDY)
    spaced = any(
        str(word["word"]).startswith(" ") and str(word["word"]).strip()
        for row in found
        for word in _words(row)
    )
    spoken: list[tuple[Word, str | None]] = []
    starts = [number(row, "start", n, path) for n, row in enumerate(found, 1)]
    rows = zip_longest(found, starts, starts[1:])
    for n, (row, start, following) in enumerate(rows, 1):
        end = number(row, "end", n, path)
        speaker = text_or_none(row.get("speaker"))
        if _words(row):
            words = list(_timed(row, n, start, max(start, end), path))
            spoken += _joined(words, speaker, spaced)
        else:
            body = row.get("text")
            if not isinstance(body, str):
                raise ContentError(path, f"segment {n} has no text", _REMEDY)
            end = spoken_until(start, max(start, end), following)
            spoken += [(w, speaker) for w in spread(body, start, end)]
    return regroup(spoken)


def _words(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a segment's words; faster-whisper's tuples come as bare lists."""
    found = row.get("words")
    words = []
    for word in found if isinstance(found, list) else ():
        if isinstance(word, list):
            words.append({"word": "", **dict(zip(_FIELDS, word, strict=False))})
        elif isinstance(word, dict):
            words.append({**word, "word": word.get("word", word.get("text", ""))})
    return words


def _timed(
    row: Mapping[str, Any], n: int, start: int, end: int, path: Path
) -> Iterator[tuple[Word, str | None]]:
    """Yield words; one without times (WhisperX: numbers) goes after the last."""
    latest = start
    for word in _words(row):
        text = str(word["word"])
        if not text.strip():
            continue
        begin, stop = latest, latest
        if word.get("start") is not None and word.get("end") is not None:
            begin, stop = number(word, "start", n, path), number(word, "end", n, path)
        score = word.get("probability", word.get("score"))
        latest = max(latest, min(stop, end))
        yield (
            Word(
                start=begin,
                end=max(begin, stop),
                text=text,
                probability=_probability(score),
            ),
            text_or_none(word.get("speaker")),
        )


def _probability(score: object) -> float | None:
    """Return what is one, None for anything else."""
    if isinstance(score, bool) or not isinstance(score, int | float):
        return None
    return float(score) if 0 <= score <= 1 else None


def _joined(
    words: list[tuple[Word, str | None]], speaker: str | None, spaced: bool
) -> Iterator[tuple[Word, str | None]]:
    """Yield whole words: a token without a space before it goes on with the last."""
    pending: tuple[Word, str | None] | None = None
    for word, own in words:
        if pending is not None and spaced and not word.text.startswith(" "):
            text = pending[0].text + word.text.strip()
            whole = pending[0]._replace(end=max(pending[0].end, word.end), text=text)
            pending = whole, pending[1]
            continue
        if pending is not None:
            yield pending
        pending = word._replace(text="".join(word.text.split())), own or speaker
    if pending is not None:
        yield pending
