"""Run a whole archive unattended, with faults seeded in three recordings of a hundred.

    python bench/archive.py [--episodes 2000] [--processes 2] [--seconds 4 12]

Recordings are joined from ../shared/audio (or the sample) and silence, short ones so
that two thousand of them fit into an hour or two of a small machine. Every seeded fault
must be named in the report and nothing else; once they are mended, ``run --failed`` must
finish what is left. Writes the figures into bench/results/scale.json.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.scale import AUDIO, RESULTS, ROOT, SAMPLE
from pullquote.media.sound import decode_mono

FAULTS = ("cut off", "a text", "empty", "not sound")
SHARE = 0.03
_SHOW = """\
title = "Archive"
description = "An archive."
site = "https://archive.example/"
language = "en"
share_pictures = false
[[sources]]
url = "recordings"
[transcribe]
language = "en"
speakers = {speakers}
[cluster]
processes = {processes}
"""


def main() -> int:
    """Run the archive; return 1 where the report or the end is not what it must be."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        show = Path(folder) / "show"
        broken = make_archive(show, options)
        first = run(show, "run", "--all")
        named = json.loads((show / ".pullquote/failed.json").read_text())
        told = {name for name in broken if any(name in row["why"] for row in named)}
        others = [
            row for row in named if not any(name in row["why"] for name in broken)
        ]
        for name, whole in broken.items():
            (show / "recordings" / name).write_bytes(whole)
        second = run(show, "run", "--failed")
        left = json.loads((show / ".pullquote/failed.json").read_text())
        words = len([*show.glob("transcripts/*/words.json")])
    found = {
        "episodes": options.episodes,
        "seconds_each": options.seconds,
        "processes": options.processes,
        "faults_seeded": len(broken),
        "faults_named": len(told),
        "others_named": len(others),
        "seconds": first["seconds"],
        "client_mb": max(first["mb"], second["mb"]),
        "retry_seconds": second["seconds"],
        "left_after_retry": len(left),
        "transcribed": words,
    }
    print(json.dumps(found, indent=1))
    for row in others[:5]:
        print("not seeded:", row)
    if not options.short:
        before = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
        RESULTS.write_text(json.dumps({**before, "archive": found}, indent=1) + "\n")
    good = len(told) == len(broken) and not others and not left
    return 0 if good and words == options.episodes and found["client_mb"] < 1000 else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=2000)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--seconds", type=int, nargs=2, default=[3, 9])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speakers", action="store_true", help="tell voices apart")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if options.short:
        options.episodes = 40
    return options


def make_archive(show: Path, options: argparse.Namespace) -> dict[str, bytes]:
    """Write the show and its recordings; return the broken ones as they should be."""
    chance = random.Random(options.seed)
    folder = show / "recordings"
    folder.mkdir(parents=True)
    speakers = "true" if options.speakers else "false"
    text = _SHOW.format(processes=options.processes, speakers=speakers)
    (show / "show.toml").write_text(text)
    # clips of speech and nothing else: where nobody speaks, that is told too
    kinds = (".wav", ".flac", ".mp3")
    clips = sorted(AUDIO.glob("text/*")) if AUDIO.is_dir() else []
    sources = [path for path in clips if path.suffix in kinds]
    sounds = [decode_mono(path) for path in sources or [SAMPLE]]
    names = []
    for number in range(options.episodes):
        name = f"2020-01-{number % 28 + 1:02} talk {number:05}.wav"
        _write(folder / name, _joined(chance, sounds, options.seconds))
        names.append(name)
    chosen = chance.sample(names, max(1, round(options.episodes * SHARE)))
    return {name: _break(folder / name, n) for n, name in enumerate(chosen)}


def _joined(chance: random.Random, sounds: list[Any], seconds: list[int]) -> np.ndarray:
    """Return some speech, some silence, and some other speech."""
    parts = []
    for length in (chance.uniform(*seconds), 0.5, chance.uniform(1, 3)):
        sound = chance.choice(sounds)
        parts.append(sound[: int(length * 16_000)])
        parts.append(np.zeros(chance.randrange(16_000), np.float32))
    return np.concatenate(parts)


def _write(path: Path, sound: np.ndarray) -> None:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((sound * 32_767).astype("<i2").tobytes())


def _break(path: Path, number: int) -> bytes:
    """Break a recording and return it as it was."""
    whole = path.read_bytes()
    match FAULTS[number % len(FAULTS)]:
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "a text":
            path.write_text("<!doctype html><html>Sign in.</html>")
        case "empty":
            path.write_bytes(b"")
        case _:
            path.write_bytes(b"\x00\x01" + whole[44:])
    return whole


def run(show: Path, *arguments: str) -> dict[str, Any]:
    """Run a command and return its seconds and the most memory of the client, in MB."""
    command = [
        sys.executable,
        str(ROOT / "publish.py"),
        *arguments,
        "--show",
        str(show),
    ]
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    most = 0
    while process.poll() is None:
        most = max(most, _memory(process.pid))
        time.sleep(0.2)
    return {"seconds": round(time.perf_counter() - started), "mb": most // 1024}


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    row = next((r for r in text.splitlines() if r.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(row.split()[1])


if __name__ == "__main__":
    raise SystemExit(main())
