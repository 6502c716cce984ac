from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from pullquote.errors import ContentError, FaultsError, PullquoteError
from pullquote.render.site.workers import each, processors


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


@pytest.mark.parametrize("processes", [1, 2])
def test_something_else_is_done_here_in_the_meantime(processes: int) -> None:
    done: list[int] = []
    found = each(square, 5, processes, meanwhile=lambda: done.append(os.getpid()))
    assert [*found] == [0, 1, 4, 9, 16]
    assert done == [os.getpid()]


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_in_the_meantime_ends_the_work(processes: int) -> None:
    def fail() -> None:
        raise ContentError(Path("a.md"), "is odd", "even it")

    with pytest.raises(ContentError, match="even it"):
        [*each(square, 5_000, processes, meanwhile=fail)]


def test_a_killed_process_is_one_line() -> None:
    def work(number: int) -> int:
        os.kill(os.getpid(), signal.SIGKILL)
        return number

    with pytest.raises(PullquoteError, match="a process was killed; free memory"):
        [*each(work, 4, 2)]


def test_no_process_outlives_the_one_that_is_killed(tmp_path: Path) -> None:
    code = (
        "import os, pathlib, sys, time\n"
        "from pullquote.render.site.workers import each\n"
        "def work(n):\n"
        "    (pathlib.Path(sys.argv[1]) / str(os.getpid())).touch()\n"
        "    time.sleep(60)\n"
        "[*each(work, 2, 2, 1)]\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)])
    until = time.monotonic() + 60
    while len(children := [*tmp_path.iterdir()]) < 2:
        assert time.monotonic() < until
        time.sleep(0.02)
    parent.kill()
    parent.wait()
    while any(is_running(int(path.name)) for path in children):
        assert time.monotonic() < until
        time.sleep(0.02)


def is_running(process: int) -> bool:
    """Say whether a process is there, and not only waits to be counted."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"
