"""How well are questions and answers suggested? Prints the scorers' own tables.

    python bench/suggest.py                      # the model as shipped, half a minute
    python bench/suggest.py --folds 3            # talks too, trained on the others
    python bench/suggest.py --folds 3 --curve    # and with fewer documents to learn from
    python bench/suggest.py --predict IN OUT     # IN/*.json with "units": predictions to OUT

Interviews were never trained on. Talks were, so they are scored by cross-validation
over documents; of the consultations the model knows which words ask, so read that row
with care. The scorers in the shared folder are run as they are.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from pullquote.mark.suggest.suggestions import find_cuts
from pullquote.mark.suggest.units import Unit
from pullquote.mark.tagger import sequence

SHARED = Path(__file__).resolve().parents[2] / "shared"
VARIANTS = ("punctuated", "raw")
SHARES = (0.25, 0.5, 0.75)
"""Of the documents to learn from, for the learning curve."""

Row = dict[str, Any]


def main() -> None:
    """Parse the options and print every table."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--shared", type=Path, default=SHARED)
    parser.add_argument("--folds", type=int, default=0, help="also score talks")
    parser.add_argument("--curve", action="store_true", help="with fewer documents too")
    parser.add_argument("--json", type=Path, help="write the figures there too")
    parser.add_argument(
        "--predict", type=Path, nargs=2, metavar=("IN", "OUT"), help="only predict"
    )
    options = parser.parse_args()
    if options.predict:
        predict_folder(*options.predict)
        return
    measured = measure(options.shared / "qa", options.folds, options.curve)
    print(json.dumps(measured, indent=1))
    if options.json:
        options.json.write_text(json.dumps(measured), "utf-8")


def measure(qa: Path, folds: int, curve: bool) -> dict[str, Any]:
    """Print the scorer's table, calibration and errors by kind; return the figures."""
    with tempfile.TemporaryDirectory() as folder:
        predictions, gold = Path(folder, "predictions"), Path(folder, "gold")
        predictions.mkdir()
        gold.mkdir()
        for name in documents(qa, ("interviews", "consultations")):
            predict(qa, name, predictions, gold)
        if folds:
            cross_validate(qa, folds, predictions, gold)
        rows = score(qa, predictions, gold)
        measured: dict[str, Any] = {
            "scores": rows,
            "calibration": calibration(predictions, gold),
            "errors": errors(qa, predictions, gold),
        }
    if folds and curve:
        measured["learning curve"] = learning_curve(qa, folds)
    return measured


def score(qa: Path, predictions: Path, gold: Path, *, quiet: bool = False) -> Row:
    """Run the shared scorer as it is and return its table."""
    with tempfile.NamedTemporaryFile("r", suffix=".json") as file:
        command = [sys.executable, str(qa / "score_qa.py"), str(predictions), str(gold)]
        run = subprocess.run(
            [*command, "--json", file.name], check=True, capture_output=True, text=True
        )
        if not quiet:
            print(run.stdout)
        rows: Row = json.load(file)
    return {
        kind: {key: round(value, 3) for key, value in row.items()}
        for kind, row in rows.items()
    }


def documents(qa: Path, sources: Sequence[str]) -> list[str]:
    """Return the names of the documents of these sources."""
    found = []
    for path in sorted((qa / "gold").glob("*.json")):
        if json.loads(path.read_text("utf-8"))["source"] in sources:
            found.append(path.stem)
    return found


def predict_folder(source: Path, target: Path) -> None:
    """Write a prediction file for every document of a folder; no gold is read."""
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        rows = predictions_of(data["units"])
        (target / path.name).write_text(json.dumps(rows), "utf-8")


def predict(qa: Path, name: str, predictions: Path, gold: Path) -> None:
    """Write the cuts of one document, and put its gold beside."""
    data = json.loads((qa / "input" / f"{name}.json").read_text("utf-8"))
    rows = predictions_of(data["units"])
    (predictions / f"{name}.json").write_text(json.dumps(rows), "utf-8")
    (gold / f"{name}.json").write_bytes((qa / "gold" / f"{name}.json").read_bytes())


def predictions_of(units: Iterable[Sequence[Any]]) -> list[Row]:
    """Return the cuts of a document as the scorer reads them."""
    return [
        {
            "question": cut.question,
            "answer": cut.answer,
            "score": cut.p_question,
            "p_answered": cut.p_answered,
        }
        for cut in find_cuts(as_units(units))
    ]


def as_units(rows: Iterable[Sequence[Any]]) -> tuple[Unit, ...]:
    """Return a document's units; neighbours of one speaker share a turn."""
    found: list[Unit] = []
    turn = 0
    for start, end, text, *rest in rows:
        speaker = rest[0] if rest else None
        if found and found[-1].speaker != speaker:
            turn += 1
        found.append(
            Unit(
                start=round(start * 1000),
                end=round(end * 1000),
                text=text,
                speaker=speaker,
                turn=turn,
            )
        )
    return tuple(found)


