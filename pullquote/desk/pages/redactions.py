"""Private details: found, taken out with one key, brought back, or said to be harmless."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, Who, form, page, require
from pullquote.desk.house import Read
from pullquote.desk.pages.accounts import local_path
from pullquote.desk.room.hiding import Hidden
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.room.operations import a_viewer, speaker_name
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.memory import Memory, forget
from pullquote.desk.state.undoing import Undo
from pullquote.desk.text.drafting import parsed_clip
from pullquote.desk.text.patch import Place, places, taken_back
from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.captions import text_of
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import change_text, drop_empty, read_text, write_text
from pullquote.formats.redactions_toml import add_kept, drop_kept
from pullquote.formats.writing import writing
from pullquote.mark.private.details import Detail, said_again
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.marking.answers import remake_edits
from pullquote.pipeline.private.redacting import redact_episode

if TYPE_CHECKING:
    from starlette.requests import Request


def routes(desk: Desk, rooms: Rooms, memory: Memory) -> Sequence[BaseRoute]:
    """Return the routes of an episode's redactions."""
    redactions = _Redactions(desk, rooms, memory)
    return (
        Route("/episodes/{slug}/redactions", redactions.show, methods=["GET"]),
        Route("/episodes/{slug}/redactions", redactions.change, methods=["POST"]),
    )


