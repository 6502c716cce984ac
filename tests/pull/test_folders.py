"""Folders as Zoom, Riverside and OBS leave them."""

from __future__ import annotations

import os
import time
from dataclasses import replace
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import av
import pytest
from hypothesis import given
from hypothesis import strategies as st
from slugify import slugify

from pullquote.errors import NotYetError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.imported import parse_segments
from pullquote.formats.show_toml import load_show
from pullquote.media.closed import is_closed
from pullquote.media.probe import probe
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pipeline.pulling.visits import failed_pulls
from pullquote.pull.file_names import title_and_day
from pullquote.pull.folder_files import Offered, recordings_in
from pullquote.pull.item import pull_item
from pullquote.pull.listing import list_items
from pullquote.pull.local import captions_beside, copy_local, local_facts, local_item
from pullquote.pull.plan import Item
from tests.media.made import speechlike, write

DENVER = ZoneInfo("America/Denver")
DAY = date(2021, 6, 16)

NAMES = [
    ("2021-06-16-sprains-and-spasms", "Sprains and spasms", DAY),
    ("2021-06-16", None, DAY),
    ("Follow-up talk", "Follow up talk", None),
    ("1234567890123", "1234567890123", None),
    # Zoom: on this machine, from the cloud (in UTC), what lies in its folders
    ("2021-06-16 19.00.05 Sprains and spasms 81234567890", "Sprains and spasms", DAY),
    ("2021-06-16 19.00.05 Ada Quill's Zoom Meeting", "Ada Quill's Zoom Meeting", DAY),
    ("GMT20210617-010005_Recording", None, DAY),
    ("GMT20210617-010005_Recording_gallery_1920x1080", None, DAY),
    ("zoom_0", None, None),
    ("audio1623870005", None, None),
    ("video1623870005", None, None),
    # OBS
    ("2021-06-16 19-00-05", None, DAY),
    ("2021-06-16_19-00-05", None, DAY),
    ("Replay 2021-06-16 19-00-05", "Replay", DAY),
    # Riverside
    ("riverside_sprains_and_spasms_jun 16, 2021", "Sprains and spasms", DAY),
    ("riverside_sprains", "Sprains", None),
    # people
    ("2021-06-16 2020 vision", "2020 vision", DAY),
    ("Knees, June 16th, 2021", "Knees", DAY),
    ("Audio and pain", "Audio and pain", None),
    # as people date files in German, French and Spanish
    ("16.06.2021 Fragestunde", "Fragestunde", DAY),
    ("Fragestunde 16. 6. 2021", "Fragestunde", DAY),
    ("Sitzung_vom_16._Juni_2021", "Sitzung", DAY),
    ("Rat am 1. M\u00e4rz 2021", "Rat", date(2021, 3, 1)),
    ("Rat 1. Ma\u0308rz 2021", "Rat", date(2021, 3, 1)),
    ("S\u00e9ance du 1er ao\u00fbt 2021", "S\u00e9ance", date(2021, 8, 1)),
    ("Pleno del 3 de diciembre de 2021", "Pleno", date(2021, 12, 3)),
    ("Rat 1. Okt. 2021", "Rat", date(2021, 10, 1)),
    # no dates
    ("June 30 members", "June 30 members", None),
    ("Version 1.2.2021.4", "Version 1.2.2021.4", None),
    ("3 mares 2021", "3 mares 2021", None),
    ("35.06.2021", "35.06.2021", None),
]


@pytest.mark.parametrize(("stem", "title", "held"), NAMES)
def test_a_name_tells_title_and_day(
    stem: str, title: str | None, held: date | None
) -> None:
    assert title_and_day(stem, DENVER) == (title, held)


@given(st.text(max_size=300))
def test_any_name_is_read_at_once(name: str) -> None:
    title, _ = title_and_day(name)
    assert title is None or title == " ".join(title.split())


