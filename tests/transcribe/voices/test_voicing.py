from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.sound import Span
from pullquote.transcribe.voices.voicing import Listened, both_sound, voiced_stretches


def heard(*runs: tuple[int, str], start: int = 0) -> Listened:
    """Return frames of 100 ms; ``ab`` are two columns that sound."""
    rows = [[c in who for c in "abc"] for count, who in runs for _ in range(count)]
    return Listened(start=start, length=100 * len(rows), columns=np.array(rows))


def spans(*edges: tuple[int, int]) -> list[Span]:
    return [Span(start=a, end=b) for a, b in edges]


def test_speech_is_cut_where_the_voice_changes() -> None:
    found = voiced_stretches(
        spans((0, 4_000)), [heard((20, "a"), (20, "b"))], shortest=300
    )
    assert [(v.span.start, v.span.end, v.group) for v in found] == [
        (0, 2_000, (0, 0)),
        (2_000, 4_000, (0, 1)),
    ]


def test_a_moment_of_another_voice_does_not_cut() -> None:
    one = heard((2, "b"), (18, "a"), (1, "b"), (9, "a"), (10, ""))
    (found,) = voiced_stretches(spans((0, 4_000)), [one], shortest=300)
    assert found.group == (0, 0)


def test_where_two_sound_the_voice_before_goes_on() -> None:
    one = heard((10, "a"), (10, "ab"), (10, "b"))
    found = voiced_stretches(spans((0, 3_000)), [one], shortest=300)
    assert [v.span.end for v in found] == [2_000, 3_000]
    assert both_sound([one]) == spans((1_000, 2_000))


def test_speech_that_the_segmenter_does_not_hear_stays_speech() -> None:
    (found,) = voiced_stretches(spans((0, 1_000)), [heard((10, ""))], shortest=300)
    assert found.span == Span(start=0, end=1_000)


@given(
    st.lists(
        st.tuples(st.integers(1, 30), st.sampled_from(["", "a", "b", "ab", "c"])),
        min_size=1,
        max_size=8,
    ),
    st.lists(st.tuples(st.integers(0, 900), st.integers(40, 3_000)), max_size=5),
)
def test_all_speech_that_was_listened_to_is_there_once(
    runs: list[tuple[int, str]], speech: list[tuple[int, int]]
) -> None:
    one = heard(*runs)
    parts, at = [], 0
    for gap, length in speech:
        parts.append(Span(start=at + gap, end=at + gap + length))
        at += gap + length
    found = voiced_stretches(parts, [one], shortest=300)
    inside = sum(max(0, min(p.end, one.length) - p.start) for p in parts)
    assert sum(v.span.length for v in found) == inside
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))
