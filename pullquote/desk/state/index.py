"""An index of all episodes, so that thousands of them are on the shelf at once.

It lies in ``.pullquote/desk/index.db`` (SQLite, FTS5) and may be deleted at any time. An
episode is read anew when the size, time or inode of one of its files is another.
"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import msgspec

from pullquote.desk.state.standing import Passage, Standing, standing
from pullquote.errors import PullquoteError
from pullquote.formats.folder import ShowFolder

_SCHEMA = "2"
_TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA secure_delete = ON;
CREATE TABLE IF NOT EXISTS about (schema TEXT);
CREATE TABLE IF NOT EXISTS episodes (slug TEXT PRIMARY KEY, facts TEXT, row TEXT);
CREATE VIRTUAL TABLE IF NOT EXISTS texts USING fts5(
  slug UNINDEXED, kind UNINDEXED, place UNINDEXED, who, text,
  tokenize = "unicode61 remove_diacritics 2");
CREATE TABLE IF NOT EXISTS rows_of (slug TEXT, row INTEGER);
CREATE INDEX IF NOT EXISTS rows_of_slug ON rows_of (slug);
"""
_READ = frozenset(
    (
        "transcript.md",
        "words.json",
        "suggestions.json",
        "decisions.json",
        "redactions.toml",
    )
)
_REDACTIONS = r"redactions\.toml[^,|]*"
_FEW = 20
"""Episodes that are waited for."""
_FOR_FEW = 10.0
"""Seconds that they may take."""
_BEGIN, _END = "\x02", "\x03"
"""Around what was found; no text has them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A place where something was found."""

    slug: str
    kind: str
    place: str
    who: str
    pieces: tuple[tuple[str, bool], ...]
    """The text around it, each piece with whether it is what was looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far the index is."""

    done: int
    total: int
    problem: str | None = None

    @property
    def complete(self) -> bool:
        """Everything is in it as it lies on disk."""
        return self.done >= self.total and self.problem is None


class Index:
    """The index of one show; may be used from several threads."""

    def __init__(self, folder: ShowFolder, path: Path) -> None:
        self._folder = folder
        self._path = path
        self._starting = threading.Lock()
        self._work: threading.Thread | None = None
        total = len(_names(folder.root / "episodes"))  # until all of it is looked at
        self._progress = Progress(done=0, total=total)
        self._stopped = False
        self._changes = 0
        self._standings: tuple[int, tuple[Standing, ...]] = (-1, ())

    def refresh(self, wait: float) -> Progress:
        """Look for changes in another thread, and return after ``wait`` s at most.

        Where few episodes are left to read it waits for them, on a busy machine too: a
        small show is never shown in part.
        """
        with self._starting:
            if self._work is None or not self._work.is_alive():
                self._work = threading.Thread(target=self._refresh, daemon=True)
                self._work.start()
            work = self._work
        until = time.monotonic() + max(wait, _FOR_FEW)
        work.join(wait)
        while work.is_alive() and time.monotonic() < until:
            if self._progress.total - self._progress.done > _FEW:
                break
            work.join(0.05)
        return self._progress

    def close(self) -> None:
        """Stop looking; what is in the index stays."""
        self._stopped = True
        if self._work is not None:
            self._work.join()

    def forget(self, slug: str) -> None:
        """Leave no word of an episode in the file; the next look reads it anew.

        Nor of one that is not there any more: it may be this one, by its former name.
        """
        if self._path.exists():
            there = {*_names(self._folder.root / "episodes")} - {slug}
            with self._opened() as db:
                known = db.execute("SELECT slug FROM episodes").fetchall()
                for (one,) in known:
                    if one not in there:
                        _forget(db, one)
                _merge(db)

    def standings(self) -> tuple[Standing, ...]:
        """Return all episodes, the newest first."""
        changes, known = self._changes, self._standings
        if known[0] != changes:
            with self._opened() as db:
                rows = [row for (row,) in db.execute("SELECT row FROM episodes")]
            found = [msgspec.convert(json.loads(row), Standing) for row in rows]
            known = self._standings = (changes, tuple(sorted(found, key=_newest)))
        return known[1]

    def search(self, words: str, limit: int, skip: int = 0) -> tuple[Found, ...]:
        """Return places that hold all the words, the best first; answers before turns."""
        query = fts_query(words)
        if not query:
            return ()
        with self._opened() as db:
            rows = db.execute(
                "SELECT slug, kind, place, who, snippet(texts, 4, ?, ?, '…', 24)"
                " FROM texts WHERE texts MATCH ? ORDER BY kind, rank LIMIT ? OFFSET ?",
                (_BEGIN, _END, query, limit, skip),
            ).fetchall()
        return tuple(
            Found(slug=s, kind=k, place=p, who=w, pieces=_pieces(text))
            for s, k, p, w, text in rows
        )

    def count(self, words: str) -> int:
        """Return how many places hold all the words."""
        query = fts_query(words)
        if not query:
            return 0
        with self._opened() as db:
            sql = "SELECT count(*) FROM texts WHERE texts MATCH ?"
            return int(db.execute(sql, (query,)).fetchone()[0])

    @contextmanager
    def _opened(self) -> Iterator[sqlite3.Connection]:
        """Yield the database. Raises PullquoteError where the disk does not let it be."""
        try:
            with closing(self._sound()) as db:
                yield db
        except (sqlite3.Error, OSError) as error:
            problem = f"cannot be written ({error})"
            raise PullquoteError(self._path, problem, "free disk space") from error

    def _sound(self) -> sqlite3.Connection:
        try:
            return self._connect()
        except sqlite3.DatabaseError:  # broken: it is made anew
            for ending in ("", "-wal", "-shm"):
                with suppress(OSError):
                    self._path.with_name(self._path.name + ending).unlink()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self._path, timeout=10)
        try:
            db.executescript(_TABLES)
            known = db.execute("SELECT schema FROM about").fetchone()
            if known is None:
                db.execute("INSERT INTO about VALUES (?)", (_SCHEMA,))
                db.commit()
            elif known[0] != _SCHEMA:
                raise sqlite3.DatabaseError("of another version")
            self._path.chmod(0o600)
        except BaseException:
            db.close()
            raise
        return db

    def _refresh(self) -> None:
        try:
            with self._opened() as db:
                self._read_changed(db)
        except PullquoteError as error:
            self._progress = replace(self._progress, problem=str(error))

    def _read_changed(self, db: sqlite3.Connection) -> None:
        now = dict(look(self._folder.root))
        before = dict(db.execute("SELECT slug, facts FROM episodes"))
        for slug in before.keys() - now.keys():
            _forget(db, slug)
        due = sorted((s for s in now if before.get(s) != now[s]), reverse=True)
        db.commit()
        self._changes += bool(before.keys() - now.keys())
        hidden = False
        for number, slug in enumerate(due):
            self._progress = Progress(done=len(now) - len(due) + number, total=len(now))
            if self._stopped:
                return
            try:
                found, passages = standing(self._folder.episode(slug))
            except (OSError, PullquoteError):
                continue  # it goes away just now; the next look tells
            _remember(db, slug, now[slug], found, passages)
            hidden = hidden or _hides_more(before.get(slug), now[slug])
            db.commit()
            self._changes += 1
        if hidden:
            _merge(db)
        self._progress = Progress(done=len(now), total=len(now))


