"""A channel through yt-dlp's real code: info JSON whose formats lead to our server."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pullquote.errors import SourceError
from pullquote.formats.episode_toml import format_episode, load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.media.sound import decode_mono
from pullquote.model.episode import Episode, Recording
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pipeline.pulling.visits import failed_pulls, remembered_visits
from pullquote.pull.item import pull_item
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
    recording = Recording(
        file="recording.opus",
        sha256="0" * 64,
        duration=1000,
        source="https://www.youtube.com/watch?v=video000000",
        source_id="youtube:video000000",
    )
    facts = Episode(
        guid="0", title="Talk 0", held=date(2020, 1, 1), recording=recording
    )
    text = format_episode(facts)
    for number in range(count):
        own = text.replace("0" * 64, f"{number:064x}")
        own = own.replace("video000000", f"video{number:06}")
        own = own.replace("Talk 0", f"Talk {number}")
        path = folder.episode(f"2020-01-01-talk-{number}").facts
        path.parent.mkdir(parents=True)
        path.write_text(own)


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
    outcomes = pull_sources(folder, show, (), Quiet())
    assert [o.state for o in outcomes] == ["unchanged", "done", "done", "done"]
    assert len(folder.slugs()) == 503
    assert len(site.asked) == 3


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


def test_a_list_that_is_newest_first_is_left_after_a_page_of_known_ones() -> None:
    info = channel(*(flat(n) for n in range(200)))
    info["entries"] = entries = _Counted(info["entries"])
    seen = {f"youtube:video{n:06}" for n in range(3, 200)}
    listed = list(_entries(None, info, seen.__contains__))
    assert len(listed) == entries.read == 28
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
    (visit,) = remembered_visits(folder).values()
    assert visit.complete
    site.put("/feed.xml", Page(type="text/xml", body=feed(rows[1])))
    other = write(folder.root / "x.opus", speechlike(1)).read_bytes()
    page.status, page.body = 200, other
    outcomes = pull_sources(folder, show, (), Quiet())
    assert [o.state for o in outcomes] == ["unchanged", "done"]
    assert failed_pulls(folder) == []
    assert {"bad", "good"} <= set(known(folder).ids)


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


KINDS = [
    (flat(1), None),
    (flat(2, live_status="was_live"), None),
    (flat(3, url="https://www.youtube.com/shorts/video000003"), None),
    (flat(4, live_status="is_live"), "is live at this moment"),
    (flat(5, live_status="is_upcoming"), "has not been broadcast yet"),
    (flat(6, live_status="post_live"), "its recording is not ready yet"),
    (flat(7, title="[Private video]"), "is private"),
    (flat(8, title="[Deleted video]"), "has been removed"),
    (flat(9, availability="subscriber_only"), "is for members only"),
    (flat(10, availability="public"), None),
]


def test_every_kind_of_entry_of_a_channel_is_known_without_asking(
    folder: ShowFolder,
) -> None:
    tabs = channel(
        channel(*(one for one, _ in KINDS[:5])),
        channel(*(one for one, _ in KINDS[5:])),
    )
    (folder.root / "c.info.json").write_text(json.dumps(tabs))
    items = list_items(Source(url="c.info.json"), folder.root)
    for item, (_entry, reason) in zip(items, KINDS, strict=True):
        assert (item.withheld is None) is (reason is None)
        assert (reason or "") in (item.withheld or "")


def test_what_is_withheld_waits_is_shown_and_fails_nothing(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    ended = video(site, 1, opus.read_bytes(), live_status="was_live")
    listed = channel(ended, *(one for one, reason in KINDS if reason))
    (folder.root / "c.info.json").write_text(json.dumps(listed))
    show_of(folder, "c.info.json")
    show = load_show(folder.show)
    outcomes = pull_sources(folder, show, (), Quiet())
    assert [o.state for o in outcomes] == ["done", *["unchanged"] * 6]
    assert len(site.asked) == 1
    lines = failed_pulls(folder)
    assert len(lines) == 6
    assert "Talk 5 has not been broadcast yet" in lines


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"live_status": "is_live", "is_live": True}, "is live at this moment"),
        ({"live_status": "is_upcoming"}, "has not been broadcast yet"),
        ({"has_drm": True}, "protected against copying"),
    ],
)
def test_one_video_that_is_not_to_be_had_is_one_line(
    show: Show, folder: ShowFolder, site: Site, more: dict[str, Any], problem: str
) -> None:
    told = {**video(site, 1, b"x"), **more}
    if more.get("has_drm"):
        told["formats"] = [{**f, "has_drm": True} for f in told["formats"]]
    (folder.root / "v.info.json").write_text(json.dumps(told))
    source = Source(url="v.info.json", private_network=True)

    def pull_it() -> None:
        for item in list_items(source, folder.root):
            pull_item(show, folder, item)

    with pytest.raises(SourceError, match=problem):
        pull_it()
    assert site.asked == []


def test_the_sound_alone_is_taken_of_a_video_in_many_formats(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    told = video(site, 1, opus.read_bytes())
    small = {**told["formats"][1], "format_id": "249", "abr": 48, "url": "http://x/"}
    told["formats"].append({**small, "abr": 32})
    (folder.root / "v.info.json").write_text(json.dumps(told))
    source = Source(url="v.info.json", private_network=True)
    (item,) = list_items(source, folder.root)
    slug = pull_item(show, folder, item)
    assert [path for path, _ in site.asked] == ["/v/1.opus"]
    assert slug == "2021-06-17-talk-1"


def test_a_stream_in_dash_parts_is_put_together_without_ffmpeg(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    address = dash(site, tmp_path)
    source = Source(url=address)
    (item,) = list_items(source, folder.root)
    slug = pull_item(show, folder, item)
    facts = load_episode(folder.episode(slug).facts)
    assert facts.recording is not None
    assert facts.recording.duration == pytest.approx(4000, abs=200)
    sound = decode_mono(folder.episode(slug).recording(facts.recording.file))
    assert sound.size == pytest.approx(4 * 16_000, abs=4_000)


def dash(site: Site, folder: Path) -> str:
    """Serve a DASH manifest as libav writes it, with its parts."""
    out = folder / "dash"
    out.mkdir()
    options = {"seg_duration": "1", "use_template": "1", "use_timeline": "0"}
    sound = speechlike(4)
    with av.open(str(out / "talk.mpd"), "w", format="dash", options=options) as output:
        stream = output.add_stream("aac", rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for at in range(0, len(sound), 1024):
            part = np.ascontiguousarray(sound[None, at : at + 1024])
            frame = av.AudioFrame.from_ndarray(part, "fltp", "mono")
            frame.sample_rate, frame.pts = 48_000, at
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    for path in out.iterdir():
        site.put(f"/{path.name}", Page(body=path.read_bytes(), type="video/mp4"))
    site.pages["/talk.mpd"].type = "application/dash+xml"
    return f"{site.address}/talk.mpd"
