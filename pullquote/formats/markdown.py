"""Markdown that people write: the one reading that pages, feeds and the guard share.

What a reader sees is what is compared with what was said; two readings would let words
stand on a page that nobody compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.token import Token

# what HTML does not allow as text: ASR and old files bring such characters; and what
# makes a browser show letters in another order than they are written, signed in
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufffe\uffff]"
)
_LETTERS = bytes(range(0x20, 0x7F)) + b"\t\n\r"
"""What may stand anywhere; in UTF-8 no other character has such a byte."""
# lines that begin with a letter and hold no sign of Markdown or HTML
_LINE = r"[^\W\d_][\w ,.;:?!'()/%\u2013\u2014\u2018\u2019\u201c\u201d-]*(?<! )"
_PLAIN = re.compile(rf"{_LINE}(?:\n+{_LINE})*\n*")
_LATER = re.compile(r"(?!0*1[.)])\d{1,9}[.)]")
_MOST = 60
"""Letters of a speaker's name; a longer bold beginning is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line as readers see it."""

    number: int
    """In the text as it was written, from 1."""
    text: str
    label: str = ""
    """What it begins with, bold and before a colon: perhaps who speaks."""


def printable(text: str) -> str:
    """Return the text without control characters and halves of characters."""
    # nearly all texts are of plain letters: what is left of them is looked at alone
    rest = text.encode(errors="surrogatepass").translate(None, _LETTERS)
    if not rest or not _UNPRINTABLE.search(rest.decode(errors="surrogatepass")):
        return text
    return _UNPRINTABLE.sub("", text)


@lru_cache(maxsize=1 << 7)  # HTML and plain text of an answer are asked for together
def is_plain(markdown: str) -> bool:
    """Say whether a text holds no sign of Markdown or HTML: it is shown as it is."""
    return "_" not in markdown and _PLAIN.fullmatch(markdown) is not None


@lru_cache(maxsize=1)
def parser() -> MarkdownIt:
    """Return the one parser: CommonMark and tables, HTML is text.

    A numbered list begins with 1. Any other number is text, "15. That is enough.": the
    page would print what is neither compared nor in a feed.
    """
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import list_block

    def from_one(state: StateBlock, first: int, last: int, silent: bool) -> bool:
        begins = state.bMarks[first] + state.tShift[first]
        if not silent and _LATER.match(state.src, begins):
            return False
        return list_block(state, first, last, silent)

    made = MarkdownIt("commonmark", {"html": False}).enable(["table"])
    made.block.ruler.at(
        "list", from_one, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    return made


@lru_cache(maxsize=1 << 7)
def shown_lines(markdown: str) -> tuple[Line, ...]:
    """Return the lines that a reader sees of Markdown, without its signs.

    Where a link leads is not seen, nor what stands behind a fence's three signs.
    """
    if is_plain(markdown):
        rows = enumerate(markdown.split("\n"), 1)
        return tuple(Line(number=n, text=text) for n, text in rows if text)
    return tuple(_lines(parser().parse(printable(markdown))))


@lru_cache(maxsize=1 << 7)
def lists(markdown: str) -> tuple[tuple[int, ...], ...]:
    """Return of each list the line that leads to it, then the first of each item.

    Of a list that stands alone, nothing leads to it: it is left out.
    """
    if is_plain(markdown):
        return ()
    found: list[tuple[int, ...]] = []
    blocks = parser().parse(printable(markdown))
    for at, block in enumerate(blocks):
        lead = blocks[at - 2] if at > 1 else block
        if block.type.endswith("_list_open") and lead.type == "inline" and lead.map:
            found.append((lead.map[1], *_items(blocks[at:])))
    return tuple(found)


def _items(blocks: Sequence[Token]) -> Iterator[int]:
    """Yield the first line of each item of the list that begins the blocks."""
    level = blocks[0].level
    for block in takewhile(lambda one: one.level > level, blocks[1:]):
        if block.type == "list_item_open" and block.level == level + 1 and block.map:
            yield block.map[0] + 1


def _lines(blocks: Sequence[Token]) -> Iterator[Line]:
    number = 1
    for block in blocks:
        number = block.map[0] + 1 if block.map else number
        if block.type == "inline":
            yield from _inline(block.children or (), number)
        elif block.content:  # code; behind the signs of a fence begins the next line
            first = number + (block.type == "fence")
            for at, text in enumerate(block.content.splitlines(), first):
                yield Line(number=at, text=text)


def _inline(inside: Sequence[Token], number: int) -> Iterator[Line]:
    text, label, bold = "", "", ""
    for one in inside:
        if one.type in ("softbreak", "hardbreak"):
            yield Line(number=number, text=text, label=label)
            number, text, label, bold = number + 1, "", "", ""
        elif one.type == "strong_open":
            bold = "" if text else "**"
        elif one.type == "strong_close":
            if bold and text.endswith(":") and len(text) <= _MOST:
                text, label = "", text[:-1]
            bold = ""
        else:  # of a picture its other text is shown
            text += printable(one.content)  # "&#8238;" is read by now
    yield Line(number=number, text=text, label=label)
