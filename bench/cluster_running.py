"""A cluster of real processes for benches and tests: scheduler, workers, clients."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from bench.desk_running import free_port
from pullquote.formats.disk import file_sha256
from pullquote.formats.words_json import format_words
from pullquote.model.show import TranscribeSettings
from pullquote.transcribe.cluster.client import Result, transcribe_on
from pullquote.transcribe.stage import Asked, Job, Transcribed

ROOT = Path(__file__).parents[1]
SETTINGS = TranscribeSettings(language="en")
Process = subprocess.Popen[bytes]


def job_of(path: Path) -> Job:
    """Return the job of transcribing a file."""
    asked = Asked(
        episode="joined", recording_sha256=file_sha256(path), settings=SETTINGS
    )
    milliseconds = (path.stat().st_size - 44) // 32
    return Job(recording=path, asked=asked, duration=milliseconds)


def write_wav(path: Path, sound: np.ndarray) -> None:
    """Write mono sound of 16 kHz."""
    import wave

    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        out.writeframes((sound * 32_767).astype("<i2").tobytes())


@contextmanager
def scheduler(port: int = 0) -> Iterator[tuple[Process, str]]:
    """Run a scheduler in a process of its own, as ``dask scheduler`` does."""
    port = port or free_port()
    process = start_scheduler(port)
    try:
        yield process, f"tcp://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def start_scheduler(port: int, clock: Path | None = None) -> Process:
    """Start a scheduler on a port and return its process (``clock``: see ``shifted``)."""
    command = [sys.executable, "-m", "distributed.cli.dask_scheduler"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]
    return subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(clock),
    )


def shifted(folder: Path, hours: float) -> Path:
    """Return a folder for ``clock``: it puts a Python's clock forward by so many hours."""
    path = folder / f"clock{hours:+g}/sitecustomize.py"
    path.parent.mkdir()
    path.write_text(
        "import time\n"
        "seconds, nanoseconds = time.time, time.time_ns\n"
        f"time.time = lambda: seconds() + {hours * 3600}\n"
        f"time.time_ns = lambda: nanoseconds() + {round(hours * 3600) * 10**9}\n"
    )
    return path.parent


def _environment(clock: Path | None) -> dict[str, str]:
    first = {"PYTHONPATH": str(clock)} if clock else {}
    return {**os.environ, "PYTHONUNBUFFERED": "1", **first}


def start_worker(
    address: str, log: Path, core: int | None = None, clock: Path | None = None
) -> Process:
    """Start ``publish.py worker``, on one core where that is said."""
    command = [sys.executable, str(ROOT / "publish.py"), "worker"]
    command += ["--scheduler", address]
    pin = None if core is None else (lambda: os.sched_setaffinity(0, {core}))
    with log.open("ab") as told:
        return subprocess.Popen(
            command,
            stdout=told,
            stderr=subprocess.STDOUT,
            preexec_fn=pin,
            env=_environment(clock),
        )


def wait_for(log: Path, text: str, times: int = 1, seconds: float = 180) -> None:
    """Wait until something stands in a log so many times."""
    until = time.monotonic() + seconds
    while log.read_text().count(text) < times:
        if time.monotonic() > until:
            raise TimeoutError(f"{text!r} never came: {log.read_text()[-500:]}")
        time.sleep(0.02)


def end(processes: list[Process]) -> None:
    """Kill processes with SIGKILL and wait until they are gone."""
    for process in processes:
        process.kill()
        process.wait()


def start_client(address: str, storage: Path, clips: list[Path], out: Path) -> Process:
    """Start a client in a process of its own; it writes the words to ``out``."""
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from bench.cluster_running import write_words\n"
        "write_words(*sys.argv[2:])\n"
    )
    command = [sys.executable, "-c", code, str(ROOT), address, str(storage), str(out)]
    return subprocess.Popen([*command, *map(str, clips)])


def write_words(address: str, storage: str, out: str, *clips: str) -> None:
    """Transcribe on a cluster and write all words into one file."""
    jobs = [job_of(Path(path)) for path in clips]
    results = {
        job.recording: result
        for job, result in transcribe_on(address, storage, jobs, SETTINGS)
    }
    Path(out).write_text("".join(words_of(jobs, results)))


def words_of(jobs: list[Job], results: dict[Path, Result]) -> list[str]:
    """Return what came of each job, as ``words.json`` holds it."""
    found = [results[job.recording] for job in jobs]
    return [format_words(one.machine) for one in found if isinstance(one, Transcribed)]