def calibration(predictions: Path, gold: Path) -> Row:
    """Return Brier scores: of p_question over all cuts, of p_answered over right ones.

    Cuts near difficult pairs are neither right nor wrong. "units" is the error of
    p_question over all units: what is not suggested is said to be none.
    """
    asked: dict[str, list[float]] = {}
    answered: dict[str, list[float]] = {}
    told: dict[str, list[bool]] = {}
    units: Counter[str] = Counter()
    for path in sorted(gold.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        kind = f"{data['source']}/{data['variant']}"
        units[kind] += data["n_units"]
        for cut in json.loads((predictions / path.name).read_text("utf-8")):
            near = [p for p in data["pairs"] if starts_near(p, cut["question"][0])]
            if any("difficult" in pair for pair in near):
                continue
            asked.setdefault(kind, []).append((cut["score"] - bool(near)) ** 2)
            if near:
                truth = near[0]["answer"] is not None
                answered.setdefault(kind, []).append((cut["p_answered"] - truth) ** 2)
                told.setdefault(kind, []).append((cut["answer"] is not None) == truth)
    return {
        kind: {
            "question": _mean(found),
            "question, over units": round(sum(found) / units[kind], 4),
            "answered": _mean(answered.get(kind, [0.0])),
            "answered or not told right": _mean(told.get(kind, [])),
        }
        for kind, found in asked.items()
    }


def _mean(values: Sequence[float]) -> float:
    return round(sum(values) / max(1, len(values)), 3)


def starts_near(pair: Row, start: int) -> bool:
    """Say whether a start is a gold pair's, one unit off included."""
    first = pair["question"][0]
    return bool(first - 1 <= start <= pair.get("start_hi", first) + 1)


def errors(qa: Path, predictions: Path, gold: Path) -> Row:
    """Return for each source and variant how many errors of each kind there are."""
    found: dict[str, Counter[str]] = {}
    for path in sorted(gold.glob("*.json")):
        data = json.loads(path.read_text("utf-8"))
        texts = [
            unit[2]
            for unit in json.loads((qa / "input" / path.name).read_text())["units"]
        ]
        cuts = json.loads((predictions / path.name).read_text("utf-8"))
        kinds = found.setdefault(f"{data['source']}/{data['variant']}", Counter())
        kinds.update(_missed(data["pairs"], cuts, texts))
        kinds.update(_wrong(data["pairs"], cuts))
    return {kind: dict(sorted(counts.items())) for kind, counts in found.items()}


def _missed(
    pairs: Sequence[Row], cuts: Sequence[Row], texts: Sequence[str]
) -> list[str]:
    starts = [cut["question"][0] for cut in cuts]
    kinds = []
    for pair in pairs:
        if "difficult" in pair or any(starts_near(pair, s) for s in starts):
            continue
        first, last = pair["question"]
        marked = any("?" in text for text in texts[first : last + 1])
        if any(first - 5 <= start <= last + 5 for start in starts):
            kinds.append("missed: start two to five units off")
        else:
            kinds.append(f"missed: a question {'with' if marked else 'without'} a mark")
    return kinds


def _wrong(pairs: Sequence[Row], cuts: Sequence[Row]) -> list[str]:
    kinds = []
    for cut in cuts:
        start = cut["question"][0]
        if any(starts_near(pair, start) for pair in pairs):
            continue
        if any(p["question"][0] <= start <= p["question"][1] for p in pairs):
            kinds.append("wrong: inside a question")
        elif any(
            p["answer"] and p["answer"][0] <= start <= p["answer"][1] for p in pairs
        ):
            kinds.append("wrong: inside an answer")
        elif start < min((p["question"][0] for p in pairs), default=0):
            kinds.append("wrong: before the first question")
        else:
            kinds.append("wrong: between or after")
    return kinds


def cross_validate(
    qa: Path,
    folds: int,
    predictions: Path,
    gold: Path,
    *,
    share: float = 1.0,
    only: int | None = None,
) -> None:
    """Predict each talk with figures trained on a share of the others.

    ``only``: so many folds, for what need not be exact.
    """
    from tools.train_suggest import CONSULTATIONS, TALKS, figures
    from tools.training.documents import read_twins

    talks, consultations = read_twins(qa, TALKS), read_twins(qa, CONSULTATIONS)
    for fold in range(folds if only is None else only):
        others = [twin for n, twin in enumerate(talks) if n % folds != fold]
        known = others[: max(3, round(len(others) * share))]
        model = sequence.parse_model(figures(known, consultations))
        with sequence.FIGURES.using(model):
            for twin in talks[fold::folds]:
                for variant in VARIANTS:
                    predict(qa, f"{twin.raw.name}.{variant}", predictions, gold)
        print(f"fold {fold + 1} of {folds} done", file=sys.stderr)


def learning_curve(qa: Path, folds: int) -> Row:
    """Return scores of the first fold's talks with fewer documents to learn from."""
    curve = {}
    for share in (*SHARES, 1.0):
        with tempfile.TemporaryDirectory() as folder:
            predictions, gold = Path(folder, "predictions"), Path(folder, "gold")
            predictions.mkdir()
            gold.mkdir()
            cross_validate(qa, folds, predictions, gold, share=share, only=1)
            rows = score(qa, predictions, gold, quiet=True)
        curve[f"{share:.0%}"] = {
            kind: {key: row[key] for key in ("startF1", "end2", "segR", "Pk")}
            for kind, row in rows.items()
        }
    return curve


if __name__ == "__main__":
    main()
