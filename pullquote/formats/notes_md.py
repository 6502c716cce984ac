"""``notes.md``: show notes; a machine's draft says so until a person edits it.

A draft begins with a comment that holds its digest and a line that readers see. Once
the text below is changed, both are left out: it is a person's from then on.
"""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.formats.disk import exchanged, read_text, text_digest, write_text
from pullquote.model.words import ENGLISH, Words

_MARK = re.compile(
    r"\A<!-- machine-made (sha256:[0-9a-f]{64})[^\n]*-->\n+(\*[^\n]+\*)\n+"
)


def format_draft(text: str, words: Words = ENGLISH) -> str:
    """Return a machine's notes, marked as such."""
    body = text.strip()
    digest = text_digest(body)
    said = words.gettext(
        "Put together by a machine from what was said; nobody has edited it yet."
    )
    return (
        f"<!-- machine-made {digest}: change the text below and it is yours -->\n"
        f"*{said}*\n\n{body}\n"
    )


def parse_notes(text: str) -> tuple[str, bool]:
    """Return the notes as readers see them, and whether only a machine wrote them.

    >>> parse_notes(format_draft("Heat helps."))[1]
    True
    >>> parse_notes(format_draft("Heat helps.").replace("Heat", "Warmth"))
    ('Warmth helps.\\n', False)
    """
    match = _MARK.match(text)
    if match is None:
        return text, False
    body = text[match.end() :]
    if text_digest(body.strip()) != match.group(1):
        return body, False
    return f"{match.group(2)}\n\n{body}", True


def load_notes(path: Path) -> tuple[str, bool]:
    """Read what ``parse_notes`` returns. Raises ContentError."""
    return parse_notes(read_text(path))


def save_draft(path: Path, text: str, words: Words = ENGLISH) -> bool:
    """Write a machine's draft where nobody has written yet; say if it was written."""
    if path.is_file():
        before = read_text(path)
        if before.strip() and not parse_notes(before)[1]:
            return False
        return exchanged(path, before, format_draft(text, words))
    write_text(path, format_draft(text, words))
    return True
