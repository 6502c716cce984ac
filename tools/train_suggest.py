"""Make ``pullquote/mark/model.json``, the figures of the suggester's small model.

    python tools/train_suggest.py ../shared/qa pullquote/mark/model.json

Reads ``input/`` and ``gold/`` of a folder of question and answer cuts and learns from
its talks (MIT licence) and consultations (CC BY 4.0). No text of theirs goes into the file, only how much a
word or two of it speaks for a question or an answer. Needs scipy. Same input, same
bytes; about three minutes a chain.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from rapidfuzz.distance import Levenshtein
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from pullquote.mark.features import asking_features, sequence_features, words_of
from pullquote.mark.sequence import FOLLOWERS, STATES, A, B, I, O, S

TALKS = "talks"
CONSULTATIONS = "consultations"
"""Doctors ask and patients answer: of use only for telling questions."""
LIFT = {"punctuated": 1.75, "raw": 2.25}
"""Found by cross-validation: best F1 of question starts."""
PENALTY = {"punctuated": 0.03, "raw": 0.05}
"""Variance of the weights' normal prior."""
ROUNDS = 45
KEPT = 8000
"""Features that each part keeps: those with the largest weights."""
_K = len(STATES)
_NEVER = -1e4
_ALLOWED = np.array([[s in FOLLOWERS[p] for s in range(_K)] for p in range(_K)])
_FIRST = np.where([s in (O, B) for s in range(_K)], 0.0, _NEVER)

Array = Any
"""numpy's and scipy's arrays; scipy has no types."""


@dataclass(frozen=True, slots=True)
class Document:
    """The texts of a document's units and which states each may have."""

    name: str
    texts: tuple[str, ...]
    allowed: Array


def read_documents(folder: Path, source: str, variant: str) -> list[Document]:
    """Return the documents of one source and variant, sorted by name."""
    found = []
    for path in sorted((folder / "gold").glob(f"*.{variant}.json")):
        gold = json.loads(path.read_text("utf-8"))
        if gold["source"] != source:
            continue
        units = json.loads((folder / "input" / path.name).read_text("utf-8"))["units"]
        texts = tuple(unit[2] for unit in units)
        name = path.name.removesuffix(f".{variant}.json")
        found.append(Document(name, texts, allowed_states(len(texts), gold["pairs"])))
    return found


def allowed_states(count: int, pairs: Iterable[dict[str, Any]]) -> Array:
    """Return which states the gold cuts allow each unit; several where they are unsure."""
    state = [O] * count
    unsure: list[tuple[int, int, tuple[int, ...]]] = []
    for pair in pairs:
        first, last = pair["question"]
        end = pair["answer"][1] if pair.get("answer") else last
        state[first] = B
        state[first + 1 : last + 1] = [I] * (last - first)
        if end > last:
            state[last + 1 : end + 1] = [S] + [A] * (end - last - 1)
        if "difficult" in pair:
            unsure.append((first, end, (O, B, I, S, A)))
        if "start_hi" in pair:
            unsure.append((first, pair["start_hi"], (O, B, I)))
        if pair.get("answer") and "end_hi" in pair:
            unsure.append((end + 1, pair["end_hi"], (O, A)))
    allowed = np.zeros((count, _K), bool)
    allowed[np.arange(count), state] = True
    for start, stop, states in unsure:
        allowed[start : stop + 1, states] = True
    return allowed


Pairs = Sequence[tuple[Document, Document]]
"""The same documents as raw and as punctuated units."""


@dataclass(frozen=True, slots=True)
class Table:
    """Documents as a sparse matrix of features, a row a unit."""

    names: list[str]
    matrix: Array
    lengths: list[int]


def tabulate(documents: Sequence[Sequence[list[str]]], least: int) -> Table:
    """Return the features that occur in at least ``least`` documents."""
    seen = Counter(
        f for document in documents for f in {x for u in document for x in u}
    )
    names = sorted(name for name, count in seen.items() if count >= least)
    column = {name: n for n, name in enumerate(names)}
    rows, columns, row = [], [], 0
    for document in documents:
        for unit in document:
            known = [column[f] for f in set(unit) if f in column]
            rows += [row] * len(known)
            columns += known
            row += 1
    matrix = csr_matrix((np.ones(len(rows)), (rows, columns)), (row, len(names)))
    return Table(names, matrix, [len(document) for document in documents])


def train_chain(
    documents: Sequence[Document], penalty: float
) -> tuple[Table, Array, Array]:
    """Return features, their weights in each state, and transitions between states."""
    features = [list(sequence_features(d.texts)) for d in documents]
    table = tabulate(features, least=3)
    places = _places(table.lengths)
    barred = np.where(np.concatenate([d.allowed for d in documents]), 0.0, _NEVER)
    size = len(table.names) * _K

    def loss(vector: Array) -> tuple[float, Array]:
        weights = vector[:size].reshape(-1, _K)
        moves = vector[size:].reshape(_K, _K)
        scores = table.matrix @ weights
        total, states, steps = expect(scores, moves, places)
        right, gold_states, gold_steps = expect(scores + barred, moves, places)
        slope = np.concatenate(
            [
                (table.matrix.T @ (states - gold_states)).ravel(),
                ((steps - gold_steps) * _ALLOWED).ravel(),
            ]
        )
        cost = total - right + 0.5 * (vector @ vector) / penalty
        return cost, slope + vector / penalty

    start = np.zeros(size + _K * _K)
    options = {"maxiter": ROUNDS, "maxcor": 6}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return table, best[:size].reshape(-1, _K), best[size:].reshape(_K, _K)


