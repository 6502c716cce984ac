"""How well the guard tells changes of meaning from harmless edits; `python bench/guard.py`.

Both sets are made by rule from a seed (tests/mark/rewording.py); what was missed or
flagged wrongly is printed, so that a figure is never without its errors.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from pullquote.mark.guard import Finding, compare
from pullquote.mark.guarded import Token, tokens
from tests.mark.rewording import changed, harmless
from tests.mark.rewording_by_hand import CHANGED, HARMLESS, rows


def _tokens(text: str) -> list[Token]:
    return tokens((word, 1, True) for word in text.split())


def _found(said: str, published: str) -> tuple[Finding, ...]:
    return compare(_tokens(said), _tokens(published), frozenset())


def measure(
    seeds: tuple[int, ...] = (5, 6, 7), count: int = 300, *, show: bool = True
) -> dict[str, Any]:
    """Return the worst shares over the seeds; print each error where ``show`` says."""
    shares = []
    for seed in seeds:
        errors: Counter[str] = Counter()
        made = [("missed", *row) for row in changed(count, seed)]
        made += [("flagged", *row) for row in harmless(count, seed)]
        for verdict, rule, said, published in made:
            if bool(_found(said, published)) == (verdict == "flagged"):
                errors[verdict] += 1
                if show:
                    print(f"  {verdict} ({rule}): {said}\n    -> {published}")
        shares.append((1 - errors["missed"] / count, errors["flagged"] / count))
    changes, edits = rows(CHANGED), rows(HARMLESS)
    caught = sum(bool(_found(*row)) for row in changes)
    flagged = sum(bool(_found(*row)) for row in edits)
    return {
        "changes written by hand, caught": f"{caught} of {len(changes)}",
        "harmless edits by hand, flagged": f"{flagged} of {len(edits)}",
        "changes and harmless edits a seed": count,
        "seeds": list(seeds),
        "changes caught, worst seed": round(min(s for s, _ in shares), 4),
        "harmless edits flagged, worst seed": round(max(f for _, f in shares), 4),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
