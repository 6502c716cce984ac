"""Which episodes did not change since the last build: they need not be read again.

An episode's origin is a digest of all its text files. It is remembered together with
their size, time and inode, by which make and rsync too tell that a file is the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator
from contextlib import suppress

from pullquote.formats.disk import write_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder

_FILE = "origins.json"
_TEXTS = (".toml", ".md", ".json")


class Origins:
    """The origins of a show's episodes, as far as the last build knew them."""

    def __init__(self, folder: ShowFolder) -> None:
        self._file = folder.state / _FILE
        self._before: dict[str, list[str]] = {}
        with suppress(OSError, ValueError, AttributeError, TypeError):
            found = json.loads(self._file.read_bytes())
            self._before = {str(slug): [*pair] for slug, pair in found.items()}
        self._looks: dict[str, str] = {}

    def known(self, paths: EpisodeFolder) -> str | None:
        """Return an episode's origin, None where a file of it is not as it was."""
        look = self._looks[paths.slug] = _look(paths)
        before = self._before.get(paths.slug, ["", ""])
        return before[1] if before[0] == look else None

    def save(self, origins: dict[str, str]) -> None:
        """Remember the origins of a finished build, by slug.

        What somebody saved since it was looked at is due the next time.
        """
        rows = {
            slug: [self._looks[slug], origin]
            for slug, origin in sorted(origins.items())
            if slug in self._looks
        }
        write_text(self._file, json.dumps(rows, indent=0))


def origin_of(paths: EpisodeFolder) -> str:
    """Return the digest of everything that is written about an episode."""
    digest = hashlib.sha256()
    for entry in _files(paths):
        with open(entry.path, "rb") as file:  # noqa: PTH123  # twenty for each episode
            data = file.read()
        name = os.fsencode(f"{os.path.relpath(entry.path, paths.root)}\n{len(data)}\n")
        digest.update(name + data)
    return digest.hexdigest()


def _look(paths: EpisodeFolder) -> str:
    digest = hashlib.sha256()
    for entry in _files(paths):
        facts = entry.stat()
        text = f"{entry.path}|{facts.st_size}|{facts.st_mtime_ns}|{facts.st_ino}\n"
        digest.update(os.fsencode(text))
    return digest.hexdigest()


def _files(paths: EpisodeFolder) -> Iterator[os.DirEntry[str]]:
    for folder in (
        paths.facts.parent,
        paths.transcript.parent,
        paths.answers,
        paths.approved("x").parent,
    ):
        with suppress(FileNotFoundError):
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
            yield from (e for e in entries if e.name.endswith(_TEXTS) and e.is_file())
