"""Moving pictures kept or dropped, and each of yt-dlp's mends done without ffmpeg."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest

from pullquote.errors import MediaError, SourceError
from pullquote.formats.disk import file_sha256
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.media import remux
from pullquote.media.probe import probe
from pullquote.media.sound import decode_mono
from pullquote.model.episode import Recording
from pullquote.model.show import Show, Source
from pullquote.pull.item import pull_item, restore_recording
from pullquote.pull.listing import list_items
from tests.media.made import add_pictures, speechlike, write
from tests.pull.server import Page, Site
from tests.pull.test_channel import video

SOUND = speechlike(3)


def recording_of(folder: ShowFolder, slug: str) -> tuple[Recording, Path]:
    recording = load_episode(folder.episode(slug).facts).recording
    assert recording is not None
    return recording, folder.episode(slug).recording(recording.file)


def same_sound(one: Path, other: Path) -> bool:
    """Say whether two files decode to the very same samples."""
    first, second = decode_mono(one), decode_mono(other)
    return len(first) == len(second) and bool(np.array_equal(first, second))


def moving(path: Path) -> Path:
    """Write a file with moving pictures and no sound."""
    with av.open(str(path), "w") as output:
        add_pictures(output, 3)
    return path


@pytest.fixture
def told(site: Site, folder: ShowFolder, tmp_path: Path) -> dict[str, Any]:
    """A video whose picture and sound are offered apart, and once whole."""
    body = write(tmp_path / "sound.webm", SOUND).read_bytes()
    told = video(site, 1, body)
    picture, sound = told["formats"]
    picture |= {
        "url": site.media("/p.mp4", moving(tmp_path / "p.mp4").read_bytes()),
        "ext": "mp4",
        "height": 720,
    }
    large = {**picture, "format_id": "313", "height": 2160, "url": "http://x/"}
    body = write(tmp_path / "whole.mp4", SOUND, pictures=True).read_bytes()
    whole = {
        **picture,
        "format_id": "18",
        "acodec": "mp4a.40.2",
        "height": 360,
        "url": site.media("/w.mp4", body),
    }
    told["formats"] = [whole, sound, picture, large]
    return told


def pull(folder: ShowFolder, show: Show, told: dict[str, Any]) -> str:
    (folder.root / "v.info.json").write_text(json.dumps(told))
    source = Source(url="v.info.json", private_network=True)
    (item,) = list_items(source, folder.root)
    return pull_item(show, folder, item)


def test_without_a_word_of_the_show_the_sound_alone_is_loaded(
    show: Show, folder: ShowFolder, site: Site, told: dict[str, Any]
) -> None:
    for kept in (None, "drop"):
        slug = pull(folder, replace(show, video=kept), told)
    assert [path for path, _ in site.asked] == ["/v/1.opus"]
    assert recording_of(folder, slug)[0].file == "recording.webm"


def test_picture_and_sound_are_put_together_where_the_show_keeps_it(
    show: Show, folder: ShowFolder, site: Site, told: dict[str, Any], tmp_path: Path
) -> None:
    slug = pull(folder, replace(show, video="keep"), told)
    assert sorted(path for path, _ in site.asked) == ["/p.mp4", "/v/1.opus"]
    recording, path = recording_of(folder, slug)
    assert recording.file == "recording.mkv"  # MPEG-4 and Opus go in no other
    assert probe(path).has_video
    assert same_sound(path, tmp_path / "sound.webm")
    path.unlink()
    item = load_episode(folder.episode(slug).facts).recording
    assert item is not None
    assert not list((folder.state / "pull").glob("*/*"))


def test_a_video_that_comes_in_one_is_kept_whole_or_loses_its_picture(
    show: Show, folder: ShowFolder, site: Site, told: dict[str, Any], tmp_path: Path
) -> None:
    told["formats"] = told["formats"][:1]
    slug = pull(folder, replace(show, video="keep"), told)
    recording, path = recording_of(folder, slug)
    assert (recording.file, probe(path).has_video) == ("recording.mp4", True)
    assert path.read_bytes() == (tmp_path / "whole.mp4").read_bytes()
    other = ShowFolder(folder.root / "other")
    other.root.mkdir()
    slug = pull(other, replace(show, video="drop"), told)
    recording, path = recording_of(other, slug)
    assert (recording.file, probe(path).has_video) == ("recording.m4a", False)
    assert same_sound(path, tmp_path / "whole.mp4")
    assert path.stat().st_size < (tmp_path / "whole.mp4").stat().st_size


def test_only_moving_pictures_are_no_recording(
    show: Show, folder: ShowFolder, told: dict[str, Any]
) -> None:
    told["formats"] = [told["formats"][2]]
    with pytest.raises(SourceError, match="offers no sound that can be downloaded"):
        pull(folder, replace(show, video="keep"), told)


@pytest.mark.parametrize("kept", [None, "keep", "drop"])
def test_a_file_of_this_machine_and_a_fresh_clone(
    show: Show, folder: ShowFolder, tmp_path: Path, kept: Any
) -> None:
    source = write(folder.root / "talk.mp4", SOUND, pictures=True)
    (item,) = list_items(Source(url="talk.mp4"), folder.root)
    slug = pull_item(replace(show, video=kept), folder, item)
    recording, path = recording_of(folder, slug)
    assert probe(path).has_video is (kept != "drop")
    assert (file_sha256(path) == file_sha256(source)) is (kept != "drop")
    assert same_sound(path, source)
    path.unlink()
    for video_ in (kept, None):  # the show may have changed its mind since
        assert restore_recording(folder, slug, recording, video=video_) == path
        assert file_sha256(path) == recording.sha256
        path.unlink()


@pytest.mark.parametrize(
    ("ending", "alone"),
    [
        (".mp4", ".m4a"),
        (".ts", ".m4a"),
        (".webm", ".webm"),
        (".mkv", ".webm"),
        (".wav", ".mka"),
        (".mp3", ".mp3"),
        (".flac", ".flac"),
        (".opus", ".webm"),
    ],
)
def test_another_container_has_the_very_same_samples_and_the_same_bytes_each_time(
    tmp_path: Path, ending: str, alone: str
) -> None:
    path = write(tmp_path / f"a{ending}", SOUND, pictures=ending in {".mp4", ".mkv"})
    for work in (remux.without_picture, remux.rewrapped):
        made = work(path)
        assert same_sound(path, made)
        data = made.read_bytes()
        assert work(path).read_bytes() == data
    assert remux.without_picture(path).suffix == alone


def test_what_cannot_be_put_into_another_container_stays_as_it_came(
    show: Show, folder: ShowFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = write(folder.root / "talk.mp4", SOUND, pictures=True)
    monkeypatch.setitem(remux._SOUND, "aac", "wav")  # WAV holds no AAC of MP4's
    monkeypatch.setitem(remux._MUXERS, "wav", "mp3")
    with pytest.raises(MediaError, match="cannot be rewritten"):
        remux.without_picture(source)
    (item,) = list_items(Source(url="talk.mp4"), folder.root)
    slug = pull_item(replace(show, video="drop"), folder, item)
    assert file_sha256(recording_of(folder, slug)[1]) == file_sha256(source)


# What yt-dlp mends with the ffmpeg program after a download (yt_dlp/YoutubeDL.py,
# process_info, fixup) and why nothing of it is missing here.
MENDS = {
    "FFmpegFixupM4aPP": "test_fragments_of_dash_are_read_as_they_are",
    "FFmpegFixupM3u8PP": "test_hls_is_put_into_a_container_that_browsers_play",
    "FFmpegFixupDuplicateMoovPP": "test_periods_of_dash_are_read_one_after_the_other",
    "FFmpegFixupStretchedPP": "the shape of a picture's points; no sound is touched",
    "FFmpegFixupTimestampPP": "broadcasts by websocket, which are refused while live",
    "FFmpegFixupDurationPP": "broadcasts by websocket, which are refused while live",
}


def test_every_mend_of_yt_dlp_is_answered() -> None:
    from yt_dlp.postprocessor import ffmpeg

    known = {name for name in dir(ffmpeg) if name.startswith("FFmpegFixup")}
    assert known - {"FFmpegFixupPostProcessor"} == set(MENDS)
    here = set(globals())
    assert all(why in here for why in MENDS.values() if why.startswith("test_"))


def fragments(folder: Path, seconds: float) -> tuple[bytes, list[bytes]]:
    """Return the head and the fragments of an MP4 as DASH has them."""
    whole = write(
        folder / "f.mp4",
        speechlike(seconds),
        options={
            "movflags": "frag_keyframe+empty_moov+default_base_moof",
            "frag_duration": "500000",
        },
    ).read_bytes()
    places = []
    at = 0
    while at < len(whole):
        size = int.from_bytes(whole[at : at + 4], "big")
        if whole[at + 4 : at + 8] in {b"moof", b"mfra"}:
            places.append(at)
        at += size
    parts = [whole[a:b] for a, b in pairwise(places)]
    return whole[: places[0]], parts


def manifest(site: Site, periods: int, parts: int) -> str:
    """Serve a DASH manifest of periods; each has a head and parts of its own."""
    rows = "".join(
        f"""<Period id="{p}" duration="PT{parts / 2}S"><AdaptationSet mimeType="audio/mp4"
 contentType="audio"><Representation id="a" codecs="mp4a.40.2" bandwidth="64000"
 audioSamplingRate="48000"><SegmentList duration="500" timescale="1000">
