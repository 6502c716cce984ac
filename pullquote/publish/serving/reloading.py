"""A served site whose open pages load themselves again when it was built anew."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.responses import Response, StreamingResponse

from pullquote.publish.serving.headers import media_type
from pullquote.publish.serving.static_site import Site

if TYPE_CHECKING:
    from starlette.types import Scope

SCRIPT = "/-/reload.js"
BUILT = "/-/built"
"""Addresses that no page of a site has: a server-sent event each time it was built."""
_CODE = f"""\
let before;
new EventSource("{BUILT}").onmessage = ({{ data }}) => {{
  if (before !== undefined && before !== data) location.reload();
  before = data;
}};
"""
_TAG = f'<script src="{SCRIPT}" defer></script>'.encode()
_BEAT = 0.25
"""Seconds between two looks at whether it was built."""


class Builds:
    """How often the site was built; told by one thread, asked by another."""

    def __init__(self) -> None:
        self.number = 0
        self.over: Callable[[], bool] = lambda: False
        """The server is to stop: whoever waits for another build is let go."""

    def another(self) -> None:
        """Say that it was built again."""
        self.number += 1


class Reloading(Site):
    """A site whose pages are told of builds.

    They get a script on their way out; the files stay as they are. Only for this
    machine: what a public site needs of caching is not kept.
    """

    def __init__(self, site: Path, builds: Builds, root: str) -> None:
        super().__init__(site, root)
        self._builds = builds

    async def get_response(self, path: str, scope: Scope) -> Response:
        """Return what a site has, the script, or the stream of builds."""
        if scope["path"] == SCRIPT:
            return Response(_CODE, media_type=media_type(SCRIPT))
        if scope["path"] == BUILT:
            return StreamingResponse(self._told(), media_type="text/event-stream")
        return await super().get_response(path, scope)

    async def _told(self) -> AsyncIterator[str]:
        """Yield the number of the last build, and each new one.

        A page that asks again after the server was gone hears the number at once.
        """
        told = -1
        while not self._builds.over():
            if told != self._builds.number:
                told = self._builds.number
                yield f"data: {os.getpid()}.{told}\n\n"
            await asyncio.sleep(_BEAT)

    def file_response(
        self,
        full_path: str | os.PathLike[str],
        stat_result: os.stat_result,
        scope: Scope,
        status_code: int = 200,
    ) -> Response:
        """Return a file; a page with the script."""
        kind = media_type(os.fspath(full_path))
        if kind.startswith("text/html"):
            with suppress(OSError):  # built anew this very moment: as it was asked
                page = Path(full_path).read_bytes()
                whole = page.replace(b"</body>", _TAG + b"</body>")
                return Response(whole, status_code, media_type=kind)
        return super().file_response(full_path, stat_result, scope, status_code)
