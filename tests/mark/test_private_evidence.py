"""What is said around a name says whether it is somebody's."""

from time import process_time

import pytest

from pullquote.mark.private.details import details
from pullquote.model.show import Show
from tests.mark.shows import said

SHOW = Show(title="", description="", site="https://show.example/")


def grades(*lines: str) -> dict[str, bool]:
    """Return what is found, and whether it is grave."""
    found = details([said(0, "S1", *lines)], SHOW)
    return {detail.text.strip(".,?"): detail.grave for detail in found}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("Hello, Quorlan Vethe here, with a stiff neck.", "Quorlan Vethe"),
        ("My roommate Quorlan lifts weights.", "Quorlan"),
        ("The other side's solicitor, Ms. Vethe, is late.", "Ms. Vethe"),
        ("Can I run after a fusion? - Quorlan", "Quorlan"),
        ("Our Quorlan, he's eleven, has a curve.", "Quorlan"),
        ("Quorlan from Ohio wants to run.", "Quorlan"),
        ("I fell off the stage with the Loch Vethe Players.", "Loch Vethe Players"),
        ("I was a medic with Engine Company 27.", "Engine Company 27"),
        ("Quorlan Vethe, Drumvethe, has a stiff neck.", "Drumvethe"),
        ("so quorlan you've had two of them", "quorlan"),
        ("Quorlan carried me down the stairs.", "Quorlan"),
        ("Nobody helps when Quorlan plays the drums.", "Quorlan"),
        ("Should Quorlan go on, or has she done enough?", "Quorlan"),
        ("We named the puppy Quorlan.", "Quorlan"),
        ("oddly quorlans pain went", "quorlans"),
        ("Hola, me llamo Quorlan and my knee clicks.", "Quorlan"),
        ("Respected doctors, myself Quorlan Vethe, tailor.", "Quorlan Vethe"),
        ("The letter was signed by one Quorlan Vethe.", "Quorlan Vethe"),
        ("Our neighbours (the Quorlans) have a rifle.", "Quorlans)"),
        ("The sender is Quorlan Vethe 62 who keeps books.", "Quorlan Vethe"),
        ("Here we go, Quorlan Vethe 57, she's a baker.", "Quorlan Vethe"),
        ('Quorlan "Quorly" Vethe asks why.', 'Quorlan "Quorly" Vethe'),
        ("Quorlan \u201cQuorly\u201d Vethe asks.", "Quorlan \u201cQuorly\u201d Vethe"),
    ],
)
def test_what_is_led_to_signed_or_does_as_people_do_is_grave(
    line: str, name: str
) -> None:
    assert grades(line).get(name) is True


@pytest.mark.parametrize(
    "line",
    [
        "This treatment is 400 years old, does it help?",
        "Our house is four hundred years old and damp.",
        "It is a few hundred years old.",
        "A 2,400 years old remedy.",
        "It is a hundred and fifty years old.",
    ],
)
def test_what_is_older_than_people_become_is_no_age(line: str) -> None:
    assert grades(line) == {}


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("My name is J, O, H, N.", "J, O, H, N"),
        ("That is M, A, R, I, A, from the coast.", "M, A, R, I, A"),
        (
            "It is V as in Victor, O as in oak, T like Tom, H for house.",
            "V as in Victor, O as in oak, T like Tom, H for house",
        ),
        (
            "It is V as in Victor. E as in echo. T as in Tom. H as in house.",
            "V as in Victor. E as in echo. T as in Tom. H as in house",
        ),
    ],
)
def test_a_name_that_is_spelled_is_grave(line: str, name: str) -> None:
    """An O between letters is no zero."""
    found = {text.strip(","): grave for text, grave in grades(line).items()}
    assert found == {name: True}


@pytest.mark.parametrize(
    "line",
    [
        "Is it A, B, C or D?",
        "Is it grade C, D, or O?",
        "My blood is type A, B, AB or O.",
        "Room o five is cold.",
        "C as in the cervical spine.",
    ],
)
def test_single_letters_are_no_name(line: str) -> None:
    assert grades(line) == {}


