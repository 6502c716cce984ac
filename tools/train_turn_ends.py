"""Make ``pullquote/mark/tagger/turn_ends.json``: whether a turn ends in a question.

    python -m tools.train_turn_ends ../shared/qa pullquote/mark/tagger/turn_ends.json

Learns from all sentences that end in "?" or do not: of the talks (MIT licence) and
consultations (CC BY 4.0) of a folder of question and answer cuts, and of the made-up
programmes and interviews in ``tests/data``. No text of theirs goes into the file, only how
much a few words speak for a question. Needs scipy. Same input, same bytes; two minutes.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from bench.programmes import FOLDER, Programme, read
from pullquote.mark.tagger.features import words_of
from pullquote.mark.tagger.turn_ends import turn_features
from tools.train_suggest import CONSULTATIONS, TALKS, format_figures
from tools.training.documents import Twin, kept_rows, read_twins, rows_of
from tools.training.regressions import regress

INTERVIEWS = FOLDER.parent / "interviews"
PENALTY = 14.0
KEPT = 8000
"""Features with the largest weights that are kept."""
_CLOSING = "\"')\u201d "

Sentence = tuple[list[str], bool]
"""Its words, and whether a question mark ends it."""
Row = tuple[set[str], bool]


def figures(documents: Iterable[Sequence[Sequence[Sentence]]]) -> dict[str, Any]:
    """Return the content of ``turn_ends.json`` from the turns of some documents."""
    rows = [row for turns in documents for row in examples(turns)]
    seen = Counter(name for features, _ in rows for name in features)
    names = sorted(name for name, count in seen.items() if count > 1)
    columns = {name: n for n, name in enumerate(names)}
    matrix = rows_of([sorted(features) for features, _ in rows], columns)
    labels = np.array([[asks] for _, asks in rows], np.float32)
    weights, bias = regress(matrix, labels, PENALTY)
    return {
        "made_by": "tools/train_turn_ends.py, from talks (MIT), consultations (CC BY)"
        " and made-up programmes and interviews",
        "bias": round(float(bias[0]), 3),
        "weights": kept_rows(names, weights[:, 0], KEPT),
    }


def examples(turns: Sequence[Sequence[Sentence]]) -> Iterator[Row]:
    """Yield the end of each turn, and of each sentence in it as if the turn ended there.

    What is said next is known of whole turns alone.
    """
    whole = [[word for words, _ in turn for word in words] for turn in turns]
    for turn, said, following in zip(turns, whole, [*whole[1:], []], strict=True):
        yield turn_features(said, following), turn[-1][1]
        end = 0
        for words, asks in turn[:-1]:
            end += len(words)
            if len(words) > 1:
                yield turn_features(said[:end], [], ends=False), asks


def turns_of(sentences: Iterable[tuple[str | None, str]]) -> list[list[Sentence]]:
    """Return who says which sentence as turns; such without words are left out."""
    turns: list[list[Sentence]] = []
    before: str | None = ""
    for speaker, text in sentences:
        if not (words := words_of(text)):
            continue
        if not turns or speaker != before:
            turns.append([])
        before = speaker
        turns[-1].append((words, text.rstrip(_CLOSING).endswith("?")))
    return turns


def of_programme(programme: Programme) -> list[list[Sentence]]:
    """Return the turns of a made-up programme."""
    return turns_of(
        (turn.speaker, " ".join(word.text for word in turn.words[first:end]))
        for turn in programme.turns
        for first, end in pairwise((*turn.sentence_starts, len(turn.words)))
    )


def of_twin(twin: Twin) -> list[list[Sentence]]:
    """Return the turns of a document; without voices, its questions and answers."""
    marked = twin.punctuated
    speakers = [*marked.speakers]
    for number, pair in enumerate(marked.pairs):
        for part in ("question", "answer"):
            if not any(marked.speakers) and pair[part]:
                first, last = pair[part]
                count = last + 1 - first
                speakers[first : last + 1] = [f"{part} {number}"] * count
    return turns_of(zip(speakers, marked.texts, strict=True))


def main() -> None:
    """Read all texts, learn, write the file."""
    qa, target = map(Path, sys.argv[1:])
    twins = [*read_twins(qa, TALKS), *read_twins(qa, CONSULTATIONS)]
    documents = [*map(of_twin, twins)]
    made_up = [*sorted(FOLDER.glob("*.txt")), *sorted(INTERVIEWS.glob("*.txt"))]
    documents += [of_programme(read(path)) for path in made_up]
    target.write_text(format_figures(figures(documents)), "utf-8")


if __name__ == "__main__":
    main()
