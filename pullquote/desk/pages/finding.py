"""Find words in one transcript or in all, before they are replaced."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import BaseRoute, Route

from pullquote.desk.context import EDITORS, Desk, require
from pullquote.desk.room.finding import FoundPlace, find, pattern_of
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
            if shown_here := [_place(place) for place in places[:left]]:
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
    given = request.query_params
    try:
        return pattern_of(
            given.get("q", "")[:200],
            capitals=bool(given.get("capitals")),
            whole=bool(given.get("whole")),
        )
    except ValueError:
        raise HTTPException(400, "Say what to look for.") from None


def _may_hold(desk: Desk, slug: str, pattern: re.Pattern[str]) -> bool:
    """Look into the file first: only where there is something it is opened."""
    try:
        text = read_text(desk.folder.episode(slug).transcript)
    except PullquoteError:
        return False
    return pattern.search(text) is not None


def _search(
    rooms: Rooms, slug: str, pattern: re.Pattern[str]
) -> tuple[int, list[FoundPlace]]:
    keeper = rooms.get(slug)
    with keeper.lock:
        revision, document = keeper.room.revision, keeper.room.document
    return revision, list(find(document, pattern))


def _place(place: FoundPlace) -> dict[str, Any]:
    return {
        "turn": place.turn.id,
        "at": place.at,
        "text": shown(place.text),
        "before": place.before,
        "after": place.after,
        "speaker": place.turn.speaker,
        "start": format_short_clock(place.turn.start),
    }