def _places(lengths: Sequence[int]) -> Array:
    """Return the row of each document's units, -1 after its end."""
    places = np.full((len(lengths), max(lengths)), -1)
    first = 0
    for number, length in enumerate(lengths):
        places[number, :length] = np.arange(first, first + length)
        first += length
    return places


def expect(scores: Array, moves: Array, places: Array) -> tuple[float, Array, Array]:
    """Return log-likelihood mass, state and step expectations of all documents."""
    count, longest = places.shape
    inside = places >= 0
    own = scores[np.where(inside, places, 0)]
    moves = np.where(_ALLOWED, moves, _NEVER)
    forward = np.zeros((longest, count, _K))
    forward[0] = own[:, 0] + _FIRST
    for t in range(1, longest):
        reached = _log_sum(forward[t - 1][:, :, None] + moves, 1) + own[:, t]
        forward[t] = np.where(inside[:, t, None], reached, forward[t - 1])
    total = _log_sum(forward[-1], 1)
    backward = np.zeros((count, _K))
    states, steps = np.zeros_like(scores), np.zeros((_K, _K))
    for t in range(longest - 1, -1, -1):
        here = inside[:, t]
        chance = forward[t][here] + backward[here] - total[here, None]
        states[places[here, t]] = np.exp(np.minimum(0, chance))
        if t:
            onward = backward + own[:, t]
            step = moves + onward[:, None, :]
            joint = forward[t - 1][:, :, None] + step - total[:, None, None]
            steps += np.exp(np.minimum(0, joint[here])).sum(0)
            backward = np.where(here[:, None], _log_sum(step, 2), backward)
    return float(total.sum()), states, steps


def _log_sum(values: Array, axis: int) -> Array:
    most = values.max(axis, keepdims=True)
    total = np.log(np.exp(values - most).sum(axis, keepdims=True)) + most
    return total.squeeze(axis)


def train_asking(
    raw: Sequence[Document], punctuated: Sequence[Document]
) -> tuple[Table, Array]:
    """Return features and weights that tell what is part of a question without its mark."""
    features = [list(asking_features(d.texts)) for d in raw]
    table = tabulate(features, least=2)
    twins = {d.name: d for d in punctuated}
    wanted = np.concatenate([parts_of_questions(d, twins[d.name]) for d in raw])

    def loss(vector: Array) -> tuple[float, Array]:
        chance = table.matrix @ vector
        likely = 1 / (1 + np.exp(-chance))
        cost = np.logaddexp(0, np.where(wanted, -chance, chance)).sum()
        slope = table.matrix.T @ (likely - wanted) + vector / 0.5
        return float(cost + vector @ vector), slope

    start = np.zeros(len(table.names))
    options = {"maxiter": ROUNDS * 2}
    best = minimize(loss, start, jac=True, method="L-BFGS-B", options=options).x
    return table, best


def parts_of_questions(raw: Document, punctuated: Document) -> Array:
    """Return for each raw unit whether most of its words end up before a "?"."""
    marked = [
        (word, text.rstrip().endswith("?"))
        for text in punctuated.texts
        for word in words_of(text)
    ]
    heard = [(word, n) for n, text in enumerate(raw.texts) for word in words_of(text)]
    count, asked = np.zeros(len(raw.texts)), np.zeros(len(raw.texts))
    for _, n in heard:
        count[n] += 1
    for block in Levenshtein.opcodes([w for w, _ in marked], [w for w, _ in heard]):
        if block.tag == "equal":
            for k in range(block.src_end - block.src_start):
                unit = heard[block.dest_start + k][1]
                asked[unit] += marked[block.src_start + k][1]
    return asked * 2 > count


def chain_figures(documents: Sequence[Document], variant: str) -> dict[str, Any]:
    """Return a chain as ``model.json`` holds it: whole hundredths."""
    table, weights, moves = train_chain(documents, PENALTY[variant])
    kept = sorted(np.argsort(-np.abs(weights).max(1), kind="stable")[:KEPT])
    rows = {table.names[n]: [round(100 * w) for w in weights[n]] for n in kept}
    return {
        "lift": LIFT[variant],
        "transitions": [[round(float(m), 3) for m in row] for row in moves],
        "weights": {name: row for name, row in rows.items() if any(row)},
    }


def asking_figures(
    raw: Sequence[Document], punctuated: Sequence[Document]
) -> dict[str, int]:
    """Return the weights of ``asking`` as ``model.json`` holds them."""
    table, weights = train_asking(raw, punctuated)
    kept = sorted(np.argsort(-np.abs(weights), kind="stable")[:KEPT])
    rows = {table.names[n]: round(100 * weights[n]) for n in kept}
    return {name: weight for name, weight in rows.items() if weight}


def figures(talks: Pairs, consultations: Pairs) -> dict[str, Any]:
    """Train all parts and return the content of ``model.json``."""
    raw, punctuated = zip(*talks, strict=True)
    asked = [*talks, *consultations]
    return {
        "made_by": "tools/train_suggest.py, from talks (MIT) and consultations (CC BY)",
        "punctuated": chain_figures(punctuated, "punctuated"),
        "raw": chain_figures(raw, "raw"),
        "asking": asking_figures([r for r, _ in asked], [p for _, p in asked]),
    }


def read_pairs(folder: Path, source: str) -> Pairs:
    """Return each document of a source as raw and as punctuated units."""
    raw = read_documents(folder, source, "raw")
    return list(zip(raw, read_documents(folder, source, "punctuated"), strict=True))


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
    talks = read_pairs(options.data, TALKS)
    model = figures(talks, read_pairs(options.data, CONSULTATIONS))
    options.model.write_text(format_figures(model), "utf-8")
    print(f"{options.model}: made from {len(talks)} talks and the consultations")


if __name__ == "__main__":
    main()
