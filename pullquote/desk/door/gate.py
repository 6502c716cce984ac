"""The gate before every page: who may come in, from where, and with how much.

Host must be ours (no DNS rebinding), what changes anything must come from our own
pages (Origin, Sec-Fetch-Site, CSRF token), a body has a limit, and every answer says
what a page may load. OWASP's cheat sheets on CSRF and CSP are followed.
"""

from __future__ import annotations

import hmac
import time
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import PlainTextResponse

from pullquote.desk.context import Desk
from pullquote.desk.door.doors import Doors
from pullquote.desk.state.sessions import csrf_of
from pullquote.errors import PullquoteError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST = 2_000_000
"""Bytes of a request's body; a transcript of nine hours has half of it."""
_READS = ("GET", "HEAD")
_NOT_ALLOWED = 1008
"""RFC 6455, 7.4.1: "violates its policy"."""
_LOOKS_EVERY = 5.0
"""Seconds after which an open WebSocket's session is looked at again."""
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; media-src 'self' blob:; connect-src 'self'; frame-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
_ALWAYS = {
    "content-security-policy": POLICY.format(ancestors="'none'"),
    "x-content-type-options": "nosniff",
    # not no-referrer: with it browsers send "Origin: null" from our own forms
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
}


class Gate:
    """ASGI middleware."""

    def __init__(self, app: ASGIApp, desk: Desk, doors: Doors) -> None:
        self._app = app
        self._desk = desk
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request in, or answer at once why not."""
        if scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _ALWAYS.items():
                    headers.setdefault(name, value)
                if token := scope.get("pullquote.new_session"):
                    headers.append("set-cookie", self._doors.cookie(token))
            await send(message)

        headers = Headers(scope=scope)
        refused = self._elsewhere(scope, headers)
        if refused is None and scope["method"] not in _READS:
            try:
                data = await _read(headers, receive)
            except ClientDisconnect:  # half a form is none
                return
            scope["pullquote.body"] = data
            receive = _again(data or b"")
            if data is None:
                refused = (413, f"More than {LARGEST} bytes cannot be sent at once.")
        try:
            refused = refused or self._recognise(scope, headers)
        except PullquoteError as error:  # a page tries again then
            refused = (503, str(error))
        if refused is None:
            await self._app(scope, receive, guarded)
            return
        response = PlainTextResponse(refused[1], refused[0])
        await response(scope, receive, guarded)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a WebSocket in from our own pages alone, for as long as its session lasts.

        Browsers put no CSRF token on it and let any site open one: Origin decides.
        """
        headers = Headers(scope=scope)
        host = headers.get("host", "")
        scheme = urlsplit(self._desk.address).scheme
        ours = self._desk.is_ours(host) and len(headers.getlist("host")) == 1
        ours = ours and headers.get("origin") == f"{scheme}://{host}"
        token = self._session(scope, headers) if ours else None
        if token is None:
            await receive()
            await send({"type": "websocket.close", "code": _NOT_ALLOWED})
            return
        looked = time.monotonic()

        async def guarded(message: Message) -> None:
            nonlocal looked
            if time.monotonic() - looked > _LOOKS_EVERY:
                looked = time.monotonic()
                if self._session(dict(scope), headers) != token:
                    message = {"type": "websocket.close", "code": _NOT_ALLOWED}
            await send(message)

        await self._app(scope, receive, guarded)

    def _session(self, scope: Scope, headers: Headers) -> str | None:
        """Return a WebSocket's session, None also where who is there cannot be told."""
        with suppress(PullquoteError):
            return self._doors.recognise(scope, headers)
        return None

    def _recognise(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Put who is there into the scope; refuse what another session's page sent."""
        token = self._doors.recognise(scope, headers)
        scope["pullquote.token"] = token
        if token is None:
            return None
        wanted = scope["pullquote.csrf"] = csrf_of(token)
        if scope["method"] in _READS or _carries(scope, headers, wanted):
            return None
        return 403, "This form is from another session. Open the page again, then send."

    def _elsewhere(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Return status and reason where a request does not come from our own pages."""
        ours = urlsplit(self._desk.address)
        host = headers.get("host", "")
        if not self._desk.is_ours(host) or len(headers.getlist("host")) != 1:
            return 421, f"This is not {host or 'where you meant to go'}."
        if scope["method"] not in (*_READS, "POST"):
            return 405, "Only GET, HEAD and POST are known here."
        if scope["method"] in _READS:
            return None
        origin, site = headers.get("origin"), headers.get("sec-fetch-site")
        if origin is None and site is None:
            return 403, "What changes anything has to come from a page of the desk."
        if site not in (None, "same-origin"):
            return 403, "This was sent from another site."
        if origin is not None and origin != f"{ours.scheme}://{host}":
            return 403, "This was sent from another site."
        return None


async def _read(headers: Headers, receive: Receive) -> bytes | None:
    """Return the whole body, None where it is too large. Raises ClientDisconnect."""
    said = headers.get("content-length", "0")
    if not said.isdecimal() or int(said) > LARGEST:
        return None
    parts = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            raise ClientDisconnect
        parts += message.get("body", b"")
        if len(parts) > LARGEST:
            return None
        more = message.get("more_body", False)
    return bytes(parts)


def _again(data: bytes) -> Receive:
    sent = False

    async def receive() -> Message:
        nonlocal sent
        if sent:
            return {"type": "http.disconnect"}
        sent = True
        return {"type": "http.request", "body": data, "more_body": False}

    return receive


def _carries(scope: Scope, headers: Headers, wanted: str) -> bool:
    """Say whether the request carries its session's token, in header or form."""
    given = headers.get("x-csrf-token", "")
    if not given and headers.get("content-type", "").startswith(
        "application/x-www-form-urlencoded"
    ):
        fields = parse_qs(scope["pullquote.body"].decode(errors="replace"))
        given = fields.get("csrf", [""])[0]
    return hmac.compare_digest(given.encode(), wanted.encode())
