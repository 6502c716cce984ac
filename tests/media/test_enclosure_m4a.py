from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import av
import pytest
from mutagen.mp4 import MP4

from pullquote.errors import MediaError
from pullquote.media import enclosure_m4a
from pullquote.media.decoded import Decoded
from pullquote.media.enclosure import ANY, Form
from pullquote.media.tags import Tags, tag_texts
from pullquote.model.answer import Clip
from pullquote.model.episode import Enclosure
from tests.media.made import measure, picture, silence, speechlike, write
from tests.media.test_enclosure import TAGS


def make_m4a(
    recording: Path,
    target: Path,
    tags: Tags,
    form: Form = ANY,
    muted: tuple[Clip, ...] = (),
) -> Enclosure:
    """Make an M4A of a file, as a pull does."""
    with Decoded(recording, target.parent, muted=muted) as sound:
        return enclosure_m4a.make_m4a(sound, target, tags, "sha256:0", form)


@pytest.mark.parametrize("channels", [1, 2])
def test_an_m4a_is_as_loud_as_the_mp3_and_tagged(tmp_path: Path, channels: int) -> None:
    source = write(tmp_path / "a.flac", speechlike(5, level=0.05), channels=channels)
    target = tmp_path / "e.m4a"
    cover = picture(tmp_path / "cover.jpg", 100, 100)
    made = make_m4a(source, target, replace(TAGS, cover=cover))
    found = measure(target, layout="mono" if channels == 1 else "stereo")
    assert found.integrated == pytest.approx(-16, abs=0.5)
    assert found.true_peak <= -1
    assert (made.type, made.length) == ("audio/x-m4a", target.stat().st_size)
    tags = MP4(str(target))
    assert tags["\xa9nam"] == [TAGS.title]
    assert {TAGS.title, "Hello", "Sprains"} <= set(tag_texts(target))
    assert (tags["trkn"], tags["disk"]) == ([(14, 0)], [(2, 0)])
    assert bytes(tags["covr"][0]) == cover.read_bytes()
    with av.open(str(target)) as container:
        assert container.metadata["title"] == TAGS.title
        assert container.metadata["date"] == "2021-06-16"
        chapters = container.chapters()
        assert container.streams.audio[0].codec_context.channels == channels
    assert [c["metadata"]["title"] for c in chapters] == ["Hello", "Sprains"]
    data = target.read_bytes()
    assert make_m4a(source, target, replace(TAGS, cover=cover)) == made
    assert target.read_bytes() == data


def test_what_is_redacted_is_not_heard_and_mono_may_be_quieter(tmp_path: Path) -> None:
    source = write(tmp_path / "a.flac", speechlike(5, level=0.05))
    muted = (Clip(start=0, end=5000),)
    made = make_m4a(source, tmp_path / "e.m4a", TAGS, muted=muted)
    assert made.loudness == -70
    made = make_m4a(source, tmp_path / "e.m4a", TAGS, form=Form(loudness_mono=-19.0))
    assert made.loudness == pytest.approx(-19, abs=0.5)


def test_silence_stays_and_a_bad_file_leaves_the_old_one(tmp_path: Path) -> None:
    source = write(tmp_path / "a.wav", silence(1))
    bare = replace(TAGS, chapters=(), season=None, number=None, comment=None)
    assert make_m4a(source, tmp_path / "e.m4a", bare).loudness == -70
    before = (tmp_path / "e.m4a").read_bytes()
    source.write_text("no recording")
    with pytest.raises(MediaError):
        make_m4a(source, tmp_path / "e.m4a", bare)
    assert (tmp_path / "e.m4a").read_bytes() == before
