"""Make ``pullquote/mark/tagger/model.json``, the figures of the suggester's small model.

    python -m tools.train_suggest ../shared/qa pullquote/mark/tagger/model.json

Reads ``input/`` and ``gold/`` of a folder of question and answer cuts and learns from
its talks (MIT licence) and consultations (CC BY 4.0). No text of theirs goes into the
file, only how much a few words of it speak for a question or an answer. Needs scipy.
Same input, same bytes; about ten minutes.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pullquote.mark.tagger.boundaries import (
    KINDS,
    Boundaries,
    heard_features,
    unit_words,
)
from pullquote.mark.tagger.features import punctuated_features, raw_features
from pullquote.mark.tagger.weights import Weights
from tools.training.chain import train_chain
from tools.training.documents import Twin, kept_rows, read_twins
from tools.training.regressions import Places, train_boundaries

TALKS = "talks"
CONSULTATIONS = "consultations"
"""Doctors ask and patients answer: of use only for telling questions."""
LIFT = {"punctuated": 1.5, "raw": 0.0}
LEAST = {"punctuated": None, "raw": 0.26}
"""Found by cross-validation: how many questions are taken."""
PENALTY = {"punctuated": 0.03, "raw": 0.05}
"""Variance of the weights' normal prior."""
KEPT = {"punctuated": 12_000, "raw": 12_000, "boundaries": 30_000}
"""Features that each part keeps: those with the largest weights."""
PARTS = 3
"""The chain over raw units learns from boundaries found in texts unknown to them."""


def figures(talks: Sequence[Twin], consultations: Sequence[Twin]) -> dict[str, Any]:
    """Train all parts and return the content of ``model.json``."""
    places = Places()
    numbers = [places.add(twin) for twin in talks]
    others = [places.add(twin) for twin in consultations]
    _tell("boundaries")
    heard: dict[int, list[list[str]]] = {}
    for part in range(PARTS):
        known = [n for n in numbers if n % PARTS != part]
        found = _boundary_figures(places, known, others)
        for n in numbers[part::PARTS]:
            heard[n] = _heard(found, talks[n])
    _tell("punctuated")
    punctuated = [twin.punctuated for twin in talks]
    marked = [punctuated_features(document.texts) for document in punctuated]
    chain = train_chain(punctuated, marked, PENALTY["punctuated"])
    _tell("raw")
    raw = [twin.raw for twin in talks]
    unmarked = [
        [
            [*own, *more]
            for own, more in zip(raw_features(d.texts), heard[n], strict=True)
        ]
        for n, d in zip(numbers, raw, strict=True)
    ]
    raw_chain = train_chain(raw, unmarked, PENALTY["raw"])
    return {
        "made_by": "tools/train_suggest.py, from talks (MIT) and consultations (CC BY)",
        "punctuated": _chain_figures("punctuated", *chain),
        "raw": _chain_figures("raw", *raw_chain),
        "boundaries": _boundary_figures(places, numbers, others),
    }


def _boundary_figures(
    places: Places, talks: Sequence[int], others: Sequence[int]
) -> dict[str, Any]:
    weights, bias = train_boundaries(places, talks, others)
    rows = kept_rows(list(places.names), weights, KEPT["boundaries"])
    return {"bias": [round(float(b), 3) for b in bias], "weights": rows}


def _heard(found: dict[str, Any], twin: Twin) -> list[list[str]]:
    units = unit_words(twin.raw.texts)
    boundaries = Boundaries(Weights(found["weights"], len(KINDS)), found["bias"])
    return heard_features(units, boundaries.chances(units))


def _chain_figures(
    variant: str, names: Sequence[str], weights: Any, moves: Any
) -> dict[str, Any]:
    return {
        "least": LEAST[variant],
        "lift": LIFT[variant],
        "transitions": [[round(float(m), 3) for m in row] for row in moves],
        "weights": kept_rows(names, weights, KEPT[variant]),
    }


def _tell(part: str) -> None:
    print(f"training: {part}", file=sys.stderr)


def format_figures(model: dict[str, Any]) -> str:
    """Return the file's text, a feature a line."""
    text = json.dumps(model, indent=0, sort_keys=True, ensure_ascii=False)
    return re.sub(r"\[\s*([-\d.,\s]+?)\s*\]", _on_one_line, text) + "\n"


def _on_one_line(match: re.Match[str]) -> str:
    return "[" + re.sub(r"\s+", "", match.group(1)) + "]"


def main() -> None:
    """Read the folder, train, write the file."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("data", type=Path, help="folder with input/ and gold/")
    parser.add_argument("model", type=Path, help="file to write")
    options = parser.parse_args()
    talks = read_twins(options.data, TALKS)
    model = figures(talks, read_twins(options.data, CONSULTATIONS))
    options.model.write_text(format_figures(model), "utf-8")
    print(f"{options.model}: made from {len(talks)} talks and the consultations")


if __name__ == "__main__":
    main()
