"""Which stretches of a recording to decode, and in which batches. Pure.

Silences are found from a voice activity detector's probabilities; windows are
contiguous stretches of the recording cut inside silences, so times inside a window
and times in the recording differ by the window's start and nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pullquote.transcribe.sound import Span
from pullquote.transcribe.words.detector import FRAME_MS


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceRule:
    """When a voice counts as speaking; probabilities from 0 to 1, times in ms.

    The onset is low and the padding wide, since a word that is not decoded is
    lost, while one decoded from noise is refused afterwards.
    """

    frame: int = 32
    """Length of the stretch that one probability speaks of."""
    onset: float = 0.3
    offset: float = 0.15
    shortest_pause: int = 160
    shortest_speech: int = 96
    pad: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class WindowRule:
    """How long windows may be; milliseconds."""

    longest: int = 20_000
    shortest: int = 8_000
    """A window is not cut before this, unless silence is long."""
    long_silence: int = 2_000
    """Silence of this length always ends a window."""


WINDOWS = WindowRule()


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """A stretch to decode at once, and where in it somebody speaks."""

    index: int
    start: int
    end: int
    speech: tuple[Span, ...]

    @property
    def length(self) -> int:
        """Milliseconds."""
        return self.end - self.start

    @property
    def spoken(self) -> int:
        """Milliseconds of speech."""
        return sum(span.length for span in self.speech)


def speech_regions(
    probabilities: Sequence[float], duration: int, rule: VoiceRule
) -> tuple[Span, ...]:
    """Return where somebody speaks, padded, in order and without overlap."""
    raw: list[tuple[int, int]] = []
    start: int | None = None
    for index, p in enumerate((*probabilities, 0.0)):
        if start is None and p >= rule.onset:
            start = index
        elif start is not None and (p < rule.offset or index == len(probabilities)):
            raw.append((start * rule.frame, index * rule.frame))
            start = None
    joined = _join_close(raw, rule.shortest_pause)
    kept = [(a, b) for a, b in joined if b - a >= rule.shortest_speech]
    return _padded(kept, duration, rule.pad)


def _join_close(raw: list[tuple[int, int]], pause: int) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in raw:
        if joined and start - joined[-1][1] < pause:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _padded(kept: list[tuple[int, int]], duration: int, pad: int) -> tuple[Span, ...]:
    """Widen each region by ``pad``, but only to the middle of a short silence."""
    spans = []
    for i, (start, end) in enumerate(kept):
        low = (kept[i - 1][1] + start) // 2 if i else 0
        high = (end + kept[i + 1][0]) // 2 if i + 1 < len(kept) else duration
        a, b = max(low, start - pad), min(high, end + pad, duration)
        if b > a:
            spans.append(Span(start=a, end=b))
    return tuple(spans)


def plan_windows(
    regions: Sequence[Span],
    probabilities: Sequence[float],
) -> tuple[Window, ...]:
    """Return windows that together hold every region, none longer than allowed.

    A window ends at the longest pause between its shortest and its longest length.
    Speech that goes on for longer is cut where a voice is least likely.
    """
    pieces = [piece for region in regions for piece in _bounded(region, probabilities)]
    windows: list[Window] = []
    at = 0
    while at < len(pieces):
        size = _fitting(pieces[at:])
        taken = tuple(pieces[at : at + size])
        windows.append(
            Window(
                index=len(windows),
                start=taken[0].start,
                end=taken[-1].end,
                speech=taken,
            )
        )
        at += size
    return tuple(windows)


def _bounded(
    region: Span,
    probabilities: Sequence[float],
) -> list[Span]:
    """Cut speech without pauses into pieces of at most the longest window."""
    pieces = []
    start = region.start
    while region.end - start > WINDOWS.longest:
        first = (start + WINDOWS.longest // 2) // FRAME_MS + 1
        last = min((start + WINDOWS.longest) // FRAME_MS, len(probabilities))
        candidates = range(first, max(last, first + 1))
        lowest = min(candidates, key=lambda i: (_at(probabilities, i), -i))
        cut = min(lowest * FRAME_MS, start + WINDOWS.longest)
        pieces.append(Span(start=start, end=cut))
        start = cut
    pieces.append(Span(start=start, end=region.end))
    return pieces


def _at(probabilities: Sequence[float], index: int) -> float:
    return probabilities[index] if index < len(probabilities) else 0.0


def _fitting(pieces: Sequence[Span]) -> int:
    """Return how many of ``pieces`` the next window takes, at least one."""
    best, best_pause = 1, -1
    for count in range(1, len(pieces) + 1):
        if pieces[count - 1].end - pieces[0].start > WINDOWS.longest:
            return best
        if count == len(pieces):
            return count
        pause = pieces[count].start - pieces[count - 1].end
        if pause >= WINDOWS.long_silence:
            return count
        long_enough = pieces[count - 1].end - pieces[0].start >= WINDOWS.shortest
        if not long_enough:
            best = count
        elif pause >= best_pause:
            best, best_pause = count, pause
    return best


def whole_seconds(length: int) -> int:
    """Return milliseconds rounded up to whole seconds: how long windows are padded.

    Windows of the same whole seconds can then be decoded beside each other, and each
    comes out as if it were alone.
    """
    return -(-length // 1000) * 1000


def plan_batches(
    windows: Sequence[Window],
    longest_batch: int,
    most: int,
    lanes: int = 1,
    *,
    alike: bool = False,
) -> tuple[tuple[Window, ...], ...]:
    """Group windows of like length, longest first, so that little is padded.

    ``longest_batch`` bounds a batch's padded sound in milliseconds (memory),
    ``most`` its windows. ``lanes`` batches are decoded at once, so there are
    enough of them that no lane stands idle at the end. Those of a batch have the
    same whole seconds if they are to be ``alike``.
    """
    rounds = -(-len(windows) // (most * lanes))
    most = min(most, max(1, -(-len(windows) // max(1, rounds * lanes))))
    batches: list[tuple[Window, ...]] = []
    current: list[Window] = []
    for window in sorted(windows, key=lambda w: (-w.length, w.index)):
        full = current and (
            len(current) == most
            or (len(current) + 1) * current[0].length > longest_batch
            or (
                alike
                and whole_seconds(current[0].length) != whole_seconds(window.length)
            )
        )
        if full:
            batches.append(tuple(current))
            current = []
        current.append(window)
    if current:
        batches.append(tuple(current))
    return tuple(batches)
