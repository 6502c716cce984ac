"""Write docs/scale.md from what the benches measured: nothing in it is typed by hand.

    python tools/make_scale.py

Reads bench/results/scale.json, build.json, attacks.json and faults.json, and the sample
show for the size of a page and of a feed's item.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results"
TARGET = ROOT / "docs/scale.md"
HOURS, ANSWERS = 10_000, 100_000
KBITS = 64
"""Of an enclosure: KBITS * 3600 / 8 / 1000 MB an hour."""


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), "utf-8")


def page() -> str:
    """Return docs/scale.md."""
    scale, build = _read("scale.json"), _read("build.json")
    parts = [
        "# Ten thousand hours, a hundred thousand answers",
        "Computed by `tools/make_scale.py` from `bench/results/`; `make bench-scale`,"
        " `make bench-faults`, `make bench-attacks` and `make bench-publish` measure."
        f" All on {scale.get('cores', 2)} cores.",
        "## What was measured",
        *_measured(scale),
        "## What it comes to",
        *_table(scale, build),
        "## What breaks first, and what to do then",
        *_breaks(scale, build),
    ]
    return "\n\n".join(parts) + "\n"


def _read(name: str) -> dict[str, Any]:
    path = RESULTS / name
    found: dict[str, Any] = (
        json.loads(path.read_text("utf-8")) if path.is_file() else {}
    )
    return found


def _measured(scale: dict[str, Any]) -> list[str]:
    rows = []
    if speed := scale.get("speed"):
        one, two = speed["workers_1"], speed["workers_2"]
        rows.append(
            f"- A recording of {speed['minutes']:g} minutes: {one['seconds']:.0f} s with one"
            f" worker, {two['seconds']:.0f} s with two: {speed['ratio']:.2f} times faster;"
            f" coordination {one['coordination']:.1%} of one worker's time; the first words"
            f" after {two['first_result']:.0f} s, {speed['first_share']:.1%} of the whole."
        )
    for kill in scale.get("kills", ()):
        rows.append(
            f"- The {kill['who']} killed with SIGKILL {kill['runs']} times at random moments:"
            f" the same bytes {kill['same_bytes']} times."
        )
    if archive := scale.get("archive"):
        rows.append(
            f"- An archive of {archive['episodes']:,} recordings of"
            f" {archive['seconds_each'][0]} to {archive['seconds_each'][1] + 4} s,"
            f" unattended: {archive['seconds']:,} s, {archive['client_mb']} MB of memory;"
            f" {archive['faults_named']} of {archive['faults_seeded']} seeded faults named,"
            f" {archive['others_named']} others; `run --failed` left"
            f" {archive['left_after_retry']}."
        )
    if faults := _read("faults.json"):
        rows.append(
            f"- {faults['runs']} faults at random points: {faults['lost']} losses,"
            f" {faults['half_written']} half-written files, {faults['by_hand']} that needed"
            " a hand."
        )
    if attacks := _read("attacks.json"):
        rows.append(
            f"- {attacks['cases']:,} hostile inputs over {attacks['parsers']} parsers:"
            f" {attacks['failures']} failures, {attacks['slowest_s']:.1f} s at most."
        )
    return ["\n".join(rows) or "Nothing yet."]


def _table(scale: dict[str, Any], build: dict[str, Any]) -> list[str]:
    rows = [
        "| what | each | in all | how |",
        "|---|---|---|---|",
        _machine_hours(scale),
        _row("enclosures", KBITS * 3600 / 8 / 1e6, HOURS, f"{KBITS} kbit/s"),
        _row(
            "recordings, Opus at 96 kbit/s",
            96 * 3600 / 8 / 1e6,
            HOURS,
            "as YouTube has",
        ),
        _row("`words.json`", _words_gb(), HOURS, "the sample show"),
        _feed_row(),
        *_build_rows(build),
    ]
    return ["\n".join(row for row in rows if row)]


def _row(what: str, gb: float, count: int, how: str) -> str:
    return f"| {what} | {gb * 1000:.1f} MB an hour | {gb * count:,.0f} GB | {how} |"


def _machine_hours(scale: dict[str, Any]) -> str:
    speed = scale.get("speed")
    if not speed:
        return ""
    share = speed["workers_1"]["busy"] / (speed["minutes"] * 60)
    hours = share * HOURS
    return (
        f"| transcribing, base on one core | {share:.3f} h an hour | {hours:,.0f} core hours"
        f" ({hours / 64 / 24:.1f} days on 64 cores) | measured |"
    )


def _words_gb() -> float:
    """Return the gigabytes of ``words.json`` for an hour of the sample."""
    size = seconds = 0.0
    for path in sorted(ROOT.glob("transcripts/2026-03-11-*/words.json")):
        text = path.read_text("utf-8")
        size += len(text.encode())
        seconds += json.loads(text)["duration"] / 1000
    return size / seconds * 3600 / 1e9


def _item_bytes() -> float:
    feed = (ROOT / "feeds/answers.xml").read_bytes()
    return len(feed) / max(1, feed.count(b"<item>"))


def _feed_row() -> str:
    size = _item_bytes()
    return (
        f"| `answers.xml` with all in one document | {size / 1000:.1f} kB an answer |"
        f" {size * ANSWERS / 1e6:,.0f} MB | older answers go into documents by month |"
    )


def _build_rows(build: dict[str, Any]) -> list[str]:
    rows = [r for r in build.get("rows", ()) if r.get("full_cpu_s")]
    if not rows:
        return []
    last = rows[-1]
    each = last["full_cpu_s"] / last["answers"]
    memory = last["full_mb"] / last["answers"]
    return [
        f"| first build | {each * 1000:.1f} ms an answer | {each * ANSWERS / 60:,.0f} core"
        f" minutes | from {last['answers']:,} answers |",
        f"| memory of a build | {memory * 1000:.0f} kB an answer |"
        f" {memory * ANSWERS / 1000:,.1f} GB | from {last['answers']:,} answers |",
    ]


def _breaks(scale: dict[str, Any], build: dict[str, Any]) -> list[str]:
    size = _item_bytes() * ANSWERS / 1e6
    enclosures = KBITS * 3600 / 8 / 1e6 * HOURS
    rows = [
        f"1. **The feed.** One document of {size:,.0f} MB is read by no client (and by our own"
        " import no more than 12 MB). Answers' feeds are therefore split by month; a show of"
        " this size wants a feed for each topic as well.",
        f"2. **The folder.** {enclosures:,.0f} GB of enclosures do not lie in one folder that is"
        " deployed by one machine: keep them on the storage they are served from.",
        "3. **One writer.** A show's folder has one lock. Split an archive into shows by year;"
        " each has its own feed, desk and build, and all share the workers and their storage.",
        "4. **The client** decodes nothing, holds a few recordings open at a time, and is not the"
        " bottleneck: one core of it serves the workers until coordination, not work, fills"
        " their time.",
        "5. **The scheduler** of dask gives out some hundred pieces a second; a worker takes one"
        " in a minute or so: thousands of workers fit before it is the limit.",
    ]
    return ["\n".join(rows)]


if __name__ == "__main__":
    main()
