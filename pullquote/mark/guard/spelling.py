"""A written word taken apart into the words that it says, in one spelling.

"Don't" is "do not", "2½" is 2.5, "L4-5" is two levels, "£5" a sign and a number, ">5"
"more than 5".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pullquote.mark.lexicon.meanings import LEVEL, unit_of
from pullquote.mark.lexicon.spoken import (
    CONTRACTED,
    DECADES,
    ENDINGS,
    IS_SHORTENED,
    ORDINALS,
    SPELLINGS,
)
from pullquote.model.align import POWER

_DENIED = re.compile(
    r"(is|are|was|were|do|does|did|has|have|had|would|could|should|must|need|can)n'?t"
)
"""A verb and "not" in one, the apostrophe there or not: "isnt"."""
_PIECE = re.compile(
    r"\d+(?:st|nd|rd|th)\b|(?<![a-z])[a-z]\d+|\d*\.\d+|\d+|[^\W\d_]+(?:'[^\W\d_]+)?"
)
_PER = re.compile(
    r"(?<=[a-z])/(h|hr|hour|d|day|wk|week|month|min|minute|sec|second|kg|kilo|l|dl|ml)\b"
)
_SLASH = re.compile(r"(?<=[^\W\d_]{2})/(?=[^\W\d_]{2})(?<!\band/(?=or\b))")
"""Between words: "ice/heat" is "ice or heat" to one and "ice and heat" to another."""
_BRIEFLY = {"h": "hour", "hr": "hour", "d": "day", "wk": "week"}
_METRIC = re.compile(r"(me|li)tre|gramme")
_FRACTION = re.compile(
    r"(\d*)(\u00bd|\u00bc|\u00be)|(?<![\w/.])(1/2|1/4|3/4)(?![\d/.])"
)
_QUARTERS = {
    "\u00bd": (".5", "half"),
    "\u00bc": (".25", "quarter"),
    "\u00be": (".75", "3 quarter"),
}
_QUARTERS |= zip(("1/2", "1/4", "3/4"), [*_QUARTERS.values()], strict=True)
_THOUSANDS = re.compile(r"[1-9]\d{0,2}\.\d{3}")
"""One, or a thousand? Nobody knows what 1.000 is where it stands, so it is but itself."""
_LETTERS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
"""Letters with points: "b.i.d"."""
_LONGEST = 1000
"""Letters; what is longer is no word, and some patterns take time with its square."""
_SIGNS = str.maketrans({"\u2019": "'", "\u2018": "'"}) | {
    ord(sign): f" {read} "
    for sign, read in {
        "%": "percent", "\u00b0": "degree", "\u00a3": "pound", "\u20ac": "euro", "$": "dollar",
        "+": "plus", "=": "equals", "\u00d7": "times", "&": "and", "~": "about",
        "\u00a2": "cent", "\u00a5": "yen", "\u2030": "permille", "\u2248": "about", "\u2264": "at most", "\u2265": "at least",
    }.items()
}  # fmt: skip
"""How signs are read."""
_COMPARED = re.compile("(?<![<>])[<>](?![<>])|~~")
"""Not the ">>" of captions; "~~not~~" is struck out."""
_ORDERS = {"<": " less than ", ">": " more than ", "~~": " struck "}
_UNREAD = frozenset("\u2212\u2044|\u00a9\u00ae\u2669\u266a\u266b\u266c")
"""Signs that are of a number, or that nobody reads: \u00ae, a note of music."""
_TIMES = re.compile("(?<=\\d)[\u00b7\u2022*|](?=\\d)")
"""Between numbers: "15\u00b720" is no "15 or 20"."""
_KEYCAP = "\u20e3"
_TURNS = frozenset(("RLE", "RLI", "R", "AL"))
"""Unseen marks of these directions have "15 or 20" shown as "or 20 15"."""
_EDGES = ".,;:?!\"'()[]\u201c\u201d*_\u2026-\u2013\u2014"


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One compared word."""

    norm: str
    text: str
    """As it stands; a word that became several tokens has it on the first."""
    line: int = 0
    """Line of the published text, from 1; of a spoken word the number of its turn."""
    ends: bool = False
    """The sentence ends here."""
    ours: bool = True
    """Spoken by somebody whose answer it is, not by a host in between."""

    @property
    def pauses(self) -> bool:
        """Whether a comma or its like follows."""
        return self.text.endswith((",", ";", ":", "\u2013", "\u2014"))


@lru_cache(maxsize=1 << 15)  # a show says the same few thousand words again and again
def parts(text: str) -> tuple[str, ...]:
    """Return the words of a written one, without marks, numbers as digits."""
    if len(text) > _LONGEST:
        return tuple(filter(None, (text.casefold().strip(_EDGES),)))
    return tuple(_taken_apart(text))


