"""yt-dlp's own YouTube extractors from end to end, against a YouTube of the tests' own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.errors import NotYetError, SourceError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.media.cover import check_cover
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Outcome, Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pipeline.pulling.visits import failed_pulls, offered_changes
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from pullquote.pull.plan import Item
from tests.media.made import picture, speechlike, write
from tests.pull.server import Page, Site
from tests.pull.test_channel import SHOW, know
from tests.pull.youtube import Video, YouTube, leading_to

HOME = "https://www.youtube.com/@backbone"
PLAYLIST = "https://www.youtube.com/playlist?list=PLbackbone0000000"


@pytest.fixture
def youtube(site: Site) -> Iterator[YouTube]:
    with leading_to(site):
        yield YouTube(site, [])


def watch(video: Video) -> Source:
    """Return a video as a source of its own."""
    url = f"https://www.youtube.com/watch?v={video.id}"
    return Source(url=url, private_network=True)


def pull_all(folder: ShowFolder, url: str, more: str = "") -> list[Outcome]:
    folder.show.write_text(more + SHOW.format(url=url))
    return pull_sources(folder, load_show(folder.show), (), Quiet())


def test_a_channel_is_all_its_tabs_and_what_is_not_to_be_had_is_known_from_the_list(
    folder: ShowFolder, youtube: YouTube, site: Site
) -> None:
    youtube.videos = [
        *(Video(f"video{n:06}", f"Talk {n}") for n in range(65)),
        Video("stream00001", "Ended", tab="streams", ago="Streamed 2 weeks ago"),
        Video("stream00002", "Now", tab="streams", badge="LIVE"),
        Video("stream00003", "Soon", tab="streams", badge="UPCOMING"),
        Video("stream00004", "Members", tab="streams", badge="MEMBERS"),
        Video("shorts00001", "Short", tab="shorts"),
    ]
    items = list_items(Source(url=HOME, private_network=True), folder.root)
    assert len({item.source_id for item in items}) == 70
    assert {i.title: i.withheld for i in items if i.withheld} == {
        "Now": "is live at this moment",
        "Soon": "has not been broadcast yet",
        "Members": "is for members only",
    }
    pages = ["/@backbone/videos", "/@backbone/streams", "/@backbone/shorts"]
    assert youtube.asked == [*pages, *["/youtubei/v1/browse"] * 2]


def test_of_500_known_and_3_new_one_request_tells(
    folder: ShowFolder, youtube: YouTube, site: Site, opus: Path, tmp_path: Path
) -> None:
    know(folder, 500)
    youtube.videos = [Video(f"video{n:06}", f"Talk {n}") for n in reversed(range(500))]
    pull_all(folder, f"{HOME}/videos")
    youtube.asked.clear()
    for n in range(500, 503):
        body = write(tmp_path / f"{n}.opus", speechlike(n / 500)).read_bytes()
        address = site.media(f"/{n}.opus", body)
        youtube.videos.insert(0, Video(f"video{n:06}", f"Talk {n}", sound=address))
    outcomes = pull_all(folder, f"{HOME}/videos")
    assert [o.state for o in outcomes] == ["unchanged", "done", "done", "done"]
    lists = [p for p in youtube.asked if p.startswith(("/@", "/youtubei/v1/browse"))]
    assert len(lists) == 1


def test_a_video_comes_with_what_its_own_page_tells(
    folder: ShowFolder, youtube: YouTube, site: Site, opus: Path, tmp_path: Path
) -> None:
    video = Video(
        "video000001",
        "Sprains and spasms",
        sound=site.media("/1.opus", opus.read_bytes()),
        description="All of it.\n\n0:00 Hello\n0:01 More\n0:02 End",
        captions=site.put("/c.vtt", Page(body=b"WEBVTT\n\nNOTE x\n")),
        uploaded="2021-06-17T02:30:00-00:00",
    )
    site.put("/yt/c.vtt", site.pages["/c.vtt"])
    youtube.videos = [video]
    art = picture(tmp_path / "t.jpg", 1280, 720).read_bytes()
    site.answer = _with(site, "/yt/vi/video000001/hq720.jpg", Page(body=art))
    (_, outcome) = [None, *pull_all(folder, HOME, 'timezone = "America/Denver"\n')]
    assert outcome is not None
    assert outcome.state == "done"
    paths = folder.episode(outcome.subject)
    episode = load_episode(paths.facts)
    assert episode.held == date(2021, 6, 16)  # an evening in Denver
    assert [chapter.start for chapter in episode.chapters] == [0, 1000, 2000]
    assert paths.notes.read_text().startswith("All of it.")
    assert episode.watch == "https://www.youtube.com/watch?v=video000001"
    assert check_cover(paths.recording("cover.jpg")).width == 3000
    # the list is not what the video's own page is: nothing changed at the source
    video.title = "Verstauchungen"
    pull_all(folder, HOME)
    assert "Verstauchungen" in offered_changes(folder)[outcome.subject]


def _with(site: Site, path: str, page: Page) -> Any:
    before = site.answer
    return lambda asked, posted: page if asked == path else before(asked, posted)


def test_a_translated_title_in_the_list_is_no_change(
    folder: ShowFolder, youtube: YouTube, site: Site, opus: Path
) -> None:
    video = Video("video000001", "Rueckenschmerz", sound=site.address + "/1.opus")
    site.media("/1.opus", opus.read_bytes())
    youtube.videos = [video]
    video.details = {"title": "Back pain"}
    (outcome,) = pull_all(folder, HOME)
    assert load_episode(folder.episode(outcome.subject).facts).title == "Back pain"
    pull_all(folder, HOME)
    assert offered_changes(folder) == {}


def _screen(status: str, reason: str, more: str = "") -> dict[str, Any]:
    told = {"reason": {"simpleText": reason}, "subreason": {"simpleText": more}}
    screen = {"playerErrorMessageRenderer": told}
    return {"status": status, "reason": reason, "errorScreen": screen}


REFUSED: list[tuple[str, Mapping[str, Any], str]] = [
    (
        "private",
        _screen("LOGIN_REQUIRED", "Private video", "Sign in if you may see it"),
        "is private",
    ),
    (
        "deleted",
        _screen("ERROR", "Video unavailable", "This video has been removed by the up"),
        "has been removed",
    ),
    (
        "closed",
        _screen(
            "ERROR",
            "Video unavailable",
            "This video is no longer available because the YouTube account associated"
            " with this video has been terminated.",
        ),
        "has been removed",
    ),
    (
        "members",
        _screen(
            "UNPLAYABLE",
            "Join this channel to get access to members-only content like this video",
        ),
        "is for members only",
    ),
    (
        "age",
        _screen(
            "LOGIN_REQUIRED",
            "Sign in to confirm your age",
            "This video may be inappropriate for some users.",
        ),
        "is age-restricted",
    ),
    (
        "geo",
        _screen(
            "UNPLAYABLE",
            "Video unavailable",
            "The uploader has not made this video available in your country",
        ),
        "is blocked in this country",
    ),
    (
        "rate",
        _screen("UNPLAYABLE", "This content isn't available, try again later."),
        "asks us to wait: too many requests",
    ),
    (
        "bot",
        _screen("LOGIN_REQUIRED", "Sign in to confirm you\u2019re not a bot"),
        "is kept from programs by its site",
    ),
    (
        "paid",
        _screen("UNPLAYABLE", "This video requires payment to watch."),
        "asks for an account",
    ),
    (
        "gone",
        _screen("UNPLAYABLE", "This live stream recording is not available."),
        "has just ended; its recording is not ready yet",
    ),
    ("nothing", _screen("ERROR", "Video unavailable"), "is not available"),
]


@pytest.mark.parametrize(
    ("status", "problem"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_what_youtube_says_becomes_one_line(
    folder: ShowFolder, youtube: YouTube, status: Mapping[str, Any], problem: str
) -> None:
    video = Video("video000001", "Talk", status=status)
    youtube.videos = [video]
    with pytest.raises(SourceError) as caught:
        list_items(watch(video), folder.root)
    assert caught.value.problem == problem or problem in caught.value.problem
    assert str(caught.value).startswith("https://www.youtube.com/watch?v=video000001: ")
    assert caught.value.__cause__ is not None


SOON = {"status": "LIVE_STREAM_OFFLINE", "reason": "Premieres in 3 hours"}
UNFINISHED: list[tuple[Mapping[str, Any], Mapping[str, Any], str]] = [
    ({"isUpcoming": True}, SOON, "has not been broadcast yet"),
    ({"isLive": True, "isLiveContent": True}, {}, "is live at this moment"),
    ({"isPostLiveDvr": True, "isLiveContent": True}, {}, "has just ended"),
]


@pytest.mark.parametrize(("details", "status", "problem"), UNFINISHED)
def test_what_is_not_over_waits_even_where_the_list_does_not_tell(
    show: Show,
    folder: ShowFolder,
    youtube: YouTube,
    site: Site,
    details: Mapping[str, Any],
    status: Mapping[str, Any],
    problem: str,
) -> None:
    video = Video(
        "video000001",
        "Talk",
        details=details,
        status=status or {"status": "OK"},
        sound=None if status else site.media("/1.opus", b"x"),
    )
    youtube.videos = [video]
    with pytest.raises(NotYetError, match=problem):
        [pull_item(show, folder, i) for i in list_items(watch(video), folder.root)]
    assert [o.state for o in pull_all(folder, PLAYLIST)] == ["unchanged"]
    assert [line.startswith(f"Talk {problem}") for line in failed_pulls(folder)] == [
        True
    ]
    assert "/1.opus" not in [path for path, _ in site.asked]


def test_an_ended_broadcast_and_a_short_are_videos_as_others(
    folder: ShowFolder, youtube: YouTube, site: Site, tmp_path: Path
) -> None:
    told = {"startTimestamp": "2021-06-17T01:00:00+00:00"}
    kinds = [
        Video("stream00001", "Ended", tab="streams", ago="Streamed 2 weeks ago"),
        Video("shorts00001", "Short", tab="shorts"),
    ]
    for number, video in enumerate(kinds):
        body = write(tmp_path / f"{number}.opus", speechlike(1 + number)).read_bytes()
        video.sound = site.media(f"/{number}.opus", body)
    kinds[0].details = {"isLiveContent": True}
    kinds[0].broadcast = {**told, "endTimestamp": "2021-06-17T02:00:00+00:00"}
    youtube.videos = kinds
    outcomes = pull_all(folder, HOME, 'timezone = "America/Denver"\n')
    assert [o.state for o in outcomes] == ["done", "done"]
    assert outcomes[0].subject == "2021-06-16-ended"


def test_private_and_deleted_entries_of_a_playlist_wait_without_a_request(
    folder: ShowFolder, youtube: YouTube, site: Site, opus: Path
) -> None:
    youtube.videos = [
        Video("video000001", "[Private video]"),
        Video("video000002", "[Deleted video]"),
        Video("video000003", "Talk", sound=site.media("/3.opus", opus.read_bytes())),
    ]
    outcomes = pull_all(folder, PLAYLIST)
    assert [o.state for o in outcomes] == ["unchanged", "unchanged", "done"]
    assert sorted(failed_pulls(folder)) == [
        "[Deleted video] has been removed",
        "[Private video] is private",
    ]
    assert youtube.asked.count("/watch") == 1


def test_a_site_that_changed_says_how_to_update(
    show: Show, folder: ShowFolder, youtube: YouTube, site: Site
) -> None:
    site.answer = lambda path, posted: Page(body=b"<html>New!</html>")
    with pytest.raises(SourceError) as caught:
        list_items(Source(url=HOME, private_network=True), folder.root)
    assert "pip install --upgrade 'yt-dlp[default,deno]'" in caught.value.remedy


def test_an_address_of_yt_dlps_own_is_taken_from_the_producer_alone(
    show: Show, folder: ShowFolder, youtube: YouTube, site: Site
) -> None:
    youtube.videos = [Video(f"video{n:06}", f"Talk {n}") for n in range(5)]
    items = list_items(
        Source(url="ytsearch2:back pain", private_network=True), folder.root
    )
    assert [item.title for item in items] == ["Talk 0", "Talk 1"]
    with pytest.raises(SourceError, match="no such file or folder"):
        list_items(Source(url="nosuchsite:back pain"), folder.root)
    from_a_feed = Item(source_id="1", source="ytsearch2:back pain")
    with pytest.raises(SourceError, match="is not an address that can be pulled"):
        pull_item(show, folder, from_a_feed)


def test_a_video_protected_against_copying_is_said(
    folder: ShowFolder, youtube: YouTube, site: Site
) -> None:
    video = Video("video000001", "Talk", sound=site.media("/1.opus", b"x"))
    youtube.videos = [video]
    before = site.answer

    def protected(path: str, posted: bytes) -> Page | None:
        page = before(path, posted)
        if page is None:
            return None
        body = page.body.replace(b'"itag"', b'"drmFamilies": ["WIDEVINE"], "itag"')
        return replace(page, body=body)

    site.answer = protected
    with pytest.raises(SourceError, match="protected against copying"):
        list_items(watch(video), folder.root)


def test_deno_solves_a_players_puzzle_on_a_machine_with_nothing_else(
    folder: ShowFolder,
    youtube: YouTube,
    site: Site,
    opus: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What pip brought is enough: no PATH leads to a runtime (yt-dlp#15012)."""
    monkeypatch.setenv("PATH", "")
    address = site.media("/1.opus?n=fedcba", opus.read_bytes())
    site.media("/1.opus?n=abcdef", opus.read_bytes())
    youtube.videos = [Video("video000001", "Talk", sound=address)]
    (outcome,) = pull_all(folder, HOME)
    assert outcome.state == "done"
    loaded = [path for path, _ in site.asked if path.startswith("/1.opus")]
    assert loaded == ["/1.opus?n=abcdef"]
