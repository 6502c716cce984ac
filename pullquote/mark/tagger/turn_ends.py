"""Whether a voice stops with a question, where no punctuation tells.

A logistic regression over the last words of a turn and the first of the next, moved by
how often its speaker stops so: a host's turns end in questions, a guest's do not. Its
figures, ``turn_ends.json``, are made by ``tools/train_turn_ends.py``.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

import msgspec

from pullquote.mark.lexicon.meanings import words
from pullquote.mark.tagger.features import words_of
from pullquote.mark.tagger.weights import SCALE, Shipped, chance, log_odds

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
_ORDERED = 40
"""Words at a turn's end in which the order of a question is looked for."""
_FROM_END = (2, 4, 6, 9, 13, 18, 25, 32)
_WH = words(
    """
    what how why when where which who whose what's how's when's where's who's why's
    how'd what'd where'd who'd why'd what're how're who're
    """
)
_AUX = words(
    """
    am is are was were do does did can could should would will have has had isn't aren't
    wasn't don't doesn't didn't can't couldn't wouldn't shouldn't won't haven't hasn't
    """
)
_SUBJECTS = words(
    """
    i you he she it we they there this that these those the a an any my your our his her
    their someone somebody anyone anybody everyone people
    """
)
_JOINS = words("and but so or then like because if")
_PREPOSITIONS = words("in of to for on at with about than")
_WITH_AUX = 3
"""Words after "how" or "what" among which a verb makes it a question's."""


@dataclass(frozen=True, slots=True)
class TurnEnds:
    """Figures of the regression, whole hundredths a feature."""

    weights: Mapping[str, int]
    bias: float

    def chances(
        self, texts: Sequence[str], speakers: Sequence[str | None]
    ) -> list[float]:
        """Return for each turn the probability that it ends in a question.

        ``texts`` are those of the turns; their marks and capitals are not looked at.
        """
        turns = [*map(words_of, texts)]
        single = [
            self._alone(words, following)
            for words, following in zip(turns, [*turns, []][1:], strict=True)
        ]
        said: defaultdict[str | None, float] = defaultdict(lambda: _KNOWN_AFTER)
        asked: defaultdict[str | None, float] = defaultdict(
            lambda: _KNOWN_AFTER * _USUAL
        )
        for alone, speaker, turn in zip(single, speakers, turns, strict=True):
            if len(turn) >= _LEAST:
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
        return chance(self.bias + total / SCALE)


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
    found.update(_word_order(words[-_ORDERED:]))
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


def _word_order(words: Sequence[str]) -> Iterator[str]:
    """Yield where a question's order of words was last heard, and after what."""
    asks = [
        at
        for at in range(len(words) - 1)
        if words[at] in _AUX and words[at + 1] in _SUBJECTS
    ]
    wh = [at for at, word in enumerate(words) if word in _WH]
    verbs = [
        at
        for at in wh
        if "'" in words[at] or _AUX.intersection(words[at + 1 :][:_WITH_AUX])
    ]
    for kind, places in (("o", asks), ("h", wh), ("v", verbs)):
        far = bisect_left(_FROM_END, len(words) - places[-1]) if places else "-"
        yield f"{kind}{far}"
        if places:
            at = places[-1]
            before = _before(words, at)
            yield f"{kind}{far}{before}"
            yield f"{kind}{before}:{' '.join(words[at : at + 2])}"


def _before(words: Sequence[str], at: int) -> str:
    """Return what kind of word stands before a place, as a letter."""
    if not at:
        return "^"
    word = words[at - 1]
    kinds = {"w": _WH, "s": _SUBJECTS, "j": _JOINS, "p": _PREPOSITIONS}
    return next((kind for kind, held in kinds.items() if word in held), "_")


def parse_turn_ends(data: bytes) -> TurnEnds:
    """Return the content of ``turn_ends.json`` as figures."""
    held = msgspec.json.decode(data)
    return TurnEnds(held["weights"], held["bias"])


FIGURES = Shipped(__package__, "turn_ends.json", parse_turn_ends)
