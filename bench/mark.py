"""Every figure of marking; `make bench-mark`.

    python bench/mark.py                 # suggestions as shipped; some minutes
    python bench/mark.py --folds 3       # talks by cross-validation too, half an hour
    python bench/mark.py --folds 3 --curve
    python bench/mark.py --only guard private   # two parts; the others stay as they were

Results go to bench/results/mark.json: what was reached, beside what is asked for.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import guard, learning, privacy, programmes, suggest, webinars
from pullquote.formats.disk import write_text
from pullquote.mark.suggest.suggestions import find_cuts
from pullquote.mark.tagger.sequence import FIGURES

RESULTS = Path(__file__).parent / "results" / "mark.json"
ASKED = {
    "talks/punctuated": {"startF1": 0.82, "end2": 0.72, "segR": 0.88, "Pk": 0.15},
    "talks/raw": {"startF1": 0.62, "end2": 0.50, "segR": 0.65, "Pk": 0.20},
    "interviews/punctuated": {"startF1": 0.92},
    "interviews/raw": {"startF1": 0.82},
}
"""What we ask of ourselves; Pk is better the lower it is."""
THREE_HOURS = 27_000
"""Words."""
PARTS = {
    "suggestions": "suggestions",
    "webinars": "webinars, own transcripts",
    "programmes": "programmes",
    "seconds": "seconds for three hours",
    "learning": "learning from an editor",
    "guard": "guard",
    "private": "private details",
}
"""What can be measured alone, and what it is called in the results."""


def main() -> None:
    """Measure everything, print a table, write the results."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--folds", type=int, default=0, help="talks, cross-validated")
    parser.add_argument("--curve", action="store_true", help="the learning curve too")
    parser.add_argument("--only", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    qa = suggest.SHARED / "qa"
    measure: dict[str, Callable[[], Any]] = {
        "suggestions": lambda: suggest.measure(qa, options.folds, options.curve),
        "webinars": lambda: webinars.measure(suggest.SHARED / "audio"),
        "programmes": programmes.measure,
        "seconds": lambda: speed(qa),
        "learning": lambda: learning.measure(qa),
        "guard": lambda: guard.measure(show=False),
        "private": lambda: privacy.measure(show=False),
    }
    known = json.loads(RESULTS.read_text("utf-8")) if RESULTS.is_file() else {}
    found: dict[str, Any] = {
        "machine": f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores",
        "model": FIGURES.digest(),
    }
    for part, name in PARTS.items():
        if part in options.only:
            found[name] = measure[part]()
        elif name in known:
            found[name] = known[name]
    if "suggestions" in options.only:
        print(table(found["suggestions"]["scores"]))
    names = {PARTS[part] for part in options.only} - {"suggestions"}
    rest = {key: value for key, value in found.items() if key in names}
    print(json.dumps(rest, indent=1))
    write_text(RESULTS, json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    print(f"wrote {RESULTS}")


def table(scores: dict[str, dict[str, float]]) -> str:
    """Return what was reached beside what is asked for."""
    lines = [f"{'set':24}{'figure':10}{'reached':>9}{'asked':>8}"]
    for kind, figures in ASKED.items():
        for name, asked in figures.items():
            if kind in scores:
                reached = scores[kind][name]
                met = reached <= asked if name == "Pk" else reached >= asked
                mark = "" if met else "  not reached"
                lines.append(f"{kind:24}{name:10}{reached:9.3f}{asked:8.2f}{mark}")
    return "\n".join(lines)


def speed(qa: Path) -> dict[str, Any]:
    """Return processor seconds for transcripts of three hours, of each kind."""
    FIGURES.load()
    found = {}
    for source in ("talk", "iv"):
        for variant in suggest.VARIANTS:
            rows: list[Any] = []
            words = 0
            for path in sorted((qa / "input").glob(f"{source}*.{variant}.json")):
                for unit in json.loads(path.read_text("utf-8"))["units"]:
                    if words < THREE_HOURS:
                        rows.append(unit)
                        words += len(unit[2].split())
            units = suggest.as_units(rows)
            begun = time.process_time()
            find_cuts(units)
            voices = "voices told apart" if source == "iv" else "one voice"
            found[f"{voices}, {variant}"] = round(time.process_time() - begun, 2)
    command = [sys.executable, str(Path(programmes.__file__)), "--seconds"]
    cold = subprocess.run(command, capture_output=True, check=True, text=True)
    return found | {"a programme, cold": float(cold.stdout)}


if __name__ == "__main__":
    main()
