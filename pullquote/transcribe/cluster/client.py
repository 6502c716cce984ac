"""Many machines through dask.distributed: the side that gives out the work.

The client opens a few recordings at a time and gives each to the workers in pieces.
Who holds other weights, other packages or another Pullquote, is never asked: a piece
names the kind of worker it is for (dask's resources), and workers say which they are.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from pullquote.errors import EngineError, PullquoteError
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.opened import Opened, size_of
from pullquote.transcribe.cluster.pieces import Done, Piece, kind_of_worker
from pullquote.transcribe.cluster.storage import Storage
from pullquote.transcribe.cluster.worker import (
    ANSWER,
    PATIENCE,
    connect,
    do_piece,
    local_cluster,
)
from pullquote.transcribe.engine.weights import find_weights
from pullquote.transcribe.stage import Job, Transcribed

if TYPE_CHECKING:
    from distributed import Client, Future

_DEATHS = 5
"""Times that dask may give up a recording's pieces, each over some workers that died,
before it fails: one that no worker survives must not cost them all."""
_AHEAD = 2
"""Recordings that are open beyond one a worker: bounds memory and disk."""
_PLENTY = 3
"""Pieces waiting for each worker from which it is given one to go on with at once."""


@dataclass(slots=True, kw_only=True)
class Standing:
    """How far the work has come, for whoever shows it."""

    scheduler: str
    dashboard: str
    workers: int = 0
    refused: tuple[str, ...] = ()
    """Workers with other weights, packages or Pullquote."""
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

    Without a ``scheduler`` one is started here, with so many local ``processes``. Without
    a job none is asked for. Raises EngineError where the scheduler is not there, of another version or stays
    away, or no worker has these weights.
    """
    coming = iter(jobs)
    first = next(coming, None)
    if first is None:
        return
    with ExitStack() as stack:
        if scheduler is None:
            scheduler = stack.enter_context(local_cluster(processes, settings))
        run = _Run(scheduler, storage, settings, watch)
        yield from run.results(chain([first], coming))


