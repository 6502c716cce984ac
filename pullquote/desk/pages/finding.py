"""Find words in one transcript or in all, before they are replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, require
from pullquote.desk.room.document import Document
from pullquote.desk.room.report import shown
from pullquote.desk.rooms import Rooms
from pullquote.errors import PullquoteError
from pullquote.formats.clock import format_short_clock
from pullquote.formats.disk import read_text
from pullquote.formats.episode_toml import load_episode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

_MOST = 500
"""Places shown at once; after they are replaced the next ones come."""
_AROUND = 40
"""Characters shown on each side of a place."""


def routes(desk: Desk, rooms: Rooms) -> Sequence[BaseRoute]:
    """Return the route of the search."""

    def search(request: Request) -> Response:
        """Return the places of a query, by episode."""
        require(request, *EDITORS)
        slug = str(request.path_params["slug"])
        pattern = _pattern(request)
        rooms.get(slug)
        others = desk.folder.slugs() if request.query_params.get("all") else ()
        found: list[dict[str, Any]] = []
        left, more = _MOST, 0
        for one in dict.fromkeys((slug, *others)):
            if one != slug and not _may_hold(desk, one, pattern):
                continue
            try:
                revision, places = _search(rooms, one, pattern)
            except PullquoteError:
                continue  # its own page says what is wrong with it
            if shown_here := places[:left]:
                title = load_episode(desk.folder.episode(one).facts).title
                found.append(
                    {
                        "slug": one,
                        "title": title,
                        "revision": revision,
                        "places": shown_here,
                    }
                )
            left -= len(shown_here)
            more += len(places) - len(shown_here)
        return JSONResponse({"found": found, "more": more})

    return (Route("/episodes/{slug}/find", search, methods=["GET"]),)


def _pattern(request: Request) -> re.Pattern[str]:
    """Return what finds the words with any space between them, ``whole`` words alone."""
    given = request.query_params
    words = given.get("q", "")[:200].split()
    if not words:
        raise HTTPException(400, "Say what to look for.")
    text = r"\s+".join(map(re.escape, words))
    if given.get("whole"):
        text = rf"(?<!\w){text}(?!\w)"
    return re.compile(text, 0 if given.get("capitals") else re.IGNORECASE)


def _may_hold(desk: Desk, slug: str, pattern: re.Pattern[str]) -> bool:
    """Look into the file first: only where there is something it is opened."""
    try:
        text = read_text(desk.folder.episode(slug).transcript)
    except PullquoteError:
        return False
    return pattern.search(text) is not None


def _search(
    rooms: Rooms, slug: str, pattern: re.Pattern[str]
) -> tuple[int, list[dict[str, Any]]]:
    keeper = rooms.get(slug)
    with keeper.lock:
        revision, document = keeper.room.revision, keeper.room.document
    return revision, [*_places(document, pattern)]


def _places(document: Document, pattern: re.Pattern[str]) -> Iterator[dict[str, Any]]:
    """Yield each place in the order of reading; ``at`` counts characters of the turn."""
    for turn in document.turns:
        text = shown(turn.text)
        for match in pattern.finditer(turn.text):
            start, end = match.span()
            yield {
                "turn": turn.id,
                "at": start,
                "text": text[start:end],
                "before": text[max(0, start - _AROUND) : start],
                "after": text[end : end + _AROUND],
                "speaker": turn.speaker,
                "start": format_short_clock(turn.start),
            }
