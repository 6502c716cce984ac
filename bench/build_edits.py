"""Prove that a build over the last one makes the bytes of a build from nothing.

    python bench/build_edits.py [--edits 200] [--watched]

Edits small shows at random, builds after each edit, and compares site and feeds with those
of a copy without site and memory. ``--watched`` builds as `build --watch` does. Adds a row to bench/results/build.json.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.build import write_rows
from tests.pipeline.random_edits import Editing

A_SHOW = 25
"""Edits of one show."""


def prove(edits: int, watched: bool) -> dict[str, object]:
    """Return how many edits were made, and those after which the bytes differ."""
    differ: list[str] = []
    shows = -(-edits // A_SHOW)
    stopped, gone_on = 0, 0
    for seed in range(shows):
        with tempfile.TemporaryDirectory() as folder:
            show = Editing(Path(folder), seed, watched=watched)
            for _ in range(A_SHOW):
                if (name := show.step()) is not None:
                    differ.append(f"seed {seed}, edit {len(show.done)}: {name}")
                    break
            stopped += len(show.stopped)
            gone_on += len(show.gone_on)
        print(f"seed {seed}: {len(show.done)} edits, {len(differ)} differ", flush=True)
    return {
        "what": "edits under --watch" if watched else "edits",
        "edits": A_SHOW * shows,
        "stopped": stopped,
        **({"gone_on": gone_on} if watched else {}),
        "differ": differ,
    }


def main() -> int:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=200)
    parser.add_argument("--watched", action="store_true")
    wanted = parser.parse_args()
    row = prove(wanted.edits, wanted.watched)
    write_rows([row])
    return 1 if row["differ"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
