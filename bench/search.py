"""Measure search as a show grows: the index, a reader's browser, and the desk.

    python bench/search.py [--grow 1000 3000 10000 30000] [--short]

For each size a show is built with search on; then its index is made once more by itself
for its time and memory. A headless Chromium then types queries into the search page:
words that are said often, now and then and seldom, two together, the beginning of one, a
word that nobody said, and all answers of one topic. What counts is the time from the key
that sends a query to results on the page, and the bytes that come over the line.
Prints a table, writes bench/results/search.json and bench/results/search.svg.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import IO, Any

sys.path.insert(0, str(Path(__file__).parents[1]))

from playwright.sync_api import Browser, Page, sync_playwright

from bench.build import build, measure
from bench.desk_running import launch
from bench.large_show import Texts, make_show, show_toml
from pullquote.desk.state.index import Index
from pullquote.formats.folder import ShowFolder
from pullquote.model import address

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results/search.json"
SIZES = (1_000, 3_000, 10_000, 30_000)
TIMES = 3
_INDEX = """
import sys
from pathlib import Path
from pullquote.render.site.search import Searched, searched_digest, write_index
site, searched = Path(sys.argv[1]), Searched()
for page in [*site.glob("answers/*/index.html"), *site.glob("episodes/*/index.html")]:
    where = page.parent.relative_to(site).as_posix() + "/"
    searched.add(where, searched_digest(page.read_text()))
write_index(site, searched.parts)
"""
_SHOWN = """() => new Promise((shown) => {
  const status = document.querySelector("[data-status]");
  status.textContent = "";
  let pressed = 0;
  addEventListener("keydown", (event) => {
    if (event.key === "Enter") pressed = performance.now();
  }, { once: true, capture: true });
  const watch = new MutationObserver(() => {
    if (!status.textContent) return;
    watch.disconnect();
    requestAnimationFrame(() => shown([performance.now() - pressed, status.textContent]));
  });
  watch.observe(status, { childList: true, characterData: true, subtree: true });
})"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure each size; return 1 where a query found nothing that is there."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--grow", type=int, nargs="*", default=SIZES)
    parser.add_argument("--short", action="store_true", help="60 answers, asked once")
    chosen = parser.parse_args(arguments)
    rows, times = [], 1 if chosen.short else TIMES
    if not chosen.short:
        keep(picture_kb=picture_kb())
    for answers in sorted([60] if chosen.short else chosen.grow):
        with tempfile.TemporaryDirectory() as folder:
            row = one_size(Path(folder), answers, times)
        rows.append(row)
        print(json.dumps(row, indent=1), flush=True)
        if not chosen.short:
            keep(row)
    return 0 if all(row["found_right"] for row in rows) else 1


def keep(row: dict[str, Any] | None = None, **facts: float) -> None:
    """Put one size's figures beside those of other sizes."""
    before = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    rows = {one["answers"]: one for one in before.get("rows", ())}
    if row is not None:
        rows[row["answers"]] = row
    found = {**before, **facts, "cpus": os.cpu_count()}
    found["rows"] = [rows[size] for size in sorted(rows)]
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    if len(rows) > 1:
        RESULTS.with_suffix(".svg").write_text(plot(found["rows"]))


def picture_kb() -> float:
    """Return what the link picture of an answer weighs."""
    with tempfile.TemporaryDirectory() as folder:
        make_show(Path(folder), 40)
        show = Path(folder) / "show"
        (show / "show.toml").write_text(show_toml(whole=True))
        build(show)
        found = [p.stat().st_size for p in show.glob("site/answers/*/card-*.png")]
    return round(statistics.mean(found) / 1e3, 1)


