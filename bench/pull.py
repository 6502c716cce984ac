"""Print every figure of pulling and making enclosures, and write them down.

    python bench/pull.py AUDIO [--only channel move faults enclosures] [--json PATH]

Runs bench/pull_channel.py, pull_move.py, pull_faults.py and enclosure.py one after the
other; AUDIO is a folder of recordings to make enclosures of.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import enclosure, pull_channel, pull_faults, pull_move

PARTS: dict[str, tuple[str, ModuleType]] = {
    "channel": ("A channel of 500 known episodes and 3 new ones", pull_channel),
    "move": ("A show of 300 episodes that moves here", pull_move),
    "faults": ("Faults of network, disk and process", pull_faults),
    "enclosures": ("Enclosures", enclosure),
}


def main(arguments: list[str]) -> int:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("audio", type=Path)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=[*PARTS])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    figures: dict[str, Any] = {}
    missed = []
    for name in asked.only:
        what, part = PARTS[name]
        print(f"\n{what}", flush=True)
        started = time.perf_counter()
        given = [[str(asked.audio)]] if part is enclosure else []
        figures[name] = part.bench(*given)
        missed += [f"{name}: {line}" for line in part.problems(figures[name])]
        figures.setdefault("seconds", {})[name] = round(time.perf_counter() - started)
        if asked.json:
            asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    print(f"\nseconds: {figures['seconds']}")
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
