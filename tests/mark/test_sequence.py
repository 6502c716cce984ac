from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.features import asking_features, sequence_features, words_of
from pullquote.mark.sequence import (
    FOLLOWERS,
    STATES,
    A,
    B,
    Chain,
    I,
    O,
    S,
    load_model,
    parse_model,
    spans,
    using,
)

EVEN = Chain(weights={}, transitions=[[0.0] * 5] * 5, lift=0.0)

_rows = st.lists(
    st.lists(st.floats(-5, 5), min_size=5, max_size=5), min_size=1, max_size=6
)


@given(_rows)
def test_a_path_keeps_the_order_of_question_and_answer(rows: list[list[float]]) -> None:
    path = EVEN.best(rows)
    assert len(path) == len(rows)
    assert path[0] in (O, B)
    assert all(b in FOLLOWERS[a] for a, b in pairwise(path))


@given(_rows)
def test_the_best_path_is_the_best_of_all(rows: list[list[float]]) -> None:
    def value(path: tuple[int, ...]) -> float:
        return sum(row[s] for row, s in zip(rows, path, strict=True))

    ways: list[tuple[int, ...]] = [(O,), (B,)]
    for _ in rows[1:]:
        ways = [(*way, s) for way in ways for s in FOLLOWERS[way[-1]]]
    assert value(tuple(EVEN.best(rows))) == pytest.approx(max(map(value, ways)))


@given(_rows)
def test_probabilities_of_a_unit_add_up(rows: list[list[float]]) -> None:
    found = EVEN.marginals(rows)
    assert all(sum(row) == pytest.approx(1, abs=1e-6) for row in found)
    assert found[0][I] == found[0][S] == found[0][A] == 0


def test_nothing_gives_nothing() -> None:
    assert EVEN.best([]) == []
    assert EVEN.marginals([]) == []
    assert spans([]) == []


def test_a_path_is_read_as_questions_and_answers() -> None:
    assert spans([O, B, I, S, A, O, B, B, S]) == [
        ((1, 2), (3, 4)),
        ((6, 6), None),
        ((7, 7), (8, 8)),
    ]


def test_weights_and_lift_make_the_score() -> None:
    chain = Chain(
        weights={"?": [0, 250, 0, 0, -100]}, transitions=[[0.0] * 5] * 5, lift=0.5
    )
    scores = chain.scores(["Really?", "Yes."])
    assert scores == [[0, 2.5, 0, 0, -1.0], [0, 0, 0, 0, 0]]
    assert chain.lifted(scores) == [[0, 3.0, 0, 0, -1.0], [0, 0.5, 0, 0, 0]]


def test_the_shipped_figures_know_a_question() -> None:
    model = load_model()
    asked, told = model.p_asking(["what do you think about that", "we fixed it then"])
    assert asked > 0.5 > told
    assert (
        len(STATES) == len(model.punctuated.transitions) == len(model.raw.transitions)
    )
    assert model.punctuated.scores(["Can you explain?"])[0][B] > 0


def test_other_figures_can_be_used_for_a_while() -> None:
    chain = {"weights": {}, "transitions": [[0] * 5] * 5, "lift": 0}
    other = parse_model({"punctuated": chain, "raw": chain, "asking": {}})
    with using(other):
        assert load_model() is other
    assert load_model() is not other


def test_features_tell_a_unit_and_its_neighbours() -> None:
    first, second = sequence_features(["Is it fine?", "Yeah, it\u2019s fine."])
    assert {"?", "f1:is", "l1:fine", "w:it", "b:is it", "+1f1:yeah", "-1#"} <= set(
        first
    )
    assert {"r:reply", "-1?", "pq1", "+1#"} <= set(second)
    assert words_of("It\u2019s 5 mg.") == ["it's", "5", "mg"]


def test_features_for_asking_see_no_marks() -> None:
    marked = list(asking_features(["Is it?", "No."]))
    assert marked == list(asking_features(["is it", "no"]))
