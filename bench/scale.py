"""Measure many machines: two workers against one, kills, and where the time goes.

    python bench/scale.py [--minutes 60] [--kills 20] [--seed 1] [--short]

Workers are real processes with one core each. Recordings are made by joining those of
../shared/audio, or the sample's where there are none. Writes bench/results/scale.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from bench.cluster_running import (
    ROOT,
    SETTINGS,
    Process,
    end,
    job_of,
    scheduler,
    start_client,
    start_scheduler,
    start_worker,
    wait_for,
    words_of,
    write_wav,
)
from bench.desk_running import free_port, processor_seconds
from pullquote.media.sound import decode_mono
from pullquote.transcribe.cluster.client import Standing, transcribe_on
from pullquote.transcribe.stage import Job

RESULTS = ROOT / "bench/results/scale.json"
AUDIO = ROOT.parent / "shared/audio"
SAMPLE = ROOT / "episodes/2026-03-11-back-pain-basics/recording.opus"
ARCHIVE_OF = 4
"""Recordings, each an eighth as long as the long one."""
KILLED = ("worker", "scheduler", "client")


def main() -> int:
    """Run what was asked for; return 1 where something came out otherwise."""
    options = _options()
    found: dict[str, Any] = {"cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if options.minutes:
            found["speed"] = speed(root, options.minutes)
        if options.kills:
            found["kills"] = {who: kills(root, who, options) for who in options.who}
    print(json.dumps(found, indent=1))
    if not options.short:
        keep(found)
    return 0 if all(map(_is_good, found.get("kills", {}).values())) else 1


def keep(found: dict[str, Any]) -> None:
    """Put figures into the file of results, beside those that are there."""
    before = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    if "kills" in found:
        found["kills"] = {**before.get("kills", {}), **found["kills"]}
    RESULTS.write_text(json.dumps({**before, **found}, indent=1) + "\n")


def _is_good(kill: dict[str, Any]) -> bool:
    return bool(kill["same_bytes"] == kill["runs"] and kill["most_redone"] <= 1)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--who", nargs="*", choices=KILLED, default=KILLED)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if options.short:
        options.minutes, options.kills = 2, 1
    return options


def recording(root: Path, minutes: float, first: int = 0) -> Job:
    """Return a recording of so many minutes, joined from real and synthetic speech.

    It begins with another of the sources for each ``first``.
    """
    sources = sorted((AUDIO / "panels").glob("*.opus")) if AUDIO.is_dir() else []
    sources += sorted((AUDIO / "webinars").glob("*.opus")) if AUDIO.is_dir() else []
    parts, length = [], 0
    wanted = int(minutes * 60 * 16_000)
    pause = np.zeros(16_000, np.float32)
    sources = (sources or [SAMPLE]) * 100
    for path in sources[first:]:
        if length >= wanted:
            break
        sound = decode_mono(path)
        parts += [sound, pause]
        length += len(sound) + len(pause)
    whole = np.concatenate(parts)[:wanted]
    path = root / f"joined-{minutes:g}-{first}.wav"
    write_wav(path, whole)
    return job_of(path)


def most_memory(process: Process) -> int:
    """Return the most memory that a process has held, in MB."""
    rows = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    (row,) = (row for row in rows if row.startswith("VmHWM"))
    return int(row.split()[1]) // 1024


def speed(root: Path, minutes: float) -> dict[str, Any]:
    """Transcribe one long recording, and an archive, with one worker and with two."""
    long = [recording(root, minutes)]
    archive = [recording(root, minutes / 8, first) for first in range(ARCHIVE_OF)]
    return {"one_recording": _both(root, long), "archive": _both(root, archive)}


def _both(root: Path, jobs: list[Job]) -> dict[str, Any]:
    (one, words_1), (two, words_2) = (timed(root, jobs, count) for count in (1, 2))
    return {
        "recordings": len(jobs),
        "minutes": round(sum(map(_minutes, jobs)), 1),
        "load": round(os.getloadavg()[1], 1),
        "workers_1": one,
        "workers_2": two,
        "ratio": round(one["seconds"] / two["seconds"], 3),
        "first_share": round(two["first_result"] / two["seconds"], 4),
        "same_bytes": words_1 == words_2,
    }


def _minutes(job: Job) -> float:
    return job.recording.stat().st_size / 2 / 16_000 / 60


def timed(root: Path, jobs: list[Job], count: int) -> tuple[dict[str, Any], list[str]]:
    """Transcribe with so many workers, each on a core; return figures and words."""
    storage = root / f"storage-{count}"
    log = root / f"workers-{count}.log"
    with scheduler() as (process, address):
        workers = [start_worker(address, log, core) for core in range(count)]
        wait_for(log, "is ready", count)  # models are loaded before the clock starts
        standing = Standing(scheduler="", dashboard="")

        def see(now: Standing) -> None:
            nonlocal standing
            standing = replace(now)

        began = [processor_seconds(one.pid) for one in (process, *workers)]
        started, here = time.perf_counter(), time.process_time()
        run = transcribe_on(address, str(storage), jobs, SETTINGS, watch=see)
        results = {job.recording: result for job, result in run}
        seconds, client = time.perf_counter() - started, time.process_time() - here
        most = max(most_memory(one) for one in workers)
        used = [
            processor_seconds(one.pid) - before
            for one, before in zip((process, *workers), began, strict=True)
        ]
        end(workers)
    shutil.rmtree(storage)
    around = client + used[0]
    figures = {
        "seconds": round(seconds, 1),
        "first_result": round(standing.first or 0, 1),
        "busy": round(standing.busy, 1),
        "idle_share": round(1 - standing.busy / (seconds * count), 4),
        "core_seconds": round(sum(used[1:]), 1),
        "around_core_seconds": round(around, 1),
        "coordination": round(around / (around + sum(used[1:])), 4),
        "worker_mb": most,
        "chunks": standing.chunks,
    }
    return figures, words_of(jobs, results)


# ---- Kills ----

CLIPS = 4
"""Recordings in a run: each is one chunk, and two are heard at a time."""


def kills(root: Path, who: str, options: argparse.Namespace) -> dict[str, Any]:
    """Kill a part at random moments; the words must be the same in the end."""
    chance = random.Random(f"{options.seed} {who}")
    folder = root / who
    folder.mkdir()
    found = {"runs": options.kills, "same_bytes": 0, "redone": 0, "most_redone": 0}
    with Cluster(folder) as cluster:
        clips = [clip(folder, number) for number in range(CLIPS)]
        wanted, length, _ = cluster.run(clips, "")
        for number in range(options.kills):
            words, _, redone = cluster.run(clips, who, chance, length)
            found["same_bytes"] += words == wanted
            found["redone"] += redone
            found["most_redone"] = max(found["most_redone"], redone)
            told = "same" if words == wanted else "OTHER"
            print(f"{who} killed, {number + 1}: {told}, {redone} redone", flush=True)
    return found


def clip(folder: Path, number: int) -> Path:
    """Write some seconds of speech."""
    sound = decode_mono(SAMPLE)[number * 240_000 :][: 8 * 16_000]
    path = folder / f"clip-{number}.wav"
    write_wav(path, sound)
    return path


class Cluster:
    """A scheduler and two workers, each started again where it was killed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log = folder / "workers.log"
        self._port = free_port()
        self._runs = 0

    def __enter__(self) -> Cluster:
        self._log.touch()
        self._scheduler = start_scheduler(self._port)
        self._workers = [start_worker(self._address, self._log) for _ in range(2)]
        wait_for(self._log, "is ready", 2)
        return self

    def __exit__(self, *_: object) -> None:
        end([*self._workers, self._scheduler])

    @property
    def _address(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    def run(
        self,
        clips: list[Path],
        who: str,
        chance: random.Random | None = None,
        length: float = 0,
    ) -> tuple[str, float, int]:
        """Transcribe; return the words, the seconds, and how many chunks were redone.

        Whoever is named is killed at a random moment of ``length`` seconds of work;
        a moment that comes after the end is drawn again, from a shorter time.
        """
        self._runs += 1
        storage = self._folder / f"storage-{self._runs}"
        out = self._folder / f"words-{self._runs}"
        before = self._log.read_text()
        client = start_client(self._address, storage, clips, out)
        begun = before.count("looking for speech") + 1
        wait_for(self._log, "looking for speech", begun)
        started = time.monotonic()
        if chance is not None:
            time.sleep(chance.uniform(0, length))
            if client.poll() is not None:
                return self.run(clips, who, chance, length * 0.8)
            client = self._kill(who, chance, client, storage, clips, out)
        client.wait(600)
        seconds = time.monotonic() - started
        told = self._log.read_text().removeprefix(before)
        redone = told.count(": hearing ") - len(clips)
        shutil.rmtree(storage)
        return out.read_text() if out.is_file() else "", seconds, redone

    def _kill(
        self,
        who: str,
        chance: random.Random,
        client: Process,
        storage: Path,
        clips: list[Path],
        out: Path,
    ) -> Process:
        """Kill somebody, start another in its place, and return the client."""
        if who == "worker":
            end([self._workers.pop(chance.randrange(2))])
            self._workers.append(start_worker(self._address, self._log))
        elif who == "scheduler":
            end([self._scheduler])
            self._scheduler = start_scheduler(self._port)
        else:
            end([client])
            client = start_client(self._address, storage, clips, out)
        return client


if __name__ == "__main__":
    raise SystemExit(main())
