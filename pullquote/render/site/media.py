"""Sound and pictures that people brought: found, and never from outside the show."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import file_named
from pullquote.formats.enclosure_json import another_sound
from pullquote.formats.folder import ShowFolder
from pullquote.model import address
from pullquote.render.views.edition import Edition


def sounds(chosen: Edition, root: Path) -> Iterator[tuple[str, Path]]:
    """Yield each enclosure's site path and its file.

    Raises MediaError for one that is not as long as feeds say: pages that play a second
    of it would play another's words.
    """
    for episode in chosen.episodes:
        entry = episode.entry
        if entry.enclosure is None:
            continue
        slug, paths = entry.slug, ShowFolder(root).episode(entry.slug)
        made = [(address.enclosure_file(slug), paths.enclosure, paths.enclosure_facts)]
        if entry.m4a is not None:
            made.append((address.alternate_file(slug), paths.m4a, paths.m4a_facts))
        for (path, sound, facts), told in zip(
            made, (entry.enclosure, entry.m4a), strict=False
        ):
            there = _inside(root, sound).is_file()
            if there and told and sound.stat().st_size != told.length:
                raise another_sound(sound, facts)
            yield path, sound


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
    found = _inside(root, file_named(root, path))
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
