from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pullquote.errors import GateError
from pullquote.mark.review.sign_off import approve, may_review, withdraw
from pullquote.model.answer import Answer, Review
from pullquote.model.show import ReviewPolicy, Show
from tests.mark.shows import HALE, HEAT, LIN, SHOW

PATH = Path("answers/heat.md")
DAY = date(2026, 3, 12)
DRAFT = replace(HEAT, cut_by="hale")


def signed(answer: Answer = DRAFT, by: str = "lin", show: Show = SHOW) -> Answer:
    return approve(answer, by=by, on=DAY, show=show, path=PATH)


def test_a_signature_is_bound_to_what_was_signed() -> None:
    answer = signed()
    digest = DRAFT.digest()
    review = Review(by="lin", on=DAY, digest=digest, signed_as="Tiffany Lin, MD")
    assert answer.review == review
    assert answer.approved
    assert not replace(answer, body="It is not.").approved


@pytest.mark.parametrize(
    ("answer", "by", "problem"),
    [
        (DRAFT, "hale", "cut this answer"),
        (replace(DRAFT, cut_by=None), "lin", "does not say who cut it"),
        (DRAFT, "nobody", "nobody in show.toml; choose who may review: lin, hale"),
        (DRAFT, "clare", "Clare Fenn may not review"),
        (replace(DRAFT, status="withdrawn"), "lin", "withdrawn"),
        (replace(DRAFT, body=" "), "lin", "no text"),
        (replace(DRAFT, question=""), "lin", "no question"),
        (replace(DRAFT, speakers=()), "lin", "names no speaker"),
    ],
)
def test_the_shows_policy_is_kept(answer: Answer, by: str, problem: str) -> None:
    with pytest.raises(GateError, match=problem):
        signed(answer, by)


def test_one_person_may_do_both_where_the_show_says_so() -> None:
    show = replace(SHOW, review=ReviewPolicy(two_people=False))
    assert signed(by="hale", show=show).approved
    assert signed(replace(DRAFT, cut_by=None), show=show).approved


def test_named_reviewers_are_the_only_ones() -> None:
    show = replace(SHOW, review=ReviewPolicy(reviewers=("hale", "gone")))
    assert may_review(show) == (HALE,)
    assert may_review(SHOW) == (LIN, HALE)
    with pytest.raises(GateError, match="may not review"):
        signed(show=show)


def test_a_withdrawn_answer_keeps_its_id_and_is_not_approved() -> None:
    answer = withdraw(signed())
    assert answer.id == DRAFT.id
    assert not answer.approved
