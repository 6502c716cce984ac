"""Review: a doctor reads and hears one answer, signs it or says what should change."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pullquote.desk.context import Desk, Who, form_pairs, page, who
from pullquote.desk.house import Read
from pullquote.desk.pages.answers import not_withdrawn
from pullquote.desk.pages.preview import preview
from pullquote.desk.pages.rounds import (
    Round,
    answer_of,
    list_round,
    opened_by,
    round_of,
)
from pullquote.desk.pages.seen import seen
from pullquote.desk.state.clips import Clips, unmuted
from pullquote.desk.state.memory import Memory
from pullquote.desk.state.requests import ReviewRequest, today
from pullquote.desk.text.beneath import beneath
from pullquote.errors import ContentError, GateError, PullquoteError, each_fault
from pullquote.formats.show_toml import load_show
from pullquote.formats.writing import writing
from pullquote.mark.cut.draft import spoken_question
from pullquote.mark.guard.answers import changes, ticked
from pullquote.mark.guard.compare import Finding
from pullquote.mark.guard.edits import counted, edits
from pullquote.model.answer import Answer
from pullquote.model.words import format_day
from pullquote.pipeline.marking.answers import write_taking_back, write_withdrawal

if TYPE_CHECKING:
    from starlette.requests import Request

LONGEST_NOTE = 5000
"""Characters."""


def routes(desk: Desk, memory: Memory, static: StaticFiles) -> Sequence[BaseRoute]:
    """Return the routes of a reviewer: by link, or by account."""
    review = _Review(desk, memory)
    found: list[BaseRoute] = []
    for way in ("/r/{secret}", "/r/{secret}/{number}", "/reviews/{number}"):
        found += [
            Route(way, review.show, methods=["GET"]),
            Route(way, review.reply, methods=["POST"]),
            Route(way + "/sound/{which}", review.sound, methods=["GET"]),
            Route(way + "/answers/{name}/", review.preview, methods=["GET"]),
            Mount(way + "/static", static),
        ]
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """What a reviewer has before them."""

    asked: ReviewRequest
    read: Read
    answer: Answer
    there: Who
    """The reviewer, as the log names them."""
    round: Round

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The changes of meaning in it."""
        return changes(self.answer, self.read.entry.turns, self.read.show)

    @property
    def shown(self) -> str:
        """Digest of what is signed and of the names and credentials that stand with it."""
        show, held = self.read.show, self.read.entry.episode.held
        people = [(self.asked.reviewer, today(show.zone))]
        people += [(speaker, held) for speaker in self.answer.speakers]
        cards = [p.on(day).card for one, day in people if (p := show.person(one))]
        text = "\n".join((self.answer.digest(), *cards))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def signed(self) -> bool:
        """It stands signed as it is, by this reviewer."""
        review = self.answer.review
        by = review.by if review else None
        return self.answer.approved and by == self.asked.reviewer

    @property
    def ends_signature(self) -> bool:
        """Asking for a change ends the signature: it is theirs, or their words are."""
        speaks = self.asked.reviewer in self.answer.speakers
        return self.signed or (self.answer.approved and speaks)


