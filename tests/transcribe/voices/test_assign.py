from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.transcript import VoiceTurn, Word
from pullquote.transcribe.voices.assign import assign_voices, labelled
from pullquote.transcribe.voices.diarizer import join_turns
from pullquote.transcribe.words.segments import SpokenWord

TURNS = st.lists(
    st.builds(
        lambda start, length, voice: VoiceTurn(
            start=start, end=start + length, speaker=str(voice)
        ),
        st.integers(0, 20_000),
        st.integers(1, 5_000),
        st.integers(0, 3),
    ),
    max_size=10,
)


def words(text: str, every: int = 300) -> list[Word]:
    return [
        Word(start=i * every, end=i * every + 250, text=t)
        for i, t in enumerate(text.split())
    ]


def turn(start: int, end: int, voice: int) -> VoiceTurn:
    return VoiceTurn(start=start, end=end, speaker=str(voice))


def labels(text: str, *turns: VoiceTurn) -> list[str | None]:
    return [w.speaker for w in assigned(words(text), turns)]


def assigned(said: list[Word], turns: Sequence[VoiceTurn]) -> tuple[SpokenWord, ...]:
    return labelled(assign_voices(said, turns), turns)[0]


def test_without_turns_no_voice_is_told_from_another() -> None:
    assert labels("It hurts.") == [None, None]


def test_voices_are_numbered_in_order_of_appearance() -> None:
    found = labels("It hurts. Where? Here.", turn(0, 600, 7), turn(600, 2_000, 3))
    assert found == ["S1", "S1", "S2", "S2"]


def test_the_voice_heard_longest_during_a_word_says_it() -> None:
    assert labels("Why? Well.", turn(0, 330, 0), turn(330, 900, 1)) == ["S1", "S2"]


def test_a_word_outside_every_turn_goes_to_the_nearest() -> None:
    found = labels("a b c d e f g h i j", turn(600, 900, 0), turn(2_500, 2_900, 1))
    assert found[0] == "S1"
    assert set(found) <= {"S1", "S2"}


def test_stray_words_join_the_voice_that_says_their_sentence() -> None:
    text = "So tell us where exactly it hurts now. Here."
    found = labels(text, turn(0, 550, 1), turn(550, 2_400, 0), turn(2_400, 3_000, 1))
    assert found == ["S1"] * 8 + ["S2"]


def test_a_pause_lets_another_voice_break_in() -> None:
    said = [*words("so it is the"), Word(start=2_000, end=2_400, text="No")]
    found = assigned(said, [turn(0, 1_200, 0), turn(1_900, 2_500, 1)])
    assert [w.speaker for w in found] == ["S1"] * 4 + ["S2"]


@given(TURNS, st.integers(0, 40))
def test_every_word_keeps_its_place_and_gets_a_label(
    turns: list[VoiceTurn], count: int
) -> None:
    said = words(" ".join(["so", "it", "hurts."] * count))
    found = assigned(said, turns)
    assert [w.word for w in found] == said
    used = list(dict.fromkeys(w.speaker for w in found))
    expected = [f"S{i + 1}" for i in range(len(used))] if turns else [None]
    assert used == expected[: len(used)]


def test_turns_are_named_as_their_words_are() -> None:
    turns = [turn(0, 600, 7), turn(600, 2_000, 3), turn(5_000, 6_000, 4)]
    said, named, labels = labelled(assign_voices(words("Yes. It is."), turns), turns)
    assert [t.speaker for t in named] == ["S1", "S2", "S3"]
    assert [w.speaker for w in said] == ["S1", "S1", "S2"]
    assert labels == {"7": "S1", "3": "S2", "4": "S3"}


@given(TURNS)
def test_joined_turns_do_not_overlap(turns: list[VoiceTurn]) -> None:
    ordered = sorted(turns, key=lambda t: (t.start, t.end))
    equal_length = [turn(t.start, t.start + 1_500, int(t.speaker)) for t in ordered]
    joined = join_turns(equal_length)
    assert all(a.end <= b.start for a, b in pairwise(joined))
    assert {t.speaker for t in joined} == {t.speaker for t in turns}
