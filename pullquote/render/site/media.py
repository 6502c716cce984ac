"""Sound and pictures that people brought: found, and never from outside the show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.render.views.edition import Edition


def sounds(chosen: Edition, root: Path) -> Iterator[tuple[str, Path]]:
    """Yield each enclosure's site path and its file."""
    for episode in chosen.episodes:
        if episode.entry.enclosure is not None:
            slug = episode.entry.slug
            paths = ShowFolder(root).episode(slug)
            yield address.enclosure_file(slug), _inside(root, paths.enclosure)
            if episode.entry.m4a is not None:
                yield address.alternate_file(slug), _inside(root, paths.m4a)


PHOTO_SIDE = 1200
"""Pixels of a published photograph's longer side: pages show it at 160 at most."""


def pictures(chosen: Edition, root: Path) -> Iterator[tuple[str, Path, int | None]]:
    """Yield covers and photographs: site path, file, and pixels of a side at most.

    What changed stands at its plain address too, for those who have no other. Raises ContentError for a missing one.
    """
    show = chosen.show
    cover = address.cover_file(show)
    if cover and show.cover:
        for path in sorted({cover, address.plain_cover(show.cover)}):
            yield path, found_picture(root, show.cover), None
    for person in chosen.people:
        photo = address.photo_file(person)
        if photo and person.photo:
            yield photo, found_picture(root, person.photo), PHOTO_SIDE
    for episode in chosen.episodes:
        slug, own = episode.entry.slug, episode.entry.episode.cover
        if own:
            file = found_picture(root, f"episodes/{slug}/{own}")
            plain = address.plain_cover(own, slug)
            for path in sorted({address.episode_cover(show, slug, own), plain}):
                yield path, file, None


def found_picture(root: Path, path: str) -> Path:
    """Return the file of a picture that the show names. Raises ContentError."""
    found = _inside(root, root / path)
    if not found.is_file():
        remedy = "add the picture, or correct the path that names it"
        raise ContentError(found, "there is no picture here", remedy)
    return found


def _inside(root: Path, path: Path) -> Path:
    """Return a path; what lies outside the show's folder is never published."""
    inside, top = os.path.realpath(path), os.path.realpath(root)
    if inside != top and not inside.startswith(f"{top.rstrip(os.sep)}{os.sep}"):
        remedy = "copy it into the folder"
        raise ContentError(path, "lies outside the show's folder", remedy)
    return path
