"""Names that a recogniser did not know are found where it heard ordinary words."""

from dataclasses import replace

import pytest

from pullquote.mark.private.details import details
from pullquote.model.show import Show
from tests.mark.shows import said

SHOW = Show(title="", description="", site="https://show.example/")


def found(line: str) -> list[str]:
    return [d.text.strip(",.?") for d in details([said(0, "S1", line)], SHOW)]


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("We have Quorlan demivethan on the line.", "Quorlan demivethan"),
        ("Quorlan a vethth weight, he drives a van.", "Quorlan a vethth weight"),
        (
            "Next is Quorlan Dukes with a voth, known to all.",
            "Quorlan Dukes with a voth",
        ),
        ("Quorlans are vethleski once more.", "Quorlans are vethleski"),
        ("This is Quorlan B12, a baker.", "Quorlan B12"),
        ("One from Quorlan reverse in the chat.", "Quorlan reverse"),
        ("Hello to Quorlan No in the chat.", "Quorlan No"),
        ("Now Quorlan Best, a widower, asks why.", "Quorlan Best"),
        ("I spoke to Ignacio Vethe, from Vethesca del Pinar.", "Vethesca del Pinar"),
        ("His partner Quorlan Blake's more. They run a van.", "Quorlan Blake's more"),
        ("Lady Quorlan Vethel's craft has a ghost.", "Quorlan Vethel's craft"),
        ("He lives in Vethegg's home.", "Vethegg's home"),
        (
            "Next is Quorlan if the vethth weight who asks.",
            "Quorlan if the vethth weight",
        ),
        ("Her name is Quorlan to call stream. She moved.", "Quorlan to call stream"),
        ("It is from Quorlan water of pin marrow.", "Quorlan water of pin marrow"),
        ("Here Quorlan's vethin is a driver.", "Quorlan's vethin"),
        ("They tell me that Quorlan rain bird is here.", "Quorlan rain bird"),
        ("My next guest, Mary A Vethe, is late.", "Mary A Vethe"),
        ("Is it safe, Quorlan Love Day asks us.", "Quorlan Love Day"),
    ],
)
def test_the_rest_of_a_name_belongs_to_it(line: str, name: str) -> None:
    assert name in found(line)


