"""Whether a voice stops with a question, where no punctuation tells.

A logistic regression over the last words of a turn and the first of the next, moved by
how often its speaker stops so: a host's turns end in questions, a guest's do not.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from pullquote.mark.tagger.weights import chance, log_odds

_SCALE = 100
_LAST = 20
"""Words at a turn's end that are looked at."""
_LENGTHS = (1, 2, 3, 4, 6, 9, 14, 22, 35, 60)
_NEXT_LENGTHS = (0, 1, 2, 4, 8, 15, 30, 60, 120)
_SHORT = 14
_LEAST = 4
"""Words of a turn that may hold a question."""
_USUAL = 0.22
"""Share of turns that end in a question, before a speaker is known."""
_KNOWN_AFTER = 2
"""Turns for which what is usual counts in a speaker's own share."""
_HABIT = 0.5
"""How far a speaker's share moves the log-odds of each turn."""
_odds = partial(log_odds, least=0.001)


@dataclass(frozen=True, slots=True)
class TurnEnds:
    """Figures of the regression, whole hundredths a feature."""

    weights: Mapping[str, int]
    bias: float

    def chances(
        self, turns: Sequence[Sequence[str]], speakers: Sequence[str | None]
    ) -> list[float]:
        """Return for each turn the probability that it ends in a question.

        ``turns`` are the words of each, in small letters without punctuation.
        """
        single = [
            self._alone(words, following)
            for words, following in zip(turns, [*turns[1:], []], strict=True)
        ]
        said: defaultdict[str | None, float] = defaultdict(lambda: _KNOWN_AFTER)
        asked: defaultdict[str | None, float] = defaultdict(
            lambda: _KNOWN_AFTER * _USUAL
        )
        for alone, speaker, words in zip(single, speakers, turns, strict=True):
            if len(words) >= _LEAST:
                said[speaker] += 1
                asked[speaker] += alone
        return [
            chance(
                _odds(alone)
                + _HABIT * (_odds(asked[speaker] / said[speaker]) - _odds(_USUAL))
            )
            if alone
            else 0.0
            for alone, speaker in zip(single, speakers, strict=True)
        ]

    def _alone(self, words: Sequence[str], following: Sequence[str]) -> float:
        if len(words) < _LEAST:
            return 0.0
        found = turn_features(words, following)
        total = sum(self.weights.get(feature, 0) for feature in found)
        return chance(self.bias + total / _SCALE)


def turn_features(
    words: Sequence[str], following: Sequence[str], *, ends: bool = True
) -> set[str]:
    """Return what the end of a turn looks like; ``ends``: the next one is known."""
    length = len(words)
    last = words[-_LAST:]
    start = "s" if length <= _SHORT else "S"
    found = {f"len{bisect_left(_LENGTHS, length)}"}
    for size in (1, 2, 3, 4):
        if length >= size:
            found.add(f"e{size}:{' '.join(words[-size:])}")
            found.add(f"{start}{size}:{' '.join(words[:size])}")
    for back, word in enumerate(reversed(last)):
        found.add(f"w{0 if back < 6 else 1 if back < 13 else 2}:{word}")
    for size in (2, 3, 4):
        for at in range(len(last) - size + 1):
            near = 0 if len(last) - at <= 9 else 1
            found.add(f"g{near}:{' '.join(last[at : at + size])}")
    if ends:
        for size in (1, 2, 3):
            if len(following) >= size:
                found.add(f"n{size}:{' '.join(following[:size])}")
        found.add(f"nl{bisect_left(_NEXT_LENGTHS, len(following))}")
        own, other = bisect_left((3, 8, 20), length), len(following)
        found.add(f"x{own}{bisect_left((1, 4, 12, 40), other)}")
    return found
