"""The rules of transcript files, read off finished ones.

From podcast-namespace, docs/examples/transcripts: WebVTT with ``<v>`` and cues of at most
65 characters, SRT of at most two lines of 32, JSON 1.0.0, HTML of cite, time and p alone.
Besides: nothing overlaps, no word is lost, and an SRT card holds at most the one colon
behind a name, for AntennaPod takes what follows a second one away.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence

from pullquote.formats.clock import parse_clock
from pullquote.formats.podcast_json import format_podcast_json
from pullquote.formats.srt import format_srt
from pullquote.formats.transcript_html import format_transcript_html
from pullquote.formats.webvtt import format_webvtt
from pullquote.model.transcript import TimedTurn

_SAFE = str.maketrans({":": "\u2236", "<": "\u2039", ">": "\u203a"})


def faults(turns: Sequence[TimedTurn], names: Sequence[str]) -> list[str]:
    """Return every rule that one of a transcript's four files breaks."""
    said = [word.text for turn in turns for word in turn.words]
    return [
        *_vtt(format_webvtt(turns, names), said),
        *_srt(format_srt(turns, names), said, names),
        *_json(format_podcast_json(turns, names), said),
        *_html(format_transcript_html(turns, names), said),
    ]


def _edges(pairs: Sequence[tuple[str, str]], kind: str) -> Iterator[str]:
    edges = [parse_clock(clock) for pair in pairs for clock in pair]
    if edges != sorted(edges):
        yield f"{kind}: times overlap or fall"
    if any(a >= b for a, b in zip(edges[::2], edges[1::2], strict=True)):
        yield f"{kind}: an empty time"


def _vtt(text: str, said: list[str]) -> Iterator[str]:
    head, *cues = text.rstrip("\n").split("\n\n")
    if head != "WEBVTT":
        yield "vtt: no signature"
    words: list[str] = []
    pairs = []
    for cue in cues:
        times, *lines = cue.split("\n")
        start, _, end = times.partition(" --> ")
        pairs.append((start, end))
        voice = re.fullmatch(r"<v ([^>]+)>(.*)", "\n".join(lines))
        if voice is None:
            yield f"vtt: no voice in {cue!r}"
            continue
        shown = html.unescape(voice[2])
        if len(shown) > 65 and " " in shown:
            yield f"vtt: {len(shown)} characters in {cue!r}"
        words += shown.split()
    yield from _edges(pairs, "vtt")
    if words != said:
        yield "vtt: words are not those that were said"


def _srt(text: str, said: list[str], names: Sequence[str]) -> Iterator[str]:
    words: list[str] = []
    pairs = []
    known = {name.translate(_SAFE)[:30].rstrip() for name in names}
    for number, card in enumerate(text.split("\n\n") if text else (), 1):
        first, times, *lines = card.rstrip("\n").split("\n")
        if first != str(number):
            yield f"srt: {first!r} is not {number}"
        start, _, end = times.partition(" --> ")
        pairs.append((start, end))
        if len(lines) > 2 or any(len(n) > 32 and " " in n for n in lines):
            yield f"srt: too large: {card!r}"
        shown = " ".join(lines)
        name, colon, rest = shown.partition(":")
        if colon and name.removesuffix("\u2026") in known:
            shown = rest
        if ":" in shown:
            yield f"srt: a colon in {card!r}"
        words += shown.split()
    yield from _edges(pairs, "srt")
    if words != " ".join(said).translate(_SAFE).split():
        yield "srt: words are not those that were said"


def _json(text: str, said: list[str]) -> Iterator[str]:
    data = json.loads(text)
    if data["version"] != "1.0.0":
        yield "json: not version 1.0.0"
    times = [(s["startTime"], s["endTime"]) for s in data["segments"]]
    flat = [second for pair in times for second in pair]
    if flat != sorted(flat):
        yield "json: times overlap or fall"
    if [w for s in data["segments"] for w in s["body"].split()] != said:
        yield "json: words are not those that were said"
    if not all(s["speaker"] for s in data["segments"]):
        yield "json: nobody speaks"


def _html(text: str, said: list[str]) -> Iterator[str]:
    tags = set(re.findall(r"</?([a-z0-9]+)[^>]*>", text))
    if not tags <= {"cite", "time", "p"}:
        yield f"html: {tags}"
    bodies = re.findall(r"<p>(.*?)</p>", text, re.DOTALL)
    if [w for body in bodies for w in html.unescape(body).split()] != said:
        yield "html: words are not those that were said"
