"""All that was done to a transcript since the desk first opened it. Pure.

From it come the document at any revision, what each person may take back or do again,
and which clashes still wait for somebody to choose.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile
from typing import Literal

from pullquote.desk.room.change import Step, apply, step_turn
from pullquote.desk.room.document import Document
from pullquote.desk.room.merge import Clash
from pullquote.errors import UsageError

Kind = Literal[
    "edit", "split", "join", "name", "replace", "restore", "undo", "redo", "choose",
    "disk",
]  # fmt: skip
_SNAPSHOT = 200
"""Changes between two documents that are kept whole in memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenClash(Clash):
    """Two people changed the same; the second one's words wait here to be chosen."""

    id: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing done, by one person, at one moment."""

    number: int
    """The revision that it made; each is one more than the one before."""
    by: str
    """Account of the person; ``disk`` where a file was changed by another program."""
    at: datetime
    kind: Kind
    steps: tuple[Step, ...]
    unit: str
    """What is taken back at once has the same unit: a burst of typing."""
    reverts: int | None = None
    """The change that this one takes back, for ``undo`` and ``redo``."""
    key: str | None = None
    """The browser's own name for what it asked: sent twice, it is done once."""
    clashes: tuple[OpenClash, ...] = ()
    settles: str | None = None
    """The clash that was chosen upon."""


@dataclass(slots=True)
class _Unit:
    id: str
    numbers: list[int]


class History:
    """The changes in their order, upon the document with which they began."""

    def __init__(self, start: Document) -> None:
        self.changes: list[Change] = []
        self.document = start
        """The document after the last change."""
        self.clashes: dict[str, OpenClash] = {}
        """Those that nobody has chosen upon yet, by their id."""
        self._snapshots = [start]
        self._done: defaultdict[str, list[_Unit]] = defaultdict(list)
        self._undone: defaultdict[str, list[_Unit]] = defaultdict(list)
        """What each person did, and what of it was taken back."""
        self._keys: dict[str, int] = {}

    @property
    def revision(self) -> int:
        """The number of the last change, 0 before the first."""
        return len(self.changes)

    def add(self, change: Change) -> None:
        """Take one more change. Raises MisfitError where it does not fit."""
        if change.number != self.revision + 1:
            raise ValueError(f"change {change.number} follows {self.revision}")
        self.document = apply(self.document, change.steps)
        self.changes.append(change)
        if change.number % _SNAPSHOT == 0:
            self._snapshots.append(self.document)
        if change.key is not None:
            self._keys.setdefault(change.key, change.number)
        self.clashes.update((clash.id, clash) for clash in change.clashes)
        if change.settles is not None:
            self.clashes.pop(change.settles, None)
        if change.kind != "disk":
            _stack(self._done[change.by], self._undone[change.by], change)

    def done_as(self, key: str | None) -> tuple[Change, ...]:
        """Return the changes that what has this key made, none before it came."""
        first = self._keys.get(key or "", self.revision + 1)
        made = islice(self.changes, first - 1, None)
        return tuple(takewhile(lambda change: change.key == key, made))

    def document_at(self, revision: int) -> Document:
        """Return the document as it was. Raises UsageError for no such revision."""
        if not 0 <= revision <= self.revision:
            raise UsageError(
                f"revision {revision}",
                f"the transcript has revisions 0 to {self.revision}",
                "load the page again",
            )
        if revision == self.revision:
            return self.document
        known = min(revision // _SNAPSHOT, len(self._snapshots) - 1)
        document = self._snapshots[known]
        for change in self.changes[known * _SNAPSHOT : revision]:
            document = apply(document, change.steps)
        return document

    def since(self, revision: int) -> Sequence[Change]:
        """Return the changes after a revision."""
        return self.changes[max(0, revision) :]

    def to_undo(self, by: str) -> Sequence[int]:
        """Return the changes that a person takes back next, the newest first."""
        return _last(self._done[by])

    def to_redo(self, by: str) -> Sequence[int]:
        """Return the changes by which a person took back what comes again next."""
        return _last(self._undone[by])


def _last(units: Sequence[_Unit]) -> Sequence[int]:
    return units[-1].numbers[::-1] if units else ()


def _stack(done: list[_Unit], undone: list[_Unit], change: Change) -> None:
    if change.kind == "undo":
        _move(change, done, undone)
    elif change.kind == "redo":
        _move(change, undone, done)
    else:
        undone.clear()
        _push(done, change)


def _move(change: Change, source: list[_Unit], target: list[_Unit]) -> None:
    if source and change.reverts in source[-1].numbers:
        source[-1].numbers.remove(change.reverts)
        if not source[-1].numbers:
            source.pop()
    _push(target, change)


def _push(units: list[_Unit], change: Change) -> None:
    if units and units[-1].id == change.unit:
        units[-1].numbers.append(change.number)
    else:
        units.append(_Unit(change.unit, [change.number]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """The transcript after a stretch of one person's work."""

    revision: int
    by: str
    start: datetime
    end: datetime
    kinds: Mapping[str, int]
    """How many changes of each kind."""
    turns: int
    """How many turns were changed."""


_PAUSE = 600
"""Seconds without a change after which a person's next work is a version of its own."""


def versions(history: History) -> Iterator[Version]:
    """Yield the versions from first to last; revision 0 is not among them."""
    run: list[Change] = []
    for change in history.changes:
        if run and _begins(run[-1], change):
            yield _version(run)
            run = []
        run.append(change)
    if run:
        yield _version(run)


_ALONE = frozenset(("disk", "restore", "replace"))
"""What changes much at once: the state before it is worth a version."""


def _begins(before: Change, change: Change) -> bool:
    if before.by != change.by or _ALONE & {before.kind, change.kind}:
        return True
    # a clock that was set back is no pause
    return (change.at - before.at).total_seconds() > _PAUSE


def _version(run: Sequence[Change]) -> Version:
    kinds: defaultdict[str, int] = defaultdict(int)
    turns: set[str] = set()
    for change in run:
        kinds[change.kind] += 1
        turns.update(map(step_turn, change.steps))
    return Version(
        revision=run[-1].number,
        by=run[-1].by,
        start=min(change.at for change in run),
        end=max(change.at for change in run),
        kinds=dict(kinds),
        turns=len(turns),
    )
