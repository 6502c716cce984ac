from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pullquote.media.loudness import SILENCE, Loudness, Meter
from pullquote.media.sound import Sound
from tests.media.made import RATE, measure, silence, speechlike, tone, write


def metered(path: Path) -> Loudness:
    meter = Meter(RATE, "mono")
    for frame in Sound(path, rate=RATE):
        meter.add(frame)
    return meter.loudness


def test_a_full_scale_tone_measures_what_the_standard_says(tmp_path: Path) -> None:
    """BS.1770-4, annex 1: 997 Hz at 0 dBFS in one channel is -3.01 LKFS."""
    found = metered(write(tmp_path / "a.wav", tone(997, 1.0)))
    assert found.integrated == pytest.approx(-3.01, abs=0.05)
    assert found.true_peak == pytest.approx(0, abs=0.1)


def test_silence_measures_the_gate_and_so_does_less_than_a_block(
    tmp_path: Path,
) -> None:
    found = metered(write(tmp_path / "a.wav", silence(2)))
    assert found.silent
    assert found.integrated == SILENCE
    assert found.true_peak == -np.inf
    assert metered(write(tmp_path / "b.wav", speechlike(0.2))).silent


@pytest.mark.parametrize("level", [0.05, 1.2])
def test_peaks_between_samples_are_known_where_they_matter(
    tmp_path: Path, level: float
) -> None:
    """EBU Tech 3341, case 16 kind: a tone at fs/4 whose samples miss its peaks."""
    time = np.arange(4 * RATE) / RATE
    sound = level * np.sin(np.pi / 2 * np.arange(4 * RATE) + np.pi / 4)
    sound *= np.clip(time, 0, 1)  # no jump at the start
    path = write(tmp_path / "a.wav", sound.astype(np.float32))
    found, whole = metered(path), measure(path, rate=RATE)
    assert found.integrated == whole.integrated
    if level > 0.5:
        assert found.true_peak == pytest.approx(whole.true_peak, abs=0.2)
    else:
        assert found.true_peak < -1
