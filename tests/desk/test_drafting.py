"""Two people's changes of one answer come together, or both are shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.desk.text.drafting import (
    Draft,
    applied,
    draft_from,
    draft_of,
    in_order,
    merge,
    merged_lines,
)
from pullquote.errors import ContentError, FaultsError, PullquoteError
from pullquote.model.answer import Clip, Correction
from tests import factory

PATH = Path("answers/bed-rest.md")
ANSWER = factory.answer("bed-rest")
BASE = draft_of(ANSWER)
LINES = st.lists(st.sampled_from("abcde"), max_size=8).map("\n".join)


def test_a_form_comes_back_as_it_was() -> None:
    dated = Correction(on=date(2026, 4, 2), note="hours: not days")
    answer = replace(ANSWER, corrections=(dated,))
    draft = draft_of(answer)
    pairs = [("question", draft.question), ("body", draft.body)]
    pairs += [("asked", draft.asked), ("answered", draft.answered)]
    pairs += [("speakers", s) for s in draft.speakers]
    pairs += [("topics", t) for t in draft.topics]
    pairs += [("corrections", "\n".join(draft.corrections))]
    assert draft_from(pairs) == draft
    again = applied(draft, answer, factory.show(), PATH)
    assert again.digest() == answer.digest()
    assert again.corrections == (dated,)


def test_the_order_of_speakers_is_no_matter_of_boxes() -> None:
    answer = replace(ANSWER, speakers=("b", "a"), topics=("y", "x"))
    draft = replace(BASE, speakers=("a", "b", "c"), topics=("x", "y"))
    found = in_order(draft, answer)
    assert (found.speakers, found.topics) == (("b", "a", "c"), ("y", "x"))


def test_times_are_read_as_people_write_them() -> None:
    draft = replace(BASE, asked="2:05 - 0:02:21.5", answered="00:02:22-3:04")
    changed = applied(draft, ANSWER, factory.show(), PATH)
    assert changed.asked == Clip(start=125_000, end=141_500)
    assert changed.answered == Clip(start=142_000, end=184_000)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("question", "", "has no question"),
        ("asked", "soon", "is no time"),
        ("answered", "0:10 - 0:05", "ends before it starts"),
        ("speakers", ("eve",), "'eve' is not in show.toml"),
        ("topics", ("x",), "'x' is not in show.toml"),
        ("corrections", ("yesterday: wrong",), "begins with no day"),
        ("corrections", ("2026-04-02: ",), "says nothing"),
    ],
)
def test_what_cannot_be_is_named(field: str, value: object, words: str) -> None:
    draft = replace(BASE, **{field: value})  # type: ignore[arg-type]
    with pytest.raises(ContentError, match=words):
        applied(draft, ANSWER, factory.show(), PATH)


def test_several_faults_are_named_at_once() -> None:
    draft = replace(BASE, question="", asked="?")
    with pytest.raises(FaultsError) as error:
        applied(draft, ANSWER, factory.show(), PATH)
    assert all(isinstance(f, PullquoteError) for f in error.value.faults)
    assert len(error.value.faults) == 2


def test_changes_of_different_fields_are_both_kept() -> None:
    theirs, mine = replace(BASE, question="Q?"), replace(BASE, body="B.")
    found = merge(BASE, theirs, mine)
    assert (found.draft.question, found.draft.body) == ("Q?", "B.")
    assert found.theirs == ("question",)
    assert not found.conflicts


def test_changes_of_one_field_are_a_conflict() -> None:
    found = merge(BASE, replace(BASE, question="A?"), replace(BASE, question="B?"))
    assert found.conflicts == ("question",)
    assert found.draft.question == "B?"


def test_the_same_change_twice_is_none() -> None:
    both = replace(BASE, question="A?")
    assert merge(BASE, both, both).conflicts == ()


def test_without_a_base_every_difference_is_shown() -> None:
    found = merge(None, replace(BASE, question="A?"), replace(BASE, body="B."))
    assert set(found.conflicts) == {"question", "body"}


def test_sentences_changed_apart_are_both_kept() -> None:
    base = "One.\nTwo.\nThree.\nFour."
    theirs = "One!\nTwo.\nThree.\nFour."
    mine = "One.\nTwo.\nFour.\nFive."
    assert merged_lines(base, theirs, mine) == ("One!\nTwo.\nFour.\nFive.", False)
    mine = "Eins.\nTwo.\nThree.\nFour."
    assert merged_lines(base, f"{theirs}\nFive.", mine) == (f"{mine}\nFive.", True)
    made = merged_lines(base, f"{base}\nA.", f"{base}\nB.")
    assert made == (f"{base}\nB.", True)


def test_where_both_changed_a_sentence_the_others_come_in_all_the_same() -> None:
    base = replace(BASE, body="One.\nTwo.\nThree.")
    theirs = replace(base, body="One!\nTwo.\nThree, and more.")
    found = merge(base, theirs, replace(base, body="Eins.\nTwo.\nThree."))
    assert found.conflicts == ("body",)
    assert found.draft.body == "Eins.\nTwo.\nThree, and more."
    assert found.instead.body == "One!\nTwo.\nThree, and more."


def test_what_is_left_as_in_the_file_takes_nothing_else_with_it() -> None:
    base = replace(BASE, body="One.\nTwo.\nThree.", question="Q?")
    mine = replace(base, body="Eins.\nTwo.\nDrei.", question="Mine?")
    found = merge(base, replace(base, body="One!\nTwo.\nThree."), mine)
    assert found.conflicts == ("body",)
    assert (found.instead.body, found.instead.question) == (
        "One!\nTwo.\nDrei.",
        "Mine?",
    )


@given(LINES, LINES)
def test_one_side_alone_is_taken_as_it_is(base: str, new: str) -> None:
    assert merged_lines(base, new, base) == (new, False)
    assert merged_lines(base, base, new) == (new, False)
    assert merged_lines(base, new, new) == (new, False)


@given(LINES, LINES, LINES)
def test_who_comes_second_does_not_matter(base: str, one: str, other: str) -> None:
    made, meets = merged_lines(base, one, other)
    again = merged_lines(base, other, one)
    assert meets == again[1]
    assert meets or made == again[0]


@given(LINES, LINES, LINES)
def test_no_line_that_somebody_wrote_is_lost(base: str, one: str, other: str) -> None:
    made, meets = merged_lines(base, one, other)
    if meets:
        return
    found = made.split("\n")
    for side in (one, other):
        new = set(side.split("\n")) - set(base.split("\n"))
        assert new <= set(found)


def test_a_draft_is_plain_text_alone() -> None:
    evil = draft_from(
        [("question", "a\n\tb"), ("body", "\r\n x \n"), ("speakers", " ")]
    )
    assert evil == Draft(
        question="a b", body="x", speakers=(), topics=(), asked=" - ", answered=" - "
    )
