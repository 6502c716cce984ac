"""What every test needs."""

from __future__ import annotations

import gc
import os
import signal
import sys
import time
from typing import Any

import pytest
from hypothesis import settings

# The machine that runs the tests may be busy with other things.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

# Nothing of all that is collected here goes before the end: see pytest_collection_finish.
gc.disable()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # so starts a shell what it runs with &, and all that the tests start would not hear
    # the Ctrl+C they send it
    signal.signal(signal.SIGINT, signal.default_int_handler)

if sys.version_info < (3, 12):
    # `make coverage` sets a trace function in every thread, and Python lets a thread die
    # that does so while another is about it (python/cpython#98257); an audit hook, as
    # pullquote.pull.network has one, makes room for that. From 3.12 on nothing is set.
    _settrace = sys.settrace

    def _patient(function: Any) -> None:
        for _ in range(1000):
            try:
                _settrace(function)
            except RuntimeError:
                time.sleep(0.001)
            else:
                return
        _settrace(function)

    sys.settrace = _patient


def pytest_xdist_auto_num_workers() -> int:
    """Two more than there are cores, up to six: most tests wait for something."""
    return min(os.cpu_count() or 1, 4) + 2


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; one worker keeps it, and loads its models once."""
    items.sort(
        key=lambda item: (
            item.get_closest_marker("model") is None
            and "transcribe" not in item.path.parts
        )
    )


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over the tests themselves.

    A million objects that stay: a look at all of them takes a third of a second, and
    was every twelfth second of the tests.
    """
    gc.freeze()
    gc.enable()
