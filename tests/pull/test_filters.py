from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pullquote.errors import ContentError, NotWantedError, SourceError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show, parse_show
from pullquote.model.show import Show, Source, SourceDefaults
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pipeline.pulling.visits import failed_pulls
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from pullquote.pull.plan import Item, wanted, with_defaults
from pullquote.pull.session import _own
from tests.pull.server import Page, Site, entry, feed
from tests.pull.test_channel import SHOW, channel, flat, video

ITEM = Item(
    source_id="1",
    source="x",
    title="Sprains and Spasms",
    held=date(2021, 6, 16),
    duration=3_600_000,
)


@pytest.mark.parametrize(
    ("source", "passes"),
    [
        ({}, True),
        ({"only": "sprains|knees"}, True),
        ({"only": "^spasms"}, False),
        ({"skip": "trailer"}, True),
        ({"skip": "SPASMS$"}, False),
        ({"since": date(2021, 6, 16), "until": date(2021, 6, 16)}, True),
        ({"since": date(2021, 6, 17)}, False),
        ({"until": date(2021, 6, 15)}, False),
        ({"min_duration": 3_600_000, "max_duration": 3_600_000}, True),
        ({"min_duration": 3_600_001}, False),
        ({"max_duration": 3_599_999}, False),
    ],
)
def test_filters_let_pass_what_the_producer_wants(
    source: dict[str, object], passes: bool
) -> None:
    told = Source(url="x", **source)  # type: ignore[arg-type]
    assert wanted(ITEM, told) is passes
    assert wanted(Item(source_id="1", source="x"), told)


def test_a_sources_defaults_fill_what_nobody_told() -> None:
    defaults = SourceDefaults(kind="bonus", season=3, summary="S", synthetic=True)
    source = Source(url="x", defaults=defaults)
    made = with_defaults(replace(ITEM, filters=source))
    assert (made.kind, made.season, made.summary) == ("bonus", 3, "S")
    assert made.synthetic
    told = with_defaults(replace(ITEM, filters=source, season=7, summary="T"))
    assert (told.season, told.summary) == (7, "T")
    assert with_defaults(ITEM) == ITEM


def test_what_a_listing_does_not_tell_is_asked_before_the_download(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    told = video(site, 1, opus.read_bytes(), duration=3)
    (folder.root / "v.info.json").write_text(json.dumps(told))
    source = Source(url="v.info.json", private_network=True, min_duration=60_000)
    unknown = {**told, "duration": None}
    item = Item(source_id="1", source="x", info=told, filters=source)
    item = replace(
        item,
        access=list_items(replace(source, min_duration=None), folder.root)[0].access,
    )
    with pytest.raises(NotWantedError):
        pull_item(show, folder, item)
    assert site.asked == []
    with pytest.raises(NotWantedError):
        pull_item(show, folder, replace(item, info=unknown))
    assert not (folder.root / "episodes").exists()
    assert not list((folder.state / "pull").glob("*/*"))


def test_what_was_left_out_is_not_asked_for_again_until_filters_change(
    folder: ShowFolder, site: Site, opus: Path
) -> None:
    url = site.media("/1.opus", opus.read_bytes())
    address = site.put(
        "/feed.xml", Page(type="text/xml", body=feed(entry("A", url, "1")))
    )
    folder.show.write_text(SHOW.format(url=address) + "min_duration = 00:10:00\n")
    (first,) = pull_sources(folder, load_show(folder.show), (), Quiet())
    assert first.note == "left out by the source's filters"
    site.asked.clear()
    assert pull_sources(folder, load_show(folder.show), (), Quiet()) == []
    assert [path for path, _ in site.asked] == ["/feed.xml"]
    defaults = "[sources.defaults]\nseason = 2\n"
    folder.show.write_text(SHOW.format(url=address) + defaults)
    (last,) = pull_sources(folder, load_show(folder.show), (), Quiet())
    assert last.state == "done"
    assert load_episode(folder.episode(last.subject).facts).season == 2


def test_two_sources_of_one_address_have_a_memory_each(folder: ShowFolder) -> None:
    """The second took the first one's place, and with it what had failed there."""
    (folder.root / "in").mkdir()
    (folder.root / "in/2025-03-13 webinar.wav").write_text("no sound")
    one = '[[sources]]\nurl = "in"\nonly = "{}"\n'
    head = BASE.partition("[[")[0]
    folder.show.write_text(f"{head}{one.format('webinar')}{one.format('trailer')}")
    (failed,) = pull_sources(folder, load_show(folder.show), (), Quiet())
    assert failed.state == "failed"
    (told,) = failed_pulls(folder)
    assert "webinar.wav: is a text file" in told


def test_a_folder_without_a_recording_that_somebody_names_is_told(
    folder: ShowFolder, show: Show
) -> None:
    (folder.root / "in").mkdir()
    (told,) = pull_sources(folder, show, ["in"], Quiet())
    assert (told.state, told.note) == ("unchanged", "holds no recording")


def test_a_listing_is_filtered_without_a_request(folder: ShowFolder) -> None:
    listed = channel(
        flat(1, title="Trailer"), flat(2, duration=59), flat(3, duration=61)
    )
    (folder.root / "c.info.json").write_text(json.dumps(listed))
    source = Source(url="c.info.json", skip="trailer", min_duration=60_000)
    assert [i.title for i in list_items(source, folder.root)] == ["Talk 3"]


BASE = 'title = "T"\ndescription = "D"\nsite = "https://x.example/"\n[[sources]]\nurl = "x"\n'


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('only = "("', "'only' is no regular expression"),
        ('skip = "*"', "'skip' is no regular expression"),
        ("since = 2021-06-16\nuntil = 2021-06-15", "'until' is before 'since'"),
        ('yt_dlp = ["--exec=rm -rf /"]', "is no option that a show may set"),
        ('yt_dlp = ["--config-locations=x"]', "is no option that a show may set"),
    ],
)
def test_mistakes_in_a_source_are_said_with_their_line(line: str, problem: str) -> None:
    with pytest.raises(ContentError, match=problem) as caught:
        parse_show(BASE + line, Path("show.toml"))
    assert caught.value.line in {6, 7}
    fine = BASE + 'yt_dlp = ["--limit-rate=2M"]\nmin_duration = 00:10:00'
    assert parse_show(fine, Path("show.toml")).sources[0].min_duration == 600_000


def test_yt_dlp_takes_its_own_options(folder: ShowFolder) -> None:
    told = ["--limit-rate=2M", "--retries=7", "--sleep-requests=1.5", "--force-ipv4"]
    assert _own(told) == {
        "ratelimit": 2_097_152,
        "retries": 7,
        "sleep_interval_requests": 1.5,
        "source_address": "0.0.0.0",
    }
    assert _own(()) == {}
    with pytest.raises(SourceError, match="yt-dlp does not take these options"):
        _own(["--limit-rate=fast"])


def test_cookies_are_sent_and_named_from_the_shows_folder(
    show: Show, folder: ShowFolder, site: Site, opus: Path
) -> None:
    url = site.media("/a.opus", opus.read_bytes())
    jar = "# Netscape HTTP Cookie File\n127.0.0.1\tFALSE\t/\tFALSE\t0\tkey\tvalue\n"
    (folder.root / "cookies.txt").write_text(jar)
    source = Source(url=url, yt_dlp=("--cookies=cookies.txt",))
    assert list_items(source, folder.root)
    assert site.cookies[-1] == "key=value"
