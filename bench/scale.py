"""Measure many machines: two workers against one, kills, and where the time goes.

    python bench/scale.py [--minutes 20] [--kills 20] [--archive 2000] [--short]

Workers are real processes with one core each. Recordings are made by joining those of
../shared/audio, or the sample's where there are none. Writes bench/results/scale.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import numpy as np

from pullquote.formats.disk import file_sha256
from pullquote.formats.words_json import format_words
from pullquote.media.sound import decode_mono
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.stage import Asked, Transcribed
from pullquote.transcribe.workers import Job, Standing, transcribe_on

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results/scale.json"
AUDIO = ROOT.parent / "shared/audio"
SAMPLE = ROOT / "episodes/2026-03-11-back-pain-basics/recording.opus"
SETTINGS = TranscribeSettings(language="en")


def main() -> int:
    """Run what was asked for; return 1 where something came out otherwise."""
    options = _options()
    found: dict[str, Any] = {"cores": os.cpu_count()}
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        if options.minutes:
            found["speed"] = speed(root, options.minutes)
        if options.kills:
            found["kills"] = [kills(root, who, options) for who in KILLED]
    print(json.dumps(found, indent=1))
    if not options.short:
        before = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
        RESULTS.write_text(json.dumps({**before, **found}, indent=1) + "\n")
    lost = [k for k in found.get("kills", []) if k["same_bytes"] != k["runs"]]
    return 1 if lost else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--short", action="store_true")
    options = parser.parse_args()
    if options.short:
        options.minutes, options.kills = 0, 1
    return options


def recording(root: Path, minutes: float) -> Job:
    """Return a recording of so many minutes, joined from real and synthetic speech."""
    sources = sorted((AUDIO / "panels").glob("*.opus")) if AUDIO.is_dir() else []
    sources += sorted((AUDIO / "webinars").glob("*.opus")) if AUDIO.is_dir() else []
    parts, length = [], 0
    wanted = int(minutes * 60 * 16_000)
    pause = np.zeros(16_000, np.float32)
    for path in (sources or [SAMPLE]) * 100:
        if length >= wanted:
            break
        sound = decode_mono(path)
        parts += [sound, pause]
        length += len(sound) + len(pause)
    whole = np.concatenate(parts)[:wanted]
    path = root / f"joined-{minutes:g}.wav"
    write_wav(path, whole)
    return job_of(path)


def job_of(path: Path) -> Job:
    """Return the job of transcribing a file."""
    asked = Asked(
        episode="joined", recording_sha256=file_sha256(path), settings=SETTINGS
    )
    return Job(recording=path, asked=asked)


def write_wav(path: Path, sound: np.ndarray) -> None:
    """Write mono sound of 16 kHz."""
    import wave

    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((sound * 32_767).astype("<i2").tobytes())


@contextmanager
def scheduler(port: int = 0) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """Run a scheduler in a process of its own, as ``dask scheduler`` does."""
    port = port or random.randint(20_000, 40_000)
    process = start_scheduler(port)
    try:
        yield process, f"tcp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def start_scheduler(port: int) -> subprocess.Popen[bytes]:
    """Start a scheduler on a port and return its process."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def start_worker(address: str, core: int | None = None) -> subprocess.Popen[bytes]:
    """Start ``publish.py worker``, on one core where that is said."""
    command = [
        sys.executable,
        str(ROOT / "publish.py"),
        "worker",
        "--scheduler",
        address,
    ]
    pin = None if core is None else (lambda: os.sched_setaffinity(0, {core}))
    return subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, preexec_fn=pin
    )


