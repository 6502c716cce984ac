"""Viewers' names in the mouths of those who answer: read out, said again, or heard otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pullquote.mark.private.details import details, said_again
from pullquote.mark.private.said_again import named_in
from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn
from tests.mark.shows import SHOW, said

DOCTOR = "Tiffany Lin"
HOST = "Clare Fenn"


def found(*turns: TimedTurn) -> list[str]:
    return [detail.text for detail in details(turns, SHOW)]


@pytest.mark.parametrize(
    "read",
    [
        "The next question comes from Zebulon Quandary.",
        "The next one is from Zebulon Quandary.",
        "I have a letter here from a lady called Zebulon Quandary.",
        "So Zebulon Quandary asks whether heat helps.",
        "Zebulon Quandary from Toledo would like to know whether heat helps.",
        "the next question comes from zebulon quandary and it is about heat",
    ],
)
def test_a_doctor_who_reads_questions_out_is_searched_as_a_host_is(read: str) -> None:
    assert any("quandary" in t.casefold() for t in found(said(0, DOCTOR, read)))
    later = said(90_000, DOCTOR, "Then there is Amabel Wexcombe, call 555 0134.")
    assert "Amabel Wexcombe," in found(said(0, DOCTOR, read), later)
    assert found(later) == []


@pytest.mark.parametrize(
    "told",
    [
        "This paper was written by Zebulon Quandary.",
        "I learnt that from Zebulon Quandary, who asked me to help.",
        "It is brought to you by Zebulon Quandary.",
    ],
)
def test_a_doctor_who_speaks_of_colleagues_reads_nothing_out(told: str) -> None:
    later = said(90_000, DOCTOR, "Then there is Amabel Wexcombe.")
    assert found(said(0, DOCTOR, told), later) == []


def test_one_name_that_is_taken_out_hides_no_other() -> None:
    """Who reads questions out goes on doing so once "a viewer" asks them."""
    read = said(0, DOCTOR, "The next question comes from a viewer in Toledo.")
    later = said(90_000, DOCTOR, "Then there is Amabel Wexcombe.")
    assert found(read, later) == ["Toledo.", "Amabel Wexcombe."]


def test_who_asks_several_questions_reads_them_out() -> None:
    turns = [
        said(n * 20_000, DOCTOR, "Is heat better than ice for Amabel Wexcombe?")
        for n in range(3)
    ]
    clips = [Clip(start=turn.start, end=turn.end) for turn in turns[:2]]
    assert len(details(turns, SHOW, asked=clips[:1])) >= 1
    assert details(turns[2:], SHOW, asked=clips[:1]) == ()
    assert len(details(turns, SHOW, asked=clips)) == 3


def test_people_without_an_office_are_private_whoever_names_them() -> None:
    """A doctor is called doctor: who is called Mrs. is a viewer, or a patient."""
    assert found(said(0, DOCTOR, "I saw Mrs. Quandary last week.")) == ["Mrs. Quandary"]
    assert found(said(0, DOCTOR, "I spoke to Dr. Quandary last week.")) == []


ASKED = said(0, HOST, "A letter from Katherine Kowalczyk.")


@pytest.mark.parametrize(
    ("told", "names"),
    [
        ("Well, Catherine, heat helps.", ["Catherine,"]),
        ("Heat helps, Kathryn.", ["Kathryn."]),
        ("So Katharine, said Kowalchik, should rest.", ["Katharine,", "Kowalchik,"]),
        ("Kowalczyks often rest.", ["Kowalczyks"]),
        ("Dr. Hartmann told Christina.", []),
        ("The cauldron is caught in a kitchen.", []),
    ],
)
def test_one_name_is_heard_in_several_ways(told: str, names: list[str]) -> None:
    answer = said(90_000, DOCTOR, told)
    again = [d for d in details([ASKED, answer], SHOW) if d.clip.start >= 90_000]
    assert [d.text for d in again] == names
    assert all(d.grave for d in again)


def test_what_sounds_like_a_name_goes_with_it() -> None:
    """Nobody would know "Catherine" for a viewer once Katherine is gone."""
    answer = said(
        90_000, DOCTOR, "Well, Catherine, thank Amabel. So, Mrs. Kowalchik, rest."
    )
    there = details([ASKED, answer], SHOW)
    gone = [detail.text for detail in said_again("Katherine Kowalczyk", there)]
    assert gone == ["Katherine Kowalczyk.", "Catherine,", "Mrs. Kowalchik,"]


def test_each_of_many_names_goes_with_whatever_says_no_more_than_it() -> None:
    told = ("Ann Bell", "Ann", "Bells", "Anne Marie", "Bell Ann,", "Mrs. Bell", "Mrs.")
    found = named_in(("Ann Bell", "Katherine"), (*told, "Catherine,", "7", "—"))
    others = {"Ann Bell", "Ann", "Bells", "Bell Ann,", "Mrs. Bell", "Mrs."}
    assert found["Ann Bell"] == others
    assert found["Katherine"] == {"Catherine,", "Mrs."}


def test_the_shows_own_people_are_no_viewers_heard_otherwise() -> None:
    asked = said(0, HOST, "A letter from Tiffanie Wexcombe.")
    answer = said(90_000, HOST, "Thank you, Tiffany.")
    assert "Tiffany." not in found(asked, answer)


def test_without_capitals_a_title_leads_to_a_name_that_is_a_word_too() -> None:
    asked = said(0, HOST, "our first question comes from mark baker in toledo")
    answer = said(90_000, DOCTOR, "thank you mark so mark your calendar mister baker")
    again = details([asked, answer], SHOW)
    assert [d.text for d in again if d.clip.start >= 90_000] == ["mark", "mister baker"]


@pytest.mark.parametrize(
    ("answer", "name"),
    [
        ("Well, Deborah, either can help.", "Deborah,"),
        ("Hi Deborah. Either can help.", "Deborah."),
        ("Thank you so much, Zebulon Quandary. Heat is fine.", "Zebulon Quandary."),
        ("Deborah, heat is fine.", "Deborah,"),
        ("That is a good question, Deborah. Heat is fine.", "Deborah."),
        ("Sorry, Mrs. Quandary. Heat is fine.", "Mrs. Quandary."),
    ],
)
def test_who_asked_is_named_by_an_answer_that_speaks_to_her(
    answer: str, name: str
) -> None:
    asked = said(
        0, HOST, "The next question is from a viewer. Is heat better than ice?"
    )
    assert found(asked, said(20_000, DOCTOR, answer)) == [name]


@pytest.mark.parametrize(
    "answer",
    [
        "Thank you, Clare. Heat is fine.",
        "Well, Sciatica, as we call it, is a symptom.",
        "Upright, the channel is at its narrowest.",
        "Correct, five days of rest.",
        "Thank you, Chair. Heat is fine.",
        "Thank you, Dr. Quillon. Heat is fine.",
        "Heat is fine, as I learnt long ago and far away from here, from Deborah.",
    ],
)
def test_an_answer_that_speaks_to_the_shows_own_names_nobody(answer: str) -> None:
    asked = said(
        0, HOST, "The next question is from a viewer. Is heat better than ice?"
    )
    assert found(asked, said(20_000, DOCTOR, answer)) == []


def test_the_shows_title_heard_as_one_word_is_its_own() -> None:
    turn = said(0, HOST, "Welcome to BackTalk. Our first question is about ice.")
    assert details([turn], replace(SHOW, title="Back Talk")) == ()
    assert [d.text for d in details([turn], SHOW)] == ["BackTalk."]
