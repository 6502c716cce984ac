from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.tagger.boundaries import (
    ASKED,
    ASKING,
    SENTENCE,
    Boundaries,
    heard_features,
    place_features,
    unit_words,
)
from pullquote.mark.tagger.features import punctuated_features, raw_features, words_of
from pullquote.mark.tagger.sequence import (
    FIGURES,
    FOLLOWERS,
    STATES,
    A,
    B,
    Chain,
    I,
    O,
    S,
    parse_model,
    spans,
)
from pullquote.mark.tagger.weights import Weights

EVEN = Chain(weights=Weights({}, 5), transitions=[[0.0] * 5] * 5, lift=0.0)

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


def test_weights_make_the_score() -> None:
    chain = replace(EVEN, weights=Weights({"?": [0, 250, 0, 0, -100]}, 5))
    scores = chain.weights.scores([["?", "unknown"], []])
    assert scores == [[0, 2.5, 0, 0, -1.0], [0, 0, 0, 0, 0]]


def test_a_lift_finds_more_questions() -> None:
    scores = [[0.0, -1.0, 0, 0, 0]] * 4
    few, _ = EVEN.path(scores)
    many, _ = replace(EVEN, lift=3.0).path(scores)
    assert few.count(B) < many.count(B) == 4


def test_a_start_may_be_off_by_one() -> None:
    unsure = [
        [0.0, -9.0, 0.0, 0.0, 0.0],
        [0.0, 1.2, 0.0, 0.0, 0.0],
        [0.0, 1.2, 0.0, 0.0, 0.0],
        [0.0, -9.0, 0.0, 0.0, 0.0],
    ]
    path, chances = replace(EVEN, least=0.6).path(unsure)
    assert path.count(B) == 1
    assert path.index(B) in (1, 2)
    assert chances[1] > 0.6 > chances[0] - chances[1]
    none, _ = replace(EVEN, least=3.5).path(unsure)
    assert B not in none
    assert replace(EVEN, least=0.5).path([]) == ([], [])


def test_the_shipped_figures_know_a_question() -> None:
    model = FIGURES.load()
    asked, told = model.p_asking(["what do you think about that", "we fixed it then"])
    assert asked > 0.5 > told
    assert (
        len(STATES) == len(model.punctuated.transitions) == len(model.raw.transitions)
    )
    talk = (
        "So that is how it works.",
        "My question is, can you explain how you would do that?",
        "Yeah, that's a good question.",
    )
    path, chances = model.follow(talk, punctuated=True)
    assert path[1] == B
    assert chances[1] > 0.5


def test_other_figures_can_be_used_for_a_while() -> None:
    chain = {"weights": {}, "transitions": [[0] * 5] * 5, "lift": 0, "least": None}
    boundaries = {"weights": {}, "bias": [0] * 6}
    other = parse_model(
        {
            "punctuated": chain,
            "raw": chain,
            "boundaries": boundaries,
        }
    )
    with FIGURES.using(other):
        assert FIGURES.load() is other
    assert FIGURES.load() is not other


def test_features_tell_a_unit_and_its_neighbours() -> None:
    first, second = punctuated_features(["Is it fine?", "Yeah, it\u2019s fine."])
    assert {"?", "f1:is", "l1:fine", "w:it", "b:is it", "+1f1:yeah", "-1#"} <= set(
        first
    )
    assert {"r:reply", "-1?", "pq1", "+1#"} <= set(second)
    assert words_of("It\u2019s 5 mg.") == ["it's", "5", "mg"]


def test_features_of_raw_text_see_no_marks() -> None:
    assert raw_features([]) == punctuated_features([]) == []
    assert raw_features(["is it", "no"])[0][:2] == ["bias", "n0"]


def test_bonds_tell_what_is_taken_up() -> None:
    texts = ["how do epidural injections work", "an epidural injection calms the nerve"]
    taken_up, _ = raw_features(texts)
    left, _ = raw_features([texts[0], "we broadcast every second tuesday evening"])
    assert {"cn0"} <= set(left)
    assert "cn0" not in taken_up


def test_places_between_words_are_seen_from_both_sides() -> None:
    units = unit_words(["that is all", "so how", ""])
    seen = list(place_features(units))
    assert len(seen) == 6
    assert {
        "aso",
        "pall",
        "s1",
        "pa all so".replace("pa ", "pa"),
        "Rhow",
        "Lis",
    } <= set(seen[3])
    weights = Weights({"aso": [300, 200, 100, 0, 0, 0]}, 6)
    figures = Boundaries(weights, [-1.0] * 6)
    row = figures.chances(units)[3]
    assert (row[SENTENCE], row[ASKING], row[ASKED]) == (2.0, 1.0, 0.0)
    heard = heard_features(units, figures.chances(units))
    assert "Wf2:so how" in heard[1]
    assert heard_features([], []) == []
