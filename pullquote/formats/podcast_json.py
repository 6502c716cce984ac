"""Podcasting 2.0 JSON transcripts, version 1.0.0: a segment a sentence.

https://github.com/Podcastindex-org/podcast-namespace, docs/examples/transcripts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from json.encoder import encode_basestring
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.captions import regroup, spoken_until
from pullquote.formats.json_file import number, parse_object, segments_of, text_or_none
from pullquote.model.align import spread
from pullquote.model.transcript import Segment, TimedTurn, Word, text_of

_REMEDY = "export it again as a Podcasting 2.0 transcript"


def format_podcast_json(turns: Sequence[TimedTurn], names: Sequence[str]) -> str:
    """Return the file's text; ``names`` is what may be printed for each turn."""
    segments = [
        f'{{"speaker": {speaker}, "startTime": {words[0].start / 1000},'
        f' "endTime": {words[-1].end / 1000},'
        f' "body": {encode_basestring(" ".join(map(text_of, words)))}}}'
        for turn, speaker in zip(turns, map(encode_basestring, names), strict=True)
        for words in _sentences(turn)
    ]
    lines = ",\n".join(segments)
    return f'{{"version": "1.0.0", "segments": [\n{lines}\n]}}\n'


def _sentences(turn: TimedTurn) -> Iterator[tuple[Word, ...]]:
    for start, end in pairwise((*turn.sentence_starts, len(turn.words))):
        yield turn.words[start:end]


def parse_podcast_json(text: str, path: Path) -> tuple[Segment, ...]:
    """Return what is said and by whom, with a time a word.

    Segments may be single words. One without an end lasts to the next one's start,
    one without a speaker goes on with the last. Raises ContentError.
    """
    found = segments_of(parse_object(text, path, _REMEDY), path, _REMEDY)
    starts = [number(row, "startTime", n, path) for n, row in enumerate(found, 1)]
    ends = [*starts[1:], None]
    spoken: list[tuple[Word, str | None]] = []
    speaker: str | None = None
    for n, row in enumerate(found, 1):
        start, following = starts[n - 1], ends[n - 1]
        body = row.get("body")
        if not isinstance(body, str):
            raise ContentError(path, f"segment {n} has no body", _REMEDY)
        if row.get("endTime") is not None:
            end = number(row, "endTime", n, path)
        else:
            end = start + 400 * len(body.split()) if following is None else following
        if end < start and row.get("endTime") is not None:
            raise ContentError(
                path, f"segment {n} ends before it starts", "correct its times"
            )
        speaker = text_or_none(row.get("speaker")) or speaker
        end = spoken_until(start, end, following)
        spoken += [(word, speaker) for word in spread(body, start, end)]
    return regroup(spoken)
