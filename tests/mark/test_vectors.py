"""What words mean, as numbers."""

import numpy as np
import pytest

from pullquote.mark.suggest.vectors import VECTORS, format_vectors, parse_vectors

WORDS = ("how", "long", "knee", "?")
TABLE = np.array([[1.0, 0], [2, 0], [0, 4], [-4, 0]])


def test_a_sentence_is_the_mean_of_its_words_its_beginning_its_end_and_the_most() -> (
    None
):
    vectors = parse_vectors(format_vectors(WORDS, TABLE))
    (row,) = vectors.of(["How long, how long knee?"])
    expected = [2 / 6, 4 / 6, 4 / 3, 0, -2 / 3, 4 / 3, 0.6, 1.2]
    assert row == pytest.approx(expected, abs=0.03)


def test_what_is_not_known_says_nothing() -> None:
    vectors = parse_vectors(format_vectors(WORDS, TABLE))
    assert not vectors.of(["Xyzzy!", ""]).any()
    assert (vectors.of(["knee's"]) == vectors.of(["knee"])).all()
    assert (vectors.of(["left-knee"]) == vectors.of(["knee"])).all()


def test_same_vectors_same_bytes() -> None:
    assert format_vectors(WORDS, TABLE) == format_vectors(WORDS, TABLE)


def test_words_of_one_kind_are_near_each_other() -> None:
    knee, hip, tax = VECTORS.load().of(["knee", "hip", "tax"])
    assert np.linalg.norm(knee - hip) < np.linalg.norm(knee - tax)
