"""What programs that others wrote read in our feeds equals the source.

Each test names the program it needs and is skipped where that is not to be had.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pullquote.model import address
from pullquote.model.library import Library
from pullquote.publish.feeds.json_feed import write_json
from tests import factory
from tests.publish.feeds import answer_pages, answers_feed, podcast_feed
from tests.publish.hosting import hosted
from tests.publish.others import (
    CLIENTS,
    VNU,
    Gpodder,
    Item,
    Newsboat,
    have_npm,
    html_faults,
    read_with_node,
)
from tests.publish.shows import bodies, notes, rich_library

parsers = pytest.mark.skipif(
    not have_npm("podcast-partytime", "feedsmith"),
    reason="podcast-partytime or feedsmith is not here (tools/others.sh)",
)
checker = pytest.mark.skipif(
    not VNU.is_file() or shutil.which("java") is None,
    reason="the W3C's HTML checker or Java is not here (tools/others.sh)",
)


def library() -> Library:
    """Return the show with every field that a feed can carry."""
    rich = rich_library()
    feed = replace(rich.show.feed, podping="https://podping.example/", m4a=True)
    entries = tuple(
        replace(e, m4a=replace(e.enclosure, type="audio/mp4", length=9))
        if e.enclosure
        else e
        for e in rich.entries
    )
    return replace(rich, entries=entries, show=replace(rich.show, feed=feed))


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    feed = tmp_path_factory.mktemp("node") / "podcast.xml"
    feed.write_bytes(podcast_feed(library(), notes(library())))
    return read_with_node(feed)


def published() -> list[Any]:
    return list(library().published)


@parsers
def test_partytime_reads_every_episode_and_every_tag_it_knows(
    read: dict[str, Any],
) -> None:
    show, found = library().show, read["partytime"]
    assert found["title"] == show.title
    assert found["guid"] == show.feed.guid
    assert found["medium"] == "podcast"
    assert found["locked"] is True
    assert found["explicit"] is False
    assert found["language"] == show.language
    assert found["itunesCategory"] == ["Health & Fitness > Medicine"]
    assert found["pubsub"]["hub"] == show.feed.hub
    assert found["podcastFunding"][0]["url"] == show.feed.funding
    assert found["license"]["identifier"] == show.feed.license
    assert [t["title"] for t in found["trailers"]] == ["Coming soon"]
    items = {item["guid"]: item for item in found["items"]}
    assert len(items) == len(found["items"]) == len(published())
    for entry in published():
        item = items[entry.episode.guid]
        assert item["title"] == entry.episode.title
        assert item["enclosure"] == {
            "url": f"{show.site}media/{entry.slug}.mp3",
            "length": entry.enclosure.length,
            "type": entry.enclosure.type,
        }
        assert item["duration"] == round(entry.enclosure.duration / 1000)
        people = [show.person(p) for p in entry.episode.people]
        assert [p["name"] for p in item["podcastPeople"]] == [
            p.name for p in people if p
        ]
        assert len(item.get("podcastTranscripts", [])) == 4 * bool(entry.turns)
        assert ("podcastChapters" in item) == bool(entry.episode.chapters)
        bites = [
            (a.question, a.answered.start / 1000)
            for a in entry.approved
            if 15_000 <= a.answered.end - a.answered.start <= 120_000
        ]
        assert [
            (b["title"], b["startTime"]) for b in item.get("podcastSoundbites", [])
        ] == bites
        (other,) = item["alternativeEnclosures"]
        assert other["source"][0]["uri"] == f"{show.site}media/{entry.slug}.m4a"


@parsers
def test_feedsmith_reads_every_episode_and_every_tag_it_knows(
    read: dict[str, Any],
) -> None:
    show = library().show
    assert read["feedsmith"]["format"] == "rss"
    found = read["feedsmith"]["feed"]
    said = found["podcast"]
    assert said["guid"] == show.feed.guid
    assert said["license"]["display"] == show.feed.license
    assert said["fundings"][0]["url"] == show.feed.funding
    assert said["txts"] == [{"display": "true", "purpose": "ai-content"}]
    assert said["podping"]["usesPodping"] is True
    rels = {link["rel"]: link["href"] for link in found["atom"]["links"]}
    assert rels == {
        "self": f"{show.site}feeds/podcast.xml",
        "hub": show.feed.hub,
    }
    items = {item["guid"]["value"]: item for item in found["items"]}
    assert len(items) == len(found["items"]) == len(published())
    for entry in published():
        item, tags = items[entry.episode.guid], items[entry.episode.guid]["podcast"]
        assert item["guid"]["isPermaLink"] is False
        assert item["title"] == entry.episode.title
        assert item["enclosures"][0]["length"] == entry.enclosure.length
        assert item["itunes"]["episodeType"] == entry.episode.kind
        assert item["itunes"].get("season") == entry.episode.season
        assert item["itunes"].get("episode") == entry.episode.number
        synthetic = str(entry.episode.synthetic).lower()
        assert tags["txts"][0]["display"] == synthetic
        (other,) = tags["alternateEnclosures"]
        assert other["length"] == 9
        assert other["integrity"]["type"] == "sri"


@parsers
def test_feedsmith_reads_the_answers_as_rss_and_as_json(tmp_path: Path) -> None:
    rich = library()
    expected = {(a.id, a.question) for entry in rich.published for a in entry.approved}
    (tmp_path / "a.xml").write_bytes(answers_feed(rich, bodies(rich)))
    found = read_with_node(tmp_path / "a.xml")["feedsmith"]["feed"]
    assert {(i["guid"]["value"], i["title"]) for i in found["items"]} == expected
    (page,) = answer_pages(rich, bodies(rich), "json").values()
    (tmp_path / "a.json").write_bytes(write_json(page))
    read = read_with_node(tmp_path / "a.json")["feedsmith"]
    assert {(i["id"], i["title"]) for i in read["items"]} == expected
    assert read["hubs"] == [{"type": "WebSub", "url": rich.show.feed.hub}]


# Real clients, subscribed over HTTP


@pytest.fixture
def site(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    root = tmp_path / "site"
    (root / "feeds").mkdir(parents=True)
    with hosted(root) as base:
        yield root, base


def put(root: Path, shown: Library) -> None:
    podcast = root / address.PODCAST_FEED
    podcast.write_bytes(podcast_feed(shown, notes(shown)))
    (root / address.ANSWERS_FEED).write_bytes(answers_feed(shown, bodies(shown)))


def expected(shown: Library, *, length: bool) -> set[Item]:
    return {
        Item(
            guid=entry.episode.guid,
            title=entry.episode.title,
            published=int(entry.episode.published.timestamp()),
            link=address.absolute(shown.show, address.episode_page(entry.slug)),
            enclosure=address.absolute(shown.show, address.enclosure_file(entry.slug)),
            type=entry.enclosure.type,
            length=entry.enclosure.length if length else None,
        )
        for entry in shown.published
        if entry.episode.published and entry.enclosure
    }


@pytest.mark.parametrize("kind", CLIENTS, ids=lambda kind: kind.program)
def test_a_subscriber_sees_every_field_and_nothing_twice(
    site: tuple[Path, str], tmp_path: Path, kind: type[Gpodder | Newsboat]
) -> None:
    if shutil.which(kind.program) is None:
        pytest.skip(f"{kind.program} is not here (tools/others.sh)")
    root, base = site
    shown = library()
    put(root, shown)
    client = kind(tmp_path / "home")
    client.subscribe(f"{base}{address.PODCAST_FEED}")
    length = kind is Gpodder
    assert set(client.items()) == expected(shown, length=length)
    for changed in (renamed(shown), corrected(shown), moved(shown), shown):
        put(root, changed)
        client.update()
        items = client.items()
        assert len(items) == len(shown.published), "an episode was shown twice"
        assert {i.guid for i in items} == {e.episode.guid for e in shown.published}


def test_newsboat_sees_each_answer_once_through_every_change(
    site: tuple[Path, str], tmp_path: Path
) -> None:
    if shutil.which(Newsboat.program) is None:
        pytest.skip("newsboat is not here (tools/others.sh)")
    root, base = site
    shown = library()
    put(root, shown)
    client = Newsboat(tmp_path / "home")
    client.subscribe(f"{base}{address.ANSWERS_FEED}")
    answers = [(e, a) for e in shown.published for a in e.approved]
    assert {(i.guid, i.title, i.link) for i in client.items()} == {
        (a.id, a.question, address.absolute(shown.show, address.answer_page(a.slug)))
        for _, a in answers
    }
    for changed in (renamed(shown), corrected(shown), moved(shown), shown):
        put(root, changed)
        client.update()
        assert sorted(i.guid for i in client.items()) == sorted(
            a.id for _, a in answers
        )


def renamed(shown: Library) -> Library:
    """Every episode and every answer gets another title and another address."""
    entries = tuple(
        replace(
            entry,
            slug=f"{entry.slug}-renamed",
            episode=replace(entry.episode, title=f"{entry.episode.title}, renamed"),
            approved=tuple(
                replace(a, slug=f"{a.slug}-renamed", question=f"{a.question} Really?")
                for a in entry.approved
            ),
        )
        for entry in shown.entries
    )
    return replace(shown, entries=entries)


def corrected(shown: Library) -> Library:
    entries = tuple(
        replace(
            entry,
            notes="Put right.",
            approved=tuple(
                factory.approve(replace(a, body="Put right.")) for a in entry.approved
            ),
        )
        for entry in shown.entries
    )
    return replace(shown, entries=entries)


def moved(shown: Library) -> Library:
    return replace(shown, show=replace(shown.show, site="https://elsewhere.example/x/"))


@checker
def test_every_kind_of_page_is_valid_html(tmp_path: Path) -> None:
    from pullquote.render.site.build import Brought, build_site
    from tests.render.test_site import laid, others

    shown = laid(tmp_path)
    files = others(shown)
    moves = {"answers/old/": "answers/bed-rest/", "answers/gone/": None}
    build_site(shown, tmp_path / "site", Brought(files=files, moved=moves))
    build_site(shown, tmp_path / "preview", Brought(files=files), drafts=True)
    pages = [
        page
        for tree in ("site", "preview")
        for page in sorted((tmp_path / tree).rglob("*.html"))
        if page.name != "transcript.html"  # a fragment by its own rules
    ]
    assert len(pages) > 30
    assert html_faults(pages) == []
