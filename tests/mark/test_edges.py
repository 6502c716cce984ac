"""Where questions begin: the figures' own say, and what rules add to it."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as some

from bench import programmes
from pullquote.mark.suggest import edges
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import split

CHANCES = some.lists(some.floats(0, 1), max_size=30)


def vets() -> Talk:
    turns = programmes.read(programmes.FOLDER / "vet-livestream.txt").turns
    units = split(turns)
    return Talk.of(units, [False] * len(units))


@given(CHANCES, some.floats(0.01, 1))
def test_the_likeliest_are_taken_and_none_beside_another(
    chances: list[float], least: float
) -> None:
    chosen = edges.likeliest(chances, least)
    assert all(later - at > 1 for at, later in pairwise(chosen))
    for at, chance in enumerate(chances):
        near = [n for n in (at - 1, at, at + 1) if n in chosen]
        assert chance < least or any(chances[n] >= chance for n in near)


def test_what_rules_are_sure_of_is_likelier_and_how_it_goes_on_less() -> None:
    talk = vets()
    sure = edges.chances(talk, edges.look(talk), {(10, 12): 0.9, (40, 40): 0.9})
    doubtful = edges.chances(talk, edges.look(talk), {(10, 12): 0.1, (40, 40): 0.9})
    assert sure[10] > doubtful[10]
    assert sure[11] < doubtful[11]


def test_what_a_host_asks_before_any_viewer_is_no_viewers_question() -> None:
    units = split(programmes.read(programmes.FOLDER / "caller.txt").turns)
    talk = Talk.of(units, [False] * len(units))
    chances = edges.chances(talk, edges.look(talk), {(0, 0): 0.5})
    own = [n for n, u in enumerate(units) if "before we get going" in u.text]
    assert [chances[n] < 0.01 for n in own] == [True]
