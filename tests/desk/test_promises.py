"""What ``make bench-desk`` counts on is there."""

from __future__ import annotations

from bench.desk_promises import KINDS
from tests.desk.running import ROOT


def test_every_test_that_is_counted_on_exists() -> None:
    named = [
        one for kinds in KINDS.values() for tests in kinds.values() for one in tests
    ]
    assert len(named) > 40
    for one in named:
        path, _, name = one.partition("::")
        assert f"def {name}(" in (ROOT / "tests/desk" / path).read_text(), one