<Initialization sourceURL="{site.address}/{p}-head.mp4"/>"""
        + "".join(
            f'<SegmentURL media="{site.address}/{p}-{n}.mp4"/>' for n in range(parts)
        )
        + "</SegmentList></Representation></AdaptationSet></Period>"
        for p in range(periods)
    )
    text = f"""<?xml version="1.0"?><MPD xmlns="urn:mpeg:dash:schema:mpd:2011"
 type="static" mediaPresentationDuration="PT{periods * parts / 2}S"
 minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-main:2011">{rows}</MPD>"""
    page = Page(type="application/dash+xml", body=text.encode())
    return site.put("/talk.mpd", page)


@pytest.mark.parametrize("periods", [1, 2])
def test_fragments_of_dash_are_read_as_they_are(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path, periods: int
) -> None:
    head, parts = fragments(tmp_path, 4)
    for period in range(periods):
        site.put(f"/{period}-head.mp4", Page(type="audio/mp4", body=head))
        for number, part in enumerate(parts):
            page = Page(type="audio/mp4", body=part)
            site.put(f"/{period}-{number}.mp4", page)
    address = manifest(site, periods, len(parts))
    (item,) = list_items(Source(url=address), folder.root)
    slug = pull_item(show, folder, item)
    sound = decode_mono(recording_of(folder, slug)[1])
    one = len(decode_mono(tmp_path / "f.mp4"))
    assert len(sound) == pytest.approx(periods * one, rel=0.15)
    assert np.sqrt(np.mean(sound[-16_000:] ** 2)) > 0.01


