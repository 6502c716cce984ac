from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from pullquote.publish.feeds.feed_html import absolute_html, link, paragraph
from pullquote.publish.feeds.feed_parts import looks_like_markup, secure
from pullquote.publish.feeds.feed_text import (
    clean_line,
    clean_text,
    shorten,
    shorten_bytes,
)

anything = st.text(st.characters())


@given(anything)
def test_clean_text_is_what_xml_carries(text: str) -> None:
    node = etree.Element("t")
    node.text = clean_text(text)
    read = etree.fromstring(etree.tostring(node)).text
    assert (read or "") == clean_text(text)
    assert clean_text(clean_text(text)) == clean_text(text)


@given(anything)
def test_a_clean_line_is_one_line(text: str) -> None:
    line = clean_line(text)
    assert "\n" not in line
    assert line == line.strip()


@given(st.text(), st.integers(2, 40))
def test_shortened_text_keeps_to_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
    assert (shorten(text, limit) == text) == (len(text) <= limit)


@given(st.text(st.characters(codec="utf-8")), st.integers(8, 60))
def test_shortened_bytes_keep_to_their_limit(text: str, limit: int) -> None:
    made = shorten_bytes(text, limit)
    assert len(made.encode()) <= limit
    assert (made == text) == (len(text.encode()) <= limit)


def test_a_long_word_is_cut_inside() -> None:
    assert shorten("W" * 500, 5) == "WWWW…"
    assert shorten_bytes("ä" * 500, 10) == "äää…"


def test_right_to_left_text_and_emoji_stay() -> None:
    text = "כאב גב 👩🏽\u200d⚕️"
    assert clean_line(text) == text


def test_no_text_shows_its_letters_in_another_order_than_was_signed() -> None:
    assert clean_text("May I \u202eti daer\u202d it?") == "May I ti daer it?"
    assert clean_line("a \u202eb") == "a b"


def test_links_of_every_kind_become_absolute() -> None:
    html = (
        'a < b <a href="../knee/">k</a> <a href="#x">x</a> <img src="p.png"> '
        '<a href="mailto:a@b.example">m</a> <a href="https://c.example/">c</a>'
    )
    assert absolute_html(html, "https://s.example/answers/back/") == (
        'a &lt; b <a href="https://s.example/answers/knee/">k</a> '
        '<a href="https://s.example/answers/back/#x">x</a> '
        '<img src="https://s.example/answers/back/p.png"> '
        '<a href="mailto:a@b.example">m</a> <a href="https://c.example/">c</a>'
    )


def test_html_of_nothing_is_nothing() -> None:
    assert absolute_html(" \n\x00", "https://s.example/") == ""
    assert absolute_html("<p>x</p> tail", "https://s.example/") == "<p>x</p> tail"


@given(anything)
def test_any_html_survives(html: str) -> None:
    assert "\x00" not in absolute_html(html, "https://s.example/")


def test_plain_text_is_escaped() -> None:
    assert paragraph('<b>"x"</b>') == "<p>&lt;b&gt;&quot;x&quot;&lt;/b&gt;</p>"
    assert link('https://x.example/?a="&b', "<x>") == (
        '<a href="https://x.example/?a=&quot;&amp;b">&lt;x&gt;</a>'
    )


def test_only_what_clients_would_swallow_looks_like_markup() -> None:
    assert [t for t in ("a < 5", "R&D", "1 & 2;", "<3") if looks_like_markup(t)] == []
    assert all(map(looks_like_markup, ("<b>", "</p>", "<!--", "&amp;", "&#60;")))


def test_only_https_is_secure() -> None:
    assert secure("HTTPS://x.example/") == "HTTPS://x.example/"
    assert [secure(href) for href in (None, "", "http://x.example/", "/x")] == [
        None
    ] * 4
