"""The transcript's page and what it asks for: state, operations, undo, sound, waveform."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from pullquote.desk.context import EDITORS, Desk, Who, fields, page, require
from pullquote.desk.house import known_episode
from pullquote.desk.pages import live
from pullquote.desk.pages.sound import sound_of, sound_response, waveform
from pullquote.desk.room.keeper import Changed, Keeper
from pullquote.desk.room.operations import (
    Name,
    Operation,
    Restore,
    a_viewer,
    speaker_name,
)
from pullquote.desk.room.report import report, shown, whole_report
from pullquote.desk.room.room import Asked
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.log import Log
from pullquote.formats.corrections_json import load_corrections
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder
from pullquote.mark.private.unresolved import is_stranger
from pullquote.model.transcript import Turn
from pullquote.pipeline.library.load import load_with_words

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_AT = "/episodes/{slug}"


def routes(desk: Desk, rooms: Rooms, log: Log) -> Sequence[BaseRoute]:
    """Return the routes of a transcript."""
    transcript = _Transcript(desk, rooms, log)
    gets: Sequence[tuple[str, Callable[[Request], Response]]] = (
        ("", transcript.page),
        ("/state", transcript.state),
        ("/sound", transcript.sound),
        ("/peaks", transcript.peaks),
        ("/doubts", transcript.doubts),
    )
    posts: Sequence[tuple[str, Callable[[Request], Response]]] = (
        ("/operations", transcript.operate),
        ("/undo", transcript.undo),
        ("/clashes", transcript.choose),
        ("/save", transcript.save),
    )
    return (
        *(Route(_AT + path, act, methods=["GET"]) for path, act in gets),
        *(Route(_AT + path, act, methods=["POST"]) for path, act in posts),
        WebSocketRoute(_AT + "/live", live.endpoint(rooms)),
    )


class _Transcript:
    def __init__(self, desk: Desk, rooms: Rooms, log: Log) -> None:
        self._desk = desk
        self._rooms = rooms
        self._log = log
        scripts = desk.static[0] / "transcript"
        self._modules = sorted(path.name for path in scripts.glob("*.js"))

    def page(self, request: Request) -> Response:
        """Show the transcript; it can be read without any script."""
        there = require(request, *EDITORS)
        slug, keeper = self._open(request)
        paths = self._desk.folder.episode(slug)
        show, _ = load_with_words(self._desk.folder)
        with keeper.lock:
            room = keeper.room
            facts: dict[str, Any] = {
                "turns": room.document.turns,
                "revision": room.revision,
                "language": keeper.language,
            }
        # the page asks for the times next: they are made while it is on its way
        threading.Thread(target=keeper.prepare, daemon=True).start()
        sound = sound_of(paths)
        return page(
            request,
            "transcript.html.j2",
            episode=load_episode(paths.facts),
            slug=slug,
            names=[person.name for person in show.people],
            words=show.words,
            sound=sound,
            modules=self._modules,
            shown=shown,
            me=there.id,
            **facts,
        )

    def state(self, request: Request) -> Response:
        """Return all turns with the times of their words."""
        require(request, *EDITORS)
        _, keeper = self._open(request)
        with keeper.lock:
            made = whole_report(keeper.room)
            made |= {"duration": keeper.room.times.duration, "log": keeper.began}
        made |= {
            "problem": keeper.problem,
            "words_problem": keeper.words_problem,
            "log_problem": keeper.log_problem,
        }
        return JSONResponse(made)

    def doubts(self, request: Request) -> Response:
        """Return what is worth a second hearing: offers, and where no repair helped."""
        require(request, *EDITORS)
        slug, keeper = self._open(request)
        offers = load_corrections(self._desk.folder.episode(slug).corrections)
        made = {
            "offers": [
                {"start": o.start, "end": o.end, "offered": o.offered}
                for o in offers
                if not o.heard
            ],
            "doubts": [
                {
                    "start": s.start,
                    "end": s.end,
                    "until": until,
                    "why": ", ".join(s.doubts),
                }
                for s, until in keeper.room.times.doubted
            ],
        }
        return JSONResponse(made)

    def operate(self, request: Request) -> Response:
        """Do one operation; the answer says what the turns are now."""
        there = require(request, *EDITORS)
        _, keeper = self._open(request)
        given = fields(request)
        operation = _operation(given.get("operation"))
        asked = _asked(given, there)
        if isinstance(operation, Name) and (asks := self._asks(operation, keeper)):
            return asks
        answered = _told(keeper, lambda: keeper.submit(operation, asked))
        slug = keeper.paths.slug
        if isinstance(operation, Name):
            self._log.write(there, "named", episode=slug, note=operation.speaker)
        elif isinstance(operation, Restore):
            note = f"revision {operation.revision}"
            self._log.write(there, "restored", episode=slug, note=note)
        return answered

    def _asks(self, operation: Name, keeper: Keeper) -> Response | None:
        """Return what is asked before a name that is nobody's of the show is printed.

        Where the show has ``require_private`` it is not printed at all.
        """
        show, _ = load_with_words(self._desk.folder)
        name = speaker_name(operation.speaker)
        printable = not show.review.require_private
        if operation.printed and printable:
            return None
        if not is_stranger(Turn(speaker=name, start=0, sentences=()), show):
            return None
        problem = f"{name} is nobody in show.toml, and a confirmed name is printed."
        taken = [turn.speaker for turn in keeper.room.document.turns]
        instead = a_viewer(show.words, taken)
        facts = {"stranger": name, "instead": instead, "printable": printable}
        return JSONResponse({"problems": [problem], **facts}, 409)

    def undo(self, request: Request) -> Response:
        """Take back what this person did last, or do it again."""
        there = require(request, *EDITORS)
        _, keeper = self._open(request)
        given = fields(request)
        kind: Literal["undo", "redo"] = (
            "redo" if given.get("kind") == "redo" else "undo"
        )
        key = _key(given)
        return _told(keeper, lambda: keeper.undo(there.id, kind, key))

    def choose(self, request: Request) -> Response:
        """Choose between what two people made of the same words."""
        there = require(request, *EDITORS)
        _, keeper = self._open(request)
        given = fields(request)
        clash, theirs = str(given.get("id")), given.get("theirs") is True
        asked = _asked({**given, "revision": keeper.room.revision}, there)
        return _told(keeper, lambda: keeper.choose(clash, theirs=theirs, asked=asked))

    def save(self, request: Request) -> Response:
        """Write the file now."""
        require(request, *EDITORS)
        _, keeper = self._open(request)
        keeper.flush()
        return JSONResponse({"revision": keeper.room.revision})

    def sound(self, request: Request) -> Response:
        """Return the sound, by ranges."""
        require(request, *EDITORS)
        return sound_response(self._paths(request))

    def peaks(self, request: Request) -> Response:
        """Return the waveform, in the form of ``peaks.json``."""
        require(request, *EDITORS)
        path = waveform(self._desk, self._paths(request))
        return FileResponse(path, media_type="application/json")

    def _paths(self, request: Request) -> EpisodeFolder:
        return known_episode(self._desk.folder, str(request.path_params["slug"]))

    def _open(self, request: Request) -> tuple[str, Keeper]:
        slug = str(request.path_params["slug"])
        return slug, self._rooms.get(slug)


def _told(keeper: Keeper, act: Callable[[], Changed]) -> Response:
    """Do something and answer with what became of it."""
    with keeper.lock:
        done = act()
        change = done.changes[-1] if done.changes else None
        made = report(keeper.room, done.touched, order=done.reordered, change=change)
        stays = sum(map(keeper.room.staying, done.changes))
    made["done"] = sum(bool(c.steps) for c in done.changes)
    made["blocked"] = sum(c.reverts is not None and not c.steps for c in done.changes)
    made["stays"] = stays
    return JSONResponse(made)


def _asked(given: dict[str, Any], there: Who) -> Asked:
    revision, unit = given.get("revision"), given.get("unit")
    if not isinstance(revision, int):
        raise HTTPException(400, "The revision is missing.")
    return Asked(
        by=there.id,
        revision=revision,
        unit=unit[:100] if isinstance(unit, str) else "",
        key=_key(given),
    )


def _key(given: dict[str, Any]) -> str | None:
    key = given.get("key")
    return key[:100] if isinstance(key, str) else None


def _operation(given: object) -> Operation:
    try:
        found: Operation = msgspec.convert(given, Operation)
    except msgspec.ValidationError as error:
        raise HTTPException(400, f"No operation: {error}") from None
    return found
