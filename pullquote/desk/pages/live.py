"""What happens in a transcript, told to every page that has it open, and who is there."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from pullquote.desk.context import EDITORS, Who
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.room.report import report_since
from pullquote.desk.rooms import Present, Rooms
from pullquote.errors import PullquoteError

if TYPE_CHECKING:
    from starlette.websockets import WebSocket

_FORBIDDEN, _NO_ROOM = 4403, 4404
_LONGEST = 2000
"""Characters of what a page may say: it says little more than a turn's id."""


def endpoint(rooms: Rooms) -> Callable[[WebSocket], Awaitable[None]]:
    """Return the WebSocket's endpoint.

    A page says which revision it has in ``?since=``; it is told all that came after,
    then everything as it happens. It sends ``{"turn": id}`` of the turn it edits.
    """

    async def live(socket: WebSocket) -> None:
        there: Who | None = socket.scope.get("pullquote.who")
        await socket.accept()
        if there is None or there.role not in EDITORS:
            await socket.close(_FORBIDDEN)
            return
        slug = str(socket.path_params["slug"])
        try:
            keeper = await run_in_threadpool(rooms.get, slug)
        except PullquoteError as error:
            await socket.close(_NO_ROOM, str(error)[:100])
            return
        queue: asyncio.Queue[str] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def hear(text: str) -> None:
            with suppress(RuntimeError):  # the loop ended meanwhile
                loop.call_soon_threadsafe(queue.put_nowait, text)

        page = secrets.token_hex(4)
        since = socket.query_params.get("since", "")
        with rooms.listening(slug, hear):
            first = await run_in_threadpool(_first, keeper, since)
            await socket.send_text(json.dumps({**first, "page": page}))
            me = Present(page=page, id=there.id, name=there.name)
            rooms.enter(slug, me)
            sending = asyncio.ensure_future(_send(socket, queue))
            try:
                await _receive(socket, rooms, slug, me)
            finally:
                sending.cancel()
                rooms.leave(slug, page)

    return live


def _first(keeper: Keeper, since: str) -> dict[str, Any]:
    """Return what came after a revision; others' work may have to end before."""
    with keeper.lock:
        told = report_since(keeper.room, int(since) if since.isdecimal() else 0)
        return told | {"problem": keeper.problem, "log": keeper.began}


async def _send(socket: WebSocket, queue: asyncio.Queue[str]) -> None:
    with suppress(RuntimeError, OSError):  # closed at the other end
        while True:
            await socket.send_text(await queue.get())


async def _receive(socket: WebSocket, rooms: Rooms, slug: str, me: Present) -> None:
    from starlette.websockets import WebSocketDisconnect

    while True:
        try:
            text = await socket.receive_text()
        except (WebSocketDisconnect, KeyError):
            return
        said = _parsed(text)
        turn = said.get("turn")
        rooms.enter(slug, replace(me, turn=turn if isinstance(turn, str) else None))


def _parsed(text: str) -> dict[str, Any]:
    if len(text) > _LONGEST:
        return {}
    try:
        said = json.loads(text)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
