"""How well the guard tells changes of meaning from harmless edits; `python bench/guard.py`.

With `../shared` behind it, also how many ticks real answers need.

Both sets are made by rule from a seed (tests/mark/rewording.py); what was missed or
flagged wrongly is printed, so that a figure is never without its errors.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.privacy import turn
from pullquote.mark.cut.tidy import tidied
from pullquote.mark.guard.compare import Finding, compare
from pullquote.mark.guard.spelling import Token
from pullquote.mark.guard.tokens import tokens
from pullquote.model.show import EditingRules
from tests.mark.rewording import changed, harmless
from tests.mark.rewording_by_hand import CHANGED, HARMLESS, rows

_TAKEN_OUT = re.compile(
    r"\b(?:sort of|kind of|you know|pretty much|basically)\b,? ?", re.IGNORECASE
)


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


def ticks(shared: Path) -> dict[str, Any]:
    """Return how many changes are named per 100 words of real answers.

    Once where the default rules cleaned the text, once where a person also took out
    every "sort of", "kind of", "you know", "pretty much" and "basically".
    """
    texts: dict[str, list[str]] = {}
    for path in sorted((shared / "audio/webinars").glob("*.json")):
        texts.setdefault("webinars", []).extend(
            part["text"]
            for asked in json.loads(path.read_text())["qa"]
            for part in asked["answer_segments"]
        )
    for path in sorted((shared / "qa/gold").glob("talk-*.punctuated.json")):
        units = json.loads((shared / "qa/input" / path.name).read_text())["units"]
        texts.setdefault("talks", []).extend(
            " ".join(
                unit[2] for unit in units[pair["answer"][0] : pair["answer"][1] + 1]
            )
            for pair in json.loads(path.read_text())["pairs"]
            if pair["answer"]
        )
    return {name: _ticks([t for t in found if t]) for name, found in texts.items()}


def _ticks(texts: list[str]) -> dict[str, Any]:
    cleaned = hedged = 0
    for text in texts:
        kept = " ".join(w.text for w in tidied(turn(text), EditingRules()).words)
        cleaned += len(_found(text, kept))
        hedged += len(_found(text, _TAKEN_OUT.sub("", kept)))
    words = sum(len(text.split()) for text in texts)
    return {
        "answers": len(texts),
        "words": words,
        "ticks per 100 words, default text": round(100 * cleaned / words, 3),
        "and without any 'sort of'": round(100 * hedged / words, 3),
    }


if __name__ == "__main__":
    print(json.dumps(measure(), indent=1))
    if len(sys.argv) > 1:  # ../shared
        print(json.dumps(ticks(Path(sys.argv[1])), indent=1))