class _Review:
    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk = desk
        self._requests = memory.requests
        self._following = memory.following
        self._log = memory.log
        self._clips = Clips(desk)

    def _opened(self, request: Request) -> _Opened:
        """Return what the link, or the reviewer's own list, opens. Raises 404."""
        asked = self._asked(request)
        answer = answer_of(self._desk, asked)
        if answer is None:
            raise HTTPException(
                404, "The answer is not there any more. Ask whoever sent the link."
            )
        read = self._desk.house.read(asked.episode)
        person = read.show.person(asked.reviewer)
        if person is None:
            raise HTTPException(404, "The reviewer is not in the show any more.")
        by_link = "secret" in request.path_params
        there = None if by_link else who(request)
        known = Who(id="link", name=person.name, role="reviewer", person=person.id)
        return _Opened(
            asked=asked,
            read=read,
            answer=answer,
            there=there or known,
            round=round_of(self._desk, self._requests, request, asked),
        )

    def _asked(self, request: Request) -> ReviewRequest:
        number = request.path_params.get("number")
        self._following.look()
        rows = opened_by(self._requests, request)
        asked = next((row for row in rows if number in (None, row.id)), None)
        if asked is None or not asked.opens(datetime.now(UTC)):
            language = load_show(self._desk.folder.show).language
            raise HTTPException(404, _over(asked, language))
        if "secret" in request.path_params:
            self._check_visitor(request, asked)
        return asked

    def _check_visitor(self, request: Request, asked: ReviewRequest) -> None:
        """Raise HTTPException where it shows that somebody else opened the link.

        A reviewer with an account has to be signed in with it; and nobody else signs
        by the way while signed in as themselves.
        """
        there = who(request)
        if self._desk.local or (there and there.person == asked.reviewer):
            return
        users = request.app.state.doors.users.all()
        if there is None and any(user.person == asked.reviewer for user in users):
            raise HTTPException(401, "Sign in first: this answer is yours to review.")
        if there is not None:
            raise HTTPException(
                403,
                f"This link is {asked.reviewer}'s, and you are signed in as"
                f" {there.name}. Sign out first if you are {asked.reviewer}.",
            )

    def show(self, request: Request) -> Response:
        """Show one answer to its reviewer; of a link for several, their list."""
        if "number" not in request.path_params:
            self._following.look()
            rows = opened_by(self._requests, request)
            now = datetime.now(UTC)
            if len(rows) > 1 and (open_ := [one for one in rows if one.opens(now)]):
                self._check_visitor(request, open_[0])
                return list_round(self._desk, request, open_)
        return self._page(request, self._opened(request))

    def _page(
        self,
        request: Request,
        opened: _Opened,
        status: int = 200,
        problems: Sequence[str] = (),
        given: Sequence[tuple[str, str]] = (),
    ) -> Response:
        answer, read, findings = opened.answer, opened.read, opened.findings
        before = seen(self._desk, self._requests, opened.asked, answer, read.show)
        ticks = before.ticks if before else ()
        if opened.signed:  # what arose since in the transcript, nobody has ticked
            ticks = answer.accepted
        if given:
            ticks = tuple(value for key, value in given if key == "tick")
        return page(
            request,
            "review.html.j2",
            status,
            opened=opened,
            answer=answer,
            read=read,
            asked=opened.asked,
            findings=findings,
            kinds=counted(edits(answer, read.entry.turns, read.show)),
            sentences=beneath(answer.body, answer.answered, read.entry.turns, findings),
            asked_words=spoken_question(answer, read.entry),
            since=before,
            round=opened.round,
            html=self._desk.house.prose(answer.body),
            problems=problems,
            note=dict(given).get("note", ""),
            ticked=ticked(findings, ticks),
            today=today(read.show.zone),
            here=request.url.path.rstrip("/"),
            can_hear=self._clips.source(read) is not None,
            unmuted=unmuted(self._desk, read),
        )

    def reply(self, request: Request) -> Response:
        """Take the reviewer's word: approve, a change asked for, or withdrawn."""
        opened = self._opened(request)
        pairs = form_pairs(request)
        given = dict(pairs)
        try:
            # of two replies at once the second knows what the first one said
            with writing(self._desk.state):
                opened = self._opened(request)
                _refuse_unseen(opened, given)
                if not _said_already(opened.asked, given):
                    self._decide(opened, given, [v for k, v in pairs if k == "tick"])
        except PullquoteError as error:
            now = self._opened(request)
            same = (now.answer, now.asked) == (opened.answer, opened.asked)
            return self._page(request, now, 422, _told(error, same=same), pairs)
        return RedirectResponse(request.url.path, 303)

    def _decide(
        self, opened: _Opened, given: dict[str, str], ticks: Sequence[str]
    ) -> None:
        do = given.get("do")
        note = given.get("note", "").strip()[:LONGEST_NOTE]
        if do == "approve":
            if note:
                raise GateError(
                    opened.answer.slug,
                    "not signed: there is a note, and a signature sends none",
                    "ask for the change, or delete the note and sign",
                )
            self._approve(opened, ticks)
        elif do == "change":
            self._ask_for_change(opened, note)
        elif do == "withdraw":
            meant(given, opened.answer.slug)
            slug = opened.answer.slug
            write_withdrawal(self._desk.folder, opened.asked.episode, slug, today())
            self._done(opened, "withdrew", "withdrawn", note)
        else:
            raise GateError(
                opened.answer.slug,
                "nothing was signed or sent",
                "press the button that says what you mean",
            )

    def _approve(self, opened: _Opened, ticks: Sequence[str]) -> None:
        findings = opened.findings
        if left := len(findings) - len(ticked(findings, ticks)):
            them = "change" if left == 1 else "changes"
            raise GateError(
                opened.answer.slug,
                f"not signed: {left} {them} of meaning without a tick",
                "tick each that is right, or ask for a change",
            )
        by, show = opened.asked.reviewer, opened.read.show
        self._requests.refuse_objected(opened.answer, by, show)
        self._desk.house.approve(
            opened.asked.episode,
            opened.answer.slug,
            digest=opened.answer.digest(),
            by=by,
            on=today(show.zone),
            ticks=ticks,
        )
        self._done(opened, "approved", "approved")

    def _ask_for_change(self, opened: _Opened, note: str) -> None:
        if not note:
            raise ContentError(
                "note", "your note is empty", "say what should be changed"
            )
        did = "asked for a change"
        if opened.ends_signature:
            slug = opened.answer.slug
            write_taking_back(self._desk.folder, opened.asked.episode, slug)
            did = "took the signature back and asked for a change"
        self._done(opened, did, "change", note)

    def _done(self, opened: _Opened, did: str, outcome: str, reply: str = "") -> None:
        answer = opened.answer
        self._requests.change(
            opened.asked.id,
            outcome=outcome,
            unsigned=outcome == "change"
            and (opened.ends_signature or opened.asked.unsigned),
            reply=reply,
            replied=datetime.now(UTC),
            seen_question=answer.question,
            seen_body=answer.body,
        )
        self._log.write(
            opened.there,
            did,
            episode=opened.asked.episode,
            answer=answer.slug,
            note=reply,
            digest=answer.digest(),
        )

    def sound(self, request: Request) -> Response:
        """Send the sound of the question's or the answer's clip, and nothing else."""
        opened = self._opened(request)
        which = request.path_params["which"].removesuffix(".mp3")
        if which not in ("asked", "answered"):
            raise HTTPException(404, "There is no such sound.")
        if unmuted(self._desk, opened.read):  # where a file lies is not their concern
            raise HTTPException(409, "The sound cannot be played now.")
        clip = opened.answer.asked if which == "asked" else opened.answer.answered
        path = self._clips.path(opened.read, clip)
        return FileResponse(path, media_type="audio/mpeg")

    def preview(self, request: Request) -> Response:
        """Show the whole page as readers will see it; what is heard is beside the form."""
        opened = self._opened(request)
        slug, name = opened.asked.episode, opened.answer.slug
        return preview(self._desk, slug, name, heard=False)


