"""Training of the linear-chain conditional random field."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy.sparse import vstack

from pullquote.mark.tagger.sequence import FOLLOWERS, STATES, B, O
from tools.training.documents import Array, Document, frequent, rows_of

ROUNDS = 45
_K = len(STATES)
_NEVER = -1e4
_ALLOWED = np.array([[s in FOLLOWERS[p] for s in range(_K)] for p in range(_K)])
_FIRST = np.where([s in (O, B) for s in range(_K)], 0.0, _NEVER)
_PIECE = 200
"""Units of the pieces into which documents are cut: all are walked side by side."""


def train_chain(
    documents: Sequence[Document],
    features: Sequence[Sequence[Sequence[str]]],
    penalty: float,
) -> tuple[list[str], Array, Array]:
    """Return features, their weights in each state, and transitions between states.

    ``penalty`` is the variance of the weights' normal prior.
    """
    from scipy.optimize import minimize

    names = frequent(features, least=3)
    column = {name: n for n, name in enumerate(names)}
    pieces = [(d, a, b) for d, doc in enumerate(documents) for a, b in _pieces(doc)]
    whole = [rows_of(rows, column) for rows in features]
    matrix = vstack([whole[d][a:b] for d, a, b in pieces]).tocsr().astype(float)
    turned = matrix.T.tocsr()
    allowed = np.concatenate([documents[d].allowed[a:b] for d, a, b in pieces])
    barred = np.where(allowed, 0.0, _NEVER)
    places = _places([b - a for _, a, b in pieces])
    size = len(names) * _K

    def loss(vector: Array) -> tuple[float, Array]:
        weights, moves = vector[:size].reshape(-1, _K), vector[size:].reshape(_K, _K)
        scores = matrix @ weights
        total, states, steps = expect(scores, moves, places)
        right, gold_states, gold_steps = expect(scores + barred, moves, places)
        slope = np.concatenate(
            [
                (turned @ (states - gold_states)).ravel(),
                ((steps - gold_steps) * _ALLOWED).ravel(),
            ]
        )
        cost = total - right + 0.5 * (vector @ vector) / penalty
        return cost, slope + vector / penalty

    start = np.zeros(size + _K * _K)
    options = {"maxiter": ROUNDS, "maxcor": 6}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return names, best[:size].reshape(-1, _K), best[size:].reshape(_K, _K)


def _pieces(document: Document) -> list[tuple[int, int]]:
    """Return where a document is cut: only where a question or nothing may begin."""
    count = len(document.texts)
    found, first = [], 0
    while first < count:
        last = min(count, first + _PIECE)
        while last < count and not document.allowed[last, [O, B]].any():
            last += 1
        if count - last < _PIECE // 5:
            last = count
        found.append((first, last))
        first = last
    return found


def _places(lengths: Sequence[int]) -> Array:
    """Return the row of each piece's units, -1 after its end."""
    places = np.full((len(lengths), max(lengths)), -1)
    first = 0
    for number, length in enumerate(lengths):
        places[number, :length] = np.arange(first, first + length)
        first += length
    return places


def expect(scores: Array, moves: Array, places: Array) -> tuple[float, Array, Array]:
    """Return log-likelihood mass, state and step expectations of all pieces."""
    count, longest = places.shape
    inside = places >= 0
    own = scores[np.where(inside, places, 0)]
    moves = np.where(_ALLOWED, moves, _NEVER)
    forward = np.zeros((longest, count, _K))
    forward[0] = own[:, 0] + _FIRST
    for t in range(1, longest):
        reached = _log_sum(forward[t - 1][:, :, None] + moves, 1) + own[:, t]
        forward[t] = np.where(inside[:, t, None], reached, forward[t - 1])
    total = _log_sum(forward[-1], 1)
    backward = np.zeros((count, _K))
    states, steps = np.zeros_like(scores), np.zeros((_K, _K))
    for t in range(longest - 1, -1, -1):
        here = inside[:, t]
        chance = forward[t][here] + backward[here] - total[here, None]
        states[places[here, t]] = np.exp(np.minimum(0, chance))
        if t:
            onward = backward + own[:, t]
            step = moves + onward[:, None, :]
            joint = forward[t - 1][:, :, None] + step - total[:, None, None]
            steps += np.exp(np.minimum(0, joint[here])).sum(0)
            backward = np.where(here[:, None], _log_sum(step, 2), backward)
    return float(total.sum()), states, steps


def _log_sum(values: Array, axis: int) -> Array:
    most = values.max(axis, keepdims=True)
    total = np.log(np.exp(values - most).sum(axis, keepdims=True)) + most
    return total.squeeze(axis)
