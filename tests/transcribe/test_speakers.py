from __future__ import annotations

from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.plan import Span
from pullquote.transcribe.speakers import coarse_pieces, fine_pieces, span_turns

LENGTHS = st.integers(1, 40_000)


def spoken(length: int, start: int = 5_000) -> Span:
    return Span(start=start, end=start + length)


def test_short_speech_is_one_print_and_a_sound_is_none() -> None:
    assert coarse_pieces(spoken(200)) == []
    assert coarse_pieces(spoken(700)) == [spoken(700)]
    (piece,) = coarse_pieces(spoken(2_000))
    assert (piece.start, piece.length) == (5_250, 1_500)


def test_long_speech_is_sampled_from_its_first_to_its_last_moment() -> None:
    pieces = coarse_pieces(spoken(10_000))
    assert pieces[0].start == 5_000
    assert pieces[-1].end == 15_000
    assert len(pieces) == 4


def test_one_voice_fills_its_speech_and_needs_no_finer_look() -> None:
    span = spoken(10_000)
    heard = dict.fromkeys(coarse_pieces(span), 3)
    assert fine_pieces(span, heard) == []
    turns = span_turns(span, heard)
    assert (turns[0].start, turns[-1].end) == (span.start, span.end)
    assert {t.voice for t in turns} == {3}


def test_a_change_of_voice_is_looked_at_closely() -> None:
    span = spoken(10_000)
    pieces = coarse_pieces(span)
    heard = {piece: int(piece.start > 9_000) for piece in pieces}
    fine = fine_pieces(span, heard)
    assert fine
    heard |= {piece: int(piece.start > 8_700) for piece in fine}
    change = next(b.start for a, b in pairwise(span_turns(span, heard)) if b.voice)
    assert abs(change - 9_450) <= 800


def test_speech_too_short_for_a_print_has_no_turn() -> None:
    assert span_turns(spoken(200), {}) == []


@given(st.lists(LENGTHS, min_size=1, max_size=6), st.randoms())
def test_turns_fill_all_speech_that_was_heard_and_nothing_else(
    lengths: list[int], random: Random
) -> None:
    spans, at = [], 0
    for length in lengths:
        spans.append(spoken(length, at))
        at += length + 400
    heard = {p: random.randrange(3) for s in spans for p in coarse_pieces(s)}
    heard |= {p: random.randrange(3) for s in spans for p in fine_pieces(s, heard)}
    for span in spans:
        turns = span_turns(span, heard)
        assert sum(t.end - t.start for t in turns) == (
            span.length if coarse_pieces(span) else 0
        )
        assert all(a.end == b.start for a, b in pairwise(turns))
        assert all(p.length <= span.length for p in coarse_pieces(span))
