"""Sending answers to reviewers, taking links back, and the lists of both and of all deeds."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, Read, form, page, require
from pullquote.desk.pages.answers import DUE_DAYS, answer_file, not_withdrawn
from pullquote.desk.pages.review import LONGEST_NOTE, answer_of, meant
from pullquote.desk.pages.shelf import PATIENCE, due_again
from pullquote.desk.state.index import Index
from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import LINK_DAYS, today
from pullquote.desk.state.standing import StandingAnswer
from pullquote.errors import GateError
from pullquote.formats.answer_md import load_answer, save_cutter
from pullquote.formats.show_toml import load_show
from pullquote.formats.writing import writing
from pullquote.mark.private.unresolved import private_faults
from pullquote.mark.review.sign_off import cutter_unknown, reviewers_of
from pullquote.model.answer import Answer

if TYPE_CHECKING:
    from starlette.requests import Request

_DEEDS = 500
SOON_DAYS = 30
"""Days before the next review from which an answer is listed."""


def routes(desk: Desk, memory: Memory, index: Index) -> Sequence[BaseRoute]:
    """Return the routes of sending."""
    sending = _Sending(desk, memory, index)
    one = "/episodes/{slug}/answers/{name}"
    return (
        Route(f"{one}/send", sending.send, methods=["POST"]),
        Route(f"{one}/take-back", sending.take_back, methods=["POST"]),
        Route(f"{one}/withdraw", sending.withdraw, methods=["POST"]),
        Route("/reviews", sending.reviews, methods=["GET"]),
        Route("/log", sending.log, methods=["GET"]),
    )


class _Sending:
    def __init__(self, desk: Desk, memory: Memory, index: Index) -> None:
        self._desk = desk
        self._requests = memory.requests
        self._log = memory.log
        self._index = index

    def send(self, request: Request) -> Response:
        """Send an answer to a reviewer and show the link, this once."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        given = form(request)
        read = self._desk.house.read(slug)
        if read.show.person(cutter := given.get("cut_by", "")):
            with writing(self._desk.state):
                save_cutter(path, cutter)  # the form asks where the file does not say
        answer = load_answer(path)
        _refuse(answer, read, path)
        reviewer = read.show.person(given.get("reviewer", ""))
        if reviewer is None or reviewer not in reviewers_of(answer, read.show):
            problem = "cannot be reviewed by that person"
            names = ", ".join(p.name for p in reviewers_of(answer, read.show))
            raise GateError(path, problem, f"choose one of: {names or 'nobody yet'}")
        asked, secret = self._requests.send(
            episode=slug,
            answer_id=answer.id,
            reviewer=reviewer.id,
            by=there.id,
            by_person=there.person,
            due=_day(given.get("due"), today() + timedelta(days=DUE_DAYS)),
            days=_days(given.get("days")),
            note=given.get("note", "").strip()[:LONGEST_NOTE],
            secret=given.get("secret", ""),
        )
        did, note = "sent for review", reviewer.name
        self._log.write(there, did, episode=slug, answer=path.stem, note=note)
        return page(
            request,
            "sent.html.j2",
            answer=answer,
            read=read,
            reviewer=reviewer,
            asked=asked,
            link=f"{self._desk.address}/r/{secret}",
        )

    def take_back(self, request: Request) -> Response:
        """Close a link: it opens nothing any more."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        answer = load_answer(path)
        number = form(request).get("request", "")
        for one in self._requests.of(slug, answer.id):
            if one.id == number:
                self._requests.close(number)
                did, note = "took the link back", one.reviewer
                self._log.write(there, did, episode=slug, answer=path.stem, note=note)
        return RedirectResponse(f"/episodes/{slug}/answers/{path.stem}", 303)

    def withdraw(self, request: Request) -> Response:
        """Take an answer back for good, as the producer."""
        there = require(request, "producer")
        slug, path = answer_file(self._desk, request)
        meant(form(request), path.stem)
        self._desk.house.withdraw(slug, path.stem)
        self._log.write(there, "withdrew", episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers/{path.stem}", 303)

    def reviews(self, request: Request) -> Response:
        """List what waits for review: all of it, for a reviewer what is theirs."""
        there = require(request)
        self._index.refresh(PATIENCE)
        known = {(s.slug, a.id): a for s in self._index.standings() for a in s.answers}
        found = [
            (one, known.get((one.episode, one.answer_id)) or answer_of(self._desk, one))
            for one in self._requests.all()
            if one.outcome != "taken back"
            and (there.role != "reviewer" or one.reviewer == there.person)
        ]
        now = today()
        late = [row for row in found if row[0].overdue(now)]
        waiting = [row for row in found if row[0].outcome == "waiting"]
        return page(
            request,
            "reviews.html.j2",
            show=load_show(self._desk.folder.show),
            found=found,
            late=late,
            open=[row for row in waiting if row not in late],
            again=self._due_again() if there.role != "reviewer" else (),
            replied=[row for row in found if row not in waiting],
            today=now,
            built=self._desk.house.built(),
        )

    def _due_again(self) -> list[tuple[str, StandingAnswer, date]]:
        """Return signed answers that are to be reviewed again within a month."""
        show = load_show(self._desk.folder.show)
        soon = today() + timedelta(days=SOON_DAYS)
        lasts = timedelta(days=show.review.due_days)
        found = [
            (one.slug, answer, answer.reviewed + lasts)
            for one in self._index.standings()
            for answer in due_again(one, show, soon)
            if answer.reviewed
        ]
        return sorted(found, key=lambda row: row[2])

    def log(self, request: Request) -> Response:
        """Show who did what, when."""
        require(request, *EDITORS)
        episode = request.query_params.get("episode") or None
        answer = request.query_params.get("answer") or None
        deeds = []
        for deed in self._log.newest(episode=episode, answer=answer):
            deeds.append(deed)
            if len(deeds) == _DEEDS:
                break
        return page(request, "log.html.j2", deeds=deeds, episode=episode, answer=answer)


def _refuse(answer: Answer, read: Read, path: Path) -> None:
    """Raise GateError where an answer could not be signed as it is."""
    not_withdrawn(answer)
    if left := len(private_faults(answer, read.entry, read.show, path)):
        each = "a private detail stands" if left == 1 else f"{left} stand"
        problem = f"cannot be signed yet: {each} open in its clips"
        remedy = "redact it, or say that it may stay, beside the answer; then send"
        raise GateError(path, problem, remedy)
    if cutter_unknown(answer, read.show):
        problem = "does not say who cut it, and two people are asked for"
        raise GateError(path, problem, "say who cut it: somebody else signs")


def _day(text: str | None, otherwise: date) -> date:
    try:
        found = date.fromisoformat(text or "")
    except ValueError:
        return otherwise
    return found if found >= today() else otherwise


def _days(text: str | None) -> int:
    days = int(text) if text and text.isdecimal() and len(text) < 4 else LINK_DAYS
    return min(max(days, 1), 365)
