"""Which words lie in redactions. Pure.

A recording has tens of thousands of words and, some, dozens of redactions: one look
tells, not a look at each of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from pullquote.model.answer import Redaction
from pullquote.model.transcript import Word


class Covered:
    """The time that redactions cover, as stretches that share none."""

    def __init__(self, redactions: Iterable[Redaction]) -> None:
        """Join the redactions that overlap."""
        self._starts: list[int] = []
        self._ends: list[int] = []
        for start, end in sorted((r.clip.start, r.clip.end) for r in redactions):
            if self._ends and start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], end)
            else:
                self._starts.append(start)
                self._ends.append(end)

    def has(self, word: Word) -> bool:
        """Say whether any of a word lies in a redaction: then it goes.

        What takes no time counts as one millisecond, as in ``Clip.overlaps``.
        """
        first = bisect_right(self._ends, word.start)
        return first < len(self._starts) and self._starts[first] < max(
            word.end, word.start + 1
        )
