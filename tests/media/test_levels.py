from __future__ import annotations

import subprocess
import sys
from functools import partial
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pullquote.media.decoded import RATE, Decoded
from pullquote.media.levels import Levels, loudness
from pullquote.media.limiter import Gain, curve, gain_to, limited, loudness_after
from pullquote.media.loudness import SILENCE
from pullquote.media.sound import waveform
from tests.media.made import measure, silence, speechlike, write
from tests.media.made import tone as made_tone

SIZE = 147


def levels_of(sound: NDArray[np.float32], channels: int = 1) -> Levels:
    levels = Levels(RATE, "mono" if channels == 1 else "stereo")
    for at in range(0, len(sound), 100 * SIZE):
        part = np.tile(sound[at : at + 100 * SIZE], (channels, 1))
        levels.add(np.ascontiguousarray(part))
    return levels


HALF_AN_HOUR = """
import resource, numpy, sys
from pullquote.media.levels import Levels
most = lambda: resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
levels = Levels(44100, "mono")
sound = numpy.random.default_rng(1).normal(0, 0.1, (1, 220500)).astype("float32")
for number in range(360):
    levels.add(sound.copy())
    if number == 20:
        before = most()
assert len(levels.peaks) == len(levels.energies) == 360 * 1500
print((most() - before) / before)
"""


def test_ten_hours_take_no_more_memory_than_one() -> None:
    """Half an hour took 300 MB once, for what was kept lay between what was freed."""
    command = [sys.executable, "-c", HALF_AN_HOUR]
    grown = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert float(grown) < 0.5


tone = partial(made_tone, rate=RATE)


@pytest.mark.parametrize(("channels", "lufs"), [(1, -3.01), (2, 0.0)])
def test_a_full_scale_tone_has_what_the_standard_says(
    channels: int, lufs: float
) -> None:
    """BS.1770-4, annex 1: 997 Hz at 0 dBFS in one channel is -3.01 LKFS."""
    found = loudness(levels_of(tone(997, 1.0), channels).energies)
    assert found == pytest.approx(lufs, abs=0.03)


def test_quiet_parts_do_not_count_and_silence_is_the_gate() -> None:
    """EBU Tech 3341, case 3 kind: what lies 10 LU below is left out."""
    parts = [tone(997, 0.01), tone(997, 0.1, 20), tone(997, 0.01)]
    found = loudness(levels_of(np.concatenate(parts)).energies)
    assert found == pytest.approx(-23.01, abs=0.15)
    assert loudness(levels_of(silence(2)).energies) == SILENCE
    assert loudness(levels_of(tone(997, 1, 0.3)).energies) == SILENCE
    assert loudness(Levels(RATE, "mono").energies) == SILENCE


@pytest.mark.parametrize("channels", [1, 2])
def test_it_is_what_libav_measures(tmp_path: Path, channels: int) -> None:
    path = write(tmp_path / "a.wav", speechlike(6, level=0.05), channels=channels)
    with Decoded(path, tmp_path) as sound:
        found = loudness(sound.levels.energies)
    layout = "mono" if channels == 1 else "stereo"
    assert found == pytest.approx(measure(path, layout=layout).integrated, abs=0.05)
    assert list(tmp_path.iterdir()) == [path]


def test_the_waveform_is_the_largest_sample_of_each_tenth(tmp_path: Path) -> None:
    sound = np.concatenate([tone(441, 0.5, 0.1), silence(0.1)[:4410], tone(441, 0.25)])
    found = levels_of(sound).waveform()
    assert len(found) == 42
    assert found[0] == pytest.approx(0.5, abs=0.01)
    assert found[1] == 0
    assert found[3] == pytest.approx(0.25, abs=0.01)
    path = write(tmp_path / "a.wav", speechlike(2))
    alone = waveform(path)
    with Decoded(path, tmp_path) as decoded:
        along = decoded.levels.waveform()
    assert len(alone) == len(along) == 20
    assert np.allclose(alone, along, atol=0.05)


