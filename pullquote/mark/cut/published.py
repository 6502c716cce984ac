"""An answer's text as a reader sees it, and under whose name each line stands."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from pullquote.model.answer import Answer
from pullquote.model.show import Person, Show

_LABEL = re.compile(r"^\s*\*\*([^*]{1,60}):\*\*\s*")
_BLOCK = re.compile(r"^\s*(?:>\s*)*(?:#{1,6}\s+|[-*+]\s+|\d{1,2}[.)]\s+)?")
_LINK = re.compile(r"!?\[([^\]]*)\](?:\([^)]*\)|\[[^\]]*\])")
_TARGET = re.compile(r"^ {0,3}\[[^\]]+\]:\s*\S")
"""Where a link leads, by its name: no reader sees that line."""
_STRUCK = re.compile(r"\\([!-/:-@\[-`{-~])")
_EMPHASIS = re.compile(r"[*`]|(?<!\w)_|_(?!\w)")


def published_words(
    body: str, show: Show | None = None
) -> Iterator[tuple[str, int, bool]]:
    """Yield the words of Markdown, as a reader sees them, with their lines.

    HTML is text, as on the page. Left out is who speaks, "**Tiffany Lin:**"; with
    ``show`` only a person of the show, for what else is bold and ends so was written.
    """
    for number, line in enumerate(body.split("\n"), 1):
        if _TARGET.match(line):
            continue
        label = _LABEL.match(line)
        if label and (show is None or show.person_named(_plain(label[1]))):
            line = line[label.end() :]
        text = _LINK.sub(r"\1", _BLOCK.sub("", line))
        for word in _EMPHASIS.sub("", _plain(text)).split():
            yield word, number, True


def _plain(text: str) -> str:
    """Return Markdown's text without its escapes."""
    return html.unescape(_STRUCK.sub(r"\1", text))


def names_of_lines(answer: Answer, show: Show) -> list[Person | None]:
    """Return who each line of a text, from 1, stands under; None where nobody knows."""
    only = show.person(answer.speakers[0]) if len(answer.speakers) == 1 else None
    name = only
    found = [name]
    for line in answer.body.split("\n"):
        if label := _LABEL.match(line):
            name = show.person_named(_plain(label[1])) or only
        found.append(name)
    return found
