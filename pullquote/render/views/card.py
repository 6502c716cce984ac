"""The picture that a link to a page is shown with: the only module that knows Pillow.

A card is drawn from text alone, so its name carries a digest of that text: what is
there already is never drawn again, and a changed card has an address of its own.
"""

from __future__ import annotations

import hashlib
import io
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import EngineError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
"""Pixels; the shape that link previews are cut to."""

_DRAWING = "2"
"""Counted up when the same text shall be drawn differently."""
_RUNS = 3
"""zlib's strategy Z_RLE."""
_INK = (8, 63, 84)
_MARGIN = 80
_LARGEST, _SMALLEST = 84, 40
_LINES = 6
_SEEN = 1_000
"""Characters of which a picture shows less; each is measured."""
_FONT = "font_source_sans_pro"


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says: a question or title, who said it, and the show."""

    title: str
    people: str
    show: str

    @property
    def name(self) -> str:
        """File name; equal text gives an equal name."""
        text = "\n".join((_DRAWING, self.title, self.people, self.show))
        return f"card-{hashlib.sha256(text.encode()).hexdigest()[:12]}.png"

    @property
    def drawable(self) -> bool:
        """The typeface has a form for every letter (Latin, Greek, Cyrillic)."""
        return all(_has(c) for c in self.title + self.people + self.show)


def draw(card: Card) -> bytes:
    """Return the picture as PNG. Raises EngineError if the typeface is missing."""
    from PIL import Image, ImageDraw

    # one channel is enough: how much ink there is, from paper to the accent colour
    image = Image.new("L", SIZE, 0)
    pen = ImageDraw.Draw(image)
    pen.rectangle((0, 0, 24, SIZE[1]), fill=255)
    small = _font("Semibold", 34)
    pen.text((_MARGIN, 56), _shortened(card.show, small), font=small, fill=255)
    size, lines = _set(card.title)
    large = _font("Semibold", size)
    for number, line in enumerate(lines):
        pen.text((_MARGIN, 130 + number * size * 1.15), line, font=large, fill=255)
    below = _font("Regular", 34)
    people = _shortened(card.people, below)
    pen.text((_MARGIN, SIZE[1] - 90), people, font=below, fill=210)
    coloured = image.point([ink >> 4 for ink in range(256)]).convert("P")
    coloured.putpalette(_palette())
    target = io.BytesIO()
    # runs of one tone are most of it: looking for more costs twice the time
    coloured.save(target, "PNG", bits=4, compress_level=3, compress_type=_RUNS)
    return target.getvalue()


def _palette() -> list[int]:
    """Sixteen tones: they are told apart by nobody and make a small file."""
    return [round(255 + (ink - 255) * tone / 15) for tone in range(16) for ink in _INK]


def _set(title: str) -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines."""
    for size in range(_LARGEST, _SMALLEST - 1, -4):
        lines = _wrapped(title, _font("Semibold", size))
        if len(lines) * size * 1.15 <= SIZE[1] - 250 and len(lines) <= _LINES:
            return size, lines
    lines = _wrapped(title, _font("Semibold", _SMALLEST))[:_LINES]
    lines[-1] = _shortened(f"{lines[-1]} …", _font("Semibold", _SMALLEST))
    return _SMALLEST, lines


def _wrapped(text: str, font: FreeTypeFont) -> list[str]:
    lines: list[str] = []
    for word in text[:_SEEN].split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= _WIDTH:
            lines[-1] = longer
        else:
            lines.append(_shortened(word, font))
    return lines


_WIDTH = SIZE[0] - 2 * _MARGIN


def _shortened(text: str, font: FreeTypeFont) -> str:
    text = text[:_SEEN]
    if font.getlength(text) <= _WIDTH:
        return text
    wide = bisect_right(
        range(len(text)), float(_WIDTH), key=lambda n: font.getlength(f"{text[:n]}…")
    )
    return f"{text[: max(0, wide - 1)].rstrip()}…"


@lru_cache(maxsize=32)
def _font(weight: str, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    # the basic layout gives the same picture on every machine
    layout = ImageFont.Layout.BASIC
    return ImageFont.truetype(_file(weight), size, layout_engine=layout)


@lru_cache(maxsize=4)
def _file(weight: str) -> str:
    """Return where the typeface lies: a data package, nothing of it is imported."""
    found = find_spec(_FONT)
    folders = found.submodule_search_locations if found else None
    for folder in folders or ():
        path = Path(folder) / "files" / f"SourceSansPro-{weight}.ttf"
        if path.is_file():
            return str(path)
    raise EngineError(
        "pictures for links",
        "the typeface Source Sans Pro is missing",
        "install it again: pip install font-source-sans-pro",
    )


@lru_cache(maxsize=4096)
def _has(character: str) -> bool:
    if character.isspace():
        return True
    font = _font("Regular", 34)
    return bytes(font.getmask(character)) != bytes(font.getmask("\U0010fffd"))
