"""From planned windows to words: decode in batches, accept, repair."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.model.transcript import Word
from pullquote.transcribe.engine.runtime import Decoding, Heard, Runtime
from pullquote.transcribe.words.accept import (
    Fault,
    cleaned,
    faults,
    needs_repair,
    severity,
)
from pullquote.transcribe.words.batch import Batch
from pullquote.transcribe.words.expect import (
    Replacement,
    expected,
    heard_again,
    in_order,
    replaced,
    respelled,
    still_likely,
    within,
)
from pullquote.transcribe.words.glossary import Glossary
from pullquote.transcribe.words.journal import UNKEPT, Journal
from pullquote.transcribe.words.marks import marked_as, unmarked
from pullquote.transcribe.words.windows import Window, plan_batches

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """What was heard in a window, and what still speaks against it."""

    window: Window
    heard: Heard
    faults: tuple[Fault, ...]
    replaced: tuple[Replacement, ...] = ()
    """What of the glossary took the place of words."""


LONGEST_BATCH = 320_000
"""Milliseconds of sound that are decoded at once, padding included; bounds memory."""
LANES = 2
"""For how many cores batches are planned, however many there are: what a window is
decoded beside changes its last digits, and machines must agree on them."""
APART_TOGETHER = 4
"""Windows of different recordings in a batch; more are hardly faster."""


def repairs(first: Decoding) -> tuple[Decoding, ...]:
    """Return how a window that failed is decoded again, likeliest help first."""
    return (
        replace(first, pad=None),
        replace(first, temperature=0.2),
        replace(first, temperature=0.6),
    )


def listen(
    sound: Sound,
    windows: Sequence[Window],
    runtime: Runtime,
    first: Decoding,
    progress: Progress = silent,
    journal: Journal = UNKEPT,
    glossary: Glossary = (),
    *,
    apart: Mapping[int, Glossary] | None = None,
) -> tuple[Attempt, ...]:
    """Return one attempt for each window, in the recording's order.

    Progress counts seconds of the recording. What ``journal`` holds is not
    decoded again. Windows that have nothing to do with each other are ``apart``: it
    has the glossary of each by its index, and each comes out as if it were alone,
    which only a ``steady`` runtime can do.
    """
    total = sum(window.length for window in windows)
    listener = _Listener(sound, runtime, progress, journal, glossary, apart, total)
    best = {a.window.index: a for a in listener.attempts(windows, first)}
    for decoding in repairs(first):
        failed = [
            a.window for a in best.values() if needs_repair(a.faults, a.heard, a.window)
        ]
        for attempt in listener.attempts(failed, decoding):
            index = attempt.window.index
            best[index] = min(
                best[index], attempt, key=lambda a: severity(a.heard, a.window)
            )
    if apart is None:
        best |= listener.marked(best, first)
    return tuple(_final(best[index]) for index in sorted(best))


@dataclass(slots=True)
class _Listener:
    """Decodes batches on all cores and counts the seconds that are done."""

    sound: Sound
    runtime: Runtime
    progress: Progress
    journal: Journal
    glossary: Glossary
    apart: Mapping[int, Glossary] | None
    """See ``listen``."""
    total: int
    done: int = 0

    def attempts(
        self, windows: Sequence[Window], decoding: Decoding
    ) -> Iterator[Attempt]:
        """Yield an attempt for each window, in the order they are ready."""
        together, alike = self.runtime.together, self.apart is not None
        if alike:  # what is drawn by chance depends on what is drawn before it
            together = 1 if decoding.temperature else APART_TOGETHER
        batches = plan_batches(windows, LONGEST_BATCH, together, LANES, alike=alike)
        with ThreadPoolExecutor(self.runtime.parallel) as pool:
            hear = partial(self._attempts, decoding=decoding)
            for found in pool.map(hear, batches):
                self.done = min(
                    self.total, self.done + sum(a.window.length for a in found)
                )
                self.progress(self.done / 1000, self.total / 1000, "transcribe")
                yield from found

    def marked(
        self, attempts: Mapping[int, Attempt], decoding: Decoding
    ) -> dict[int, Attempt]:
        """Return those that had no capitals and full stops and now have some.

        The window is decoded after the text of the nearest one that has them.
        """
        lacking = {at for at, one in attempts.items() if unmarked(one.heard.text)}
        others = [n for n in attempts.keys() - lacking if attempts[n].heard.words]
        found: dict[int, Attempt] = {}
        for at in sorted(lacking) if others else ():
            attempt = attempts[at]
            beside = attempts[min(others, key=lambda n: (abs(n - at), n))]
            batch = Batch(
                self.sound, self.runtime, self.journal, [attempt.window], decoding
            )
            (said,) = batch.said([0], [beside.heard.text])
            words = attempt.heard.words
            texts = marked_as([word.text for word in words], said.text.split())
            if texts is not None and not unmarked(said.text):
                written = (
                    word._replace(text=text)
                    for word, text in zip(words, texts, strict=True)
                )
                heard = replace(attempt.heard, words=tuple(written))
                found[at] = replace(attempt, heard=heard)
        return found

    def _attempts(self, windows: Sequence[Window], decoding: Decoding) -> list[Attempt]:
        batch = Batch(self.sound, self.runtime, self.journal, windows, decoding)
        said = batch.said(range(len(windows)), [""] * len(windows))
        words = batch.words(range(len(windows)), [one.text for one in said])
        changes = self._changes(batch, words)
        for at, found in changes.items():
            texts = replaced([word.text for word in words[at]], found)
            (words[at],) = batch.words([at], [" ".join(texts)])
        heard = [Heard(said=s, words=w) for s, w in zip(said, words, strict=True)]
        return [
            Attempt(
                window=window,
                heard=heard[at],
                faults=faults(heard[at], window),
                replaced=changes.get(at, ()),
            )
            for at, window in enumerate(windows)
        ]

    def _changes(
        self, batch: Batch, words: Sequence[tuple[Word, ...]]
    ) -> dict[int, tuple[Replacement, ...]]:
        """Return what the glossary puts into the words of each window, if anything."""
        again = self._told(batch, words)
        found: dict[int, tuple[Replacement, ...]] = {}
        for at, heard in enumerate(words):
            glossary = self._glossary(batch, at)
            texts = [word.text for word in heard]
            changes = [*again.get(at, ())]
            for one in still_likely(heard, changes, glossary):
                if batch.wins(at, texts, one):
                    changes.append(one)
            changes += respelled(texts, changes, glossary)
            if changes:
                found[at] = in_order([within(one, texts) for one in changes])
        return found

    def _told(
        self, batch: Batch, words: Sequence[tuple[Word, ...]]
    ) -> dict[int, tuple[Replacement, ...]]:
        """Hear windows again whose words sound like the glossary, told of it."""
        expect = [
            expected(heard, self._glossary(batch, at)) for at, heard in enumerate(words)
        ]
        rows = [at for at, entries in enumerate(expect) if entries]
        if not rows:
            return {}
        again = batch.said(rows, [", ".join(expect[at]) + "." for at in rows])
        return {
            at: heard_again(
                [word.text for word in words[at]],
                said.text.split(),
                self._glossary(batch, at),
            )
            for at, said in zip(rows, again, strict=True)
        }

    def _glossary(self, batch: Batch, at: int) -> Glossary:
        index = batch.windows[at].index
        return self.glossary if self.apart is None else self.apart[index]


def _final(attempt: Attempt) -> Attempt:
    heard = cleaned(attempt.heard, attempt.window)
    return replace(attempt, heard=heard, faults=faults(heard, attempt.window))
