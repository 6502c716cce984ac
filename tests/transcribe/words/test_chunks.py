from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.chunks import ChunkRule, plan_chunks
from pullquote.transcribe.words.windows import Window

RULE = ChunkRule()


def windows(shape: list[tuple[int, int]]) -> tuple[Window, ...]:
    """Return windows of ``(pause before, length)`` in milliseconds."""
    found, at = [], 0
    for index, (pause, length) in enumerate(shape):
        start = at + pause
        at = start + length
        speech = (Span(start=start, end=at),)
        found.append(Window(index=index, start=start, end=at, speech=speech))
    return tuple(found)


shapes = st.lists(
    st.tuples(st.integers(0, 5_000), st.integers(500, 20_000)), max_size=400
)


@given(shapes)
def test_every_window_is_in_one_chunk_in_order(shape: list[tuple[int, int]]) -> None:
    whole = windows(shape)
    chunks = plan_chunks(whole)
    assert tuple(w for chunk in chunks for w in chunk.windows) == whole
    assert [chunk.index for chunk in chunks] == list(range(len(chunks)))


@given(shapes)
def test_chunks_have_their_lengths(shape: list[tuple[int, int]]) -> None:
    chunks = plan_chunks(windows(shape))
    for chunk in chunks:
        assert chunk.end - chunk.start <= RULE.longest
    if len(chunks) > 1:
        assert chunks[0].end - chunks[0].start <= RULE.first
        least = RULE.shortest * RULE.at_least
        for chunk in chunks[1:-1]:
            # a chunk ends with a whole window, which is 20 s at most
            assert chunk.end - chunk.start >= least - 25_000
        # the last one takes what is left, and never much less than half
        assert chunks[-1].end - chunks[-1].start >= RULE.shortest // 2 - 25_000


def test_chunks_become_shorter_towards_the_end() -> None:
    shape = [(0, 15_000)] * 240
    lengths = [chunk.end - chunk.start for chunk in plan_chunks(windows(shape))]
    assert lengths[0] == RULE.first
    whole = [length for length in lengths if length > 3 * RULE.shortest]
    assert lengths[1 : len(whole) + 1] == sorted(whole, reverse=True)
    assert lengths[1] == RULE.longest
    assert max(lengths[-3:]) <= 2 * RULE.shortest


def test_up_to_ten_minutes_are_one_chunk() -> None:
    assert len(plan_chunks(windows([(0, 20_000)] * 30))) == 1
    assert len(plan_chunks(windows([(0, 20_000)] * 31))) > 1


def test_a_chunk_ends_at_the_longest_pause() -> None:
    shape = [(200, 20_000)] * 100
    shape[27] = (4_000, 20_000)  # 480 s after the first chunk's end
    chunks = plan_chunks(windows(shape))
    assert chunks[2].windows[0].index == 27


def test_nobody_speaks_in_no_chunk() -> None:
    assert plan_chunks(()) == ()
