"""Where questions begin, and what the network under it works out."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from bench import programmes
from pullquote.mark.suggest import edges
from pullquote.mark.suggest.network import format_network, parse_network
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import split
from tests.mark.shows import said

CHANCES = some.lists(some.floats(0, 1), max_size=30)
NAMES = ("asks", "tells", "caf\u00e9")
LAYERS, NETS, WIDTH = 2, 2, 3


@given(CHANCES, some.floats(0.01, 1))
def test_the_likeliest_are_taken_and_none_beside_another(
    chances: list[float], least: float
) -> None:
    chosen = edges.likeliest(chances, least)
    assert all(later - at > 1 for at, later in pairwise(chosen))
    for at, chance in enumerate(chances):
        near = [n for n in (at - 1, at, at + 1) if n in chosen]
        assert chance < least or any(chances[n] >= chance for n in near)


def test_a_question_is_as_likely_as_all_that_say_it_begins_here_or_beside() -> None:
    chances = [0.1, 0.4, 0.3, 0.05, 0.6]
    assert edges.shared(chances, 0) == pytest.approx(0.5)
    assert edges.shared(chances, 1) == pytest.approx(0.8)
    assert edges.shared(chances, 4) == pytest.approx(0.65)
    assert edges.shared([0.9, 0.9], 0) == 1


def test_every_unit_of_a_programme_is_weighed() -> None:
    talk = _vets()
    weighed = edges.weigh(talk)
    assert len(weighed.begins) == len(weighed.answered) == len(weighed.ends)
    assert len(weighed.ends) == len(talk.units)
    assert all(0 < p < 1 for p in weighed.begins)


def test_a_question_is_answered_as_its_first_sentences_and_those_after_it_say() -> None:
    odds = [9.0] * 13 + [1.0] * 4 + [-1.0]
    weighed = edges.Weighed([0.0] * 18, odds, [0.0] * 18)
    sure, doubted, alone = edges.answered(weighed, (0, 12, 17))
    assert sure > 0.99  # the second question's are not the first one's
    assert alone < doubted < 0.5
    assert edges.answered(weighed, ()) == []


def test_a_network_keeps_its_weights_and_the_same_make_the_same_bytes() -> None:
    data = format_network(NAMES, _weights(2))
    assert data == format_network(NAMES, _weights(2))
    network = parse_network(data)
    assert list(network.place) == [*NAMES]
    assert np.allclose(network.near, _weights(2)["near"], atol=1e-2)


def test_a_sentence_is_weighed_with_those_around_it_and_no_further() -> None:
    network = parse_network(format_network(NAMES, _weights(2)))
    seen: list[list[str]] = [[] for _ in range(12)]
    plain = network.odds(seen)
    seen[5] = ["asks", "never seen", "caf\u00e9"]
    told = network.odds(seen)
    changed = [at for at in range(12) if not np.allclose(plain[at], told[at])]
    assert changed == [2, 3, 4, 5, 6, 7, 8]


def test_what_rules_begin_is_likelier_and_how_it_goes_on_less() -> None:
    talk = _vets()
    own = edges.weigh(talk)
    first = max(range(len(own.begins)), key=own.begins.__getitem__)
    told = edges.with_rules(talk, own, [(first, first + 2), (10, 12)])
    assert told.begins[10] > own.begins[10]
    assert told.begins[11] < own.begins[11]
    assert told.ends == own.ends


@pytest.mark.parametrize(
    ("told", "begins"),
    [
        ("There is a voice note here.|How do I know that it is a clot?", 1),
        ("I shall read it aloud,|is it a clot?", 1),
        ("I had it last year.|Will it come back?", 0),  # as sure of the first, nearly
        ("Tell us about clots.|How do I know that it is one?", 0),
        ("As a follow-up to that, I have diabetes.|Will it come back?", 0),
    ],
)
def test_a_question_by_rules_begins_where_the_network_is_sure(
    told: str, begins: int
) -> None:
    units = split((said(0, "M", *told.split("|")), said(9000, "A", "Yes, it will.")))
    sure = (0.3, 0.9, 0.0) if "last year" in told else (0.01, 0.9, 0.0)
    own = edges.Weighed(sure, (1.0,) * 3, (0.0,) * 3)
    weighed = edges.with_rules(Talk.of(units, [False] * 3), own, [(0, 1)])
    assert max(range(3), key=weighed.begins.__getitem__) == begins


@pytest.mark.parametrize(
    ("told", "first", "begins"),
    [
        ("Why was I sent for it?|Is it necessary?", 0.03, 0),
        ("Can you hear me?|Is it necessary?", 0.006, 1),
        ("I was sent for it.|Is it necessary?", 0.03, 1),
    ],
)
def test_of_two_questions_in_a_row_the_first_begins_if_a_viewer_may_ask_it(
    told: str, first: float, begins: int
) -> None:
    units = split((said(0, "M", *told.split("|")), said(9000, "A", "Yes, it is.")))
    own = edges.Weighed((first, 0.7, 0.0), (1.0,) * 3, (0.0,) * 3)
    talk = Talk.of(units, [unit.text.endswith("?") for unit in units])
    weighed = edges.with_rules(talk, own, [(0, 1)])
    assert max(range(3), key=weighed.begins.__getitem__) == begins


def test_what_a_host_asks_before_any_viewer_is_no_viewers_question() -> None:
    units = split(programmes.read(programmes.FOLDER / "caller.txt").turns)
    talk = Talk.of(units, [False] * len(units))
    told = edges.with_rules(talk, edges.weigh(talk), [(0, 0)])
    own = [n for n, u in enumerate(units) if "before we get going" in u.text]
    assert [told.begins[n] < 0.01 for n in own] == [True]


def test_networks_are_averaged() -> None:
    weights = _weights(2)
    seen = [["asks"], ["tells"]]
    both = parse_network(format_network(NAMES, weights)).odds(seen)
    alone = [
        parse_network(
            format_network(
                NAMES,
                {
                    "table": weights["table"][:, n * WIDTH : (n + 1) * WIDTH],
                    "bias": weights["bias"][[n]],
                    "near": weights["near"][:, :, [n]],
                    "near_bias": weights["near_bias"][:, [n]],
                    "out": weights["out"][[n]],
                    "out_bias": weights["out_bias"][[n]],
                },
            )
        ).odds(seen)
        for n in range(NETS)
    ]
    assert np.allclose(both, np.mean(alone, axis=0), atol=1e-5)


def _vets() -> Talk:
    units = split(programmes.read(programmes.FOLDER / "vet-livestream.txt").turns)
    return Talk.of(units, [False] * len(units))


def _weights(seed: int) -> dict[str, np.ndarray]:
    normal = np.random.default_rng(seed).normal
    return {
        "table": normal(size=(len(NAMES) + 1, NETS * WIDTH)),
        "bias": normal(size=(NETS, 1, WIDTH)),
        "near": normal(size=(LAYERS, 3, NETS, WIDTH, WIDTH)),
        "near_bias": 3 + normal(size=(LAYERS, NETS, 1, WIDTH)),
        "out": normal(size=(NETS, 2 * WIDTH, 3)),
        "out_bias": normal(size=(NETS, 1, 3)),
    }
