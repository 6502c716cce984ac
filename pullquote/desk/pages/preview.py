"""An answer's page as readers will see it, in a frame of the editor's page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from pullquote.desk.context import EDITORS, Desk, desk_of, require
from pullquote.desk.door.gate import POLICY
from pullquote.desk.pages.answers import answer_path, not_withdrawn
from pullquote.desk.state.clips import unmuted
from pullquote.formats.answer_md import load_answer
from pullquote.model.address import is_slug

if TYPE_CHECKING:
    from starlette.requests import Request

FRAMED = {
    "content-security-policy": POLICY.replace("script-src 'self'", "script-src 'none'")
    .replace("connect-src 'self'", "connect-src 'none'")
    .replace("form-action 'self'", "form-action 'none'")
    .format(ancestors="'self'")
}
"""The page runs nothing, and may stand in a frame of the desk."""


def routes(desk: Desk, static: StaticFiles) -> Sequence[BaseRoute]:
    """Return the preview's routes; links of a page lead below ``/preview/<episode>/``."""
    return (
        Route("/preview/{slug}/answers/{name}/", _answer, methods=["GET"]),
        Route("/preview/{slug}/media/{name}.mp3", _sound, methods=["GET"]),
        Mount("/preview/{slug}/static", static),
    )


def _answer(request: Request) -> Response:
    require(request, *EDITORS)
    slug, name = request.path_params["slug"], request.path_params["name"]
    return preview(desk_of(request), slug, name)


def preview(desk: Desk, slug: str, name: str, *, heard: bool = True) -> Response:
    """Return the page of an answer as it lies on disk.

    Without a player where the whole episode is not to be ``heard``, or nobody can tell
    what is to be silent in it.
    """
    answer = load_answer(answer_path(desk, slug, name))
    not_withdrawn(answer)  # there is no page of it any more
    read = desk.house.read(slug)
    if not heard or unmuted(desk, read):
        read = replace(read, entry=replace(read.entry, enclosure=None))
    html = desk.house.preview(read, answer)
    return HTMLResponse(html, headers=FRAMED)


def _sound(request: Request) -> Response:
    require(request, *EDITORS)
    slug, desk = request.path_params["slug"], desk_of(request)
    path = desk.folder.episode(slug).enclosure
    if slug != request.path_params["name"] or not is_slug(slug) or not path.is_file():
        raise HTTPException(404, "There is no such sound.")
    if fault := unmuted(desk, desk.house.read(slug)):
        raise fault
    return FileResponse(path, media_type="audio/mpeg")
