"""Cut a long recording into pieces of work: runs of whole windows. Pure.

Windows begin and end in silence, so chunks do too. A chunk is what one worker hears at
once, what a result is kept of, and what a killed worker costs.

Chunks become shorter towards the end, each a share of what is left ("guided
self-scheduling", Polychronopoulos and Kuck 1987): heard longest first, the short ones
let all workers end at about the same time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.transcribe.words.windows import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class ChunkRule:
    """How long chunks are; milliseconds of the recording."""

    longest: int = 600_000
    """A recording up to this is one chunk."""
    first: int = 60_000
    """The first chunk of a longer one: a wrong language shows within seconds."""
    shortest: int = 150_000
    """What chunks at the end come down to; half as long is left for the last one."""
    of_rest: int = 3
    """A chunk takes one part in so many of what is left, within these bounds."""
    at_least: float = 0.75
    """Of its length: from there on it ends at the longest pause."""


CHUNKS = ChunkRule()


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


def plan_chunks(windows: Sequence[Window]) -> tuple[Chunk, ...]:
    """Return chunks that hold every window once, in order.

    Those of the last half an hour are shorter than the five to ten minutes of the
    others, and leave no rest that is too short.
    """
    chunks: list[Chunk] = []
    at = 0
    while at < len(windows):
        count = _fitting(windows[at:], first=not chunks)
        taken = tuple(windows[at : at + count])
        chunks.append(Chunk(index=len(chunks), windows=taken))
        at += count
    return tuple(chunks)


def _fitting(windows: Sequence[Window], *, first: bool) -> int:
    """Return how many windows the next chunk takes, at least one."""
    start, end = windows[0].start, windows[-1].end
    rest = end - start
    if first:
        if rest <= CHUNKS.longest:
            return len(windows)
        return max(1, sum(window.end - start <= CHUNKS.first for window in windows))
    if 2 * rest <= 3 * CHUNKS.shortest:
        return len(windows)
    length = min(max(rest // CHUNKS.of_rest, CHUNKS.shortest), CHUNKS.longest)
    best, best_pause = 1, -1
    for count in range(1, len(windows)):
        taken = windows[count - 1].end - start
        if taken > length:
            break
        pause = windows[count].start - windows[count - 1].end
        if taken < length * CHUNKS.at_least:
            best = count
        elif pause >= best_pause:
            best, best_pause = count, pause
    return best
