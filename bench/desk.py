"""Measure the desk: every figure that it has to reach, in a real browser, on 40,000 words.

    python bench/desk.py [--short] [--words 40000] [--only typing other many kill promises]

Prints each figure beside what it has to reach, and keeps what was measured of each part in
bench/results/desk.json. All takes under ten minutes on two cores; ``--short`` one or two, of
less of each, and keeps nothing. Twenty editors work for five minutes, and meanwhile a
second desk and its browsers are killed again and again.

``shelf`` (5000 episodes) is measured only when asked for.
"""

from __future__ import annotations

import argparse
import json
import platform
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench import (
    desk_answer,
    desk_kill,
    desk_many,
    desk_other,
    desk_promises,
    desk_shelf,
    desk_typing,
)
from bench.desk_reach import Figures, tell
from bench.desk_running import launch, served
from bench.long_show import make_show

RESULTS = Path(__file__).parent / "results/desk.json"
OTHER_WORDS = 10_000
"""The editor beside ours takes minutes to open more."""
KILLS = 50
"""Of each kind of text; half of the server, half of the browser."""


class Bench:
    """The parts; each returns its figures."""

    def __init__(self, folder: Path, words: int, *, short: bool) -> None:
        self._folder = folder
        self._words = words
        self._short = short

    def _show(self, name: str, *, sound: bool = False) -> Path:
        show = self._folder / name
        make_show(show, self._words, sound=sound)
        return show

    def typing(self) -> Figures:
        """Measure what one person feels."""
        show = self._show("typing", sound=True)
        with served(show) as desk, sync_playwright() as playwright:
            browser = launch(playwright)
            found = desk_typing.one_person(desk, browser, show, short=self._short)
            browser.close()
        return found

    def other(self) -> Figures:
        """Type in another editor."""
        keys = desk_typing.words(4 if self._short else 12, seed=5)
        with sync_playwright() as playwright:
            browser = launch(playwright)
            count = min(self._words, OTHER_WORDS)
            found = desk_other.other_editor(browser, count, keys)
            browser.close()
        return {"other": found}

    def kill(self) -> Figures:
        """Kill servers and browsers while a transcript, then an answer, is written."""
        times = 4 if self._short else KILLS
        show = self._show("kill")
        with served(show) as desk, sync_playwright() as playwright:
            browser = launch(playwright)
            found = desk_kill.killed_servers(browser, desk, show, times // 2)
            browser.close()
            found |= desk_kill.killed_browsers(playwright, desk, show, times // 2)
        return found | desk_answer.typed(self._folder / "answer", times // 2)

    def many(self) -> Figures:
        """Let twenty editors work."""
        show = self._show("many")
        with served(show) as desk:
            seconds = 20 if self._short else 300
            return desk_many.many(desk, show, editors=20, seconds=seconds)

    def shelf(self) -> Figures:
        """Measure the shelf of a large show."""
        episodes = 200 if self._short else 5000
        return {"shelf": desk_shelf.shelf(self._folder / "shelf", episodes)}

    def promises(self) -> Figures:
        """Run the tests that hold what is no time: session, axe, attacks, bad input."""
        return desk_promises.promises()


USUAL = ("typing", "other", "many", "kill", "promises")
PARTS = (*USUAL, "shelf")


def measure(bench: Bench, wanted: list[str]) -> dict[str, Figures]:
    """Measure the parts; killing goes on while twenty editors work."""
    found: dict[str, Figures] = {}

    def one(name: str) -> None:
        began = time.monotonic()
        found[name] = getattr(bench, name)()
        print(f"{name}: {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)

    beside = {"many", "kill"} <= {*wanted}
    with ThreadPoolExecutor(1) as aside:
        for name in wanted:
            if name == "many" and beside:
                continue
            editors = aside.submit(one, "many") if name == "kill" and beside else None
            one(name)
            if editors:
                editors.result()  # raises what went wrong there
    return found


def keep(found: dict[str, Figures]) -> None:
    """Keep the parts that were measured; the others stay as they were measured before."""
    known = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
    on = f"{datetime.now(UTC):%Y-%m-%d}, {platform.machine()}, Python {platform.python_version()}"
    known |= {name: {"measured": on, **figures} for name, figures in found.items()}
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(known, indent=1) + "\n")


def main() -> int:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--words", type=int, default=40_000)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=USUAL)
    given = parser.parse_args()
    wanted = [name for name in PARTS if name in given.only]
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        bench = Bench(Path(name), given.words, short=given.short)
        found = measure(bench, wanted)
    print(f"{given.words} words")
    missed = tell(found, print)
    if not given.short:
        keep(found)
    return 1 if missed else 0


if __name__ == "__main__":
    raise SystemExit(main())
