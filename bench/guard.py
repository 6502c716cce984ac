"""How well the guard tells changes of meaning from harmless edits; `python bench/guard.py`.

Both sets are made by rule from a seed (tests/mark/rewording.py); what was missed or
flagged wrongly is printed, so that a figure is never without its errors.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from pullquote.mark.guard import compare
from pullquote.mark.guarded import Token, tokens
from tests.mark.rewording import changed, harmless


def _tokens(text: str) -> list[Token]:
    return tokens((word, 1, True) for word in text.split())


def main(seeds: tuple[int, ...] = (5, 6, 7), count: int = 300) -> None:
    """Print both shares for each seed, and each error."""
    for seed in seeds:
        errors: Counter[str] = Counter()
        rows = [("missed", *row) for row in changed(count, seed)]
        rows += [("flagged", *row) for row in harmless(count, seed)]
        for verdict, rule, said, published in rows:
            found = compare(_tokens(said), _tokens(published), frozenset())
            if bool(found) == (verdict == "flagged"):
                errors[verdict] += 1
                print(f"  {verdict} ({rule}): {said}\n    -> {published}")
                for finding in found:
                    print(f"    {finding.tick}")
        print(
            f"seed {seed}: {count - errors['missed']} of {count} changes caught"
            f" ({1 - errors['missed'] / count:.1%}), {errors['flagged']} of {count}"
            f" harmless edits flagged ({errors['flagged'] / count:.1%})"
        )


if __name__ == "__main__":
    main()
