"""The stages' buttons, and their progress: as events to a script, or by reload."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Sequence
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, StreamingResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import (
    EDITORS,
    csrf_token,
    desk_of,
    form_pairs,
    page,
    require,
    who,
)
from pullquote.desk.jobs import Job, Jobs
from pullquote.desk.pages.accounts import local_path
from pullquote.errors import UsageError

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_EVERY = 0.3
"""Seconds between two looks at the jobs."""
_BEAT = 15.0
"""Seconds of silence after which a comment keeps the connection open."""
_LOOK_AGAIN = 60.0
"""Seconds after which the browser asks anew, and its session is looked at again."""
_FOR_EDITORS = ("transcribe", "suggest", "check")


def routes(jobs: Jobs) -> Sequence[BaseRoute]:
    """Return the routes of the stages."""
    stages = _Stages(jobs)
    return (
        Route("/jobs", stages.show, methods=["GET"]),
        Route("/jobs", stages.start, methods=["POST"]),
        Route("/jobs/events", stages.events, methods=["GET"]),
        Route("/jobs/{number:int}/stop", stages.stop, methods=["POST"]),
    )


def _was_shown(jobs: Sequence[Job]) -> bool:
    """Say whether the last that was done is the dry run: what follows may change the site."""
    return [(j.stage, j.state) for j in jobs[:1]] == [("deploy --dry-run", "done")]


class _Stages:
    def __init__(self, jobs: Jobs) -> None:
        self._jobs = jobs

    def show(self, request: Request) -> Response:
        """Show every job and what it printed."""
        require(request, *EDITORS)
        return page(request, "jobs.html.j2", jobs=self._jobs.all())

    def start(self, request: Request) -> Response:
        """Start a stage, for the named episodes or for the whole show."""
        pairs = form_pairs(request)
        given = dict(pairs)
        stage = given.get("stage", "")
        roles = EDITORS if stage in _FOR_EDITORS else ("producer",)
        there = require(request, *roles)
        slugs = [value for key, value in pairs if key == "episode"]
        if stage == "deploy" and not _was_shown(self._jobs.all()):
            remedy = "look at what would be done first, then start it there"
            raise UsageError(stage, "is not started unseen", remedy)
        self._jobs.start(stage, slugs, there)
        return RedirectResponse(local_path(given.get("next", "/jobs")), 303)

    def stop(self, request: Request) -> Response:
        """End a job."""
        require(request, *EDITORS)
        if self._jobs.get(request.path_params["number"]) is None:
            raise HTTPException(404, "That job is long gone.")
        self._jobs.stop(request.path_params["number"])
        return RedirectResponse("/jobs", 303)

    async def events(self, request: Request) -> Response:
        """Send the list of jobs as HTML each time it changes (WHATWG HTML, 9.2)."""
        require(request, *EDITORS)
        template = desk_of(request).templates.get_template("jobs-list.html.j2")
        facts = {"csrf": csrf_token(request), "there": who(request)}

        async def sent() -> AsyncIterator[str]:
            seen, quiet = -1, 0.0
            until = time.monotonic() + _LOOK_AGAIN
            while not request.app.state.closing and time.monotonic() < until:
                version = self._jobs.version
                if version != seen:
                    seen, quiet = version, 0.0
                    jobs = self._jobs.all()
                    html = template.render(jobs=jobs, **facts)
                    over = [job.id for job in jobs if job.over]
                    data = json.dumps({"html": html, "over": over})
                    yield f"data: {data}\n\n"
                elif quiet >= _BEAT:
                    quiet = 0.0
                    yield ": still here\n\n"
                await asyncio.sleep(_EVERY)
                quiet += _EVERY

        return StreamingResponse(sent(), media_type="text/event-stream")
