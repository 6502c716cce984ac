"""``notes.md``: show notes; a machine's draft says so until a person edits it.

A draft begins with a comment that holds digests, and a line that readers see. Once
anything but the comment is changed, or stands above it, comment and line are left out:
it is a person's from then on, with what they wrote in the place of that line.
"""

from __future__ import annotations

import re
from pathlib import Path

from pullquote.formats.disk import exchanged, read_text, text_digest, write_text
from pullquote.model.words import ENGLISH, Words

_MARK = re.compile(
    r"(?m)^<!-- machine-made (sha256:[0-9a-f]{64})(?: ([0-9a-f]{8}))?[^\n]*-->\n*"
    r"(\*[^\n]+\*(?:\n+|\Z))?"
)


def format_draft(text: str, words: Words = ENGLISH) -> str:
    """Return a machine's notes, marked as such."""
    body = text.strip()
    digest = text_digest(body)
    said = words.gettext(
        "Put together by a machine from what was said; nobody has edited it yet."
    )
    return (
        f"<!-- machine-made {digest} {_short(said)}: change the text below and it is"
        f" yours -->\n*{said}*\n\n{body}\n"
    )


def _short(said: str) -> str:
    """Return by what a line is known as the machine's, in whatever language."""
    return text_digest(said.strip().strip("*"))[7:15]


def parse_notes(text: str) -> tuple[str, bool]:
    """Return the notes as readers see them, and whether only a machine wrote them.

    >>> parse_notes(format_draft("Heat helps."))[1]
    True
    >>> parse_notes(format_draft("Heat helps.").replace("Heat", "Warmth"))
    ('Warmth helps.\\n', False)
    """
    match = _MARK.search(text)
    if match is None:
        return text, False
    above, body = text[: match.start()], text[match.end() :]
    digest, known, line = match.groups()
    ours = line is not None and known in (None, _short(line))
    if ours and not above.strip() and text_digest(body.strip()) == digest:
        return f"{line.strip()}\n\n{body}", True
    return above + ("" if ours else line or "") + body, False


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
