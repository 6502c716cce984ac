"""Markdown that people wrote, made into HTML that is safe to print.

Raw HTML is text, pictures become their alternative text (a page asks no other
host for anything), and nh3 lets only a short list of elements through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pullquote.formats.markdown import is_plain, parser, printable
from pullquote.formats.sentences import sentences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_BLOCKS = ("p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "td", "th")
_INLINE = ("a", "em", "strong", "s", "code", "br", "hr", "ul", "ol", "pre")
_TABLE = ("table", "thead", "tbody", "tr")
_BLANK = re.compile(r"\n\n+")
_TAGS = frozenset(_BLOCKS + _INLINE + _TABLE)


@lru_cache(maxsize=20_000)  # pages and both feeds ask for each text
def to_html(markdown: str, *, below: int = 1) -> str:
    """Return safe HTML whose highest heading stands one under level ``below``."""
    return (
        _paragraphs(markdown) if is_plain(markdown) else from_markdown(markdown, below)
    )


def from_markdown(markdown: str, below: int) -> str:
    """Return what ``to_html`` returns, whatever signs the text holds."""
    import nh3

    markdown_it = _parser()
    tokens = markdown_it.parse(printable(markdown))
    _move_headings(tokens, below)
    made = markdown_it.renderer.render(tokens, markdown_it.options, {})
    clean = nh3.clean(
        made,
        tags=set(_TAGS),
        # no title: words that only a pointer at rest shows, nobody compares and signs
        attributes={"a": {"href"}, "ol": {"start"}, "*": set()},
        url_schemes={"http", "https", "mailto"},
        link_rel="noopener",
        # each paragraph finds its own reading direction; what is wider than a phone is
        # scrolled, by key as well
        set_tag_attribute_values={
            **{tag: {"dir": "auto"} for tag in _BLOCKS},
            **{tag: {"tabindex": "0"} for tag in ("table", "pre")},
        },
    )
    return printable(clean)  # what was written as "&#8238;" is read by now


@lru_cache(maxsize=20_000)
def links(markdown: str) -> tuple[str, ...]:
    """Return where the links of a text lead."""
    blocks = _parser().parse(printable(markdown))
    inside = (token for block in blocks for token in block.children or ())
    return tuple(str(t.attrs["href"]) for t in inside if t.type == "link_open")


def _paragraphs(text: str) -> str:
    """Return what Markdown makes of words alone, as most answers are, in no time."""
    blocks = (block.strip("\n") for block in _BLANK.split(text))
    return "".join(f'<p dir="auto">{block}</p>\n' for block in blocks if block)


def _move_headings(tokens: Sequence[Any], below: int) -> None:
    """Shift headings so that the page keeps one order without gaps at the top."""
    headings = [t for t in tokens if t.type in ("heading_open", "heading_close")]
    if not headings:
        return
    shift = below + 1 - min(int(t.tag[1]) for t in headings)
    for token in headings:
        token.tag = f"h{min(6, int(token.tag[1]) + shift)}"


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    made = parser()
    made.add_render_rule("image", _alternative_text)
    return made


def _alternative_text(
    _renderer: object, tokens: Sequence[Any], index: int, *_rest: object
) -> str:
    return html.escape(str(tokens[index].content))


def text_of(markdown: str, safe_html: str) -> str:
    """Return what a reader sees of Markdown that became this HTML; see ``to_text``."""
    if is_plain(markdown):
        return " ".join(markdown.split())
    return to_text(safe_html)


def to_text(safe_html: str) -> str:
    """Return what a reader sees of safe HTML, as one line of plain text."""
    import nh3

    # a break is a space to the eye, and nh3 would leave nothing
    spaced = safe_html.replace("<br>", " ").replace("</td>", " ").replace("</th>", " ")
    return " ".join(html.unescape(nh3.clean(spaced, tags=set())).split())


def excerpt(text: str, limit: int = 160) -> str:
    """Return the whole sentences that ``limit`` characters hold, at least one.

    "You may take it … unless you bleed" is no excerpt without its end. Only what has
    no end within three times that is cut, between words.
    """
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    said, *more = sentences(text[: 4 * limit])
    for sentence in more:
        if len(said) + len(sentence) + 3 > limit:
            break
        said = f"{said} {sentence}"
    if len(said) <= 3 * limit:
        return said if len(said) == len(text) else f"{said} …"
    cut = text[: limit - 1]
    head, _, tail = cut.rpartition(" ")
    return (head if len(tail) < limit // 3 and head else cut).rstrip(" ,;:") + "…"
