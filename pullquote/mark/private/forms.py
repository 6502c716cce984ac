"""The words of a text as they are compared, whatever it is written in. Pure.

Without the escapes of HTML, JSON and addresses, marks within a word, characters that
nobody sees, and what a language joins to a name; and a word in the ways in which its
marks may be written: "Zoë", "Zoe", "Mueller".
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from pullquote.model.align import normal_form
from pullquote.model.show import UNSEEN

TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_ACCENTS = re.compile("[\u0300-\u036f]")
"""What no composed letter has."""
_ELIDED = re.compile(
    "^(?:[cdjlmnst]|qu|[dn]ell|[als]ull?|un)['\u2019](?=[^\\W\\d_]{3})"
)
"""What French and Italian join to a name: "d'Hélène". In "D'Angelo" it is of the name."""
_MARKUP = re.compile(
    r"(?<=\w)(?:(?:</?(?:wbr|mark|b|i|em|strong|span|code|u|s|del|ins)\b[^<>]{0,200}>)+"
    r"|</a>|[*`]{1,3})(?=\w)"
    r"|</?(?:mark|b|i|em|strong)>"
)
"""What stands inside a word, or between two of one name, in HTML and Markdown."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
"""How JSON writes a letter, or a line's end: "\\nAnna" is no "nAnna"."""


def unmarked(text: str) -> str:
    """Return a text without what stands inside of words; its lines stay."""
    text = html.unescape(html.unescape(text))  # feeds escape what was escaped before
    return _MARKUP.sub("", text if text.isascii() else UNSEEN.sub("", text))


_APOSTROPHES = str.maketrans(dict.fromkeys("\u02b9\u02bb\u02bc\ua78c", "'"))
"""Letters to Unicode, apostrophes to the eye."""


def decoded(line: str) -> str:
    """Return a line without the escapes of JSON and addresses, in composed letters."""
    if "\\" in line:
        line = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", line)
    if "%" in line:
        line = unquote(line)
    if line.isascii():
        return line
    line = UNSEEN.sub("", line).translate(_APOSTROPHES)
    return _ACCENTS.sub("", unicodedata.normalize("NFKC", line))


def form_of(text: str) -> str:
    """Return a word as it is compared, without a genitive's s."""
    return normal_form(re.sub(r"['\u2019]s\b", "", unelided(text)))


def words_in(text: str) -> list[str]:
    """Return each word of a text: "Jean-Luc" is two."""
    return [form_of(w) for w in TOKEN.findall(unicodedata.normalize("NFKC", text))]


def unelided(word: str) -> str:
    """Return a word without what is joined to it: "d'Hélène"."""
    return _ELIDED.sub("", word)


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
