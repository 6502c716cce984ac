"""Pull through faults of network, disk and process, and see what is left of it.

Every fault meets a recording of its own, and the ones before it that still fail.
Processes are real: ``publish.py pull``, killed with SIGKILL where a fault says so.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from pullquote.formats.disk import file_sha256
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from tests.media.made import speechlike, write
from tests.pull.server import Page, Site, entry, feed

ROOT = Path(__file__).parents[2]

SHORT = ("cut", "kill", "disk", "half", "two")
LONG = (
    *("cut",) * 8,
    *("kill",) * 7,
    *("disk",) * 4,
    *("refused",) * 4,
    *("wait",) * 2,
    "told to go",
    *("half",) * 2,
    "page",
    "two",
)

SHOW = """\
title = "Backbone Hour"
description = "Viewers ask."
site = "https://backbone.example/"
[[sources]]
url = "{url}"
"""


@dataclass
class Report:
    """What the last run left."""

    faults: int
    kinds: Counter[str]
    recordings: int = 0
    whole: int = 0
    twice: int = 0
    left_over: list[str] = field(default_factory=list)
    half_seen: int = 0
    """Episodes that were not whole at any moment between two runs."""
    exit_code: int = 0

    @property
    def good(self) -> bool:
        """Say whether nothing was lost, doubled or left lying."""
        ended = self.exit_code == 0 and not self.half_seen and not self.left_over
        return ended and self.whole == self.recordings and not self.twice


class Harness:
    """A show, its feed, and everything that may go wrong with it."""

    def __init__(self, site: Site, root: Path, seed: int) -> None:
        self.site = site
        self.folder = ShowFolder(root)
        self.random = random.Random(seed)
        self.bodies: dict[str, bytes] = {}
        url = site.address + "/feed.xml"
        root.mkdir(parents=True)
        self.folder.show.write_text(SHOW.format(url=url))

    def run(self, kinds: Sequence[str]) -> Report:
        """Inject each fault, pull once more in peace, and report."""
        report = Report(faults=len(kinds), kinds=Counter(kinds))
        for number, kind in enumerate(kinds):
            page = self._another(number)
            getattr(self, "_" + kind.replace(" ", "_"))(page)
            self._heal(page, self.bodies[str(number)])
            report.half_seen += self._broken()
        report.exit_code = self._pull()
        report.half_seen += self._broken()
        self._judge(report)
        return report

    def _another(self, number: int) -> Page:
        path = self.folder.root.parent / f"{number}.opus"
        body = write(path, speechlike(2 + number / 20)).read_bytes()
        path.unlink()
        self.bodies[str(number)] = body
        self.site.media(f"/{number}.opus", body)
        rows = [
            entry(f"Talk {n}", f"{self.site.address}/{n}.opus", f"guid-{n}")
            for n in self.bodies
        ]
        self.site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
        return self.site.pages[f"/{number}.opus"]

    def _heal(self, page: Page, body: bytes) -> None:
        page.body, page.type = body, "audio/ogg"
        page.break_after, page.refusals, page.pace = None, 0, 0.0

    def _command(self) -> list[str]:
        script = str(ROOT / "publish.py")
        return [sys.executable, script, "pull", "--show", str(self.folder.root)]

    def _start(
        self, prepare: Callable[[], None] | None = None
    ) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            self._command(),
            preexec_fn=prepare,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def _pull(self, prepare: Callable[[], None] | None = None) -> int:
        with self._start(prepare) as process:
            return process.wait(120)

    def _cut(self, page: Page) -> None:
        page.break_after = self.random.randrange(1, len(page.body))
        self._pull()

    def _kill(self, page: Page) -> None:
        page.pace = 0.15
        with self._start() as process:
            time.sleep(self.random.uniform(0.7, 3.0))
            process.send_signal(signal.SIGKILL)
            process.wait()

    def _disk(self, page: Page) -> None:
        """Let no file grow beyond a random size, as a full disk or quota does."""
        most = self.random.randrange(100, len(page.body))
        limit = partial(resource.setrlimit, resource.RLIMIT_FSIZE, (most, most))
        self._pull(limit)

    def _filled(self, page: Page) -> None:
        """Leave some kilobytes free on the show's own small file system."""
        filler = self.folder.root / "filler"
        left = self.random.randrange(200) << 10
        with suppress(OSError), filler.open("wb", buffering=0) as handle:
            free = shutil.disk_usage(filler).free
            handle.write(bytes(max(0, free - left)))
        self._pull()
        filler.unlink()

    def _refused(self, page: Page) -> None:
        page.refusals, page.refusal = 99, self.random.choice([500, 502, 503, 504])
        self._pull()

    def _wait(self, page: Page) -> None:
        page.refusals, page.refusal = 2, 429
        page.refusal_headers = {"Retry-After": "1"}
        self._pull()

    def _told_to_go(self, page: Page) -> None:
        page.refusals, page.refusal = 99, 429
        page.refusal_headers = {"Retry-After": "86400"}
        self._pull()

    def _half(self, page: Page) -> None:
        page.body = page.body[: self.random.randrange(len(page.body) // 2)]
        self._pull()

    def _page(self, page: Page) -> None:
        page.body, page.type = b"<!doctype html><html>Sign in.</html>", "text/html"
        self._pull()

    def _two(self, page: Page) -> None:
        page.pace = 0.02
        with self._start() as one:
            time.sleep(self.random.uniform(0, 0.5))
            with self._start() as other:
                one.wait(120)
                other.wait(120)

    def _broken(self) -> int:
        """Count episodes that are not whole; every one must be at any moment."""
        wrong = 0
        for slug in self.folder.slugs():
            recording = load_episode(self.folder.episode(slug).facts).recording
            assert recording is not None
            media = self.folder.episode(slug).recording(recording.file)
            body = self.bodies[recording.source_id.removeprefix("guid-")]
            wrong += not media.is_file() or media.read_bytes() != body
            wrong += file_sha256(media) != recording.sha256
        return wrong

    def _judge(self, report: Report) -> None:
        found: Counter[str] = Counter()
        for slug in self.folder.slugs():
            recording = load_episode(self.folder.episode(slug).facts).recording
            assert recording is not None
            found[recording.source_id] += 1
            if self.folder.episode(slug).enclosure.is_file():
                report.whole += 1
        report.recordings = len(self.bodies)
        report.twice = sum(count - 1 for count in found.values())
        stages = self.folder.state / "pull"
        report.left_over = sorted(
            os.fspath(path.relative_to(self.folder.root))
            for path in self.folder.root.rglob("*")
            if path.name.endswith(".part")
            or (path.is_dir() and path.parent == stages)
            or (path.parent.name == "episodes" and path.name not in self.folder.slugs())
        )
