"""Throw 100,000 hostile inputs at everything that reads what comes from outside.

    python bench/attacks.py [--cases 100000] [--seed 1] [--only NAME] [--short]

Each parser gets its corpus (bombs, lies, 50 MB) and its share of cases that hypothesis
makes up. It may return a value or raise a PullquoteError of one printable line within
fifty rounds of a small piece of work (two to four seconds); anything else fails. Prints
a table and writes bench/results/attacks.json.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import resource
import sys
import time
import traceback
import warnings
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.attacks.attack import MOST_ROUNDS, Tally
from tests.attacks.everything import all_attacks, throw, throw_corpus

RESULTS = Path(__file__).parents[1] / "bench/results/attacks.json"
ROUND = 4_000
"""Cases of one seed: a failure ends a round, not the parser's turn."""


def main() -> int:
    """Run the attacks; return 1 where one of them broke something."""
    options = _options()
    with all_attacks() as attacks:
        chosen = [a for a in attacks if options.only in a.name]
        whole = sum(attack.weight for attack in attacks)
    jobs = [
        (a.name, max(10, round(options.cases * a.weight / whole)), options.seed)
        for a in chosen
    ]
    started = time.perf_counter()
    rows: list[dict[str, Any]] = []
    # a process each: a crash or a full memory is told, and the others still run
    with multiprocessing.get_context("spawn").Pool(
        options.processes, maxtasksperchild=1
    ) as pool:
        for row in pool.imap(_attacked, jobs, chunksize=1):
            rows.append(row)
            _print(row)
    return _report(rows, time.perf_counter() - started, options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--cases", type=int, default=103_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", default="", help="part of a parser's name")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument(
        "--short", action="store_true", help="2,000 cases, as CI runs it"
    )
    options = parser.parse_args()
    if options.short:
        options.cases = 2_000
    return options


def _attacked(job: tuple[str, int, int]) -> dict[str, Any]:
    """Attack one parser in a process of its own."""
    name, count, seed = job
    warnings.simplefilter("ignore")
    tally, failures = Tally(), []
    with all_attacks() as attacks:
        attack = next(a for a in attacks if a.name == name)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        for what, error in throw_corpus(attack, tally, bulk=True):
            failures.append(f"{what}: {_told(error)}")
        corpus = tally.cases
        rounds = -(-count // ROUND)
        for number in range(rounds):
            try:
                throw(attack, count // rounds, seed * 1_000 + number, tally)
            except ExceptionGroup as group:
                failures += [_told(error) for error in group.exceptions]
            except Exception as error:  # noqa: BLE001  # that is what is looked for
                failures.append(_told(error))
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    return {
        "parser": name,
        "cases": tally.cases,
        "distinct": len(tally.distinct),
        "corpus": corpus,
        "refused": tally.refused,
        "slowest_s": round(tally.slowest, 3),
        "slowest_case": tally.slowest_case,
        "memory_mb": grown // 1024,
        "failures": failures,
    }


def _told(error: BaseException) -> str:
    frames = [
        f
        for f in traceback.extract_tb(error.__traceback__)
        if "/pullquote/" in f.filename
    ]
    where = (
        f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    )
    notes = " ".join(getattr(error, "__notes__", ()))
    return f"{type(error).__name__}: {error!s:.300}{where} {notes:.600}"


def _print(row: dict[str, Any]) -> None:
    print(
        f"{row['parser']:34} {row['cases']:7,} cases {row['refused']:7,} refused"
        f" {row['slowest_s']:6.2f} s at most {row['memory_mb']:5} MB"
        f"  {'' if not row['failures'] else str(len(row['failures'])) + ' FAILED'}",
        flush=True,
    )
    for failure in row["failures"]:
        print(f"    {failure}")


def _report(
    rows: list[dict[str, Any]], seconds: float, options: argparse.Namespace
) -> int:
    if options.only and not options.short and RESULTS.is_file():
        # the other parsers' rows stay as they were measured
        again = {row["parser"]: row for row in rows}
        before = json.loads(RESULTS.read_text())["rows"]
        rows = [again.pop(row["parser"], row) for row in before] + [*again.values()]
    failures = sum(len(row["failures"]) for row in rows)
    result = {
        "seed": options.seed,
        "cases": sum(row["cases"] for row in rows),
        "distinct": sum(row["distinct"] for row in rows),
        "corpus": sum(row["corpus"] for row in rows),
        "parsers": len(rows),
        "failures": failures,
        "slowest_s": max(row["slowest_s"] for row in rows),
        "allowed_rounds": MOST_ROUNDS,
        "seconds": round(seconds),
        "rows": rows,
    }
    print(
        f"{result['cases']:,} cases ({result['distinct']:,} distinct, {result['corpus']} of the"
        f" corpus) over {len(rows)} parsers in {seconds:.0f} s: {failures} failures,"
        f" {result['slowest_s']} s at most"
    )
    if not options.short:
        RESULTS.parent.mkdir(exist_ok=True)
        RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=True) + "\n")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
