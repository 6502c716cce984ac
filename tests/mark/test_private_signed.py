"""Names where somebody signs, and other wordings in which a detail was missed once."""

import pytest

from pullquote.mark.private.details import details
from pullquote.model.show import Person, Show
from tests.mark.shows import said

SHOW = Show(title="", description="", site="https://show.example/")


def found(*lines: str, show: Show = SHOW) -> list[str]:
    return [d.text.strip(".,") for d in details([said(0, "S1", *lines)], show)]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        (["Can discs heal?", "Thanks, Summer"], "Summer"),
        (["Can discs heal?", "Best wishes, Joy and Ray"], "Joy and Ray"),
        (["Can discs heal?", "Thanks.", "Faith"], "Faith"),
        (["Call me after six.", "Rose"], "Rose"),
        (["Can discs heal? - Will"], "Will"),
        (["Can discs heal?", "Rhodri ap Gwyn"], "Rhodri ap Gwyn"),
    ],
)
def test_who_signs_is_a_name_even_where_it_is_a_word(
    lines: list[str], name: str
) -> None:
    assert name in found(*lines)


@pytest.mark.parametrize(
    "lines",
    [
        ["Can discs heal?", "Thanks, Doc"],
        ["Can discs heal?", "Thanks everybody"],
        ["Ice or heat?", "Ibuprofen."],
        ["My best time was in May.", "Maybe."],
        ["I hurt my neck - Monday is my scan."],
    ],
)
def test_who_is_thanked_and_what_is_asked_about_signs_nothing(
    lines: list[str],
) -> None:
    assert found(*lines) == []


@pytest.mark.parametrize(
    ("line", "detail"),
    [
        ("The doctor in HOLMVETHE gave me Ibuprofen only.", "HOLMVETHE"),
        ("My grandson TOBIAS fell.", "TOBIAS"),
        ("Prof. Quorlavska failed me.", "Prof. Quorlavska"),
        ("The Thorns & Mane surgery charged me.", "Thorns & Mane"),
        ("We work at Quorlan Maritime BV in town.", "Quorlan Maritime BV"),
        ("They teach at St Vethe's C of E Primary here.", "St Vethe's C of E Primary"),
        ("Slugs eat all on allotment 31b by night.", "allotment 31b"),
        ("I slipped outside number twelve yesterday.", "number twelve"),
        ("my member id is 4xk9 7tr2 and they wont pay", "4xk9 7tr2"),
        ("Message me on insta: quorlan.vethe please.", "quorlan.vethe"),
        ("The brace is from vethebraces.example and broke.", "vethebraces.example"),
        (
            "my number is h for hotel two nine nine four seven",
            "h for hotel two nine nine",
        ),
        ("they put me in ward six on monday", "ward six"),
        ("I row for Quorlan BC on weekends.", "Quorlan BC"),
        ("this is ji ho i have a stiff neck", "ji ho"),
        ("big fan here its marguerite could you help", "marguerite"),
        ("his tutor doctor bell failed him", "bell"),
        ("my daughter summer is nine and has a curve", "summer"),
        ("I'm Summer, and my back aches.", "Summer"),
        ("I'm Autumn, and my back aches.", "Autumn"),
        ("hello its maureen i fell off a horse", "maureen"),
        ("hiya its ffion i fell off a horse", "ffion"),
        ("i kept goal for dunmarsh united", "dunmarsh united"),
        ("the roofer is called o'hara and sons", "o'hara and sons"),
        ("since we moved to tollgate road i cough", "tollgate road"),
        ("i fell on may second and broke my wrist", "may second"),
        ("The Dean of the Vethe Conservatory wrote.", "Dean of the Vethe Cons"),
    ],
)
def test_wordings_that_were_missed(line: str, detail: str) -> None:
    assert any(detail in text for text in found(line))


@pytest.mark.parametrize(
    "line",
    [
        "is github.com down or asp.net slow",
        "take 500mg 250mg 125mg a day",
        "it is worst at c5c6 l4l5",
        "from 10am 11pm on",
    ],
)
def test_doses_levels_and_hours_are_no_number_of_groups(line: str) -> None:
    assert found(line) == []


@pytest.mark.parametrize(
    "line",
    [
        "it was one hundred tablets and one hundred squats",
        "is it better to fly united or drive",
        "i woke at four o'clock",
        "hi its worse again i think",
        "i am numb from the hip down",
        "it is sciatica i think",
        "Does a BSc, a PhD or two MRIs count?",
        "Hola, is ibuprofen safe?",
        "Neighbours (all three) say that I should rest.",
    ],
)
def test_amounts_degrees_and_greetings_are_nobody(line: str) -> None:
    assert found(line) == []


def test_a_doctor_of_the_show_is_none_without_capitals_either() -> None:
    show = Show(
        title="",
        description="",
        site="https://show.example/",
        people=(Person(id="vethe", name="Dr. Vethe"),),
    )
    assert found("doctor vethe said that walking helps", show=show) == []
    assert found("doctor quorlan said that walking helps", show=show) == ["quorlan"]