@pytest.mark.parametrize(
    ("line", "age"),
    [
        ("I'm the one 92 years old.", "92 years old"),
        ("She is one hundred and two years old.", "one hundred and two years old"),
        ("My two 100 year old aunts.", "100 year old"),
    ],
)
def test_an_age_is_one_whatever_number_stands_before_it(line: str, age: str) -> None:
    assert grades(line) == {age: True}


@pytest.mark.parametrize(
    "line",
    [
        "Does Quorlanol gel do more than Vethex?",
        "How do I read the Vethe index at home?",
        "Should I learn Quorlan 3.12 at my age?",
        "Is the sound Quorlan or Vethe?",
        'I read Quorlan\'s "Backs Unbent" twice.',
        "Is it true Frida Kahlo broke her back?",
        "Why did Stephen Curry come back so fast?",
        "It sounds like Morgan Freeman in my kitchen.",
        "Should I get a Herman Miller Aeron?",
        "Everybody should know the Red Flags.",
        "Can I stop without Withdrawal?",
        "my puppy needs vethox first or quorlax",
        "a glass of vethecco is no cure",
    ],
)
def test_what_things_and_the_famous_are_asked_about_by_is_doubtful(line: str) -> None:
    assert not any(grades(line).values())


def test_a_name_that_one_place_is_sure_of_is_grave_wherever_it_stands() -> None:
    doubtful = "Nobody had told about Quorlan."
    assert grades(doubtful) == {"Quorlan": False}
    both = details([said(0, "S1", doubtful, "My son Quorlan is nine.")], SHOW)
    assert [d.grave for d in both if d.kind == "name"] == [True, True]


def test_outside_english_nothing_is_doubted() -> None:
    from dataclasses import replace

    turn = replace(said(0, "S1", "Ich heiße Quorlan Vethe."), language="de")
    assert [d.grave for d in details([turn], SHOW)] == [True]


@pytest.mark.parametrize("text", ["Quorlan or ", "Ann "])
def test_a_turn_of_a_thousand_names_takes_no_time_with_its_square(text: str) -> None:
    def spent(names: int) -> float:
        start = process_time()
        # one after the other without a word between they are one
        assert len(details([said(0, "S1", text * names)], SHOW)) in (1, names)
        return process_time() - start

    spent(10)  # what is loaded once
    assert spent(6_000) < 18 * spent(1_000)  # 36 would be its square


@pytest.mark.parametrize(
    "line",
    [
        *("Please go to Room B for the workshop.", "We move over to Hall 2 now."),
        *("The poster session is in Seminar Room 4.", "Thank you, Room A."),
        *("Car Park B is full by nine.", "You are in Lecture Hall 3."),
        *("Is the recording of Track A online?", "We begin in the Main Hall."),
        "The Finance Committee said there is no money.",
        *("The Code of Conduct is on the site.", "See you in the Hallway Track."),
    ],
)
def test_a_room_where_all_are_and_a_body_of_many_hinder_nothing(line: str) -> None:
    assert True not in grades(line).values()


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("We have a question from Hall B.", "Hall B"),
        ("My name is Hall and I wait in Room A.", "Hall"),
        ("I live at Park Hall.", "Park Hall"),
        ("My mother is in Room A at Fernlea House.", "Fernlea House"),
    ],
)
def test_who_is_called_as_a_room_is_stays_a_name(line: str, name: str) -> None:
    assert grades(line)[name]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("We have one from Peter Langdale in the chat.", ("name", "Peter Langdale")),
        ("I am at number nine, Orchard Close.", ("address", "number nine, Orchard Close.")),
    ],
)  # fmt: skip
def test_what_it_is(line: str, found: tuple[str, str]) -> None:
    (detail,) = details([said(0, "S1", line)], SHOW)
    assert (detail.kind, detail.text) == found
