"""An answer that is typed while server and browser are killed."""

from __future__ import annotations

import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from playwright.sync_api import Page, sync_playwright

from bench.desk_running import FLAGS, chromium_path, free_port
from pullquote.errors import PullquoteError
from pullquote.formats.answer_md import load_answer
from tests.desk.running import ROOT, SLUG, sample_show

HEAT = f"/episodes/{SLUG}/answers/heat-or-ice"


def started(root: Path, port: int) -> tuple[subprocess.Popen[str], str]:
    """Start the desk as a person does; return the process and its one-time address."""
    argv = ["desk", "--show", str(root), "--port", str(port), "--json", "--no-open"]
    server = subprocess.Popen(
        [sys.executable, str(ROOT / "publish.py"), *argv],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    lines = ""
    while not lines.endswith("}\n"):
        line = server.stdout.readline()
        assert line, "the desk did not start"
        lines += line
    return server, str(json.loads(lines)["address"])


def typed(root: Path, kills: int) -> dict[str, Any]:
    """Return how late words are on disk, and what kills at random moments cost."""
    path = sample_show(root).episode(SLUG).answer("heat-or-ice")
    random.seed(7)
    with sync_playwright() as playwright:
        run = _Run(root, playwright)
        try:
            late = [saved_after(run.page, path) for _ in range(20)]
            lost = [
                run.kill("browser" if n % 2 else "server", path) for n in range(kills)
            ]
        finally:
            run.server.kill()
            run.server.wait()
    return {
        "answer_saved_median_ms": round(statistics.median(late)),
        "answer_saved_max_ms": round(max(late)),
        "answer_kills": kills,
        "answer_kill_oldest_word_lost_s": round(max(lost), 2),
        "answer_files_broken": run.broken,
    }


class _Run:
    """A desk and a browser on it, each killed and started again."""

    def __init__(self, root: Path, playwright: Any) -> None:
        self._root = root
        self._playwright = playwright
        self._port = free_port()
        self.broken = 0
        self.server, address = started(root, self._port)
        self.context, self.page = opened(playwright, address, root.parent)

    def kill(self, what: str, path: Path) -> float:
        """Type, kill at a random moment, return how many s of typing were not on disk."""
        words = type_until(self.page, random.uniform(0.3, 3.0))
        killed = time.time()
        if what == "server":
            self.server.kill()
            self.server.wait()
        else:
            kill_browser(self.context)
        time.sleep(0.2)  # what the system had, it writes
        lost = loss(path, words, killed)
        try:
            load_answer(path)
        except PullquoteError as error:
            self.broken += 1
            print(error)
        self._again(what, path, words[-1][1])
        return lost

    def _again(self, what: str, path: Path, last: str) -> None:
        if what == "server":
            self.server, _ = started(self._root, self._port)
            wait_for(path, last)  # the page that stayed open sends it
            return
        self.server.terminate()
        self.server.wait()
        self.server, address = started(self._root, self._port)
        self.context, self.page = opened(self._playwright, address, self._root.parent)


def opened(playwright: Any, address: str, folder: Path) -> tuple[Any, Page]:
    """Open the answer in a browser of its own, the caret at the end of its text.

    What the browser keeps lies in ``folder``.
    """
    profile = tempfile.mkdtemp(prefix="profile-", dir=folder)
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=chromium_path(), args=FLAGS, headless=True
    )
    page = context.pages[0]
    page.goto(address)
    page.goto(urljoin(address, f"{HEAT}?edit"))
    page.wait_for_selector("html[data-ready]")
    page.locator("#body").focus()
    page.keyboard.press("Control+End")
    context.profile = profile
    return context, page


def kill_browser(context: Any) -> None:
    """Kill the browser of this bench, found by its own profile's folder."""
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            try:
                line = (entry / "cmdline").read_bytes()
            except OSError:
                continue
            if context.profile.encode() in line:
                try:
                    os.kill(int(entry.name), signal.SIGKILL)
                except ProcessLookupError:
                    continue


_COUNT = 0


def type_until(page: Page, seconds: float) -> list[tuple[float, str]]:
    """Type numbered words for some seconds; return when each was finished."""
    global _COUNT
    words = []
    until = time.time() + seconds
    while time.time() < until:
        _COUNT += 1
        word = f"w{_COUNT}x"
        page.keyboard.type(f" {word}", delay=15)
        words.append((time.time(), word))
    return words


def saved_after(page: Page, path: Path) -> float:
    """Type a word and return after how many ms it is on disk."""
    (at, word), *_ = type_until(page, 0.01)
    wait_for(path, word)
    return 1000 * (time.time() - at)


def wait_for(path: Path, word: str) -> None:
    """Wait until a file has a word."""
    until = time.time() + 20
    while word not in path.read_text():
        assert time.time() < until, f"{word} never came"
        time.sleep(0.005)


def loss(path: Path, words: list[tuple[float, str]], killed: float) -> float:
    """Return how old the oldest word is that is not on disk, in s before the kill."""
    there = set(re.findall(r"w\d+x", path.read_text()))
    missing = [at for at, word in words if word not in there]
    return killed - missing[0] if missing else 0.0
