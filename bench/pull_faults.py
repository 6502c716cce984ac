"""Inject 30 faults into pulls, then count what they cost.

    python bench/pull_faults.py [SEED]

Connections cut at random bytes, refusals, requests to wait, half files, a web
page, a disk that fills up, SIGKILL at random moments, two processes at once. Fails
unless, after one run in peace, every recording is whole, none is there twice, and
nothing is left over.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from tests.pull.faults import LONG, Harness
from tests.pull.server import serving


def main(arguments: list[str]) -> int:
    """Run the faults in an order that the seed decides."""
    seed = int(arguments[0]) if arguments else 1
    started = time.perf_counter()
    with serving() as site, tempfile.TemporaryDirectory() as folder:
        harness = Harness(site, Path(folder) / "show", seed)
        kinds = list(LONG)
        harness.random.shuffle(kinds)
        report = harness.run(kinds)
    told = ", ".join(f"{count} {kind}" for kind, count in report.kinds.most_common())
    print(f"{report.faults} faults ({told}), seed {seed}")
    print(
        f"{report.whole} of {report.recordings} recordings whole, "
        f"{report.twice} twice, {len(report.left_over)} left over, "
        f"{report.half_seen} seen half; {time.perf_counter() - started:.0f} s"
    )
    for path in report.left_over:
        print(f"left over: {path}")
    return 0 if report.good else 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