@pytest.mark.parametrize(
    ("line", "firm"),
    [
        ("He drives for Quorlan aggregates, so he knows.", "Quorlan aggregates"),
        ("She cleans for Vetheway services, and asks why.", "Vetheway services"),
        ("She drives for Quorleswee's garage, and asks.", "Quorleswee's garage"),
        ("He works for Quorlan, and sons in the city.", "Quorlan, and sons"),
        ("That is from Vethely laundry at night.", "Vethely laundry"),
        ("He lives behind Vetheberry a library, and asks.", "Vetheberry a library"),
        ("A note from Vethely tiles at the docks.", "Vethely tiles"),
        ("He works at the Vethe cold store, and asks why.", "Vethe cold store"),
    ],
)
def test_a_firm_is_called_as_far_as_its_phrase_goes(line: str, firm: str) -> None:
    assert firm in found(line)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Is it true what Quorlan Vethe says about knees?", "Quorlan Vethe"),
        ("A message from Quorlan concerns knees.", "Quorlan"),
        ("A letter from Quorlan comes at last.", "Quorlan"),
        ("Tell me how Quorlan works on Sundays.", "Quorlan"),
        ("A message from Quorlan already here.", "Quorlan"),
        ("We hear from Quorlan Vethe's question.", "Quorlan Vethe's"),
        ("Nobody knows Quorlan Vethe's mother.", "Quorlan Vethe's"),
        ("He wrote to Quorlan What is he to do?", "Quorlan"),
        ("My score on the Quorlan index is high.", "Quorlan"),
        ("Nobody sees Quorlan looking at that.", "Quorlan"),
    ],
)
def test_no_other_word_does(line: str, name: str) -> None:
    assert name in found(line)


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("She is faith winter and she lives in aldervethe.", "faith winter|aldervethe"),
        ("He lives in vethecross, and he asks why.", "vethecross"),
        ("Dear all, rights quorlana, and I walk.", "quorlana"),
        ("His sister, quorlana, has a go herself.", "quorlana"),
        ("The dead of market-vethery asks how.", "market-vethery"),
        ("He drives a bus for bright water transit, he says.", "bright water transit"),
        ("She cooks at the blue billet and asks how.", "blue billet"),
        ("The address is quorlan.vethe and no more.", "quorlan.vethe"),
        ("He is a plumber with quorlant and low. Why?", "quorlant and low"),
        ("She cooks for 40 at sundial opticians.", "sundial opticians"),
        ("Our caller is rose tanner and she is a nurse.", "rose tanner"),
        ("Welcome back, penelope, and thanks.", "penelope"),
        ("One from the handle Quorlan Gardener 44, who asks.", "Quorlan Gardener 44"),
        ("He spells it. QUO-R-L-A-N-V it is.", "QUO-R-L-A-N-V"),
        ("Her handle is at quorlgirl eighty two.", "at quorlgirl eighty two"),
        ("His user name is quorlan 44 there.", "quorlan 44"),
        (
            "It is facebook dot com slash quorlan sixty, he says.",
            "facebook dot com slash quorlan sixty",
        ),
        ("It is vethe dot org slash at quorlan.", "vethe dot org slash at quorlan"),
        ("This one is from J.R., a baker.", "J.R"),
    ],
)
def test_what_leads_to_a_name_tells_it_in_small_letters(line: str, names: str) -> None:
    assert {*names.split("|")} <= {*found(line)}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Carmelita cleans offices.", "Carmelita"),
        ("Stellan has raised a hand.", "Stellan"),
        ("Quorl is listening in the car, he promises.", "Quorl"),
        ("June flood has water in her cellar.", "June flood"),
        ("Mary M is a coach.", "Mary M"),
        ("Quorlin has sent a photograph.", "Quorlin"),
        ("Quorlin is back with us.", "Quorlin"),
        ("Svetlana will soon hold the line.", "Svetlana"),
    ],
)
def test_a_sentence_may_begin_with_who_does_something(line: str, name: str) -> None:
    assert name in found(line)


@pytest.mark.parametrize(
    "line",
    [
        "June has been wet.",
        "Vitamin D helps, she says.",
        "She is frank and he is rich.",
        "He lives in pain, and he works at the hospital.",
        "She works for a small company at the weekend.",
        "This is spondylolisthesis, he says.",
        "A runner with shin splints asks why.",
        "A runner with gout and asthma, he says.",
        "Ligaments tear, he says.",
        "My Apple Watch says so.",
        "The handle is at the door, and my user name is at the top.",
        "It is vitamin D, a hormone, and L., a nerve.",
        "On Labor Day it was hot.",
        "Spasms are stubborn.",
    ],
)
def test_ordinary_sentences_have_no_name(line: str) -> None:
    assert details([said(0, "S1", line)], SHOW) == ()


def test_outside_english_no_word_is_added() -> None:
    turn = replace(said(0, "S1", "Ich heiße Quorlan demivethan."), language="de")
    assert [d.text for d in details([turn], SHOW)] == ["Quorlan"]


def test_who_is_said_to_do_something_is_somebody() -> None:
    turn = said(0, "S1", "Quorl is listening in the car, he promises.")
    assert [d.grave for d in details([turn], SHOW)] == [True]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("It is Gideon Vethwart from Lower Quorlam, a painter.", "place"),
        ("So that is a man of 68 from Quorlam, and he asks why.", "place"),
        ("We have a letter from Gideon Vethwart, a painter.", "name"),
        ("Letter from Gideon, a painter.", "name"),
    ],
)
def test_a_town_after_a_name_is_no_viewer(line: str, kind: str) -> None:
    """Else "from a viewer" would stand there a second time."""
    kinds = [d.kind for d in details([said(0, "S1", line)], SHOW)]
    assert kinds[-1] == kind
