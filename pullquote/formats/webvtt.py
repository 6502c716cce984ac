"""WebVTT (W3C, https://www.w3.org/TR/webvtt1/): the transcript as cues with voices."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats import captions
from pullquote.formats.captions import Caption
from pullquote.formats.clock import format_span, parse_clock
from pullquote.model.align import spread
from pullquote.model.transcript import Segment, TimedTurn, Word

WIDTH = 65
"""Characters of a cue, as Podcasting 2.0 recommends."""

_VOICE = re.compile(r"<v(?:\.[^\s<>]*)?(?:[ \t]+([^<>]*))?>")
_MOMENT = re.compile(r"<((?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3})>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|</>|\{\\[^{}]*\}")
_SIGNATURE = re.compile(r"WEBVTT(?:[ \t].*)?")


def format_webvtt(turns: Sequence[TimedTurn], names: Sequence[str]) -> str:
    """Return the file's text; ``names`` is what may be printed for each turn.

    Every cue names its voice: a player may start anywhere.
    """
    cues = captions.cut(turns, names, width=WIDTH, height=1, name_in_text=False)
    voices: dict[str | None, str] = {name: _escape(name) for name in names}
    blocks = [
        f"{format_span(start, end)}\n<v {voices[speaker]}>{_escape(lines[0])}"
        for start, end, lines, speaker, _ in cues
    ]
    return "\n\n".join(["WEBVTT", *blocks]) + "\n"


def _escape(text: str) -> str:
    return html.escape(text, quote=False)


def parse_webvtt(text: str, path: Path) -> tuple[Segment, ...]:
    """Return what is said, by whom where voices are named, with a time a word.

    Raises ContentError with the line; ``path`` is for messages alone.
    """
    first = text.removeprefix("\ufeff").partition("\n")[0].rstrip("\r")
    if not _SIGNATURE.fullmatch(first):
        raise ContentError(
            path, "does not start with WEBVTT", "save it as WebVTT", line=1
        )
    cues = captions.without_rolling(captions.read(text, path), _plain)
    if not any(_VOICE.search(line) for cue in cues for line in cue.lines):
        cues = captions.with_leading_names(cues)
    return captions.regroup(_spoken(cues))


def _spoken(cues: Sequence[Caption]) -> Iterator[tuple[Word, str | None]]:
    """Yield every word with its voice; a cue without one goes on with the last."""
    speaker: str | None = None
    for cue, following in pairwise([*cues, None]):
        assert cue is not None
        limit = following.start if following else None
        end = captions.spoken_until(cue.start, cue.end, limit)
        speaker = speaker if cue.speaker is None else cue.speaker
        text = " ".join(cue.lines)
        total = max(1, len(_plain(text)))
        passed = 0
        for voice, part in _voices(text):
            speaker = voice or speaker
            begin = cue.start + (end - cue.start) * passed // total
            passed = min(total, passed + len(_plain(part)) + 1)
            stop = cue.start + (end - cue.start) * passed // total
            for word in _timed_words(part, begin, stop):
                yield word, speaker or None


def _voices(text: str) -> Iterator[tuple[str | None, str]]:
    """Yield the stretches of a cue with the voice that speaks them."""
    parts = _VOICE.split(text)
    if _plain(parts[0]):
        yield None, parts[0]
    for name, part in zip(parts[1::2], parts[2::2], strict=True):
        yield " ".join(html.unescape(name or "").split()) or None, part


def _timed_words(text: str, start: int, end: int) -> Iterator[Word]:
    """Yield words, each stretch between inline times spread evenly."""
    parts = _MOMENT.split(text)
    moments = [start, *(parse_clock(part) for part in parts[1::2]), end]
    for part, (begin, stop) in zip(parts[::2], pairwise(moments), strict=True):
        yield from spread(_plain(part), begin, max(begin, stop))


def _plain(text: str) -> str:
    """Return text without tags and inline times, entities as characters."""
    stripped = _TAG.sub("", _MOMENT.sub("", _VOICE.sub("", text)))
    return " ".join(html.unescape(stripped).split())
