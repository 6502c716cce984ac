from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.formats.source_json import Told, load_told, save_told
from pullquote.media.cover import check_cover
from pullquote.model.episode import Chapter, Episode
from pullquote.model.show import Person, Show, Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pipeline.pulling.visits import offered_changes
from pullquote.pull.enclosure import episode_tags
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from pullquote.pull.plan import Item
from pullquote.pull.told import changed
from pullquote.pull.wording import people_in
from tests.media.made import picture
from tests.pull.server import Page, Site, entry, feed
from tests.pull.test_channel import show_of, video

PEOPLE = (
    Person(id="lin", name="Tiffany Lin", aliases=("Dr. Lin",)),
    Person(id="vale", name="Mona Vale", role="host"),
    Person(id="li", name="Li"),
)


@pytest.fixture
def listed(site: Site, folder: ShowFolder, opus: Path, tmp_path: Path) -> Item:
    """A video with all that a source can tell."""
    told: dict[str, Any] = {
        "title": "Sprains <b>&</b> spasms with Dr. Lin",
        "description": "<script>x</script>Mona Vale asks.\nRecorded June 16, 2021.",
        "thumbnails": [{"url": site.put("/t.jpg", Page())}],
        "subtitles": {"en": [{"ext": "vtt", "url": site.put("/c.vtt", Page())}]},
        "chapters": [{"start_time": 0, "end_time": 3, "title": "Hello"}],
    }
    site.pages["/t.jpg"].body = picture(tmp_path / "t.jpg", 640, 360).read_bytes()
    site.pages["/c.vtt"].body = b"WEBVTT\r\n\r\n00:00.000 --> 00:01.000\r\nHello\r\n"
    info = video(site, 1, opus.read_bytes(), **told)
    (folder.root / "v.info.json").write_text(json.dumps(info))
    source = Source(url="v.info.json", private_network=True)
    (item,) = list_items(source, folder.root)
    return item


def test_all_that_a_source_tells_becomes_files_to_work_on(
    show: Show, folder: ShowFolder, listed: Item
) -> None:
    show = replace(show, people=PEOPLE)
    slug = pull_item(show, folder, listed)
    assert slug == "2021-06-16-sprains-b-b-spasms-with-dr-lin"
    paths = folder.episode(slug)
    episode = load_episode(paths.facts)
    assert episode.title == "Sprains <b>&</b> spasms with Dr. Lin"
    assert episode.held == date(2021, 6, 16)
    assert episode.people == ("vale", "lin")
    assert episode.chapters == (Chapter(start=0, title="Hello"),)
    assert episode.watch == "https://www.youtube.com/watch?v=video000001"
    assert episode.cover == "cover.jpg"
    assert check_cover(paths.recording("cover.jpg")).width == 3000
    captions = paths.recording("captions.en.vtt").read_text()
    assert captions == "WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    assert paths.notes.read_text() == "Mona Vale asks.\\\nRecorded June 16, 2021.\n"
    assert load_told(paths.told).title == episode.title
    assert not paths.transcript.exists()
    assert episode_tags(folder, slug, show, episode).cover == paths.recording(
        "cover.jpg"
    )


@pytest.mark.parametrize("answer", [Page(status=404), Page(body=b"<html>no")])
def test_a_picture_or_captions_that_are_none_cost_nothing(
    show: Show, folder: ShowFolder, site: Site, listed: Item, answer: Page
) -> None:
    site.pages["/t.jpg"] = site.pages["/c.vtt"] = answer
    slug = pull_item(show, folder, listed)
    names = {p.name for p in folder.episode(slug).facts.parent.iterdir()}
    assert names == {"episode.toml", "notes.md", "recording.opus", "source.json"}


def test_captions_may_stand_in_the_info_itself(
    show: Show, folder: ShowFolder, listed: Item
) -> None:
    inside = {"subtitles": {"en": [{"ext": "vtt", "data": "WEBVTT\n"}]}}
    item = replace(listed, info={**(listed.info or {}), **inside, "thumbnails": []})
    slug = pull_item(show, folder, item)
    assert folder.episode(slug).recording("captions.en.vtt").read_text() == "WEBVTT\n"


