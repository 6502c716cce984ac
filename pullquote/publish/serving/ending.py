"""A server that ends soon, whoever is still connected."""

from __future__ import annotations

import asyncio
import socket

import uvicorn

PATIENCE_S = 3
"""How long answers under way may take when the server ends."""


class PatientServer(uvicorn.Server):
    """Waits a moment for answers under way, then hangs up."""

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End: uvicorn alone waits for ever for a player that is paused."""
        hang_up = asyncio.get_running_loop().call_later(PATIENCE_S, self._hang_up)
        await super().shutdown(sockets)
        hang_up.cancel()

    def _hang_up(self) -> None:
        """Cut who does not read what they asked for; what answers them ends by that."""
        for connection in list(self.server_state.connections):
            connection.transport.abort()
