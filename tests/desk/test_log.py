"""The log is only ever added to, and whole lines alone."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from pullquote.desk.context import Who
from pullquote.desk.state.log import Log
from pullquote.errors import PullquoteError
from tests.desk.disk import no_space

ANN = Who(id="ann", name="Ann", role="editor", person="larkfield")


@pytest.fixture
def log(tmp_path: Path) -> Log:
    return Log(tmp_path / "desk" / "log.jsonl")


def test_the_newest_deed_comes_first(log: Log) -> None:
    assert list(log.newest()) == []
    for n in range(300):
        log.write(ANN, f"did {n}", episode=f"e{n % 2}", answer="a", note="ü\n" * 200)
    deeds = list(log.newest())
    assert [d.did for d in deeds[:2]] == ["did 299", "did 298"]
    assert len(deeds) == 300
    assert len(list(log.newest(episode="e1"))) == 150
    assert list(log.newest(answer="b")) == []
    assert stat.S_IMODE(log.path.stat().st_mode) == 0o600


def test_a_broken_line_hides_no_other(log: Log) -> None:
    log.write(ANN, "first")
    with log.path.open("ab") as handle:
        handle.write(b'{"at": "2026-01-\n[]\n{}\n')
    log.write(ANN, "second")
    assert [d.did for d in log.newest()] == ["second", "first"]


def test_a_full_disk_leaves_no_half_line(log: Log) -> None:
    log.write(ANN, "first")
    whole = log.path.read_bytes()
    with (
        no_space(len(whole) + 20),
        pytest.raises(PullquoteError, match="what you did is done"),
    ):
        log.write(ANN, "second")
    assert log.path.read_bytes() == whole


def test_half_a_line_takes_no_other_with_it(log: Log) -> None:
    log.write(ANN, "first")
    with log.path.open("ab") as handle:
        handle.write(b'{"at": "2026-01-')  # power failed here
    log.write(ANN, "second")
    assert [d.did for d in log.newest()] == ["second", "first"]
