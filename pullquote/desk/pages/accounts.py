"""The door's pages: coming in, going out, and who one is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit

from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import desk_of, form, page, require, who
from pullquote.desk.door.doors import LOCAL, Doors
from pullquote.desk.state.log import Log
from pullquote.formats.show_toml import load_show

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def routes(doors: Doors, log: Log) -> Sequence[BaseRoute]:
    """Return the door's routes."""
    door = _Door(doors, log)
    return (
        Route("/enter/{token}", door.enter, methods=["GET"]),
        Route("/login", door.ask, methods=["GET"]),
        Route("/login", door.sign_in, methods=["POST"]),
        Route("/logout", door.sign_out, methods=["POST"]),
        Route("/you", door.you, methods=["GET"]),
        Route("/you", door.choose, methods=["POST"]),
    )


def local_path(wanted: str) -> str:
    """Return where to go after coming in: a path of this desk, never elsewhere.

    >>> local_path("/episodes/x?turn=3"), local_path("//evil.example/")
    ('/episodes/x?turn=3', '/')
    """
    parts = urlsplit(wanted)
    plain = wanted.startswith("/") and not wanted.startswith(("//", "/\\"))
    safe = plain and not parts.scheme and not parts.netloc and wanted.isprintable()
    return wanted if safe else "/"


class _Door:
    def __init__(self, doors: Doors, log: Log) -> None:
        self._doors = doors
        self._log = log

    def enter(self, request: Request) -> Response:
        """Let the person at this machine in."""
        looked = request.headers.get("sec-purpose", "").startswith("prefetch")
        if looked or request.method == "HEAD":  # nobody is there yet
            return page(request, "door.html.j2", 403, problem=None, wanted="/")
        if not self._doors.enter_once(request.path_params["token"]):
            if who(request):
                return RedirectResponse("/", 303)
            problem = (
                "This address has been used. Start the desk again: it prints a new one."
            )
            return page(request, "door.html.j2", 403, problem=problem, wanted="/")
        response = RedirectResponse("/", 303)
        token = self._doors.sessions.begin(LOCAL)
        response.headers["set-cookie"] = self._doors.cookie(token)
        return response

    def ask(self, request: Request) -> Response:
        """Ask for name and password."""
        wanted = local_path(request.query_params.get("next", "/"))
        if who(request):
            return RedirectResponse(wanted, 303)
        problem = None
        if unknown := request.scope.get("pullquote.unknown"):
            problem = (
                f"{unknown} has no account here. Ask the producer: pullquote user add"
            )
        elif "undone" in request.query_params:
            problem = (
                "You were signed out, and what you sent was not done. Sign in, then"
                " send it once more."
            )
        return page(request, "door.html.j2", problem=problem, wanted=wanted)

    def sign_in(self, request: Request) -> Response:
        """Look at name and password."""
        given = form(request)
        wanted = local_path(given.get("next", "/"))
        name = given.get("name", "").strip().casefold()
        address = request.client.host if request.client else ""
        if seconds := self._doors.wait(name, address):
            minutes = -(-seconds // 60)
            span = "a minute" if minutes == 1 else f"{minutes} minutes"
            problem = f"Too many wrong passwords. Try again in {span}."
            facts = {"problem": problem, "wanted": wanted, "name": name}
            response = page(request, "door.html.j2", 429, **facts)
            response.headers["retry-after"] = str(seconds)
            return response
        if desk_of(request).local or desk_of(request).sign_on:
            user = None
        else:
            user = self._doors.sign_in(name, given.get("password", ""), address)
        if user is None:
            problem = "Name or password is wrong."
            facts = {"problem": problem, "wanted": wanted, "name": name}
            return page(request, "door.html.j2", 401, **facts)
        response = RedirectResponse(wanted, 303)
        token = self._doors.sessions.begin(user.id)
        self._log.write(user.who(), "signed in", note=address)
        response.headers["set-cookie"] = self._doors.cookie(token)
        return response

    def sign_out(self, request: Request) -> Response:
        """Close the session."""
        if token := request.scope.get("pullquote.token"):
            self._doors.sessions.end(token)
        response = RedirectResponse("/login", 303)
        response.headers["set-cookie"] = self._doors.cookie("", lasts=0)
        return response

    def you(self, request: Request) -> Response:
        """Show who one is; on this machine, ask whom of the show."""
        require(request)
        people = load_show(desk_of(request).folder.show).people
        wanted = local_path(request.query_params.get("next", "/"))
        return page(request, "you.html.j2", people=people, wanted=wanted)

    def choose(self, request: Request) -> Response:
        """Note whom of the show the person at this machine is."""
        there = require(request)
        given = form(request)
        show = load_show(desk_of(request).folder.show)
        person = show.person(given.get("person", ""))
        if there.id == LOCAL:
            token = str(request.scope.get("pullquote.token"))
            chosen = (person.id, person.name) if person else (None, None)
            self._doors.sessions.choose(token, *chosen)
        return RedirectResponse(local_path(given.get("next", "/")), 303)


def to_the_door(request: Request) -> Response:
    """Send a browser to the log-in, and back afterwards: a form to the page it stood on."""
    sent = request.method == "POST"
    came = urlsplit(request.headers.get("referer", "") if sent else str(request.url))
    wanted = came.path or "/"
    if came.query:
        wanted += f"?{came.query}"
    undone = "&undone=1" if sent else ""
    return RedirectResponse(f"/login?next={quote(wanted)}{undone}", 303)
