"""Training of the logistic regressions over boundaries between words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy.sparse import csr_matrix, vstack

from pullquote.mark.tagger.boundaries import (
    ANSWER,
    KINDS,
    QUESTION,
    place_features,
    unit_words,
)
from tools.training.documents import Array, Twin, place_labels

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
        weights[:, kinds], bias[kinds] = regress(matrix, labels, 1.0)
    return weights, bias


def regress(matrix: Array, labels: Array, penalty: float) -> tuple[Array, Array]:
    """Return the weights and biases of one logistic regression a column of labels."""
    from scipy.optimize import minimize

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
