"""Private details: found, taken out with one key, or said to be harmless."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from pullquote.desk.accounts import local_path
from pullquote.desk.answer_versions import Versions
from pullquote.desk.context import Desk, Read, Who, form, page, require
from pullquote.desk.log import Log
from pullquote.desk.requests import Requests
from pullquote.errors import ContentError, PullquoteError, UsageError
from pullquote.formats.answer_md import format_changes, load_answer
from pullquote.formats.clock import format_clock, parse_clock
from pullquote.formats.disk import read_text, write_text
from pullquote.mark.private.details import Detail
from pullquote.model.answer import Anchors, Clip, Redaction

if TYPE_CHECKING:
    from starlette.requests import Request

_MARKS = ".,;:?!\"'\u201c\u201d\u2018\u2019()[]\u2026"


def routes(
    desk: Desk, requests: Requests, log: Log, versions: Versions
) -> Sequence[BaseRoute]:
    """Return the routes of an episode's redactions."""
    room = _Redactions(desk, requests, log, versions)
    return (
        Route("/episodes/{slug}/redactions", room.show, methods=["GET"]),
        Route("/episodes/{slug}/redactions", room.change, methods=["POST"]),
    )


class _Redactions:
    def __init__(
        self, desk: Desk, requests: Requests, log: Log, versions: Versions
    ) -> None:
        self._desk = desk
        self._requests = requests
        self._log = log
        self._versions = versions

    def show(self, request: Request) -> Response:
        """Show what is private, what is redacted and what may stay."""
        require(request, "producer", "editor")
        read = self._desk.house.read(request.path_params["slug"])
        return page(
            request,
            "redactions.html.j2",
            read=read,
            private=self._desk.house.private(read),
            said=request.query_params.get("said"),
        )

    def change(self, request: Request) -> Response:
        """Redact a detail, let it stay, or redact a stretch that a person names."""
        there = require(request, "producer", "editor")
        slug = request.path_params["slug"]
        given = form(request)
        request.app.state.rooms.flush(slug)  # what is typed this moment is mended too
        read = self._desk.house.read(slug)
        if given.get("do") == "add":
            text = self._add(read, given, there)
            said = "redacted"
        else:
            detail = self._detail(read, given)
            text = detail.text
            said = self._resolve(slug, detail, given, there)
        if said == "redacted" and (pattern := _pattern(text)):
            request.app.state.rooms.hide(slug, pattern)
        wanted = local_path(given.get("next", f"/episodes/{slug}/redactions"))
        sign = "&" if "?" in wanted else "?"
        return RedirectResponse(f"{wanted}{sign}said={said}", 303)

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

    def _resolve(
        self, slug: str, detail: Detail, given: dict[str, str], there: Who
    ) -> str:
        # the log never says what was redacted
        note = f"{detail.kind} at {format_clock(detail.clip.start)}"
        if given.get("do") == "keep":
            self._desk.house.keep(slug, detail.clip)
            self._log.write(there, "let stay", episode=slug, note=note)
            return "kept"
        redaction = detail.redaction()
        if instead := " ".join(given.get("replacement", "").split()):
            redaction = replace(redaction, replacement=instead)
        self._desk.house.redact(slug, redaction)
        self._take_out(slug, detail.text, redaction.replacement)
        self._log.write(there, "redacted", episode=slug, note=note)
        return "redacted"

    def _add(self, read: Read, given: dict[str, str], there: Who) -> str:
        """Redact a stretch; return what was said there."""
        slug = read.entry.slug
        where = self._desk.folder.episode(slug).redactions
        try:
            start = parse_clock(given.get("start", ""))
            end = parse_clock(given.get("end", ""))
        except ValueError:
            remedy = "write start and end as 00:12:31.2"
            raise ContentError(where, "one of the times is none", remedy) from None
        if end <= start:
            raise ContentError(where, "the end comes before the start", "swap them")
        replacement = " ".join(given.get("replacement", "").split())
        reason = " ".join(given.get("reason", "").split()) or None
        clip = Clip(start=start, end=end)
        self._desk.house.redact(
            slug, Redaction(clip=clip, replacement=replacement, reason=reason)
        )
        note = f"{format_clock(start)} to {format_clock(end)}"
        self._log.write(there, "redacted", episode=slug, note=note)
        words = (w for turn in read.entry.turns for w in turn.words)
        return " ".join(w.text for w in words if clip.overlaps(w.start, w.end))

    def _take_out(self, slug: str, text: str, instead: str) -> None:
        """Take the words out of the episode's answers too, with all that was kept of them.

        A signed copy that held them is no longer what was signed, and not shown.
        """
        folder = self._desk.folder.episode(slug)
        change = partial(without, text=text, instead=instead)
        with self._desk.house.writing():
            signed = folder.approved("x").parent
            for path in sorted(
                (*folder.answers.glob("[!.]*.md"), *signed.glob("*.md"))
            ):
                try:
                    answer = load_answer(path)
                except PullquoteError:
                    continue  # the shelf names it; the build's own search finds the words
                changed = replace(
                    answer,
                    question=change(answer.question),
                    body=change(answer.body),
                    anchor=_changed(answer.anchor, change),
                )
                self._versions.rewrite(answer.id, change)
                self._requests.rewrite(answer.id, change)
                if changed != answer:
                    write_text(path, format_changes(read_text(path), path, changed))


def _changed(anchor: Anchors | None, change: Callable[[str], str]) -> Anchors | None:
    """Return anchors with their texts changed: they quote what was said."""
    if anchor is None:
        return None
    found = {
        key: one
        and replace(
            one,
            exact=change(one.exact),
            prefix=change(one.prefix),
            suffix=change(one.suffix),
        )
        for key, one in (("asked", anchor.asked), ("answered", anchor.answered))
    }
    return Anchors(**found)


def without(written: str, text: str, instead: str) -> str:
    """Return a text with other words for the private ones, however they are written.

    >>> without("Maria\\nLopez's back hurts", "Maria Lopez's", "a viewer")
    "a viewer's back hurts"
    """
    pattern = _pattern(text)
    return pattern.sub(lambda _: instead, written) if pattern else written


def _pattern(text: str) -> re.Pattern[str] | None:
    """Return what finds words however they are written; None for no words."""
    words = [word.strip(_MARKS) for word in text.split()]
    own = "'s" if words and re.search("['\u2019]s$", words[-1]) else ""
    if own:
        words[-1] = words[-1][:-2]
    pattern = r"[\s\W]+".join(map(re.escape, filter(None, words)))
    return re.compile(rf"(?<!\w){pattern}(?!\w)", re.I) if pattern else None
