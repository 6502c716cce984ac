"""One transcript that several people edit at once.

What is asked for is first planned, then written to the log, then done: ``plan`` and
``plan_undo`` change nothing, ``accept`` does. Everything here is pure but the clock.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Literal, cast

from pullquote.desk.room import operations as ops
from pullquote.desk.room.change import Add, Step, apply, inverse, steps_between
from pullquote.desk.room.document import DeskTurn, Document
from pullquote.desk.room.history import Change, History, Kind, OpenClash
from pullquote.desk.room.merge import Merged, merge
from pullquote.desk.room.times import Times, changed_turns
from pullquote.errors import UsageError

_MANY = frozenset(("name", "replace", "restore"))
"""What changes many places at once: one that another changed keeps no other back."""

DISK = "disk"
"""Who changed a file with another program."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for an operation, on which revision, as which part of their work."""

    by: str
    revision: int
    unit: str = ""
    key: str | None = None


class Room:
    """A transcript, its history and the times of its words."""

    def __init__(self, history: History, times: Callable[[Document], Times]) -> None:
        """``times`` makes those of a document; it is asked when they are needed."""
        self.history = history
        self._make_times = times
        self._times: Times | None = None
        self._next = 1 + max(map(_number, _ids(history)), default=0)

    @property
    def document(self) -> Document:
        """The transcript as it is now."""
        return self.history.document

    @property
    def times(self) -> Times:
        """When the words are spoken."""
        if self._times is None:
            self._times = self._make_times(self.document)
        return self._times

    def forget_times(self) -> None:
        """Have the times made anew: what the machine heard is another."""
        self._times = None

    @property
    def revision(self) -> int:
        """The number of the last change."""
        return self.history.revision

    def plan(self, operation: ops.Operation, asked: Asked) -> Change:
        """Return what an operation changes now. Raises UsageError."""
        base = self._base(operation, asked.revision)
        mine = self._made(operation, base)
        kind = cast("Kind", operation.__struct_config__.tag)
        return self._change(kind, base, mine, asked)

    def plan_merge(self, base: Document, theirs: Document) -> Change:
        """Return what a file that another program changed brings in."""
        asked = Asked(by=DISK, revision=self.revision)
        return self._change("disk", base, theirs, asked)

    def plan_choice(self, clash_id: str, *, theirs: bool, asked: Asked) -> Change:
        """Return what choosing upon a clash changes: ``theirs`` is what waited."""
        clash = self.history.clashes.get(clash_id)
        if clash is None:
            raise UsageError(
                "the choice", "was made already", "see what the transcript says now"
            )
        mine = self._chosen(clash) if theirs else self.document
        change = self._change("choose", self.document, mine, asked)
        return replace(change, settles=clash_id)

    def _chosen(self, clash: OpenClash) -> Document:
        turn = ops.turn_of(self.document, clash.turn)
        speaker, guessed = clash.label or turn.voice
        chosen = replace(turn, text=clash.text, speaker=speaker, guessed=guessed)
        return ops.without_blocks(self.document.with_turns(chosen), self.document)

    def plan_undo(
        self,
        by: str,
        kind: Literal["undo", "redo"] = "undo",
        key: str | None = None,
    ) -> list[Change]:
        """Return the changes that take back what a person did last, or do it again.

        A change is empty where others have changed the same words since: it cannot
        be taken back, and those before it can. One of many places goes back in all
        others.
        """
        stack = self.history.to_undo if kind == "undo" else self.history.to_redo
        numbers = stack(by)
        unit = f"{kind} {self.revision + 1}"
        now = self.document
        changes: list[Change] = []
        for number in numbers:
            steps = self._reverted(number, now)
            change = Change(
                number=self.revision + 1 + len(changes),
                by=by,
                at=datetime.now(UTC),
                kind=kind,
                steps=steps,
                unit=unit,
                reverts=number,
                key=key,
            )
            now = apply(now, steps)
            changes.append(change)
        return changes

    def _reverted(self, number: int, now: Document) -> tuple[Step, ...]:
        merged = self._without(number, now)
        if merged.clashes and self._first(number).kind not in _MANY:
            return ()
        made = ops.without_blocks(merged.document, now)
        return steps_between(now, _rising(made))

    def _without(self, number: int, now: Document) -> Merged:
        """Return a document without what a change did, where others did nothing since."""
        after = self.history.document_at(number)
        before = apply(after, inverse(self.history.changes[number - 1].steps))
        return merge(after, before, now)

    def _first(self, number: int) -> Change:
        """Return what a person did first, of which a change may be an undo or a redo."""
        change = self.history.changes[number - 1]
        return change if change.reverts is None else self._first(change.reverts)

    def staying(self, change: Change) -> int:
        """Return in how many turns others hindered that a change was taken back."""
        if change.reverts is None or not change.steps:
            return 0
        done = self.history.document_at(change.number)
        return len(self._without(change.reverts, done).clashes)

    def accept(self, change: Change) -> tuple[str, ...]:
        """Do what was planned; return the turns whose words or times it touched."""
        before = self.document
        self.history.add(change)
        self._next = max(self._next, 1 + max(map(_number, _added(change)), default=0))
        if self._times is None:
            return tuple(turn.id for turn in changed_turns(before, self.document))
        return self._times.update(before, self.document)

    def new_ids(self) -> Iterator[str]:
        """Yield ids that no turn ever had."""
        number = self._next
        while True:
            yield f"t{number}"
            number += 1

    def _base(self, operation: ops.Operation, revision: int) -> Document:
        """Return the document that an operation was made on.

        The present one where its turns are still the same, so that nothing has to
        be merged.
        """
        base = self.history.document_at(revision)
        ids = ops.touched(operation, base)
        if isinstance(operation, ops.Edit | ops.Split) and operation.on is not None:
            turn = ops.turn_of(base, operation.turn)
            return base.with_turns(replace(turn, text=operation.on))
        now = self.document
        same = all(base.get(i) is now.get(i) for i in ids)
        return now if same else base

    def _made(self, operation: ops.Operation, base: Document) -> Document:
        match operation:
            case ops.Edit():
                return ops.replaced(base, (operation,))
            case ops.Replace():
                return ops.replaced(base, operation.places)
            case ops.Name():
                return ops.named(base, operation)
            case ops.Join():
                return ops.joined(base, operation)
            case ops.Split():
                turn = ops.turn_of(base, operation.turn)
                start = self.times.at(turn, operation.at) // 1000 * 1000
                new = next(self.new_ids())
                return ops.split(base, operation, new=new, start=start)
            case ops.Restore():
                old = self.history.document_at(operation.revision)
                return ops.restored(self.document, old, operation.turns)

    def _change(
        self, kind: Kind, base: Document, mine: Document, asked: Asked
    ) -> Change:
        merged = merge(base, mine, self.document)
        number = self.revision + 1
        return Change(
            number=number,
            by=asked.by,
            at=datetime.now(UTC),
            kind=kind,
            steps=steps_between(self.document, _rising(merged.document)),
            unit=asked.unit or f"{kind} {number}",
            key=asked.key,
            clashes=tuple(
                OpenClash(**asdict(clash), id=f"{number}-{n}", by=asked.by)
                for n, clash in enumerate(merged.clashes)
            ),
        )


def _ids(history: History) -> Iterator[str]:
    """Yield every id that a turn had since the beginning."""
    yield from history.document_at(0).places
    for change in history.changes:
        yield from _added(change)


def _added(change: Change) -> Iterator[str]:
    return (step.turn.id for step in change.steps if isinstance(step, Add))


def _number(id: str) -> int:  # noqa: A002
    digits = id.removeprefix("t")
    return int(digits) if digits.isdecimal() else 0


def _rising(document: Document) -> Document:
    """Return the document with no turn before the one ahead of it: files need that."""
    if all(a.start <= b.start for a, b in pairwise(document.turns)):
        return document
    latest = 0
    turns: list[DeskTurn] = []
    for turn in document.turns:
        latest = max(latest, turn.start)
        turns.append(turn if turn.start == latest else replace(turn, start=latest))
    return Document(tuple(turns))
