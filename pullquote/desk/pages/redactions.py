"""Private details: found, taken out with one key, brought back, or said to be harmless."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import (
    EDITORS,
    Desk,
    Who,
    form,
    form_pairs,
    page,
    require,
)
from pullquote.desk.house import Read
from pullquote.desk.pages.accounts import local_path
from pullquote.desk.pages.redacting import Acts
from pullquote.desk.room.keeper import Keeper
from pullquote.desk.room.operations import a_viewer, speaker_name
from pullquote.desk.rooms import Rooms
from pullquote.desk.state.memory import Memory, forget
from pullquote.desk.text.drafting import parsed_clip
from pullquote.desk.text.said import Named, by_name, in_sentence, joined
from pullquote.errors import UsageError
from pullquote.formats.clock import format_clock
from pullquote.formats.redactions_toml import (
    add_redactions,
    drop_kept,
    load_redactions,
)
from pullquote.formats.writing import writing
from pullquote.mark.private.details import Detail, said_again
from pullquote.mark.private.redact import as_said
from pullquote.mark.private.unresolved import named_beside
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.private.redacting import finish_redaction

if TYPE_CHECKING:
    from starlette.requests import Request


def routes(desk: Desk, rooms: Rooms, memory: Memory) -> Sequence[BaseRoute]:
    """Return the routes of an episode's redactions."""
    redactions = _Redactions(desk, rooms, memory)
    here = "/episodes/{slug}/redactions"
    return (
        Route(here, redactions.show, methods=["GET"]),
        Route(here, redactions.change, methods=["POST"]),
        Route(f"{here}/places", redactions.places, methods=["GET"]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Meant:
    """What a person points at, and wherever else it is said."""

    redaction: Redaction
    text: str
    what: str
    """For the log, which never says what was redacted."""
    places: tuple[Clip, ...]
    """All of them, by time."""


_Said = dict[str, str]
"""What the page that follows tells of what was done."""


def _behind(named: Sequence[Named], decided: str, just: Sequence[int]) -> Named | None:
    """Return the detail that a key means: behind what was decided last, else the first.

    Whoever is at the thirtieth of forty and goes on does not mean the first.
    """
    starts = (*just, *([int(decided)] if decided.isdecimal() else ()), 0)
    behind = (one for one in named if one.detail.clip.start >= starts[0])
    return next(behind, next(iter(named), None))


class _Redactions:
    def __init__(self, desk: Desk, rooms: Rooms, memory: Memory) -> None:
        self._desk = desk
        self._rooms = rooms
        self._log, self._undos = memory.log, memory.undos
        self._acts = Acts(desk, memory)

    def show(self, request: Request) -> Response:
        """Show what is private, what is redacted and what may stay."""
        there = require(request, *EDITORS)
        slug = request.path_params["slug"]
        read = self._desk.house.read(slug)
        private = self._desk.house.private(read)
        named = by_name(private, read.entry.turns)
        undos, said = self._undos.of(slug, there.id), request.query_params
        just = [u.clip.start for u in undos if u.id == said.get("undo")]
        return page(
            request,
            "redactions.html.j2",
            read=read,
            private=private,
            named=named,
            goes_on=_behind(named, said.get("start", ""), just),
            called=self._called(read),
            beside=named_beside(read.entry, read.show, self._desk.folder.episode(slug)),
            said=said,
            undos=undos,
        )

    def places(self, request: Request) -> Response:
        """Show each place of a name in its sentence, before all of them are redacted."""
        require(request, *EDITORS)
        slug = request.path_params["slug"]
        read = self._desk.house.read(slug)
        given = dict(request.query_params)
        meant = self._meant(read, given)
        off = given.get("off", "").split()
        return page(
            request,
            "redact-places.html.j2",
            read=read,
            meant=meant,
            given=given,
            back=local_path(given.get("next", f"/episodes/{slug}/redactions")),
            spoken=[in_sentence(read.entry.turns, clip) for clip in meant.places],
            off=[_clip(one) for one in off],
        )

    def _called(self, read: Read) -> Mapping[str, str]:
        """Return what else to call each voice that has a redacted name."""
        taken = [turn.speaker for turn in read.entry.turns]
        names = {}
        for voice in self._desk.house.called_privately(read):
            names[voice] = a_viewer(read.show.words, taken)
            taken.append(names[voice])
        return names

    def change(self, request: Request) -> Response:
        """Redact a detail or a stretch that a person names, take that back, or keep it."""
        there = require(request, *EDITORS)
        slug = request.path_params["slug"]
        given = form(request)
        here = f"/episodes/{slug}/redactions"
        wanted = local_path(given.get("next", here))
        with self._still(slug) as keeper:
            folder = self._desk.folder
            # a full disk broke one off
            finish_redaction(folder, folder.episode(slug), forget)
            if given.get("do") == "undo":
                said = self._undo(slug, given, there, keeper)
            elif given.get("do") == "unkeep":
                said = self._unkeep(slug, given, there)
            elif given.get("do") == "call":
                name = speaker_name(given.get("name", ""))
                self._desk.house.call_voice(slug, given.get("voice", ""), name)
                self._log.write(there, "named", episode=slug, note=name)
                said = {"said": "called"}
            else:
                given.setdefault("do", "redact")
                read = self._desk.house.read(slug)
                ticked = [_clip(v) for k, v in form_pairs(request) if k == "place"]
                meant = self._meant(read, given)
                look = self._look(meant, given, ticked)
                if look is not None:
                    return RedirectResponse(f"{here}/places?{urlencode(look)}", 303)
                said = self._decide(read, meant, given, ticked, there, keeper)
        sign = "&" if "?" in wanted else "?"
        return RedirectResponse(f"{wanted}{sign}{urlencode(said)}", 303)

    @contextmanager
    def _still(self, slug: str) -> Iterator[Keeper | None]:
        """Let nobody else at the desk write what a redaction changes.

        What is typed this moment is in the files before.
        """
        with writing(self._desk.state), self._rooms.still(slug) as keeper:
            yield keeper

    def _meant(self, read: Read, given: Mapping[str, str]) -> _Meant:
        """Return what a form points at: a detail, or a stretch that a person names."""
        found = self._desk.house.private(read)
        instead = " ".join(given.get("replacement", "").split())
        if given.get("do") == "add":
            where = self._desk.folder.episode(read.entry.slug).redactions
            times = f"{given.get('start', '')} - {given.get('end', '')}"
            clip = parsed_clip(times, "the stretch", where)
            if clip in (one.clip for one in load_redactions(where)):
                problem = "is redacted already"
                remedy = "take that back first, to have something else said instead"
                raise UsageError(times, problem, remedy)
            reason = " ".join(given.get("reason", "").split()) or None
            redaction = Redaction(clip=clip, replacement=instead, reason=reason)
            words = (w for turn in read.entry.turns for w in turn.words)
            text = " ".join(w.text for w in words if clip.takes(w.start, w.end))
            what = f"{format_clock(clip.start)} to {format_clock(clip.end)}"
        else:
            detail = _detail(read, found, given)
            clip, text, redaction = detail.clip, detail.text, detail.redaction()
            what = f"{detail.kind} at {format_clock(clip.start)}"
            if instead:
                redaction = replace(redaction, replacement=instead)
        again = (one.clip for one in said_again(text, found))
        others = {one for one in again if not clip.overlaps(one.start, one.end)}
        places = joined(read.entry.turns, {clip, *others})
        return _Meant(redaction=redaction, text=text, what=what, places=places)

    def _look(
        self, meant: _Meant, given: Mapping[str, str], ticked: Sequence[Clip]
    ) -> _Said | None:
        """Return the query of the page that shows all places, None where all were seen."""
        seen = [_clip(one) for one in given.get("seen", "").split()]
        same, choice = set(seen) == set(meant.places), given.get("choice")
        if given["do"] == "keep" or (not seen and len(meant.places) == 1):
            return None
        if same and (choice == "stay" or (choice == "redact" and ticked)):
            return None
        fields = ("do", "start", "end", "replacement", "reason", "next")
        look = {key: given[key] for key in fields if given.get(key)}
        if seen:
            look["off"] = " ".join(_written(c) for c in seen if c not in ticked)
            look["said"] = "more" if not same else "none" if choice else ""
        return look

    def _decide(
        self,
        read: Read,
        meant: _Meant,
        given: Mapping[str, str],
        ticked: Sequence[Clip],
        there: Who,
        keeper: Keeper | None,
    ) -> _Said:
        slug, clip = read.entry.slug, meant.redaction.clip
        if given["do"] == "keep":
            where = self._desk.folder.episode(slug).redactions
            add_redactions(where, (), [as_said(clip, read.entry.turns)])
            self._log.write(there, "let stay", episode=slug, note=meant.what)
            return {"said": "kept", "start": str(clip.start), "end": str(clip.end)}
        go = set(meant.places) & set(ticked) if given.get("seen") else set(meant.places)
        go = set() if given.get("choice") == "stay" else go
        stay = [one for one in meant.places if one not in go]
        at = clip.start
        first = sorted(go, key=lambda p: (not p.overlaps(at, at), p.start))
        redactions = [replace(meant.redaction, clip=one) for one in first]
        undo = self._acts.do(slug, redactions, stay, meant.text, there, keeper)
        self._note(slug, "redacted", go, meant, there)
        self._note(slug, "let stay", stay, meant, there)
        if not go:
            return {"said": "stay", "undo": undo.id}
        called = self._desk.house.called_privately(self._desk.house.read(slug))
        still = {"voices": str(len(called))} if called else {}
        if stay:
            still["some"] = str(len(go))
        return {"said": "redacted", "undo": undo.id, **still}

    def _note(
        self,
        slug: str,
        did: str,
        clips: Sequence[Clip] | set[Clip],
        meant: _Meant,
        who: Who,
    ) -> None:
        """Write into the log what was done, without the words."""
        if clips:
            more = f", {len(clips)} places" if len(meant.places) > 1 else ""
            self._log.write(who, did, episode=slug, note=f"{meant.what}{more}")

    def _unkeep(self, slug: str, given: Mapping[str, str], there: Who) -> _Said:
        """Let something stay no more: it is listed again."""
        clip = _clip(f"{given.get('start')}-{given.get('end')}")
        drop_kept(self._desk.folder.episode(slug).redactions, clip)
        note = format_clock(clip.start)
        did = "took back that it may stay"
        self._log.write(there, did, episode=slug, note=note)
        return {"said": "unkept"}

    def _undo(
        self, slug: str, given: Mapping[str, str], there: Who, keeper: Keeper | None
    ) -> _Said:
        """Bring back all places of an act, or one of them."""
        undo = self._acts.known(slug, given.get("undo", ""), there)
        if place := given.get("place"):
            clip = _clip(place)
            if not undo.covers(clip):
                raise HTTPException(400, "It redacted no such place.")
            left = self._acts.without(undo, clip, there, keeper)
            note = format_clock(clip.start)
            self._log.write(there, "took a place back", episode=slug, note=note)
            return {"said": "stands", "undo": left.id, "start": str(clip.start)}
        stays = self._acts.undo(undo, keeper)
        note = format_clock(undo.clip.start)
        self._log.write(there, "took a redaction back", episode=slug, note=note)
        return {"said": "undone", "stays": str(stays)} if stays else {"said": "undone"}


def _clip(text: str) -> Clip:
    """Return a stretch written as START-END in ms. Raises HTTPException 400."""
    try:
        start, end = map(int, text.split("-"))
    except ValueError:
        raise HTTPException(400, "A stretch was expected.") from None
    return Clip(start=start, end=end)


def _written(clip: Clip) -> str:
    return f"{clip.start}-{clip.end}"


def _detail(read: Read, found: Sequence[Detail], given: Mapping[str, str]) -> Detail:
    where = (given.get("start"), given.get("end"))
    for detail in found:
        if (str(detail.clip.start), str(detail.clip.end)) == where:
            return detail
    raise UsageError(
        read.entry.slug,
        "has no such private detail any more",
        "look at the page again: somebody may have been faster",
    )
