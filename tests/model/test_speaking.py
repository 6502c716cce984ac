from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.show import Person, Show
from pullquote.model.speaking import (
    confirmed_person,
    display_name,
    display_names,
    is_named,
    name_voice,
)
from pullquote.model.transcript import Transcript, Turn

LIN = Person(id="lin", name="Dana Lin", aliases=("Dr. Lin", "S9"))
SHOW = Show(title="Test", description="", site="", people=(LIN,))


def turn(speaker: str, *, guessed: bool = False) -> Turn:
    return Turn(start=0, speaker=speaker, guessed=guessed)


def test_a_confirmed_alias_prints_the_persons_name() -> None:
    assert display_name(turn("dr. lin"), SHOW) == "Dana Lin"
    assert confirmed_person(turn("Dana Lin"), SHOW) is LIN


def test_a_confirmed_name_outside_the_show_is_printed_as_it_is() -> None:
    assert display_name(turn(" A viewer "), SHOW) == "A viewer"
    assert confirmed_person(turn("A viewer"), SHOW) is None


@pytest.mark.parametrize(
    ("label", "shown"),
    [
        ("S2", "Speaker 2"),
        ("speaker_03", "Speaker 3"),
        ("Speaker 1", "Speaker 1"),
        ("S9", "Speaker 9"),
        ("?", "Speaker"),
        ("", "Speaker"),
        ("Unknown", "Speaker"),
    ],
)
def test_a_label_is_never_a_name_even_if_a_person_lists_it(
    label: str, shown: str
) -> None:
    assert display_name(turn(label), SHOW) == shown
    assert not is_named(turn(label))
    assert confirmed_person(turn(label), SHOW) is None


@given(st.text(min_size=3).filter(lambda name: name.strip() not in "Speaker"))
def test_a_guessed_name_is_never_printed(name: str) -> None:
    guess = turn(name, guessed=True)
    assert display_name(guess, SHOW).rstrip(" 0123456789") == "Speaker"
    assert display_names([guess], SHOW)[0].rstrip(" 0123456789") == "Speaker"


def test_guessed_voices_stay_apart_and_take_no_labels_number() -> None:
    turns = [
        turn("Dana Lin", guessed=True),
        turn("S1"),
        turn("Roe", guessed=True),
        turn("dana lin", guessed=True),
        turn("Dana Lin"),
        turn("S3", guessed=True),
    ]
    assert display_names(turns, SHOW) == (
        "Speaker 2",
        "Speaker 1",
        "Speaker 4",
        "Speaker 2",
        "Dana Lin",
        "Speaker 3",
    )


def transcript(*turns: Turn) -> Transcript:
    return Transcript(episode="e", language="en", turns=turns)


def test_every_turn_of_a_voice_is_named_and_confirmed() -> None:
    before = transcript(turn("S1"), turn("S2"), turn("S1"))
    after = name_voice(before, "S1", "Nora Quillmont")
    assert [(t.speaker, t.guessed) for t in after.turns] == [
        ("Nora Quillmont", False),
        ("S2", False),
        ("Nora Quillmont", False),
    ]


def test_a_guess_is_confirmed_or_put_right() -> None:
    guess = transcript(turn("Ann Lee", guessed=True), turn("Ann Lee"))
    assert not name_voice(guess, "Ann Lee", "Ann Lee").turns[0].guessed
    put_right = name_voice(guess, "Ann Lee", "Bo Roe")
    assert [t.speaker for t in put_right.turns] == ["Bo Roe", "Ann Lee"]


def test_a_name_is_the_same_however_its_accents_are_written() -> None:
    jose = Person(id="fernby", name="Jos\u00e9 Fernby")
    show = Show(title="T", description="D", site="https://x.example/", people=(jose,))
    for heard in ("Jose\u0301 Fernby", "JOS\u00c9\u00a0FERNBY", " Jos\u00e9  Fernby "):
        assert show.person_named(heard) == jose
