"""Pull a recording of ten hours and make its enclosure; watch the memory.

    python bench/pull_long.py FILE.opus [--hours 1 10] [--json PATH]

FILE's packets are repeated until the length is reached. `publish.py pull` runs in a
process of its own against a server on this machine. Fails where the enclosure is not
whole, or memory grows by more than 40 MB an hour (it was 600 once).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import av

from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from tests.pull.faults import SHOW
from tests.pull.server import serving

SCRIPT = Path(__file__).parents[1] / "publish.py"
MOST_GROWTH = 40.0
"""Megabytes an hour: peak and energy of each 3 ms are kept, and gone over."""


def lengthened(source: Path, target: Path, hours: float) -> Path:
    """Write ``source`` again and again into one file of so many hours."""
    with av.open(str(source)) as found:  # Opus counts in samples of 48 kHz
        packets = [bytes(p) for p in found.demux(audio=0) if p.size]
        stream = found.streams.audio[0]
        options = {"page_duration": "1000000"}
        with av.open(str(target), "w", format="ogg", options=options) as output:
            added = output.add_stream_from_template(stream)
            for number in range(round(hours * 3600 * 50)):  # of 20 ms each
                packet = av.Packet(packets[number % len(packets)])
                packet.pts = packet.dts = number * 960
                packet.duration = 960
                packet.time_base = Fraction(1, 48_000)
                packet.stream = added
                output.mux_one(packet)
    return target


def pulled(source: Path, hours: float) -> dict[str, Any]:
    """Pull so many hours; return what it took."""
    with serving() as site, tempfile.TemporaryDirectory(dir="/var/tmp") as place:
        body = lengthened(source, Path(place) / "long.opus", hours)
        url = site.media("/long.opus", body.read_bytes())
        body.unlink()
        folder = ShowFolder(Path(place) / "show")
        folder.root.mkdir()
        folder.show.write_text(SHOW.format(url=url))
        command = [sys.executable, str(SCRIPT), "pull", "--show", str(folder.root)]
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.perf_counter() - start
        (slug,) = folder.slugs()
        recording = load_episode(folder.episode(slug).facts).recording
        assert recording is not None
        made = json.loads(folder.episode(slug).enclosure_facts.read_text())
        left = sorted(path.name for path in folder.root.rglob("*.part"))
    return {
        "hours": hours,
        "exit_code": process.returncode,
        "hours_pulled": round(recording.duration / 3_600_000, 3),
        "hours_of_enclosure": round(made["duration"] / 3_600_000, 3),
        "loudness": made["loudness"],
        "processor_seconds": round(used.ru_utime + used.ru_stime),
        "seconds": round(seconds),
        "memory_mb": round(used.ru_maxrss / 1024),
        "left_over": left,
    }


def bench(source: Path, hours: list[float]) -> list[dict[str, Any]]:
    """Pull each length, print and return the figures."""
    figures = []
    for length in hours:
        figures.append(pulled(source, length))
        print(figures[-1], flush=True)
    return figures


def problems(figures: list[dict[str, Any]]) -> list[str]:
    """Return what misses its figure."""
    found = [
        f"{one['hours']} h: {one}"
        for one in figures
        if one["exit_code"] or abs(one["hours_of_enclosure"] - one["hours"]) > 0.001
    ]
    memory = [one["memory_mb"] for one in figures]
    more_hours = figures[-1]["hours"] - figures[0]["hours"]
    grows = memory[-1] - memory[0] > MOST_GROWTH * more_hours
    return [*found, f"memory grows: {memory} MB"] if grows else found


def main(arguments: list[str]) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--hours", nargs="+", type=float, default=[1, 10])
    parser.add_argument("--json", type=Path)
    asked = parser.parse_args(arguments)
    figures = bench(asked.file, asked.hours)
    if asked.json:
        asked.json.write_text(json.dumps(figures, indent=1) + "\n")
    return 1 if problems(figures) else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
