from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.sound import Span
from pullquote.transcribe.voices.crosstalk import joined, overlapping


def turn(start: int, end: int, speaker: str) -> VoiceTurn:
    return VoiceTurn(start=start, end=end, speaker=speaker)


def span(start: int, end: int) -> Span:
    return Span(start=start, end=end)


def test_close_stretches_are_one_and_moments_are_none() -> None:
    found = joined([span(900, 1_200), span(0, 400), span(500, 700), span(5, 6)])
    assert found == (span(0, 700), span(900, 1_200))
    assert joined([span(0, 80)]) == ()


def test_at_a_change_of_voice_both_turns_reach_over_it() -> None:
    turns = [turn(0, 5_000, "a"), turn(5_000, 9_000, "b")]
    assert overlapping(turns, [span(4_600, 5_400)]) == (
        turn(0, 5_400, "a"),
        turn(4_600, 9_000, "b"),
    )


def test_inside_a_turn_it_is_whoever_speaks_nearest() -> None:
    turns = [turn(0, 1_000, "c"), turn(2_500, 9_000, "a"), turn(12_000, 14_000, "b")]
    found = overlapping(turns, [span(4_500, 5_000), span(7_800, 8_000)])
    assert turn(4_500, 5_000, "c") in found
    assert turn(7_800, 8_000, "b") in found


def test_one_voice_alone_cannot_talk_across_itself() -> None:
    alone = (turn(0, 9_000, "a"),)
    assert overlapping(alone, [span(4_000, 5_000)]) == alone
    assert overlapping((), [span(0, 500)]) == ()


@given(
    st.lists(st.tuples(st.integers(1, 5_000), st.sampled_from("abc")), max_size=8),
    st.lists(st.tuples(st.integers(0, 20_000), st.integers(1, 2_000)), max_size=5),
)
def test_nobody_loses_time(
    lengths: list[tuple[int, str]], both: list[tuple[int, int]]
) -> None:
    turns, at = [], 0
    for length, who in lengths:
        turns.append(turn(at, at + length, who))
        at += length
    stretches = joined([span(a, a + n) for a, n in both])
    found = overlapping(turns, stretches)
    assert list(found) == sorted(found, key=lambda t: (t.start, t.end, t.speaker))
    for one in turns:
        assert any(
            t.start <= one.start and one.end <= t.end and t.speaker == one.speaker
            for t in found
        )
