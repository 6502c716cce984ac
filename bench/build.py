"""Measure `build`: against Pelican, after one change, and how it grows.

    python bench/build.py [--answers 10000] [--grow 1000 3000 10000 30000] [--pelican]

Makes a show of 20 answers an episode from a fixed seed and the same Markdown for Pelican
(its own virtual environment), whose theme in bench/pelican has as many templates as ours
and makes the same pages. Both are built as a person would, each in a process of its own.

What is compared: "pages" is a show without search index and link pictures, for Pelican
makes neither; it still has what Pelican's site lacks (transcripts in four formats with
times from 1.2 million words, a podcast feed, the gate). "whole" is a show with its
defaults: pages, search index and a link picture an answer.
Prints a table, writes bench/results/build.json and bench/results/build.svg.

Nothing is deleted before the end: ext4 passes over every inode that was freed in the last
minutes, and whoever makes ten thousand files then pays for it. Where others deleted
many lately, TMPDIR=/dev/shm keeps both sides off the disk.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.large_show import AN_EPISODE, change_one, make_show, show_toml

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results/build.json"
IN_TIME = "review.due_days = 36_500\n"
"""A build with something to tell, as that reviews are overdue, looks at everything."""


@dataclass(frozen=True, slots=True)
class Run:
    """What one process took."""

    seconds: float
    cpu: float
    """Seconds of processor time: what a busy machine does not change much."""
    megabytes: float
    """Of the largest process, the search indexer among them."""


def measure(command: Sequence[str], folder: Path) -> Run:
    """Run a command and return its time and the most memory it held."""
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
    cpu = round(used.ru_utime + used.ru_stime, 2)
    return Run(
        seconds=round(seconds, 2), cpu=cpu, megabytes=round(used.ru_maxrss / 1024)
    )


def build(show: Path) -> Run:
    """Build the show as a person would; pip compiles what it installs, Pelican too."""
    compileall.compile_dir(ROOT / "pullquote", quiet=1)
    command = [sys.executable, str(ROOT / "publish.py"), "build", "--show", str(show)]
    return measure(command, ROOT)


def watched(show: Path) -> float:
    """Return the seconds from a change to the end of its build under `build --watch`.

    The second change counts: with the first the process learns what the others are.
    """
    command = [sys.executable, str(ROOT / "publish.py"), "build", "--watch"]
    process = subprocess.Popen(
        [*command, "--show", str(show)],
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdout is not None
    built = (line for line in process.stdout if " pages in " in line)
    next(built)
    seconds = 0.0
    for _ in range(2):
        time.sleep(1)
        change_one(show)
        start = time.perf_counter()
        next(built)
        seconds = time.perf_counter() - start
    process.send_signal(signal.SIGINT)
    process.wait()
    return round(seconds, 2)


def pelican(root: Path) -> Run:
    """Build the same Markdown with Pelican in an environment of its own."""
    home = Path(tempfile.gettempdir()) / "pullquote-bench-pelican"
    if not (home / "bin/pelican").is_file():
        venv.create(home, with_pip=True)
        pip = [str(home / "bin/python"), "-m", "pip", "install", "--quiet"]
        subprocess.run([*pip, "pelican[markdown]==4.12.0"], check=True)
    site = root / "pelican"
    run = measure([str(home / "bin/pelican"), "-s", "pelicanconf.py", "-q"], site)
    made = sum(1 for _ in (site / "output").rglob("index.html"))
    print(f"  Pelican made {made} pages", flush=True)
    return run


def one_size(
    root: Path, answers: int, *, whole: bool, against: bool = False
) -> dict[str, object]:
    """Measure one size of show: full, nothing changed, one answer changed."""
    make_show(root, answers)
    show = root / "show"
    (show / "show.toml").write_text(IN_TIME + show_toml(whole=whole))
    full = build(show)
    same = build(show)
    change_one(show)
    changed = build(show)
    again = watched(show)
    row: dict[str, object] = {
        "what": "whole" if whole else "pages",
        "answers": answers,
        "episodes": answers // AN_EPISODE,
        "full_s": full.seconds,
        "full_cpu_s": full.cpu,
        "full_mb": full.megabytes,
        "unchanged_s": same.seconds,
        "one_changed_s": changed.seconds,
        "one_changed_cpu_s": changed.cpu,
        "one_changed_share": round(changed.seconds / full.seconds, 4),
        "one_changed_cpu_share": round(changed.cpu / full.cpu, 4),
        "watched_s": again,
        "watched_share": round(again / full.seconds, 4),
    }
    if against:
        other = pelican(root)
        row |= {
            "pelican_s": other.seconds,
            "pelican_cpu_s": other.cpu,
            "pelican_mb": other.megabytes,
            "times_faster": round(other.seconds / full.seconds, 2),
            "times_faster_cpu": round(other.cpu / full.cpu, 2),
        }
    return row


def plot(rows: Sequence[dict[str, object]]) -> str:
    """Return how time and memory grow with the show, as SVG."""
    grown = sorted(
        (float(str(r["answers"])), float(str(r["full_s"])), float(str(r["full_mb"])))
        for r in rows
        if r["what"] == "pages"
    )
    most = max(n for n, *_ in grown)
    parts = []
    for column, (name, unit, at) in enumerate((("time", "s", 1), ("memory", "MB", 2))):
        left, top = 70 + column * 380, max(row[at] for row in grown)
        points = [
            (left + row[0] / most * 260, 250 - row[at] / top * 200) for row in grown
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<text x="{left}" y="30">{name} of a full build, pages alone ({unit})</text>'
            f'<path d="M{left} 50V250H{left + 270}" fill="none" stroke="#4a5c65"/>'
            f'<polyline points="{line}" fill="none" stroke="#0b5a77" stroke-width="2"/>'
        )
        for (x, y), row in zip(points, grown, strict=True):
            parts.append(
                f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#0b5a77"/>'
                f'<text x="{x:.1f}" y="{y - 10:.1f}" text-anchor="middle">{row[at]:g}</text>'
                f'<text x="{x:.1f}" y="270" text-anchor="middle">{row[0] / 1000:g}k</text>'
            )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 290" '
        'font-family="sans-serif" font-size="12">'
        f'<rect width="760" height="290" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


def main() -> int:
    """Measure what the arguments ask for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--answers", type=int, default=10_000)
    parser.add_argument("--grow", type=int, nargs="*", default=[])
    parser.add_argument("--pelican", action="store_true")
    parser.add_argument("--whole", action="store_true", help="with index and pictures")
    wanted = parser.parse_args()
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as folder:
        for answers in sorted({*wanted.grow, wanted.answers}):
            main_one = answers == wanted.answers
            for whole in (False, True) if main_one and wanted.whole else (False,):
                against = wanted.pelican and main_one and not whole
                root = Path(folder) / f"{answers}-{whole}"
                row = one_size(root, answers, whole=whole, against=against)
                print("  ".join(f"{key} {value}" for key, value in row.items()))
                rows.append(row)
                write_rows(rows)
    return 0


def write_rows(rows: Sequence[dict[str, object]]) -> None:
    """Write what was measured so far, and how busy the machine was beside it.

    What an earlier run measured of other sizes stays.
    """
    RESULTS.parent.mkdir(parents=True, exist_ok=True)
    earlier = json.loads(RESULTS.read_text())["rows"] if RESULTS.is_file() else []
    by_size = {(r["what"], r.get("answers")): r for r in (*earlier, *rows)}
    every = [*by_size.values()]
    load = round(os.getloadavg()[2], 1)
    found = {"cpus": os.cpu_count(), "load_15_min": load, "rows": every}
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    RESULTS.with_suffix(".svg").write_text(plot(every))


if __name__ == "__main__":
    raise SystemExit(main())
