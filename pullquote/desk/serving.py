"""The desk over a socket."""

from __future__ import annotations

import socket

import uvicorn
from starlette.applications import Starlette

from pullquote.desk.door.gate import LARGEST
from pullquote.publish.serving.ending import PATIENCE_S, PatientServer


class DeskServer(PatientServer):
    """Runs until it is told to end; then pages that wait for news are let go at once."""

    def __init__(self, app: Starlette) -> None:
        self._desk = app
        config = uvicorn.Config(
            app,
            log_level="error",
            lifespan="on",
            ws="websockets-sansio",
            ws_max_size=LARGEST,
            # whom a proxy speaks for is decided by the desk alone
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=2 * PATIENCE_S,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: streams without an end look at this, see ``stages``."""
        self._desk.state.closing = True
        await super().shutdown(sockets)
