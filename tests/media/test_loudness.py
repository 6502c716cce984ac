from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pullquote.media.loudness import SILENCE, Gain, Leveller, measure
from pullquote.media.sound import Sound
from pullquote.model.answer import Clip
from tests.media.made import RATE, silence, speechlike, write


def tone(
    hertz: float, level: float, seconds: float = 4, phase: float = 0
) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (level * np.sin(2 * np.pi * hertz * time + phase)).astype(np.float32)


def test_a_full_scale_tone_measures_what_the_standard_says(tmp_path: Path) -> None:
    """BS.1770-4, annex 1: 997 Hz at 0 dBFS in one channel is -3.01 LKFS."""
    found = measure(write(tmp_path / "a.wav", tone(997, 1.0)), rate=RATE)
    assert found.integrated == pytest.approx(-3.01, abs=0.05)
    assert found.true_peak == pytest.approx(0, abs=0.1)


def test_a_peak_between_samples_is_seen(tmp_path: Path) -> None:
    """EBU Tech 3341, case 16 kind: a tone at fs/4 whose samples miss its peaks."""
    path = write(tmp_path / "a.wav", tone(RATE / 4, 0.5, phase=np.pi / 4))
    found = measure(path, rate=RATE).true_peak  # the samples' own peak is -9 dB
    assert -6.5 < found < -5


def test_silence_measures_the_gate_and_blows_nothing_up(tmp_path: Path) -> None:
    found = measure(write(tmp_path / "a.wav", silence(2)))
    assert found.silent
    assert found.integrated == SILENCE
    assert found.true_peak == -np.inf


def test_less_than_a_measuring_block_counts_as_silent(tmp_path: Path) -> None:
    assert measure(write(tmp_path / "a.wav", speechlike(0.2))).silent


def test_gain_moves_loudness_and_the_limiter_holds_the_ceiling(tmp_path: Path) -> None:
    path = write(tmp_path / "a.wav", speechlike(4, level=0.05))
    plain = measure(path)
    louder = measure(path, gain=Gain(db=6))
    assert louder.integrated == pytest.approx(plain.integrated + 6, abs=0.05)
    held = measure(path, gain=Gain(db=40, ceiling=-3))
    assert held.true_peak <= -2.5
    quick = measure(path, gain=Gain(db=20, ceiling=-3), peaks=False)
    slow = measure(path, gain=Gain(db=20, ceiling=-3))
    assert quick.integrated == pytest.approx(slow.integrated, abs=0.2)
    assert quick.true_peak == -np.inf


@pytest.mark.parametrize("start", [1000, 1037, 1111, 1480])
@pytest.mark.parametrize("ending", [".wav", ".flac", ".opus"])
def test_nothing_of_a_muted_clip_is_heard_and_all_around_it_is(
    tmp_path: Path, ending: str, start: int
) -> None:
    path = write(tmp_path / f"a{ending}", tone(440, 0.3, 4))
    gain = Gain(db=6, ceiling=-3, muted=(Clip(start=start, end=start + 900),))
    leveller = Leveller(rate=44100, layout="mono", gain=gain, meter=False)
    frames = list(leveller.frames(Sound(path, rate=44100)))
    sound = np.abs(np.concatenate([frame.to_ndarray()[0] for frame in frames]))
    first, last = (round(ms * 44.1) for ms in (start, start + 900))
    assert sound[first:last].max() < 1e-3
    assert sound[first - 5000 : first - 3300].max() > 0.1
    assert sound[last + 3300 : last + 5000].max() > 0.1


def test_a_bleep_stands_where_something_was_muted_and_nowhere_else(
    tmp_path: Path,
) -> None:
    path = write(tmp_path / "a.wav", tone(440, 0.3, 3))
    clip = Clip(start=1000, end=1900)
    gain = Gain(db=6, ceiling=-3, muted=(clip,), bleep=True)
    leveller = Leveller(rate=44100, layout="stereo", gain=gain, meter=False)
    sound = Sound(path, rate=44100, layout="stereo")
    heard = np.concatenate([f.to_ndarray() for f in leveller.frames(sound)], axis=1)
    inside = heard[:, 44_100 : round(1900 * 44.1)]
    assert np.abs(inside).max() == pytest.approx(0.06, abs=0.005)
    pitch = np.abs(np.fft.rfft(inside[0])).argmax() / (inside.shape[1] / 44_100)
    assert pitch == pytest.approx(1000, abs=2)
    assert np.abs(heard[:, :40_000]).max() > 0.3
