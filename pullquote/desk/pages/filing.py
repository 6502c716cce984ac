"""An answer's address, and drafts that are thrown away and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import Desk, form, require
from pullquote.desk.pages.answers import answer_file, not_withdrawn
from pullquote.desk.state.dropped import Dropped
from pullquote.desk.state.log import Log
from pullquote.desk.state.requests import Requests
from pullquote.formats.answer_md import load_answer

if TYPE_CHECKING:
    from starlette.requests import Request


def routes(
    desk: Desk, requests: Requests, log: Log, dropped: Dropped
) -> Sequence[BaseRoute]:
    """Return the routes of filing."""
    room = _Filing(desk, requests, log, dropped)
    answers = "/episodes/{slug}/answers"
    return (
        Route(f"{answers}/{{name}}/address", room.rename, methods=["POST"]),
        Route(f"{answers}/{{name}}/throw-away", room.drop, methods=["POST"]),
        Route(f"{answers}/{{name}}/bring-back", room.bring_back, methods=["POST"]),
        Route(f"{answers}/{{name}}/superseded", room.supersede, methods=["POST"]),
        Route(f"{answers}/{{name}}/draft-again", room.draft_again, methods=["POST"]),
    )


class _Filing:
    def __init__(
        self, desk: Desk, requests: Requests, log: Log, dropped: Dropped
    ) -> None:
        self._desk = desk
        self._requests = requests
        self._log = log
        self._dropped = dropped

    def rename(self, request: Request) -> Response:
        """Give an answer another address: its file another name."""
        there = require(request, "producer", "editor")
        slug = request.path_params["slug"]
        path = answer_file(self._desk, slug, request.path_params["name"])
        not_withdrawn(load_answer(path))
        new = form(request).get("address", "").strip().strip("/")
        self._desk.house.rename(slug, path.stem, new)
        if new != path.stem:
            self._log.rename(slug, path.stem, new)
            self._log.write(there, "gave another address", episode=slug, answer=new)
        return RedirectResponse(f"/episodes/{slug}/answers/{new}?edit&said=saved", 303)

    def drop(self, request: Request) -> Response:
        """Throw a draft away that nobody signed; its links open nothing any more."""
        there = require(request, "producer", "editor")
        slug = request.path_params["slug"]
        path = answer_file(self._desk, slug, request.path_params["name"])
        answer = load_answer(path)
        keep = partial(self._dropped.keep, slug, path.stem)
        self._desk.house.drop(slug, path.stem, keep)
        for one in self._requests.of(slug, answer.id):
            waits = one.outcome == "waiting"
            outcome = "taken back" if waits else one.outcome
            self._requests.change(one.id, closed=True, outcome=outcome)
        self._log.write(there, "threw away", episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers", 303)

    def bring_back(self, request: Request) -> Response:
        """Write a draft again that was thrown away."""
        there = require(request, "producer", "editor")
        slug, name = request.path_params["slug"], request.path_params["name"]
        text = self._dropped.text(slug, name)
        self._desk.house.bring_back(slug, name, text)
        self._dropped.forget(slug, name)
        self._log.write(there, "brought back", episode=slug, answer=name)
        return RedirectResponse(f"/episodes/{slug}/answers/{name}", 303)

    def supersede(self, request: Request) -> Response:
        """Note which newer answer takes an answer's place, or that none does."""
        there = require(request, "producer", "editor")
        slug = request.path_params["slug"]
        path = answer_file(self._desk, slug, request.path_params["name"])
        not_withdrawn(load_answer(path))
        given = form(request).get("newer", "").strip().strip("/")
        newer = given.rpartition("/")[2]  # an address is as good
        self._desk.house.supersede(slug, path.stem, newer)
        note = newer or "by nothing"
        self._log.write(there, "superseded", episode=slug, answer=path.stem, note=note)
        here = f"/episodes/{slug}/answers/{path.stem}"
        return RedirectResponse(f"{here}?edit&said=saved", 303)

    def draft_again(self, request: Request) -> Response:
        """Take a withdrawal back, as the producer, before the site is built."""
        there = require(request, "producer")
        slug = request.path_params["slug"]
        path = answer_file(self._desk, slug, request.path_params["name"])
        self._desk.house.draft_again(slug, path.stem)
        did = "took the withdrawal back"
        self._log.write(there, did, episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers/{path.stem}", 303)