def one_size(root: Path, answers: int, times: int) -> dict[str, Any]:
    """Measure a show of so many answers."""
    make_show(root, answers)
    show = root / "show"
    text = show_toml(whole=False).replace("search = false", "search = true")
    (show / "show.toml").write_text(text)
    built = build(show)
    site = show / "site"
    alone = measure([sys.executable, "-c", _INDEX, str(site.resolve())], ROOT)
    files = [p for p in (site / address.SEARCH_INDEX).rglob("*") if p.is_file()]
    size = sum(path.stat().st_size for path in files)
    return {
        "answers": answers,
        "load": round(os.getloadavg()[1], 1),
        "build_cpu_s": built.cpu,
        "index_s": alone.seconds,
        "index_cpu_s": alone.cpu,
        "index_cpu_ms_an_answer": round(1000 * alone.cpu / answers, 2),
        "index_mb": alone.megabytes,
        "index_kb_an_answer": round(1024 * alone.megabytes / answers),
        "size_mb": round(size / 1e6, 1),
        "size_kb_an_answer": round(size / 1e3 / answers, 2),
        "files": len(files),
        "site": of_site(show),
        **in_browser(site.resolve(), times),
        "desk": in_desk(show),
    }


def of_site(show: Path) -> dict[str, Any]:
    """Return what a show's site weighs, without sounds and index."""
    site = show / "site"
    left_out = (site / "media", site / address.SEARCH_INDEX)
    files = [
        path
        for path in site.rglob("*")
        if path.is_file() and not any(map(path.is_relative_to, left_out))
    ]
    pages = sorted(path.stat().st_size for path in files if path.suffix == ".html")
    episodes = sum(1 for _ in (show / "episodes").iterdir())
    return {
        "episodes": episodes,
        "files": len(files),
        "mb": round(sum(path.stat().st_size for path in files) / 1e6, 1),
        "largest_page_kb": round(pages[-1] / 1e3),
        "podcast_kb": round(
            sum(p.stat().st_size for p in site.glob("feeds/podcast*.xml")) / 1e3
        ),
        "answers_kb": round((site / address.ANSWERS_FEED).stat().st_size / 1e3),
    }


# ---- A reader ----


def queries() -> dict[str, str]:
    """Return what is typed, by what it stands for."""
    said = Texts(0).words
    return {
        "often": said[0],
        "now and then": said[200],
        "seldom": next(word for word in said[6000:] if len(word) > 8),
        "two words": f"{said[3]} {said[40]}",
        "four words": " ".join(said[at] for at in (1, 20, 90, 500)),
        "a beginning": next(word for word in said if len(word) > 8)[:5],
        "nobody said it": "xylophone",
    }


def in_browser(site: Path, times: int) -> dict[str, Any]:
    """Return times and bytes of searches in a browser, and whether all found."""
    found: dict[str, Any] = {}
    with serving(site) as (host, line), sync_playwright() as playwright:
        browser = launch(playwright)
        for name, words in queries().items():
            runs = [_visit(browser, host, line, words) for _ in range(times)]
            found[name] = {
                "first_ms": _median(run["first_ms"] for run in runs),
                "first_kb": _median(run["first_kb"] for run in runs),
                "again_ms": _median(run["again_ms"] for run in runs),
                "said": runs[0]["said"],
            }
        opened = [_visit(browser, host, line, "")["open_kb"] for _ in range(times)]
        browser.close()
    right = all(
        one["said"].startswith("Nothing") == (name == "nobody said it")
        for name, one in found.items()
    )
    first = [one["first_ms"] for one in found.values()]
    return {
        "open_kb": _median(opened),
        "first_ms_most": max(first),
        "first_kb_most": max(one["first_kb"] for one in found.values()),
        "again_ms_most": max(one["again_ms"] for one in found.values()),
        "found_right": right,
        "queries": found,
    }


def _median(values: Iterator[float] | Sequence[float]) -> float:
    return round(statistics.median(values), 1)


def _visit(browser: Browser, host: str, line: Line, words: str) -> dict[str, Any]:
    """Open the search page with nothing in the cache, and ask twice."""
    context = browser.new_context()
    page = context.new_page()
    line.taken()
    page.goto(f"{host}/search/", wait_until="networkidle")
    found: dict[str, Any] = {"open_kb": line.taken()}
    if words:
        found["first_ms"], found["said"] = _ask(page, words)
        found["first_kb"] = line.taken()
        found["again_ms"], _ = _ask(page, words)
    context.close()
    return found


