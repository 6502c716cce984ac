"""What takes too long to be told of each episode of the show: of those on a page alone.

It is found beside the page, and kept in memory until a file of the episode changes.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Generic, TypeVar

from pullquote.errors import PullquoteError

T = TypeVar("T")


class Looking(Generic[T]):
    """Looks at episodes in another thread; may be used from several."""

    def __init__(self, key: Callable[[str], object], look: Callable[[str], T]) -> None:
        self._key, self._look = key, look
        self._lock = threading.Lock()
        self._known: dict[str, tuple[object, T]] = {}
        self._due: list[str] = []
        self._work: threading.Thread | None = None

    def of(self, slugs: Sequence[str], wait: float) -> dict[str, T]:
        """Return what is known of episodes as they are now, after ``wait`` s at most.

        The others are looked at meanwhile, instead of those of a page before.
        """
        with self._lock:
            self._due = [slug for slug in slugs if self._now(slug) is None]
            if self._due and (self._work is None or not self._work.is_alive()):
                self._work = threading.Thread(target=self._all, daemon=True)
                self._work.start()
            work = self._work
        until = time.monotonic() + wait
        while work is not None and self._due and time.monotonic() < until:
            work.join(0.02)
        found = ((slug, self._now(slug)) for slug in slugs)
        return {slug: looked for slug, looked in found if looked is not None}

    def _now(self, slug: str) -> T | None:
        known = self._known.get(slug)
        return known[1] if known is not None and known[0] == self._key(slug) else None

    def _all(self) -> None:
        while True:
            with self._lock:
                if not self._due:
                    self._work = None
                    return
                slug = self._due[0]
            with suppress(OSError, PullquoteError):  # its own fault is told
                key = self._key(slug)
                self._known[slug] = (key, self._look(slug))
            with self._lock:
                if slug in self._due:
                    self._due.remove(slug)
