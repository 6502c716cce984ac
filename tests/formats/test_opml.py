from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.errors import ContentError
from pullquote.formats.opml import Subscription, format_opml, parse_opml
from pullquote.formats.show_toml import add_sources, load_show

FILE = Path("feeds.opml")
HEAD = 'title = "Show"\ndescription = "D."\nsite = "https://show.example/"\n'

# what XML can carry in an attribute; white space is folded there
words = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp"))
    .filter(lambda c: c not in "\ufffe\uffff"),
    min_size=1,
).filter(lambda text: text == text.strip() != "")  # fmt: skip


@given(words, st.lists(st.tuples(words, words), unique_by=lambda pair: pair[1]))
def test_what_is_written_is_read_back(title: str, rows: list[tuple[str, str]]) -> None:
    feeds = tuple(
        Subscription(title=t, url=u, page="https://x.example/") for t, u in rows
    )
    assert parse_opml(format_opml(title, feeds), FILE) == feeds


def test_folders_are_opened_and_doubles_left_out() -> None:
    text = (
        '<opml version="1.1"><body><outline text="Health"><outline text="A" '
        'xmlUrl=" https://a.example/f "/><outline text="note"/></outline>'
        '<outline title="again" xmlUrl="https://a.example/f"/></body></opml>'
    )
    assert parse_opml(text, FILE) == (
        Subscription(title="A", url="https://a.example/f"),
    )


def test_what_opens_an_app_is_fetched_from_the_web() -> None:
    """Podcast apps write such addresses; they were left out as no addresses."""
    given = ("feed://a.example/1", "ITPC://a.example/2", "feed:https://a.example/3",
             "pcast://a.example/4", "file:///etc/passwd")  # fmt: skip
    text = "".join(f'<outline xmlUrl="{url}"/>' for url in given)
    found = parse_opml(f'<opml version="2.0"><body>{text}</body></opml>', FILE)
    assert [feed.url for feed in found] == [
        "http://a.example/1",
        "http://a.example/2",
        "https://a.example/3",
        "http://a.example/4",
        "file:///etc/passwd",  # which no list may name: see below
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<opml><body>", "feeds.opml:1: is not XML"),
        ("<rss/>", "feeds.opml: is not OPML"),
        ("", "is not XML"),
        ('<!DOCTYPE o [<!ENTITY x "y">]><opml>&x;</opml', "is not XML"),
    ],
)
def test_what_is_no_opml_is_one_line(text: str, problem: str) -> None:
    with pytest.raises(ContentError, match=problem):
        parse_opml(text, FILE)


def test_a_file_saved_as_utf8_may_still_say_that_it_is_something_else() -> None:
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><opml><outline text="Bühler" xmlUrl="https://a.example/"/></opml>'
    assert parse_opml(text, Path("a.opml"))[0].title == "Bühler"


def test_feeds_become_sources_and_the_rest_of_the_file_stays(tmp_path: Path) -> None:
    show = tmp_path / "show.toml"
    show.write_text(HEAD + '# mine\n[[sources]]\nurl = "https://a.example/f"\n')
    found = [
        ("https://a.example/f", "A"),
        ("https://b.example/f?x=1&y=2", 'B "quoted"'),
        ("file:///etc/passwd", "evil"),
        ("https://show.example/podcast.xml", "this very show, as its export has it"),
    ]
    assert add_sources(show, found) == ("https://b.example/f?x=1&y=2",)
    assert show.read_text().startswith(HEAD + "# mine\n[[sources]]\n")
    assert [s.title for s in load_show(show).sources] == [None, 'B "quoted"']
    before = show.read_bytes()
    assert add_sources(show, found) == ()
    assert show.read_bytes() == before