FOLDERS = [
    # folder, with sound, with picture
    (
        ["audio1623870005.m4a", "video1623870005.mp4", "chat.txt", "recording.conf"],
        ["audio1623870005.m4a"],
        ["video1623870005.mp4"],
    ),
    (
        ["zoom_0.mp4", "zoom_1.mp4", "audio_only.m4a", "audio_only_1.m4a"],
        ["audio_only.m4a", "audio_only_1.m4a"],
        ["zoom_0.mp4", "zoom_1.mp4"],
    ),
    (
        [
            "GMT20210616-190005_Recording.m4a",
            "GMT20210616-190005_Recording.transcript.vtt",
            "GMT20210616-190005_Recording_1920x1080.mp4",
            "GMT20210616-190005_Recording_as_1920x1080.mp4",
            "GMT20210616-190005_Recording_gallery_1920x1080.mp4",
            "GMT20210616-210005_Recording_avo_640x360.mp4",
            "GMT20210616-210005_Recording_gvo_640x360.mp4",
        ],
        [
            "GMT20210616-190005_Recording.m4a",
            "GMT20210616-210005_Recording_gvo_640x360.mp4",
        ],
        [
            "GMT20210616-190005_Recording_1920x1080.mp4",
            "GMT20210616-210005_Recording_gvo_640x360.mp4",
        ],
    ),
    (
        ["2021-06-16 19-00-05.mkv", "2021-06-16 19-00-05.mp4", "Other.mp3"],
        ["2021-06-16 19-00-05.mp4", "Other.mp3"],
        ["2021-06-16 19-00-05.mp4", "Other.mp3"],
    ),
    (
        ["talk.mp4", "talk.wav", "talk.mp3"],
        ["talk.wav"],
        ["talk.mp4"],
    ),
]


@pytest.mark.parametrize(("names", "sound", "picture"), FOLDERS)
def test_files_of_one_recording_are_one(
    names: list[str], sound: list[str], picture: list[str]
) -> None:
    paths = [Path("x", name) for name in names]
    assert [one.path.name for one in recordings_in(paths)] == sound
    found = recordings_in(paths, picture=True)
    assert [one.path.name for one in found] == picture
    for one in found:
        assert one.path not in one.same


def test_what_is_no_whole_recording_waits_with_its_reason(
    folder: ShowFolder, tmp_path: Path, opus: Path
) -> None:
    source = tmp_path / "in"
    half = source / "2021-06-16 19.00.05 Sprains"
    half.mkdir(parents=True)
    (half / "double_click_to_convert_01.zoom").write_bytes(b"x")
    (source / "riverside_ada_raw-audio_backbone_0242.wav").write_bytes(b"x")
    (source / "Room 1").mkdir()
    (source / "Room 1" / "talk.wav").write_bytes(b"x")
    (source / "Pictures").mkdir()
    (source / os.fsdecode(b"b\xff.wav")).write_bytes(b"x")
    (source / "riverside_bo_raw-synced-video-cfr_backbone_0242.mp4").write_bytes(b"x")
    folder.show.write_text(
        'title = "T"\ndescription = "D"\nsite = "https://x.example/"\n'
        f'[[sources]]\nurl = "{source}"\n'
    )
    outcomes = pull_sources(folder, load_show(folder.show), (), Quiet())
    assert {o.state for o in outcomes} == {"unchanged"}
    lines = failed_pulls(folder)
    assert len(lines) == 5
    assert (
        "Room 1 is a folder, recordings in it: 1; make it a source of its own" in lines
    )
    assert any("b\ufffd.wav has a name that is not UTF-8" in line for line in lines)
    assert "Sprains has not been converted by Zoom yet; double-click it" in lines
    assert sum("is the track of one speaker" in line for line in lines) == 2


def test_a_zoom_folder_is_one_episode_with_its_facts(
    show: Show, folder: ShowFolder, tmp_path: Path
) -> None:
    meeting = tmp_path / "Zoom" / "2021-06-16 19.00.05 Sprains and spasms 81234567890"
    meeting.mkdir(parents=True)
    write(meeting / "audio1623870005.m4a", speechlike(2))
    write(meeting / "video1623870005.mp4", speechlike(2))
    tracks = meeting / "Audio Record"
    tracks.mkdir()
    write(tracks / "audioAdaQuill11623870005.m4a", speechlike(1))
    (item,) = list_items(Source(url=str(tmp_path / "Zoom")), folder.root)
    slug = pull_item(show, folder, item)
    assert slug == "2021-06-16-sprains-and-spasms"
    # the other form of it is the same recording, whatever the show wants by now
    (other,) = list_items(Source(url=str(tmp_path / "Zoom")), folder.root, picture=True)
    assert other.source_id != item.source_id
    assert pull_item(show, folder, other) == slug
    assert folder.slugs() == [slug]


