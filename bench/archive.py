"""Run a whole archive unattended, with faults seeded in three recordings of a hundred.

    python bench/archive.py [--episodes 2000] [--long 4] [--processes 2] [--folder DIR]

Recordings are joined from ../shared/audio (or the sample) and silence, short ones and a
few of eleven minutes, so that two thousand of them fit into an hour or two of a small
machine. Every seeded fault must be named in the report and nothing else; once they are
mended, ``run --failed`` must finish what is left. With ``--folder`` an archive that was
stopped is gone on with. Writes the figures into bench/results/scale.json.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.cluster_running import ROOT, write_wav
from bench.scale import AUDIO, SAMPLE, keep
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_json import load_words
from pullquote.media.sound import decode_mono

FAULTS = ("cut off", "a text", "empty", "not sound", "a slip in its facts")
SHARE = 0.03
_LEAST = 3000
"""Milliseconds of a clip of the sample."""
LONG = 660
"""Seconds: more than one chunk."""
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


def main(arguments: list[str] | None = None) -> int:
    """Run the archive; return 1 where the report or the end is not what it must be."""
    options = _options(arguments)
    with tempfile.TemporaryDirectory() as temporary:
        show = Path(options.folder or temporary) / "show"
        broken = make_archive(show, options)
        begun = _heard(show)
        first = run(show, "run", "--all")
        named = _failures(show)
        stems = [Path(name).stem for name in broken]  # a slip is in the .toml beside it
        told = {stem for stem in stems if any(stem in why for why in named)}
        others = [why for why in named if not any(stem in why for stem in stems)]
        for name in broken:
            _mend(show / "recordings" / name)
        second = run(show, "run", "--failed")
        left = _failures(show)
        words = _heard(show)
    found = {
        "episodes": options.episodes,
        "long": options.long,
        "seconds_each": options.seconds,
        "processes": options.processes,
        "faults_seeded": len(broken),
        "faults_named": len(told),
        "others_named": len(others),
        "seconds": first["seconds"],
        "core_seconds": first["core_seconds"],
        "client_mb": max(first["mb"], second["mb"]),
        "retry_seconds": second["seconds"],
        "left_after_retry": len(left),
        "transcribed": words,
        "transcribed_before": begun,
    }
    print(json.dumps(found, indent=1))
    print("\n".join(f"not seeded: {why}" for why in others[:5]))
    if not options.short:
        keep({"archive": found})
    good = len(told) == len(broken) and not others and not left
    good = good and words == options.episodes and found["client_mb"] < 1000
    return 0 if good else 1


def _failures(show: Path) -> list[str]:
    path = show / ".pullquote/failed.json"
    return [row["why"] for row in json.loads(path.read_text())]


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=2000)
    parser.add_argument("--long", type=int, default=4, help="of eleven minutes")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path, help="where the archive stays")
    parser.add_argument("--seconds", type=int, nargs=2, default=[3, 9])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--speakers", action="store_true", help="tell voices apart")
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args(arguments)
    if options.short:  # each fault once, and one recording that is whole
        options.episodes, options.long, options.processes = len(FAULTS) + 1, 0, 1
    return options


def make_archive(show: Path, options: argparse.Namespace) -> list[str]:
    """Write the show and its recordings; return the names of the broken ones."""
    chance = random.Random(options.seed)
    folder = show / "recordings"
    names = [
        f"2020-01-{number % 28 + 1:02} talk {number:05}.wav"
        for number in range(options.episodes)
    ]
    count = max(len(FAULTS), round(options.episodes * SHARE))
    chosen = random.Random(options.seed).sample(names, count)
    if folder.is_dir():
        return chosen  # gone on with
    folder.mkdir(parents=True)
    speakers = "true" if options.speakers else "false"
    text = _SHOW.format(processes=options.processes, speakers=speakers)
    (show / "show.toml").write_text(text)
    sounds = _speech()
    whole = [name for name in names if name not in chosen]
    long = set(whole[:: max(1, len(whole) // max(1, options.long))][: options.long])
    for name in names:
        sound = _joined(chance, sounds, options.seconds)
        while name in long and len(sound) < LONG * 16_000:
            sound = np.concatenate([sound, _joined(chance, sounds, options.seconds)])
        write_wav(folder / name, sound)
    for number, name in enumerate(chosen):
        _break(folder / name, FAULTS[number % len(FAULTS)])
    return chosen


def _speech() -> list[Any]:
    """Return clips of speech and nothing else: where nobody speaks, that is told too."""
    kinds = (".wav", ".flac", ".mp3")
    clips = sorted(AUDIO.glob("text/*")) if AUDIO.is_dir() else []
    if sources := [path for path in clips if path.suffix in kinds]:
        return [decode_mono(path) for path in sources]
    sound = decode_mono(SAMPLE)
    turns = load_words(ShowFolder(ROOT).episode(SAMPLE.parent.name).words).segments
    return [
        sound[turn.start * 16 : turn.end * 16]
        for turn in turns
        if turn.end - turn.start >= _LEAST
    ]


def _joined(chance: random.Random, sounds: list[Any], seconds: list[int]) -> np.ndarray:
    """Return some speech, some silence, and some other speech."""
    parts = []
    for length in (chance.uniform(*seconds), 0.5, chance.uniform(1, 3)):
        sound = chance.choice(sounds)
        parts.append(sound[: int(length * 16_000)])
        parts.append(np.zeros(chance.randrange(16_000), np.float32))
    return np.concatenate(parts)


def _break(path: Path, fault: str) -> None:
    """Break a recording; as it was it lies beside the folder."""
    whole = path.read_bytes()
    kept = path.parents[1] / "whole" / path.name
    kept.parent.mkdir(exist_ok=True)
    kept.write_bytes(whole)
    match fault:
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "a text":
            path.write_text("<!doctype html><html>Sign in.</html>")
        case "empty":
            path.write_bytes(b"")
        case "not sound":
            path.write_bytes(b"\x00\x01" + whole[44:])
        case _:
            path.with_suffix(".toml").write_text('title = "A talk\n')


def _mend(path: Path) -> None:
    shutil.copyfile(path.parents[1] / "whole" / path.name, path)
    path.with_suffix(".toml").unlink(missing_ok=True)


def _heard(show: Path) -> int:
    """Return how many episodes have words."""
    return len([*show.glob("transcripts/*/words.json")])


def run(show: Path, *arguments: str) -> dict[str, Any]:
    """Run a command and return its seconds and the most memory of the client, in MB."""
    command = [sys.executable, str(ROOT / "publish.py"), *arguments]
    command += ["--show", str(show)]
    log = show.parent / f"{arguments[-1].strip('-')}.log"
    started, before = time.perf_counter(), _core_seconds()
    with log.open("w") as told:
        process = subprocess.Popen(command, stdout=told)
        most = 0
        while process.poll() is None:
            most = max(most, _memory(process.pid))
            time.sleep(0.2)
    return {
        "seconds": round(time.perf_counter() - started),
        "core_seconds": round(_core_seconds() - before),
        "mb": most // 1024,
    }


def _core_seconds() -> float:
    """Return what ended processes of ours, and theirs, have used."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _memory(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    row = next((r for r in text.splitlines() if r.startswith("VmHWM")), "VmHWM: 0 kB")
    return int(row.split()[1])


if __name__ == "__main__":
    raise SystemExit(main())
