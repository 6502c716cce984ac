from __future__ import annotations

from datetime import UTC, date

import pytest

from pullquote.model.episode import Chapter
from pullquote.pull.info import best_captions, item_from_info

VIDEO = {
    "id": "abc123",
    "extractor_key": "Youtube",
    "webpage_url": "https://www.youtube.com/watch?v=abc123",
    "url": "https://media.example/long?signature=1",
    "title": "Sprains\n and spasms",
    "description": "With *Dr. Quill*",
    "upload_date": "20210617",
    "duration": 3600.5,
    "chapters": [
        {"start_time": 0, "end_time": 60, "title": "Hello"},
        {"start_time": 60.5, "title": "Sprains"},
        {"start_time": None, "title": "x"},
        {"start_time": 90, "title": ""},
    ],
}


def test_a_video_is_known_by_site_and_id_and_can_be_watched() -> None:
    item = item_from_info(VIDEO)
    assert item.source_id == "youtube:abc123"
    assert item.source == item.watch == "https://www.youtube.com/watch?v=abc123"
    assert (item.title, item.held) == ("Sprains and spasms", date(2021, 6, 17))
    assert item.duration == 3_600_500
    assert item.chapters == (
        Chapter(start=0, title="Hello"),
        Chapter(start=60_500, title="Sprains"),
    )


def test_the_day_of_the_broadcast_goes_before_the_upload() -> None:
    item = item_from_info({**VIDEO, "release_timestamp": 1623870000}, UTC)
    assert item.held == date(2021, 6, 16)


@pytest.mark.parametrize(
    ("more", "held"),
    [
        ({"title": "Sprains (June 9th, 2021)", "release_timestamp": 1623870000}, 9),
        ({"release_date": "20210615", "timestamp": 1623870000}, 15),
        ({"description": "Recorded live on 14 June 2021.", "timestamp": 1}, 14),
        ({"description": "Next one: June 30, 2021.", "timestamp": 1623870000}, 16),
        ({"title": "Feb 30, 2021", "description": "held 31.2.2021"}, 17),
    ],
)
def test_the_day_held_is_told_broadcast_or_at_last_uploaded(
    more: dict[str, object], held: int
) -> None:
    assert item_from_info({**VIDEO, **more}, UTC).held == date(2021, 6, held)


def test_a_description_may_list_the_chapters() -> None:
    listed = "We answer:\n0:00 Hello\n(1:05) - Sprains\n1:02:03 Farewell\nSee 4:30"
    told = {**VIDEO, "chapters": None, "description": listed}
    assert item_from_info(told).chapters == (
        Chapter(start=0, title="Hello"),
        Chapter(start=65_000, title="Sprains"),
        Chapter(start=3_723_000, title="Farewell"),
    )
    for none in ("0:00 a\n1:00 b", "0:10 a\n1:00 b\n2:00 c", "0:00 a\n2:00 b\n1:00 c"):
        assert item_from_info({**told, "description": none}).chapters == ()


VTT = {"ext": "vtt", "url": "https://x.example/c.vtt"}


@pytest.mark.parametrize(
    ("info", "found"),
    [
        ({"subtitles": {"en": [VTT], "en-US": [VTT]}}, "en-US"),
        ({"subtitles": {"en-GB": [VTT]}, "automatic_captions": {"en": [VTT]}}, "en-GB"),
        ({"subtitles": {"de": [VTT]}, "automatic_captions": {"en": [VTT]}}, "en"),
        ({"automatic_captions": {"en-orig": [VTT], "en": [VTT]}}, "en"),
        ({"automatic_captions": {"en": [VTT]}, "language": "de"}, None),
        ({"subtitles": {"en": [{"ext": "srv3", "url": "x"}]}}, None),
        ({"subtitles": {"en": [{**VTT, "protocol": "m3u8_native"}]}}, None),
        ({"subtitles": {"live_chat": [{"ext": "json"}]}}, None),
    ],
)
def test_captions_are_those_of_the_language_spoken(
    info: dict[str, object], found: str | None
) -> None:
    best = best_captions(info, "en-US")
    assert (best and best[0]) == found


def test_an_entry_of_a_list_has_the_same_id_as_the_video() -> None:
    entry = {"_type": "url", "ie_key": "Youtube", "id": "abc123", "url": "https://y/w"}
    item = item_from_info(entry)
    assert item.source_id == "youtube:abc123"
    assert (item.title, item.held, item.duration, item.chapters) == (
        None,
        None,
        None,
        (),
    )


def test_a_file_on_a_server_is_known_by_its_address_and_named_by_it() -> None:
    info = {
        "id": "2021-06-16_back%20pain",
        "extractor_key": "Generic",
        "direct": True,
        "webpage_url": "https://x.example/2021-06-16_back%20pain.mp3#t=1",
        "title": "2021-06-16_back pain",
        "timestamp": 1700000000,
    }
    item = item_from_info(info)
    assert item.source_id == "https://x.example/2021-06-16_back%20pain.mp3"
    assert (item.title, item.held) == ("Back pain", date(2021, 6, 16))
    assert item.watch is None


def test_a_feed_gives_its_own_id() -> None:
    info = {"url": "https://x.example/1.mp3", "guid": "tag:1", "episode_number": 7}
    item = item_from_info(info)
    assert (item.source_id, item.number) == ("tag:1", 7)
    assert item.watch is None
