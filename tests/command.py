"""``publish.py`` as a person types it, in a process that ends with its test."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]


@contextmanager
def started(*argv: str) -> Iterator[subprocess.Popen[str]]:
    """Start a command and yield its process, killed in the end if it still runs."""
    with subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def document(process: subprocess.Popen[str]) -> Any:
    """Return the JSON document that a command with ``--json`` prints first."""
    assert process.stdout is not None
    assert process.stderr is not None
    lines = ""
    while not lines.endswith("}\n"):
        line = process.stdout.readline()
        assert line, process.stderr.read()
        lines += line
    return json.loads(lines)
