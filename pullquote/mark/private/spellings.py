"""A word in the ways in which its marks may be written: "Zoë", "Zoe", "Mueller"."""

from __future__ import annotations

import re
import unicodedata

_DIGRAPHS = str.maketrans(
    {"ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe", "ü": "ue", "å": "aa"}
)
_DIGRAPH = re.compile("(?<=[^aeiou])(ae|oe|ue|aa)")

_SHORTEST = 3
"""Letters of a word that may be a name of its own: "Mae" is no "Ma"."""


def plain(word: str) -> str:
    """Return a word as a slug writes it: in the letters of English."""
    if word.isascii():
        return word
    from slugify import slugify

    return slugify(unicodedata.normalize("NFC", word), separator="")


def in_digraphs(word: str) -> str:
    """Return a word as it is written where there are no umlauts: "mueller"."""
    return word if word.isascii() else plain(word.translate(_DIGRAPHS))


def without_digraphs(word: str) -> str:
    """Return a word that may be in digraphs as it is without marks: "muller"."""
    short = len(word) <= _SHORTEST or not word.isascii()
    return word if short else _DIGRAPH.sub(lambda m: m[0][0], word)


SPELLINGS = (plain, in_digraphs, without_digraphs)


def spellings(word: str) -> frozenset[str]:
    """Return a word in every way in which its marks may be written, itself too."""
    return frozenset((word, *(write(word) for write in SPELLINGS)))
