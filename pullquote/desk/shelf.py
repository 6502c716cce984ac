"""The shelf: every episode and where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from starlette.routing import BaseRoute, Route

from pullquote.desk.context import Desk, desk_of, page, require
from pullquote.errors import PullquoteError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.show_toml import load_show
from pullquote.model.episode import Episode

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response


def routes(desk: Desk) -> Sequence[BaseRoute]:
    """Return the shelf's routes."""
    return (Route("/", _shelf, methods=["GET"]),)


def _shelf(request: Request) -> Response:
    require(request, "producer", "editor")
    folder = desk_of(request).folder
    rows: list[tuple[str, Episode | None, PullquoteError | None]] = []
    for slug in folder.slugs():
        try:
            rows.append((slug, load_episode(folder.episode(slug).facts), None))
        except PullquoteError as error:
            rows.append((slug, None, error))
    return page(request, "shelf.html.j2", show=load_show(folder.show), rows=rows)
