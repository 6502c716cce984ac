"""Measure the desk's shelf with thousands of episodes, in a browser.

    python bench/desk_shelf.py [--episodes 5000] [--short]

A page is usable once it is painted, all of its scripts have run and its search takes
what is typed. Prints the figures and writes bench/results/shelf.json; fails where a page
was not usable within a second.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Page, sync_playwright

from bench.desk_running import Served, launch, served
from pullquote.formats.folder import ShowFolder
from tests.desk.running import ROOT, SLUG, sample_show

RESULTS = ROOT / "bench/results/shelf.json"
ALLOWED_MS = 1000
TIMES = 9
PAGES = (
    ("shelf", "/"),
    ("last page", "/?page={last}"),
    ("filter", "/?show=draft"),
    ("search", "/?q=bed+rest"),
    ("search for a common word", "/?q=the"),
)


def main() -> int:
    """Measure, print, keep; return 1 where a page took too long."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--episodes", type=int, default=5000)
    parser.add_argument("--short", action="store_true", help="200 episodes")
    chosen = parser.parse_args()
    if chosen.short:
        chosen.episodes = 200
    with tempfile.TemporaryDirectory() as folder:
        found = shelf(Path(folder) / "show", chosen.episodes)
    print(json.dumps(found, indent=1))
    if not chosen.short:
        RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    return 0 if found["slowest_ms"] <= ALLOWED_MS else 1


def shelf(root: Path, episodes: int) -> dict[str, Any]:
    """Return after how many ms pages of a large show are usable."""
    folder = many_episodes(root, episodes)
    found: dict[str, Any] = {"episodes": episodes}
    with sync_playwright() as playwright, served(folder.root) as desk:
        browser = launch(playwright)
        page = _page(browser, desk)
        found["nothing_read_yet_ms"] = usable(page, desk.address + "/")
        started = time.perf_counter()
        while page.locator("text=Reading the show").count():
            time.sleep(1)
            page.goto(desk.address)
        found["all_read_after_s"] = round(time.perf_counter() - started, 1)
        desk.stop()
        desk.start()
        found["just_started_ms"] = usable(page, desk.address + "/")
        for name, path in PAGES:
            address = desk.address + path.format(last=episodes // 50)
            each = [usable(page, address) for _ in range(TIMES)]
            found[name] = {
                "median_ms": round(statistics.median(each)),
                "most_ms": max(each),
            }
        browser.close()
    found["load"] = round(os.getloadavg()[1], 1)
    medians = [found[name]["median_ms"] for name, _ in PAGES]
    once = (found["nothing_read_yet_ms"], found["just_started_ms"])
    return {**found, "slowest_ms": max(*medians, *once)}


def _page(browser: Any, desk: Served) -> Page:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": k, "value": v, "url": desk.address} for k, v in desk.cookies.items()]
    )
    page: Page = context.new_page()
    page.goto(f"{desk.address}/you")  # the browser itself has started then
    return page


def usable(page: Page, address: str) -> int:
    """Return after how many ms a page is painted and takes what is typed."""
    started = time.perf_counter()
    page.goto(address, wait_until="load")
    page.evaluate(
        "() => new Promise(r => requestAnimationFrame(() => requestAnimationFrame(r)))"
    )
    page.locator("#q").press_sequentially("x")
    assert "x" in page.locator("#q").input_value()
    return round(1000 * (time.perf_counter() - started))


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


if __name__ == "__main__":
    raise SystemExit(main())
