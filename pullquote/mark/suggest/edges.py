"""Where viewers' questions begin in a programme, and their answers end: two regressions.

Rules that were learnt from some hands' shows do little for another's; many small signs
together do more, and what the rules find is one sign of them. The figures are made by
``tools/train_programmes.py``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pullquote.mark.suggest import cues
from pullquote.mark.suggest.edge_features import NEAR, places, signs, wording
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.tagger.shipped import Shipped
from pullquote.mark.tagger.weights import Weights, chance

_RULES_SAY = 12.0
_RULES_GO_ON = -2.0
_RULES_SILENT = -0.3
"""What it adds to the log-odds that rules begin a question at a sentence, go on with
one, or know of none; the first two by their certainty, and by how far the figures agree
with the rules in this show. Chosen on shows that neither had been learnt from."""
_RULES_END = 1.5
"""What it adds to the log-odds of an answer's end that rules find it too."""
_NEVER = -100.0
_FEW = 8
"""Words that hand the same question to somebody else."""
_BEFORE = 3
"""Sentences by which a host comes from "before we start" to their own question."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is looked at in a programme's units: for the unit itself, and those near it."""

    own: Sequence[Sequence[str]]
    shown: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Regression:
    """Figures: what a sentence's place and words, and signs in and near it, say."""

    own: Weights
    near: Weights

    def odds(self, talk: Talk, seen: Seen) -> list[float]:
        """Return the log-odds for each unit."""
        odds = [row[0] for row in self.own.scores(seen.own)]
        scores = self.near.scores(seen.shown)
        for at, row in enumerate(scores):
            odds[at] += row[0]
            for column, other in around(talk, at):
                odds[at] += scores[other][column]
        return odds


@dataclass(frozen=True, slots=True)
class Edges:
    """What is known of both edges."""

    openings: Regression
    endings: Regression


def look(talk: Talk) -> Seen:
    """Return what is looked at in each unit."""
    shown = [signs(unit.text) for unit in talk.units]
    own = places(talk, shown)
    for at, unit in enumerate(talk.units):
        own[at] += wording(unit.text)
    return Seen(own, shown)


def around(talk: Talk, at: int) -> list[tuple[int, int]]:
    """Return the columns of units around one, each with its position."""
    turn, units = talk.units[at].turn, talk.units
    return [
        (column, at + step)
        for column, (step, same) in enumerate(NEAR, 1)
        if 0 <= at + step < len(units) and (units[at + step].turn == turn) == same
    ]


def chances(
    talk: Talk, seen: Seen, by_rules: Mapping[tuple[int, int], float]
) -> list[float]:
    """Return for each unit how likely a viewer's question begins there.

    ``by_rules`` are the probabilities of those that rules found, by first and last
    unit. Where the figures alone think little of them, they weigh little.
    """
    odds = FIGURES.load().openings.odds(talk, seen)
    agreed = sum(p * chance(odds[first]) for (first, _), p in by_rules.items())
    agreed /= sum(by_rules.values())
    said = [_RULES_SILENT] * len(odds)
    for at in range(len(odds)):
        if _starts_programme(talk, at) or _passes_on(talk, at):
            said[at] = _NEVER
    for (first, last), p in by_rules.items():
        said[first] = _RULES_SILENT + _RULES_SAY * agreed * p
        for at in range(first + 1, last + 1):
            said[at] += _RULES_GO_ON * agreed * p
    return [chance(own + more) for own, more in zip(odds, said, strict=True)]


def _starts_programme(talk: Talk, at: int) -> bool:
    """Say whether a host has just told that they ask before any viewer does."""
    first = max(talk.turn(at).start, at - _BEFORE)
    return any(cues.starts_programme(talk.units[n].text) for n in range(first, at + 1))


def likeliest(found: Sequence[float], least: float) -> list[int]:
    """Return where questions begin, in order: the likeliest, none beside another."""
    chosen: set[int] = set()
    for at in sorted(range(len(found)), key=lambda at: -found[at]):
        if found[at] < least:
            break
        if not chosen.intersection((at - 1, at + 1)):
            chosen.add(at)
    return sorted(chosen)


def likeliest_end(odds: Sequence[float], start: int, by_rules: int, limit: int) -> int:
    """Return the last unit of an answer that begins at ``start``, before ``limit``.

    ``odds`` are those of ``endings``, ``by_rules`` is where rules end it.
    """
    return max(
        range(start, limit), key=lambda at: odds[at] + _RULES_END * (at == by_rules)
    )


def parse_edges(data: Mapping[str, Any]) -> Edges:
    """Return the content of ``edges.json`` as a model."""
    return Edges(_regression(data["openings"]), _regression(data["endings"]))


def _regression(data: Mapping[str, Any]) -> Regression:
    return Regression(Weights(data["own"], 1), Weights(data["near"], len(NEAR) + 1))


def _passes_on(talk: Talk, at: int) -> bool:
    """Say whether a few words only ask somebody else too: "And Doctor Hale?"."""
    unit = talk.units[at]
    return unit.length <= _FEW and cues.hands_over(unit.text)


FIGURES = Shipped(__package__, "edges.json", parse_edges)