def _taken_apart(text: str) -> Iterator[str]:
    word = POWER.sub(" power ", _FRACTION.sub(_fraction, text))
    word = _TIMES.sub(" times ", word)
    word = unicodedata.normalize("NFKC", word).casefold()
    word = _COMPARED.sub(lambda m: _ORDERS[m[0]], word).translate(_SIGNS)
    word = word if word.isascii() else _told(word)
    bare = word.strip(_EDGES)
    if word.startswith("'cause"):
        word = word.replace("'cause", "because")
    if re.match(r"[\"'(\[*_\u201c\u2018]*[-\u2212]\.?\d", word):
        yield "minus"
    if _LETTERS.fullmatch(bare):
        yield bare.replace(".", "")
        return
    if bare in ("x-ray", "x-rays"):
        yield "xray"
        return
    if level := LEVEL.fullmatch(bare):
        yield level[1] + level[2]
        if level[4]:
            yield (level[3] or level[1]) + level[4]
        return
    word = _PER.sub(lambda m: f" per {_BRIEFLY.get(m[1], m[1])}", word)
    word = _SLASH.sub(" slash ", word)
    word = re.sub(r"(?<=\d),(?=\d{3})", "", word)
    word = re.sub(r"(?<=\d):00\b", "", word)
    if re.fullmatch(r"\D?\d+(?:-\d+){2,}\D?", word):
        word = word.replace("-", "")  # 9-1-1
    word = re.sub(r"(?<=\d)\s*[-\u2013\u2014]\s*(?=\d)", " to ", word)
    for piece in _PIECE.findall(word):
        yield from _expanded(piece)


def _told(word: str) -> str:
    """Return a word with its signs read; what strikes a letter out strikes out the word."""
    read = "".join(map(_read, word))
    struck = {sign for sign in read if _strikes(sign)}
    return "".join(c for c in read if c not in struck) + " struck" * bool(struck)


def _strikes(sign: str) -> bool:
    """Say whether a sign is laid over or around the letter before it."""
    over = unicodedata.combining(sign) == 1 or unicodedata.category(sign) == "Me"
    return over and sign != _KEYCAP


def _read(sign: str) -> str:
    """Return any other sign by its name, "not equal to": none comes or goes unseen."""
    kind = unicodedata.category(sign)
    if kind == "Cf" and unicodedata.bidirectional(sign) in _TURNS:
        return " backwards "
    if kind not in ("Sm", "So", "Sc") or sign in _UNREAD:
        return sign
    return f" {unicodedata.name(sign, '').casefold()} "


def _fraction(match: re.Match[str]) -> str:
    """Return "2\u00bd" as 2.5, and a fraction alone as it is said: "half"."""
    point, alone = _QUARTERS[match[2] or match[3]]
    return f"{match[1]}{point} " if match[1] else f" {alone} "


def _plain_number(piece: str) -> str:
    if len(piece) > 100:  # nobody says such a number, and Python refuses to read it
        return piece
    if _THOUSANDS.fullmatch(piece):
        return piece
    return f"{float(piece):.15g}" if "." in piece else str(int(piece))


def _expanded(piece: str) -> Iterator[str]:
    if piece[-1].isdigit() and piece[0].isdigit() | (piece[0] == "."):
        yield _plain_number(piece)
    elif piece[0].isdigit():
        yield "nth" + piece[:-2]
    elif piece in CONTRACTED:
        yield from CONTRACTED[piece].split()
    elif denied := _DENIED.fullmatch(piece):
        yield from (denied[1], "not")
    elif decade := DECADES.get(piece):
        yield from (decade, "s")
    elif "'" in piece:
        base, ending = piece[: piece.index("'")], piece[piece.index("'") :]
        yield from CONTRACTED.get(base, base).split()
        if ending == "'s" and base in IS_SHORTENED:
            yield "is"
        elif ending in ENDINGS:
            yield ENDINGS[ending]
    else:
        unit = unit_of(_METRIC.sub(_as_american, piece))
        yield ORDINALS.get(piece) or unit or piece


def _as_american(match: re.Match[str]) -> str:
    return {"me": "meter", "li": "liter"}.get(match[1] or "", "gram")


def in_american(norm: str) -> str:
    """Return a word as Americans spell it, and some that nobody does: to compare."""
    for british, american in SPELLINGS:
        norm = norm.replace(british, american)
    return norm[:-2] + "er" if norm.endswith(("tre", "bre")) else norm
