"""Several answers for one reviewer: gone through one after another, each by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pullquote.desk.context import Desk, page, require
from pullquote.desk.state.requests import Requests, ReviewRequest, today
from pullquote.desk.state.standing import read_answers
from pullquote.formats.show_toml import load_show
from pullquote.model.answer import Answer

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """Where a reviewer stands among all that this link, or their account, opens."""

    waiting: int = 0
    """Other answers that wait for them."""
    next: str | None = None
    """Path of the next of these."""
    question: str = ""
    """What it asks."""
    all: str | None = None
    """Path of the list."""


def opened_by(requests: Requests, request: Request) -> tuple[ReviewRequest, ...]:
    """Return what a link was made for; without one, what is an account's own."""
    if "secret" in request.path_params:
        return requests.of_link(request.path_params["secret"])
    there = require(request)
    own = [r for r in requests.all() if r.reviewer == there.person]
    return tuple(sorted(own, key=lambda r: r.due))


def round_of(
    desk: Desk, requests: Requests, request: Request, asked: ReviewRequest
) -> Round:
    """Return where one request stands among the others; each is opened by itself."""
    rows = opened_by(requests, request)
    if len(rows) == 1:
        return Round()
    at = next(n for n, row in enumerate(rows) if row.id == asked.id)
    now = datetime.now(UTC)
    rest = [
        (one, answer)
        for one in (*rows[at + 1 :], *rows[:at])
        if one.opens(now)
        if (answer := answer_of(desk, one)) and waits(one, answer)
    ]
    home = _home(request)
    return Round(
        waiting=len(rest),
        next=f"{home}/{rest[0][0].id}" if rest else None,
        question=rest[0][1].question if rest else "",
        all=home,
    )


def list_round(desk: Desk, request: Request, rows: Sequence[ReviewRequest]) -> Response:
    """List what one link opens, what waits first."""
    found = [(one, answer) for one in rows if (answer := answer_of(desk, one))]
    found.sort(key=lambda row: not waits(*row))
    show = load_show(desk.folder.show)
    return page(
        request,
        "round.html.j2",
        show=show,
        person=show.person(rows[0].reviewer),
        rows=found,
        waiting=sum(waits(one, answer) for one, answer in found),
        today=today(show.zone),
        here=_home(request),
    )


def waits(asked: ReviewRequest, answer: Answer) -> bool:
    """Say whether a reply is waited for: not to an answer that was withdrawn since."""
    return asked.outcome == "waiting" and answer.status != "withdrawn"


def answer_of(desk: Desk, asked: ReviewRequest) -> Answer | None:
    """Return the answer of a request by its permanent id; None where it is gone."""
    answers = read_answers(desk.folder.episode(asked.episode), [])
    return next((one for one in answers if one.id == asked.answer_id), None)


def _home(request: Request) -> str:
    secret = request.path_params.get("secret")
    return f"/r/{secret}" if secret else "/reviews"
