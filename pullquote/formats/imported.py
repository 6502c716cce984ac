"""Transcripts that come from elsewhere: which format is it?"""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text
from pullquote.formats.podcast_json import parse_podcast_json
from pullquote.formats.srt import parse_srt
from pullquote.formats.webvtt import parse_webvtt
from pullquote.formats.whisper_json import parse_whisper_json
from pullquote.model.transcript import Segment

_HEADER = re.compile(r"^Language:[ \t]*([A-Za-z]{2,3})\b", re.MULTILINE)
"""As YouTube and captioners write it between WEBVTT and the first cue."""
_KEY = re.compile(r'"language"\s*:\s*"([a-z]{2,3})\b')
_SUFFIX = re.compile(r"\.([a-z]{2})(?:-[A-Za-z]{2,4})?\.\w+$")
"""``captions.de.vtt``, ``captions.pt-BR.vtt``."""


def load_segments(path: Path) -> tuple[Segment, ...]:
    """Read a WebVTT, SRT, Podcasting 2.0 JSON or Whisper JSON file.

    The content decides, not the ending of the name. Raises ContentError if it is
    none of these, or holds no words.
    """
    segments = parse_segments(read_text(path), path)
    if not segments:
        raise ContentError(path, "holds no words", "choose another transcript")
    return segments


def told_language(path: Path) -> str | None:
    """Return the language of a transcript (``en``), None where nothing tells it.

    WebVTT's ``Language:``, Whisper's ``language``, else ``NAME.de.vtt``.
    """
    text = read_text(path)
    if text.removeprefix("\ufeff").startswith("WEBVTT"):
        found = _HEADER.search(text.replace("\r\n", "\n").partition("\n\n")[0])
    else:
        found = _KEY.search(text) if text.lstrip("\ufeff \t\n")[:1] == "{" else None
    found = found or _SUFFIX.search(path.name)
    return found[1].lower() if found else None


def spoken_code(language: str) -> str:
    """Return by what a transcript calls a language: two letters wherever it has such.

    What marking knows of English goes by ``en``, and others write ``eng``.

    >>> spoken_code("eng"), spoken_code("de-AT"), spoken_code("haw"), spoken_code("hbs")
    ('en', 'de', 'haw', 'sr')
    """
    from babel.core import get_global

    code = language.partition("-")[0].lower()
    known = get_global("language_aliases") if len(code) == 3 else {}
    return str(known.get(code, code)).partition("_")[0]  # "sr_Latn"


def parse_segments(text: str, path: Path) -> tuple[Segment, ...]:
    """Return what is said, by whom where that is known, with a time a word."""
    start = text.lstrip("\ufeff \t\n")[:1]
    if text.removeprefix("\ufeff").startswith("WEBVTT"):
        return parse_webvtt(text, path)
    if start in ("{", "["):
        podcast = '"startTime"' in text
        return (parse_podcast_json if podcast else parse_whisper_json)(text, path)
    if "-->" in text:
        return parse_srt(text, path)
    raise ContentError(
        path,
        "is not a transcript that can be imported",
        "give WebVTT, SRT, Podcasting 2.0 JSON or Whisper JSON",
    )
