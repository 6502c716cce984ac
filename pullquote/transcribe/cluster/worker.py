"""A worker of dask.distributed: it has the model loaded and does pieces of work."""

from __future__ import annotations

import asyncio
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from pullquote.errors import EngineError
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.pieces import (
    Done,
    Hearing,
    Piece,
    kind_of_worker,
    ready,
)

if TYPE_CHECKING:
    from distributed import Client

ANSWER = "10s"
PATIENCE = 120.0
"""Seconds that a scheduler may be away in the middle, or no worker be there."""

_WORKER = """
import sys
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.worker import work
_, address, runtime, model = sys.argv
work(address, TranscribeSettings(runtime=runtime, model=model), told=lambda line: None)
"""


def connect(address: str, timeout: str = ANSWER) -> Client:
    """Return a client of a scheduler.

    Raises EngineError where there is none, or one of another version.
    """
    distributed = distributed_package()
    try:
        client = distributed.Client(address, timeout=timeout, set_as_default=False)
    except ValueError as error:
        raise EngineError(
            address, f"is no scheduler's address ({error})", "write tcp://HOST:8786"
        ) from error
    except (OSError, TimeoutError) as error:
        raise EngineError(
            address,
            "no scheduler answers there",
            "start it (dask scheduler), or leave --scheduler out to work here",
        ) from error
    found = client.get_versions()["scheduler"]
    theirs = found["packages"]["distributed"] if found else "another"
    if theirs != distributed.__version__:
        client.close()
        raise EngineError(
            address,
            f"is a scheduler of dask.distributed {theirs}, here is {distributed.__version__}",
            "install the same version on all machines",
        )
    return client


def distributed_package() -> Any:
    """Return the package, told to leave what it has to say to us."""
    try:
        import dask

        # what a worker or scheduler has to say is said by us, in one line
        quiet = ("distributed", "distributed.client", "distributed.worker", "bokeh")
        dask.config.set({"logging": dict.fromkeys(quiet, "critical")})
        import distributed
    except ImportError as error:
        raise EngineError(
            "dask.distributed", "is not installed", "pip install 'pullquote[cluster]'"
        ) from error
    return distributed


def do_piece(piece: Piece) -> Done:
    """Do a piece of work on the worker that this is called on."""
    from distributed import get_worker

    hearing: Hearing = get_worker().pullquote
    return hearing.do(piece)


def work(
    scheduler: str, settings: TranscribeSettings, *, told: Callable[[str], None]
) -> None:
    """Be a worker until the scheduler stays away or the process is interrupted.

    Raises EngineError where weights are missing or the scheduler is not there.
    """
    connect(scheduler, ANSWER).close()  # before the model is loaded for nothing
    hearing = ready(settings, told)
    kind = kind_of_worker(hearing.weights.sha256, settings)
    with suppress(KeyboardInterrupt):
        asyncio.run(_work(scheduler, hearing, kind, told))


async def _work(
    scheduler: str, hearing: Hearing, kind: str, told: Callable[[str], None]
) -> None:
    """Work for a scheduler, and for the next one at its address."""
    while True:
        worker = distributed_package().Worker(
            scheduler,
            nthreads=1,
            resources={kind: 1},
            name=f"{platform.node()}-{os.getpid()}-{hearing.weights.sha256[:12]}",
            memory_limit=0,
            dashboard=False,
            death_timeout=PATIENCE,
        )
        worker.pullquote = hearing
        try:
            async with worker:
                told(f"{worker.name} is ready at {scheduler}")
                await worker.finished()
        except TimeoutError:
            told(f"{scheduler} stays away; the worker ends")
            return
        told(f"{scheduler} is gone; waiting {PATIENCE:.0f} s for it to come back")


@contextmanager
def local_cluster(processes: int, settings: TranscribeSettings) -> Iterator[str]:
    """Start a scheduler in this process, and workers in processes of their own."""
    distributed = distributed_package()
    with distributed.LocalCluster(
        n_workers=0,
        processes=False,
        dashboard_address="127.0.0.1:0",
        protocol="tcp://",
        host="127.0.0.1",
    ) as cluster:
        address: str = cluster.scheduler_address
        # -P: no json.py of the folder where one types is run
        command = [sys.executable, "-P", "-c", _WORKER, address, settings.runtime]
        command.append(settings.model)
        started = [subprocess.Popen(command) for _ in range(max(1, processes))]
        try:
            yield address
        finally:
            for process in started:
                process.terminate()
            for process in started:
                process.wait()
