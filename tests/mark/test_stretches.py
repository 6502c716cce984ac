from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.stretches import Stretch, differences, set_apart
from pullquote.mark.guard.tokens import tokens


def run(text: str) -> Run:
    return Run(tokens((word, 1, True) for word in text.split()))


SAID = run("It helps. Rest it, then ice it. Walk")


def test_a_sentence_is_found_around_each_word() -> None:
    assert SAID.norms == ["it", "helps", "rest", "it", "then", "ice", "it", "walk"]
    found = [SAID.sentence(at, at + 1) for at in range(len(SAID))]
    assert found == [(0, 2)] * 2 + [(2, 7)] * 5 + [(7, 8)]
    assert SAID.sentence(1, 3) == (0, 7)
    assert Run([]).sentence(0, 0) == (0, 0)


def test_a_stretch_knows_what_stands_around() -> None:
    part = Stretch(SAID, 2, 4)
    assert (part.norms, part.texts) == (["rest", "it"], ["Rest", "it,"])
    assert (part.before(9), part.after(2)) == (["it", "helps"], ["then", "ice"])
    assert part.begins
    assert not part.ends
    assert part.rest == [4, 5, 6]
    assert (SAID.norm(-1), SAID.norm(8)) == ("", "")


def test_what_was_left_out_is_shown_between_marks() -> None:
    said, published = run("I must say, I rest it."), run("I rest it.")
    (one,) = set_apart(differences(said, published))
    assert one.said.texts == ["I", "must", "say,"]
    assert [turn.texts for turn in one.said.turned()][-1] == ["must", "say,", "I"]


def test_a_difference_knows_its_neighbours() -> None:
    said, published = run("go one by car two on"), run("go three by car four on")
    first, second = differences(said, published)
    assert first.beside == [second]
    assert first.others(around=2) == {4}
    assert first.others(around=1) == set()