def test_zooms_transcript_is_kept_as_a_second_opinion(
    show: Show, folder: ShowFolder, tmp_path: Path, opus: Path
) -> None:
    name = "GMT20210616-190005_Recording"
    path = tmp_path / f"{name}_gallery_640x360.mp4"
    write(path, speechlike(1))
    told = "WEBVTT\n\n1\n00:00:00.000 --> 00:00:01.000\nAda Quill: Hello.\n"
    (tmp_path / f"{name}.transcript.vtt").write_text(told)
    (tmp_path / f"{name}.cc.vtt").write_text("no captions")
    (item,) = list_items(Source(url=str(path)), folder.root)
    slug = pull_item(show, folder, item)
    assert (folder.root / "episodes" / slug / "captions.en.vtt").read_text() == told
    (tmp_path / f"{name}.transcript.vtt").write_bytes(b"\xff\xfe")
    (item,) = list_items(Source(url=str(path)), folder.root)
    assert item.local is not None


def test_a_files_own_moment_counts_in_the_shows_zone(tmp_path: Path) -> None:
    path = write(
        tmp_path / "talk.m4a",
        speechlike(1),
        tags={"creation_time": "2021-06-17T01:00:05.000000Z"},
    )
    item = local_item(Offered(path), tmp_path, DENVER)
    assert local_facts(item, path, probe(path), DENVER).held == DAY


def grow(path: Path, options: dict[str, str]) -> None:
    """Leave a file as a recorder has it while it still records."""
    sound = speechlike(3)
    with av.open(str(path), "w", options=options) as output:
        stream = output.add_stream("aac", rate=48_000, layout="mono")
        assert isinstance(stream, av.AudioStream)
        for at in range(0, 48_000 * 3, 1024):
            part = sound[None, at : at + 1024].copy()
            frame = av.AudioFrame.from_ndarray(part, "fltp", "mono")
            frame.sample_rate, frame.pts = 48_000, at
            output.mux(stream.encode(frame))
        data = path.read_bytes()
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("a.mkv", {"flush_packets": "1"}),
        (
            "a.mp4",
            {
                "movflags": "frag_keyframe+empty_moov",
                "frag_duration": "500000",
                "flush_packets": "1",
            },
        ),
        ("a.ts", {"flush_packets": "1"}),
    ],
)
def test_what_a_recorder_still_writes_waits(
    tmp_path: Path, name: str, options: dict[str, str]
) -> None:
    path = tmp_path / name
    grow(path, options)
    assert not is_closed(path)
    item = Item(source_id="1", source=name, local=path)
    stage = tmp_path / "stage"
    stage.mkdir()
    with pytest.raises(NotYetError, match="was written to just now"):
        copy_local(item, stage)
    before = time.time() - 60
    os.utime(path, (before, before))
    assert copy_local(item, stage).read_bytes() == path.read_bytes()


def test_what_is_written_at_one_stroke_does_not_wait(tmp_path: Path) -> None:
    for name in ("a.mkv", "a.mp4", "a.wav", "a.webm", "a.mp3", "a.opus", "a.m4a"):
        assert is_closed(write(tmp_path / name, speechlike(1)))
    (tmp_path / "empty.mp4").write_bytes(b"")
    assert is_closed(tmp_path / "empty.mp4")
    (tmp_path / "open.wav").write_bytes(b"RIFF" + bytes(4) + b"WAVE")
    assert not is_closed(tmp_path / "open.wav")
    (tmp_path / "cut.mp4").write_bytes(b"\x00\x00\x00\x10ftypisom\x00\x00\x00\x00")
    assert is_closed(tmp_path / "cut.mp4")
    large = b"\x00\x00\x00\x10ftypisom" + bytes(4)
    large += b"\x00\x00\x00\x01free" + (24).to_bytes(8, "big") + bytes(8)
    (tmp_path / "large.mp4").write_bytes(large + b"\x00\x00\x00\x10moovmvex" + bytes(4))
    assert not is_closed(tmp_path / "large.mp4")


