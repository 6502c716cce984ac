"""The words of a text as they are compared, whatever it is written in. Pure.

Without the escapes of HTML, JSON and addresses, marks within a word, characters that
nobody sees, and what a language joins to a name.
"""

from __future__ import annotations

import html
import re
import unicodedata
from urllib.parse import unquote

from pullquote.model.align import normal_form

TOKEN = re.compile(r"[^\W_]+(?:['\u2019][^\W_]+)*")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Characters that nobody sees, and that part a word: soft hyphens, directions."""
_ACCENTS = re.compile("[\u0300-\u036f]")
"""What no composed letter has."""
_ELIDED = re.compile(
    "^(?:[cdjlmnst]|qu|[dn]ell|[als]ull?|un)['\u2019](?=[^\\W\\d_]{3})"
)
"""What French and Italian join to a name: "d'Hélène". In "D'Angelo" it is of the name."""
_MARKUP = re.compile(
    r"(?<=\w)(?:</?(?:wbr|mark|b|i|em|strong|span)\b[^<>]{0,200}>|\*{1,3})(?=\w)"
    r"|</?(?:mark|b|i|em|strong)>"
)
"""What stands inside a word, or between two of one name, in HTML and Markdown."""
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|[nrt])")
"""How JSON writes a letter, or a line's end: "\\nAnna" is no "nAnna"."""


def unmarked(text: str) -> str:
    """Return a text without what stands inside of words; its lines stay."""
    text = html.unescape(html.unescape(text))  # feeds escape what was escaped before
    return _MARKUP.sub("", text if text.isascii() else _UNSEEN.sub("", text))


def decoded(line: str) -> str:
    """Return a line without the escapes of JSON and addresses, in composed letters."""
    if "\\" in line:
        line = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) if m[1] else " ", line)
    if "%" in line:
        line = unquote(line)
    if line.isascii():
        return line
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
