from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pullquote.formats.markdown import printable
from pullquote.render.views.prose import (
    excerpt,
    from_markdown,
    text_of,
    to_html,
    to_text,
)
from tests.render.reading import parsed, said

SAFE = {
    *("p", "li", "blockquote", "h2", "h3", "h4", "h5", "h6", "td", "th", "a", "em"),
    *("strong", "s", "code", "br", "hr", "ul", "ol", "pre", "table", "thead", "tbody"),
    *("tr", "html", "body", "div"),
}
PIECES = [
    "<script>alert(1)</script>",
    "<b",
    "onclick=x>",
    "[a](javascript:x)",
    "](",
    "&lt;",
    "`",
    "|",
    "**",
    "![x](https://other.example/x.png)",
    "<https://a.example>",
    "שלום",
    "]]>",
    "<!--",
    "é",
]
PIECES += ["\n\n", "# ", "- ", "> ", "\x00", "\x1b", "\ud800"]
NASTY = st.lists(st.sampled_from(PIECES) | st.text(max_size=8)).map("".join)


@given(NASTY)
def test_no_markdown_makes_anything_but_plain_elements(markdown: str) -> None:
    html = to_html(markdown)
    root = parsed(f"<div>{html}</div>")
    for element in root.iter():
        assert element.tag in SAFE
        assert set(element.attrib) <= {"href", "dir", "rel", "start", "tabindex"}
        href = element.get("href", "")
        assert not href.lower().startswith(("javascript", "data", "vbscript"))


@given(NASTY)
def test_the_plain_text_is_what_a_reader_sees(markdown: str) -> None:
    html = to_html(markdown)
    seen = said(parsed(f"<div>{html}</div>"))
    assert "".join(to_text(html).split()) == "".join(seen.split())


def test_raw_html_is_text() -> None:
    assert "&lt;script&gt;" in to_html("<script>x</script>")


def test_a_picture_becomes_its_alternative_text() -> None:
    html = to_html("See ![a <spine>](https://other.example/s.png) here.")
    assert to_text(html) == "See a <spine> here."
    assert "other.example" not in html


def test_what_may_be_wider_than_a_phone_is_scrolled_by_key() -> None:
    html = to_html("| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nwide\n```\n")
    assert '<table tabindex="0">' in html
    assert '<pre tabindex="0">' in html


def test_headings_stand_under_the_pages_own() -> None:
    html = to_html("# One\n\n### Three", below=2)
    assert '<h3 dir="auto">One</h3>' in html
    assert '<h5 dir="auto">Three</h5>' in html
    assert "<h2" in to_html("#### Deep")
    assert "<h6" in to_html("# a\n\n###### f", below=5)


def test_each_paragraph_finds_its_direction_and_links_open_nothing() -> None:
    html = to_html("שלום [a](https://a.example)\n\n| a |\n|---|\n| b |")
    assert '<p dir="auto">' in html
    assert 'rel="noopener"' in html
    assert to_text(html) == "שלום a a b"


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("a  b", 10, "a b"),
        ("One two. Three four. Five", 20, "One two. …"),
        ("One two. Three four. Five", 24, "One two. Three four. …"),
        ("Take it, unless you bleed.", 10, "Take it, unless you bleed."),
        ("Take it, unless you bleed. Ask.", 10, "Take it, unless you bleed. …"),
        ("one two three" + " x" * 20, 9, "one two…"),
        ("x" * 40, 10, "x" * 9 + "…"),
        ("a " + "x" * 40, 10, "a xxxxxxx…"),
    ],
)
def test_an_excerpt_ends_with_a_sentence_where_it_can(
    text: str, limit: int, short: str
) -> None:
    assert excerpt(text, limit) == short


def test_control_characters_are_dropped() -> None:
    assert printable("a\x00b\tc\n\x85\ufffe") == "ab\tc\n"


letters = st.text(
    "aZé9 ,.;:?!'()/%-ß中\n_*#>&<\u2013\u2014\u2018\u2019\u201c\u201d", max_size=40
)


@given(letters)
@example("One.\nTwo two.\n\n\nThree: (3 / 4) - 5 %!\n")
@example("A\n=\n- b\n1. c")
@example("trailing  \nspace")
def test_words_alone_give_what_markdown_would_make_of_them(text: str) -> None:
    html = from_markdown(text, 1)
    assert to_html(text) == html
    assert text_of(text, html) == to_text(html)
