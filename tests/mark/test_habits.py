from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from pullquote.mark.suggest.habits import (
    Habits,
    decided,
    learn,
    reranked,
    suggestion_of,
    verdict,
)
from pullquote.mark.suggest.signs import SAID, explain
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.answer import Clip, SuggestedQuestion, Suggestion
from pullquote.model.decision import Decision, Verdict
from tests.mark.shows import said

DAY = date(2026, 3, 11)
ODD = Suggestion(
    rank=1,
    question=SuggestedQuestion(start=1000, end=4000, text="Is it?"),
    answer=Clip(start=4000, end=20_000),
    speakers=("S2",),
    p_question=0.6,
    p_answered=0.9,
    signs=("mark", "opens"),
)
PLAIN = replace(
    ODD,
    rank=2,
    question=SuggestedQuestion(start=30_000, end=34_000, text="And is this?"),
    p_question=0.5,
    signs=("mark", "announced"),
)


def rows(times: int) -> list[Decision]:
    decided: tuple[tuple[Verdict, Suggestion], ...] = (
        ("rejected", ODD),
        ("accepted", PLAIN),
    )
    return [
        Decision(
            verdict=what,
            on=DAY,
            question=Clip(start=n, end=n + 1),
            signs=suggestion.signs,
            p_question=suggestion.p_question,
        )
        for n in range(times)
        for what, suggestion in decided
    ]


def test_what_editors_refuse_comes_later_next_time() -> None:
    before = reranked((PLAIN, ODD), Habits())
    assert [s.rank for s in before if s.signs == ODD.signs] == [1]
    after = reranked(before, learn(rows(6)))
    assert [s.signs for s in after] == [PLAIN.signs, ODD.signs]
    assert after[0].p_question > 0.6 > 0.5 > after[1].p_question
    assert [s.p_shipped for s in after] == [0.5, 0.6]
    again = reranked(after, learn(rows(6)))
    assert again == after  # what was learnt is not added twice


def test_one_row_moves_little_and_none_nothing() -> None:
    assert reranked((ODD,), learn([]))[0].p_question == ODD.p_question
    once = reranked((ODD,), learn(rows(1)[:1]))[0]
    assert 0.4 < once.p_question < ODD.p_question
    assert learn([Decision(verdict="added", on=DAY)]) == Habits()


@given(st.lists(st.sampled_from(rows(1)), max_size=30))
def test_chances_stay_chances(chosen: list[Decision]) -> None:
    for found in reranked((ODD, PLAIN), learn(chosen)):
        assert 0 < found.p_question < 1


def test_a_cut_is_told_from_the_suggestion_it_came_from() -> None:
    asked, answered = Clip(start=1000, end=4000), Clip(start=4000, end=20_000)
    assert suggestion_of((PLAIN, ODD), asked) == ODD
    assert suggestion_of((PLAIN, ODD), Clip(start=21_000, end=22_000)) is None
    assert verdict(ODD, asked, answered) == "accepted"
    assert verdict(ODD, asked, Clip(start=4000, end=21_500)) == "accepted"
    assert verdict(ODD, asked, Clip(start=4000, end=25_000)) == "moved"
    assert verdict(None, asked, answered) == "added"
    assert verdict(replace(ODD, answer=None), asked, answered) == "moved"


def test_a_thing_is_decided_once() -> None:
    first = Decision(verdict="rejected", on=DAY, question=Clip(start=1, end=2))
    other = Decision(verdict="rejected", on=DAY, question=Clip(start=5, end=6))
    cut = replace(first, verdict="accepted", answer_id="a")
    moved = replace(cut, verdict="moved")
    assert decided((first, other), cut) == (other, cut)
    assert decided((other, cut), moved) == (other, moved)
    there, then = Clip(start=5_000, end=9_000), Clip(start=4_600, end=9_100)
    refused = replace(first, question=there)  # then its first word was corrected
    again = replace(refused, question=then)
    assert decided((refused, other), again) == (other, again)
    new = Decision(verdict="added", on=DAY, answer_id="b")
    assert decided((other,), new) == (other, new)


def test_why_is_said_in_words() -> None:
    turns = (
        said(0, "S1", "The next question is from a viewer.", "Can I walk with it?"),
        said(5000, "S2", "That is a good question.", "Walk as far as the pain allows."),
    )
    (found,) = suggest(turns)
    lines = explain(found, Habits())
    assert lines[0].startswith("Found because it ends in a question mark; ")
    assert "a viewer, a message or a question is spoken of just before" in lines[0]
    assert "praising the question" in lines[0]
    assert "by S2" in lines[1]
    assert not any("editors" in line for line in lines)
    taught = learn(
        [
            Decision(verdict="rejected", on=DAY, signs=found.signs, p_question=0.9)
            for _ in range(8)
        ]
    )
    told = " ".join(explain(reranked([found], taught)[0], taught))
    assert "took 0 of 8 such" in told
    assert "With what this show's editors decided before" in told


def test_signs_hold_no_name() -> None:
    turns = (
        said(0, "S1", "Ann Quimby of Dayton writes in.", "Bob Ray asks, is ice fine?"),
        said(5000, "S2", "It is fine for most people, a few minutes at a time."),
    )
    (found,) = suggest(turns)
    kept = " ".join(found.signs).split()
    assert set(found.signs) & set(SAID)
    assert not {"ann", "quimby", "dayton", "bob", "ray"} & set(kept)
