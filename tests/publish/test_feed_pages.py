"""Feeds of thousands: documents that lead to each other (RFC 5005)."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from lxml import etree

from pullquote.model import address
from pullquote.model.episode import EpisodeKind
from pullquote.model.library import Library
from pullquote.publish.feeds.feed import write_rss
from pullquote.publish.feeds.feed_view import Channel
from pullquote.publish.feeds.json_feed import write_json
from pullquote.publish.feeds.podcast_channel import podcast_channel, podcast_pages
from tests import factory
from tests.publish.feeds import answer_pages
from tests.publish.rules import ATOM, PODCAST, faults
from tests.publish.shows import bodies


def many(count: int) -> Library:
    """Return a show with this many answers, ten a month."""
    answers = []
    for n in range(count):
        made = factory.approve(factory.answer(f"a{n}", id=f"{n:032x}"))
        assert made.review is not None
        on = date(2000 + n // 120, 1 + n // 10 % 12, 1 + n % 10)
        answers.append(replace(made, review=replace(made.review, on=on)))
    entry = replace(factory.basics(), answers=tuple(answers), approved=tuple(answers))
    return factory.library(Path("show"), entry)


def answer_documents(library: Library, ending: str = "xml") -> dict[str, Channel]:
    return answer_pages(library, bodies(library), ending)


def test_few_answers_are_one_complete_document() -> None:
    ((path, page),) = answer_documents(many(99)).items()
    assert path == "feeds/answers.xml"
    root = etree.fromstring(write_rss(page))
    assert root.find(".//{http://purl.org/syndication/history/1.0}complete") is not None
    assert page.pages == ()


def test_three_thousand_answers_are_linked_pages_that_lose_none() -> None:
    library = many(3000)
    pages = answer_documents(library)
    assert len(pages["feeds/answers.xml"].items) == 100
    guids = [item.guid for page in pages.values() for item in page.items]
    assert guids == [f"{n:032x}" for n in reversed(range(3000))]
    at = address.absolute(library.show, address.ANSWERS_FEED)
    addresses = {page.address: page for page in pages.values()}
    seen: list[str] = []
    while at:
        page = addresses[at]
        data = write_rss(page)
        assert faults(data, podcast=False) == []
        links = {
            node.get("rel"): node.get("href")
            for node in etree.fromstring(data)[0].findall(f"{ATOM}link")
        }
        assert links["self"] == at
        assert links["first"] == address.absolute(library.show, address.ANSWERS_FEED)
        assert links.get("previous") == (seen[-1] if seen else None)
        seen.append(at)
        at = links.get("next") or ""
    assert seen == [*addresses]
    assert links["last"] == seen[-1]


def test_the_json_feed_leads_to_its_next_page() -> None:
    pages = answer_documents(many(150), "json")
    first, *older = (json.loads(write_json(page)) for page in pages.values())
    assert first["feed_url"].endswith("feeds/answers.json")
    assert first["next_url"] == older[0]["feed_url"]
    assert "next_url" not in older[-1]


def test_a_new_answer_changes_no_page_but_the_first() -> None:
    before = answer_documents(many(300))
    entry = many(300).entries[0]
    assert entry.approved[-1].review is not None
    on = replace(entry.approved[-1].review, on=date(2002, 7, 1))
    new = replace(entry.approved[-1], id="f" * 32, slug="new", review=on)
    more = replace(entry, answers=(), approved=(*entry.approved, new))
    after = answer_documents(factory.library(Path("show"), more))
    # the oldest month of the first page becomes a page, and its neighbour learns it
    changed = [p for p in before if before[p] != after[p]]
    assert len(changed) <= 2


def episodes(count: int) -> Library:
    """Return a show with this many episodes, one a day, and a trailer before them."""
    basics = factory.basics()
    start = datetime(2000, 1, 1, 12, tzinfo=UTC)
    made = []
    for n in range(count):
        kind: EpisodeKind = "trailer" if n == 0 else "full"
        at, guid = start + timedelta(days=n), f"{n:032x}"
        facts = replace(basics.episode, published=at, guid=guid, kind=kind)
        made.append(replace(basics, slug=f"e{n:04}", episode=facts))
    return factory.library(Path("show"), *made, cover="cover.png")


def test_999_episodes_are_one_complete_podcast() -> None:
    library = episodes(1000)  # the trailer is told of in any case
    (page,) = podcast_pages(library)
    assert podcast_channel(library, page, {}).complete


def test_an_archive_of_episodes_is_linked_documents_that_lose_none() -> None:
    library = episodes(2400)
    at = address.absolute(library.show, address.PODCAST_FEED)
    site = at.removesuffix(address.PODCAST_FEED)
    pages = {f"{site}{page.path}": page for page in podcast_pages(library)}
    slugs = [entry.slug for page in pages.values() for entry in page.entries]
    assert slugs[899] == "e0000"  # the trailer is in the first, which tells of it
    wanted = [f"e{n:04}" for n in range(2399, 0, -1)]
    assert [slug for slug in slugs if slug != "e0000"] == wanted
    assert [len(page.entries) for page in pages.values()] == [900, 500, 500, 500]
    seen: list[str] = []
    while at:
        page = replace(pages[at], entries=pages[at].entries[-2:])
        data = write_rss(podcast_channel(library, page, {}))
        assert faults(data, podcast=True) == []
        channel = etree.fromstring(data)[0]
        assert channel.findtext(f"{PODCAST}guid") == library.show.feed.guid
        links = {n.get("rel"): n.get("href") for n in channel.findall(f"{ATOM}link")}
        assert links["self"] == at
        assert links["first"] == f"{site}{address.PODCAST_FEED}"
        assert links.get("previous") == (seen[-1] if seen else None)
        seen.append(at)
        at = links.get("next") or ""
    assert seen == [*pages]
    assert links["last"] == seen[-1]


def test_a_new_episode_changes_no_document_but_the_first() -> None:
    before, after = podcast_pages(episodes(2450)), podcast_pages(episodes(2451))
    assert [page.path for page in after] == [page.path for page in before]
    for old, new in zip(before[1:], after[1:], strict=True):
        assert [e.slug for e in old.entries] == [e.slug for e in new.entries]
