"""Suggestions, cuts and refusals: from the transcript to an answer's page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_args
from urllib.parse import quote

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, fields, require
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.log import Log
from pullquote.desk.state.standing import read_answers, undecided
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.mark.cut.question import page_question
from pullquote.mark.suggest.habits import Habits
from pullquote.mark.suggest.signs import explain
from pullquote.model.answer import Clip, Suggestion
from pullquote.model.decision import Reason
from pullquote.model.transcript import Word, start_of

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def routes(desk: Desk, rooms: Rooms, log: Log) -> Sequence[BaseRoute]:
    """Return the routes of cutting."""
    cutting = _Cutting(desk, rooms, log)
    at = "/episodes/{slug}"
    return (
        Route(at + "/suggestions", cutting.suggestions, methods=["GET"]),
        Route(at + "/cut", cutting.cut, methods=["POST"]),
        Route(at + "/reject", cutting.reject, methods=["POST"]),
    )


class _Cutting:
    def __init__(self, desk: Desk, rooms: Rooms, log: Log) -> None:
        self._desk = desk
        self._rooms = rooms
        self._log = log

    def suggestions(self, request: Request) -> Response:
        """Return what was suggested, and which of it waits for an editor."""
        require(request, *EDITORS)
        slug = str(request.path_params["slug"])
        keeper = self._rooms.get(slug)
        found, waiting = self._found(slug)
        with keeper.lock:
            turns = keeper.room.times.of_turns.values()
            said = sorted((w for words in turns for w in words), key=start_of)
        rows = [_row(one, said, waits=one.rank in waiting) for one in found]
        return JSONResponse({"suggestions": rows})

    def _found(self, slug: str) -> tuple[tuple[Suggestion, ...], frozenset[int]]:
        """Return the suggestions, and the numbers of those that wait."""
        paths = self._desk.folder.episode(slug)
        path = paths.suggestions
        found = load_suggestions(path) if path.is_file() else ()
        answers = tuple(read_answers(paths, []))
        waiting = undecided(found, answers, load_decisions(paths.decisions))
        return found, frozenset(one.rank for one in waiting)

    def cut(self, request: Request) -> Response:
        """Write a draft answer from what is marked, and say where its page is."""
        there = require(request, *EDITORS)
        slug = str(request.path_params["slug"])
        given = fields(request)
        asked, answered = _clip(given.get("asked")), _clip(given.get("answered"))
        joined = given.get("joined") or []
        if not isinstance(joined, list) or not all(isinstance(n, int) for n in joined):
            raise HTTPException(400, "Joined are numbers of suggestions.")
        self._rooms.get(slug)
        self._rooms.flush(slug)
        house = self._desk.house
        answer = house.cut(slug, asked, answered, by=there.person)
        for number in self._found(slug)[1].intersection(joined):
            house.reject(slug, number, by=there.person, reason="joined")
        self._log.write(there, "cut", episode=slug, answer=answer.slug)
        href = f"/episodes/{quote(slug)}/answers/{quote(answer.slug)}"
        return JSONResponse({"href": href})

    def reject(self, request: Request) -> Response:
        """Keep that a suggestion is not wanted, and why."""
        there = require(request, *EDITORS)
        slug = str(request.path_params["slug"])
        given = fields(request)
        number, reason = given.get("number"), _reason(given.get("reason"))
        if not isinstance(number, int) or reason is None:
            raise HTTPException(400, "Say which suggestion, and why.")
        self._desk.house.reject(slug, number, by=there.person, reason=reason)
        note = f"suggestion {number}: {reason}"
        self._log.write(there, "refused", episode=slug, note=note)
        return JSONResponse({})


def _clip(given: object) -> Clip:
    match given:
        case [int(start), int(end)] if 0 <= start < end:
            return Clip(start=start, end=end)
    raise HTTPException(400, "A clip is two times, the first before the second.")


def _reason(given: object) -> Reason | None:
    known: tuple[Reason, ...] = get_args(Reason)
    return next((reason for reason in known if reason == given), None)


def _row(one: Suggestion, said: Sequence[Word], *, waits: bool) -> dict[str, Any]:
    answer = one.answer
    # as it stands by now: what the machine heard may be corrected
    asked = _said(said, one.question.start, one.question.end)
    return {
        "number": one.rank,
        "asked": [one.question.start, one.question.end],
        "answered": [answer.start, answer.end] if answer else None,
        "text": page_question(asked or one.question.text),
        "waits": waits,
        "sure": _sure(one),
        # who answers, and how long, the page says as the names are by now
        "why": list(explain(replace(one, answer=None), Habits()))[:-1],
    }


def _said(words: Sequence[Word], start: int, end: int) -> str:
    """Return the words whose middle lies in a stretch; they come by their start."""
    first = max(0, bisect_left(words, start, key=start_of) - 1)
    near = words[first : bisect_left(words, end, key=start_of)]
    return " ".join(w.text for w in near if start <= (w.start + w.end) // 2 < end)


def _sure(one: Suggestion) -> str:
    """Return how sure the machine is, in words."""
    if one.answer is None:
        return ""
    chance = one.p_question * one.p_answered
    return "sure" if chance >= 0.75 else "likely" if chance >= 0.4 else "unsure"
