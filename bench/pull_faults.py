"""Inject faults into pulls, then count what they cost.

    python bench/pull.py AUDIO --only faults

Thirty in random order, each against a recording of its own: connections cut at random
bytes, refusals, requests to wait, half files, a web page, a file system that is full, a
limit of file sizes, SIGKILL at random moments, two processes at once. Then each file
operation of a pull, one after the other: killed there, and out of space there. Fails
unless, after one run in peace, every recording is whole, none is there twice, and
nothing is left over. The full file system needs root (a tmpfs of its own).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.media.made import speechlike, write
from tests.pipeline.test_moving import item, old_feed
from tests.pull.faults import LONG, ROOT, Harness
from tests.pull.server import Page, entry, feed, serving

SIZE = "256m"


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Put a small file system at ``folder`` where one may; say whether it is there."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(folder)]
    mounted = os.geteuid() == 0 and subprocess.run(mount).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


def random_faults(seed: int) -> dict[str, Any]:
    """Run the thirty in an order that the seed decides."""
    started = time.perf_counter()
    with serving() as site, tempfile.TemporaryDirectory() as place:
        disk = Path(place) / "disk"
        with small_disk(disk) as mounted:
            harness = Harness(site, disk / "show", seed)
            kinds = list(LONG)
            if mounted:  # in place of two of those that limit the size of files
                for _ in range(2):
                    kinds[kinds.index("disk")] = "filled"
            harness.random.shuffle(kinds)
            report = harness.run(kinds)
    return {
        "faults": report.faults,
        "kinds": dict(report.kinds.most_common()),
        "seed": seed,
        "recordings": report.recordings,
        "whole": report.whole,
        "twice": report.twice,
        "left_over": report.left_over,
        "seen_half": report.half_seen,
        "good": report.good,
        "seconds": round(time.perf_counter() - started),
    }


def moments(what: str) -> dict[str, Any]:
    """Come to harm at every file operation of a pull, or of a show that moves here.

    Returns the figures of being killed there, and of having no space there.
    """
    with serving() as site, tempfile.TemporaryDirectory() as place:
        body = write(Path(place) / "a.opus", speechlike(1)).read_bytes()
        rows = feed(entry("Talk", site.media("/a.opus", body), "guid-a"))
        if what == "init":
            rows = old_feed(*(item(n) for n in range(3)))
        url = site.put("/feed.xml", Page(type="text/xml", body=rows))
        command = [sys.executable, "-m", "tests.pull.moments", what, place, url, "1"]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def bench(seed: int = 1) -> dict[str, Any]:
    """Inject everything; print and return the figures."""
    figures = {"random": random_faults(seed)}
    for what in ("pull", "init"):
        for kind, found in moments(what).items():
            figures[f"{what}_{kind}_at_each_file_operation"] = found
    for name, value in figures.items():
        print(f"{name}: {value}", flush=True)
    return figures


def problems(figures: dict[str, Any]) -> list[str]:
    """Return what misses its figure."""
    found = [] if figures["random"]["good"] else ["random faults did harm"]
    return found + [name for name, one in figures.items() if one.get("wrong")]
