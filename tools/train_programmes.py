"""Make ``pullquote/mark/suggest/edges.json``: where questions begin and answers end.

    python -m tools.train_programmes pullquote/mark/suggest/edges.json

Learns from the made-up programmes of ``tests/data/programmes``. Needs scipy. Same
input, same bytes; a few seconds.
"""

from __future__ import annotations

import json
import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from bench.programmes import FOLDER, Programme, read
from pullquote.mark.suggest.edge_features import NEAR
from pullquote.mark.suggest.edges import around, look
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
    "h": "budget-hearing chat-webinar maternity pain-phone-in physics-lecture tax-adviser"
    " two-doctors vet-comments",
    "i": "all-hands curator-talk garden-callin members-call neck-clinic question-box"
    " room-panel school-board",
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
    """Return the content of ``edges.json``, learnt from some programmes.

    Where answers end is learnt from those that tell it.
    """
    rows: list[list[Name]] = []
    begins: list[bool] = []
    told: list[list[Name]] = []
    ends: list[bool] = []
    for marked in programmes:
        for programme in (marked, without_marks(marked), begun_late(marked)):
            new = [*_rows(talk_of(programme))]
            rows += new
            begins += is_opening(programme)
            if marked.ends:
                told += new
                ends += is_ending(programme)
    return {
        "made_by": "tools/train_programmes.py, from made-up programmes",
        "openings": _learn(rows, begins),
        "endings": _learn(told, ends),
    }


def _learn(rows: Sequence[Sequence[Name]], labels: Sequence[bool]) -> dict[str, Any]:
    """Return each feature's figures: its own say, and a column each for the units around."""
    occurs = Counter(name for row in rows for name in row)
    names = sorted(name for name, often in occurs.items() if often >= OFTEN)
    weights = _regress(rows, names, np.array(labels, bool))
    found = {
        name: round(SCALE * weight)
        for name, weight in zip(names, weights.tolist(), strict=True)
    }
    near: dict[str, list[int]] = {}
    for (name, column), weight in found.items():
        if column >= 0:
            near.setdefault(name, [0] * (len(NEAR) + 1))[column] = weight
    return {
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


def is_ending(programme: Programme) -> list[bool]:
    """Say of each unit whether it is the last of a sentence that ends an answer."""
    units = split(programme.turns)
    sentences = [bisect_right(programme.starts, unit.start) - 1 for unit in units]
    return [
        here in programme.ends and here != following
        for here, following in pairwise([*sentences, -1])
    ]


def _rows(talk: Talk) -> Iterator[list[Name]]:
    """Yield for each unit its features, each with the column in which it counts."""
    seen = look(talk)
    for at, names in enumerate(seen.own):
        row = [(name, -1) for name in names]
        row += [(name, 0) for name in seen.shown[at]]
        for column, other in around(talk, at):
            row += [(name, column) for name in seen.shown[other]]
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
    for edge in ("openings", "endings"):
        parts = (
            f'"{part}": {{\n' + ",\n".join(_lines(rows)) + "\n}"
            for part, rows in made[edge].items()
        )
        lines.append(f'"{edge}": {{\n' + ",\n".join(parts) + "\n}")
    Path(sys.argv[1]).write_text("{\n" + ",\n".join(lines) + "\n}\n", "utf-8")


def _lines(rows: dict[str, list[int]]) -> Iterator[str]:
    return (
        f"{json.dumps(name)}:{json.dumps(row, separators=(',', ':'))}"
        for name, row in rows.items()
    )


if __name__ == "__main__":
    main()
