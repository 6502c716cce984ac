"""Each sentence of an answer with the words that were spoken beneath it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from pullquote.desk.room.difference import Piece, PieceKind, together
from pullquote.formats.sentences import sentence_starts
from pullquote.mark.cut.published import published_words
from pullquote.mark.guard.compare import Finding
from pullquote.model.align import exact_form
from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn, Word, within

_Part = tuple[PieceKind, list[str], list[Word]]
"""What became of a run of words: those that were put in, or those that were said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """One sentence as readers see it, and what was said."""

    text: str
    changes: tuple[Piece, ...]
    """What was said, each run of words with what became of it."""
    start: int | None
    """Milliseconds in the recording; None where nothing was said."""
    end: int | None
    findings: tuple[int, ...]
    """Numbers from 1 of the changes of meaning in it."""

    @property
    def as_said(self) -> bool:
        """Whether every word stands as it was spoken."""
        return all(kind == "same" for kind, _ in self.changes)


def beneath(
    body: str,
    answered: Clip,
    turns: Sequence[TimedTurn],
    findings: Sequence[Finding] = (),
) -> tuple[Sentence, ...]:
    """Return the sentences of an answer's Markdown, each with its spoken words.

    Spoken words that the text leaves out belong to the sentence before them, those
    before the first sentence to the first.
    """
    spoken = [word for turn in within(turns, answered) for word in turn.words]
    written = [(word, line) for word, line, _ in published_words(body)]
    if not written:
        return ()
    edges = _edges([word for word, _ in written], [line for _, line in written])
    rows: list[list[_Part]] = [[] for _ in edges]
    for kind, said, words in _steps(spoken, [word for word, _ in written]):
        _deal(rows, edges, kind, said, words, [word for word, _ in written])
    return tuple(
        _sentence([w for w, _ in written[a:b]], row, numbers)
        for (a, b), row, numbers in zip(
            edges, rows, _numbers(edges, written, findings), strict=True
        )
    )


def _edges(words: list[str], lines: list[int]) -> list[tuple[int, int]]:
    """Return where sentences begin and end: at full stops, and at new lines."""
    starts = set(sentence_starts(words))
    starts |= {n for n in range(1, len(lines)) if lines[n] != lines[n - 1]}
    return [*pairwise((*sorted(starts), len(words)))]


def _steps(
    spoken: list[Word], written: list[str]
) -> list[tuple[str, list[Word], tuple[int, int]]]:
    steps = Levenshtein.opcodes(
        [exact_form(w.text) for w in spoken], [exact_form(w) for w in written]
    )
    return [
        (s.tag, spoken[s.src_start : s.src_end], (s.dest_start, s.dest_end))
        for s in steps
    ]


def _deal(
    rows: list[list[_Part]],
    edges: list[tuple[int, int]],
    kind: str,
    said: list[Word],
    words: tuple[int, int],
    written: list[str],
) -> None:
    """Give each sentence its part of one step: texts for words put in, else the words."""
    first, last = words
    if kind != "equal" and said:
        before = max(0, first - 1) if kind == "delete" else first
        owner = next((n for n, (a, b) in enumerate(edges) if a <= before < b), -1)
        rows[owner].append(("out", [], said))
    for number, (a, b) in enumerate(edges):
        low, high = max(a, first), min(b, last)
        if low < high and kind == "equal":
            rows[number].append(("same", [], said[low - first : high - first]))
        elif low < high:
            rows[number].append(("in", written[low:high], []))


def _sentence(
    words: list[str],
    row: list[_Part],
    numbers: tuple[int, ...],
) -> Sentence:
    said = [word for _, _, part in row for word in part]
    texts = (
        (kind, " ".join(word.text for word in part) if part else " ".join(put_in))
        for kind, put_in, part in row
    )
    return Sentence(
        text=" ".join(words),
        changes=together(texts),
        start=said[0].start if said else None,
        end=said[-1].end if said else None,
        findings=numbers,
    )


def _numbers(
    edges: list[tuple[int, int]],
    written: list[tuple[str, int]],
    findings: Sequence[Finding],
) -> list[tuple[int, ...]]:
    """Return for each sentence the numbers of the findings in it.

    A finding names a line; among that line's sentences the one that has its words.
    """
    found: list[list[int]] = [[] for _ in edges]
    for number, finding in enumerate(findings, 1):
        lines = [
            n for n, (a, b) in enumerate(edges) if written[a][1] == finding.line
        ] or [0]
        words = {exact_form(w) for w in finding.published.split()}

        def shared(n: int, words: set[str] = words) -> int:
            a, b = edges[n]
            return len(words & {exact_form(w) for w, _ in written[a:b]})

        found[max(lines, key=shared)].append(number)
    return [tuple(one) for one in found]