def _refuse_unseen(opened: _Opened, given: dict[str, str]) -> None:
    """Raise GateError where the answer is another than the page showed, or withdrawn."""
    not_withdrawn(opened.answer)
    if opened.shown != given.get("digest"):
        raise GateError(
            f"{opened.answer.slug}.md",
            "the answer, or a name in it, was changed while you read it, and nothing was"
            " signed",
            "look at what changed, then decide",
        )


def _told(error: PullquoteError, *, same: bool) -> list[str]:
    """Return what a reviewer is told: where a file lies here is not their concern.

    ``same``: answer and request are as they were before.
    """
    if type(error) is PullquoteError:  # the disk's
        done = "and nothing was signed or sent"
        if not same:  # it was filled in between
            done = "so not all was noted: what stands here is done, and nothing else"
        return [
            f"The desk cannot write just now, {done}. Try again later, or tell whoever"
            " sent the link; your note is kept in this browser."
        ]
    return [
        f"{f.problem[:1].upper()}{f.problem[1:]}; {f.remedy}" for f in each_fault(error)
    ]


def _said_already(asked: ReviewRequest, given: dict[str, str]) -> bool:
    """Say whether this very reply came before: a button that was pressed twice.

    Raises GateError where another came since the page was made: the link is open twice.
    """
    if given.get("replied", "") == str(asked.replied or ""):
        return False
    do, note = given.get("do"), given.get("note", "").strip()
    if do == "change" and (asked.outcome, asked.reply) == ("change", note):
        return True
    if do == "approve" and asked.outcome == "approved":
        return True
    raise GateError(
        "reply",
        "you replied in another window since, and nothing more was done",
        "look at what stands here now, then decide",
    )


def _over(asked: ReviewRequest | None, language: str) -> str:
    """Return why a link opens nothing."""
    if asked is None:
        return "This link opens nothing. Perhaps a part of it was lost: copy it whole."
    if asked.closed:
        return (
            "This link was closed, perhaps because a newer one was sent:"
            " look for a later mail, or ask whoever sent it."
        )
    ended = format_day(asked.expires.astimezone().date(), language)
    return f"This link ended on {ended}. Ask whoever sent it for a new one."


def meant(given: dict[str, str], name: str) -> None:
    """Raise GateError unless the person says that it is meant: it is for good."""
    if given.get("meant") != "yes":
        raise GateError(
            f"{name}.md",
            "is not withdrawn yet",
            "tick that you mean it: it is for good",
        )
