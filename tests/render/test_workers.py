from __future__ import annotations

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pullquote.errors import ContentError, FaultsError, PullquoteError
from pullquote.render.workers import each, processors


def square(number: int) -> int:
    return number * number


@pytest.mark.parametrize("processes", [1, 2, 3])
def test_results_come_in_order_from_any_number_of_processes(processes: int) -> None:
    assert [*each(square, 23, processes)] == [n * n for n in range(23)]


def test_there_is_at_least_one_processor() -> None:
    assert 1 <= processors() <= 8


def test_a_servers_thread_works_alone() -> None:
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(processors).result() == 1


@pytest.mark.parametrize("processes", [1, 2])
def test_what_a_piece_raises_is_raised_with_its_facts(processes: int) -> None:
    faults = (ContentError(Path("a.md"), "is odd", "even it", line=3),) * 2

    def work(number: int) -> int:
        raise FaultsError("show", faults)

    with pytest.raises(FaultsError) as caught:
        [*each(work, 4, processes)]
    assert [str(f) for f in caught.value.faults] == ["a.md:3: is odd; even it"] * 2


def test_a_killed_process_is_one_line() -> None:
    def work(number: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(PullquoteError, match="a process was killed; free memory"):
        [*each(work, 4, 2)]