def speed(root: Path, minutes: float) -> dict[str, Any]:
    """Transcribe one recording with one worker and with two."""
    job = recording(root, minutes)
    found: dict[str, Any] = {"minutes": minutes}
    words = {}
    for count in (1, 2):
        storage = root / f"storage-{count}"
        with scheduler() as (_, address):
            workers = [start_worker(address, core) for core in range(count)]
            time.sleep(8)  # models are loaded before the clock starts
            standing = Standing(scheduler="", dashboard="")

            def see(now: Standing) -> None:
                nonlocal standing
                standing = replace(now)

            started = time.perf_counter()
            run = transcribe_on(address, str(storage), [job], SETTINGS, watch=see)
            ((_, result),) = list(run)
            seconds = time.perf_counter() - started
            for worker in workers:
                worker.kill()
                worker.wait()
        words[count] = format_words(result)  # type: ignore[arg-type]
        found[f"workers_{count}"] = {
            "seconds": round(seconds, 1),
            "first_result": round(standing.first or 0, 1),
            "busy": round(standing.busy, 1),
            "coordination": round(1 - standing.busy / (seconds * count), 4),
            "chunks": standing.chunks,
        }
        shutil.rmtree(storage)
    one, two = found["workers_1"], found["workers_2"]
    found["ratio"] = round(one["seconds"] / two["seconds"], 3)
    found["first_share"] = round(two["first_result"] / two["seconds"], 4)
    found["same_bytes"] = words[1] == words[2]
    return found


KILLED = ("worker", "scheduler", "client")


def kills(root: Path, who: str, options: argparse.Namespace) -> dict[str, Any]:
    """Kill a part at random moments; the words must be the same in the end."""
    chance = random.Random(f"{options.seed} {who}")
    job = recording(root, 0.5)
    pieces = 3
    same = redone = 0
    wanted = _undisturbed(root, job)
    for number in range(options.kills):
        storage = root / f"{who}-{number}"
        words = _KILLS[who](root, storage, job, chance)
        same += words == wanted
        results = [*storage.glob("results/*/*")]
        redone += max(0, len(results) - pieces)
        shutil.rmtree(storage)
        print(
            f"{who} killed, {number + 1}: {'same' if words == wanted else 'OTHER'}",
            flush=True,
        )
    return {"who": who, "runs": options.kills, "same_bytes": same}


def _undisturbed(root: Path, job: Job) -> str:
    ((_, result),) = list(
        transcribe_on(None, str(root / "undisturbed"), [job], SETTINGS, processes=1)
    )
    assert isinstance(result, Transcribed)
    return format_words(result.machine)


def _client(
    address: str, storage: Path, job: Job, out: Path
) -> subprocess.Popen[bytes]:
    """Start a client in a process of its own; it writes the words to ``out``."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[5])\n"
        "from pathlib import Path\n"
        "from bench.scale import SETTINGS, format_words, transcribe_on, job_of\n"
        "a, s, r, o, _ = sys.argv[1:]\n"
        "((_, found),) = list(transcribe_on(a, s, [job_of(Path(r))], SETTINGS))\n"
        "Path(o).write_text(format_words(found.machine))\n"
    )
    command = [sys.executable, "-c", code, address, str(storage), str(job.recording)]
    return subprocess.Popen([*command, str(out), str(ROOT)])


def _with_killed(
    root: Path, storage: Path, job: Job, chance: random.Random, who: str
) -> str:
    out = root / "words"
    out.unlink(missing_ok=True)
    port = chance.randint(20_000, 40_000)
    with scheduler(port) as (process, address):
        workers = [start_worker(address), start_worker(address)]
        client = _client(address, storage, job, out)
        _wait_for(storage)
        time.sleep(chance.uniform(0, 4))
        if who == "worker":
            workers[chance.randrange(2)].send_signal(signal.SIGKILL)
        elif who == "scheduler":
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = start_scheduler(port)
            for worker in workers:  # they end with their scheduler
                worker.kill()
                worker.wait()
            workers = [start_worker(address), start_worker(address)]
        else:
            client.send_signal(signal.SIGKILL)
            client.wait()
            client = _client(address, storage, job, out)
        client.wait(600)
        for one in [*workers, process]:
            one.kill()
            one.wait()
    return out.read_text() if out.is_file() else ""


def _wait_for(storage: Path) -> None:
    """Wait until the recording has been brought: from then on there is work."""
    end = time.monotonic() + 120
    while not [*storage.glob("recordings/*.wav")] and time.monotonic() < end:
        time.sleep(0.05)


_KILLS = {
    who: (
        lambda root, storage, job, chance, who=who: _with_killed(
            root, storage, job, chance, who
        )
    )
    for who in KILLED
}


def peak_memory() -> int:
    """Return the most memory this process has used, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    raise SystemExit(main())
