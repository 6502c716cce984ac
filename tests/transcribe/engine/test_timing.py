from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.engine.timing import timed_words


def texts(*pieces: str, language: str = "en") -> list[str]:
    timed = [(p, i * 0.5, i * 0.5 + 0.4, 0.9) for i, p in enumerate(pieces)]
    return [w.text for w in timed_words(timed, language)]


def test_marks_join_the_word_before_and_take_no_time() -> None:
    (word,) = timed_words([(" hurts", 1.0, 1.4, 0.9), (".", 1.4, 9.0, 0.5)], "en")
    assert (word.start, word.end, word.text) == (1_000, 1_400, "hurts.")
    assert word.probability == 0.9


def test_opening_marks_join_the_word_after() -> None:
    assert texts(' "', " Yes", ',"', " he", " said", ".") == [
        '"Yes,"',
        "he",
        "said.",
    ]
    assert texts(" (", " later", ")") == ["(later)"]


def test_a_word_in_pieces_is_one_word() -> None:
    assert texts(" twenty", "-five", " L", "4", "-", "L", "5") == [
        "twenty-five",
        "L4-L5",
    ]


def test_a_joined_word_ends_with_its_last_piece() -> None:
    pieces = [(" twenty", 1.0, 1.4, 0.9), ("-five", 1.4, 2.0, 0.6)]
    (word,) = timed_words(pieces, "en")
    assert (word.start, word.end, word.probability) == (1_000, 2_000, 0.6)


def test_languages_without_spaces_keep_their_characters_apart() -> None:
    assert texts("你", "好", "。", language="zh") == ["你", "好。"]


def test_a_first_word_without_a_space_is_a_word() -> None:
    assert texts("Yes", ".", " No") == ["Yes.", "No"]


def test_marks_alone_are_no_words() -> None:
    assert texts("...", " ") == []


def test_marks_after_a_space_that_open_nothing_join_the_word_before() -> None:
    assert texts(" well", " ...", " then", " '") == ["well...", "then'"]


@given(
    st.lists(
        st.tuples(
            st.text(alphabet=" ab-.\"'(,5", max_size=4),
            st.floats(0, 100),
            st.floats(0, 100),
            st.floats(0, 1),
        )
    )
)
def test_no_letter_is_lost_and_no_word_holds_a_space(
    pieces: list[tuple[str, float, float, float]],
) -> None:
    found = timed_words(pieces, "en")

    def letters(text: str) -> str:
        return "".join(c for c in text if c.isalnum())

    assert letters("".join(w.text for w in found)) == letters(
        "".join(p[0] for p in pieces)
    )
    assert all(w.text and w.start <= w.end for w in found)