def test_a_file_that_failed_and_is_gone_is_missed_no_more(
    folder: ShowFolder, show: Show, tmp_path: Path
) -> None:
    """It was tried again as an address, of which every later pull complained."""
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    (rooms / "2026-06-21 Steel.mp3").write_bytes(b"")
    write(rooms / "2026-06-21 Glass.mp3", speechlike(1))
    show = replace(show, sources=(Source(url=str(rooms)),))
    states = [one.state for one in pull_sources(folder, show, (), Quiet())]
    assert states == ["done", "failed"]
    assert len(failed_pulls(folder)) == 1
    (rooms / "2026-06-21 Steel.mp3").unlink()
    (again,) = pull_sources(folder, show, (), Quiet())
    assert again.state == "unchanged"
    assert failed_pulls(folder) == []


def test_which_of_several_sound_tracks_is_heard_is_said(
    folder: ShowFolder, show: Show, tmp_path: Path
) -> None:
    rooms = tmp_path / "rooms"
    rooms.mkdir()
    alone = write(tmp_path / "alone.mkv", speechlike(1))
    with (
        av.open(str(alone)) as source,
        av.open(str(rooms / "2026-06-20 Timber.mkv"), "w") as made,
    ):
        sound = source.streams.audio[0]
        tracks = [made.add_stream_from_template(sound) for _ in range(2)]
        for packet in (one for one in source.demux(sound) if one.dts is not None):
            for track in tracks:
                packet.stream = track
                made.mux(packet)
    show = replace(show, sources=(Source(url=str(rooms)),))
    (pulled,) = pull_sources(folder, show, (), Quiet())
    assert pulled.note.endswith("; has 2 sound tracks, of which number 1 is heard")


@pytest.mark.parametrize("size", [(1 << 64) - 1, (1 << 63) - 1, 1 << 40])
@pytest.mark.parametrize("kind", [b"free", b"moov"])
def test_a_box_larger_than_any_file_is_no_reason_to_fall_over(
    tmp_path: Path, kind: bytes, size: int
) -> None:
    path = tmp_path / "a.mp4"
    head = b"\x00\x00\x00\x10ftypisom" + bytes(4)
    path.write_bytes(head + b"\x00\x00\x00\x01" + kind + size.to_bytes(8, "big"))
    assert is_closed(path)


def test_a_file_that_grows_while_it_is_copied_waits(tmp_path: Path) -> None:
    path = write(tmp_path / "a.mp3", speechlike(1))
    stage = tmp_path / "stage"
    stage.mkdir()

    def record(done: float, total: float | None, note: str = "") -> None:
        with path.open("ab") as handle:
            handle.write(b"more")

    item = Item(source_id="1", source="a.mp3", local=path)
    with pytest.raises(NotYetError, match="is still being written"):
        copy_local(item, stage, record)


def test_an_episode_is_named_by_its_day_where_a_name_says_no_more(
    show: Show, folder: ShowFolder, tmp_path: Path
) -> None:
    write(tmp_path / "2021-06-16 19-00-05.mp4", speechlike(1))
    (item,) = list_items(Source(url=str(tmp_path)), folder.root)
    slug = pull_item(show, folder, item)
    facts = load_episode(folder.episode(slug).facts)
    assert (facts.title, facts.held) == (f"{show.title}, 2021-06-16", DAY)
    assert slug == f"2021-06-16-{slugify(show.title)}"


def test_a_lecture_recorders_srt_is_kept_as_captions(tmp_path: Path) -> None:
    recording = tmp_path / "Lecture 2.mp4"
    told = "1\n00:00:01,000 --> 00:00:04,500\nGood evening, 1,000 of you.\n"
    recording.with_suffix(".srt").write_bytes(
        ("\ufeff" + told).replace("\n", "\r\n").encode()
    )
    text = captions_beside(recording)
    assert text is not None
    assert text.startswith("WEBVTT\n\n1\n00:00:01.000 --> 00:00:04.500\n")
    (one,) = parse_segments(text, recording)
    assert one.text == "Good evening, 1,000 of you."
    recording.with_suffix(".srt").write_text("no captions")
    assert captions_beside(recording) is None
