"""Does the ranking get better by what editors decide? `python bench/learning.py`

An editor is played on the interviews (never trained on), a show at a time in order of
its episodes: takes what is in the gold cuts, refuses the rest. Printed is the average
precision of the next episode's ranking, with what was learnt so far and without.
"""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench.suggest import SHARED, VARIANTS, as_units, documents, starts_near
from pullquote.mark.suggest.habits import Habits, learn, reranked
from pullquote.mark.suggest.suggestions import as_suggestion, find_cuts
from pullquote.model.answer import Suggestion
from pullquote.model.decision import Decision

LEAST = 4
"""Episodes of a show from which it is played."""


def measure(qa: Path) -> dict[str, Any]:
    """Return mean average precision before and after learning, and by episodes known."""
    return {variant: _measure(qa, variant) for variant in VARIANTS}


def _measure(qa: Path, variant: str) -> dict[str, Any]:
    before: list[float] = []
    after: list[float] = []
    later: list[tuple[float, float]] = []
    for names in _shows(qa, variant).values():
        if len(names) < LEAST:
            continue
        rows: list[Decision] = []
        for number, name in enumerate(names):
            judged = _judged(qa, name)
            if number:
                plain = _precision(judged, Habits())
                learnt = _precision(judged, learn(rows))
                before.append(plain)
                after.append(learnt)
                if number >= LEAST:
                    later.append((plain, learnt))
            rows += [_decision(found, right) for found, right in judged]
    return {
        "episodes": len(before),
        "average precision, shipped": round(statistics.mean(before), 3),
        "average precision, learnt": round(statistics.mean(after), 3),
        "better": sum(b < a for b, a in zip(before, after, strict=True)),
        "worse": sum(b > a for b, a in zip(before, after, strict=True)),
        f"after {LEAST} episodes, shipped": round(
            statistics.mean(plain for plain, _ in later), 3
        ),
        f"after {LEAST} episodes, learnt": round(
            statistics.mean(learnt for _, learnt in later), 3
        ),
    }


def _shows(qa: Path, variant: str) -> dict[str, list[str]]:
    shows: dict[str, list[str]] = {}
    for name in documents(qa, ("interviews",)):
        if name.endswith(f".{variant}"):
            shows.setdefault(name.split("-")[1], []).append(name)
    return {show: sorted(names, key=_number) for show, names in shows.items()}


def _number(name: str) -> int:
    return int(name.split(".")[0].rsplit("-", 1)[-1])


Judged = list[tuple[Suggestion, bool]]


def _judged(qa: Path, name: str) -> Judged:
    """Return the suggestions of an episode, each with what the editor says of it."""
    data = json.loads((qa / "input" / f"{name}.json").read_text("utf-8"))
    pairs = json.loads((qa / "gold" / f"{name}.json").read_text("utf-8"))["pairs"]
    units = as_units(data["units"])
    found: Judged = []
    for cut in find_cuts(units):
        near = [p for p in pairs if starts_near(p, cut.question[0])]
        if not any("difficult" in pair for pair in near):
            found.append((as_suggestion(units, cut), bool(near)))
    return found


def _decision(found: Suggestion, right: bool) -> Decision:
    return Decision(
        verdict="accepted" if right else "rejected",
        on=date(2026, 1, 1),
        signs=found.signs,
        p_question=found.p_question,
    )


def _precision(judged: Judged, habits: Habits) -> float:
    """Return the average precision of the ranking."""
    truth = {found.question: right for found, right in judged}
    ranked = reranked([found for found, _ in judged], habits)
    return _average_precision([truth[found.question] for found in ranked])


def _average_precision(right: Sequence[bool]) -> float:
    def precisions() -> Iterator[float]:
        hits = 0
        for place, hit in enumerate(right, 1):
            hits += hit
            if hit:
                yield hits / place

    return statistics.mean(precisions()) if any(right) else 1.0


if __name__ == "__main__":
    print(json.dumps(measure(SHARED / "qa"), indent=1))
