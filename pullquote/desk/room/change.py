"""What was done to a document, in steps that can be taken back exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import Levenshtein, Postfix, Prefix

from pullquote.desk.room.document import DeskTurn, Document

Facts = tuple[int, str, bool]
"""Start in ms, speaker, guessed."""


@dataclass(frozen=True, slots=True)
class Rewrite:
    """``deleted`` gave way to ``inserted`` at a place of a turn's text."""

    turn: str
    at: int
    deleted: str
    inserted: str


@dataclass(frozen=True, slots=True)
class Label:
    """A turn's start, speaker or guess changed."""

    turn: str
    before: Facts
    after: Facts


@dataclass(frozen=True, slots=True)
class Add:
    """A turn came in behind another one; None: at the top."""

    turn: DeskTurn
    behind: str | None


@dataclass(frozen=True, slots=True)
class Remove:
    """A turn went that stood behind another one; None: at the top."""

    turn: DeskTurn
    behind: str | None


Step = Rewrite | Label | Add | Remove


def step_turn(step: Step) -> str:
    """Return the id of the turn that a step is about."""
    return step.turn if isinstance(step.turn, str) else step.turn.id


class MisfitError(ValueError):
    """A step does not fit the document: it was made on another one."""


def apply(document: Document, steps: Sequence[Step]) -> Document:
    """Return the document after the steps. Raises MisfitError."""
    for step in steps:
        document = _apply(document, step)
    return document


def _apply(document: Document, step: Step) -> Document:
    if isinstance(step, Rewrite):
        turn = _there(document, step.turn)
        end = step.at + len(step.deleted)
        if not 0 <= step.at <= end or turn.text[step.at : end] != step.deleted:
            raise MisfitError(f"turn {turn.id} has no {step.deleted!r} at {step.at}")
        text = turn.text[: step.at] + step.inserted + turn.text[end:]
        return document.with_turns(replace(turn, text=text))
    if isinstance(step, Label):
        turn = _there(document, step.turn)
        if facts_of(turn) != step.before:
            raise MisfitError(f"turn {turn.id} is not {step.before!r}")
        start, speaker, guessed = step.after
        changed = replace(turn, start=start, speaker=speaker, guessed=guessed)
        return document.with_turns(changed)
    place = 0 if step.behind is None else document.places.get(step.behind, -1) + 1
    if step.behind is not None and not place:
        raise MisfitError(f"there is no turn {step.behind}")
    turns = document.turns
    if isinstance(step, Add):
        if step.turn.id in document:
            raise MisfitError(f"there is a turn {step.turn.id} already")
        return Document((*turns[:place], step.turn, *turns[place:]))
    if turns[place : place + 1] != (step.turn,):
        raise MisfitError(f"turn {step.turn.id} is not there as it was")
    return Document(turns[:place] + turns[place + 1 :])


def _there(document: Document, id: str) -> DeskTurn:  # noqa: A002
    turn = document.get(id)
    if turn is None:
        raise MisfitError(f"there is no turn {id}")
    return turn


def facts_of(turn: DeskTurn) -> Facts:
    """Return what a turn's header says."""
    return turn.start, turn.speaker, turn.guessed


def inverse(steps: Sequence[Step]) -> tuple[Step, ...]:
    """Return the steps that take these back."""
    return tuple(_inverse(step) for step in reversed(steps))


def _inverse(step: Step) -> Step:
    match step:
        case Rewrite(turn, at, deleted, inserted):
            return Rewrite(turn, at, inserted, deleted)
        case Label(turn_id, before, after):
            return Label(turn_id, after, before)
        case Add(turn=added, behind=behind):
            return Remove(added, behind)
        case Remove(turn=removed, behind=behind):
            return Add(removed, behind)


def steps_between(old: Document, new: Document) -> tuple[Step, ...]:
    """Return the steps that lead from one document to another."""
    steps: list[Step] = []
    kept = _kept(old, new)
    order = [turn.id for turn in old.turns]
    for turn in reversed(old.turns):
        if turn.id not in kept:
            place = order.index(turn.id)
            steps.append(Remove(turn, order[place - 1] if place else None))
            del order[place]
    behind: str | None = None
    for turn in new.turns:
        if turn.id not in kept:
            steps.append(Add(turn, behind))
        else:
            steps += _turn_steps(old[turn.id], turn)
        behind = turn.id
    return tuple(steps)


def _kept(old: Document, new: Document) -> frozenset[str]:
    """Return the turns that both have, in the same order; what moved is left out."""
    if old.places is new.places:
        return frozenset(old.places)
    ours, theirs = list(old.places), list(new.places)
    both = [i for i in ours if i in new.places]
    if both == [i for i in theirs if i in old.places]:
        return frozenset(both)
    return frozenset(
        i
        for block in Levenshtein.opcodes(ours, theirs)
        if block.tag == "equal"
        for i in ours[block.src_start : block.src_end]
    )


def _turn_steps(old: DeskTurn, new: DeskTurn) -> list[Step]:
    if old is new:
        return []
    steps: list[Step] = []
    if facts_of(old) != facts_of(new):
        steps.append(Label(old.id, facts_of(old), facts_of(new)))
    if old.text != new.text:
        at, deleted, inserted = one_rewrite(old.text, new.text)
        steps.append(Rewrite(old.id, at, deleted, inserted))
    return steps


def one_rewrite(old: str, new: str) -> tuple[int, str, str]:
    """Return place, what went and what came between two texts, as short as it can be.

    >>> one_rewrite("the mri scan", "the MRI scan")
    (4, 'mri', 'MRI')
    """
    at = Prefix.similarity(old, new)
    same = Postfix.similarity(old[at:], new[at:])
    return at, old[at : len(old) - same], new[at : len(new) - same]


def to_json(steps: Sequence[Step]) -> list[list[Any]]:
    """Return steps as the log has them."""
    return [_row(step) for step in steps]


def _row(step: Step) -> list[Any]:
    match step:
        case Rewrite(turn, at, deleted, inserted):
            return ["text", turn, at, deleted, inserted]
        case Label(turn_id, before, after):
            return ["label", turn_id, list(before), list(after)]
        case Add(turn=added, behind=behind):
            return ["add", turn_row(added), behind]
        case Remove(turn=removed, behind=behind):
            return ["remove", turn_row(removed), behind]


def turn_row(turn: DeskTurn) -> list[Any]:
    """Return a turn as the log has it."""
    return [turn.id, turn.start, turn.speaker, turn.guessed, turn.text]


def turn_from(row: Sequence[Any]) -> DeskTurn:
    """Return a turn of the log. Raises ValueError or TypeError."""
    id_, start, speaker, guessed, text = row
    return DeskTurn(
        id=str(id_),
        start=int(start),
        speaker=str(speaker),
        guessed=bool(guessed),
        text=str(text),
    )


def from_json(rows: Sequence[Sequence[Any]]) -> tuple[Step, ...]:
    """Return the steps of a log's row. Raises ValueError, TypeError or KeyError."""
    return tuple(_step(row) for row in rows)


def _step(row: Sequence[Any]) -> Step:
    match row:
        case ["text", str(turn), int(at), str(deleted), str(inserted)]:
            return Rewrite(turn, at, deleted, inserted)
        case ["label", str(turn), [b0, b1, b2], [a0, a1, a2]]:
            before = (int(b0), str(b1), bool(b2))
            return Label(turn, before, (int(a0), str(a1), bool(a2)))
        case ["add", list(added), behind]:
            return Add(turn_from(added), behind)
        case ["remove", list(removed), behind]:
            return Remove(turn_from(removed), behind)
    raise ValueError(f"no step: {row!r:.60}")
