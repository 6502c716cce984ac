import pytest

from pullquote.mark.private.details import details
from pullquote.mark.private.said_again import misheard
from pullquote.model.show import Person, Show
from tests.mark.shows import said

PEOPLE = (
    Person(id="coulmont", name="Marc Coulmont"),
    Person(id="lin", name="Tiffany Lin"),
    Person(id="quillmont", name="Nora Quillmont"),
)
SHOW = Show(title="Talk", description="", site="https://show.example/", people=PEOPLE)


@pytest.mark.parametrize(
    ("heard", "before", "person"),
    [
        ("kulmont", "", "coulmont"),
        ("mark kulmont", "", "coulmont"),
        ("quilmont", "", "quillmont"),
        ("lynn", "doctor", "lin"),
        ("linn", "tiffany", "lin"),
    ],
)
def test_a_name_written_as_it_sounded_may_be_a_persons(
    heard: str, before: str, person: str
) -> None:
    found = misheard(heard.split(), before, PEOPLE)
    assert found is not None
    assert found.id == person


@pytest.mark.parametrize(
    ("heard", "before"),
    [
        ("ann kulmont", ""),  # somebody's sister, for all we know
        ("kulmont ann", ""),
        ("lynn", ""),  # as many viewers are called
        ("colman", ""),
        ("mark", ""),
        ("plimsworth", "margaret"),
        ("", "doctor"),
    ],
)
def test_a_viewers_name_stays_private(heard: str, before: str) -> None:
    assert misheard(heard.split(), before, PEOPLE) is None


def test_it_is_said_as_maybe_and_is_not_grave() -> None:
    asked = said(0, "S1", "Ask Dr. Kulmont, says Zebulon from Ohio.")
    told = said(2000, "Tiffany Lin", "Well, Zebulon, Kulmont is right.")
    found = {
        (d.text, d.clip.start): (d.label, d.grave) for d in details([asked, told], SHOW)
    }
    assert found["Dr. Kulmont,", 100] == ("maybe Marc Coulmont", False)
    assert found["Kulmont", 2200] == ("maybe Marc Coulmont", False)
    assert found["Zebulon,", 2100] == ("name", True)


def test_what_is_a_viewers_name_too_is_private() -> None:
    asked = said(0, "S1", "Ask Dr. Kulmont, says Zebulon Kulmont from Ohio.")
    told = said(2000, "Tiffany Lin", "Yes, Kulmont is right.")
    last = details([asked, told], SHOW)[-1]
    assert (last.label, last.grave) == ("name", True)
