"""What a task that takes long says where nobody looks: in a log, through a pipe."""

import contextlib
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pullquote.cli.terminal import _SELDOM, _written
from pullquote.errors import number_of


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


def test_a_long_title_hides_not_how_far_a_task_is(tmp_path: Path) -> None:
    long = "Transcribing 2026-06-17-lumbar-stenosis-imaging-and-injections"
    code = f"""
from pathlib import Path
from pullquote.cli.terminal import Terminal
with Terminal(Path({str(tmp_path)!r}), False, False).task({long!r}) as tell:
    tell(50, 100, "transcribe 1:02:10 of 1:58:00, 9 x")
"""
    shown = _on_a_terminal(code, columns=80)
    line = next(one for one in shown if "50%" in one)
    assert line.startswith("Transcribing 2026-06-17-lum")
    assert line.endswith("transcribe 1:02:10 of 1:58:00, 9 x")


def test_one_is_not_many() -> None:
    assert [number_of(n, "file") for n in (0, 1, 2)] == ["0 files", "1 file", "2 files"]


def _on_a_terminal(code: str, columns: int) -> list[str]:
    """Return what a program shows on a terminal of that width, frame by frame."""
    ours, theirs = pty.openpty()
    environment = os.environ | {"COLUMNS": str(columns), "TERM": "xterm"}
    with subprocess.Popen(
        [sys.executable, "-c", code], stderr=theirs, env=environment
    ) as program:
        os.close(theirs)
        shown = b""
        with contextlib.suppress(OSError):  # as Linux says that nobody writes any more
            while part := os.read(ours, 65536):
                shown += part
        assert program.wait() == 0
    os.close(ours)
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown.decode())
    return [line.rstrip() for line in re.split(r"\x1b\[[0-9;?]*[A-Z]|[\r\n]", plain)]
