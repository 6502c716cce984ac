"""What was heard so far, so that a killed run goes on where it stopped.

One line a window, appended as it is ready; a line that was cut off by a kill is
ignored. The file's name is a digest of everything the words depend on, so nothing
stale can ever be read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pullquote.errors import PullquoteError
from pullquote.formats.disk import text_digest
from pullquote.model.transcript import Word
from pullquote.transcribe.plan import Window
from pullquote.transcribe.runtime import Decoding, Heard

_KEPT = 20
"""Journals of this many recordings stay; the oldest go first."""


class Journal:
    """The windows of one recording that were heard, by decoding."""

    def __init__(self, path: Path | None) -> None:
        """Read what is there; ``None`` keeps no journal."""
        self._path = path
        self._heard: dict[str, Heard] = {}
        if path is None or not path.is_file():
            return
        for line in path.read_bytes().split(b"\n"):
            try:
                key, row = json.loads(line)
                self._heard[key] = _heard(row)
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                continue

    def get(self, window: Window, decoding: Decoding) -> Heard | None:
        """Return what was heard in an earlier run, None if nothing was."""
        return self._heard.get(_key(window, decoding))

    def add(self, decoding: Decoding, found: Iterable[tuple[Window, Heard]]) -> None:
        """Keep what was heard. Raises PullquoteError where it cannot be written."""
        if self._path is None:
            return
        lines = [
            json.dumps([_key(window, decoding), asdict(heard)], ensure_ascii=False)
            for window, heard in found
        ]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as out:
                # A line that a kill cut off must not swallow the next one.
                out.write(("\n" + "\n".join(lines) + "\n").encode())
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise PullquoteError(
                self._path,
                f"cannot be written ({error.strerror or error})",
                "free disk space or check the folder's permissions",
            ) from error


def journal_path(folder: Path, *parts: object) -> Path:
    """Return where the journal of one piece of work lies; old ones are removed.

    ``parts`` are all that the words depend on: recording, weights, options.
    """
    name = text_digest(*(json.dumps(p, sort_keys=True) for p in parts))
    path = folder / f"{name.removeprefix('sha256:')[:24]}.jsonl"
    others = [p for p in folder.glob("*.jsonl") if p != path]
    for old in sorted(others, key=_age)[: -_KEPT + 1]:
        old.unlink(missing_ok=True)
    return path


def _age(path: Path) -> float:
    return path.stat().st_mtime if path.exists() else 0.0


def _key(window: Window, decoding: Decoding) -> str:
    facts = {"window": [window.start, window.end], "decoding": asdict(decoding)}
    return text_digest(json.dumps(facts, sort_keys=True))[-24:]


def _heard(row: dict[str, Any]) -> Heard:
    words = tuple(Word(**word) for word in row.pop("words"))
    return Heard(words=words, **row)
