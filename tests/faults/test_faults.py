"""The short form of ``make bench-faults``: one fault of each kind, really injected."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.faults.base import Base, make_base
from tests.faults.harness import Harness, Run
from tests.pull.server import serving

SHORT = (
    *(("pull", "kill"), ("pull", "cut"), ("cut", "kill"), ("approve", "race")),
    *(("build", "kill"), ("deploy", "fill"), ("run", "truncate"), ("suggest", "fill")),
)


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Base]:
    with serving() as site:
        yield make_base(tmp_path_factory.mktemp("faults"), site)


@pytest.mark.model
def test_after_a_fault_of_any_kind_all_is_as_if_it_had_not_been(base: Base) -> None:
    runs = list(Harness(base, 1).runs(len(SHORT), SHORT))
    assert [run for run in runs if not run.good] == []
    assert {run.kind for run in runs} >= {"kill", "cut", "fill", "race", "truncate"}


def test_what_costs_something_is_no_good_run() -> None:
    run = Run(number=0, stage="pull", kind="kill")
    assert run.good
    run.lost.append("episodes/x/recording.opus is missing")
    assert not run.good
