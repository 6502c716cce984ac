"""A chain over units: nothing, a question, its answer. Plain Python, no training.

The states are a unit outside (O), the first of a question (B), more of it (I), the
first of an answer (S) and more of it (A); a linear-chain conditional random field
(Lafferty, McCallum and Pereira 2001) whose figures ``tools/train_suggest.py`` made.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from pullquote.formats.disk import text_digest
from pullquote.mark.features import asking_features, sequence_features

STATES = "OBISA"
O, B, I, S, A = range(len(STATES))  # noqa: E741, the field's own letters
FOLLOWERS = ((O, B), (I, S, B, O), (I, S, B, O), (A, B, O), (A, B, O))
"""States that may follow each state; a sequence begins with O or B."""

_SCALE = 100
"""Weights are written as whole hundredths."""

Scores = list[list[float]]


@dataclass(frozen=True, slots=True)
class Chain:
    """Figures of one chain."""

    weights: Mapping[str, Sequence[int]]
    transitions: Sequence[Sequence[float]]
    lift: float
    """To be added to B to find as many questions as there are, not the surest few."""

    def scores(self, texts: Sequence[str]) -> Scores:
        """Return each unit's score in each state."""
        found = []
        for features in sequence_features(texts):
            total = [0.0] * len(STATES)
            for feature in features:
                if (row := self.weights.get(feature)) is not None:
                    for state, weight in enumerate(row):
                        total[state] += weight
            found.append([value / _SCALE for value in total])
        return found

    def lifted(self, scores: Scores) -> Scores:
        """Return scores by which as many questions are found as there are."""
        return [
            [value + self.lift * (state == B) for state, value in enumerate(row)]
            for row in scores
        ]

    def best(self, scores: Scores) -> list[int]:
        """Return the likeliest state of each unit (Viterbi)."""
        if not scores:
            return []
        value = [scores[0][s] if s in (O, B) else -math.inf for s in range(len(STATES))]
        back: list[list[int]] = []
        for row in scores[1:]:
            ways = [
                max((value[p] + self.transitions[p][s], p) for p in leaders)
                for s, leaders in enumerate(_LEADERS)
            ]
            value = [way + own for (way, _), own in zip(ways, row, strict=True)]
            back.append([leader for _, leader in ways])
        path = [max(range(len(STATES)), key=value.__getitem__)]
        for chosen in reversed(back):
            path.append(chosen[path[-1]])
        return path[::-1]

    def marginals(self, scores: Scores) -> Scores:
        """Return the probability of each state of each unit (forward-backward)."""
        if not scores:
            return []
        forward = [[scores[0][s] if s in (O, B) else -math.inf for s in range(5)]]
        for row in scores[1:]:
            last = forward[-1]
            forward.append(
                [
                    row[s] + _log_sum([last[p] + self.transitions[p][s] for p in ps])
                    for s, ps in enumerate(_LEADERS)
                ]
            )
        backward = [[0.0] * len(STATES)]
        for row in reversed(scores[1:]):
            following = backward[-1]
            backward.append(
                [
                    _log_sum(
                        [self.transitions[s][f] + row[f] + following[f] for f in fs]
                    )
                    for s, fs in enumerate(FOLLOWERS)
                ]
            )
        backward.reverse()
        total = _log_sum(forward[-1])
        return [
            [math.exp(min(0.0, a + b - total)) for a, b in zip(f, g, strict=True)]
            for f, g in zip(forward, backward, strict=True)
        ]


_LEADERS = tuple(
    tuple(p for p, following in enumerate(FOLLOWERS) if s in following)
    for s in range(len(STATES))
)


def _log_sum(values: Sequence[float]) -> float:
    most = max(values)
    if most == -math.inf:
        return most
    return most + math.log(sum(math.exp(value - most) for value in values))


@dataclass(frozen=True, slots=True)
class Model:
    """All figures of the suggester."""

    punctuated: Chain
    raw: Chain
    asking: Mapping[str, int]
    """Weights of a logistic regression: does a unit without marks ask?"""

    def p_asking(self, texts: Sequence[str]) -> list[float]:
        """Return for each unit the probability that it is (part of) a question."""
        totals = (
            sum(self.asking.get(feature, 0) for feature in features) / _SCALE
            for features in asking_features(texts)
        )
        return [1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) for total in totals]


def load_model() -> Model:
    """Return the figures in use: those that come with the package."""
    return _in_use.get() or _shipped()


@contextmanager
def using(model: Model) -> Iterator[None]:
    """Use other figures for a while, as cross-validation does."""
    token = _in_use.set(model)
    try:
        yield
    finally:
        _in_use.reset(token)


_in_use: ContextVar[Model | None] = ContextVar("model in use", default=None)


@cache
def _shipped() -> Model:
    return parse_model(json.loads(_shipped_text()))


def model_digest() -> str:
    """Return the digest of the figures that come with the package."""
    return text_digest(_shipped_text())


@cache
def _shipped_text() -> str:
    return files("pullquote.mark").joinpath("model.json").read_text("utf-8")


def parse_model(data: Mapping[str, Any]) -> Model:
    """Return the content of ``model.json`` as a model."""
    return Model(
        punctuated=_chain(data["punctuated"]),
        raw=_chain(data["raw"]),
        asking=data["asking"],
    )


def _chain(data: Mapping[str, Any]) -> Chain:
    return Chain(
        weights=data["weights"],
        transitions=data["transitions"],
        lift=float(data["lift"]),
    )


def spans(path: Sequence[int]) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    """Return questions and answers of a path as unit positions, ends included."""
    found = []
    position = 0
    while position < len(path):
        if path[position] != B:
            position += 1
            continue
        first = position
        position += 1
        while position < len(path) and path[position] == I:
            position += 1
        question = (first, position - 1)
        answer = None
        if position < len(path) and path[position] == S:
            start = position
            position += 1
            while position < len(path) and path[position] == A:
                position += 1
            answer = (start, position - 1)
        found.append((question, answer))
    return found
