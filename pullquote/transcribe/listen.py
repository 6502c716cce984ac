"""From planned windows to words: decode in batches, accept, repair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.transcribe.accept import (
    AcceptRule,
    Fault,
    cleaned,
    faults,
    severity,
    taken_for_silence,
)
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
    repair_most: int = 4


def repairs(first: Decoding) -> tuple[Decoding, ...]:
    """Return how a window that failed is decoded again, cheapest hope first."""
    whole = replace(first, pad=None)
    return (
        replace(whole, beam=5),
        replace(whole, beam=5, temperature=0.2),
        replace(whole, beam=5, temperature=0.6),
    )


def listen(
    sound: Sound,
    windows: Sequence[Window],
    runtime: Runtime,
    first: Decoding,
    progress: Progress = silent,
) -> tuple[Attempt, ...]:
    """Return one attempt for each window, in the recording's order.

    Progress counts seconds of the recording.
    """
    rule, batch = AcceptRule(), BatchRule()
    total = sum(w.length for w in windows) / 1000
    best: dict[int, Attempt] = {}
    done = 0.0
    for group in plan_batches(windows, batch.longest, batch.most):
        for attempt in _decoded(sound, group, runtime, first, rule):
            best[attempt.window.index] = attempt
        done += sum(w.length for w in group) / 1000
        progress(done, total, "transcribe")
    for decoding in repairs(first):
        failed = [a.window for a in best.values() if _needs_repair(a, rule)]
        for group in plan_batches(failed, batch.longest, batch.repair_most):
            for attempt in _decoded(sound, group, runtime, decoding, rule):
                index = attempt.window.index
                best[index] = _better(best[index], attempt, rule)
        progress(total, total, "repair")
    return tuple(_final(best[index], rule) for index in sorted(best))


def _decoded(
    sound: Sound,
    group: Sequence[Window],
    runtime: Runtime,
    decoding: Decoding,
    rule: AcceptRule,
) -> list[Attempt]:
    heard = runtime.hear([cut(sound, w.start, w.end) for w in group], decoding)
    return [
        Attempt(window=w, heard=h, faults=faults(h, w, rule))
        for w, h in zip(group, heard, strict=True)
    ]


def cut(sound: Sound, start: int, end: int) -> Sound:
    """Return the samples between two times in milliseconds."""
    return sound[start * SAMPLE_RATE // 1000 : end * SAMPLE_RATE // 1000]


def _needs_repair(attempt: Attempt, rule: AcceptRule) -> bool:
    if taken_for_silence(attempt.heard, rule):
        return False
    # Words outside speech are simply dropped.
    return any(fault != "invented" for fault in attempt.faults)


def _better(a: Attempt, b: Attempt, rule: AcceptRule) -> Attempt:
    return min(a, b, key=lambda x: severity(x.heard, x.window, rule))


def _final(attempt: Attempt, rule: AcceptRule) -> Attempt:
    heard = cleaned(attempt.heard, attempt.window, rule)
    return replace(attempt, heard=heard, faults=faults(heard, attempt.window, rule))
