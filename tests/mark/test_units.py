from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.suggest.units import split
from pullquote.model.transcript import Word
from tests.mark.shows import TURNS, rested, said


def test_a_unit_is_a_sentence_of_one_speaker() -> None:
    units = split(TURNS[:3])
    assert [u.text for u in units] == [
        "The next one is from Ann.",
        "She asks, is heat fine?",
        "It is.",
        "Try a warm bath.",
        "And Doctor Hale?",
    ]
    assert [u.turn for u in units] == [0, 0, 1, 1, 2]
    assert units[0].length == 6


def test_neighbouring_turns_of_one_voice_are_one() -> None:
    turns = (said(0, "S1", "a b."), said(1000, "S1", "c."), said(2000, "S2", "d."))
    assert [u.turn for u in split(turns)] == [0, 0, 1]


def test_a_message_is_a_unit_of_its_own_though_a_comma_joins_it() -> None:
    turn = said(0, "S1", "A viewer writes with the following, My doctor gave me pills.")
    assert [u.text for u in split((turn,))] == [
        "A viewer writes with the following,",
        "My doctor gave me pills.",
    ]


def test_a_question_joined_to_its_announcement_stands_alone() -> None:
    turn = said(0, "S1", "Doctor Hale, you can go first, do injections help?")
    assert [u.text for u in split((turn,))][1] == "do injections help?"
    about = "Somebody wants to know about nerve tests, why was I sent for one?"
    units = split((said(0, "S1", about),))
    assert [u.text for u in units][1] == "why was I sent for one?"
    whole = said(0, "S1", "She asks, does everyone need one?")
    assert len(split((whole,))) == 1


def test_where_a_voice_rested_a_comma_may_be_a_full_stop() -> None:
    told = "He has sent his whole history, he wants to know if it heals, and when."
    parts = [
        "He has sent his whole history,",
        "he wants to know if it heals, and when.",
    ]
    assert [u.text for u in split((rested(told),), at_rests=True)] == parts
    assert len(split((rested(told),))) == 1
    assert len(split((rested(told, ms=0),), at_rests=True)) == 1
    short = "Well, does it heal by itself, or not at all, and never quite?"
    assert len(split((rested(short),), at_rests=True)) == 1
    clause = "After he wore the mask, how soon would he be fit to drive?"
    assert len(split((rested(clause),), at_rests=True)) == 1
    joined = f"She wrote to us again, {clause.lower()}"
    parts = ["She wrote to us again,", clause.lower()]
    assert [u.text for u in split((rested(joined),), at_rests=True)] == parts
    told = "He adds to what was said, and if it swells again, what else is left?"
    parts = ["He adds to what was said,", "and if it swells again, what else is left?"]
    assert [u.text for u in split((rested(told),), at_rests=True)] == parts
    soon = "Well then, if all of them are clean, may I stop?"
    assert len(split((rested(soon),), at_rests=True)) == 1


def test_a_sentence_that_never_ends_is_cut_at_its_pauses() -> None:
    long = said(0, "S1", " ".join(["word"] * 60))
    moved = tuple(
        w._replace(start=w.start + 500 * (n >= 8), end=w.end + 500 * (n >= 8))
        for n, w in enumerate(long.words)
    )
    units = split((replace(long, words=moved),))
    assert units[0].length == 8
    assert max(u.length for u in units) == 12
    assert sum(u.length for u in units) == 60


@given(st.lists(st.sampled_from(["one", "two,", "and", "three."]), min_size=1))
def test_no_word_is_lost_where_voices_rest(words: list[str]) -> None:
    turn = rested(" ".join(words))
    units = split((turn,), at_rests=True)
    assert " ".join(unit.text for unit in units) == " ".join(words)


@given(st.lists(st.integers(1, 120), max_size=5))
def test_no_word_is_lost(lengths: list[int]) -> None:
    turns = [said(9000 * n, f"S{n % 2}", "w " * k) for n, k in enumerate(lengths)]
    found = " ".join(u.text for u in split(turns)).split()
    assert len(found) == sum(lengths)


def test_a_word_without_length_still_takes_time() -> None:
    turn = said(0, "S1", "a")
    turn = replace(turn, words=(Word(start=5, end=5, text="a"),))
    assert split((turn,))[0].end == 6