def look(root: Path) -> Iterator[tuple[str, str]]:
    """Yield each episode's slug and what tells whether one of its files changed."""
    for slug in _names(root / "episodes"):
        facts = _facts(os.path.join(root, "episodes", slug), ("episode.toml",))  # noqa: PTH118
        if not facts:
            continue
        there = os.path.join(root, "transcripts", slug)  # noqa: PTH118, thousands of them
        answers = os.path.join(there, "answers")  # noqa: PTH118
        yield slug, f"{facts}|{_facts(there, _READ)}|{_facts(answers, None)}"


def _hides_more(before: str | None, now: str) -> bool:
    """Say whether an episode's redactions are others than they were."""
    found = re.search(_REDACTIONS, now)
    return bool(before and found and found.group() not in before)


def _names(folder: Path) -> list[str]:
    try:
        return [e.name for e in os.scandir(folder) if not e.name.startswith(".")]
    except OSError:
        return []


def _facts(folder: str, names: Sequence[str] | frozenset[str] | None) -> str:
    try:
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
        found = []
        for entry in entries:
            if entry.name.startswith("."):  # a text editor's own, such as a dead link
                continue
            if entry.name in names if names else entry.name.endswith(".md"):
                s = entry.stat()
                facts = f"{entry.name}:{s.st_mtime_ns}:{s.st_size}:{s.st_ino}"
                found.append(facts)
            elif entry.name.startswith("recording."):
                found.append(entry.name)
    except OSError:
        return ""
    return ",".join(found)


def _remember(
    db: sqlite3.Connection,
    slug: str,
    facts: str,
    found: Standing,
    passages: Sequence[Passage],
) -> None:
    _forget(db, slug)
    row = json.dumps(asdict(found), default=str, ensure_ascii=True)
    db.execute("INSERT INTO episodes VALUES (?, ?, ?)", (slug, facts, row))
    for one in passages:
        text = one.text.encode(errors="replace").decode()
        done = db.execute(
            "INSERT INTO texts VALUES (?, ?, ?, ?, ?)",
            (slug, one.kind, one.place, one.who, text),
        )
        db.execute("INSERT INTO rows_of VALUES (?, ?)", (slug, done.lastrowid))


def _forget(db: sqlite3.Connection, slug: str) -> None:
    db.execute("DELETE FROM episodes WHERE slug = ?", (slug,))
    rows = "SELECT row FROM rows_of WHERE slug = ?"
    db.execute(f"DELETE FROM texts WHERE rowid IN ({rows})", (slug,))
    db.execute("DELETE FROM rows_of WHERE slug = ?", (slug,))


def _merge(db: sqlite3.Connection) -> None:
    """Merge the parts of the texts' index: deleted words stay in it until then."""
    db.execute("INSERT INTO texts(texts) VALUES ('optimize')")
    db.commit()


def fts_query(words: str) -> str:
    """Return what FTS5 understands for words that a person typed; the last may go on.

    >>> fts_query('bed "rest" OR NEA')
    '"bed" "rest" "OR" "NEA" *'
    """
    plain = "".join(c if c.isalnum() else " " for c in words).split()
    return " ".join(f'"{word}"' for word in plain) + (" *" if plain else "")


def _pieces(text: str) -> tuple[tuple[str, bool], ...]:
    pieces = []
    for number, part in enumerate(text.replace(_END, _BEGIN).split(_BEGIN)):
        if part:
            pieces.append((part, number % 2 == 1))
    return tuple(pieces)


def _newest(one: Standing) -> tuple[int, str]:
    return (-one.held.toordinal() if one.held else 0, one.slug)