test_periods_of_dash_are_read_one_after_the_other = (
    test_fragments_of_dash_are_read_as_they_are
)


def playlist(*lines: str) -> Page:
    head = ["#EXTM3U", "#EXT-X-VERSION:7", "#EXT-X-TARGETDURATION:2"]
    text = "\n".join([*head, *lines, "#EXT-X-ENDLIST"])
    return Page(type="application/vnd.apple.mpegurl", body=text.encode())


def pull_address(show: Show, folder: ShowFolder, address: str) -> Path:
    (item,) = list_items(Source(url=address), folder.root)
    return recording_of(folder, pull_item(show, folder, item))[1]


def test_hls_is_put_into_a_container_that_browsers_play(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    body = write(tmp_path / "0.ts", SOUND).read_bytes()
    site.media("/0.ts", body)
    lines = ["#EXTINF:2.0,", "0.ts", "#EXT-X-DISCONTINUITY", "#EXTINF:2.0,", "0.ts"]
    path = pull_address(show, folder, site.put("/talk.m3u8", playlist(*lines)))
    assert path.suffix == ".m4a"
    assert "mp4" in probe(path).container
    assert len(decode_mono(path)) == pytest.approx(2 * 48_469, abs=3000)


def test_hls_in_fragments_with_a_head_of_their_own(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    head, parts = fragments(tmp_path, 4)
    site.put("/head.mp4", Page(type="audio/mp4", body=head))
    lines = ['#EXT-X-MAP:URI="head.mp4"']
    for number, part in enumerate(parts):
        site.put(f"/{number}.m4s", Page(type="audio/mp4", body=part))
        lines += ["#EXTINF:0.5,", f"{number}.m4s"]
    path = pull_address(show, folder, site.put("/talk.m3u8", playlist(*lines)))
    one = len(decode_mono(tmp_path / "f.mp4"))
    assert len(decode_mono(path)) == pytest.approx(one, rel=0.15)


def test_hls_that_is_encrypted_with_a_key_at_hand(
    show: Show, folder: ShowFolder, site: Site, tmp_path: Path
) -> None:
    """AES-128 (RFC 8216, 4.3.2.4): no copy protection, the key is on the site."""
    from Cryptodome.Cipher import AES

    body = write(tmp_path / "0.ts", SOUND).read_bytes()
    body += bytes([16 - len(body) % 16]) * (16 - len(body) % 16)
    key, start = b"sixteen bytes ok", bytes(15) + b"\x01"
    site.put("/key", Page(body=key, type="application/octet-stream"))
    site.media("/0.ts", AES.new(key, AES.MODE_CBC, start).encrypt(body))
    told = f'#EXT-X-KEY:METHOD=AES-128,URI="key",IV=0x{start.hex()}'
    lines = [told, "#EXTINF:3.0,", "0.ts"]
    path = pull_address(show, folder, site.put("/talk.m3u8", playlist(*lines)))
    assert same_sound(path, tmp_path / "0.ts")


def test_hls_that_is_protected_against_copying_is_said(
    show: Show, folder: ShowFolder, site: Site
) -> None:
    told = '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://x",KEYFORMAT="com.apple.streamingkeydelivery"'
    lines = [told, "#EXTINF:3.0,", "0.ts"]
    address = site.put("/talk.m3u8", playlist(*lines))
    with pytest.raises(Exception, match=r"protected|ffmpeg") as caught:
        pull_address(show, folder, address)
    assert "\n" not in str(caught.value)
