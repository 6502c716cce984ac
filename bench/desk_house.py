"""Measure the desk's house: the shelf of a large show, and an answer that is typed while
server and browser are killed.

    python bench/desk_house.py [--episodes 5000] [--kills 50] [--short]

Prints what the issue asks for and writes bench/results/desk_house.json.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright

from pullquote.errors import PullquoteError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from tests.desk.running import ROOT, SLUG, Client, running, sample_show

RESULTS = ROOT / "bench/results/desk_house.json"
HEAT = f"/episodes/{SLUG}/answers/heat-or-ice"
PORT = 8177


def main() -> None:
    """Measure, print, keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--episodes", type=int, default=5000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--short", action="store_true", help="200 episodes, 6 kills")
    chosen = parser.parse_args()
    if chosen.short:
        chosen.episodes, chosen.kills = 200, 6
    with tempfile.TemporaryDirectory() as folder:
        found = {"shelf": shelf(Path(folder) / "many", chosen.episodes)}
    with tempfile.TemporaryDirectory() as folder:
        found |= typed(Path(folder) / "show", chosen.kills)
    for name, rows in found.items():
        print(name)
        for key, value in rows.items():
            print(f"  {key}: {value}")
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")


# ---- The shelf ----


def shelf(root: Path, episodes: int) -> dict[str, Any]:
    """Return how long pages of a large show take, in ms."""
    folder = many_episodes(root, episodes)
    with running(folder) as desk:
        client = desk.at_the_machine()
        first = elapsed(client, "/")
        started = time.perf_counter()
        while "Reading the show" in client.get("/").text:
            time.sleep(0.5)
        indexed = time.perf_counter() - started
        pages = {
            name: [elapsed(client, path) for _ in range(9)]
            for name, path in (
                ("shelf", "/"),
                ("last page", f"/?page={episodes // 50}"),
                ("filter", "/?show=draft"),
                ("search", "/?q=bed+rest"),
                ("search for a common word", "/?q=the"),
            )
        }
    medians = {f"{k}, median ms": round(statistics.median(v)) for k, v in pages.items()}
    return {
        "episodes": episodes,
        "first page ever, ms": round(first),
        "all read after, s": round(indexed, 1),
        **medians,
    }


def elapsed(client: Client, path: str) -> float:
    """Return how long a page takes, in ms."""
    started = time.perf_counter()
    assert client.get(path).status == 200
    return 1000 * (time.perf_counter() - started)


def many_episodes(root: Path, count: int) -> ShowFolder:
    """Copy the sample episode many times, without its sound."""
    folder = sample_show(root)
    sample = folder.episode(SLUG)
    facts, text = sample.facts.read_text(), sample.transcript.read_text()
    answers = [path.read_text() for path in sorted(sample.answers.glob("*.md"))]
    for number in range(count - 2):
        day = date(2010, 1, 1) + timedelta(days=number)
        paths = folder.episode(f"{day}-episode-{number}")
        paths.facts.parent.mkdir()
        paths.answers.mkdir(parents=True)
        named = facts.replace("Back Pain Basics", f"Episode {number}")
        paths.facts.write_text(named.replace("2026-03-11", str(day)))
        paths.transcript.write_text(text)
        shutil.copy(sample.suggestions, paths.suggestions)
        for n, answer in enumerate(answers):
            (paths.answers / f"answer-{number}-{n}.md").write_text(answer)
    return folder


# ---- Typing while everything is killed ----


def started(root: Path) -> tuple[subprocess.Popen[str], str]:
    """Start the desk as a person does; return the process and its one-time address."""
    argv = ["desk", "--show", str(root), "--port", str(PORT), "--json", "--no-open"]
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


def typed(root: Path, kills: int) -> dict[str, dict[str, Any]]:
    """Return how late words are on disk, and what kills at random moments cost."""
    path = sample_show(root).episode(SLUG).answer("heat-or-ice")
    random.seed(7)
    with sync_playwright() as playwright:
        run = _Run(root, playwright)
        try:
            late = [saved_after(run.page, path) for _ in range(30)]
            lost = [
                run.kill("browser" if n % 2 else "server", path) for n in range(kills)
            ]
        finally:
            run.server.kill()
            run.server.wait()
    late.sort()
    return {
        "an answer, last key to disk": {
            "median ms": round(statistics.median(late)),
            "p95 ms": round(late[int(0.95 * len(late))]),
        },
        "killed while typing": {
            "kills": kills,
            "most lost, s of typing": round(max(lost, default=0), 2),
            "files broken": run.broken,
        },
    }


class _Run:
    """A desk and a browser on it, each killed and started again."""

    def __init__(self, root: Path, playwright: Any) -> None:
        self._root = root
        self._playwright = playwright
        self.broken = 0
        self.server, address = started(root)
        self.context, self.page = opened(playwright, address)

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
            self.server, _ = started(self._root)
            wait_for(path, last)  # the page that stayed open sends it
            return
        self.server.terminate()
        self.server.wait()
        self.server, address = started(self._root)
        self.context, self.page = opened(self._playwright, address)


def opened(playwright: Any, address: str) -> tuple[Any, Page]:
    """Open the answer in a browser of its own, the caret at the end of its text."""
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    profile = tempfile.mkdtemp(prefix="desk-bench-")
    context = playwright.chromium.launch_persistent_context(
        profile, executable_path=found, args=["--no-sandbox"], headless=True
    )
    page = context.pages[0]
    page.goto(address)
    page.goto(f"http://127.0.0.1:{PORT}{HEAT}?edit")
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


if __name__ == "__main__":
    main()
