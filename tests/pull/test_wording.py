from __future__ import annotations

import re
from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pullquote.pull.wording import clean_title, date_in, notes_markdown


def test_titles_keep_their_text_on_one_line() -> None:
    hard = "<script>\u05d2\u05d1 \U0001f9b4 ../ &amp;\r\n \x07next"
    assert clean_title(hard) == "<script>\u05d2\u05d1 \U0001f9b4 ../ &amp; next"
    assert clean_title("\x00\n") == ""


def test_a_date_before_recordings_is_none() -> None:
    assert date_in("1066-10-14") is None


def test_html_becomes_plain_paragraphs() -> None:
    text = notes_markdown(
        "<p>Dr. <b>Quill</b> answers &amp; asks.</p><script>evil()</script>"
        "<ul><li>sprains<li>spasms</ul><style>p{}</style>x<br/>y"
    )
    assert "evil" not in text
    assert "<" not in text
    assert text == "Dr. Quill answers \\& asks.\n\n- sprains\n- spasms\n\nx\\\ny\n"


def test_lists_of_html_stay_lists() -> None:
    text = notes_markdown(
        "<p>We ask:<ul><li><p>One</p></li><li><a href='https://x.example/a'>Two</a>,"
        "<br>and more<li></ul><ol><li>- first<li>2. second</ol>text<li># bare"
    )
    assert text == (
        "We ask:\n\n- One\n\n- [Two](<https://x.example/a>),\\\nand more\n\n"
        "1. \\- first\n2. 2\\. second\n\ntext\n- \\# bare\n"
    )
    html = MarkdownIt().render(text)
    assert html.count("<li>") == 5
    assert "<h1" not in html


def test_links_of_html_stay_links() -> None:
    text = notes_markdown(
        '<p>Wow!<a href="https://x.example/a_b?c=1&amp;copy;=2"> the *soil* ] book</a>'
        ' by <a href="mailto:ann@x.example">Ann</a>,'
        ' <a href="https://x.example/">https://x.example/</a></p>'
    )
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert re.findall('<a href="([^"]*)">([^<]*)</a>', html) == [
        ("https://x.example/a_b?c=1&amp;copy;=2", "the *soil* ] book"),
        ("mailto:ann@x.example", "Ann"),
        ("https://x.example/", "https://x.example/"),
    ]
    assert "<img" not in html


@pytest.mark.parametrize(
    "hard",
    [
        '<a href="javascript:alert(1)">x</a>',
        '<a href="file:///etc/passwd">x</a>',
        '<a href="/beside">x</a>',
        '<a href="https://x.example/ y">x</a>',
        '<a href="https://x.example/\ufdd1y">x</a>',
        '<a href="https://x.example/">x<p>y</a>',
        '<a href="https://x.example/">x<a>y',
        '<a href="https://x.example/"><img src="https://x.example/i.png"></a>x',
    ],
)
def test_what_is_no_link_to_the_web_is_text(hard: str) -> None:
    text = notes_markdown(hard)
    html = MarkdownIt("commonmark", {"html": True}).render(text)
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}, text
    assert "x" in text
    assert not {"\ufdd0", "\ufdd1", "\ufdd2"} & set(text)


@given(
    st.text(alphabet=st.sampled_from("ab ![]()<>&*_\\#\ufdd0\ufdd1\ufdd2"), max_size=40)
)
def test_whatever_stands_in_a_link_is_shown_as_it_is(text: str) -> None:
    shown = escape(
        text.replace("\ufdd0", "").replace("\ufdd1", "").replace("\ufdd2", "")
    )
    html = MarkdownIt("commonmark", {"html": True}).render(
        notes_markdown(f'<p>!<a href="https://x.example/">{shown}</a>!')
    )
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "a"}
    plain = unescape(re.sub(r"<[^>]+>", "", html))
    assert "".join(plain.split()) == "".join(f"!{unescape(shown)}!".split())


def test_lines_and_addresses_of_a_plain_description_stay() -> None:
    text = notes_markdown(
        "0:00 Hello\n1:30 *Sprains*\n\n# See https://x.example/a_b, now"
    )
    assert text == (
        "0:00 Hello\\\n1:30 \\*Sprains\\*\n\n\\# See <https://x.example/a_b>, now\n"
    )
    html = MarkdownIt().render(text)
    assert '<a href="https://x.example/a_b">' in html
    assert "<em>" not in html


def test_nothing_gives_nothing() -> None:
    assert notes_markdown("") == notes_markdown(" \r\n\t\n") == ""


@pytest.mark.parametrize(
    "hard",
    [
        "1. one",
        "- list",
        "===",
        "---",
        "> quote",
        "    code",
        "[a](javascript:alert(1))",
        "<img src=x onerror=alert(1)>",
        "&lt;script&gt;",
        "![x](y)",
        "`code` ~~~",
        "| a | b |",
        "a<b and c>d",
    ],
)
def test_markdown_in_a_description_is_shown_not_read(hard: str) -> None:
    html = MarkdownIt("commonmark", {"html": True}).render(notes_markdown(hard))
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}


@given(
    st.text(alphabet=st.sampled_from("ab <>&*_#[]()`\\\n-+=1.)!|~\t\x00"), max_size=60)
)
def test_any_plain_description_is_shown_as_it_is(text: str) -> None:
    if re.search(r"</?[a-z]", text):
        return
    shown = MarkdownIt().render(notes_markdown(text))
    assert set(re.findall(r"<(/?\w+)", shown)) <= {"p", "/p", "br"}
    plain = re.sub(r"<[^>]+>", " ", shown)
    for mark, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&amp;", "&")):
        plain = plain.replace(mark, sign)
    assert plain.split() == text.replace("\x00", "").split()
