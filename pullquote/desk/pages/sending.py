"""Sending answers to reviewers, taking links back, and the lists of both and of all deeds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, Who, form, form_pairs, page, require
from pullquote.desk.house import Read
from pullquote.desk.pages.answers import DUE_DAYS, answer_file, not_withdrawn
from pullquote.desk.pages.review import LONGEST_NOTE, meant
from pullquote.desk.pages.rounds import answer_of
from pullquote.desk.pages.shelf import PATIENCE, due_again
from pullquote.desk.state.index import Index
from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import (
    LINK_DAYS,
    ReviewRequest,
    new_secret,
    today,
)
from pullquote.desk.state.standing import StandingAnswer, read_answers
from pullquote.errors import GateError, PullquoteError, UsageError, each_fault
from pullquote.formats.answer_md import load_answer, save_cutter
from pullquote.formats.show_toml import load_show
from pullquote.formats.toml import one_or_many
from pullquote.formats.writing import writing
from pullquote.mark.private.unresolved import private_faults
from pullquote.mark.review.sign_off import cutter_unknown, may_review, reviewers_of
from pullquote.model.answer import Answer
from pullquote.model.show import Person
from pullquote.pipeline.building.unchanged import built_at
from pullquote.pipeline.marking.answers import write_withdrawal
from pullquote.pipeline.private.searching import refuse_private

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
        Route("/reviews/send", sending.send_round, methods=["POST"]),
        Route("/log", sending.log, methods=["GET"]),
    )


class _Sending:
    def __init__(self, desk: Desk, memory: Memory, index: Index) -> None:
        self._desk = desk
        self._requests = memory.requests
        self._following = memory.following
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
        reviewer = self._reviewer(answer, read, path, given)
        back = f"/episodes/{slug}/answers/{answer.slug}"
        return self._sent(request, there, [(slug, answer)], reviewer, back)

    def send_round(self, request: Request) -> Response:
        """Send several answers to one reviewer by one link; each is signed by itself.

        Where one of them cannot be signed, all such are named and nothing is sent.
        """
        there = require(request, *EDITORS)
        found: list[tuple[str, Answer]] = []
        faults: list[PullquoteError] = []
        reviewer = None
        for key, value in form_pairs(request):
            slug, _, answer_id = value.partition("/")
            if key != "answer":
                continue
            try:
                read = self._desk.house.read(slug)
                answer = next(
                    (a for a in read.entry.answers if a.id == answer_id), None
                )
                if answer is None:
                    raise UsageError(
                        value, "is no answer any more", "load the page anew"
                    )
                path = self._desk.folder.episode(slug).answer(answer.slug)
                reviewer = self._reviewer(answer, read, path, form(request))
                found.append((slug, answer))
            except PullquoteError as error:
                faults += each_fault(error)
        if faults:
            raise one_or_many(Path("reviews"), faults)
        if reviewer is None:
            raise UsageError("reviews", "no answer is chosen", "tick at least one")
        return self._sent(request, there, found, reviewer, "/reviews")

    def _reviewer(
        self, answer: Answer, read: Read, path: Path, given: Mapping[str, str]
    ) -> Person:
        """Return who is to review an answer.

        Raises GateError or FaultsError where that cannot be.
        """
        _refuse(answer, read, path)
        refuse_private(self._desk.folder, answer, path)
        reviewer = read.show.person(given.get("reviewer", ""))
        if reviewer is None or reviewer not in reviewers_of(answer, read.show):
            problem = "cannot be reviewed by that person"
            names = ", ".join(p.name for p in reviewers_of(answer, read.show))
            raise GateError(path, problem, f"choose one of: {names or 'nobody yet'}")
        return reviewer

    def _sent(
        self,
        request: Request,
        there: Who,
        found: Sequence[tuple[str, Answer]],
        reviewer: Person,
        back: str,
    ) -> Response:
        """Keep that answers are sent, each with its episode, and show their link."""
        given = form(request)
        rows, secret = self._requests.send_round(
            [(slug, answer.id) for slug, answer in found],
            reviewer=reviewer.id,
            by=there.id,
            by_person=there.person,
            due=_day(given.get("due"), today() + timedelta(days=DUE_DAYS)),
            days=_days(given.get("days")),
            note=given.get("note", "").strip()[:LONGEST_NOTE],
            secret=given.get("secret", ""),
        )
        did, note = "sent for review", reviewer.name
        for slug, answer in found:
            self._log.write(there, did, episode=slug, answer=answer.slug, note=note)
        return page(
            request,
            "sent.html.j2",
            show=load_show(self._desk.folder.show),
            answers=[answer for _, answer in found],
            back=back,
            reviewer=reviewer,
            asked=rows[0],
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
        given = form(request)
        meant(given, path.stem)
        reason = " ".join(given.get("reason", "").split())
        write_withdrawal(self._desk.folder, slug, path.stem, today(), reason)
        self._log.write(there, "withdrew", episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers/{path.stem}", 303)

    def reviews(self, request: Request) -> Response:
        """List what waits for review: all of it, for a reviewer what is theirs."""
        there = require(request)
        self._following.look()
        self._index.refresh(PATIENCE)
        known = {(s.slug, a.id): a for s in self._index.standings() for a in s.answers}
        found = [
            (one, known.get((one.episode, one.answer_id)) or answer_of(self._desk, one))
            for one in self._requests.all()
            if one.outcome != "taken back"
            and (there.role != "reviewer" or one.reviewer == there.person)
        ]
        found = [row for row in found if not self._is_over(*row)]
        now = today()
        editor = there.role != "reviewer"
        waiting = [row for row in found if row[0].outcome == "waiting"]
        waiting.sort(key=lambda row: row[0].due)
        late = [row for row in waiting if row[0].overdue(now)]
        return page(
            request,
            "reviews.html.j2",
            show=load_show(self._desk.folder.show),
            found=found,
            late=late,
            open=[row for row in waiting if row not in late],
            again=self._again({one.answer_id for one, _ in waiting}) if editor else (),
            secret=new_secret,
            due=now + timedelta(days=DUE_DAYS),
            replied=[row for row in found if row not in waiting],
            today=now,
            built=built_at(self._desk.folder),
        )

    def _is_over(
        self, asked: ReviewRequest, answer: StandingAnswer | Answer | None
    ) -> bool:
        """Say whether no reply will come: the answer was withdrawn, or is gone.

        What cannot be read may be it. A file that comes back waits again.
        """
        if asked.outcome != "waiting":
            return False
        if answer is None:
            faults: list[str] = []
            list(read_answers(self._desk.folder.episode(asked.episode), faults))
            return not faults
        state = answer.state if isinstance(answer, StandingAnswer) else answer.status
        return state == "withdrawn"

    def _again(self, waiting: Collection[str]) -> list[dict[str, Any]]:
        """Return what is to be signed again, by who signed it, the earliest due first.

        Answers whose next review is due within a month, or that were changed since;
        not those that wait for a reply.
        """
        show = load_show(self._desk.folder.show)
        soon = today() + timedelta(days=SOON_DAYS)
        lasts = timedelta(days=show.review.due_days)
        rows: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in self._index.standings():
            changed = tuple(a for a in one.answers if a.state == "changed")
            for answer in (*due_again(one, show, soon), *changed):
                if answer.reviewed and answer.by and answer.id not in waiting:
                    due = answer.reviewed + lasts
                    row = {"episode": one.slug, "answer": answer, "due": due}
                    rows[answer.by].append(row)
        return [
            {
                "by": by,
                "rows": sorted(found, key=lambda row: row["due"]),
                # first who did
                "reviewers": sorted(may_review(show), key=lambda p: p.id != by),
            }
            for by, found in sorted(rows.items())
        ]

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
