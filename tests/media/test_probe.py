from __future__ import annotations

from pathlib import Path

import pytest

from pullquote.errors import MediaError
from pullquote.media.mp3_frames import frame_length
from pullquote.media.probe import probe
from tests.media.made import CODECS, RATE, picture, silence, speechlike, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("media")


@pytest.mark.parametrize("ending", sorted(CODECS))
def test_every_usual_kind_of_file_is_known_with_its_length(
    folder: Path, ending: str
) -> None:
    found = probe(write(folder / f"whole{ending}", speechlike(4)))
    assert abs(found.duration - 4000) <= 60
    assert found.channels == 1
    assert found.sample_rate == RATE
    assert not found.has_video


def test_pictures_channels_and_tags_are_told(folder: Path) -> None:
    path = write(
        folder / "webinar.mp4",
        speechlike(3),
        channels=2,
        pictures=True,
        tags={"title": "Sprains", "date": "2021-06-16"},
    )
    found = probe(path)
    assert found.has_video
    assert found.channels == 2
    assert (found.title, found.date) == ("Sprains", "2021-06-16")
    assert found.codec == "aac"


def test_a_cover_is_no_video(folder: Path) -> None:
    from mutagen.id3 import APIC, ID3

    path = write(folder / "covered.mp3", speechlike(2))
    cover = picture(folder / "small.png", 40, 40).read_bytes()
    tags = ID3()
    tags.add(APIC(encoding=0, mime="image/png", type=3, desc="", data=cover))
    tags.save(str(path))
    assert not probe(path).has_video


def test_two_seconds_and_silence_are_recordings(folder: Path) -> None:
    assert probe(write(folder / "short.opus", speechlike(2))).duration == 2000
    assert probe(write(folder / "quiet.wav", silence(2))).duration == 2000


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "is empty (0 bytes)"),
        (b"Hello, this is my recording.\n" * 50, "is a text file"),
        (
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n",
            "is a text file, not a recording; bring a transcript in by pullquote import",
        ),
        ("Gr\u00fc\u00dfe \u2026".encode() * 300, "is a text file"),
        (b"<!DOCTYPE html><html><body>Sign in", "is a web page"),
        (b"\xef\xbb\xbf<html lang='en'>", "is a web page"),
        (b"#EXTM3U\nhttp://127.0.0.1:1/a.ts\n", "is a playlist"),
        (bytes(5000), "is damaged or not a recording"),
        (bytes(range(256)) * 200, "is damaged or not a recording"),
    ],
)
def test_what_is_no_recording_is_named_in_one_line(
    tmp_path: Path, content: bytes, problem: str
) -> None:
    path = tmp_path / "talk.mp3"
    path.write_bytes(content)
    with pytest.raises(MediaError) as caught:
        probe(path)
    assert str(caught.value).startswith(f"{path}: {problem}")
    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_a_missing_file_and_a_folder_are_named(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="no such file"):
        probe(tmp_path / "none.mp3")
    with pytest.raises(MediaError, match="cannot be read"):
        probe(tmp_path)


def test_a_picture_is_no_recording(tmp_path: Path) -> None:
    path = picture(tmp_path / "cover.png", 30, 30).rename(tmp_path / "talk.mp3")
    with pytest.raises(MediaError, match="not a recording"):
        probe(path)


def test_sound_that_does_not_decode_is_no_recording(tmp_path: Path) -> None:
    data = bytearray(write(tmp_path / "good.flac", speechlike(1)).read_bytes())
    data[200:] = b"\x01" * (len(data) - 200)
    path = tmp_path / "bad.flac"
    path.write_bytes(data)
    with pytest.raises(MediaError):
        probe(path)


@pytest.mark.parametrize("ending", [".mp3", ".opus", ".webm", ".mkv", ".wav", ".flac"])
@pytest.mark.parametrize("share", [0.5, 0.8])
def test_a_download_that_was_cut_off_is_found_out(
    folder: Path, ending: str, share: float
) -> None:
    whole = write(folder / f"long{ending}", speechlike(6)).read_bytes()
    path = folder / f"cut{ending}"
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(MediaError, match="is cut off"):
        probe(path)


def test_an_mp4_cut_off_before_its_index_is_found_out(tmp_path: Path) -> None:
    whole = write(tmp_path / "long.mp4", speechlike(4)).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match="without its index"):
        probe(path)


def test_an_mp4_with_its_index_in_front_is_found_out_too(tmp_path: Path) -> None:
    fast = {"movflags": "faststart"}
    whole = write(tmp_path / "long.mp4", speechlike(6), options=fast).read_bytes()
    path = tmp_path / "cut.mp4"
    path.write_bytes(whole[: int(len(whole) * 0.7)])
    with pytest.raises(MediaError, match=r"cut off: it ends at 00:00:0\d though"):
        probe(path)


def test_an_mp3_that_declares_no_length_and_ends_with_a_frame_is_taken(
    tmp_path: Path,
) -> None:
    bare = {"write_xing": "0", "id3v2_version": "0"}
    whole = write(tmp_path / "bare.mp3", speechlike(6), options=bare).read_bytes()
    path = tmp_path / "cut.mp3"
    end = 0
    while end < len(whole) // 2:  # cut between frames, nothing shows
        end += frame_length(whole[end : end + 4]) or 1
    path.write_bytes(whole[:end])
    assert 2500 < probe(path).duration < 3500


def test_a_wav_of_a_recorder_that_knew_no_length_is_taken(tmp_path: Path) -> None:
    data = bytearray(write(tmp_path / "a.wav", speechlike(2)).read_bytes())
    data[4:8] = b"\xff\xff\xff\xff"
    path = tmp_path / "streamed.wav"
    path.write_bytes(data)
    assert probe(path).duration == 2000


def test_sound_alone_that_starts_late_is_not_cut_off(tmp_path: Path) -> None:
    """Parts of a live stream keep its times."""
    path = write(tmp_path / "a.webm", speechlike(8), delay=30)
    assert probe(path).duration == pytest.approx(8_000, abs=20)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(MediaError, match="cut off"):
        probe(path)
