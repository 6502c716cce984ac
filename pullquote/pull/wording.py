"""Titles and descriptions come from outside: make them safe text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from html.parser import HTMLParser

_DATE = re.compile(r"(?<!\d)(\d{4})[-_. ]?(\d{2})[-_. ]?(\d{2})(?!\d)")
_URL = re.compile(r"https?://[^\s<>\"'`\\\[\]]*[^\s<>\"'`\\\[\].,;:!?()]")
_ESCAPED = re.compile(r"([\\`*_\[\]<>&~|])")
_LINE_START = re.compile(r"^(\s*)([#+=-]|\d+(?=[.)]))")
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_BLOCKS = frozenset({"p", "div", "ul", "ol", "table", "blockquote", "h1", "h2", "h3"})
_LINES = frozenset({"br", "li", "tr", "h4", "h5", "h6"})
_UNSEEN = frozenset({"script", "style", "title", "head"})


def clean_title(text: str) -> str:
    """Return a title as one line of text, without control characters.

    Nothing else is taken away: a title may hold any script, ``<`` and emoji.

    >>> clean_title(" Sprains\\n & spasms\\x00 ")
    'Sprains & spasms'
    """
    return " ".join(_printable(text).split())


def title_from_name(stem: str) -> str | None:
    """Return the title a file's name holds besides a date, None if none.

    >>> title_from_name("2021-06-16_sprains-and-spasms")
    'Sprains and spasms'
    """
    rest = _DATE.sub(" ", stem, count=1) if date_in(stem) else stem
    words = clean_title(re.sub(r"[_\s]+|(?<!\s)-|-(?!\s)", " ", rest)).strip(
        " -\u2013."
    )
    return words[:1].upper() + words[1:] if words else None


def date_in(text: str) -> date | None:
    """Return the first whole date in a file's name or a tag.

    >>> date_in("Zoom 20210616 evening"), date_in("2021-13-45"), date_in("2021")
    (datetime.date(2021, 6, 16), None, None)
    """
    for match in _DATE.finditer(text):
        try:
            found = date(*(int(part) for part in match.groups()))
        except ValueError:
            continue
        if found.year >= 1900:
            return found
    return None


def notes_markdown(description: str) -> str:
    """Return a description as Markdown that shows its text and nothing more.

    HTML becomes plain text; http(s) addresses stay links; all else that
    Markdown would read is escaped. Ends in a newline unless it is empty.
    """
    text = description
    if _TAG.search(description):
        reader = _Text()
        reader.feed(description)
        reader.close()
        text = "".join(reader.parts)
    lines = [" ".join(line.split()) for line in _printable(text).split("\n")]
    paragraphs = "\n".join(lines).strip().split("\n\n")
    kept = [p.strip("\n").split("\n") for p in paragraphs if p.strip("\n")]
    if not kept:
        return ""
    return "\n\n".join("\\\n".join(map(_escaped, p)) for p in kept) + "\n"


def _printable(text: str) -> str:
    """Drop control and unassigned characters; every line end becomes ``\\n``."""
    text = re.sub(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]", "\n", text)
    text = text.replace("\t", " ")
    return "".join(
        c
        for c in text
        if c == "\n" or unicodedata.category(c) not in {"Cc", "Cs", "Cn"}
    )


def _escaped(line: str) -> str:
    parts: list[str] = []
    at = 0
    for match in _URL.finditer(line):
        parts += [_ESCAPED.sub(r"\\\1", line[at : match.start()]), f"<{match.group()}>"]
        at = match.end()
    parts.append(_ESCAPED.sub(r"\\\1", line[at:]))
    whole = "".join(parts)
    start = _LINE_START.match(whole)
    if start is None:
        return whole
    first = start.group(2)
    cut = start.end()
    if first.isdigit():
        return f"{whole[:cut]}\\{whole[cut:]}"
    return f"{start.group(1)}\\{first}{whole[cut:]}"


class _Text(HTMLParser):
    """The text of HTML, with a line end for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._unseen = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._unseen += tag in _UNSEEN
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in _UNSEEN and self._unseen > 0
        if tag in _BLOCKS:
            self._break(tag)

    def handle_data(self, data: str) -> None:
        if not self._unseen:
            self.parts.append(re.sub(r"\s+", " ", data) if data.strip() else " ")

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS:
            self.parts.append("\n\n")
        elif tag in _LINES:
            self.parts.append("\n")
