"""Cut a long recording into pieces of work: runs of whole windows. Pure.

Windows begin and end in silence, so chunks do too. A chunk is what one worker hears at
once, what a result is kept of, and what a killed worker costs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.transcribe.plan import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkRule:
    """How long chunks are; milliseconds of the recording."""

    shortest: int = 300_000
    longest: int = 600_000
    """A recording up to this is one chunk."""
    first: int = 60_000
    """The first chunk of a longer one: a wrong language shows within seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chunk:
    """Consecutive windows that are heard together."""

    index: int
    windows: tuple[Window, ...]

    @property
    def start(self) -> int:
        """Milliseconds."""
        return self.windows[0].start

    @property
    def end(self) -> int:
        """Milliseconds."""
        return self.windows[-1].end


def plan_chunks(
    windows: Sequence[Window], rule: ChunkRule | None = None
) -> tuple[Chunk, ...]:
    """Return chunks that hold every window once, in order.

    Each ends at the longest pause between its shortest and its longest length, and
    leaves no rest that is too short.
    """
    rule = rule or ChunkRule()
    chunks: list[Chunk] = []
    at = 0
    while at < len(windows):
        count = _fitting(windows[at:], rule, first=not chunks)
        taken = tuple(windows[at : at + count])
        chunks.append(Chunk(index=len(chunks), windows=taken))
        at += count
    return tuple(chunks)


def _fitting(windows: Sequence[Window], rule: ChunkRule, *, first: bool) -> int:
    """Return how many windows the next chunk takes, at least one."""
    start, end = windows[0].start, windows[-1].end
    if end - start <= rule.longest:
        return len(windows)
    if first:
        taken = sum(window.end - start <= rule.first for window in windows)
        return max(1, taken)
    latest = min(rule.longest, end - start - rule.shortest)
    best, best_pause = 1, -1
    for count in range(1, len(windows)):
        length = windows[count - 1].end - start
        if length > latest:
            break
        pause = windows[count].start - windows[count - 1].end
        if length < rule.shortest:
            best = count
        elif pause >= best_pause:
            best, best_pause = count, pause
    return best
