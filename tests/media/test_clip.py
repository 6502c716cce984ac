"""A clip is as long as it should be, and silent where it must be."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pullquote.errors import MediaError
from pullquote.media.clip import cut_clip
from pullquote.media.probe import probe
from pullquote.media.sound import decode_mono
from pullquote.model.answer import Clip
from tests.media.made import silence, speechlike, write

SAMPLE = Path(__file__).parents[2] / "episodes/2026-03-11-back-pain-basics"
CLIP = Clip(start=54_000, end=62_000)


@pytest.mark.parametrize("name", ["recording.opus", "enclosure.mp3"])
def test_a_clip_is_its_stretch_of_the_recording(name: str, tmp_path: Path) -> None:
    target = tmp_path / "clip.mp3"
    cut_clip(SAMPLE / name, target, CLIP)
    assert abs(probe(target).duration - 8_000) < 60
    whole, part = decode_mono(SAMPLE / name), decode_mono(target)
    rate = 16_000
    there = whole[CLIP.start * rate // 1000 : CLIP.end * rate // 1000]
    length = min(len(there), len(part))
    loud = [
        np.sqrt(np.mean(a[: length // 400 * 400].reshape(-1, 400) ** 2, axis=1))
        for a in (there[:length], part[:length])
    ]
    assert np.corrcoef(*loud)[0, 1] > 0.98


def test_a_redacted_stretch_is_silent(tmp_path: Path) -> None:
    target = tmp_path / "clip.mp3"
    cut_clip(SAMPLE / "recording.opus", target, CLIP, (Clip(start=56_000, end=59_000),))
    sound = decode_mono(target)
    assert np.abs(sound[16 * 2200 : 16 * 4800]).max() < 0.01
    assert np.abs(sound[: 16 * 1900]).max() > 0.05


def test_a_redacted_word_is_not_heard_at_its_edges(tmp_path: Path) -> None:
    source, target = write(tmp_path / "a.wav", speechlike(4)), tmp_path / "clip.mp3"
    cut_clip(source, target, Clip(start=0, end=4_000), (Clip(start=1_500, end=2_500),))
    heard, whole = decode_mono(target), decode_mono(source)
    for at in (1_465, 2_515):  # as in the enclosure, what others say is muted too
        edge = slice(16 * at, 16 * (at + 20))
        assert np.abs(heard[edge]).max() < 0.2 * np.abs(whole[edge]).max()


def test_what_is_no_recording_is_one_line(tmp_path: Path) -> None:
    source = tmp_path / "x.mp3"
    source.write_text("no sound")
    with pytest.raises(MediaError):
        cut_clip(source, tmp_path / "clip.mp3", CLIP)
    assert not (tmp_path / "clip.mp3").exists()


@pytest.mark.parametrize("ending", [".mkv", ".mp4"])
def test_a_clip_of_sound_that_starts_after_the_pictures_is_where_it_was_heard(
    ending: str, tmp_path: Path
) -> None:
    sound = np.concatenate([speechlike(3), silence(2), speechlike(3)])
    source = write(tmp_path / f"a{ending}", sound, pictures=True, delay=1.5)
    target = tmp_path / "clip.mp3"
    cut_clip(source, target, Clip(start=4_600, end=6_400))
    assert np.abs(decode_mono(target)).max() < 0.01


@pytest.mark.parametrize("ending", [".mp3", ".m4a"])
def test_a_damaged_recording_still_gives_its_clips(ending: str, tmp_path: Path) -> None:
    source = write(tmp_path / f"a{ending}", speechlike(20))
    data = bytearray(source.read_bytes())
    middle = len(data) // 2
    data[middle : middle + 3000] = np.random.default_rng(1).bytes(3000)
    source.write_bytes(data)
    cut_clip(source, tmp_path / "clip.mp3", Clip(start=8_000, end=14_000))
    assert abs(probe(tmp_path / "clip.mp3").duration - 6_000) < 60
