"""Where sentences and questions begin in words without punctuation.

One logistic regression a question, over the words around each place between two
words: does a sentence begin here, does one that ends in "?", has one just ended, is
this inside of one, does a viewer's question begin here, does its answer?
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from pullquote.mark.tagger.features import words_of
from pullquote.mark.tagger.weights import Weights, chance

KINDS = ("sentence", "asking", "asked", "inside", "question", "answer")
"""What is looked for at each place, in this order."""
SENTENCE, ASKING, ASKED, INSIDE, QUESTION, ANSWER = range(len(KINDS))

_NEVER = -9.0
_EDGES = (-6, -5, -4, -3.3, -2.7, -2.1, -1.5, -1, -0.5, 0, 0.7, 1.5)
_COARSE = _EDGES[::2]
_NEAR = (-2, -1, 0, 1, 2, 3)
_ONWARD, _BACK = 10, 6
"""Words after and before a place that count wherever they stand."""


@dataclass(frozen=True, slots=True)
class Boundaries:
    """Figures of the regressions."""

    weights: Weights
    bias: Sequence[float]

    def chances(self, units: Sequence[Sequence[str]]) -> list[list[float]]:
        """Return the log-odds of each kind at each word, units joined in order."""
        return [
            [bias + score for bias, score in zip(self.bias, row, strict=True)]
            for row in self.weights.scores(place_features(units))
        ]


def place_features(units: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    """Yield what is seen at each word: itself, its neighbours, if a unit begins."""
    words = [word for unit in units for word in unit]
    starts = {0, *accumulate(len(unit) for unit in units)}
    padded = ["#", "#", "#", *words, "#", "#", "#", "#"]
    onward = [f"R{word}" for word in words]
    back = [f"L{word}" for word in words]
    for place in range(len(words)):
        yield [
            *_at(padded[place : place + 7], int(place in starts)),
            *dict.fromkeys(onward[place : place + _ONWARD]),
            *dict.fromkeys(back[max(0, place - _BACK) : place]),
        ]


def _at(window: Sequence[str], s: int) -> list[str]:
    """Return the words around a place, together and alone; ``s``: a unit begins."""
    r, q, p, a, b, c, d = window
    return [
        f"a{a}",
        f"b{b}",
        f"c{c}",
        f"d{d}",
        f"ab{a} {b}",
        f"bc{b} {c}",
        f"abc{a} {b} {c}",
        f"abcd{a} {b} {c} {d}",
        f"cd{c} {d}",
        f"p{p}",
        f"q{q}",
        f"pq{q} {p}",
        f"rqp{r} {q} {p}",
        f"pa{p} {a}",
        f"pab{p} {a} {b}",
        f"qpa{q} {p} {a}",
        f"qpab{q} {p} {a} {b}",
        f"s{s}",
        f"sa{s}{a}",
        f"sp{s}{p}",
        f"sab{s}{a} {b}",
    ]


def unit_words(texts: Sequence[str]) -> list[list[str]]:
    """Return each unit's words; a unit without any has one that says so."""
    return [words_of(text) or ["#"] for text in texts]


def heard_features(
    units: Sequence[Sequence[str]], chances: Sequence[Sequence[float]]
) -> list[list[str]]:
    """Return for each unit what the best places in it and near it look like."""
    words = [word for unit in units for word in unit]
    ends = list(accumulate(len(unit) for unit in units))
    firsts = [0, *ends][: len(ends)]
    best = [_best(chances, a, b) for a, b in zip(firsts, ends, strict=True)]
    found = []
    for at, (first, end) in enumerate(zip(firsts, ends, strict=True)):
        features = [
            f"W{step}t{kind}b{bisect_left(_EDGES, odds)}"
            for step in _NEAR
            if 0 <= at + step < len(best)
            for kind, (odds, _) in enumerate(best[at + step])
        ]
        features += _together(best, at)
        features += _phrases(words, best[at])
        for place in range(max(0, first - 1), end):
            features.append(f"c2:{' '.join(words[place : place + 2])}")
            features.append(f"c3:{' '.join(words[place : place + 3])}")
        found.append(features)
    return found


Best = list[tuple[float, int]]
"""The best log-odds of each kind in a unit, and at which word."""


def _best(chances: Sequence[Sequence[float]], first: int, end: int) -> Best:
    return [
        max((chances[place][kind], -place) for place in range(first, end))
        for kind in range(len(KINDS))
    ]


def _together(best: Sequence[Best], at: int) -> list[str]:
    here = [odds for odds, _ in best[at]]
    following = at + 1 < len(best)
    after = [odds for odds, _ in best[at + 1]] if following else [_NEVER] * len(KINDS)

    def pair(one: float, other: float) -> str:
        return f"{bisect_left(_COARSE, one)},{bisect_left(_COARSE, other)}"

    found = [
        f"WX{n}b{pair(here[one], max(here[other], after[other]))}"
        for n, (one, other) in enumerate(
            ((ASKING, INSIDE), (QUESTION, ANSWER), (ASKING, QUESTION))
        )
    ]
    if following:
        found.append(f"WY{pair(here[QUESTION], max(here[ANSWER], after[ANSWER]))}")
    return found


def _phrases(words: Sequence[str], best: Best) -> list[str]:
    """Return how the unit goes on where a question, a sentence, an answer may begin."""

    def phrase(kind: int, length: int) -> str:
        place = -best[kind][1]
        return " ".join(words[place : place + length])

    return [
        *(f"Wf{length}:{phrase(ASKING, length)}" for length in (1, 2, 3)),
        *(f"Ws{length}:{phrase(SENTENCE, length)}" for length in (1, 2)),
        f"Wa:{phrase(ANSWER, 2)}",
    ]


def inside_chances(
    units: Sequence[Sequence[str]], chances: Sequence[Sequence[float]]
) -> list[float]:
    """Return for each unit the probability that it is (part of) a question."""
    found, first = [], 0
    for unit in units:
        odds = max(row[INSIDE] for row in chances[first : first + len(unit)])
        found.append(chance(odds))
        first += len(unit)
    return found
