"""Many machines through dask.distributed: the side that gives out the work.

The client opens a few recordings at a time and gives each to the workers in pieces.
Who holds other weights, or another Pullquote, is never asked: a piece names the kind of
worker it is for (dask's resources), and workers say which they are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError, PullquoteError
from pullquote.model.show import TranscribeSettings
from pullquote.model.transcript import Engine
from pullquote.transcribe.chunks import Chunk, plan_chunks
from pullquote.transcribe.listen import Attempt
from pullquote.transcribe.results import Storage
from pullquote.transcribe.stage import Asked, Looked, Told, Transcribed, join
from pullquote.transcribe.weights import find_weights
from pullquote.transcribe.work import (
    Done,
    Piece,
    kind_of_worker,
    read_attempts,
    read_looked,
    read_told,
)
from pullquote.transcribe.worker import (
    ANSWER,
    PATIENCE,
    connect,
    do_piece,
    local_cluster,
)

if TYPE_CHECKING:
    from distributed import Client, Future

_DEATHS = 20
"""Workers that may die over one piece before its recording fails."""
_AHEAD = 2
"""Recordings that are open beyond one a worker: bounds memory and disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A recording to transcribe."""

    recording: Path
    asked: Asked

    @property
    def episode(self) -> str:
        """Slug."""
        return self.asked.episode


@dataclass(slots=True, kw_only=True)
class Standing:
    """How far the work has come, for whoever shows it."""

    scheduler: str
    dashboard: str
    workers: int = 0
    refused: tuple[str, ...] = ()
    """Workers with other weights or another Pullquote."""
    recordings: int = 0
    finished: int = 0
    chunks: int = 0
    heard: int = 0
    """Chunks."""
    first: float | None = None
    """Seconds until the first words came."""
    busy: float = 0.0
    """Seconds that workers have spent on pieces."""
    unkept: str | None = None
    """Why results are not kept in the storage, if they are not."""
    again: int = 0
    """Pieces given out again because a worker died."""


Watch = Callable[[Standing], None]
Result = Transcribed | PullquoteError


class VanishedError(PullquoteError):
    """The scheduler is gone; a new one may take its place."""


@dataclass(slots=True)
class _Open:
    """A recording that is being worked on."""

    job: Job
    name: str
    looked: Looked | None = None
    engine: Engine | None = None
    chunks: tuple[Chunk, ...] = ()
    heard: dict[int, tuple[Attempt, ...]] = field(default_factory=dict)
    told: Told | None = None

    @property
    def whole(self) -> bool:
        return (
            self.looked is not None
            and len(self.heard) == len(self.chunks)
            and self.told is not None
        )


def transcribe_on(
    scheduler: str | None,
    storage: str,
    jobs: Iterable[Job],
    settings: TranscribeSettings,
    *,
    processes: int = 0,
    watch: Watch = lambda standing: None,
) -> Iterator[tuple[Job, Result]]:
    """Yield each job with what came of it, as it is finished.

    Without a ``scheduler`` one is started here, with so many local ``processes``.
    Raises EngineError where the scheduler is not there, of another version or stays
    away, or no worker has these weights.
    """
    with ExitStack() as stack:
        if scheduler is None:
            scheduler = stack.enter_context(local_cluster(processes, settings))
        run = _Run(scheduler, storage, settings, watch)
        yield from run.results(jobs)


class _Run:
    def __init__(
        self, scheduler: str, storage: str, settings: TranscribeSettings, watch: Watch
    ) -> None:
        self._address = scheduler
        self._storage = Storage(storage)
        self._settings = settings
        self._watch = watch
        self._weights = find_weights(settings.model).sha256
        self._kind = kind_of_worker(self._weights, settings)
        self._started = time.monotonic()
        self._standing = Standing(scheduler=scheduler, dashboard="")
        self._client: Client | None = None
        self._pending: dict[Future, tuple[_Open, Piece]] = {}
        self._order = 0

    def results(self, jobs: Iterable[Job]) -> Iterator[tuple[Job, Result]]:
        """Yield what came of each; a scheduler that comes back is gone on with."""
        waiting, opened = iter(jobs), list[_Open]()
        try:
            self._connect(ANSWER)
            while True:
                try:
                    yield from self._refill(waiting, opened)
                    if not opened:
                        return
                    yield from self._next(opened)
                except Exception as error:
                    # what dask raises then depends on what it was doing
                    if not isinstance(error, VanishedError) and not self._is_gone:
                        raise
                    self._connect_again(opened)
        finally:
            self._close()

    def _refill(
        self, waiting: Iterator[Job], opened: list[_Open]
    ) -> Iterator[tuple[Job, Result]]:
        """Open as many recordings as there are workers, and a few more."""
        while len(opened) < self._standing.workers + _AHEAD:
            job = next(waiting, None)
            if job is None:
                return
            self._standing.recordings += 1
            try:
                name = self._storage.bring(job.recording, job.asked.recording_sha256)
            except PullquoteError as error:
                self._standing.finished += 1
                yield job, error
                continue
            one = _Open(job, name)
            opened.append(one)
            self._give(one, "look")

    def _give(self, one: _Open, step: Any, chunk: Chunk | None = None) -> None:
        piece = Piece(
            step=step,
            storage=self._storage.url,
            recording=one.name,
            asked=one.job.asked,
            weights_sha256=self._weights,
            looked=one.looked,
            chunk=chunk,
        )
        self._submit(one, piece)

    def _submit(self, one: _Open, piece: Piece) -> None:
        assert self._client is not None
        self._order -= 1
        future = self._client.submit(
            do_piece,
            piece,
            pure=False,
            resources={self._kind: 1},
            priority=self._order,
            retries=0,
        )
        self._pending[future] = (one, piece)

    def _next(self, opened: list[_Open]) -> Iterator[tuple[Job, Result]]:
        """Wait for pieces, and yield the recordings that they finish."""
        from distributed import wait
        from distributed.client import FuturesCancelledError
        from distributed.comm.core import CommClosedError

        try:
            self._look_around()
            assert self._client is not None
            with self._client.as_current():
                done, _ = wait([*self._pending], 1, return_when="FIRST_COMPLETED")
        except TimeoutError:
            return
        except (
            OSError,
            CommClosedError,
            FuturesCancelledError,
            asyncio.CancelledError,
        ) as error:
            raise self._vanished() from error
        for future in done:
            one, piece = self._pending.pop(future)
            if one not in opened:
                continue  # its recording failed
            try:
                self._take(one, piece, future)
            except PullquoteError as error:
                if isinstance(error, VanishedError):
                    self._pending[future] = (one, piece)
                    raise
                self._finished(one, opened)
                yield one.job, error
                continue
            if one.whole:
                self._finished(one, opened)
                yield one.job, _joined(one)

    def _take(self, one: _Open, piece: Piece, future: Future) -> None:
        done = self._result(one, piece, future)
        if done is None:
            return
        one.engine = done.engine
        self._standing.busy += done.seconds
        if done.unkept is not None and self._standing.unkept is None:
            self._standing.unkept = done.unkept
        if piece.step == "look":
            one.looked = read_looked(done.body)
            one.chunks = plan_chunks(one.looked.windows)
            self._standing.chunks += len(one.chunks)
            for chunk in one.chunks[:1]:
                self._give(one, "hear", chunk)
            if self._settings.speakers and one.chunks:
                self._give(one, "voices")
            else:
                one.told = Told()
            # the shortest last: workers end at about the same time then
            for chunk in sorted(one.chunks[1:], key=lambda c: c.start - c.end):
                self._give(one, "hear", chunk)
        elif piece.step == "voices":
            one.told = read_told(done.body)
        else:
            assert piece.chunk is not None
            one.heard[piece.chunk.index] = read_attempts(done.body)
            self._standing.heard += 1
            if self._standing.first is None:
                self._standing.first = time.monotonic() - self._started
        self._watch(self._standing)

    def _result(self, one: _Open, piece: Piece, future: Future) -> Done | None:
        """Return what a piece gave; None where it was given out again."""
        from distributed import KilledWorker
        from distributed.client import FutureCancelledError

        if future.status == "cancelled":
            raise self._vanished()
        try:
            done: Done = future.result(timeout=30)
        except PullquoteError:
            raise
        except KilledWorker:
            self._standing.again += 1
            if self._standing.again > _DEATHS:
                raise EngineError(
                    one.job.episode,
                    f"{_DEATHS} workers died over its pieces",
                    "look at their memory, then run it again",
                ) from None
            self._submit(one, piece)
            return None
        except (FutureCancelledError, asyncio.CancelledError, OSError) as error:
            raise self._vanished() from error
        except Exception as error:
            raise EngineError(
                one.job.episode,
                f"a worker failed ({type(error).__name__}: {error})",
                "see the worker's own output",
            ) from error
        return done

    def _finished(self, one: _Open, opened: list[_Open]) -> None:
        opened.remove(one)
        self._standing.finished += 1
        for future, (other, _) in list(self._pending.items()):
            if other is one:
                future.cancel()
                del self._pending[future]
        self._watch(self._standing)

    @property
    def _is_gone(self) -> bool:
        return self._client is None or self._client.status != "running"

    def _vanished(self) -> VanishedError:
        return VanishedError(
            self._address,
            "the scheduler vanished",
            "start it again and run the same command: finished chunks are kept",
        )

    def _connect(self, timeout: str) -> None:
        self._client = connect(self._address, timeout)
        self._standing.dashboard = self._client.dashboard_link
        self._look_around()
        end = time.monotonic() + PATIENCE
        while not self._standing.workers:
            if time.monotonic() > end or self._standing.refused:
                raise self._no_worker()
            time.sleep(0.2)
            self._look_around()

    def _connect_again(self, opened: Sequence[_Open]) -> None:
        """Wait for a scheduler at the same address and give out again what is open."""
        self._close()
        self._pending.clear()
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._connect(ANSWER)
                break
            except EngineError:
                if time.monotonic() > end:
                    raise self._vanished() from None
                time.sleep(0.5)
        for one in opened:
            if one.looked is None:
                self._give(one, "look")
                continue
            for chunk in one.chunks:
                if chunk.index not in one.heard:
                    self._give(one, "hear", chunk)
            if one.told is None:
                self._give(one, "voices")

    def _look_around(self) -> None:
        """Count the workers that may help, and name those that may not."""
        assert self._client is not None
        if self._client.status != "running":
            raise self._vanished()
        workers: Mapping[str, Any] = self._client.scheduler_info(n_workers=-1)[
            "workers"
        ]
        good = [w for w in workers.values() if self._kind in w.get("resources", {})]
        others = [
            w for w in workers.values() if self._kind not in w.get("resources", {})
        ]
        refused = tuple(sorted(str(w.get("name")) for w in others))
        if (len(good), refused) != (self._standing.workers, self._standing.refused):
            self._standing.workers, self._standing.refused = len(good), refused
            self._watch(self._standing)

    def _no_worker(self) -> EngineError:
        if self._standing.refused:
            names = ", ".join(self._standing.refused[:5])
            return EngineError(
                self._address,
                "no worker has this model's weights and this Pullquote"
                f" (refused: {names})",
                f"start workers with the weights {self._weights[:12]}…",
            )
        return EngineError(
            self._address,
            "has no worker",
            f"start one: pullquote worker --scheduler {self._address}",
        )

    def _close(self) -> None:
        if self._client is not None:
            with suppress(Exception):  # it is going anyway
                self._client.close(timeout=2)
            self._client = None


def _joined(one: _Open) -> Transcribed:
    assert one.looked is not None
    assert one.engine is not None
    attempts = [found for index in sorted(one.heard) for found in one.heard[index]]
    return join(one.looked, attempts, one.told or Told(), one.engine, one.job.asked)
