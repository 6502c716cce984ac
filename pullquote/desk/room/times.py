"""When each word of each turn is spoken; after a change only what changed is aligned.

The whole transcript is aligned once. An edited turn is aligned anew with the words
that the machine heard between its neighbours: a fraction of a millisecond.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from rapidfuzz.distance import Postfix, Prefix

from pullquote.desk.room.document import DeskTurn, Document
from pullquote.model.align import align
from pullquote.model.transcript import (
    MachineTranscript,
    Segment,
    Transcript,
    Word,
)

_LONG = 300
"""Words of a turn from which not all of it is aligned anew."""
_AROUND = 40
"""Words on both sides of a change that are aligned with it."""
_FEW = 50
"""Changed turns up to which each is aligned alone."""


class Times:
    """The words of each turn with their times, by the turn's id."""

    def __init__(self, machine: MachineTranscript | None, document: Document) -> None:
        self._machine = machine
        self._heard = machine.words if machine else ()
        self._starts = [word.start for word in self._heard]
        self.of_turns: dict[str, tuple[Word, ...]] = {}
        """The words of each turn that has any."""
        self._align_all(document)

    @property
    def duration(self) -> int | None:
        """Length of the recording that the words were heard in, ms."""
        return self._machine.duration if self._machine else None

    @property
    def in_english(self) -> bool:
        """Whether the words were heard as English."""
        return self._machine is not None and self._machine.language.startswith("en")

    @property
    def doubted(self) -> tuple[tuple[Segment, int], ...]:
        """Stretches whose words something speaks against, as the machine noted.

        And until when each is to be heard: what has no words lies behind its last one.
        """
        if self._machine is None or not self._machine.segments:
            return ()
        segments = self._machine.segments
        ends = [*(after.start for after in segments[1:]), self._machine.duration]
        return tuple(
            (segment, end if "unheard" in segment.doubts else segment.end)
            for segment, end in zip(segments, ends, strict=True)
            if segment.doubts
        )

    def at(self, turn: DeskTurn, place: int) -> int:
        """Return when the word at a place of the text starts, or the last one ends."""
        words = self.of_turns.get(turn.id, ())
        number = len(turn.text[:place].split())
        around = turn.text[max(0, place - 1) : place + 1]
        if len(around) == 2 and not any(map(str.isspace, around)):
            number -= 1  # inside a word
        if number < len(words):
            return words[number].start
        return words[-1].end if words else turn.start

    def update(self, old: Document, new: Document) -> tuple[str, ...]:
        """Align what changed between two documents, and return those turns' ids."""
        changed = changed_turns(old, new)
        for id_ in old.places:
            if id_ not in new:
                self.of_turns.pop(id_, None)
        rewritten = [t for t in changed if not _same_words(old.get(t.id), t)]
        if len(rewritten) > _FEW:
            known = dict(self.of_turns)
            self._align_all(new)
            others = (i for i in new.places if self.of_turns.get(i) != known.get(i))
            return tuple(dict.fromkeys((*(turn.id for turn in changed), *others)))
        before = {turn.id: self.of_turns.pop(turn.id, ()) for turn in rewritten}
        for run in _runs(new, rewritten):
            if len(run) == 1 and len(before[run[0].id]) > _LONG:
                self._align_part(run[0], before[run[0].id])
            else:
                self._align_run(new, run)
        return tuple(turn.id for turn in changed)

    def _align_all(self, document: Document) -> None:
        spoken = [turn for turn in document.turns if turn.text.split()]
        timed = align(_transcript(spoken), self._machine)
        self.of_turns = {
            turn.id: found.words for turn, found in zip(spoken, timed, strict=True)
        }

    def _align_run(self, document: Document, run: Sequence[DeskTurn]) -> None:
        """Align neighbouring turns with what was heard between those around them."""
        spoken = [turn for turn in run if turn.text.split()]
        first, last = document.places[run[0].id], document.places[run[-1].id]
        before = self._nearest(reversed(document.turns[:first]))
        after = self._nearest(document.turns[last + 1 :])
        low = before[-1].end if before else 0
        high = after[0].start if after else self.duration
        timed = align(_transcript(spoken), self._between(low, high))
        for turn, found in zip(spoken, timed, strict=True):
            self.of_turns[turn.id] = tuple(_within(found.words, low, high))

    def _align_part(self, turn: DeskTurn, known: tuple[Word, ...]) -> None:
        """Align a long turn's changed words and some around them; the rest stays."""
        texts = turn.text.split()
        old = [word.text for word in known]
        head = max(0, Prefix.similarity(old, texts) - _AROUND)
        same = Postfix.similarity(old[head:], texts[head:])
        tail = max(0, same - _AROUND)
        first, last = known[:head], known[len(known) - tail :]
        low = first[-1].end if first else known[0].start
        high = last[0].start if last else known[-1].end
        middle = replace(turn, text=" ".join(texts[head : len(texts) - tail]))
        found: tuple[Word, ...] = ()
        if middle.text:
            (timed,) = align(_transcript((middle,)), self._between(low, high))
            found = tuple(_within(timed.words, low, high))
        self.of_turns[turn.id] = (*first, *found, *last)

    def _nearest(self, turns: Iterable[DeskTurn]) -> tuple[Word, ...]:
        found = (self.of_turns.get(turn.id, ()) for turn in turns)
        return next((words for words in found if words), ())

    def _between(self, low: int, high: int | None) -> MachineTranscript | None:
        """Return what was heard in ``[low, high)`` as a transcript of its own."""
        if self._machine is None:
            return None
        first = bisect_left(self._starts, low)
        last = len(self._starts) if high is None else bisect_left(self._starts, high)
        words = self._heard[first:last]
        segments = (
            (Segment(start=words[0].start, end=words[-1].end, words=words),)
            if words
            else ()
        )
        duration = self._machine.duration if high is None else high
        return replace(self._machine, segments=segments, duration=duration)


def changed_turns(old: Document, new: Document) -> list[DeskTurn]:
    """Return the turns that are new or others than they were."""
    return [turn for turn in new.turns if old.get(turn.id) is not turn]


def _runs(document: Document, turns: Iterable[DeskTurn]) -> Iterator[list[DeskTurn]]:
    """Yield turns that follow each other together."""
    run: list[DeskTurn] = []
    for turn in turns:
        if run and document.places[turn.id] != document.places[run[-1].id] + 1:
            yield run
            run = []
        run.append(turn)
    if run:
        yield run


def _same_words(old: DeskTurn | None, new: DeskTurn) -> bool:
    return old is not None and old.text.split() == new.text.split()


def _transcript(turns: Iterable[DeskTurn]) -> Transcript:
    made = tuple(turn.as_turn() for turn in turns)
    return Transcript(episode="", language="", turns=made)


def _within(words: Iterable[Word], low: int, high: int | None) -> Iterator[Word]:
    for word in words:
        start, end = max(low, word.start), max(low, word.end)
        if high is not None:
            start, end = min(start, high), min(end, high)
        yield (
            word
            if (start, end) == (word.start, word.end)
            else word._replace(start=start, end=end)
        )
