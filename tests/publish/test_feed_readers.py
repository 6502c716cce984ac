"""The feeds as clients that others wrote read them."""

from __future__ import annotations

import calendar
import io
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from pullquote.model import address
from pullquote.model.library import Entry, Library
from tests import factory
from tests.publish.feeds import answers_feed, podcast_feed
from tests.publish.hosting import hosted
from tests.publish.rules import CONTENT, faults
from tests.publish.shows import bodies, notes, rich_library


@pytest.fixture(scope="module")
def library() -> Library:
    return rich_library()


@pytest.fixture(scope="module")
def site(library: Library, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve both feeds and yield the site's address."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "feeds").mkdir()
    feed = podcast_feed(library, notes(library))
    (folder / address.PODCAST_FEED).write_bytes(feed)
    (folder / address.ANSWERS_FEED).write_bytes(answers_feed(library, bodies(library)))
    with hosted(folder) as base:
        yield base


def episodes(library: Library) -> list[Entry]:
    def date(entry: Entry) -> float:
        assert entry.episode.published is not None
        return entry.episode.published.timestamp()

    return sorted(library.published, key=date, reverse=True)


def expected_episodes(library: Library) -> list[tuple[Any, ...]]:
    """Return guid, title, date, enclosure address, length and type from the source."""
    rows: list[tuple[Any, ...]] = []
    for entry in episodes(library):
        assert entry.episode.published is not None
        assert entry.enclosure is not None
        rows.append(
            (
                entry.episode.guid,
                entry.episode.title,
                entry.episode.published.timestamp(),
                f"{library.show.site}media/{entry.slug}.mp3",
                entry.enclosure.length,
                entry.enclosure.type,
            )
        )
    return rows


def test_feedparser_reads_every_episode_over_http(library: Library, site: str) -> None:
    read = feedparser.parse(f"{site}{address.PODCAST_FEED}")
    assert (read.status, read.bozo) == (200, False)
    rows = []
    for entry in read.entries:
        (enclosure,) = entry.enclosures
        rows.append(
            (
                entry.id,
                entry.title,
                calendar.timegm(entry.published_parsed),
                enclosure.href,
                int(enclosure.length),
                enclosure.type,
            )
        )
    assert rows == expected_episodes(library)
    assert read.feed.title == library.show.title
    assert read.feed.language == "en"
    assert read.feed.podcast_guid == library.show.feed.guid


def test_podcastparser_reads_every_episode(library: Library) -> None:
    url = address.absolute(library.show, address.PODCAST_FEED)
    stream = io.BytesIO(podcast_feed(library, notes(library)))
    read = podcastparser.parse(url, stream)
    rows = []
    for entry in read["episodes"]:
        (enclosure,) = entry["enclosures"]
        rows.append(
            (
                entry["guid"],
                entry["title"],
                entry["published"],
                enclosure["url"],
                enclosure["file_size"],
                enclosure["mime_type"],
            )
        )
    assert rows == expected_episodes(library)
    assert [e["total_time"] for e in read["episodes"]] == [600, 600, 600]
    assert [e["type"] for e in read["episodes"]] == ["full", "full", "trailer"]
    assert read["explicit"] is False
    assert read["itunes_categories"] == [["Health & Fitness", "Medicine"]]
    assert read["cover_url"] == "https://backbone.example/hour/cover.jpeg"


def expected_answers(library: Library) -> set[tuple[Any, ...]]:
    rows = set()
    for entry in library.published:
        for answer in entry.approved:
            assert answer.review is not None
            noon = calendar.timegm((*answer.review.on.timetuple()[:3], 12, 0, 0))
            link = f"{library.show.site}answers/{answer.slug}/"
            rows.add((answer.id, answer.question, noon, link))
    return rows


def test_feedparser_reads_every_answer_over_http(library: Library, site: str) -> None:
    read = feedparser.parse(f"{site}{address.ANSWERS_FEED}")
    assert (read.status, read.bozo) == (200, False)
    rows = [
        (e.id, e.title, calendar.timegm(e.published_parsed), e.link)
        for e in read.entries
    ]
    assert len(rows) == 4
    assert set(rows) == expected_answers(library)
    assert read.entries[0].author


def test_podcastparser_reads_every_answer(library: Library) -> None:
    url = address.absolute(library.show, address.ANSWERS_FEED)
    stream = io.BytesIO(answers_feed(library, bodies(library)))
    read = podcastparser.parse(url, stream)
    rows = {
        (e["guid"], e["title"], e["published"], e["link"]) for e in read["episodes"]
    }
    assert rows == expected_answers(library)


# Any text that people or machines write

controls = st.text(
    st.sampled_from("\x00\x01\x08\x0b\x0c\x0e\x1b\x7f\x85\x9f\ud800\udfff\ufffe\uffff")
)
awkward = st.sampled_from(
    [
        "]]>",
        "<![CDATA[x]]>",
        "<script>alert(1)</script>",
        "</channel></rss>",
        "&amp; &#0; &nbsp; & <",
        "a < 5 & b > 3",
        "\u202eright to left\u202c",
        "כאב גב תחתון",
        "ألم أسفل الظهر",
        "👩🏽\u200d⚕️ ok 🦴",
        "e\u0301\u0327",
        "../../etc/passwd",
        "\r\n\tx\r",
        "W" * 500,
    ]
)
texts = st.lists(st.one_of(st.text(), controls, awkward), max_size=4).map("".join)


def readable(text: str) -> str:
    """Return ``text`` without what feeds leave out."""
    kept = (c for c in text if unicodedata.category(c) not in ("Cc", "Cs"))
    return "".join(c for c in kept if c not in "\u202d\u202e\ufffe\uffff")


def squeezed(text: str) -> str:
    """Return ``text`` with the white space of XML taken for nothing."""
    return "".join(readable(text).split())


@settings(max_examples=150, deadline=None)
@given(title=texts, summary=texts, html=texts)
def test_any_text_gives_a_feed_that_reads_back_equal(
    title: str, summary: str, html: str
) -> None:
    shown = factory.library(Path("show"), factory.basics(), notice=None)
    (entry,) = shown.entries
    episode = replace(entry.episode, title=title, summary=summary)
    shown = replace(shown, entries=(replace(entry, episode=episode),))
    data = podcast_feed(shown, {entry.slug: f"<p>{html}</p>"})
    (node,) = etree.fromstring(data).iter("item")

    shown_title = squeezed(title) or entry.slug
    assert squeezed(node.findtext("title", "")) == shown_title
    read = node.findtext("description", "")
    wanted = squeezed(summary) or shown_title
    assert wanted in (squeezed(read), squeezed(unescape(read)))
    assert node.findtext(f"{CONTENT}encoded")
    stream = io.BytesIO(data)
    (parsed,) = podcastparser.parse("https://x.example/", stream)["episodes"]
    assert squeezed(parsed["title"]) == shown_title
    assert parsed["guid"] == entry.episode.guid


@settings(max_examples=100, deadline=None)
@given(question=texts, body=texts)
def test_any_answer_gives_a_feed_that_reads_back_equal(
    question: str, body: str
) -> None:
    answer = replace(factory.approve(factory.answer("any")), question=question)
    entry = replace(factory.basics(), answers=(answer,), approved=(answer,))
    shown = factory.library(Path("show"), entry)
    data = answers_feed(shown, {answer.id: body})
    (node,) = etree.fromstring(data).iter("item")
    shown_title = squeezed(question) or answer.slug
    assert squeezed(node.findtext("title", "")) == shown_title
    assert "Answered by Dana Quillmark" in node.findtext(f"{CONTENT}encoded", "")
    assert [f for f in faults(data, podcast=False) if "script" not in f] == []


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="&<>", codec="utf-8")))
def test_feedparser_reads_any_title_without_markup_equal(text: str) -> None:
    # it takes a text of Latin-1 letters that is also UTF-8 for a mistake and mends
    # it ("Â¡" becomes "¡"); an arrow shows it that none was made
    title = f"→ {text}"
    shown = factory.library(Path("show"), factory.basics())
    (entry,) = shown.entries
    episode = replace(entry.episode, title=title)
    shown = replace(shown, entries=(replace(entry, episode=episode),))
    read = feedparser.parse(podcast_feed(shown, {})).entries[0]
    assert squeezed(read.title) == squeezed(title)
