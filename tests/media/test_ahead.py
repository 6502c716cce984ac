from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pullquote.media.ahead import ahead


def test_items_come_in_order() -> None:
    assert list(ahead(range(1000), depth=3)) == list(range(1000))


def test_what_the_producer_raises_is_raised_to_the_consumer() -> None:
    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("the disk is full")

    got = ahead(broken())
    assert next(got) == 1
    with pytest.raises(ValueError, match="the disk is full"):
        next(got)


def test_a_consumer_that_stops_early_stops_the_producer() -> None:
    def endless() -> Iterator[int]:
        while True:
            yield 1

    got = ahead(endless(), depth=2)
    next(got)
    got.close()  # type: ignore[attr-defined]
    assert not [t for t in threading.enumerate() if t.name == "ahead"]
