"""A built site over HTTP, as a good host serves it.

The only module that knows Starlette; ``serve`` imports it when it is needed.
Starlette gives ranges, HEAD, ETag, 304 and the guard against paths that leave the
site. Added here: types, addresses of folders, error pages, CORS, security headers.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, RedirectResponse, Response
from starlette.staticfiles import NotModifiedResponse, StaticFiles

from pullquote.publish.serving.headers import SECURITY, is_shared, media_type
from pullquote.publish.serving.redirects import REDIRECTS, Redirect, parse_redirects

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_SHARED = "access-control-allow-origin"
_HERE = ("127.0.0.1", "localhost", "[::1]")


class Hosted:
    """Adds security headers to every response and compresses what may be.

    A ``preview`` holds what nobody has approved: a page of another site that is open in
    an editor's browser must not read it, under whatever name (DNS rebinding).
    """

    def __init__(self, app: ASGIApp, *, preview: bool) -> None:
        self._plain = app
        self._gzip = GZipMiddleware(app)
        self._preview = preview

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            return
        asked = Headers(scope=scope)
        if self._preview and _without_port(asked.get("host", "")) not in _HERE:
            refused = Response("This is a preview, for this machine alone", 421)
            await refused(scope, receive, send)
            return

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
                if self._preview:
                    del headers[_SHARED]
            await send(message)

        # a range counts bytes of the file, not of its compressed form
        await (self._plain if "range" in asked else self._gzip)(scope, receive, guarded)


def _without_port(host: str) -> str:
    name, _, port = host.rpartition(":")
    return name if port.isdigit() else host


class Site(StaticFiles):
    """A built site's files, at the addresses that pages have."""

    def __init__(self, site: Path, root: str) -> None:
        super().__init__(directory=site, check_dir=False)
        self._site = site
        self._root = root
        self._rules: tuple[int, Mapping[str, Redirect]] = (-1, {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request: only reading is possible."""
        if scope["method"] not in ("GET", "HEAD"):
            refused = Response(status_code=405, headers={"allow": "GET, HEAD"})
            await refused(scope, receive, send)
            return
        response = await self.get_response(self.get_path(scope), scope)
        ranges = Headers(scope=scope).get("range", "")
        # an error's page is told whole, and so is what is asked for in other units
        # (RFC 9110, 14.2)
        if response.status_code != 200 or not ranges.startswith("bytes="):
            kept = [row for row in scope["headers"] if row[0] != b"range"]
            scope = {**scope, "headers": kept}
        await response(scope, receive, send)

    def get_path(self, scope: Scope) -> str:
        """Return the path of a file below the site's folder."""
        return super().get_path({**scope, "root_path": self._root.rstrip("/")})

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return a file, where it has moved, or an error's page."""
        if not scope["path"].startswith(self._root):
            home = scope["path"] in ("/", self._root.rstrip("/"))
            if home:
                return RedirectResponse(self._root, status_code=307)
            return self._error_page(scope, 404)
        rule = self._rule(scope["path"])
        if rule and rule.target:
            return RedirectResponse(rule.target, status_code=rule.status)
        if rule:
            return self._error_page(scope, rule.status, path)
        # .git, .part: nothing that begins with a dot was built
        if any(part.startswith(".") for part in PurePath(path).parts):
            return self._error_page(scope, 404)
        return self._found(path, scope) or self._error_page(scope, 404)

    def _found(self, path: str, scope: Scope) -> Response | None:
        file, facts = self._look_up(path)
        folder = facts is not None and stat.S_ISDIR(facts.st_mode)
        if folder:
            file, facts = self._look_up(f"{path}/index.html")
        if facts is None or not stat.S_ISREG(facts.st_mode):
            return None
        slash = scope["path"].endswith("/")
        if folder and not slash:
            # relative, so that no Host header decides where it leads
            name = quote(scope["path"].rpartition("/")[2])
            return RedirectResponse(f"./{name}/", status_code=308)
        if slash and not folder:
            return None
        return self.file_response(file, facts, scope)

    def _look_up(self, path: str) -> tuple[str, os.stat_result | None]:
        try:
            return self.lookup_path(path)
        except (OSError, ValueError):  # a name too long, a NUL, no permission
            return "", None

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file as it is, or that it has not changed."""
        path = Path(full_path).relative_to(self._site.resolve()).as_posix()
        response = FileResponse(
            full_path,
            status_code=status_code,
            stat_result=stat_result,
            media_type=media_type(path),
        )
        if is_shared(path):
            response.headers[_SHARED] = "*"
        if status_code == 200 and self.is_not_modified(
            response.headers, Headers(scope=scope)
        ):
            unchanged = NotModifiedResponse(response.headers)
            if is_shared(path):
                unchanged.headers[_SHARED] = "*"
            return unchanged
        return response

    def _error_page(self, scope: Scope, status: int, path: str = "") -> Response:
        """Return the page at ``path``, else the site's 404 page, with ``status``."""
        pages = (f"{path}/index.html", "404.html")
        for page in pages[0 if path else 1 :]:
            file, facts = self._look_up(page)
            if facts is not None:
                return self.file_response(file, facts, scope, status)
        return Response("Not found", status, media_type="text/plain")

    def _rule(self, path: str) -> Redirect | None:
        file = self._site / REDIRECTS
        try:
            changed = file.stat().st_mtime_ns
            if self._rules[0] != changed:
                self._rules = (changed, parse_redirects(file.read_text("utf-8")))
        except FileNotFoundError:  # none, or another tree is being switched in
            self._rules = (-1, {})
        return self._rules[1].get(path)
