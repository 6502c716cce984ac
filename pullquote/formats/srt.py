"""SubRip: for players that read nothing better.

AntennaPod takes any caption with ": " as "speaker: text" and drops what follows a
second colon, so that "Lin: take it at 8:30" loses "30". Colons in speech are
therefore written as U+2236 RATIO, which looks the same, and read back as colons.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats import captions
from pullquote.formats.captions import Caption
from pullquote.formats.clock import format_span
from pullquote.model.align import spread
from pullquote.model.transcript import Segment, TimedTurn, Word

WIDTH = 32
"""Characters of a line, as Podcasting 2.0 asks."""
HEIGHT = 2

_RATIO = "\u2236"
_SAFE = str.maketrans({":": _RATIO, "<": "\u2039", ">": "\u203a"})
_UNSAFE = re.compile("[:<>]")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|\{\\?[^{}]*\}")


def format_srt(turns: Sequence[TimedTurn], names: Sequence[str]) -> str:
    """Return the file's text; ``names`` is what may be printed for each turn.

    A change of speaker starts a new card with ``Name:``.
    """
    safe = [_safe_turn(turn) if _UNSAFE.search(turn.text) else turn for turn in turns]
    cards = captions.cut(
        safe,
        [_short(_safe(name)) for name in names],
        width=WIDTH,
        height=HEIGHT,
        name_in_text=True,
    )
    return "\n".join(
        f"{number}\n{format_span(start, end, ',')}\n" + "\n".join(lines) + "\n"
        for number, (start, end, lines, *_) in enumerate(cards, 1)
    )


def _safe_turn(turn: TimedTurn) -> TimedTurn:
    words = tuple(word._replace(text=_safe(word.text)) for word in turn.words)
    return replace(turn, words=words)


def _safe(text: str) -> str:
    return text.translate(_SAFE)


def _short(name: str) -> str:
    return name if len(name) < WIDTH else f"{name[: WIDTH - 2].rstrip()}…"


def parse_srt(text: str, path: Path) -> tuple[Segment, ...]:
    """Return what is said, by whom where ``Name:`` leads, with a time a word.

    Raises ContentError with the line; ``path`` is for messages alone.
    """
    cards = captions.read(text, path)
    if not cards and text.strip():
        raise ContentError(
            path, "holds no times", "save it as SRT, with 00:01:02,345 --> 00:01:04,000"
        )
    plain = [c._replace(lines=tuple(map(_plain, c.lines))) for c in cards]
    named = captions.with_leading_names(captions.without_rolling(plain))
    return captions.regroup(_spoken(named))


def _spoken(cards: Sequence[Caption]) -> Iterator[tuple[Word, str | None]]:
    starts = (card.start for card in cards[1:])
    for card, following in zip_longest(cards, starts):
        end = captions.spoken_until(card.start, card.end, following)
        for word in spread(" ".join(card.lines), card.start, end):
            text = word.text.replace(_RATIO, ":")
            yield word._replace(text=text), card.speaker or None


def _plain(text: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", text)).split())
