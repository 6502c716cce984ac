"""A channel through yt-dlp's real code: info JSON whose formats lead to our server."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.errors import SourceError
from pullquote.formats.episode_toml import save_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.model.episode import Episode, Recording
from pullquote.model.show import Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling import pull_sources
from pullquote.pipeline.remembered import failed_pulls, remembered_visits
from pullquote.pull.known import known
from pullquote.pull.listing import _entries, list_items
from pullquote.pull.plan import Item
from tests.media.made import speechlike, write
from tests.pull.server import Page, Site, entry, feed

SHOW = """\
title = "Backbone Hour"
description = "Viewers ask."
site = "https://backbone.example/"
[[sources]]
url = "{url}"
private_network = true
"""


def flat(number: int, **more: Any) -> dict[str, Any]:
    """Return an entry as a listing has it: no formats."""
    return {
        "_type": "url",
        "ie_key": "Youtube",
        "id": f"video{number:06}",
        "url": f"https://www.youtube.com/watch?v=video{number:06}",
        "title": f"Talk {number}",
        **more,
    }


def video(site: Site, number: int, body: bytes, **more: Any) -> dict[str, Any]:
    """Return a video as ``yt-dlp -J`` has it; its formats are on our server."""
    address = site.media(f"/v/{number}.opus", body)
    sound = {
        "format_id": "251",
        "url": address,
        "ext": "webm",
        "acodec": "opus",
        "vcodec": "none",
        "abr": 64,
        "protocol": "http",
    }
    picture = {**sound, "format_id": "136", "vcodec": "avc1", "acodec": "none"}
    return {
        "id": f"video{number:06}",
        "extractor": "youtube",
        "extractor_key": "Youtube",
        "webpage_url": f"https://www.youtube.com/watch?v=video{number:06}",
        "title": f"Talk {number}",
        "upload_date": "20210617",
        "formats": [picture, sound],
        **more,
    }


def channel(*entries: dict[str, Any]) -> dict[str, Any]:
    return {
        "_type": "playlist",
        "id": "UC1",
        "title": "Backbone Hour - Videos",
        "extractor": "youtube:tab",
        "extractor_key": "YoutubeTab",
        "webpage_url": "https://www.youtube.com/@backbone/videos",
        "entries": list(entries),
    }


def show_of(folder: ShowFolder, url: str) -> None:
    folder.show.write_text(SHOW.format(url=url))


def know(folder: ShowFolder, count: int) -> None:
    """Make ``count`` episodes that were pulled before."""
    for number in range(count):
        recording = Recording(
            file="recording.opus",
            sha256=f"{number:064x}",
            duration=1000,
            source=f"https://www.youtube.com/watch?v=video{number:06}",
            source_id=f"youtube:video{number:06}",
        )
        facts = Episode(
            guid=str(number),
            title=f"Talk {number}",
            held=date(2020, 1, 1),
            recording=recording,
        )
        save_episode(folder.episode(f"2020-01-01-talk-{number}").facts, facts)


def test_of_a_channel_of_500_known_and_3_new_only_the_new_cost_requests(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    know(folder, 500)
    new = [
        video(
            site,
            n,
            write(tmp_path / f"{n}.opus", speechlike(1 + n / 1000)).read_bytes(),
        )
        for n in range(500, 503)
    ]
    listed = channel(*new, *(flat(n) for n in reversed(range(500))))
    (folder.root / "c.info.json").write_text(json.dumps(listed))
    show_of(folder, "c.info.json")
    show = load_show(folder.show)
    started = time.perf_counter()
    outcomes = pull_sources(folder, show, (), Quiet())
    taken = time.perf_counter() - started
    assert [o.state for o in outcomes] == ["unchanged", "done", "done", "done"]
    assert len(folder.slugs()) == 503
    assert len(site.asked) == 3
    assert taken < 3


def test_a_feed_of_500_known_and_3_new_costs_four_requests(
    folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    know(folder, 500)
    rows = [
        entry(f"Talk {n}", "http://x.example/a.mp3", f"youtube:video{n:06}")
        for n in range(500)
    ]
    for n in range(3):
        body = write(tmp_path / f"{n}.opus", speechlike(1 + n / 10)).read_bytes()
        rows.insert(0, entry(f"New {n}", site.media(f"/{n}.opus", body), f"new{n}"))
    url = site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
    show_of(folder, url)
    pull_sources(folder, load_show(folder.show), (), Quiet())
    assert len(folder.slugs()) == 503
    assert len(site.asked) <= 3 + 2


class _Counted(list[dict[str, Any]]):
    """Entries that count how many were read, as pages of a channel are."""

    read = 0

    def __iter__(self) -> Any:
        for one in list.__iter__(self):
            self.read += 1
            yield one


def test_a_list_that_is_newest_first_is_left_after_thirty_known_ones() -> None:
    info = channel(*(flat(n) for n in range(200)))
    info["entries"] = entries = _Counted(info["entries"])
    seen = {f"youtube:video{n:06}" for n in range(3, 200)}
    listed = list(_entries(None, info, seen.__contains__))
    assert len(listed) == entries.read == 33
    info["webpage_url"] = "https://www.youtube.com/playlist?list=PL1"
    assert len(list(_entries(None, info, seen.__contains__))) == 200


def test_a_failure_is_remembered_shown_and_tried_again(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    page = Page(status=500, type="audio/ogg")
    good = site.media("/good.opus", opus.read_bytes())
    bad = site.put("/bad.opus", page)
    rows = [entry("Bad", bad, "bad"), entry("Good", good, "good")]
    url = site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
    show_of(folder, url)
    show = load_show(folder.show)
    outcomes = pull_sources(folder, show, (), Quiet())
    assert [o.state for o in outcomes] == ["failed", "done"]
    (line,) = failed_pulls(folder)
    assert "its server is at fault" in line
    assert remembered_visits(folder)[url].complete
    site.put("/feed.xml", Page(type="text/xml", body=feed(rows[1])))
    other = write(folder.root / "x.opus", speechlike(1)).read_bytes()
    page.status, page.body = 200, other
    outcomes = pull_sources(folder, show, (), Quiet())
    assert [o.state for o in outcomes] == ["unchanged", "done"]
    assert failed_pulls(folder) == []
    assert set(known(folder).ids) == {"bad", "good"}


def test_a_source_that_fails_keeps_what_was_missed(
    folder: ShowFolder, site: Site
) -> None:
    show_of(folder, site.address + "/none.xml")
    show = load_show(folder.show)
    (outcome,) = pull_sources(folder, show, (), Quiet())
    assert outcome.state == "failed"
    pull_sources(folder, show, (), Quiet())
    assert len(failed_pulls(folder)) == 1
    (folder.state / "sources.json").write_text('{"x": {}}')
    assert failed_pulls(folder) == []


@pytest.mark.parametrize("text", ["{", "[]", '{"no": "id"}'])
def test_a_file_that_is_no_info_json_is_said(folder: ShowFolder, text: str) -> None:
    (folder.root / "a.info.json").write_text(text)
    with pytest.raises(SourceError, match=r"JSON"):
        list_items(Source(url="a.info.json"), folder.root)


def test_items_of_a_list_know_their_videos(folder: ShowFolder, site: Site) -> None:
    nested = channel(channel(flat(1)), flat(2), video(site, 3, b""))
    (folder.root / "a.info.json").write_text(json.dumps(nested))
    items = list_items(Source(url="a.info.json"), folder.root)
    assert [item.source_id for item in items] == [
        f"youtube:video00000{n}" for n in (1, 2, 3)
    ]
    assert isinstance(items[0], Item)
    assert [item.info is None for item in items] == [True, True, False]
