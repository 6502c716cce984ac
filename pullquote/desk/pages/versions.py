"""The versions of a transcript, and what each changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, require
from pullquote.desk.room.difference import differences, pieces
from pullquote.desk.room.document import DeskTurn, Document
from pullquote.desk.room.history import History, Version, versions
from pullquote.desk.room.room import DISK
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.users import Users
from pullquote.errors import UsageError
from pullquote.formats.clock import format_short_clock

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_NEWEST = 100
"""Versions listed at first."""
_MOST = 200
"""Turns of which a difference is shown."""
_NAMES: Mapping[str, tuple[str, str]] = {
    "edit": ("correction", "corrections"),
    "split": ("split", "splits"),
    "join": ("join", "joins"),
    "name": ("name", "names"),
    "replace": ("replacement", "replacements"),
    "restore": ("version brought back", "versions brought back"),
    "undo": ("undo", "undos"),
    "redo": ("redo", "redos"),
    "choose": ("choice", "choices"),
    "disk": ("change of the file", "changes of the file"),
}


def routes(rooms: Rooms, users: Users) -> Sequence[BaseRoute]:
    """Return the routes of the versions."""

    def index(request: Request) -> Response:
        """Return all versions, the newest first, and the beginning."""
        there = require(request, *EDITORS)
        keeper = rooms.get(str(request.path_params["slug"]))
        with keeper.lock:
            found = list(versions(keeper.room.history))
            began = keeper.began
        shown = found if request.query_params.get("all") else found[-_NEWEST:]
        rows = [_row(one, _name(one.by, there.id, users)) for one in shown]
        first = {"revision": 0, "by": "", "name": "The beginning", "what": ""}
        rows.insert(0, {**first, "start": began, "end": began})
        more = len(found) - len(shown)
        return JSONResponse({"versions": rows[::-1], "more": more})

    def one(request: Request) -> Response:
        """Return what a version changed, or with ``against=now`` what came since."""
        require(request, *EDITORS)
        keeper = rooms.get(str(request.path_params["slug"]))
        revision = int(request.path_params["revision"])
        now = request.query_params.get("against") == "now"
        with keeper.lock:
            before, after = _compared(keeper.room.history, revision, now=now)
        rows = [_turn(*pair) for pair in differences(before, after)]
        return JSONResponse({"turns": rows[:_MOST], "more": len(rows[_MOST:])})

    at = "/episodes/{slug}/versions"
    return (
        Route(at, index, methods=["GET"]),
        Route(at + "/{revision:int}", one, methods=["GET"]),
    )


def _compared(
    history: History, revision: int, *, now: bool
) -> tuple[Document, Document]:
    """Return what a version was made from and made, or the version and what is now.

    Raises UsageError where it is none.
    """
    here = history.document_at(revision)
    if now:
        return here, history.document
    ends = [0, *(version.revision for version in versions(history))]
    if revision not in ends:
        problem = "is no version"
        raise UsageError(f"revision {revision}", problem, "choose one of the list")
    return history.document_at(ends[max(0, ends.index(revision) - 1)]), here


def _name(by: str, own: str, users: Users) -> str:
    if by == own:
        return "You"
    if by == DISK:
        return "Another program"
    user = users.get(by)
    return user.name if user else by


def _row(version: Version, name: str) -> dict[str, Any]:
    counts = (
        f"{count} {_NAMES[kind][count > 1]}" for kind, count in version.kinds.items()
    )
    turns = f"{version.turns} turn" + ("s" if version.turns != 1 else "")
    return {
        "revision": version.revision,
        "by": version.by,
        "name": name,
        "start": version.start.isoformat(),
        "end": version.end.isoformat(),
        "what": f"{', '.join(counts)} in {turns}",
    }


def _turn(before: DeskTurn | None, after: DeskTurn | None) -> dict[str, Any]:
    turn = after or before
    assert turn is not None
    note = ""
    if before is None:
        note = "new turn"
    elif after is None:
        note = "turn is gone"
    elif before.voice != after.voice:
        note = f"was {before.speaker}{'?' if before.guessed else ''}"
    return {
        "id": turn.id,
        "head": f"{turn.speaker}{'?' if turn.guessed else ''} · "
        f"{format_short_clock(turn.start)}",
        "note": note,
        "there": before is not None and after is not None,
        "pieces": pieces(before.text if before else "", after.text if after else ""),
    }
