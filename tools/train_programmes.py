"""Make ``pullquote/mark/suggest/openings.json``: where viewers' questions begin.

    python -m tools.train_programmes pullquote/mark/suggest/openings.json

Learns from the made-up programmes of ``tests/data/programmes``. Needs scipy. Same
input, same bytes; a few seconds.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.programmes import FOLDER, Programme, read
from pullquote.mark.suggest.opening_features import NEAR
from pullquote.mark.suggest.openings import around, features
from pullquote.mark.suggest.roles import Talk
from pullquote.mark.suggest.units import split
from pullquote.mark.tagger.weights import SCALE
from pullquote.model.transcript import Word

HANDS = {
    "ours": "caller council no-marks one-doctor two-hosts",
    "a": "admissions hearing kneecall podcast spine townhall",
    "b": "back-pain cancer-panel community-call conference-talk radio-callin"
    " vet-livestream",
    "c": "author heart-back ministry parents physio",
    "d": "bones mailbag openevening panel planning tenants",
    "e": "garden-letters law-phone-in ministry-town-hall museum-talk ortho-live"
    " project-call",
    "f": "applicants bridge-talk heart-rhythm question-time soil-letters spine-clinic",
    "g": "assembly listeners-bag open-day patients-evening software-talk spine-webinar",
}
"""Who wrote which programmes; no hand saw another's, or the rules."""
VARIANCE = 0.1
"""Of the weights' normal prior; found by leaving one hand out at a time."""
OFTEN = 2
"""Sentences in which a feature must occur."""
_MARKS = re.compile(r"[^\w' -]")
Name = tuple[str, int]
"""A feature, and the column in which it counts; -1: only for its own sentence."""


def figures(programmes: Sequence[Programme]) -> dict[str, Any]:
    """Return the content of ``openings.json``, learnt from some programmes."""
    rows: list[list[Name]] = []
    labels: list[bool] = []
    for marked in programmes:
        for programme in (marked, without_marks(marked), begun_late(marked)):
            rows += _rows(talk_of(programme))
            labels += is_opening(programme)
    occurs = Counter(name for row in rows for name in row)
    names = sorted(name for name, often in occurs.items() if often >= OFTEN)
    weights = _regress(rows, names, np.array(labels))
    found = {
        name: round(SCALE * weight)
        for name, weight in zip(names, weights.tolist(), strict=True)
    }
    near: dict[str, list[int]] = {}
    for (name, column), weight in found.items():
        if column >= 0:
            near.setdefault(name, [0] * (len(NEAR) + 1))[column] = weight
    return {
        "made_by": "tools/train_programmes.py, from made-up programmes",
        "own": {
            name: [weight] for (name, at), weight in found.items() if weight and at < 0
        },
        "near": {name: row for name, row in near.items() if any(row)},
    }


def talk_of(programme: Programme) -> Talk:
    """Return a programme's units and turns."""
    units = split(programme.turns)
    return Talk.of(units, [False] * len(units))


def without_marks(programme: Programme) -> Programme:
    """Return a programme as a recogniser writes it that knows no marks or capitals."""
    return replace(
        programme,
        turns=[
            replace(turn, words=tuple(map(_without_marks, turn.words)))
            for turn in programme.turns
        ],
    )


def begun_late(programme: Programme) -> Programme:
    """Return a programme without its welcome: it begins where the first one asks."""
    first = programme.starts[min(programme.asked)]
    turns = [turn for turn in programme.turns if turn.end > first]
    return replace(programme, turns=turns)


def _without_marks(word: Word) -> Word:
    text = _MARKS.sub("", word.text).lower()
    return Word(start=word.start, end=word.end, text=text or word.text)


def is_opening(programme: Programme) -> list[bool]:
    """Say of each unit whether it is the first of a sentence that begins a question."""
    begins = {programme.starts[sentence] for sentence in programme.asked}
    return [unit.start in begins for unit in split(programme.turns)]


def _rows(talk: Talk) -> Iterator[list[Name]]:
    """Yield for each unit its features, each with the column in which it counts."""
    own, shown = features(talk)
    for at, names in enumerate(own):
        row = [(name, -1) for name in names]
        row += [(name, 0) for name in shown[at]]
        for column, other in around(talk, at):
            row += [(name, column) for name in shown[other]]
        yield list(dict.fromkeys(row))


def _regress(rows: Sequence[Sequence[Name]], names: Sequence[Name], labels: Any) -> Any:
    """Return the weights of a logistic regression with a normal prior."""
    place = {name: n for n, name in enumerate(names)}
    columns = [[place[name] for name in row if name in place] for row in rows]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([n for row in columns for n in row], np.int32)
    matrix = csr_matrix((np.ones(len(flat)), flat, ends), (len(rows), len(names)))
    turned = matrix.T.tocsr()

    def loss(weights: Any) -> tuple[float, Any]:
        odds = matrix @ weights
        chances = 1 / (1 + np.exp(-odds))
        value = np.logaddexp(0, odds).sum() - odds[labels].sum()
        prior = weights / VARIANCE
        return value + weights @ prior / 2, turned @ (chances - labels) + prior

    return minimize(loss, np.zeros(len(names)), jac=True, method="L-BFGS-B").x


def read_hand(hand: str) -> list[Programme]:
    """Return the programmes that one hand wrote."""
    return [read(FOLDER / f"{name}.txt") for name in HANDS[hand].split()]


def main() -> None:
    """Learn from all programmes and write the figures."""
    made = figures([programme for hand in HANDS for programme in read_hand(hand)])
    lines = [f'"made_by": {json.dumps(made["made_by"])}']
    for part in ("own", "near"):
        rows = (
            f"{json.dumps(k)}:{json.dumps(v, separators=(',', ':'))}"
            for k, v in made[part].items()
        )
        lines.append(f'"{part}": {{\n' + ",\n".join(rows) + "\n}")
    Path(sys.argv[1]).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


if __name__ == "__main__":
    main()
