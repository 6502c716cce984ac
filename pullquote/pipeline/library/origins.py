"""Which episodes did not change since the last build: they need not be read again.

What was read of an episode is remembered, together with the size, the times and the
inode of each of its files, by which git too tells that a file is the same.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from pullquote.formats.disk import read_bytes, write_bytes
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.model.library import Entry

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_FILE = "origins.jsonl"
_OF_PREVIEW = "origins-preview.jsonl"
"""Apart, for what a preview shows went through no gate."""
_TEXTS = (".toml", ".md", ".json")
_MEDIA = (".mp3", ".m4a", ".jpg", ".jpeg", ".png")


@dataclass(frozen=True, slots=True)
class _Row:
    """An episode as a build read it, without its words."""

    entry: Entry
    public: tuple[str, ...] | None
    """Slugs of its approved answers; None where one is not among ``answers``."""


class Origins:
    """What the last build knew of a show's episodes.

    ``made_by`` is a digest of all that an episode was judged by beside its own files:
    the show, the code, the private words. Another one, and nothing is known.
    """

    def __init__(
        self, folder: ShowFolder, made_by: str, *, drafts: bool = False
    ) -> None:
        self._file = folder.state / (_OF_PREVIEW if drafts else _FILE)
        self._made_by = made_by.encode()
        self._before: dict[str, tuple[bytes, bytes, bytes]] = {}
        with suppress(OSError, ValueError):
            head, *lines = self._file.read_bytes().split(b"\n")
            for line in lines if head == self._made_by else ():
                slug, *rest = line.split(b"\t", 3)
                look, origin, row = rest
                self._before[os.fsdecode(slug)] = look, origin, row
        self._looks: dict[str, bytes] = {}

    def known(self, paths: EpisodeFolder) -> Entry | None:
        """Return an episode as it was read, None where a file of it is not as it was."""
        look = self._looks[paths.slug] = _look(paths)
        before = self._before.get(paths.slug)
        if before is None or before[0] != look:
            return None
        try:
            return replace(parse_line(before[2]), origin=before[1].decode())
        except ValueError:  # a damaged line costs only time
            return None

    def look(self, paths: EpisodeFolder) -> None:
        """Take note of how an episode's files are before they are read anew."""
        self._looks[paths.slug] = _look(paths)

    def still(self, paths: EpisodeFolder) -> bool:
        """Say whether an episode's files are as they were when it was asked for."""
        return self._looks.get(paths.slug) == _look(paths)

    def save(
        self,
        entries: Iterable[Entry],
        origins: Mapping[str, str],
        rows: Mapping[str, bytes] | None = None,
    ) -> None:
        """Remember the episodes of a finished build whose origins are known.

        ``rows`` are what ``format_line`` returns of them, where somebody asked before.
        What somebody saved since it was looked at is due the next time.
        """
        lines = [self._made_by]
        now: dict[str, tuple[bytes, bytes, bytes]] = {}
        for entry in entries:
            origin = origins.get(entry.slug, "").encode()
            look = self._looks.get(entry.slug)
            if not origin or not look or not entry.spoken:
                continue
            before = self._before.get(entry.slug)
            same = before is not None and before[:2] == (look, origin)
            known = before[2] if before is not None and same else None
            row = known or (rows or {}).get(entry.slug) or format_line(entry)
            now[entry.slug] = look, origin, row
            lines.append(b"\t".join((os.fsencode(entry.slug), look, origin, row)))
        self._before = now
        write_bytes(self._file, b"\n".join(lines))


@cache
def _rows() -> TypeAdapter[_Row]:
    from pydantic import TypeAdapter

    return TypeAdapter(_Row)


@lru_cache(maxsize=1 << 13)  # `build --watch` asks for the same ones each time
def parse_line(line: bytes) -> Entry:
    """Return an episode of ``format_line``. Raises ValueError where it is damaged."""
    row = _rows().validate_json(line)
    entry = _as_read(row.entry)
    if row.public is None:
        return entry
    public = frozenset(row.public)
    approved = tuple(a for a in entry.answers if a.slug in public)
    return replace(entry, approved=approved)


def _as_read(entry: Entry) -> Entry:
    """Return an episode whose moment of publication is as TOML gives it."""
    if (moment := entry.episode.published) is None:
        return entry
    published = datetime.fromisoformat(moment.isoformat())
    return replace(entry, episode=replace(entry.episode, published=published))


def format_line(entry: Entry) -> bytes:
    """Return an episode without its words as JSON; what is default is left out."""
    transcript = entry.transcript and replace(entry.transcript, turns=())
    now = {answer.slug: answer for answer in entry.answers}
    listed = all(now.get(answer.slug) == answer for answer in entry.approved)
    bare = replace(
        entry,
        machine=None,
        transcript=transcript,
        turns=(),
        suggestions=None,
        unread=True,
        origin=None,
        ground=None,
        approved=() if listed else entry.approved,
    )
    public = tuple(answer.slug for answer in entry.approved) if listed else None
    return _rows().dump_json(_Row(bare, public), exclude_defaults=True)


_GROUND = frozenset(
    (
        "episode.toml",
        "enclosure.json",
        "enclosure-m4a.json",
        "redactions.toml",
        "transcript.md",
        "words.json",
    )
)


def origin_of(paths: EpisodeFolder) -> tuple[str, str]:
    """Return the digest of everything that is written about an episode, and its ground.

    The ground is the digest of what its answers have in common: see ``Entry``.
    """
    digest, ground = hashlib.sha256(), hashlib.sha256()
    above = len(f"{paths.root}/")
    for entry in _files(paths, _TEXTS):
        if not entry.is_file():
            continue
        data = read_bytes(entry.path)
        name = os.fsencode(f"{entry.path[above:]}\n{len(data)}\n")
        digest.update(name + data)
        if entry.name in _GROUND:
            ground.update(name + data)
    return digest.hexdigest(), ground.hexdigest()


def _look(paths: EpisodeFolder) -> bytes:
    """Return what a look at an episode's files tells, its media too, for readers get them."""
    digest = hashlib.sha256()
    for entry in _files(paths, _TEXTS + _MEDIA):
        # a dead link is a look of its own: what reads it has to say so
        told = entry.stat(follow_symlinks=entry.is_file())
        # its inode changes whenever a site gets a link to it
        changed = 0 if entry.name.endswith(_MEDIA) else told.st_ctime_ns
        facts = told.st_size, told.st_mtime_ns, changed, told.st_ino
        digest.update(os.fsencode(f"{entry.path}|{facts}\n"))
    return digest.hexdigest().encode()


def _files(
    paths: EpisodeFolder, endings: tuple[str, ...]
) -> Iterator[os.DirEntry[str]]:
    root, slug = paths.root, paths.slug
    told = f"{root}/transcripts/{slug}"
    for folder in (
        f"{root}/episodes/{slug}",
        told,
        f"{told}/answers",
        f"{told}/approved",
    ):
        with suppress(FileNotFoundError):
            entries = sorted(os.scandir(folder), key=lambda e: e.name)
            yield from (e for e in entries if e.name.endswith(endings))
