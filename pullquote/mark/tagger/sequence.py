"""A chain over units: nothing, a question, its answer. Plain Python, no training.

The states are a unit outside (O), the first of a question (B), more of it (I), the
first of an answer (S) and more of it (A); a linear-chain conditional random field
(Lafferty, McCallum and Pereira 2001) whose figures ``tools/train_suggest.py`` made.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec

from pullquote.mark.tagger.boundaries import (
    KINDS,
    Boundaries,
    heard_features,
    inside_chances,
    unit_words,
)
from pullquote.mark.tagger.features import punctuated_features, raw_features
from pullquote.mark.tagger.weights import Shipped, Weights

STATES = "OBISA"
O, B, I, S, A = range(len(STATES))  # noqa: E741, the field's own letters
FOLLOWERS = ((O, B), (I, S, B, O), (I, S, B, O), (A, B, O), (A, B, O))
"""States that may follow each state; a sequence begins with O or B."""

_BARRED = -1e6
_LEAST_OWN = -300.0
"""Log-odds to the likeliest state below which a state is as good as barred."""

Scores = list[list[float]]


@dataclass(frozen=True, slots=True)
class Chain:
    """Figures of one chain."""

    weights: Weights
    transitions: Sequence[Sequence[float]]
    lift: float
    """To be added to B to find as many questions as there are, not the surest few."""
    least: float | None = None
    """Chance from which a question's start counts, one unit off included; None: the
    likeliest path decides which start."""

    def path(self, scores: Scores) -> tuple[list[int], list[float]]:
        """Return the state of each unit, and the chance that a question starts there.

        A start that is off by one unit is as good to an editor, so chances are taken
        together with those of both neighbours.
        """
        starts = [row[B] for row in self.marginals(scores)]
        near = [
            min(0.99, sum(starts[max(0, n - 1) : n + 2])) for n in range(len(starts))
        ]
        if self.least is None:
            lifted = [
                [value + self.lift * (state == B) for state, value in enumerate(row)]
                for row in scores
            ]
            return self.best(lifted), near
        chosen = _surest(starts, self.least)
        fixed = [
            [
                value if (state == B) == (at in chosen) else _BARRED
                for state, value in enumerate(row)
            ]
            for at, row in enumerate(scores)
        ]
        return self.best(fixed), near

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
        import numpy as np

        if not scores:
            return []
        allowed = [[s in following for s in range(5)] for following in FOLLOWERS]
        moves = np.where(allowed, np.exp(self.transitions), 0)
        own = np.array(scores)
        own = np.exp(np.maximum(own - own.max(axis=1, keepdims=True), _LEAST_OWN))
        forward = np.empty_like(own)
        backward = np.empty_like(own)
        told = own[0] * [s in (O, B) for s in range(5)]
        forward[0] = told / told.sum()
        for at in range(1, len(own)):  # ratios matter alone: none dwindles to nothing
            told = forward[at - 1] @ moves * own[at]
            forward[at] = told / told.sum()
        backward[-1] = 1
        for at in range(len(own) - 1, 0, -1):
            told = moves @ (own[at] * backward[at])
            backward[at - 1] = told / told.sum()
        both = forward * backward
        found: Scores = (both / both.sum(axis=1, keepdims=True)).tolist()
        return found


def _surest(starts: Sequence[float], least: float) -> set[int]:
    """Return where questions start: the best places first, none beside another.

    The expected number of starts within one unit of a place decides (minimum Bayes
    risk for a tolerance of one).
    """
    left = list(starts)
    around = [_around(left, place) for place in range(len(left))]
    chosen: set[int] = set()
    while around:
        place = max(range(len(around)), key=around.__getitem__)
        if around[place] < least:
            break
        chosen.add(place)
        for near in range(max(0, place - 1), min(len(left), place + 2)):
            left[near] = -1.0
        for near in range(max(0, place - 2), min(len(left), place + 3)):
            around[near] = _around(left, near)
    return chosen


def _around(starts: Sequence[float], place: int) -> float:
    if starts[place] < 0:
        return -1.0
    near = starts[max(0, place - 1) : place + 2]
    return sum(max(0.0, start) for start in near) + starts[place] / 1000


_LEADERS = tuple(
    tuple(p for p, following in enumerate(FOLLOWERS) if s in following)
    for s in range(len(STATES))
)


@dataclass(frozen=True, slots=True)
class Model:
    """All figures of the suggester."""

    punctuated: Chain
    raw: Chain
    boundaries: Boundaries

    def follow(
        self, texts: Sequence[str], *, punctuated: bool
    ) -> tuple[list[int], list[float]]:
        """Return units' states and the chance that a question starts at each."""
        if punctuated:
            scores = self.punctuated.weights.scores(punctuated_features(texts))
            return self.punctuated.path(scores)
        units = unit_words(texts)
        heard = heard_features(units, self.boundaries.chances(units))
        features = [
            [*own, *more] for own, more in zip(raw_features(texts), heard, strict=True)
        ]
        return self.raw.path(self.raw.weights.scores(features))

    def p_asking(self, texts: Sequence[str]) -> list[float]:
        """Return for each unit without marks whether it is (part of) a question."""
        units = unit_words(texts)
        return inside_chances(units, self.boundaries.chances(units))


def parse_model(data: Mapping[str, Any]) -> Model:
    """Return the content of ``model.json`` as a model."""
    boundaries = data["boundaries"]
    return Model(
        punctuated=_chain(data["punctuated"]),
        raw=_chain(data["raw"]),
        boundaries=Boundaries(
            Weights(boundaries["weights"], len(KINDS)), boundaries["bias"]
        ),
    )


def _chain(data: Mapping[str, Any]) -> Chain:
    least = data["least"]
    return Chain(
        weights=Weights(data["weights"], len(STATES)),
        transitions=data["transitions"],
        lift=float(data["lift"]),
        least=None if least is None else float(least),
    )


FIGURES = Shipped(
    __package__, "model.json", lambda data: parse_model(msgspec.json.decode(data))
)


def spans(path: Sequence[int]) -> list[tuple[tuple[int, int], tuple[int, int] | None]]:
    """Return questions and answers of a path as unit positions, ends included."""
    letters = "".join(STATES[state] for state in path)
    return [
        (
            (match.start(1), match.end(1) - 1),
            (match.start(2), match.end(2) - 1) if match[2] else None,
        )
        for match in re.finditer("(BI*)(SA*)?", letters)
    ]
