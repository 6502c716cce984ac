"""A clinician's sign-off, under the show's policy: given, and looked at again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from pullquote.errors import GateError, PullquoteError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.front_matter import key_line
from pullquote.model.answer import Answer, Review, Withdrawal
from pullquote.model.show import Person, Show


def approve(
    answer: Answer,
    *,
    by: str,
    on: date,
    show: Show,
    path: Path,
    held: date | None = None,
) -> Answer:
    """Return the answer signed as it is now; any later change reopens it.

    The review records how the reviewer is called that day and, where the day ``held``
    is known, how the speakers were then. ``path`` is for messages alone. Raises GateError where the show's policy, or
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
    if same := _cut_by_signer(answer, reviewer, show):
        raise GateError(path, *same)
    people = map(show.person, answer.speakers) if held else ()
    review = Review(
        by=by,
        on=on,
        digest=answer.digest(),
        signed_as=reviewer.on(on).card,
        answered_by=tuple(p.on(held).card for p in people if p and held),
    )
    return replace(answer, status="approved", review=review)


def signature_faults(
    answer: Answer, show: Show, path: Path
) -> Iterator[PullquoteError]:
    """Yield what is wrong with an answer's signature under the policy as it is now.

    ``path`` is the answer's file.
    """

    def fault(key: str, problem: str, remedy: str) -> GateError:
        return GateError(path, problem, remedy, line=key_line(path, key))

    review = answer.review
    if review is None:
        if answer.status == "approved":
            remedy = "set status = 'draft', then: pullquote approve"
            yield fault("status", "is approved by nobody", remedy)
        return
    reviewer = show.person(review.by)
    if reviewer is None:
        yield fault(
            "review",
            f"was signed by {review.by!r}, who is not in show.toml",
            "whoever has left stays in [[people]]; or let somebody else sign it",
        )
    elif not is_reviewer(reviewer, show) and not _was_signed(answer, path):
        problem = f"{review.by!r} may not review"
        yield fault("review", problem, "let somebody sign it who may")
    elif not _signed_as_one_of(reviewer.names, review.signed_as):
        yield fault("review", *_somebody_else(f"as {review.signed_as!r}", reviewer))
    elif same := _cut_by_signer(answer, reviewer, show):
        yield fault("cut_by", *same)
    if answer.status == "approved" and review.digest != answer.digest():
        yield fault(
            "review",
            f"was changed since {review.by} approved it on {review.on.isoformat()}",
            "let it be approved again, or take the change back",
        )


def answerer_faults(answer: Answer, show: Show, path: Path) -> Iterator[PullquoteError]:
    """Yield each speaker whose id has another name than when the answer was signed."""
    review = answer.review
    if review is None or review.digest != answer.digest():
        return  # nobody knows whose the names are that it has
    people = map(show.person, answer.speakers)
    for person, card in zip(people, review.answered_by, strict=False):
        if person is None or person.id == review.by:  # one slip, one line
            continue
        if not _signed_as_one_of(person.names, card):
            told = _somebody_else(f"with {card!r} as who answers", person)
            yield GateError(path, *told, line=key_line(path, "speakers"))


def _somebody_else(signed: str, person: Person) -> tuple[str, str]:
    """Return problem and remedy where an id is another name's than when it was signed."""
    return (
        f"was signed {signed}; {person.id!r} is {person.name!r} now",
        f"a name they had before goes into the aliases of {person.id!r} in show.toml;"
        " is it somebody else, correct the id or the name there",
    )


def _signed_as_one_of(names: Sequence[str], card: str | None) -> bool:
    """Say whether a review was given under one of these names; of old ones nobody knows.

    A page would say that it was reviewed, or answered, by whoever has the id now.
    """
    starts = tuple(start for name in names for start in (f"{name}, ", f"{name} ("))
    return card is None or card in names or card.startswith(starts)


def _cut_by_signer(
    answer: Answer, reviewer: Person, show: Show
) -> tuple[str, str] | None:
    """Return problem and remedy where the show asks for two people, and there are not."""
    if cutter_unknown(answer, show):
        return (
            "does not say who cut it, and two people are asked for",
            "write cut_by = and the id of who did, then let a second person approve it",
        )
    if _is_cutter(answer, reviewer, show):
        return (
            f"{reviewer.name} cut this answer and may not approve it too",
            "ask a second person, or set review.two_people = false in show.toml",
        )
    return None


def cutter_unknown(answer: Answer, show: Show) -> bool:
    """Say whether the show asks for two people, and nobody knows who the first is."""
    return show.review.two_people and answer.cut_by is None


def _is_cutter(answer: Answer, person: Person, show: Show) -> bool:
    return show.review.two_people and answer.cut_by == person.id


def _was_signed(answer: Answer, path: Path) -> bool:
    """Say whether an answer's copy has this review: ``approve`` wrote it when they might.

    Who may review no more has signed all the same.
    """
    copy = path.parent.parent / "approved" / f"{answer.id}.md"
    try:
        return load_answer(copy).review == answer.review
    except PullquoteError:  # there is none, or nobody can read it
        return False


def may_review(show: Show) -> tuple[Person, ...]:
    """Return who may sign answers: those named, or everybody with credentials."""
    if show.review.reviewers:
        named = (show.person(person_id) for person_id in show.review.reviewers)
        return tuple(person for person in named if person is not None)
    return tuple(person for person in show.people if person.credentials)


def reviewers_of(answer: Answer, show: Show) -> tuple[Person, ...]:
    """Return who may sign this answer, first those who speak in it, in their order."""
    may = [p for p in may_review(show) if not _is_cutter(answer, p, show)]
    order = {person: n for n, person in enumerate(answer.speakers)}
    return tuple(sorted(may, key=lambda p: order.get(p.id, len(order))))


def is_reviewer(person: Person, show: Show) -> bool:
    """Say whether a person of the show is among those who ``may_review``."""
    named = show.review.reviewers
    return person.id in named if named else bool(person.credentials)


def take_back(answer: Answer) -> Answer:
    """Return the answer without its signature and ticks: a draft again."""
    return replace(answer, status="draft", review=None, accepted=(), withdrawal=None)


def withdraw(answer: Answer, told: Withdrawal | None = None) -> Answer:
    """Return the answer taken back: its page says so, its id is never used again.

    What was ``told`` at the first withdrawal stays.
    """
    return replace(answer, status="withdrawn", withdrawal=answer.withdrawal or told)
