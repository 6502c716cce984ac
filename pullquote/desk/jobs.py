"""Stages that were started from the desk: one at a time, each in its own process.

A stage is the command a producer would type, so it holds the show's lock, goes on
where it stopped, and cannot take the desk down with it. What it prints is kept.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Literal

from pullquote.desk.context import Who
from pullquote.model.progress import BY_LINES

_LINES = 400
_KEPT = 30
_BUILT = re.compile(r"\d+ pages in ")
"""How a build says that it made the site; what it names after that stopped nothing."""
JobState = Literal["waiting", "running", "done", "told", "failed", "stopped"]
"""``told``: it did its work, and named what has to be mended."""


@dataclass(slots=True)
class Job:
    """One run of one stage."""

    id: int
    stage: str
    slugs: tuple[str, ...]
    by: str
    argv: tuple[str, ...]
    state: JobState = "waiting"
    task: str = ""
    """What it is doing, as the command line would say it."""
    share: float | None = None
    """How much of the task is done, 0 to 1; None where nobody knows."""
    note: str = ""
    lines: deque[str] = field(default_factory=lambda: deque(maxlen=_LINES))
    """What it printed."""
    built: bool = False
    """The site was made."""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen."""
        return self.state not in ("waiting", "running")

    def ended(self, code: int) -> JobState:
        """Return what became of it, by the exit code of its process."""
        if code == 0:
            return "done"
        looked = self.built or (self.stage == "check" and code == 1)
        return "told" if looked else "failed"


class Jobs:
    """All jobs of one desk, in the order they were started."""

    def __init__(self, command: Callable[[str, Sequence[str]], Sequence[str]]) -> None:
        self._command = command
        self._lock = threading.RLock()
        self._jobs: dict[int, Job] = {}
        self._numbers = count(1)
        self._worker: threading.Thread | None = None
        self._process: subprocess.Popen[str] | None = None
        self.version = 0
        """Another number after every change of any job."""

    def start(self, stage: str, slugs: Sequence[str], who: Who) -> Job:
        """Queue a stage. Raises UsageError where there is no such stage or episode."""
        argv = tuple(self._command(stage, slugs))
        with self._lock:
            same = (
                job
                for job in self._jobs.values()
                if job.state == "waiting" and job.argv == argv
            )
            if job := next(same, None):
                return job  # clicked twice
            job = Job(next(self._numbers), stage, tuple(slugs), who.name, argv)
            self._jobs[job.id] = job
            self.version += 1
            over = [j.id for j in self._jobs.values() if j.over]
            for old in over[: max(0, len(self._jobs) - _KEPT)]:
                del self._jobs[old]
            if self._worker is None or not self._worker.is_alive():
                self._worker = threading.Thread(target=self._work, daemon=True)
                self._worker.start()
        return job

    def all(self) -> tuple[Job, ...]:
        """Return the jobs that are known, the newest first."""
        with self._lock:
            return tuple(reversed(self._jobs.values()))

    def get(self, number: int) -> Job | None:
        """Return a job, None where it is long gone."""
        return self._jobs.get(number)

    def stop(self, number: int) -> None:
        """End a job; what it finished is kept, as with Ctrl+C."""
        with self._lock:
            job = self._jobs.get(number)
            if job is None or job.over:
                return
            running = job.state == "running"
            job.state = "stopped"
            self._tell()
            if running and self._process is not None:
                self._process.terminate()

    def close(self) -> None:
        """End everything: the desk is being closed."""
        for job in self.all():
            self.stop(job.id)
        if self._worker is not None:
            self._worker.join(timeout=5)

    def _tell(self) -> None:
        with self._lock:
            self.version += 1

    def _work(self) -> None:
        while True:
            with self._lock:
                waiting = [j for j in self._jobs.values() if j.state == "waiting"]
                if not waiting:
                    self._worker = None
                    return
                job = waiting[0]
                job.state = "running"
                self._tell()
            self._run(job)

    def _run(self, job: Job) -> None:
        try:
            self._process = subprocess.Popen(
                job.argv,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                encoding="utf-8",
                errors="replace",
                env={**os.environ, BY_LINES: "1", "PYTHONUNBUFFERED": "1"},
            )
        except OSError as error:
            job.lines.append(f"{job.argv[0]}: cannot be started ({error.strerror})")
            job.state = "failed"
            self._tell()
            return
        with self._process as process:
            if job.state == "stopped":  # while it was being started
                process.terminate()
            assert process.stdout is not None
            for line in process.stdout:
                self._heard(job, line.rstrip("\n"))
        if job.state == "running":
            job.state = job.ended(process.returncode)
            if process.returncode < 0:
                job.lines.append(
                    "It was ended from outside (no memory left?). Start it again: "
                    "it goes on where it stopped."
                )
        job.task, job.share, job.note = "", None, ""
        self._process = None
        self._tell()

    def _heard(self, job: Job, line: str) -> None:
        if line.startswith("\x1e"):  # RFC 7464: a record of JSON
            try:
                told = json.loads(line[1:])
                task, note, total = told["task"], told["note"], told["total"]
            except (ValueError, TypeError, KeyError):  # two processes wrote at once
                return
            job.task, job.note = task, note
            job.share = min(1.0, told["done"] / total) if total else None
        elif line.strip():
            job.lines.append(line)
            job.built |= job.stage.startswith("build") and bool(_BUILT.match(line))
        else:
            return
        self._tell()
