"""Whether a voice stops with a question, told by words in small letters alone."""

import pytest

from pullquote.mark.tagger.turn_ends import FIGURES, TurnEnds, turn_features

REPLY = "i tell them to wait a bit and then we look at it again"


@pytest.mark.parametrize(
    "words",
    [
        "and what do you tell people who ask you that",
        "we had a long winter here have you been out with the boat at all this year",
        "so how'd you find the village and why'd you like it",
        "can you please tell us a little bit about yourself",
    ],
)
def test_order_of_words_tells_that_a_turn_asks(words: str) -> None:
    asks, says = FIGURES.load().chances([words, REPLY], ["S0", "S1"])
    assert asks > 0.5 > says


def test_marks_and_capitals_change_nothing() -> None:
    figures = FIGURES.load()
    plain = figures.chances(["how do you see that now", REPLY], ["S0", "S1"])
    assert plain == figures.chances(["How do you see that, now!", REPLY], ["S0", "S1"])


def test_voices_that_ask_often_are_believed_sooner() -> None:
    figures = FIGURES.load()
    turns = ["so how do you see that", "i see it as we all do"] * 5
    host = figures.chances(turns, ["S0", "S1"] * 5)
    anybody = figures.chances(turns, [str(n) for n in range(10)])
    assert host[0] > anybody[0]
    assert figures.chances(["yes"], ["S0"]) == [0.0]
    assert figures.chances([], []) == []


def test_the_last_question_and_the_word_before_it_are_seen() -> None:
    near = turn_features(["we", "met", "and", "did", "you", "stay", "there"], ["yes"])
    assert {"oj:did you", "o1j"} <= near
    assert "h-" in near  # no "how" or "what"
    far = turn_features(
        ["where", "is", "it", "i", "have", "looked", "all", "over", "the", "place"], []
    )
    assert {"v4^", "h^:where is"} <= far
    none = turn_features([], [])
    assert {"o-", "h-", "v-", "len0"} <= none


def test_words_of_which_nothing_is_known_leave_what_is_usual() -> None:
    figures = TurnEnds({}, 0.0)
    first, second = figures.chances(["one two three four"] * 2, ["A", "B"])
    assert first == second > 0.5  # half, and its voice asks more than others do
