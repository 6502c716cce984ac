from __future__ import annotations

from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.transcript import Word
from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.edges import settle_edges
from pullquote.transcribe.words.pauses import find_pauses, sound_levels


def sound(*parts: tuple[float, float], noise: float = 0.001) -> np.ndarray:
    """Return ``(seconds, loudness)`` stretches of tone over a room's noise."""
    random = np.random.default_rng(3)
    stretches = [
        np.sin(np.arange(int(16_000 * s)) / 8) * loud
        + random.normal(size=int(16_000 * s)) * noise
        for s, loud in parts
    ]
    return np.concatenate(stretches).astype(np.float32)


def pauses(samples: np.ndarray) -> list[tuple[int, int]]:
    found = find_pauses(sound_levels(samples))
    return [(p.start, p.end) for p in found]


def words(*texts_and_times: tuple[str, int, int]) -> list[Word]:
    return [Word(start=a, end=b, text=t) for t, a, b in texts_and_times]


def spans(*times: tuple[int, int]) -> list[Span]:
    return [Span(start=a, end=b) for a, b in times]


def test_pauses_are_found_to_ten_milliseconds() -> None:
    assert pauses(sound((0.5, 0), (1, 0.2), (0.3, 0), (1, 0.2), (0.4, 0))) == [
        (0, 500),
        (1_500, 1_800),
        (2_800, 3_200),
    ]


def test_a_noisy_room_and_a_quiet_one_have_the_same_pauses() -> None:
    for noise in (0.0, 0.0001, 0.01):
        assert (1_500, 1_800) in pauses(
            sound((0.5, 0), (1, 0.2), (0.3, 0), (1, 0.2), (0.5, 0), noise=noise)
        )


def test_a_click_does_not_end_a_pause_and_a_gap_in_a_word_is_none() -> None:
    clicked = sound((1, 0.2), (0.2, 0), (0.01, 0.2), (0.2, 0), (1, 0.2), (1, 0))
    assert pauses(clicked)[0] == (1_000, 1_410)
    assert pauses(sound((1, 0.2), (0.04, 0), (1, 0.2), (1, 0)))[0][0] == 2_040


def test_an_empty_recording_has_no_pauses() -> None:
    assert pauses(np.zeros(0, np.float32)) == []


def test_words_at_a_pause_get_its_edges() -> None:
    said = words(("Yes.", 400, 1_000), ("It", 1_000, 1_400), ("does.", 1_400, 1_900))
    found = settle_edges(said, spans((0, 520), (1_000, 1_300), (2_050, 3_000)))
    assert [(w.start, w.end) for w in found] == [
        (520, 1_000),
        (1_300, 1_633),
        (1_633, 2_050),
    ]


def test_a_pause_far_from_every_border_moves_nothing() -> None:
    said = words(("Yes.", 400, 3_000), ("It", 3_000, 3_400))
    assert settle_edges(said, spans((1_200, 1_400))) == tuple(said)


def test_a_short_pause_belongs_only_where_a_mark_stands() -> None:
    said = words(("black", 0, 500), ("cat", 500, 900))
    assert settle_edges(said, spans((480, 580))) == tuple(said)
    marked = words(("black,", 0, 500), ("cat", 500, 900))
    found = settle_edges(marked, spans((480, 580)))
    assert (found[0].end, found[1].start) == (480, 580)


def test_music_between_two_words_belongs_to_neither() -> None:
    said = words(("over.", 0, 900), ("Welcome", 9_000, 9_500))
    found = settle_edges(said, spans((1_000, 2_000), (8_000, 9_100)))
    assert (found[0].end, found[1].start) == (1_000, 9_100)


def test_no_words_and_no_pauses_are_fine() -> None:
    assert settle_edges([], spans((0, 100))) == ()
    said = words(("Yes.", 400, 1_000))
    assert settle_edges(said, []) == tuple(said)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["so", "it,", "hurts."]),
            st.integers(0, 600),
            st.integers(1, 700),
        ),
        max_size=25,
    ),
    st.lists(st.tuples(st.integers(0, 1_500), st.integers(80, 1_500)), max_size=15),
)
def test_words_stay_in_order_and_keep_their_texts(
    spoken: list[tuple[str, int, int]], silent: list[tuple[int, int]]
) -> None:
    said, at = [], 0
    for text, gap, length in spoken:
        said.append(Word(start=at + gap, end=at + gap + length, text=text))
        at += gap + length
    quiet, at = [], 0
    for gap, length in silent:
        quiet.append(Span(start=at + gap, end=at + gap + length))
        at += gap + length + 30
    found = settle_edges(said, quiet)
    assert [w.text for w in found] == [w.text for w in said]
    assert all(w.start <= w.end for w in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
