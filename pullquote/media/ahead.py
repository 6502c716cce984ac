"""Work out the next items in a second thread; libav lets Python go on meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator
from queue import Full, Queue
from typing import TypeVar

T = TypeVar("T")

_LOOK = 0.2
"""Seconds after which a waiting producer looks whether it is still wanted."""


class _Failed:
    """Carries what the producer raised to the thread that consumes."""

    def __init__(self, error: BaseException) -> None:
        self.error = error


class _Done:
    """Says that nothing more comes."""


def ahead(items: Iterable[T], depth: int = 4) -> Iterator[T]:
    """Yield ``items`` in order, produced up to ``depth`` ahead in a thread.

    What the producer raises is raised here. A consumer that stops early stops
    the producer.
    """
    queue: Queue[T | _Failed | _Done] = Queue(depth)
    unwanted = threading.Event()
    thread = threading.Thread(
        target=_produce, args=(items, queue, unwanted), name="ahead", daemon=True
    )
    thread.start()
    try:
        while not isinstance(got := queue.get(), _Done):
            if isinstance(got, _Failed):
                raise got.error
            yield got
    finally:
        unwanted.set()
        thread.join()


def _produce(
    items: Iterable[T],
    queue: Queue[T | _Failed | _Done],
    unwanted: threading.Event,
) -> None:
    try:
        for item in items:
            if not _put(item, queue, unwanted):
                return
        _put(_Done(), queue, unwanted)
    except BaseException as error:  # noqa: BLE001  # raised again by the consumer
        _put(_Failed(error), queue, unwanted)


def _put(
    item: T | _Failed | _Done,
    queue: Queue[T | _Failed | _Done],
    unwanted: threading.Event,
) -> bool:
    while not unwanted.is_set():
        try:
            queue.put(item, timeout=_LOOK)
        except Full:
            continue
        return True
    return False
