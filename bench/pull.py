"""Print every figure of pulling and making enclosures, and write them down.

    python bench/pull.py AUDIO [--json PATH]

Runs bench/pull_channel.py, pull_move.py, pull_faults.py and enclosure.py one after the
other; AUDIO is a folder of recordings to make enclosures of.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import enclosure
import pull_channel
import pull_faults
import pull_move


def main(arguments: list[str]) -> int:
    """Run everything."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("audio", type=Path)
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    figures, missed = {}, []
    print("A channel of 500 known episodes and 3 new ones")
    figures["channel"] = pull_channel.bench()
    missed += pull_channel.problems(figures["channel"])
    print("\nA show of 300 episodes that moves here")
    figures["move"] = pull_move.bench()
    print(figures["move"])
    missed += pull_move.problems(figures["move"])
    print("\nFaults of network, disk and process")
    figures["faults"] = pull_faults.bench()
    missed += pull_faults.problems(figures["faults"])
    print("\nEnclosures")
    figures["enclosures"] = enclosure.bench([str(asked.audio)])
    missed += enclosure.problems(figures["enclosures"])
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    for line in missed:
        print(f"missed: {line}")
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
