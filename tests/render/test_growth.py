"""The short form of ``bench/search.py``: a reader's browser finds what is there."""

from __future__ import annotations

import pytest

from bench.search import main


def test_a_reader_finds_in_a_browser_what_was_said_and_nothing_else(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["--short"]) == 0, capsys.readouterr().out
