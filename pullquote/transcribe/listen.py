"""From planned windows to words: decode in batches, accept, repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.transcribe.accept import (
    AcceptRule,
    Fault,
    cleaned,
    faults,
    needs_repair,
    severity,
)
from pullquote.transcribe.journal import Journal
from pullquote.transcribe.plan import Window, plan_batches
from pullquote.transcribe.runtime import SAMPLE_RATE, Decoding, Heard, Runtime

if TYPE_CHECKING:
    from pullquote.transcribe.runtime import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was heard in a window, and what still speaks against it."""

    window: Window
    heard: Heard
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRule:
    """How much is decoded at once; bounds memory."""

    longest: int = 160_000
    """Milliseconds of sound, padding of short windows included."""
    most: int = 8


RULE = AcceptRule()
LANES = 2
"""For how many cores batches are planned, however many there are: what a window is
decoded beside changes its last digits, and machines must agree on them."""


def repairs(first: Decoding) -> tuple[Decoding, ...]:
    """Return how a window that failed is decoded again, likeliest help first."""
    beam = replace(first, beam=5, second_beam=None)
    return (
        replace(beam, pad=None),
        replace(beam, temperature=0.2),
        replace(beam, temperature=0.6),
    )


def listen(
    sound: Sound,
    windows: Sequence[Window],
    runtime: Runtime,
    first: Decoding,
    progress: Progress = silent,
    journal: Journal | None = None,
) -> tuple[Attempt, ...]:
    """Return one attempt for each window, in the recording's order.

    Progress counts seconds of the recording. What ``journal`` holds is not
    decoded again.
    """
    total = sum(window.length for window in windows)
    journal = journal or Journal(None)
    listener = _Listener(sound, runtime, progress, journal, total)
    best = {a.window.index: a for a in listener.attempts(windows, first)}
    for decoding in repairs(first):
        failed = [
            a.window
            for a in best.values()
            if needs_repair(a.faults, a.heard, a.window, RULE)
        ]
        for attempt in listener.attempts(failed, decoding):
            index = attempt.window.index
            best[index] = min(best[index], attempt, key=_severity)
    return tuple(_final(best[index]) for index in sorted(best))


@dataclass(slots=True)
class _Listener:
    """Decodes batches on all cores and counts the seconds that are done."""

    sound: Sound
    runtime: Runtime
    progress: Progress
    journal: Journal
    total: int
    done: int = 0

    def attempts(
        self, windows: Sequence[Window], decoding: Decoding
    ) -> Iterator[Attempt]:
        """Yield an attempt for each window, in the order they are ready."""
        rule = BatchRule()
        batches = plan_batches(windows, rule.longest, rule.most, LANES)
        with ThreadPoolExecutor(self.runtime.parallel) as pool:
            hear = partial(self._decoded, decoding=decoding)
            for found in pool.map(hear, batches):
                self.done = min(
                    self.total, self.done + sum(a.window.length for a in found)
                )
                self.progress(self.done / 1000, self.total / 1000, "transcribe")
                yield from found

    def _decoded(self, batch: Sequence[Window], decoding: Decoding) -> list[Attempt]:
        kept = [self.journal.get(window, decoding) for window in batch]
        heard = tuple(found for found in kept if found is not None)
        if len(heard) < len(batch):
            # The whole batch, since windows are padded to the longest of it.
            sounds = [cut(self.sound, w.start, w.end) for w in batch]
            heard = tuple(
                min(candidates, key=lambda c: severity(c, w, RULE))
                for w, candidates in zip(
                    batch, self.runtime.hear(sounds, decoding), strict=True
                )
            )
            self.journal.add(decoding, zip(batch, heard, strict=True))
        return [
            Attempt(window=w, heard=h, faults=faults(h, w, RULE))
            for w, h in zip(batch, heard, strict=True)
        ]


def cut(sound: Sound, start: int, end: int) -> Sound:
    """Return the samples between two times in milliseconds."""
    return sound[start * SAMPLE_RATE // 1000 : end * SAMPLE_RATE // 1000]


def _severity(attempt: Attempt) -> float:
    return severity(attempt.heard, attempt.window, RULE)


def _final(attempt: Attempt) -> Attempt:
    heard = cleaned(attempt.heard, attempt.window, RULE)
    return replace(attempt, heard=heard, faults=faults(heard, attempt.window, RULE))
