"""A clinician's sign-off, under the show's policy."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from pullquote.errors import GateError
from pullquote.model.answer import Answer, Review
from pullquote.model.show import Person, Show


def approve(answer: Answer, *, by: str, on: date, show: Show, path: Path) -> Answer:
    """Return the answer signed as it is now; any later change reopens it.

    ``path`` is for messages alone. Raises GateError where the show's policy, or
    the answer's state, forbids it.
    """
    if answer.status == "withdrawn":
        raise GateError(
            path, "was withdrawn for good", "cut a new answer, with a new id"
        )
    if not answer.question.strip() or not answer.body.strip():
        raise GateError(
            path, "has no question or no text", "write it before it is signed"
        )
    if not answer.speakers:
        raise GateError(path, "names no speaker", "say in `speakers` who answers")
    reviewer = show.person(by)
    if reviewer is None:
        known = ", ".join(person.id for person in may_review(show)) or "nobody yet"
        raise GateError(
            path, f"{by!r} is nobody in show.toml", f"choose who may review: {known}"
        )
    if not is_reviewer(reviewer, show):
        raise GateError(
            path,
            f"{reviewer.name} may not review",
            "add the id to review.reviewers in show.toml, or ask someone who may",
        )
    if show.review.two_people and answer.cut_by is None:
        raise GateError(
            path,
            "does not say who cut it, and two people are asked for",
            "write cut_by = and the id of who did, before a second person approves",
        )
    if show.review.two_people and answer.cut_by == by:
        raise GateError(
            path,
            f"{reviewer.name} cut this answer and may not approve it too",
            "ask a second person, or set review.two_people = false in show.toml",
        )
    review = Review(by=by, on=on, digest=answer.digest())
    return replace(answer, status="approved", review=review)


def may_review(show: Show) -> tuple[Person, ...]:
    """Return who may sign answers: those named, or everybody with credentials."""
    if show.review.reviewers:
        named = (show.person(person_id) for person_id in show.review.reviewers)
        return tuple(person for person in named if person is not None)
    return tuple(person for person in show.people if person.credentials)


def is_reviewer(person: Person, show: Show) -> bool:
    """Say whether a person of the show is among those who ``may_review``."""
    named = show.review.reviewers
    return person.id in named if named else bool(person.credentials)


def take_back(answer: Answer) -> Answer:
    """Return the answer without its signature and ticks: a draft again."""
    return replace(answer, status="draft", review=None, accepted=())


def withdraw(answer: Answer) -> Answer:
    """Return the answer taken back: its page says so, its id is never used again."""
    return replace(answer, status="withdrawn")
