"""What changed in an answer since its reviewer, or anybody, last saw or signed it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pullquote.desk.context import Desk
from pullquote.desk.room.difference import Piece, since
from pullquote.desk.state.requests import Requests, ReviewRequest
from pullquote.formats.answer_md import load_answer
from pullquote.model.answer import Answer, Clip
from pullquote.model.show import Show
from pullquote.model.words import format_day


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An answer beside what it was."""

    when: str
    """Since when: ``it was last signed``."""
    question: Sequence[Piece] = ()
    body: Sequence[Piece] = ()
    moved_from: Clip | None = None
    """Where the answer lay, if nothing of what was signed but its clips changed."""
    ticks: tuple[str, ...] = ()
    """Changes of meaning that this reviewer ticked in these very words."""


def seen(
    desk: Desk,
    requests: Requests,
    asked: ReviewRequest,
    answer: Answer,
    show: Show,
) -> Seen | None:
    """Return what changed since, None where nobody saw it before."""
    signed = _signed(desk, asked, answer)
    if signed is not None and _only_moved(signed, answer):
        by = signed.review.by if signed.review else None
        return Seen(
            when="it was last signed",
            moved_from=signed.answered,
            ticks=signed.accepted if by == asked.reviewer else (),
        )
    earlier = [
        one
        for one in requests.of(asked.episode, answer.id)
        if one.seen_body is not None and one.reviewer == asked.reviewer
    ]
    if earlier:
        before = (earlier[0].seen_question or "", earlier[0].seen_body or "")
        replied = earlier[0].replied
        when = "your reply" + (
            f" of {format_day(replied.astimezone().date(), show.language)}"
            if replied
            else ""
        )
    elif signed is not None:
        before, when = (signed.question, signed.body), "it was last signed"
    else:
        return None
    question, body = since(before[0], answer.question), since(before[1], answer.body)
    return Seen(when=when, question=question, body=_unmarked(body))


def _unmarked(body: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces of Markdown without the marks of bold words that stayed so.

    A doctor reads "Dr. Lin: Rest." Where a mark itself came or went it is shown.
    """
    return tuple(
        (kind, text.replace("**", "") if kind == "same" else text)
        for kind, text in body
    )


def _signed(desk: Desk, asked: ReviewRequest, answer: Answer) -> Answer | None:
    """Return the answer as it was signed, where that is kept."""
    if answer.review is None:
        return None
    path = desk.folder.episode(asked.episode).approved(answer.id)
    return load_answer(path) if path.is_file() else None


def _only_moved(signed: Answer, answer: Answer) -> bool:
    """Say whether only the times of a signed answer changed, as after another cut."""
    there = replace(signed, asked=answer.asked, answered=answer.answered)
    return (
        answer.reopened
        and signed.approved
        and signed.digest() != answer.digest()
        and there.digest() == answer.digest()
    )
