"""Facts in TOML between two lines of ``+++``, then Markdown: answers and transcripts."""

from __future__ import annotations

from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import read_text
from pullquote.formats.toml import key_lines

_FENCE = "+++"


def format_front_matter(front: str, body: str) -> str:
    """Return a file's text; ``split_front_matter`` gives both parts back."""
    return f"{_FENCE}\n{front}\n{_FENCE}\n{body}"


def split_front_matter(text: str, path: Path) -> tuple[str, str]:
    """Return the TOML between the ``+++`` lines (it starts on line 2) and the rest.

    Raises ContentError if either fence is missing.
    """
    lines = text.split("\n")
    remedy = "start the file with facts between two lines of +++"
    if lines[0].rstrip() != _FENCE:
        raise ContentError(path, "does not start with +++", remedy, line=1)
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == _FENCE:
            return "\n".join(lines[1:number]), "\n".join(lines[number + 1 :])
    raise ContentError(path, "the +++ of line 1 is never closed", remedy, line=1)


def body_line(path: Path) -> int:
    """Return the line of the file on which the text after the facts begins, from 1.

    Raises ContentError where the file cannot be read.
    """
    front, body = split_front_matter(read_text(path), path)
    blank = body[: len(body) - len(body.lstrip())].count("\n")
    return len(front.split("\n")) + 3 + blank


def key_line(path: Path, *key: str | int) -> int | None:
    """Return the line of a key in a TOML file or front matter, if it is there."""
    try:
        text = read_text(path)
        fenced = path.suffix == ".md"
        front = split_front_matter(text, path)[0] if fenced else text
    except ContentError:
        return None
    line = key_lines(front).get(key)
    return None if line is None else line + fenced
