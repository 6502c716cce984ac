"""Which files of a folder are one recording, and which are none. Pure.

Zoom writes a meeting's picture and its sound as two files, OBS keeps a file and its
remuxed copy, editors export a talk in several forms: each is one recording.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from pullquote.pull.file_names import one_speaker

# fmt: off
_SOUND = (".wav", ".flac", ".aif", ".aiff", ".m4a", ".m4b", ".opus", ".oga", ".ogg",
          ".mp3", ".aac", ".mka", ".wma", ".amr")
_PICTURE = (".mp4", ".m4v", ".mov", ".webm", ".mkv", ".ogv", ".avi", ".flv", ".mpg",
            ".mpeg", ".ts", ".wmv")
# fmt: on
MEDIA = frozenset({*_SOUND, *_PICTURE})
"""Endings of files that a folder is looked through for."""

UNCONVERTED = ".zoom"
"""Ending of what Zoom has recorded and not made a file of yet."""

_PART = re.compile(r"(?:audio|video|zoom_|audio_only_?)(\d*)", re.IGNORECASE)
_CLOUD = re.compile(r"(GMT\d{8}-\d{6}_Recording)(?:_([a-z]+))?.*", re.IGNORECASE)
_VIEWS = ("", "gallery", "gvo", "avo", "as")
"""Zoom's pictures of one meeting, the fullest first: screen and speaker, gallery, …"""


@dataclass(frozen=True, slots=True)
class Offered:
    """One recording of a folder."""

    path: Path
    same: tuple[Path, ...] = ()
    """Other files of the very same recording."""
    withheld: str | None = None
    """Why it is not to be had, in words."""


def recordings_in(files: Iterable[Path], *, picture: bool = False) -> list[Offered]:
    """Return the recordings among the files of one folder, in order of name.

    ``picture`` prefers a form with moving pictures to the sound alone.
    """
    groups: dict[str, list[Path]] = {}
    files = sorted(files)
    for path in files:
        if path.suffix.lower() in MEDIA:
            groups.setdefault(_key(path.stem), []).append(path)
    found = [_best(group, picture=picture) for group in groups.values()]
    if not found:
        waiting = [path for path in files if path.suffix.lower() == UNCONVERTED]
        found = [Offered(path, (), _CONVERT) for path in waiting[:1]]
    return found


_CONVERT = "has not been converted by Zoom yet; double-click it"
_TRACK = "is the track of one speaker; export the whole conversation as one file"


def cloud_stem(stem: str) -> str:
    """Return what the names of all files of one meeting in Zoom's cloud begin with.

    >>> cloud_stem("GMT20210616-190005_Recording_gallery_1280x720"), cloud_stem("talk")
    ('GMT20210616-190005_Recording', 'talk')
    """
    cloud = _CLOUD.fullmatch(stem)
    return cloud[1] if cloud else stem


def _key(stem: str) -> str:
    """Return what two files have in common that are one recording."""
    if part := _PART.fullmatch(stem):
        return f"part {int(part[1] or 0)}"
    return cloud_stem(stem).lower()


def _best(group: list[Path], *, picture: bool) -> Offered:
    order = (*_PICTURE, *_SOUND) if picture else (*_SOUND, *_PICTURE)

    def rank(path: Path) -> tuple[int, int]:
        cloud = _CLOUD.fullmatch(path.stem)
        view = (cloud[2] or "").lower() if cloud else ""
        place = _VIEWS.index(view) if view in _VIEWS else len(_VIEWS)
        return order.index(path.suffix.lower()), place

    first, *others = sorted(group, key=rank)
    return Offered(first, tuple(others), _TRACK if one_speaker(first.stem) else None)
