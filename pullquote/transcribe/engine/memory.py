"""What the C library keeps of memory that was freed, kept small; on glibc only.

glibc gives each thread a heap of its own and returns only what lies at a heap's end.
Runtimes take and free tens of megabytes a window in several threads, so that an hour
came to hold twice of what it used at any moment.
"""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

_ARENA_MAX = -8
"""``M_ARENA_MAX`` of malloc.h (mallopt(3))."""


def share_heap() -> None:
    """Let all threads use one heap: before a runtime starts its own."""
    if libc := _libc():
        libc.mallopt(_ARENA_MAX, 1)


def give_back() -> None:
    """Give the system what was freed: between steps that need it differently."""
    if libc := _libc():
        libc.malloc_trim(0)


@cache
def _libc() -> Any:
    """Return the C library if it is glibc, None elsewhere."""
    try:
        libc = ctypes.CDLL(None)
    except (OSError, TypeError):  # Windows has no such handle
        return None
    return libc if hasattr(libc, "malloc_trim") and hasattr(libc, "mallopt") else None