def test_people_are_whole_names_hosts_first() -> None:
    assert people_in("With DR. LIN\nand Mona  Vale", PEOPLE) == ("vale", "lin")
    assert people_in("Linnea and Dr. Link; Mona Valentine", PEOPLE) == ()
    assert people_in("li", PEOPLE) == ("li",)


def test_a_feeds_own_transcript_is_kept_as_captions(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    """podcast:transcript, the best that is captions; one that is gone costs nothing."""
    srt = "1\n00:00:01,000 --> 00:00:02,000\nRest a little.\n"
    told = {
        "one": ("text/vtt", "/1.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nRest.\n"),
        "two": ("application/x-subrip", "/2.srt", srt),
        "three": ("text/vtt", "/gone.vtt", None),
        "four": ("application/json", "/4.json", "{}"),
    }
    rows = []
    for number, (name, (kind, path, text)) in enumerate(told.items()):
        if text is not None:
            site.put(path, Page(type=kind, body=text.encode()))
        sound = site.media(f"/{name}.opus", opus.read_bytes() + bytes(number))
        tag = f'<podcast:transcript url="{path}" type="{kind}"/>'
        rows.append(entry(f"Part {name}", sound, f" {name} ") + tag)
    space = b'<rss xmlns:podcast="https://podcastindex.org/namespace/1.0" '
    body = feed(*rows).replace(b"<rss ", space)
    site.put("/feed.xml", Page(type="text/xml", body=body))
    show_of(folder, site.address + "/feed.xml")
    show = load_show(folder.show)
    for _ in range(2):
        pull_sources(folder, show, (), Quiet())
    kept = {
        folder.episode(slug).told.parent.name[11:]: [
            path.read_text() for path in folder.episode(slug).captions
        ]
        for slug in folder.slugs()
    }
    assert kept == {
        "part-one": [told["one"][2]],
        "part-two": ["WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nRest a little.\n"],
        "part-three": [],
        "part-four": [],
    }


def test_what_changes_at_the_source_is_offered_and_never_written(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    address = site.media("/1.opus", opus.read_bytes())

    def publish(title: str, description: str) -> None:
        row = entry(title, address, "guid-1", description=description)
        site.put("/feed.xml", Page(type="text/xml", body=feed(row)))

    publish("First", "Old words")
    show_of(folder, site.address + "/feed.xml")
    show = load_show(folder.show)
    pull_sources(folder, show, (), Quiet())
    (slug,) = folder.slugs()
    facts = folder.episode(slug).facts
    facts.write_text(facts.read_text().replace("First", "Mine"))
    before = facts.read_text()
    pull_sources(folder, show, (), Quiet())
    assert offered_changes(folder) == {}
    publish("Second", "New words")
    pull_sources(folder, show, (), Quiet())
    line = offered_changes(folder)[slug]
    assert "calls it 'Second' now (was 'First')" in line
    assert "describes it otherwise now" in line
    assert facts.read_text() == before
    folder.episode(slug).told.write_text("{")
    pull_sources(folder, show, (), Quiet())
    assert offered_changes(folder) == {}
    folder.episode(slug).told.unlink()
    pull_sources(folder, show, (), Quiet())
    assert offered_changes(folder) == {}


def test_what_a_listing_does_not_tell_has_not_changed() -> None:
    episode = Episode(guid="g", title="Taken over", held=date(2021, 6, 16))
    told = Told(title="A", description="B")
    item = Item(source_id="1", source="x")
    assert changed(told, item, episode) is None
    assert changed(told, replace(item, title="A", description="B"), episode) is None
    assert changed(told, replace(item, title="Taken over"), episode) is None


def test_what_a_source_told_survives_the_disk(tmp_path: Path) -> None:
    for told in (Told(), Told(title="\u05d2\u05d1", description="a\nb")):
        save_told(tmp_path / "source.json", told)
        assert load_told(tmp_path / "source.json") == told
