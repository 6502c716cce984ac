"""The short form of ``bench/archive.py``: every kind of fault, then run again."""

from __future__ import annotations

import pytest

from bench.archive import main


@pytest.mark.model
def test_an_archive_names_each_fault_and_no_other_and_is_finished_after(
    capfd: pytest.CaptureFixture[str],
) -> None:
    assert main(["--short"]) == 0, capfd.readouterr().out
