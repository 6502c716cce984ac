"""What every page of the desk is given: the show, the house around it, who is there."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args
from urllib.parse import parse_qsl, urlsplit

from pullquote.desk.house import House
from pullquote.formats.folder import ShowFolder

if TYPE_CHECKING:
    from jinja2 import Environment
    from starlette.requests import Request
    from starlette.responses import Response

UserRole = Literal["producer", "editor", "reviewer"]
ROLES: tuple[UserRole, ...] = get_args(UserRole)
"""A producer may all that an editor may; a reviewer only reads and signs."""
EDITORS: tuple[UserRole, ...] = ("producer", "editor")
"""Who may change what people will read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The person at the other end of a request."""

    id: str
    """Name of the account, ``local`` on this machine."""
    name: str
    """As others see it: "being edited by Ann"."""
    role: UserRole
    person: str | None = None
    """Id in show.toml under which this person cuts and signs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """One desk over one show."""

    folder: ShowFolder
    house: House
    templates: Environment
    static: tuple[Path, ...]
    """Folders of fixed files, the first that has a file gives it."""
    site_static: tuple[Path, ...]
    """Those of the site, the show's own first: the desk shares its colours."""
    address: str
    """Where browsers reach it, ``http://127.0.0.1:8100``, without a slash."""
    local: bool
    """On this machine alone: a one-time address is enough to come in."""
    sign_on: SignOn | None = None
    shown: dict[tuple[str, str], str] = field(default_factory=dict)
    """Ids of answers by the episode and the address they were shown at: a page that is
    open finds its answer when the file has another name."""

    @property
    def state(self) -> Path:
        """What the desk remembers beside the show's own files."""
        return self.folder.desk

    def is_ours(self, host: str) -> bool:
        """Say whether a Host header names this desk; on this machine by any name."""
        ours = urlsplit(self.address).netloc
        if not self.local:
            return host == ours
        port = ours.rpartition(":")[2]
        return host in (f"127.0.0.1:{port}", f"localhost:{port}", f"[::1]:{port}")


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOn:
    """The house's single sign-on: a proxy that says in a header who is there."""

    header: str
    proxy: str
    """The address that the proxy connects from; nobody else is believed."""


def desk_of(request: Request) -> Desk:
    """Return the desk that a request came to."""
    found: Desk = request.app.state.desk
    return found


def who(request: Request) -> Who | None:
    """Return who is there, None where nobody came in."""
    found: Who | None = request.scope.get("pullquote.who")
    return found


def require(request: Request, *roles: UserRole) -> Who:
    """Return who is there if one of the roles is theirs; without roles: anybody known.

    Raises HTTPException: 401 sends a browser to the door, 403 says no.
    """
    from starlette.exceptions import HTTPException

    there = who(request)
    if there is None:
        raise HTTPException(401, "You are not signed in.")
    if roles and there.role not in roles:
        whose = " or ".join(
            f"{'an' if one == 'editor' else 'a'} {one}" for one in roles
        )
        raise HTTPException(403, f"This is for {whose}; you came in as {there.role}.")
    return there


def csrf_token(request: Request) -> str:
    """Return what a form of this page sends back as ``csrf``, or ``X-CSRF-Token``."""
    return str(request.scope.get("pullquote.csrf", ""))


def form(request: Request) -> dict[str, str]:
    """Return the fields of a form; of one that occurs more than once the last."""
    return dict(form_pairs(request))


def form_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the fields of a form in their order, ``\\r\\n`` made ``\\n``."""
    pairs = parse_qsl(body(request).decode(errors="replace"), keep_blank_values=True)
    return [(key, value.replace("\r\n", "\n")) for key, value in pairs]


def body(request: Request) -> bytes:
    """Return what was sent; the gate has read it and measured its size."""
    return bytes(request.scope.get("pullquote.body", b""))


def fields(request: Request) -> dict[str, Any]:
    """Return the JSON object that was sent. Raises HTTPException 400."""
    from starlette.exceptions import HTTPException

    try:
        given = json.loads(body(request))
    except (ValueError, RecursionError):
        raise HTTPException(400, "What was sent is no JSON.") from None
    if not isinstance(given, dict):
        raise HTTPException(400, "An object was expected.")
    return given


def wants_json(request: Request) -> bool:
    """Say whether a script asks, not a person."""
    accepted = request.headers.get("accept", "")
    sent = request.headers.get("content-type", "")
    return "json" in accepted or sent.startswith("application/json")


def page(request: Request, template: str, status: int = 200, **facts: Any) -> Response:
    """Return a page made from ``templates/desk/<template>``.

    Every template knows ``desk``, ``there`` (a Who or None), ``csrf`` and ``path``
    beside what it is given.
    """
    from starlette.responses import HTMLResponse

    desk = desk_of(request)
    known: Mapping[str, object] = {
        "desk": desk,
        "there": who(request),
        "csrf": csrf_token(request),
        "path": request.url.path,
    }
    made = desk.templates.get_template(template).render({**known, **facts})
    return HTMLResponse(made, status)
