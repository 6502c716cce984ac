"""What became of one piece of work, and how a run reports its progress."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Literal, Protocol

from pullquote.errors import PullquoteError
from pullquote.model.progress import Progress, silent

State = Literal["done", "unchanged", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One stage of one episode: done, not needed, or failed and why."""

    stage: str
    subject: str
    """The episode's slug, or the address of what could not become one."""
    state: State
    note: str = ""
    error: PullquoteError | None = None


class Reporter(Protocol):
    """Whoever shows progress: a terminal, a log, or nobody."""

    def task(self, title: str) -> AbstractContextManager[Progress]:
        """Open a bar for one piece of work."""


class Quiet:
    """Shows nothing."""

    @contextmanager
    def task(self, title: str) -> Iterator[Progress]:
        """Give a bar that draws nothing."""
        yield silent


def done(stage: str, subject: str, note: str) -> Outcome:
    """Return the outcome of a stage that did its work."""
    return Outcome(stage=stage, subject=subject, state="done", note=note)


def failed(stage: str, subject: str, error: PullquoteError) -> Outcome:
    """Return the outcome of a stage that raised."""
    return Outcome(stage=stage, subject=subject, state="failed", error=error)


def unchanged(stage: str, subject: str, note: str) -> Outcome:
    """Return the outcome of a stage that had nothing to do."""
    return Outcome(stage=stage, subject=subject, state="unchanged", note=note)


def each(
    stage: str, slugs: Iterable[str], work: Callable[[str], Outcome]
) -> list[Outcome]:
    """Return what became of each episode; one failure never stops the rest."""
    outcomes = []
    for slug in slugs:
        try:
            outcomes.append(work(slug))
        except PullquoteError as error:
            outcomes.append(failed(stage, slug, error))
    return outcomes
