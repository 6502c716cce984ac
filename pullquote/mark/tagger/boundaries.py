"""Where sentences and questions begin in words without punctuation.

One logistic regression a question, over the words around each place between two
words: does a sentence begin here, does one that ends in "?", has one just ended, is
this inside of one, does a viewer's question begin here, does its answer?
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import accumulate
from typing import Any

from pullquote.mark.tagger.features import words_of
from pullquote.mark.tagger.weights import SCALE, Weights, chance

Array = Any
"""A numpy array: numpy is loaded where it is needed."""
KINDS = ("sentence", "asking", "asked", "inside", "question", "answer")
"""What is looked for at each place, in this order."""
SENTENCE, ASKING, ASKED, INSIDE, QUESTION, ANSWER = range(len(KINDS))

_EDGES = (-6, -5, -4, -3.3, -2.7, -2.1, -1.5, -1, -0.5, 0, 0.7, 1.5)
_COARSE = _EDGES[::2]
_NEAR = (-2, -1, 0, 1, 2, 3)
_LENGTHS = (1, 2, 3, 4)
_SHAPES = {
    "a": 0,
    "b": 1,
    "c": 2,
    "d": 3,
    "ab": 0,
    "bc": 1,
    "abc": 0,
    "abcd": 0,
    "cd": 2,
    "p": -1,
    "q": -2,
    "pq": -2,
    "rqp": -3,
    "pa": -1,
    "pab": -1,
    "qpa": -2,
    "qpab": -2,
}
"""Words around a place, alone and together, a letter each: where the first stands."""
_WITH_BEGIN = {"sa": 0, "sp": -1, "sab": 0}
"""Those that are looked at together with whether a unit begins there ("s")."""
_ONWARD, _BACK = 10, 6
"""Words after and before a place that count wherever they stand."""


class Boundaries:
    """Figures of the regressions."""

    def __init__(self, weights: Weights, bias: Sequence[float]) -> None:
        self._weights = weights
        self._bias = bias

    @cached_property
    def _shapes(self) -> Mapping[str, Mapping[str, int]]:
        """Of each shape the phrases that weigh anything, and their rows."""
        shapes = defaultdict[str, dict[str, int]](dict)
        for name, row in self._weights.place.items():
            shape = _shape(name)
            shapes[shape][name[len(shape) :]] = row
        return shapes

    def chances(self, units: Sequence[Sequence[str]]) -> Array:
        """Return the log-odds of each kind at each word, units joined in order.

        (words, kinds). The few phrases that weigh anything are looked up in the text,
        which takes a tenth of the time of looking up the text's many.
        """
        import numpy as np

        total = np.zeros((sum(map(len, units)), len(KINDS)), np.int64)
        for shape, number, at in _seen(units):
            rows = np.zeros(len(number) + 1, np.int64)
            for phrase, row in self._shapes.get(shape, {}).items():
                rows[number.get(phrase, -1)] = row
            rows[-1] = 0
            total += self._weights.table.take(rows.take(at), axis=0)
        return np.array(self._bias) + total / SCALE


def place_features(units: Sequence[Sequence[str]]) -> list[list[str]]:
    """Return what is seen at each word: itself, its neighbours, if a unit begins."""
    columns = []
    for shape, number, at in _seen(units):
        names = [*(shape + phrase for phrase in number), ""]
        columns.append([names[n] for n in at.tolist()])
    return [[*filter(None, row)] for row in zip(*columns, strict=True)]


def _seen(
    units: Sequence[Sequence[str]],
) -> Iterator[tuple[str, Mapping[str, int], Array]]:
    """Yield each shape, its phrases with numbers, and which of them is at each word.

    The number after the last means none.
    """
    import numpy as np

    words = [word for unit in units for word in unit]
    count = len(words)
    begins = np.zeros(count + 1, np.int64)
    begins[[0, *accumulate(map(len, units))]] = 1
    begins = begins[:count]
    padded = ["#", "#", "#", *words, "#", "#", "#", "#"]
    grams = {length: _numbered(padded, length) for length in _LENGTHS}
    for shape, offset in _SHAPES.items():
        number, at = grams[len(shape)]
        yield shape, number, at[3 + offset :][:count]
    yield "s", {"0": 0, "1": 1}, begins
    for shape, offset in _WITH_BEGIN.items():
        number, at = grams[len(shape) - 1]
        for s in (0, 1):
            there = np.where(begins == s, at[3 + offset :][:count], len(number))
            yield f"{shape}{s}", number, there
    number, at = grams[1]
    at = at[3 : 3 + count]
    since = _since(at)
    for side, first, last in (("R", 0, _ONWARD - 1), ("L", -_BACK, -1)):
        for step in range(first, last + 1):
            place = np.arange(step, step + count)
            inside = (place >= 0) & (place < count)
            place[~inside] = 0
            new = inside & (since[place] > step - first)  # each word once
            yield side, number, np.where(new, at[place], len(number))


def _shape(name: str) -> str:
    """Return the shape of a feature's name, without its words."""
    words = name.count(" ") + 1
    with_begin = name[0] == "s" and len(name) > len("s0")
    return name[: words + 2 if with_begin else words]


