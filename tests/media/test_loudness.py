from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pullquote.media.loudness import SILENCE, Meter, measure
from pullquote.media.sound import Sound
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


@pytest.mark.parametrize("level", [0.05, 1.2])
def test_the_quick_meter_knows_peaks_that_matter(tmp_path: Path, level: float) -> None:
    sound = tone(RATE / 4, level, phase=np.pi / 4)
    sound *= np.clip(np.arange(sound.size) / RATE, 0, 1)  # no jump at the start
    path = write(tmp_path / "a.wav", sound)
    meters = Meter(44100, "mono"), Meter(44100, "mono", quick=True)
    for frame in Sound(path, rate=44100):
        for meter in meters:
            meter.add(frame)
    whole, quick = (meter.loudness for meter in meters)
    assert quick.integrated == whole.integrated
    if level > 0.5:
        assert quick.true_peak == pytest.approx(whole.true_peak, abs=0.2)
    else:
        assert quick.true_peak < -1
