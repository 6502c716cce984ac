"""Work that falls into equal pieces, spread over the machine's processors."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from pullquote.errors import PullquoteError

T = TypeVar("T")

_MOST = 8
"""More processes than that wait for one disk."""
WORTH_IT = 20
"""Pieces from which several processes are faster than one."""
_CHUNK = 4
_PDEATHSIG = 1
"""Of prctl(2); ``processors`` allows more than one on Linux only."""
_work: Callable[[int], object] | None = None
"""What a forked process inherits; it could not be sent to it."""


def processors() -> int:
    """Return how many processes may work side by side here."""
    # forking is safe neither elsewhere nor beside the threads of a server, and a process
    # that is not forked knows nothing
    if sys.platform != "linux" or threading.current_thread() != threading.main_thread():
        return 1
    return min(_MOST, len(os.sched_getaffinity(0)))


def suitable(count: int) -> int:
    """Return how many processes are fastest for this many pieces."""
    return processors() if count >= WORTH_IT else 1


def is_apart() -> bool:
    """Say whether this is a process of ``each``, whose results have to be sent."""
    from multiprocessing import parent_process

    return parent_process() is not None


def each(
    work: Callable[[int], T],
    count: int,
    processes: int | None = None,
    chunk: int = _CHUNK,
    meanwhile: Callable[[], object] = lambda: None,
) -> Iterator[T]:
    """Yield ``work(0)`` to ``work(count - 1)`` in order.

    ``processes`` are as many as are ``suitable`` if it is None. With several each
    works on a copy of this one, so that nothing but results has to be sent; what else
    ``work`` changes in memory is lost. ``chunk`` pieces are handed out at a time.
    ``meanwhile`` is done here, once they are given out, or before all if there is but
    this process: what the rest of the work needs had better not wait for the pieces.
    Whatever it raises is raised here. Raises PullquoteError if a process is killed;
    none outlives this one.
    """
    if processes is None:
        processes = suitable(count)
    if processes < 2 or count < 2:
        meanwhile()
        yield from map(work, range(count))
        return
    import gc
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    global _work  # read by the processes that are forked next
    _work = work
    gc.freeze()  # a collection in a copy would touch, and so copy, all memory
    try:
        context = get_context("fork")
        with ProcessPoolExecutor(processes, context, _end_with, (os.getpid(),)) as pool:
            results = pool.map(_call, range(count), chunksize=chunk)
            try:
                meanwhile()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
            yield from results
    except BrokenProcessPool as error:
        raise PullquoteError(
            "work side by side",
            "a process was killed",
            "free memory and run the same command again",
        ) from error
    finally:
        gc.unfreeze()
        _work = None


def _end_with(parent: int) -> None:
    """Let the kernel kill this process when its parent is killed: it would wait for ever."""
    import ctypes

    ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it was killed just before
        os.kill(os.getpid(), signal.SIGKILL)


def _call(number: int) -> Any:
    assert _work is not None
    return _work(number)
