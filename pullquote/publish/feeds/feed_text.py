"""Text that any XML parser and any podcast app takes as it is."""

from __future__ import annotations

import re

from pullquote.formats.markdown import printable

_LINE_SPACE = re.compile(r"[ \t\r\n]+")


def clean_text(text: str) -> str:
    """Drop what XML 1.0 forbids or discourages, and pages drop too: see ``printable``.

    Machine transcripts carry such characters, and one of them makes a whole feed
    unreadable (XML 1.0, 2.2). Tabs and line ends stay.

    >>> clean_text("a\\x00b\\x1b\\nc")
    'ab\\nc'
    """
    if text.isprintable():
        return text
    return printable(text.replace("\r\n", "\n").replace("\r", "\n"))


def clean_line(text: str) -> str:
    """Return ``text`` on one line, as titles are.

    >>> clean_line(" Back\\n pain ")
    'Back pain'
    """
    if text.isprintable() and "  " not in text:
        return text.strip()
    return _LINE_SPACE.sub(" ", clean_text(text)).strip()


def shorten(text: str, limit: int) -> str:
    """Return at most ``limit`` characters, cut between words and marked with ``…``.

    >>> shorten("one two three", 9)
    'one two…'
    """
    if len(text) <= limit:
        return text
    return _cut(text[: limit - 1])


def shorten_bytes(text: str, limit: int) -> str:
    """Return at most ``limit`` bytes of UTF-8, cut between words, marked with ``…``.

    Apple counts a description in bytes (podcasters.apple.com/support/823).
    """
    data = text.encode()
    if len(data) <= limit:
        return text
    return _cut(data[: limit - len("…".encode())].decode(errors="ignore"))


def _cut(text: str) -> str:
    whole, space, _ = text.rpartition(" ")
    return f"{(whole if space else text).rstrip()}…"
