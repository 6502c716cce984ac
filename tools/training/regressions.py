"""Training of the logistic regressions: boundaries between words, ends of turns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix, vstack

from pullquote.mark.tagger.boundaries import (
    ANSWER,
    KINDS,
    QUESTION,
    place_features,
    unit_words,
)
from pullquote.mark.tagger.features import words_of
from pullquote.mark.tagger.turn_ends import turn_features
from tools.training.documents import Array, Document, Twin, place_labels

ROUNDS = 40
_MARKED = (QUESTION, ANSWER)
"""Kinds that only talks tell of; the others are in all punctuated text."""


@dataclass
class Places:
    """The places of many documents: features by number, and their labels."""

    names: dict[str, int] = field(default_factory=dict)
    matrices: list[Array] = field(default_factory=list)
    labels: list[Array] = field(default_factory=list)

    def add(self, twin: Twin) -> int:
        """Take a document in and return its number."""
        columns: list[int] = []
        ends = [0]
        for row in place_features(unit_words(twin.raw.texts)):
            columns += sorted(
                {self.names.setdefault(name, len(self.names)) for name in row}
            )
            ends.append(len(columns))
        self.matrices.append((np.array(columns, np.int32), np.array(ends)))
        self.labels.append(place_labels(twin))
        return len(self.labels) - 1

    def matrix(self, number: int) -> Array:
        """Return a document's features as a sparse matrix."""
        columns, ends = self.matrices[number]
        ones = np.ones(len(columns), np.float32)
        return csr_matrix((ones, columns, ends), (len(ends) - 1, len(self.names)))


def train_boundaries(
    places: Places, talks: Sequence[int], others: Sequence[int]
) -> tuple[Array, Array]:
    """Return weights (a column a kind) and biases from documents by number.

    ``others`` are no talks: which of their questions a viewer asks is not told.
    """
    told = [n for n in range(len(KINDS)) if n not in _MARKED]
    weights = np.zeros((len(places.names), len(KINDS)), np.float32)
    bias = np.zeros(len(KINDS))
    for kinds, numbers in ((told, [*talks, *others]), (list(_MARKED), talks)):
        matrix = vstack([places.matrix(n) for n in numbers]).tocsr()
        labels = np.concatenate([places.labels[n][:, kinds] for n in numbers])
        weights[:, kinds], bias[kinds] = _regress(matrix, labels, 1.0)
    return weights, bias


def _regress(matrix: Array, labels: Array, penalty: float) -> tuple[Array, Array]:
    """Return the weights and biases of one logistic regression a column of labels."""
    used = np.flatnonzero(np.bincount(matrix.indices, minlength=matrix.shape[1]) >= 2)
    part = matrix[:, used].tocsr()
    turned = part.T.tocsr()
    kinds, size = labels.shape[1], len(used) * labels.shape[1]
    share = np.clip(labels.mean(0), 1e-6, 1 - 1e-6)
    usual = np.log(share / (1 - share))

    def loss(vector: Array) -> tuple[float, Array]:
        weights = vector[:size].reshape(-1, kinds).astype(np.float32)
        odds = part @ weights + usual + vector[size:]
        off = 1 / (1 + np.exp(-odds)) - labels
        cost = np.logaddexp(0, np.where(labels > 0, -odds, odds)).sum()
        slope = np.concatenate([(turned @ off.astype(np.float32)).ravel(), off.sum(0)])
        return float(cost + 0.5 * penalty * (vector @ vector)), slope + penalty * vector

    options = {"maxiter": ROUNDS, "maxcor": 5}
    best = minimize(
        loss, np.zeros(size + kinds), jac=True, method="L-BFGS-B", options=options
    ).x
    weights = np.zeros((matrix.shape[1], kinds), np.float32)
    weights[used] = best[:size].reshape(-1, kinds)
    return weights, usual + best[size:]


def train_turn_ends(
    talks: Sequence[Twin], consultations: Sequence[Twin]
) -> tuple[list[str], Array, float]:
    """Return features, weights and bias of "this turn ends in a question"."""
    rows: list[set[str]] = []
    asked: list[bool] = []
    for twin in consultations:
        for features, label in _turns(twin):
            rows.append(features)
            asked.append(label)
    for twin in talks:
        for features, label in (*_marked_turns(twin), *_sentences(twin.punctuated)):
            rows.append(features)
            asked.append(label)
    names = sorted(_twice(rows))
    column = {name: n for n, name in enumerate(names)}
    columns: list[int] = []
    ends = [0]
    for row in rows:
        columns += sorted(column[name] for name in row if name in column)
        ends.append(len(columns))
    ones = np.ones(len(columns), np.float32)
    matrix = csr_matrix((ones, columns, ends), (len(rows), len(names)))
    labels = np.array(asked, np.float32)[:, None]
    weights, bias = _regress(matrix, labels, 14.0)
    return names, weights[:, 0], float(bias[0])


def _twice(rows: Iterable[set[str]]) -> set[str]:
    once: set[str] = set()
    twice: set[str] = set()
    for row in rows:
        twice |= row & once
        once |= row
    return twice


Row = tuple[set[str], bool]


def _asked_units(twin: Twin) -> list[bool]:
    """Return for each raw unit whether its last word lies in a sentence that asks."""
    labels = place_labels(twin)
    last, found = -1, []
    for unit in unit_words(twin.raw.texts):
        last += len(unit)
        found.append(bool(labels[last, 3]))
    return found


def _turns(twin: Twin) -> list[Row]:
    """Return each voice's turns, where voices are told apart."""
    document, asked = twin.raw, _asked_units(twin)
    turns: list[tuple[list[str], bool]] = []
    before: str | None = None
    for text, speaker, label in zip(
        document.texts, document.speakers, asked, strict=True
    ):
        if turns and speaker == before:
            turns[-1] = ([*turns[-1][0], *words_of(text)], label)
        else:
            turns.append((words_of(text), label))
        before = speaker
    following = [*(words for words, _ in turns[1:]), []]
    return [
        (turn_features(words, after), label)
        for (words, label), after in zip(turns, following, strict=True)
    ]


def _marked_turns(twin: Twin) -> list[Row]:
    """Return marked questions and answers as the turns that they are."""
    texts, asked = twin.raw.texts, _asked_units(twin)

    def words(first: int, last: int) -> list[str]:
        return [word for text in texts[first : last + 1] for word in words_of(text)]

    found = []
    for pair in twin.raw.pairs:
        if not pair["answer"]:
            continue
        (a, b), (c, d) = pair["question"], pair["answer"]
        answer = words(c, d)
        found.append((turn_features(words(a, b), answer), asked[b]))
        if d + 1 < len(texts):
            found.append((turn_features(answer, [], ends=False), asked[d]))
    return found


def _sentences(document: Document) -> list[Row]:
    """Return sentences as ends of turns of which the next is not known."""
    said: list[str] = []
    found = []
    for text in document.texts:
        words = words_of(text)
        said = [*said, *words][-20:]
        if len(words) > 1:
            ends = text.rstrip().endswith("?")
            found.append((turn_features(said, [], ends=False), ends))
    return found
