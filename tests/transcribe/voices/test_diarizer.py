from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.sound import Span
from pullquote.transcribe.voices.diarizer import (
    few_pieces,
    settle_voices,
    spread_pieces,
)
from pullquote.transcribe.voices.voicing import Voiced


def spoken(start: int, length: int) -> Span:
    return Span(start=start, end=start + length)


def voiced(start: int, length: int, column: int = 0, chunk: int = 0) -> Voiced:
    return Voiced(span=spoken(start, length), group=(chunk, column))


def test_short_speech_is_one_piece_and_a_sound_is_none() -> None:
    assert spread_pieces(spoken(0, 200)) == []
    assert spread_pieces(spoken(0, 700)) == [spoken(0, 700)]
    (piece,) = spread_pieces(spoken(5_000, 2_000))
    assert (piece.start, piece.length) == (5_250, 1_500)


@given(st.integers(0, 99_000), st.integers(1, 60_000))
def test_pieces_lie_inside_the_speech_and_apart(start: int, length: int) -> None:
    pieces = spread_pieces(spoken(start, length))
    assert all(start <= p.start and p.end <= start + length for p in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))


def test_first_and_last_breath_of_a_column_are_listened_to() -> None:
    speech = [voiced(0, 1_500), voiced(2_500, 1_500), voiced(5_000, 1_200)]
    (pieces,) = few_pieces(speech).values()
    assert pieces == [spoken(0, 1_500), spoken(5_000, 1_200)]


def test_a_breath_goes_on_over_a_short_pause() -> None:
    speech = [voiced(0, 700), voiced(900, 700), voiced(2_500, 100)]
    (pieces,) = few_pieces(speech).values()
    assert pieces == [spoken(0, 700)], "one print, of its longest stretch"


def test_long_speech_is_listened_to_more_than_once() -> None:
    (pieces,) = few_pieces([voiced(0, 13_000)]).values()
    assert len(pieces) == 7
    (of_long,) = few_pieces([voiced(0, 240_000)]).values()
    assert len(of_long) == 41, "a print for six seconds is enough there"


def test_columns_are_listened_to_apart_and_clicks_not_at_all() -> None:
    speech = [voiced(0, 1_500), voiced(1_600, 1_500, 1), voiced(9_000, 90, 0, 1)]
    assert set(few_pieces(speech)) == {(0, 0), (0, 1)}


def test_a_column_that_was_wrong_is_heard_stretch_by_stretch() -> None:
    speech = [voiced(0, 1_500), voiced(3_000, 1_500), voiced(6_000, 1_500, 1)]
    own = {speech[0].span: 4, speech[1].span: 5}
    assert settle_voices(speech, {(0, 1): 7}, own) == [4, 5, 7]


def test_speech_too_short_for_a_print_is_the_last_voices() -> None:
    speech = [voiced(0, 100, 2), voiced(500, 1_500), voiced(3_000, 100, 1)]
    assert settle_voices(speech, {(0, 0): 3}, {}) == [3, 3, 3]
