from __future__ import annotations

from pathlib import Path

import mutagen.id3
import pytest

from pullquote.errors import MediaError
from pullquote.media.mp3_frames import ends_inside_frame, frame_length
from pullquote.media.probe import probe
from tests.media.made import speechlike, write


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """An MP3 that states no length: no Xing header."""
    path = tmp_path_factory.mktemp("mp3") / "a.mp3"
    options = {"write_xing": "0", "id3v2_version": "0"}
    return write(path, speechlike(3), options=options).read_bytes()


def test_a_whole_file_is_whole_with_and_without_tags(
    mp3: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(mp3)
    assert not ends_inside_frame(path)
    assert probe(path).duration == pytest.approx(3000, abs=60)
    tags = mutagen.id3.ID3()
    tags.add(mutagen.id3.TIT2(encoding=3, text=["T"]))
    tags.save(str(path), v1=2)
    assert path.read_bytes()[-128:-125] == b"TAG"
    assert not ends_inside_frame(path)


@pytest.mark.parametrize("behind", [b"\0" * 500, b"APETAGEX" + b"\xff" * 90, b"junk"])
def test_what_stands_behind_the_sound_is_left_alone(
    mp3: bytes, tmp_path: Path, behind: bytes
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(mp3 + behind)
    assert not ends_inside_frame(path)


@pytest.mark.parametrize("missing", [1, 50, 100, 333])
def test_a_file_cut_off_anywhere_in_a_frame_is_said(
    mp3: bytes, tmp_path: Path, missing: int
) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(mp3[: len(mp3) // 2 - missing])
    with pytest.raises(MediaError, match="is cut off"):
        probe(path)


def test_frames_are_measured_by_their_header() -> None:
    assert frame_length(bytes.fromhex("fffb9064")) == 417
    assert frame_length(bytes.fromhex("fffb9264")) == 418
    assert frame_length(bytes.fromhex("fff384c4")) == 192
    for none in ("fffb", "fffbf064", "fffb9c64", "ffeb9064", "00000000", "fffd9064"):
        assert frame_length(bytes.fromhex(none)) is None


def test_no_frames_at_all_say_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mp3"
    path.write_bytes(b"\xff" * 3000)
    assert not ends_inside_frame(path)
