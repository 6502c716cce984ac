"""An answer's address, and drafts that are thrown away and brought back."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, form, require
from pullquote.desk.house import known_episode
from pullquote.desk.pages.answers import answer_file, not_withdrawn
from pullquote.desk.state.memory import Memory
from pullquote.errors import UsageError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.writing import writing
from pullquote.pipeline.marking.answers import answer_of, supersede, write_edits
from pullquote.pipeline.marking.filing import (
    bring_draft_back,
    draft_again,
    drop_draft,
    rename_answer,
)
from pullquote.pipeline.private.privacy import memory
from pullquote.pipeline.private.searching import tells

if TYPE_CHECKING:
    from starlette.requests import Request


def routes(desk: Desk, memory: Memory) -> Sequence[BaseRoute]:
    """Return the routes of filing."""
    filing = _Filing(desk, memory)
    answers = "/episodes/{slug}/answers"
    return (
        Route(f"{answers}/{{name}}/address", filing.rename, methods=["POST"]),
        Route(f"{answers}/{{name}}/throw-away", filing.drop, methods=["POST"]),
        Route(f"{answers}/{{name}}/bring-back", filing.bring_back, methods=["POST"]),
        Route(f"{answers}/{{name}}/superseded", filing.supersede, methods=["POST"]),
        Route(f"{answers}/{{name}}/draft-again", filing.draft_again, methods=["POST"]),
    )


class _Filing:
    def __init__(self, desk: Desk, memory: Memory) -> None:
        self._desk, self._folder = desk, desk.folder
        self._memory = memory

    def rename(self, request: Request) -> Response:
        """Give an answer another address: its file another name."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        not_withdrawn(load_answer(path))
        new = form(request).get("address", "").strip().strip("/")
        with writing(self._desk.state):
            if tells(new, memory(self._folder)):
                remedy = "choose one without the words of a redaction"
                raise UsageError(new, "holds a private word", remedy)
            rename_answer(self._folder, self._folder.episode(slug), path.stem, new)
        if new != path.stem:
            self._memory.log.rename(slug, path.stem, new)
            self._memory.log.write(
                there, "gave another address", episode=slug, answer=new
            )
        return RedirectResponse(f"/episodes/{slug}/answers/{new}?edit&said=saved", 303)

    def drop(self, request: Request) -> Response:
        """Throw a draft away that nobody signed; its links open nothing any more."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        answer = load_answer(path)
        keep = partial(self._memory.dropped.keep, slug, path.stem)
        with writing(self._desk.state):
            drop_draft(self._folder.episode(slug), path.stem, keep)
        for one in self._memory.requests.of(slug, answer.id):
            self._memory.requests.close(one.id)
        self._memory.log.write(there, "threw away", episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers", 303)

    def bring_back(self, request: Request) -> Response:
        """Write a draft again that was thrown away."""
        there = require(request, *EDITORS)
        slug, name = request.path_params["slug"], request.path_params["name"]
        text = self._memory.dropped.text(slug, name)
        with writing(self._desk.state):
            bring_draft_back(known_episode(self._folder, slug), name, text)
            read = self._desk.house.read(slug)
            answer = answer_of(read.entry, name)
            write_edits(self._folder, read.show, read.entry, answer)
        self._memory.dropped.forget(slug, name)
        self._memory.log.write(there, "brought back", episode=slug, answer=name)
        return RedirectResponse(f"/episodes/{slug}/answers/{name}", 303)

    def supersede(self, request: Request) -> Response:
        """Note which newer answer takes an answer's place, or that none does."""
        there = require(request, *EDITORS)
        slug, path = answer_file(self._desk, request)
        given = form(request).get("newer", "").strip().strip("/")
        newer = given.rpartition("/")[2]  # an address is as good
        with writing(self._desk.state):
            answer = load_answer(path)
            not_withdrawn(answer)
            supersede(self._folder, [(self._folder.episode(slug), answer)], newer)
        note = newer or "by nothing"
        self._memory.log.write(
            there, "superseded", episode=slug, answer=path.stem, note=note
        )
        here = f"/episodes/{slug}/answers/{path.stem}"
        return RedirectResponse(f"{here}?edit&said=saved", 303)

    def draft_again(self, request: Request) -> Response:
        """Take a withdrawal back, as the producer, before the site is built."""
        there = require(request, "producer")
        slug, path = answer_file(self._desk, request)
        with writing(self._desk.state):
            draft_again(self._folder, self._folder.episode(slug), path.stem)
        did = "took the withdrawal back"
        self._memory.log.write(there, did, episode=slug, answer=path.stem)
        return RedirectResponse(f"/episodes/{slug}/answers/{path.stem}", 303)
