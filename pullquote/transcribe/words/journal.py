"""What was heard so far, so that a killed run goes on where it stopped.

One line a result, appended as it is ready; a line that was cut off by a kill is
ignored. The file's name is a digest of everything the words depend on but the
glossary, so nothing stale can ever be read; what depends on the glossary has what it
was told in its key.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pullquote.formats.disk import text_digest, unreadable, unwritable
from pullquote.model.transcript import Engine, Word
from pullquote.transcribe.engine.runtime import Decoding, Said
from pullquote.transcribe.words.windows import Window

_KEPT = 200
"""Journals of this many recordings stay, a megabyte an hour; the oldest go first."""


class Journal:
    """The windows of one recording that were heard."""

    def __init__(self, path: Path | None) -> None:
        """Read what is there; ``None`` keeps no journal. Raises ContentError."""
        self._path = path
        self._rows: dict[str, Any] = {}
        if path is None or not path.is_file():
            return
        try:
            data = path.read_bytes()
        except OSError as error:
            raise unreadable(path, error) from error
        for line in data.split(b"\n"):
            try:
                key, row = json.loads(line)
                self._rows[str(key)] = row
            except (ValueError, TypeError, RecursionError):
                continue

    def said(self, window: Window, decoding: Decoding, prompt: str) -> Said | None:
        """Return what a window was taken to say, None if it was not decoded yet."""
        row = self._rows.get(_key(window, asdict(decoding), prompt))
        try:
            return None if row is None else Said(**row)
        except (TypeError, ValueError):
            return None

    def words(
        self, window: Window, pad: int | None, text: str
    ) -> tuple[Word, ...] | None:
        """Return the words of a window's text, None if it was not aligned yet."""
        row = self._rows.get(_key(window, pad, text))
        try:
            return None if row is None else tuple(Word(*values) for values in row)
        except TypeError:
            return None

    def score(
        self, window: Window, pad: int | None, text: str, prompt: str
    ) -> float | None:
        """Return the log-probability of a text, None if it was not weighed yet."""
        row = self._rows.get(_key(window, pad, text, prompt))
        return row if isinstance(row, float) else None

    def add_said(
        self, decoding: Decoding, found: Iterable[tuple[Window, str, Said]]
    ) -> None:
        """Keep what windows said, each with its prompt. Raises PullquoteError."""
        self._add(
            (_key(window, asdict(decoding), prompt), asdict(said))
            for window, prompt, said in found
        )

    def add_words(
        self, pad: int | None, found: Iterable[tuple[Window, str, tuple[Word, ...]]]
    ) -> None:
        """Keep the words of windows' texts. Raises PullquoteError."""
        self._add(
            (
                _key(window, pad, text),
                [(word.start, word.end, word.text, word.probability) for word in words],
            )
            for window, text, words in found
        )

    def add_scores(
        self,
        window: Window,
        pad: int | None,
        prompt: str,
        found: Iterable[tuple[str, float]],
    ) -> None:
        """Keep the log-probabilities of texts. Raises PullquoteError."""
        self._add((_key(window, pad, text, prompt), score) for text, score in found)

    def _add(self, rows: Iterable[tuple[str, object]]) -> None:
        if self._path is None:
            return
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as out:
                # A line that a kill cut off must not swallow the next one.
                out.write(("\n" + "\n".join(lines) + "\n").encode(errors="replace"))
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise unwritable(self._path, error) from error


UNKEPT = Journal(None)


def journal_of(work: Path | None, engine: Engine, *recordings: str) -> Journal:
    """Return what was heard so far of recordings, by their sha256, with an engine.

    ``work`` is the folder that keeps it; None keeps none. Raises ContentError.
    """
    facts = (recordings, asdict(engine))
    return Journal(journal_path(work, *facts)) if work else UNKEPT


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
    try:
        return path.stat().st_mtime
    except OSError:  # another run removed it
        return 0.0


def _key(window: Window, *facts: object) -> str:
    parts = json.dumps([window.start, window.end, *facts], sort_keys=True)
    return text_digest(parts)[-24:]
