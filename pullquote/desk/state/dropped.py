"""Drafts that were thrown away at the desk, so that each can be brought back.

``.pullquote/desk/dropped/<episode>/<slug>.md``, the file as it was.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain, count
from pathlib import Path

from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import read_text, write_text
from pullquote.model.address import is_slug
from pullquote.model.answer import Answer


class Dropped:
    """The drafts that were thrown away."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, episode: str, slug: str, text: str) -> None:
        """Keep a draft, beside those of the same address that were thrown away before.

        Raises PullquoteError where it cannot be kept.
        """
        names = chain((slug,), (f"{slug}-{number}" for number in count(2)))
        path = next(p for n in names if not (p := self._path(episode, n)).exists())
        write_text(path, text, private=True)

    def of(self, episode: str) -> tuple[Answer, ...]:
        """Return an episode's, by their address; one that cannot be read is left out."""
        found = []
        for path in self.files(episode):
            try:
                found.append(load_answer(path))
            except PullquoteError:
                continue
        return tuple(found)

    def text(self, episode: str, slug: str) -> str:
        """Return one as it was. Raises UsageError where there is none."""
        path = self._path(episode, slug)
        if not is_slug(slug) or not path.is_file():
            raise UsageError(slug, "was not thrown away", "choose one of the list")
        return read_text(path)

    def forget(self, episode: str, slug: str) -> None:
        """Keep one no longer: it was brought back."""
        self._path(episode, slug).unlink(missing_ok=True)

    def rewrite(self, episode: str, change: Callable[[str], str]) -> tuple[str, ...]:
        """Change an episode's: what is redacted is in none. Return their ids."""
        for path in self.files(episode):
            write_text(path, change(read_text(path)), private=True)
        return tuple(answer.id for answer in self.of(episode))

    def episodes(self) -> set[str]:
        """Return the episodes of which drafts are kept."""
        return {path.name for path in self._folder.glob("[!.]*") if path.is_dir()}

    def move(self, episode: str, new: str) -> None:
        """Keep an episode's under its new name. Raises PullquoteError."""
        for path in self.files(episode):
            self.keep(new, path.stem, read_text(path))
            path.unlink()

    def files(self, episode: str) -> list[Path]:
        """Return the files of an episode's, in order of their names."""
        return sorted((self._folder / episode).glob("[!.]*.md"))

    def _path(self, episode: str, slug: str) -> Path:
        return self._folder / episode / f"{slug}.md"