def _numbered(words: Sequence[str], length: int) -> tuple[dict[str, int], Array]:
    """Return a number for each phrase of so many words, and which begins at each."""
    import numpy as np

    number: dict[str, int] = {}
    phrases = map(" ".join, zip(*(words[n:] for n in range(length)), strict=False))
    at = [number.setdefault(phrase, len(number)) for phrase in phrases]
    return number, np.array(at)


def _since(at: Array) -> Array:
    """Return how many words ago the same word was said; more than any for the first."""
    import numpy as np

    order = np.argsort(at, kind="stable")
    since = np.full(len(at), len(at))
    again = at[order[1:]] == at[order[:-1]]
    since[order[1:][again]] = np.diff(order)[again]
    return since


def unit_words(texts: Sequence[str]) -> list[list[str]]:
    """Return each unit's words; a unit without any has one that says so."""
    return [words_of(text) or ["#"] for text in texts]


def heard_features(units: Sequence[Sequence[str]], chances: Array) -> list[list[str]]:
    """Return for each unit what the best places in it and near it look like."""
    import numpy as np

    if not units:
        return []
    words = [word for unit in units for word in unit]
    best, places = _best(units, chances)
    bins: Array = np.searchsorted(_EDGES, best)
    shown = [[f"t{kind}b{n}" for kind, n in enumerate(row)] for row in bins]
    coarse: Array = np.searchsorted(_COARSE, best).tolist()
    at_word = places.tolist()
    found = []
    end = 0
    for at, unit in enumerate(units):
        first, end = end, end + len(unit)
        features = []
        for step in _NEAR:
            if 0 <= at + step < len(units):
                where = f"W{step}"
                features += [where + seen for seen in shown[at + step]]
        features += _together(coarse, at)
        features += _phrases(words, at_word[at])
        for place in range(max(0, first - 1), end):
            features.append(f"c2:{' '.join(words[place : place + 2])}")
            features.append(f"c3:{' '.join(words[place : place + 3])}")
        found.append(features)
    return found


def _best(units: Sequence[Sequence[str]], chances: Array) -> tuple[Array, Array]:
    """Return the best log-odds in each unit, and at which word: (units, kinds)."""
    import numpy as np

    lengths = [*map(len, units)]
    firsts = [0, *accumulate(lengths)][:-1]
    best = np.maximum.reduceat(chances, firsts, axis=0)
    is_best = chances == best.repeat(lengths, axis=0)
    words = np.arange(len(chances))[:, None]
    places = np.where(is_best, words, len(chances))
    return best, np.minimum.reduceat(places, firsts, axis=0)


def _together(coarse: Sequence[Sequence[int]], at: int) -> list[str]:
    """Return what two kinds look like at once, in steps of ``_COARSE``."""
    here = coarse[at]
    following = at + 1 < len(coarse)
    near = [*map(max, here, coarse[at + 1])] if following else here
    found = [
        f"WX0b{here[ASKING]},{near[INSIDE]}",
        f"WX1b{here[QUESTION]},{near[ANSWER]}",
        f"WX2b{here[ASKING]},{near[QUESTION]}",
    ]
    if following:
        found.append(f"WY{here[QUESTION]},{near[ANSWER]}")
    return found


def _phrases(words: Sequence[str], places: Sequence[int]) -> list[str]:
    """Return how the unit goes on where a question, a sentence, an answer may begin."""

    def phrase(kind: int, length: int) -> str:
        return " ".join(words[places[kind] : places[kind] + length])

    return [
        *(f"Wf{length}:{phrase(ASKING, length)}" for length in (1, 2, 3)),
        *(f"Ws{length}:{phrase(SENTENCE, length)}" for length in (1, 2)),
        f"Wa:{phrase(ANSWER, 2)}",
    ]


def inside_chances(units: Sequence[Sequence[str]], chances: Array) -> list[float]:
    """Return for each unit the probability that it is (part of) a question."""
    return [chance(row[INSIDE]) for row in _best(units, chances)[0].tolist()]
