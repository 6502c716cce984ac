"""Disturb every stage 500 times, run it again, and compare with a run left alone.

    python bench/faults.py [--runs 500] [--first 0] [--seed 1] [--only STAGE KIND]

Kills (SIGKILL at a random change of a file), full disks, connections cut, half files,
files truncated and garbled, slips of people, two processes at once. Writes
bench/results/faults.json; fails where anything was lost, half-written or left to a hand.
With ``--first`` the runs from that number on are added to those already in the file.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.faults.base import make_base
from tests.faults.harness import Harness, Run, summary
from tests.pull.server import serving

RESULTS = Path(__file__).parents[1] / "bench/results/faults.json"


def main() -> int:
    """Run the faults; return 1 where one of them cost anything."""
    options = _options()
    started = time.perf_counter()
    runs: list[Run] = []
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        harness = Harness(make_base(Path(folder), site), options.seed)
        only = [tuple(options.only)] if options.only else ()
        for run in harness.runs(options.runs, only, first=options.first):
            runs.append(run)
            _print(run)
    seconds = round(time.perf_counter() - started)
    result = {**summary(runs), "seed": options.seed, "seconds": seconds}
    if options.first:
        result = _added(json.loads(RESULTS.read_text()), result, options.first)
    print(json.dumps(result))
    if not (options.only or options.short):
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(result, indent=1) + "\n")
    return 0 if all(run.good for run in runs) else 1


def _added(
    before: dict[str, Any], result: dict[str, Any], first: int
) -> dict[str, Any]:
    """Return the figures of the runs before ``first`` and of these together."""
    if (before["runs"], before["seed"]) != (first, result["seed"]):
        raise SystemExit(f"{RESULTS} holds {before['runs']} runs, not {first}")
    counted = ("runs", "lost", "half_written", "by_hand", "seconds")
    by_name = {
        key: dict(Counter(before[key]) + Counter(result[key]))
        for key in ("kinds", "stages")
    }
    return {**result, **by_name, **{key: before[key] + result[key] for key in counted}}


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs=2, metavar=("STAGE", "KIND"))
    parser.add_argument("--short", action="store_true", help="12 runs, nothing kept")
    options = parser.parse_args()
    if options.short:
        options.runs = 12
    return options


def _print(run: Run) -> None:
    if run.good:
        if run.number % 25 == 0:
            print(f"{run.number}: {run.stage}, {run.kind}: well", flush=True)
        return
    print(f"{run.number}: {run.stage}, {run.kind}", flush=True)
    for what in ("lost", "half_written", "by_hand"):
        for line in getattr(run, what)[:5]:
            print(f"    {what}: {line}")


if __name__ == "__main__":
    raise SystemExit(main())