peaks_of = st.lists(st.floats(0, 1.5, width=32), max_size=80)


@given(peaks_of, st.floats(-20, 40), st.floats(-12, 0))
def test_no_peak_passes_the_ceiling_and_nothing_gets_more_than_the_gain(
    values: list[float], db: float, ceiling: float
) -> None:
    peaks = np.array(values, np.float32)
    edges = curve(peaks, Gain(db=db, ceiling=ceiling))
    assert len(edges) == len(peaks) + 1
    highest = np.maximum(edges[:-1], edges[1:]) * peaks
    assert (highest <= 10 ** (ceiling / 20) * 1.001).all()
    assert (edges <= 10 ** (db / 20) * 1.001).all()


@given(peaks_of, st.integers(0, 80), st.integers(0, 80))
def test_a_part_of_the_curve_is_the_curves_part(
    values: list[float], first: int, last: int
) -> None:
    peaks = np.array(values, np.float32)
    first, last = sorted((min(first, len(values)), min(last, len(values))))
    gain = Gain(db=12, ceiling=-3)
    whole = curve(peaks, gain)[first : last + 1]
    assert np.allclose(curve(peaks, gain, first, last), whole, rtol=1e-5)


def test_the_curve_is_smooth() -> None:
    peaks = np.full(100, 0.1, np.float32)
    peaks[50] = 1
    edges = curve(peaks, Gain(ceiling=-6))
    assert edges[50] == edges[51] == pytest.approx(0.5, abs=0.01)
    assert edges[45] == 1
    assert edges[70] == 1
    steps = [b / a for a, b in pairwise(edges)]
    assert max(steps) < 1.06  # up: slowly
    assert min(steps) > 0.6


@pytest.mark.parametrize("level", [0.02, 0.1, 0.3])
@pytest.mark.parametrize("channels", [1, 2])
def test_what_a_limiter_takes_away_is_foreseen(
    tmp_path: Path, level: float, channels: int
) -> None:
    sound = speechlike(8, level=level)
    sound[::4800] *= 4  # clicks stand out
    clipped = np.clip(sound, -1, 1)
    source = write(tmp_path / "a.flac", clipped, channels=channels)
    with Decoded(source, tmp_path) as decoded:
        gain = gain_to(decoded.levels, -16, -3.4, 40)
        foreseen = loudness_after(decoded.levels, gain)
        frames = [frame.to_ndarray() for frame in decoded.frames(gain, "x")]
    whole = np.concatenate(frames, axis=1)
    assert np.abs(whole).max() <= 10 ** (-3.4 / 20) * 1.001
    target = tmp_path / "b.wav"
    write(target, whole[0], channels=channels, rate=RATE)
    layout = "mono" if channels == 1 else "stereo"
    found = measure(target, layout=layout)
    assert found.integrated == pytest.approx(foreseen, abs=0.05)
    assert foreseen == pytest.approx(-16, abs=0.05)


def test_the_gain_has_an_end_and_silence_none() -> None:
    assert gain_to(levels_of(silence(1)), -16, -3, 40) == Gain(ceiling=-3)
    hiss = levels_of(tone(997, 5e-4))
    assert gain_to(hiss, -16, -3, 40).db == 40
    loud = levels_of(tone(997, 0.9))
    assert gain_to(loud, -16, -3, 40).db == pytest.approx(-12.1, abs=0.1)


def test_samples_under_an_even_curve_are_multiplied_and_no_more() -> None:
    sound = tone(100, 0.1, 0.05)[None]
    windows = -(-sound.shape[1] // SIZE)
    even = limited(sound, np.full(windows + 1, 2.0, np.float32), SIZE)
    assert np.allclose(even, sound * 2, rtol=1e-6)
    ramp = np.linspace(0, 1, windows + 1).astype(np.float32)
    assert limited(sound, ramp, SIZE).shape == sound.shape