def _ask(page: Page, words: str) -> tuple[float, str]:
    """Type words and send them; return the ms to results, and what the page says."""
    page.locator("#q").fill(words)
    page.locator("#q").focus()
    shown = page.evaluate_handle(f"() => {{ window.shown = ({_SHOWN})() }}")
    shown.dispose()
    page.keyboard.press("Enter")
    ms, said = page.evaluate("() => window.shown")
    page.wait_for_load_state("networkidle")
    return float(ms), str(said)


class Line:
    """Counts the bytes of what a server sends: a browser does not tell its workers'."""

    def __init__(self) -> None:
        self._bytes = 0

    def send(self, source: IO[bytes], out: IO[bytes]) -> None:
        """Send a file."""
        body = source.read()
        self._bytes += len(body)
        out.write(body)

    def taken(self) -> float:
        """Return the kB since it was last asked."""
        taken, self._bytes = self._bytes, 0
        return taken / 1000


@contextmanager
def serving(site: Path) -> Iterator[tuple[str, Line]]:
    """Serve a folder as any static host does; the index is packed as it lies there."""
    line = Line()

    class Handler(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing of each request."""

        def copyfile(self, source: Any, outputfile: Any) -> None:
            line.send(source, outputfile)

    handler = partial(Handler, directory=str(site))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", line
    finally:
        server.shutdown()
        server.server_close()


# ---- An editor ----


def in_desk(show: Path) -> dict[str, Any]:
    """Return how long the desk reads a show for the first time, and then searches it."""
    index = Index(ShowFolder(show), show / ".pullquote/index.db")
    started = time.perf_counter()
    while not index.refresh(60).complete:
        pass
    read = time.perf_counter() - started
    slowest = 0.0
    for words in queries().values():
        each = []
        for _ in range(TIMES):
            began = time.perf_counter()
            index.search(words, 20)
            index.count(words)
            each.append(1000 * (time.perf_counter() - began))
        slowest = max(slowest, statistics.median(each))
    index.close()
    size = (show / ".pullquote/index.db").stat().st_size
    return {
        "read_s": round(read, 1),
        "search_ms_most": round(slowest, 1),
        "size_mb": round(size / 1e6, 1),
    }


# ---- A picture ----

PLOTTED = (
    ("index_cpu_s", "indexing, s of processor"),
    ("index_mb", "memory of indexing, MB"),
    ("size_mb", "index on disk, MB"),
    ("open_kb", "search page, kB"),
    ("first_kb_most", "a query, kB at most"),
    ("first_ms_most", "a query, ms at most"),
)


def plot(rows: Sequence[dict[str, Any]]) -> str:
    """Return how each figure grows with the show, as SVG."""
    most = max(row["answers"] for row in rows)
    parts = []
    for number, (key, title) in enumerate(PLOTTED):
        left, top = 60 + number % 3 * 260, 50 + number // 3 * 200
        highest = max(row[key] for row in rows) or 1
        points = [
            (left + 190 * row["answers"] / most, top + 120 - 110 * row[key] / highest)
            for row in rows
        ]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(
            f'<text x="{left - 40}" y="{top - 24}" font-weight="bold">{title}</text>'
            f'<path d="M{left} {top - 10}V{top + 120}H{left + 200}" fill="none"'
            ' stroke="#4a5c65"/>'
            f'<polyline points="{line}" fill="none" stroke="#0b5a77" stroke-width="2"/>'
        )
        for (x, y), row in zip(points, rows, strict=True):
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="#0b5a77"/>')
            if row["answers"] >= most / 3:
                parts.append(
                    f'<text x="{x:.1f}" y="{y - 7:.1f}" text-anchor="middle">'
                    f"{row[key]:g}</text>"
                    f'<text x="{x:.1f}" y="{top + 136}" text-anchor="middle">'
                    f"{row['answers'] / 1000:g}k</text>"
                )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 420" '
        'font-family="sans-serif" font-size="12">'
        f'<rect width="800" height="420" fill="#fff"/>{"".join(parts)}</svg>\n'
    )


if __name__ == "__main__":
    raise SystemExit(main())
