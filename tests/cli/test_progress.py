"""What a task that takes long says where nobody looks: in a log, through a pipe."""

import pytest

from pullquote.cli.terminal import _SELDOM, _written


def test_a_long_task_says_in_a_log_how_far_it_is(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell = _written("Transcribing a", every=0.0)
    tell(25, 100, "8:00 heard")
    tell(0, None)
    assert capsys.readouterr().err.splitlines() == [
        "Transcribing a: 25%, 8:00 heard",
        "Transcribing a: goes on",
    ]


def test_a_short_task_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    tell = _written("Building")
    for done in range(100):
        tell(done, 100)
    assert _SELDOM >= 10
    assert capsys.readouterr().err == ""