class _Redactions:
    def __init__(self, desk: Desk, rooms: Rooms, memory: Memory) -> None:
        self._desk = desk
        self._rooms = rooms
        self._memory = memory
        self._log, self._undos = memory.log, memory.undos

    def show(self, request: Request) -> Response:
        """Show what is private, what is redacted and what may stay."""
        there = require(request, *EDITORS)
        slug = request.path_params["slug"]
        read = self._desk.house.read(slug)
        return page(
            request,
            "redactions.html.j2",
            read=read,
            private=self._desk.house.private(read),
            called=self._called(read),
            said=request.query_params,
            undos=self._undos.of(slug, there.id),
        )

    def _called(self, read: Read) -> Mapping[str, str]:
        """Return what else to call each voice that has a redacted name."""
        taken = [turn.speaker for turn in read.entry.turns]
        language = read.entry.transcript.language if read.entry.transcript else ""
        names = {}
        for voice in self._desk.house.called_privately(read):
            names[voice] = a_viewer(language, taken)
            taken.append(names[voice])
        return names

    def change(self, request: Request) -> Response:
        """Redact a detail or a stretch that a person names, take that back, or keep it."""
        there = require(request, *EDITORS)
        slug = request.path_params["slug"]
        given = form(request)
        with self._still(slug) as keeper:
            if given.get("do") == "undo":
                said = self._undo(slug, given.get("undo", ""), there, keeper)
            elif given.get("do") == "unkeep":
                said = self._unkeep(slug, given, there)
            elif given.get("do") == "call":
                name = speaker_name(given.get("name", ""))
                self._desk.house.call_voice(slug, given.get("voice", ""), name)
                self._log.write(there, "named", episode=slug, note=name)
                said = {"said": "called"}
            else:
                read = self._desk.house.read(slug)
                said = self._decide(read, given, there, keeper)
        wanted = local_path(given.get("next", f"/episodes/{slug}/redactions"))
        sign = "&" if "?" in wanted else "?"
        return RedirectResponse(f"{wanted}{sign}{urlencode(said)}", 303)

    @contextmanager
    def _still(self, slug: str) -> Iterator[Keeper | None]:
        """Let nobody else at the desk write what a redaction changes.

        What is typed this moment is in the files before.
        """
        with writing(self._desk.state), self._rooms.still(slug) as keeper:
            yield keeper

    def _decide(
        self, read: Read, given: dict[str, str], there: Who, keeper: Keeper | None
    ) -> dict[str, str]:
        slug = read.entry.slug
        instead = " ".join(given.get("replacement", "").split())
        if given.get("do") == "add":
            where = self._desk.folder.episode(slug).redactions
            times = f"{given.get('start', '')} - {given.get('end', '')}"
            clip = parsed_clip(times, "the stretch", where)
            reason = " ".join(given.get("reason", "").split()) or None
            redaction = Redaction(clip=clip, replacement=instead, reason=reason)
            words = (w for turn in read.entry.turns for w in turn.words)
            text = " ".join(w.text for w in words if clip.overlaps(w.start, w.end))
            note = f"{format_clock(clip.start)} to {format_clock(clip.end)}"
        else:
            detail = self._detail(read, given)
            # the log never says what was redacted
            note = f"{detail.kind} at {format_clock(detail.clip.start)}"
            if given.get("do") == "keep":
                add_kept(self._desk.folder.episode(slug).redactions, detail.clip)
                self._log.write(there, "let stay", episode=slug, note=note)
                clip = detail.clip
                return {"said": "kept", "start": str(clip.start), "end": str(clip.end)}
            text, redaction = detail.text, detail.redaction()
            if instead:
                redaction = replace(redaction, replacement=instead)
        for again in said_again(text, self._desk.house.private(read)):
            if not redaction.clip.overlaps(again.clip.start, again.clip.end):
                self._redact(slug, again.redaction(), again.text, there, keeper)
                also = f"{again.kind} at {format_clock(again.clip.start)}"
                self._log.write(there, "redacted", episode=slug, note=also)
        undo = self._redact(slug, redaction, text, there, keeper)
        self._log.write(there, "redacted", episode=slug, note=note)
        called = self._desk.house.called_privately(self._desk.house.read(slug))
        still = {"voices": str(len(called))} if called else {}
        return {"said": "redacted", "undo": undo, **still}

    def _unkeep(self, slug: str, given: dict[str, str], there: Who) -> dict[str, str]:
        """Let something stay no more: it is listed again."""
        try:
            clip = Clip(start=int(given["start"]), end=int(given["end"]))
        except (KeyError, ValueError):
            raise HTTPException(400, "A stretch was expected.") from None
        drop_kept(self._desk.folder.episode(slug).redactions, clip)
        note = format_clock(clip.start)
        did = "took back that it may stay"
        self._log.write(there, did, episode=slug, note=note)
        return {"said": "unkept"}

    def _redact(
        self,
        slug: str,
        redaction: Redaction,
        text: str,
        there: Who,
        keeper: Keeper | None,
    ) -> str:
        """Redact a stretch, and note how that is taken back."""
        before = {path: _text(path) for path in self._files(slug)}
        folder = self._desk.folder
        redact_episode(folder, folder.episode(slug), [redaction], forget)
        read = self._desk.house.read(slug)
        remake_edits(folder, read.show, read.entry)
        hidden = keeper.forget() if keeper else Hidden({}, {})
        files = {
            path.relative_to(self._desk.folder.root).as_posix(): made
            for path, was in before.items()
            if (made := places(was, _text(path)))
        }
        undo = Undo(
            id=secrets.token_hex(8),
            at=datetime.now(UTC),
            by=there.id,
            episode=slug,
            clip=redaction.clip,
            text=text.rstrip(".,;:?!"),
            replacement=redaction.replacement,
            files=files,
            hidden=hidden,
        )
        with suppress(PullquoteError):  # a full disk: it is redacted all the same
            self._undos.keep(undo)
        return undo.id

    def _undo(
        self, slug: str, name: str, there: Who, keeper: Keeper | None
    ) -> dict[str, str]:
        """Bring the words back, the redaction itself last; so it can be done again."""
        undo = next((u for u in self._undos.all() if u.id == name), None)
        if undo is None or undo.episode != slug:
            problem = "can no longer be taken back here"
            remedy = "it was taken back already, or is older than a day: see git"
            raise UsageError("the redaction", problem, remedy)
        if undo.by != there.id:
            raise HTTPException(403, "Only who redacted it can take it back.")
        stays = 0
        last = self._desk.folder.episode(slug).redactions
        files = {
            self._desk.folder.root / name: made for name, made in undo.files.items()
        }
        for path in sorted(files, key=lambda one: one == last):
            stays += self._put_back(path, files[path])
        if keeper is not None:
            keeper.remember(undo.hidden)
        self._undos.drop(undo)
        note = format_clock(undo.clip.start)
        self._log.write(there, "took a redaction back", episode=slug, note=note)
        return {"said": "undone", "stays": str(stays)} if stays else {"said": "undone"}

    def _put_back(self, path: Path, made: Sequence[Place]) -> int:
        """Take back what a redaction changed in a file; return how many places stay.

        What others write at this very moment stays. What the desk alone writes, which
        nobody else may read, needs no such look: the desk's lock is held.
        """
        stays = 0

        def put_back(text: str) -> str:
            nonlocal stays
            text, stays = taken_back(text, made)
            return text

        if path.is_relative_to(self._desk.state):
            write_text(path, put_back(_text(path)), private=True)
        else:
            change_text(path, put_back, _text)
        drop_empty(path)  # the redaction made it
        return stays

    def _files(self, slug: str) -> Iterator[Path]:
        """Yield what a redaction may change."""
        paths = self._desk.folder.episode(slug)
        yield from (paths.transcript, paths.notes)
        yield from paths.captions
        yield from sorted(paths.answers.glob("[!.]*.md"))
        yield from sorted(paths.signed.glob("*.md"))
        yield from paths.all_edits
        yield from (paths.suggestions, paths.corrections, paths.words, paths.redacted)
        yield from self._memory.texts(slug)
        yield paths.redactions

    def _detail(self, read: Read, given: dict[str, str]) -> Detail:
        found = self._desk.house.private(read)
        where = (given.get("start"), given.get("end"))
        for detail in found:
            if (str(detail.clip.start), str(detail.clip.end)) == where:
                return detail
        raise UsageError(
            read.entry.slug,
            "has no such private detail any more",
            "look at the page again: somebody may have been faster",
        )


def _text(path: Path) -> str:
    if not path.is_file():
        return ""
    return text_of(path) if path.suffix == ".vtt" else read_text(path)
