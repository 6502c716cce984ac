"""Words' times set right by the pauses between them. Pure.

Attention alignment puts words about 0.1 s too early and lets them run into
silence. A pause in the sound is exact: where one belongs to a border between two
words, the word before ends with its first moment and the word after starts with
its last. Between two such borders times are stretched evenly.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pullquote.model.transcript import Word
from pullquote.transcribe.sound import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class EdgeRule:
    """When a pause belongs to a border between words; milliseconds."""

    early: int = 100
    """By how much alignment is early on average."""
    reach: int = 350
    """A border further from the pause than this is another one."""
    mark: int = 200
    """How much nearer a border counts where a mark stands."""
    wordless: int = 1_500
    """A gap between words this long may hold sound that is no word."""
    shortest: int = 160
    """A shorter pause without a mark may be a consonant inside a word."""


EDGES = EdgeRule()


def settle_edges(words: Sequence[Word], pauses: Sequence[Span]) -> tuple[Word, ...]:
    """Return the words with times that keep to the pauses.

    ``words`` are in order and so are the results; none overlaps the next.
    """
    if not words:
        return ()
    borders = _borders(words, pauses)
    starts = [word.start for word in words]
    ends = [word.end for word in words]
    first = 0
    for last in [*sorted(b - 1 for b in borders if 0 < b < len(words)), len(words) - 1]:
        left, right = borders.get(first), borders.get(last + 1)
        _stretch(
            starts,
            ends,
            range(first, last + 1),
            left.end if left else starts[first],
            right.start if right else ends[last],
        )
        first = last + 1
    settled: list[Word] = []
    at = 0
    for word, start, end in zip(words, starts, ends, strict=True):
        start = max(start, at)
        at = max(start, end)
        settled.append(word._replace(start=start, end=at))
    return tuple(settled)


def _borders(words: Sequence[Word], pauses: Sequence[Span]) -> Mapping[int, Span]:
    """Return the pause before each word that has one; ``len(words)``: at the end.

    The longest pause chooses first, so that a short one cannot take its border.
    """
    found: dict[int, Span] = {}
    taken: list[int] = []
    near = _near(words, pauses)
    for pause, low, high in sorted(near, key=lambda n: (-n[0].length, n[0].start)):
        costs = {
            border: _distance(words, border, pause)
            for border in range(low, high + 1)
            if _free(words, border, pause, found, taken)
        }
        best = min(costs, key=lambda border: (costs[border], border), default=-1)
        if best >= 0 and costs[best] <= EDGES.reach:
            if best not in found:
                insort(taken, best)
            other = found.get(best, pause)
            found[best] = Span(
                start=min(other.start, pause.start), end=max(other.end, pause.end)
            )
    return found


def _near(words: Sequence[Word], pauses: Sequence[Span]) -> list[tuple[Span, int, int]]:
    """Return each pause with the first and last border that it could belong to."""
    near = []
    low = 0
    for pause in pauses:
        while low < len(words) and words[low].end < pause.start - 2 * EDGES.reach:
            low += 1
        high = low
        while high < len(words) and words[high].end < pause.end + EDGES.reach:
            high += 1
        near.append((pause, low, high))
    return near


def _free(
    words: Sequence[Word],
    border: int,
    pause: Span,
    found: Mapping[int, Span],
    taken: Sequence[int],
) -> bool:
    """Say whether the pause may take the border, and pauses stay in order."""
    inside = 0 < border < len(words)
    if inside and pause.length < EDGES.shortest and not _marked(words, border):
        return False
    if border in found:
        return _wordless(words, border, found[border], pause)
    at = bisect_left(taken, border)
    earlier = at == 0 or found[taken[at - 1]].end <= pause.start
    later = at == len(taken) or pause.end <= found[taken[at]].start
    return earlier and later


def _wordless(words: Sequence[Word], border: int, one: Span, other: Span) -> bool:
    """Say whether the sound between two pauses is nobody's, such as music."""
    before = words[border - 1].end if border else 0
    after = words[border].start if border < len(words) else max(one.end, other.end)
    low, high = min(one.end, other.end), max(one.start, other.start)
    return after - before >= EDGES.wordless and before <= low and high <= after


def _distance(words: Sequence[Word], border: int, pause: Span) -> int:
    before = words[border - 1].end if border else words[0].start
    after = words[border].start if border < len(words) else words[-1].end
    low, high = min(before, after) + EDGES.early, max(before, after) + EDGES.early
    apart = max(0, pause.start - high, low - pause.end)
    return apart - (EDGES.mark if _marked(words, border) else 0)


def _marked(words: Sequence[Word], border: int) -> bool:
    """Say whether a mark stands at the border, where people pause."""
    return border > 0 and not words[border - 1].text[-1:].isalnum()


def _stretch(
    starts: list[int], ends: list[int], words: range, start: int, end: int
) -> None:
    """Map the words' times evenly onto ``[start, end]``."""
    first, last = starts[words[0]], ends[words[-1]]
    if end <= start:
        start, end = first, last
    scale = (end - start) / max(1, last - first)
    for at in words:
        starts[at] = start + round((starts[at] - first) * scale)
        ends[at] = start + round((ends[at] - first) * scale)
