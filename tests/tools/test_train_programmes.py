"""The trainer of openings, on one hand's shows: does it learn from them, and the same?"""

import pytest

from bench import programmes
from pullquote.mark.suggest.edges import FIGURES, parse_edges

pytest.importorskip("scipy")


def test_figures_of_one_hands_shows_tell_where_anothers_questions_begin() -> None:
    from tools.train_programmes import HANDS, figures, read_hand

    shows = read_hand("ours")
    assert {name for names in HANDS.values() for name in names.split()} == {
        path.stem for path in programmes.FOLDER.glob("*.txt")
    }
    made = figures(shows)
    assert made == figures(shows)
    with FIGURES.using(parse_edges(made)):
        counts = programmes.score(read_hand("a")[0])
    assert counts["near"] >= 0.6 * counts["asked"]
