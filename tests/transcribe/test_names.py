from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.names import called_upon
from pullquote.transcribe.scaffold import scaffold_transcript
from tests import factory
from tests.transcribe.test_scaffold import EPISODE, SHOW, segment

HOST, FIRST, SECOND = "S1", "S2", "S3"
TALK = (
    (HOST, "With us is Dr. Tiffany Lin."),
    (FIRST, "Good evening."),
    (HOST, "And here is Samuel Hale."),
    (SECOND, "Hello."),
    (HOST, "Dr. Tiffany Linn, somebody asks about her neck. Does it hurt to swim?"),
    (FIRST, "It does not, as a rule."),
    (HOST, "Thank you, Dr. Lin. Doctor Hale, would you add to that?"),
    (SECOND, "As Dr. Lin told us, it depends."),
)


def called(*said: tuple[str | None, str]) -> dict[str, str]:
    return dict(called_upon([segment(t, s) for s, t in said], SHOW.people))


def test_who_answers_to_a_name_twice_is_taken_for_its_person() -> None:
    assert called(*TALK) == {FIRST: "Tiffany Lin", SECOND: "Samuel Hale"}
    assert called(*TALK[:4]) == {}


def test_the_first_transcript_gives_such_a_name_as_a_guess() -> None:
    turns = scaffold_transcript(
        factory.heard(*(segment(t, s, n * 30_000) for n, (s, t) in enumerate(TALK))),
        SHOW,
        EPISODE,
    ).turns
    assert [(t.speaker, t.guessed) for t in turns[:4]] == [
        (HOST, False),
        ("Tiffany Lin", True),
        (HOST, False),
        ("Samuel Hale", True),
    ]


@pytest.mark.parametrize(
    "call",
    [
        "Thank you, Dr. Lin.",
        "Dr. Lin said that it passes.",
        "Hello, I'm Dr. Tiffany Lin.",
        "Lin, what do you say?",
        "Tiffany, what do you say?",
        "Dr. Lind and Dr. Hale, what do you say?",
        "Dr. Lin " + "and so on " * 60,
        "Dr. Sand, what do you say?",
    ],
)
def test_what_only_speaks_of_somebody_names_nobody(call: str) -> None:
    assert called((HOST, call), (FIRST, "Yes."), (HOST, call), (FIRST, "No.")) == {}


def test_a_voice_called_by_two_names_and_a_name_that_two_answer_to_stay_open() -> None:
    lin, hale = "Dr. Lin, please.", "Dr. Hale, please."
    by_two = [(HOST, lin), (FIRST, "Yes."), (HOST, hale), (FIRST, "Yes.")]
    assert called(*by_two, *by_two) == {}
    of_two = [(HOST, lin), (FIRST, "Yes."), (HOST, lin), (SECOND, "Yes.")]
    assert called(*of_two, *of_two) == {}


def test_voices_not_told_apart_get_no_name() -> None:
    talk = [(None, text) for _, text in TALK]
    assert called(*talk) == {}


@given(
    st.lists(
        st.tuples(
            st.sampled_from([HOST, FIRST, SECOND, None]),
            st.sampled_from([text for _, text in TALK]),
        )
    )
)
def test_nobody_is_in_two_places(talk: list[tuple[str | None, str]]) -> None:
    given_names = list(called(*talk).values())
    assert len(given_names) == len(set(given_names))
