"""Measure enclosures: loudness, true peak and time against the bare encoder.

    python bench/enclosure.py FILE|FOLDER...

Prints a line a file and fails if one is off -16 LUFS by more than 0.5, or passes
-1 dBTP. The bare encoder is run before and after each enclosure and the smaller
times count, so that a machine that has other work does not decide. Files under
3 s have too few measuring blocks to be judged by.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from pullquote.media.enclosure import PEAK, RATE, TARGET, make_enclosure, write_mp3
from pullquote.media.loudness import measure
from pullquote.media.probe import probe
from pullquote.media.sound import Sound
from pullquote.media.tags import Tags

ROUNDS = 2
MEDIA = {".opus", ".wav", ".flac", ".mp3", ".mp4", ".webm", ".m4a"}


def bare(path: Path, target: Path, layout: str) -> float:
    """Return the seconds that decoding and encoding alone take."""
    start = time.perf_counter()
    bit_rate = 64_000 if layout == "mono" else 128_000
    write_mp3(target, Sound(path, rate=RATE, layout=layout), layout, bit_rate)
    return time.perf_counter() - start


def main(arguments: list[str]) -> int:
    """Measure every file named."""
    found = [
        path
        for name in arguments
        for path in ([Path(name)] if Path(name).is_file() else Path(name).rglob("*"))
        if path.suffix in MEDIA
    ]
    tags = Tags(title="Bench", show="Bench", held=date(2026, 1, 1))
    bad, total, total_bare = 0, 0.0, 0.0
    print(
        f"{'file':28} {'s':>6} {'ch':>2} {'in':>6} {'LUFS':>6} {'dBTP':>6} {'made':>6} {'bare':>6} ratio"
    )
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(found):
            target = Path(folder) / "enclosure.mp3"
            facts = probe(path)
            layout = "mono" if facts.channels == 1 else "stereo"
            made = encoded = math.inf
            for _ in range(ROUNDS):
                encoded = min(encoded, bare(path, target, layout))
                start = time.perf_counter()
                make_enclosure(path, target, tags)
                made = min(made, time.perf_counter() - start)
            before = measure(path, layout=layout)
            after = measure(target, layout=layout)
            off = abs(after.integrated - TARGET) > 0.5 or after.true_peak > PEAK
            bad += off
            total, total_bare = total + made, total_bare + encoded
            print(
                f"{path.name:28} {facts.duration / 1000:6.1f} {facts.channels:2}"
                f" {before.integrated:6.1f} {after.integrated:6.1f} {after.true_peak:6.2f}"
                f" {made:6.2f} {encoded:6.2f} {made / encoded:5.2f}{' OFF' if off else ''}",
                flush=True,
            )
    print(
        f"{len(found)} files, {bad} off; {total:.1f} s against {total_bare:.1f} s bare: "
        f"{total / max(total_bare, 0.001):.2f}"
    )
    return 1 if bad else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
