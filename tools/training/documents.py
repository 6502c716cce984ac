"""Question and answer cuts as they are learnt from."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from scipy.sparse import csr_matrix

from pullquote.mark.tagger.boundaries import KINDS, unit_words
from pullquote.mark.tagger.sequence import STATES, A, B, I, O, S

Array = Any
"""numpy's and scipy's arrays; scipy has no types."""


@dataclass(frozen=True, slots=True)
class Document:
    """A document's units, its cuts, and which states each unit may have."""

    name: str
    texts: tuple[str, ...]
    speakers: tuple[str | None, ...]
    pairs: Sequence[dict[str, Any]]
    allowed: Array


@dataclass(frozen=True, slots=True)
class Twin:
    """The same document as raw and as punctuated units."""

    raw: Document
    punctuated: Document


def read_twins(folder: Path, source: str) -> list[Twin]:
    """Return each document of a source, sorted by name."""
    return [
        Twin(raw, punctuated)
        for raw, punctuated in zip(
            _read(folder, source, "raw"),
            _read(folder, source, "punctuated"),
            strict=True,
        )
    ]


def _read(folder: Path, source: str, variant: str) -> list[Document]:
    found = []
    for path in sorted((folder / "gold").glob(f"*.{variant}.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["source"] != source:
            continue
        units = json.loads((folder / "input" / path.name).read_text("utf-8"))["units"]
        found.append(
            Document(
                name=path.name.removesuffix(f".{variant}.json"),
                texts=tuple(unit[2] for unit in units),
                speakers=tuple(unit[3] if len(unit) > 3 else None for unit in units),
                pairs=gold["pairs"],
                allowed=allowed_states(len(units), gold["pairs"]),
            )
        )
    return found


def allowed_states(count: int, pairs: Iterable[dict[str, Any]]) -> Array:
    """Return which states the gold cuts allow each unit; several where they are unsure."""
    state = [O] * count
    unsure: list[tuple[int, int, tuple[int, ...]]] = []
    for pair in pairs:
        first, last = pair["question"]
        end = pair["answer"][1] if pair.get("answer") else last
        state[first] = B
        state[first + 1 : last + 1] = [I] * (last - first)
        if end > last:
            state[last + 1 : end + 1] = [S] + [A] * (end - last - 1)
        if "difficult" in pair:
            unsure.append((first, end, (O, B, I, S, A)))
        if "start_hi" in pair:
            unsure.append((first, pair["start_hi"], (O, B, I)))
        if pair.get("answer") and "end_hi" in pair:
            unsure.append((end + 1, pair["end_hi"], (O, A)))
    allowed = np.zeros((count, len(STATES)), bool)
    allowed[np.arange(count), state] = True
    for start, stop, states in unsure:
        allowed[start : stop + 1, states] = True
    return allowed


def place_labels(twin: Twin) -> Array:
    """Return for each raw word which of ``boundaries.KINDS`` it shows.

    Told by its punctuated twin, aligned word by word.
    """
    starts = {
        pair["question"][0]
        for pair in twin.punctuated.pairs
        if pair.get("difficult") not in ("unmarked", "clarification")
    }
    answers = {p["answer"][0] for p in twin.punctuated.pairs if p["answer"]}
    marked: list[tuple[str, list[bool]]] = []
    for number, text in enumerate(twin.punctuated.texts):
        asked = text.rstrip().endswith("?")
        words = unit_words([text])[0]
        for at, word in enumerate(words):
            first, last = at == 0, at == len(words) - 1
            row = [first, first and asked, last and asked, asked]
            row += [first and number in starts, first and number in answers]
            marked.append((word, row))
    heard = [word for unit in unit_words(twin.raw.texts) for word in unit]
    labels = np.zeros((len(heard), len(KINDS)), np.float32)
    for step in Levenshtein.opcodes([w for w, _ in marked], heard):
        if step.tag == "equal":
            for k in range(step.src_end - step.src_start):
                labels[step.dest_start + k] = marked[step.src_start + k][1]
    labels[1:, 2] = labels[:-1, 2]  # what has just ended is seen at the next word
    labels[:1, 2] = 0
    return labels


def rows_of(features: Sequence[Sequence[str]], names: dict[str, int]) -> Array:
    """Return features as a sparse matrix of ones; unknown ones are left out."""
    columns: list[int] = []
    ends = [0]
    for row in features:
        columns += sorted({names[name] for name in row if name in names})
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    return csr_matrix((ones, columns, ends), (len(features), len(names)))


def frequent(documents: Iterable[Sequence[Sequence[str]]], least: int) -> list[str]:
    """Return the features that occur in at least ``least`` documents, sorted."""
    seen = Counter(
        name
        for document in documents
        for name in {name for row in document for name in row}
    )
    return sorted(name for name, count in seen.items() if count >= least)


def kept_rows(names: Sequence[str], weights: Array, count: int) -> dict[str, Array]:
    """Return the features with the largest weights, as whole hundredths."""
    size = np.abs(weights).max(1) if weights.ndim > 1 else np.abs(weights)
    kept = sorted(np.argsort(-size, kind="stable")[:count])
    rounded = np.rint(weights * 100).astype(int)
    return {names[n]: rounded[n].tolist() for n in kept if np.any(rounded[n])}
