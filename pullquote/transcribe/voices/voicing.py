"""Speech cut where the voice changes, as a segmenter hears it. Pure.

A segmenter tells voices apart for ten seconds at a time. Within these, stretches in
one of its columns are one voice's, so that a print or two is enough for all of them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from pullquote.transcribe.sound import Span

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Columns = NDArray[np.bool_]
    """Whether each of a few voices sounds, one frame a row."""

_NOBODY = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Listened:
    """What a segmenter heard from ``start`` on; times in ms."""

    start: int
    length: int
    columns: Columns

    def time(self, frame: int) -> int:
        """Return when a frame begins."""
        return self.start + frame * self.length // len(self.columns)

    def frame(self, time: int) -> int:
        """Return the frame that a time falls into."""
        return (time - self.start) * len(self.columns) // self.length


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """Speech of one voice, and the ten seconds and column it was heard in."""

    span: Span
    group: tuple[int, int]


def voiced_stretches(
    speech: Sequence[Span], heard: Sequence[Listened], shortest: int
) -> tuple[Voiced, ...]:
    """Return the speech cut where the voice changes, and where ``heard`` changes.

    Both are in order. No piece is shorter than ``shortest`` unless its speech is.
    """
    found: list[Voiced] = []
    ends = [one.start + one.length for one in heard]
    for span in speech:
        for number in range(bisect_right(ends, span.start), len(heard)):
            one = heard[number]
            if one.start >= span.end:
                break
            start, end = max(span.start, one.start), min(span.end, ends[number])
            found += _pieces(Span(start=start, end=end), number, one, shortest)
    return tuple(found)


def _pieces(span: Span, number: int, one: Listened, shortest: int) -> list[Voiced]:
    first = one.frame(span.start)
    last = max(first + 1, one.frame(span.end))
    runs = [
        (column, len(list(run)))
        for column, run in groupby(_dominant(one.columns[first:last]))
    ]
    least = max(1, one.frame(one.start + shortest))
    at, pieces = first, []
    for column, count in _smoothed(runs, least):
        pieces.append((column, one.time(at), one.time(at + count)))
        at += count
    edges = [span.start, *(start for _, start, _ in pieces[1:]), span.end]
    return [
        Voiced(span=Span(start=a, end=b), group=(number, column))
        for (column, _, _), a, b in zip(pieces, edges, edges[1:], strict=False)
        if b > a
    ]


def _dominant(columns: Columns) -> list[int]:
    """Return one column for each frame: the last that sounded alone."""
    alone = columns.sum(axis=1) == 1
    which = columns.argmax(axis=1)
    heard = [int(w) if a else _NOBODY for w, a in zip(which, alone, strict=True)]
    last = next((w for w in heard if w != _NOBODY), _NOBODY)
    for at, column in enumerate(heard):
        last = column if column != _NOBODY else last
        heard[at] = last
    return heard


def _smoothed(runs: list[tuple[int, int]], least: int) -> list[tuple[int, int]]:
    """Give runs that are too short to the one before, or to the one after."""
    kept: list[tuple[int, int]] = []
    for column, count in runs:
        if kept and (count < least or kept[-1][0] == column):
            kept[-1] = (kept[-1][0], kept[-1][1] + count)
        else:
            kept.append((column, count))
    if len(kept) > 1 and kept[0][1] < least:
        (_, first), (column, second) = kept[:2]
        kept[:2] = [(column, first + second)]
    return kept


def both_sound(heard: Sequence[Listened]) -> list[Span]:
    """Return where two voices sound at once, in order."""
    import numpy as np

    found = []
    for one in heard:
        both = np.concatenate([[0], one.columns.sum(axis=1) > 1, [0]])
        edges = np.flatnonzero(np.diff(both)).tolist()
        found += [
            Span(start=one.time(a), end=one.time(b))
            for a, b in zip(edges[::2], edges[1::2], strict=True)
        ]
    return found
