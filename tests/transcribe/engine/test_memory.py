"""What is freed goes back to the system, and nothing is loaded that is not used."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from pullquote.transcribe.engine.memory import _libc, give_back, share_heap

BLOCK = 1 << 16


def _held() -> int:
    """Return the bytes of this process that lie in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize()


@pytest.mark.skipif(_libc() is None, reason="another C library than glibc")
def test_what_was_freed_between_what_stays_goes_back_to_the_system() -> None:
    share_heap()
    blocks = [np.ones(BLOCK, np.uint8) for _ in range(2_000)]
    kept = blocks[::10]
    full = _held()
    del blocks
    give_back()
    assert full - _held() > 1_000 * BLOCK
    assert all(block.all() for block in kept)


def test_telling_voices_apart_loads_no_compiler() -> None:
    code = (
        "import sys; from pullquote.transcribe.voices.diarizer import Diarizer; Diarizer(1);"
        "print([m for m in ('numba', 'scipy', 'umap') if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert run.stdout.split() == [b"[]"]
