import random
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from pullquote.model.align import align, normal_form, spread, spread_around
from pullquote.model.answer import Clip
from pullquote.model.transcript import (
    MachineTranscript,
    Segment,
    Transcript,
    Turn,
    Word,
)
from tests import factory


def heard(*rows: tuple[int, int, str], duration: int = 100_000) -> MachineTranscript:
    words = tuple(Word(start=a, end=b, text=t, probability=0.9) for a, b, t in rows)
    segment = Segment(start=0, end=duration, words=words, speaker="S1")
    return factory.heard(*[segment][: len(words)], duration=duration)


def edited(*turns: tuple[int, str]) -> Transcript:
    return Transcript(
        episode="x",
        language="en",
        turns=tuple(
            Turn(start=start, speaker=f"S{n}", sentences=tuple(text.split("|")))
            for n, (start, text) in enumerate(turns, 1)
        ),
    )


FIVE = heard(
    (1000, 1200, "Does"),
    (1200, 1300, "a"),
    (1300, 1600, "sigh"),
    (1600, 2000, "attica"),
    (2500, 3000, "hurt?"),
)


def starts(transcript: Transcript, machine: MachineTranscript | None) -> list[int]:
    return [w.start for t in align(transcript, machine) for w in t.words]


def test_a_kept_word_keeps_its_time_and_probability() -> None:
    (turn,) = align(edited((0, "does a sigh Attica hurt")), FIVE)
    assert [w.start for w in turn.words] == [1000, 1200, 1300, 1600, 2500]
    assert {w.probability for w in turn.words} == {0.9}
    assert (turn.start, turn.end) == (1000, 3000)


def test_a_corrected_word_keeps_the_time_of_what_it_stands_for() -> None:
    (turn,) = align(edited((0, "Does a sciatica hurt?")), FIVE)
    word = turn.words[2]
    assert (word.start, word.end, word.probability) == (1300, 2000, None)


def test_an_inserted_word_goes_between_its_neighbours() -> None:
    assert starts(edited((0, "Does a sigh attica really hurt?")), FIVE) == [
        1000,
        1200,
        1300,
        1600,
        2000,
        2500,
    ]


def test_a_deleted_word_leaves_its_time_empty() -> None:
    (turn,) = align(edited((0, "Does hurt?")), FIVE)
    assert [(w.start, w.end) for w in turn.words] == [(1000, 1200), (2500, 3000)]


def test_words_before_the_first_and_after_the_last_stand_beside_them() -> None:
    (turn,) = align(edited((0, "So Does a sigh attica hurt? Yes")), FIVE)
    assert turn.words[0].end == 1000
    assert turn.words[0].start < 1000
    assert turn.words[-1].start == 3000
    assert turn.words[-1].end < 4000


def test_sentence_starts_are_positions_of_words() -> None:
    (turn,) = align(edited((0, "Does a| |sigh attica.|hurt?")), FIVE)
    assert turn.sentence_starts == (0, 2, 4)


def test_a_turn_that_was_not_heard_stays_at_its_header() -> None:
    machine = heard((1000, 1200, "Does"), (1200, 1300, "a"), (2500, 3000, "hurt?"))
    turns = align(edited((0, "Does a"), (2100, "um yes"), (2400, "hurt?")), machine)
    assert [t.start for t in turns] == [1000, 2100, 2500]
    assert turns[1].end == 2400


def test_a_slip_in_a_header_moves_no_other_word() -> None:
    turns = align(edited((0, "Does a"), (90_000, "um"), (91_000, "hurt?")), FIVE)
    assert turns[1].start == 1300  # it stands for "sigh attica"
    turns = align(edited((9000, "um"), (9000, "Does a sigh attica hurt?")), FIVE)
    assert turns[0].start == 1000
    assert turns[1].start == 1000


def test_without_a_machine_transcript_words_are_spread_between_headers() -> None:
    turns = align(edited((1000, "aa bb"), (2000, "cc dd")), None)
    assert [[(w.start, w.end) for w in t.words] for t in turns] == [
        [(1000, 1500), (1500, 2000)],
        [(2000, 2375), (2375, 2750)],
    ]


def test_a_long_pause_after_few_words_stays_a_pause() -> None:
    turns = align(edited((0, "aa bb"), (600_000, "cc")), None)
    assert turns[0].end == 2000


def test_nothing_heard_and_nothing_said_give_nothing() -> None:
    assert align(edited(), FIVE) == ()
    assert align(edited((5, " ")), heard()) == ()


def test_an_empty_recording_does_not_stop_the_words() -> None:
    assert starts(edited((0, "aa bb")), heard(duration=0)) == [0, 0]


def test_words_that_the_machine_gave_out_of_order_never_fall() -> None:
    machine = heard((500, 900, "a"), (400, 2000, "b"), (700, 800, "c"))
    found = starts(edited((0, "a b c")), machine)
    assert found == sorted(found)


