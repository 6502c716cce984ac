"""What every test needs."""

from __future__ import annotations

import sys
import time
from typing import Any

if sys.version_info < (3, 12):
    # coverage sets a trace function in every thread, and Python lets a thread die that
    # does so while another is about it (python/cpython#98257); an audit hook, as
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
