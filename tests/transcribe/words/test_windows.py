from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.windows import (
    WINDOWS,
    VoiceRule,
    Window,
    plan_batches,
    plan_windows,
    speech_regions,
    whole_seconds,
)

FRAME = 32
PROBABILITIES = st.lists(st.floats(0, 1), max_size=4_000)
RUNS = st.lists(
    st.tuples(st.sampled_from((0.0, 0.2, 0.5, 0.99)), st.integers(1, 900)), max_size=12
)
"""Long stretches of one probability, as real recordings have them."""


def spread(runs: list[tuple[float, int]]) -> list[float]:
    return [p for p, count in runs for _ in range(count)]


def regions_of(probabilities: list[float]) -> tuple[Span, ...]:
    return speech_regions(probabilities, len(probabilities) * FRAME, VoiceRule())


def windows_of(probabilities: list[float]) -> tuple[Window, ...]:
    return plan_windows(regions_of(probabilities), probabilities)


def test_silence_has_no_speech_and_no_windows() -> None:
    assert regions_of([0.01] * 1000) == ()
    assert windows_of([0.01] * 1000) == ()


def test_an_empty_recording_has_no_windows() -> None:
    assert windows_of([]) == ()


def test_speech_is_padded_but_never_beyond_the_recording() -> None:
    (only,) = regions_of([0.9] * 10)
    assert (only.start, only.end) == (0, 320)
    (only,) = regions_of([0.0] * 100 + [0.9] * 100 + [0.0] * 100)
    assert (only.start, only.end) == (3200 - 200, 6400 + 200)


def test_a_minute_of_silence_first_shifts_nothing() -> None:
    speech = [0.9] * 200 + [0.0] * 100 + [0.9] * 300
    late = windows_of([0.0] * 2000 + speech)
    early = windows_of([0.0] * 50 + speech)
    shift = (2000 - 50) * FRAME
    assert [(w.start - shift, w.end - shift) for w in late] == [
        (w.start, w.end) for w in early
    ]


def test_a_click_is_no_speech_but_a_short_word_is() -> None:
    assert regions_of([0.0] * 100 + [0.9] * 2 + [0.0] * 100) == ()
    assert len(regions_of([0.0] * 100 + [0.9] * 4 + [0.0] * 100)) == 1


def test_a_window_ends_at_the_longest_pause_in_reach() -> None:
    short, long = [0.0] * 10, [0.0] * 30
    words = [0.9] * 125  # 4 s
    probabilities = words * 2 + short + words + long + words + short + words * 2
    first, _ = windows_of(probabilities)
    assert abs(first.end - len(words * 3 + short) * FRAME) <= 500


def test_long_silence_ends_a_window_although_it_is_short() -> None:
    one, other = windows_of([0.9] * 60 + [0.0] * 200 + [0.9] * 60)
    assert one.end < other.start


def test_speech_without_a_pause_is_cut_where_the_voice_is_least_likely() -> None:
    probabilities = [0.9] * 1000
    probabilities[500] = 0.4
    first, second = windows_of(probabilities)
    assert first.end == second.start == 500 * FRAME


@given(PROBABILITIES | RUNS.map(spread))
def test_regions_are_in_order_apart_and_inside(probabilities: list[float]) -> None:
    regions = regions_of(probabilities)
    last = 0
    for region in regions:
        assert last <= region.start < region.end <= len(probabilities) * FRAME
        last = region.end


@given(RUNS.map(spread) | PROBABILITIES)
def test_windows_hold_every_region_and_none_is_too_long(
    probabilities: list[float],
) -> None:
    windows = windows_of(probabilities)
    regions = regions_of(probabilities)
    assert [w.index for w in windows] == list(range(len(windows)))
    assert all(0 < w.length <= WINDOWS.longest for w in windows)
    assert all(a.end <= b.start for a, b in pairwise(windows))
    pieces = [p for w in windows for p in w.speech]
    assert sum(w.spoken for w in windows) == sum(r.length for r in regions)
    assert all(
        any(r.start <= p.start and p.end <= r.end for r in regions) for p in pieces
    )


def test_no_lane_stands_idle_at_the_end() -> None:
    windows = [Window(index=i, start=0, end=9_000, speech=()) for i in range(20)]
    assert [len(b) for b in plan_batches(windows, 10**6, 8, lanes=2)] == [5] * 4
    assert [len(b) for b in plan_batches(windows[:3], 10**6, 8, lanes=2)] == [2, 1]


@given(
    st.lists(st.integers(1, 30_000), max_size=40),
    st.integers(30_000, 200_000),
    st.integers(1, 16),
    st.integers(1, 8),
    st.booleans(),
)
def test_batches_hold_each_window_once_and_stay_within_memory(
    lengths: list[int], longest: int, most: int, lanes: int, alike: bool
) -> None:
    windows = [
        Window(index=i, start=0, end=n, speech=()) for i, n in enumerate(lengths)
    ]
    batches = plan_batches(windows, longest, most, lanes, alike=alike)
    assert sorted(w.index for b in batches for w in b) == list(range(len(windows)))
    for batch in batches:
        assert 1 <= len(batch) <= most
        assert max(w.length for w in batch) * len(batch) <= longest
        seconds = {whole_seconds(w.length) for w in batch}
        assert len(seconds) == 1 or not alike
