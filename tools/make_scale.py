"""Write docs/scale.md from what the benches measured: nothing in it is typed by hand.

    python tools/make_scale.py

Reads bench/results/scale.json, shelf.json, build.json, attacks.json and faults.json, and
the sample show for the size of a page and of a feed's item.
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
        " `make bench-faults`, `make bench-attacks` and `make bench-publish` measure and"
        f" write it anew. All on {scale.get('cores', 2)} cores.",
        "## What was measured",
        "\n".join(_measured(scale, build)),
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


def _measured(scale: dict[str, Any], build: dict[str, Any]) -> list[str]:
    rows = []
    for speed in scale.get("speed", {}).values():
        rows.append(_of_speed(speed))
    for who, kill in scale.get("kills", {}).items():
        rows.append(
            f"- The {who} killed with SIGKILL {kill['runs']} times at random moments: the same"
            f" bytes {kill['same_bytes']} times, {kill['redone']} chunks redone in all, at most"
            f" {kill['most_redone']} for a kill."
        )
    if archive := scale.get("archive"):
        rows.append(_of_archive(archive))
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
    if shelf := _read("shelf.json"):
        rows.append(
            f"- The desk's shelf with {shelf['episodes']:,} episodes, in a browser: usable after"
            f" {shelf['shelf']['median_ms']} ms, found and shown after"
            f" {shelf['search']['median_ms']} ms; {shelf['slowest_ms']} ms at most"
            f" (load of the machine: {shelf['load']})."
        )
    return [*rows, *_of_growth(build)] or ["Nothing yet."]


def _of_speed(speed: dict[str, Any]) -> str:
    one, two = speed["workers_1"], speed["workers_2"]
    return (
        f"- Recordings: {speed['recordings']}, of {speed['minutes']:g} minutes in all: {one['seconds']:.0f} s with one"
        f" worker, {two['seconds']:.0f} s with two: {speed['ratio']:.2f} times faster;"
        f" scheduler and client took {two['coordination']:.1%} of the processors' time; the"
        f" first words after {two['first_result']:.0f} s, {speed['first_share']:.1%} of the"
        f" whole (load of the machine: {speed['load']})."
    )


def _of_archive(archive: dict[str, Any]) -> str:
    return (
        f"- An archive of {archive['episodes']:,} recordings of"
        f" {archive['seconds_each'][0]} to {archive['seconds_each'][1] + 4} s, and"
        f" {archive['long']} of eleven minutes, unattended: {archive['seconds']:,} s,"
        f" {archive['client_mb']} MB of memory; {archive['faults_named']} of"
        f" {archive['faults_seeded']} seeded faults named, {archive['others_named']} others;"
        f" `run --failed` left {archive['left_after_retry']}."
    )


def _of_growth(build: dict[str, Any]) -> list[str]:
    """Say for each kind of build what an answer costs in the smallest and the largest."""
    found = []
    for what, meaning in (("pages", "pages"), ("whole", "pages, pictures and search")):
        rows = [r for r in build.get("rows", ()) if r["what"] == what]
        rows.sort(key=lambda row: int(row["answers"]))
        if len(rows) > 1:
            costs = ", ".join(
                f"{1000 * row['full_cpu_s'] / row['answers']:.1f} ms of"
                f" {row['answers']:,}"
                for row in rows
            )
            found.append(f"- A build of {meaning} takes for each answer {costs}.")
    return found


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
    one = speed["one_recording"]
    share = one["workers_1"]["core_seconds"] / (one["minutes"] * 60)
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
    last = max(rows, key=lambda row: int(row["answers"]))
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
