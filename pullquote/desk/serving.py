"""The desk over a socket."""

from __future__ import annotations

import asyncio
import socket

import uvicorn
from starlette.applications import Starlette

from pullquote.desk.door.gate import LARGEST

_PATIENCE_S = 3
"""How long answers under way may take when the desk ends."""


class DeskServer(uvicorn.Server):
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
            timeout_graceful_shutdown=2 * _PATIENCE_S,
        )
        super().__init__(config)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: streams without an end look at this, see ``stages``."""
        self._desk.state.closing = True
        hang_up = asyncio.get_running_loop().call_later(_PATIENCE_S, self._hang_up)
        await super().shutdown(sockets)
        hang_up.cancel()

    def _hang_up(self) -> None:
        """Cut who does not read what they asked for; what answers them ends by that."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()
