"""Numbers that were probably misheard. Pure.

The model is as sure of most numbers that it hears wrongly as of any other: its
probability finds one in six. Yet nobody says "140 to over 91" or "6.78ments", and
nobody says "1.15" in a fifth of a second. The rules are of English: elsewhere "1.250"
is a thousand and more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pullquote.model.transcript import Word

_SHORTEST_SYLLABLE = 80
"""Milliseconds. A number said faster was hardly heard,"""
_SURE = 0.9
"""unless the model is so sure of it."""
_SPELLED = frozenset(
    [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
        "thirty",
        "forty",
        "fifty",
        "sixty",
        "seventy",
        "eighty",
        "ninety",
    ]
)
_POWERS = frozenset(("hundred", "thousand", "million", "billion"))
_ALIKE = frozenset(("to", "too", "for", "free", "won"))
"""What two, four, three and one are heard as."""
_UNITS = frozenset(
    [
        "milligrams",
        "milligram",
        "mg",
        "micrograms",
        "mcg",
        "grams",
        "milliliters",
        "millilitres",
        "ml",
        "millimeters",
        "millimetres",
        "mm",
        "centimeters",
        "centimetres",
        "cm",
        "kilograms",
        "kg",
        "percent",
        "times",
    ]
)
_LONG_UNITS = ("gram", "grams", "meter", "meters", "liter", "liters", "year", "years")
_SPANS = frozenset(("days", "weeks", "months", "years", "hours", "minutes"))
_ABOUT = frozenset(
    ("than", "about", "roughly", "around", "approximately", "nearly", "almost")
)
_DIGITS = re.compile(r"[\d,]*\d(?:\.\d+)?%?")
_MIXED = re.compile(
    r"\d+\.\d{2,}\.\d+|\d+\.\d{3,}|[\d.]+[a-z]{4,}|\d[clt]\d+|[clt]\d(?![clst])[a-z]\d*"
)
"""Digits and letters as nobody says them: "1.92.8", "99.742", "6.78ments"."""
_LEVEL = re.compile(r"([clt])-?(\d+)")
_LAST_LEVEL = {"c": 8, "t": 12, "l": 5}
"""Nerves and bones of the spine are numbered up to here."""
_HIGHEST, _LOWEST = range(60, 261), range(30, 161)
"""Blood pressures that people have, in mmHg."""
_NO_PRESSURE = 20
"""A number over a smaller one is a share or a grade: "5 over 5"."""


def doubtful_numbers(words: Sequence[Word]) -> tuple[int, ...]:
    """Return which of a voice's words, in order, an editor had better hear again.

    Where a number was lost it is the word that stands in its place.
    """
    texts = ["", *(_bare(word.text) for word in words), "", ""]
    return tuple(
        at
        for at, word in enumerate(words)
        if _mixed(texts[at + 1])
        or _hasty(word)
        or any(_odd(texts, at + 1, joined=word.text[-1:].isalnum()))
    )


def _odd(texts: Sequence[str], at: int, *, joined: bool) -> Iterator[bool]:
    """Yield what makes a word odd where it stands; no mark after it if ``joined``."""
    before, word, after, later = texts[at - 1 : at + 3]
    if word in _ALIKE:
        yield after in _UNITS or after in _POWERS
        yield after == "point" and _number(later)
        yield word in ("free", "won") and (after in _SPANS or _number(after))
        yield before in _ABOUT and word != "free" and _digits(after)
    if not _number(word):
        return
    yield after in _ALIKE and later in ("over", "point", *_POWERS)
    yield joined and word[-1] == "0" and after in ("to", "too") and _said(later)
    yield after == "over" and _digits(word) and _no_pressure(word, later)
    yield joined and _digits(word) and after == "hundred"
    yield "." in word and (after == "another" or (word[-3] == "." and after in _SPANS))
    pointed = after == "point" and (later in _ALIKE or _number(later))
    yield _digits(word) and (pointed or before == "point")


def _bare(text: str) -> str:
    return text.strip(".,;:?!\"'()[]$£€…").casefold()


def _digits(word: str) -> bool:
    return bool(_DIGITS.fullmatch(word))


def _number(word: str) -> bool:
    return word in _SPELLED or _digits(word)


def _said(word: str) -> bool:
    """Say whether there is a word, and it is no number and no part of one."""
    return bool(word) and not any(c.isdigit() for c in word) and not _number(word)


def _no_pressure(high: str, low: str) -> bool:
    """Say whether a number over another would be a pressure that nobody has."""
    if not (high.isdigit() and low.isdigit()) or int(low) < _NO_PRESSURE:
        return False
    above, below = int(high), int(low)
    return above <= below or above not in _HIGHEST or below not in _LOWEST


def _mixed(word: str) -> bool:
    if level := _LEVEL.fullmatch(word):
        return not 0 < int(level[2]) <= _LAST_LEVEL[level[1]]
    return bool(_MIXED.fullmatch(word)) and not word.endswith(_LONG_UNITS)


def _hasty(word: Word) -> bool:
    """Say whether a number is said in less time than that takes."""
    if word.probability is None or word.probability >= _SURE:
        return False
    syllables = sum(map(_syllables, re.findall(r"\d+", word.text)))
    syllables += len(re.findall(r"\d\.\d", word.text))
    return word.end - word.start < _SHORTEST_SYLLABLE * syllables


def _syllables(run: str) -> int:
    """Return about the fewest of a run of digits: two of "80", three of "800"."""
    told = len(run.rstrip("0"))
    return told + (told > 2) + min(2, len(run) - told)
