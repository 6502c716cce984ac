"""The desk as one ASGI application: pages, gate, and what happens when one fails."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import BaseRoute, Mount
from starlette.staticfiles import StaticFiles

from pullquote.desk.context import Desk, SignOn, desk_of, page, wants_json, who
from pullquote.desk.door.doors import Doors
from pullquote.desk.door.gate import Gate
from pullquote.desk.house import House
from pullquote.desk.jobs import Jobs
from pullquote.desk.pages import (
    accounts,
    answers,
    cutting,
    filing,
    finding,
    preview,
    redactions,
    review,
    sending,
    shelf,
    stages,
    transcript,
    versions,
)
from pullquote.desk.room.operations import who_asks
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.index import Index
from pullquote.desk.state.memory import Memory, forget
from pullquote.errors import PullquoteError, UsageError, each_fault
from pullquote.formats.clock import format_short_clock
from pullquote.formats.disk import unwritable
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_po import packaged_templates
from pullquote.model.words import format_day
from pullquote.pipeline.private.redacting import finish_redactions

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response


_NO_PAGE = "There is no such page; what it showed may have been renamed or taken away."
_BROKEN = (
    "The desk failed here. If Pullquote was upgraded since the desk was started, end the"
    " desk and start it again at the same port; transcripts and answers that are open"
    " keep what is typed meanwhile."
)


def desk_app(
    folder: ShowFolder, address: str, *, local: bool, sign_on: SignOn | None = None
) -> Starlette:
    """Return the desk over a show; ``context.Desk`` says what is asked for."""
    with suppress(PullquoteError):  # the next redaction, or `run`, says what is wrong
        finish_redactions(folder, forget)
    packaged = packaged_templates()
    desk = Desk(
        folder=folder,
        house=House(folder),
        templates=_templates(packaged / "desk"),
        static=(packaged / "desk" / "static",),
        site_static=(folder.templates / "static", packaged / "static"),
        address=address,
        local=local,
        sign_on=sign_on,
    )
    return _app(desk)


def _app(desk: Desk) -> Starlette:
    """Return the application. Each page is a module with ``routes``."""
    doors = Doors(desk)
    index = Index(desk.folder, desk.state / "index.db")
    jobs = Jobs(desk.house.command)
    memory = Memory(desk.state)
    rooms = Rooms(desk)
    site_static = _Static(desk.site_static)
    routes: Sequence[BaseRoute] = (
        *accounts.routes(doors, memory.log),
        *shelf.routes(desk, index, memory, jobs),
        *stages.routes(jobs),
        *transcript.routes(desk, rooms, memory.log),
        *cutting.routes(desk, rooms, memory.log),
        *finding.routes(desk, rooms),
        *versions.routes(rooms, doors.users),
        *answers.routes(desk, memory),
        *redactions.routes(desk, rooms, memory),
        *filing.routes(desk, memory),
        *preview.routes(desk, site_static),
        *sending.routes(desk, memory, index),
        *review.routes(desk, memory, site_static),
        Mount("/static", _Static((*desk.static, *desk.site_static))),
    )

    @asynccontextmanager
    async def closing(app: Starlette) -> AsyncIterator[None]:
        yield
        jobs.close()
        await run_in_threadpool(rooms.close)
        index.close()

    app = Starlette(
        lifespan=closing,
        routes=routes,
        middleware=[Middleware(Gate, desk=desk, doors=doors)],
        exception_handlers={
            HTTPException: _refused,
            PullquoteError: _failed,
            OSError: _disk_refused,
            Exception: _broken,
        },
    )
    app.state.desk = desk
    app.state.doors = doors
    app.state.closing = False
    app.state.rooms = rooms
    return app


def _templates(folder: Path) -> Environment:
    """Return the desk's templates, all of which escape what they are given."""
    import jinja2

    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
    )
    made.globals.update(
        clock=format_short_clock,
        day=format_day,
        name_of=answers.name_of,
        state_of=answers.state_of,
        who_asks=who_asks,
    )
    return made


class _Static(StaticFiles):
    """Style and scripts, looked up in several folders."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(directory=folders[-1])  # always there
        self.all_directories = [*folders]

    def file_response(self, *args: object, **given: object) -> Response:
        response: Response = super().file_response(*args, **given)  # type: ignore[arg-type]
        response.headers["cache-control"] = "no-cache"
        return response


def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 401 and who(request) is None and not wants_json(request):
        return accounts.to_the_door(request)
    # the router's own word, not a page's
    unknown = error.status_code == 404 and error.detail == "Not Found"
    return _told(request, error.status_code, (_NO_PAGE if unknown else error.detail,))


def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, PullquoteError)
    # the base class is the disk's: nothing is wrong with what was sent
    status = 507 if type(error) is PullquoteError else 422
    status = 404 if isinstance(error, UsageError) else status
    return _told(request, status, tuple(map(str, each_fault(error))))


def _disk_refused(request: Request, error: Exception) -> Response:
    """Answer where a file cannot be deleted or looked at; its place is nobody's concern."""
    assert isinstance(error, OSError)
    name = Path(str(error.filename or desk_of(request).folder.root)).name
    return _failed(request, unwritable(name, error))


def _broken(request: Request, error: Exception) -> Response:
    """Answer what no page foresaw, without a template: it may be of a newer Pullquote.

    That is read and imported when it is first needed, beside what was started before.
    """
    if wants_json(request):
        return JSONResponse({"problems": [_BROKEN]}, 500)
    return PlainTextResponse(_BROKEN, 500)


def _told(request: Request, status: int, problems: Sequence[str]) -> Response:
    if wants_json(request):
        return JSONResponse({"problems": list(problems)}, status)
    return page(request, "problem.html.j2", status, problems=problems)