class _Run:
    def __init__(
        self, scheduler: str, storage: str, settings: TranscribeSettings, watch: Watch
    ) -> None:
        self._address = scheduler
        self._storage = Storage(storage)
        self._watch = watch
        self._weights = find_weights(settings.model).sha256
        self._kind = kind_of_worker(self._weights, settings)
        self._started = time.monotonic()
        self._standing = Standing(scheduler=scheduler, dashboard="")
        self._client: Client | None = None
        self._opened: list[Opened] = []
        self._waiting: list[tuple[Opened, Piece]] = []
        self._given: dict[Future, tuple[Opened, Piece]] = {}
        self._all_opened = False
        self._worked = self._started
        """When there was a worker."""

    def results(self, coming: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Yield what came of each; a scheduler that comes back is gone on with."""
        try:
            self._connect(ANSWER)
            while True:
                try:
                    yield from self._open(coming)
                    if not self._opened:
                        return
                    self._give()
                    yield from self._next()
                except Exception as error:
                    # what dask raises then depends on what it was doing
                    if not isinstance(error, VanishedError) and not self._is_gone:
                        raise
                    self._connect_again()
        finally:
            self._close()

    def _open(self, coming: Iterator[Job]) -> Iterator[tuple[Job, Result]]:
        """Open as many recordings as there are workers, and a few more."""
        while len(self._opened) < self._standing.workers + _AHEAD:
            job = next(coming, None)
            if job is None:
                self._all_opened = True
                return
            self._standing.recordings += 1
            try:
                name = self._storage.bring(job.recording, job.asked.recording_sha256)
            except PullquoteError as error:
                self._standing.finished += 1
                yield job, error
                continue
            number = self._standing.recordings
            one = Opened(number, job, self._storage.url, name, self._weights)
            self._opened.append(one)
            self._waiting += [(one, piece) for piece in one.due()]

    def _give(self) -> None:
        """Give each worker a piece, and one to go on with while plenty wait.

        Recordings in their order, so that they end; the last ones longest piece first,
        so that all workers end at about the same time.
        """

        def order(waits: tuple[Opened, Piece]) -> tuple[int, int, int]:
            one, piece = waits
            urgency, size = size_of(piece)
            return urgency, 0 if self._all_opened else one.number, -size

        self._waiting.sort(key=order)
        workers = self._standing.workers
        while self._waiting:
            plenty = len(self._waiting) >= _PLENTY * workers
            if len(self._given) >= workers * (2 if plenty else 1):
                return
            self._submit(*self._waiting.pop(0))

    def _submit(self, one: Opened, piece: Piece) -> None:
        assert self._client is not None
        future = self._client.submit(
            do_piece, piece, pure=False, resources={self._kind: 1}, retries=0
        )
        self._given[future] = (one, piece)

    def _next(self) -> Iterator[tuple[Job, Result]]:
        """Wait for pieces, and yield the recordings that they finish."""
        from distributed import wait
        from distributed.client import FuturesCancelledError
        from distributed.comm.core import CommClosedError

        try:
            self._look_around()
            assert self._client is not None
            if not self._given:
                time.sleep(0.2)
                return
            with self._client.as_current():
                done, _ = wait([*self._given], 1, return_when="FIRST_COMPLETED")
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
            if future not in self._given:
                continue  # its recording failed
            one, piece = self._given.pop(future)
            try:
                self._take(one, piece, future)
            except PullquoteError as error:
                if isinstance(error, VanishedError):
                    raise
                self._finished(one)
                yield one.job, error
                continue
            if one.is_whole:
                self._finished(one)
                yield one.job, one.joined()

    def _take(self, one: Opened, piece: Piece, future: Future) -> None:
        done = self._result(one, piece, future)
        if done is None:
            return
        standing, chunks = self._standing, one.chunks
        standing.busy += done.seconds
        if done.unkept is not None and standing.unkept is None:
            standing.unkept = done.unkept
        self._waiting += [(one, more) for more in one.take(piece, done)]
        standing.chunks += one.chunks - chunks
        if piece.chunk is not None:
            standing.heard += 1
            if standing.first is None:
                standing.first = time.monotonic() - self._started
        self._watch(standing)

    def _result(self, one: Opened, piece: Piece, future: Future) -> Done | None:
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
            one.deaths += 1
            if one.deaths > _DEATHS:
                raise EngineError(
                    one.job.episode,
                    "workers died over its pieces again and again",
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

    def _finished(self, one: Opened) -> None:
        self._opened.remove(one)
        self._standing.finished += 1
        self._waiting = [waits for waits in self._waiting if waits[0] is not one]
        for future, (other, _) in list(self._given.items()):
            if other is one:
                future.cancel()
                del self._given[future]
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
        self._worked = time.monotonic()
        self._look_around()
        while not self._standing.workers:
            if self._standing.refused:
                raise self._no_worker()
            time.sleep(0.2)
            self._look_around()

    def _connect_again(self) -> None:
        """Wait for a scheduler at the same address and give out again what is open."""
        self._close()
        self._given.clear()
        end = time.monotonic() + PATIENCE
        while True:
            try:
                self._connect(ANSWER)
                break
            except EngineError:
                if time.monotonic() > end:
                    raise self._vanished() from None
                time.sleep(0.5)
        self._waiting = [(one, piece) for one in self._opened for piece in one.due()]

    def _look_around(self) -> None:
        """Count the workers that may help, and name those that may not.

        Raises EngineError where there has been none for a while.
        """
        assert self._client is not None
        if self._client.status != "running":
            raise self._vanished()
        standing = self._standing
        workers = self._client.scheduler_info(n_workers=-1)["workers"].values()
        others = [w for w in workers if self._kind not in w.get("resources", {})]
        refused = tuple(sorted(str(worker.get("name")) for worker in others))
        good = len(workers) - len(others)
        if (good, refused) != (standing.workers, standing.refused):
            standing.workers, standing.refused = good, refused
            self._watch(standing)
        if good:
            self._worked = time.monotonic()
        elif time.monotonic() - self._worked > PATIENCE:
            raise self._no_worker()

    def _no_worker(self) -> EngineError:
        if self._standing.refused:
            names = ", ".join(self._standing.refused[:5])
            return EngineError(
                self._address,
                "no worker has this model's weights, this Pullquote and its packages"
                f" (refused: {names})",
                f"start workers with the weights {self._weights[:12]}…, installed with"
                " the same lock file",
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