@pytest.mark.parametrize(
    ("one", "other"),
    [("\u201cSciatica,", "sciatica"), ("X-ray.", "xray"), ("\ufb01t", "fit")],
)
def test_spelling_apart_two_words_are_the_same(one: str, other: str) -> None:
    assert normal_form(one) == normal_form(other)


def test_a_word_of_signs_alone_stays_what_it_is() -> None:
    assert normal_form("+++") == "+++"


@pytest.mark.parametrize(
    ("start", "end", "around"),
    [
        (2500, 2600, (1000, 5003)),  # anywhere in its caption
        (1000, 1001, (1000, 5003)),
        (5100, 5200, (5003, 6007)),
        (4900, 5100, (1000, 6007)),  # over two captions
        (8200, 8300, (8000, 9000)),  # a word that has a time of its own
        (7000, 7500, (7000, 7500)),  # nobody speaks
    ],
)
def test_what_is_spread_may_be_said_anywhere_in_its_caption(
    start: int, end: int, around: tuple[int, int]
) -> None:
    words = (
        *spread("Our first letter is from Zebulon Quandary in", 1000, 5003),
        *spread("Toledo, he says.", 5003, 6007),
        *(Word(start=n, end=n + 1000, text="no") for n in (8000, 9001)),
    )
    clip = Clip(start=start, end=end)
    assert spread_around(words, clip) == Clip(start=around[0], end=around[1])


@given(
    st.lists(st.text("abcdefgh", min_size=1, max_size=12), min_size=1, max_size=30),
    st.integers(0, 10_000),
    st.data(),
)
def test_a_caption_is_found_again_by_any_of_its_words(
    texts: list[str], length: int, data: st.DataObject
) -> None:
    words = spread(" ".join(texts), 5000, 5000 + length)
    one = data.draw(st.sampled_from(words))
    if one.end > one.start:
        found = spread_around(words, Clip(start=one.start, end=one.end))
        assert found == Clip(start=5000, end=5000 + length)


def test_a_line_is_spread_by_the_length_of_its_words() -> None:
    assert spread("a bbb", 0, 600) == (
        Word(start=0, end=200, text="a"),
        Word(start=200, end=600, text="bbb"),
    )
    assert spread("", 0, 10) == ()


_word = st.sampled_from(["a", "b", "c", "Dr.", "x-ray", "7"])
_times = st.lists(st.integers(0, 50_000), min_size=0, max_size=30)


@given(
    st.lists(st.tuples(st.integers(0, 60_000), st.lists(_word, max_size=8))),
    _times,
    st.data(),
)
def test_no_word_is_lost_and_time_never_falls(
    turns: list[tuple[int, list[str]]], times: list[int], data: st.DataObject
) -> None:
    rows = [(t, t + 300, data.draw(_word)) for t in sorted(times)]
    transcript = edited(*((a, " ".join(words)) for a, words in sorted(turns)))
    machine = heard(*rows) if data.draw(st.booleans()) else None
    timed = align(transcript, machine)
    said = [w for t in transcript.turns for w in t.text.split()]
    words = [w for t in timed for w in t.words]
    assert [w.text for w in words] == said
    assert all(a.start <= a.end <= b.start for a, b in pairwise(words))
    assert all(w.start <= w.end for w in words)


def test_twenty_thousand_words_at_fifteen_percent_errors() -> None:
    """The figures of sttalign's procedure: mean error 6 ms, 99 % within 0.25 s."""
    chance = random.Random(5)
    vocabulary = [f"w{chance.randint(0, 10**9)}" for _ in range(3000)]
    weights = [1 / (n + 1) for n in range(3000)]
    said = chance.choices(vocabulary, weights, k=20_000)
    truth, rows, clock = [], [], 0
    for text in said:
        length = chance.randint(120, 480)
        truth.append(clock)
        draw = chance.random()
        if draw >= 0.03:  # 3 % of the words were not heard
            wrong = chance.choice(vocabulary) if draw < 0.12 else text
            rows.append((clock, clock + length, wrong))
        if draw > 0.97:  # and 3 % were heard that nobody said
            rows.append((clock + length, clock + length, chance.choice(vocabulary)))
        clock += length + (chance.randint(300, 900) if chance.random() < 0.1 else 0)
    lines = [" ".join(said[i : i + 60]) for i in range(0, len(said), 60)]
    transcript = edited(*((truth[60 * n], line) for n, line in enumerate(lines)))
    machine = heard(*rows, duration=clock)
    begun = time.process_time()
    Levenshtein.opcodes([text for *_, text in rows], said)
    compared = time.process_time()
    found = starts(transcript, machine)
    spent = time.process_time() - compared
    errors = sorted(abs(a - b) for a, b in zip(found, truth, strict=True))
    assert sum(errors) / len(errors) <= 10
    assert errors[int(len(errors) * 0.99)] <= 250
    assert sum(e > 500 for e in errors) / len(errors) <= 0.003
    assert spent < 10 * (compared - begun)  # most of it is to compare
