"""Write docs/scale.md from what the benches measured: nothing in it is typed by hand.

    python tools/make_scale.py

Reads bench/results/scale.json, shelf.json, build.json, search.json, pull_long.json,
attacks.json and faults.json, and the sample show for the size of words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pullquote.publish.feeds.podcast_channel import EACH
from tools.scale_measured import Rows, by_size, measured, read_result

ROOT = Path(__file__).parents[1]
TARGET = ROOT / "docs/scale.md"
HOURS, ANSWERS = 10_000, 100_000
KBITS, KBITS_PULLED = 64, 96
"""Of an enclosure, and of a recording: 64 kbit/s are 28.8 MB an hour."""
CORES = 8
"""Of a machine, as a department has one."""
REVIEW_MIN = 2
"""Minutes of an editor or doctor for an answer: an assumption, and said to be one."""


def main() -> None:
    """Write the page."""
    TARGET.write_text(page(), "utf-8")


def page() -> str:
    """Return docs/scale.md."""
    scale = read_result("scale.json")
    build = [
        row for row in read_result("build.json").get("rows", ()) if "answers" in row
    ]
    search = read_result("search.json").get("rows", ())
    parts = [
        "# Ten thousand hours, a hundred thousand answers",
        f"What an archive of {HOURS:,} recordings of an hour, with {ANSWERS // HOURS} answers"
        " each, costs a university or a health system that keeps it with Pullquote. Every"
        " figure comes from a measurement in `bench/results/`, multiplied; what is assumed"
        " says so. `make bench-scale`, `bench-faults`, `bench-attacks` and `bench-publish`"
        " measure again and write this page anew (`tools/make_scale.py`). A core here is one"
        f" of the {scale.get('cores', 2)} of a small virtual server.",
        "## What it costs",
        "\n".join(_costs(scale, build, search)),
        f"People cost the most, and no machine changes it: if reading, correcting and approving"
        f" an answer takes {REVIEW_MIN} minutes (an assumption; the desk's log tells yours),"
        f" {ANSWERS:,} answers are {ANSWERS * REVIEW_MIN // 60:,} hours of work.",
        "## What breaks first, and what to do then",
        "\n".join(_breaks(scale, build, search)),
        "## What was measured",
        "\n".join(measured(scale, build, search)),
    ]
    return "\n\n".join(parts) + "\n"


# ---- What it costs ----


def _costs(scale: dict[str, Any], build: Rows, search: Rows) -> Iterator[str]:
    yield "| what | each | in all | from |"
    yield "|---|---|---|---|"
    yield from _time(scale, build, search)
    yield from _storage(search)
    yield from _feeds(search)


def _time(scale: dict[str, Any], build: Rows, search: Rows) -> Iterator[str]:
    if speed := scale.get("speed"):
        one = speed["one_recording"]
        each = one["workers_1"]["core_seconds"] / (one["minutes"] * 60)
        days = each * HOURS / CORES / 24
        yield (
            f"| transcribing with `base`, voices told apart | {60 * each:.1f} core minutes"
            f" an hour | {each * HOURS:,.0f} core hours: {days:.1f} days of one machine with"
            f" {CORES} cores | an hour, measured; larger models by the table in"
            " [producer.md](producer.md) |"
        )
        if memory := one["workers_2"].get("worker_mb"):
            yield (
                f"| memory of a worker | {memory:,} MB | {memory * CORES / 1000:,.1f} GB for"
                f" {CORES} cores | the same hour |"
            )
    each = 16_000 * 4 * 3600 / 1e6
    yield (
        f"| disk of a worker | {each:,.0f} MB an hour, for two recordings |"
        f" {2 * each * CORES / 1000:,.1f} GB for {CORES} cores | 16,000 samples a second |"
    )
    if hours := _pulling_hours():
        yield (
            f"| pulling, and the enclosure | {60 * hours / HOURS:.1f} core minutes an hour |"
            f" {hours:,.0f} core hours: {hours / CORES / 24:.1f} days of one such machine |"
            " four hours, measured |"
        )
    pages = by_size([row for row in build if row["what"] == "pages"])
    if pages:
        last = pages[-1]
        each = last["full_cpu_s"] / last["answers"]
        changed = last["one_changed_cpu_s"] / last["answers"]
        yield (
            f"| first build of all pages | {1000 * each:.1f} ms an answer |"
            f" {each * ANSWERS / 60:,.1f} core minutes | {last['answers']:,} answers |"
        )
        yield (
            f"| build after one change | {1000 * changed:.2f} ms an answer |"
            f" {changed * ANSWERS:,.0f} core seconds | {last['answers']:,} answers |"
        )
        memory = last["full_mb"] / last["answers"]
        yield (
            f"| memory of a build | {1000 * memory:.0f} kB an answer |"
            f" {memory * ANSWERS / 1000:,.1f} GB | {last['answers']:,} answers |"
        )
    if search:
        last = by_size(search)[-1]
        each, memory = last["index_cpu_s"], last["index_mb"]
        yield (
            "| search index, made anew after each change of a page |"
            f" {last['index_cpu_ms_an_answer']:.1f} ms an answer |"
            f" {each / last['answers'] * ANSWERS / 60:,.1f} core minutes;"
            f" {memory / 1000:,.1f} GB of memory, however large the site |"
            f" {last['answers']:,} answers |"
        )


def _pulling_hours() -> float:
    """Return the hours of a core that pulling and encoding all recordings takes."""
    rows = read_result("pull_long.json")
    if not rows:
        return 0.0
    return float(rows[-1]["processor_seconds"] / rows[-1]["hours"] / 3600 * HOURS)


def _storage(search: Rows) -> Iterator[str]:
    pulled = KBITS_PULLED * 3600 / 8 / 1e6
    yield _row("recordings", pulled, f"Opus at {KBITS_PULLED} kbit/s, as YouTube has")
    yield _row(
        "their copies for the workers", pulled, "may be deleted when all is transcribed"
    )
    yield _row("enclosures", KBITS * 3600 / 8 / 1e6, f"{KBITS} kbit/s")
    yield _row("`words.json`", _words_gb(), "the sample show")
    if not search:
        return
    last = by_size(search)[-1]
    site = last["site"]
    for what, size, how in (
        ("pages, transcripts, feeds", site["mb"], f"{last['answers']:,} answers"),
        ("search index", last["size_mb"], f"{last['answers']:,} answers"),
    ):
        each = size / last["answers"]
        yield (
            f"| {what} | {1000 * each:.1f} kB an answer | {each * ANSWERS / 1000:,.1f} GB |"
            f" {how} |"
        )
    if picture := read_result("search.json").get("picture_kb"):
        yield (
            f"| link pictures (`share_pictures`) | {picture:.0f} kB an answer |"
            f" {picture * ANSWERS / 1e6:,.1f} GB | 40 answers |"
        )
    files = site["files"] / last["answers"] + 1 + last["files"] / last["answers"]
    yield (
        f"| files to deploy | {files:.1f} an answer | {files * ANSWERS:,.0f} |"
        f" {last['answers']:,} answers, with pictures |"
    )


def _row(what: str, gb: float, how: str) -> str:
    return f"| {what} | {gb * 1000:.1f} MB an hour | {gb * HOURS:,.0f} GB | {how} |"


def _feeds(search: Rows) -> Iterator[str]:
    if not search:
        return
    last, podcast = by_size(search)[-1], _podcast_mb(search)
    yield (
        f"| `answers.xml` | the newest answers only | {last['site']['answers_kb']:,} kB |"
        f" {last['answers']:,} answers; older ones in a document for each month |"
    )
    yield (
        f"| `podcast.xml` | {1000 * podcast / HOURS:.1f} kB an episode, the newest {EACH} to"
        f" {2 * EACH - 1} | {podcast / HOURS * (2 * EACH - 1):,.1f} MB at most | the bench's"
        " episodes, with as many answers as here; older ones in documents of"
        f" {EACH} |"
    )


def _podcast_mb(search: Rows) -> float:
    """Return the size of all podcast documents, with as many answers as here.

    The bench's episodes have more of them, and their titles are most of an item.
    """
    if not search:
        return 0.0
    last = by_size(search)[-1]
    each = last["answers"] / last["site"]["episodes"]
    share = ANSWERS / HOURS / each
    return (
        float(last["site"]["podcast_kb"] / last["site"]["episodes"] * share * HOURS)
        / 1e3
    )


def _words_gb() -> float:
    """Return the gigabytes of ``words.json`` for an hour of the sample."""
    size = seconds = 0.0
    for path in sorted(ROOT.glob("transcripts/2026-03-11-*/words.json")):
        text = path.read_text("utf-8")
        size += len(text.encode())
        seconds += json.loads(text)["duration"] / 1000
    return size / seconds * 3600 / 1e9


# ---- What breaks ----


def _breaks(scale: dict[str, Any], build: Rows, search: Rows) -> Iterator[str]:
    """Yield what breaks, the first thing first."""
    number = 0
    for text in (
        _podcast_breaks(search),
        _search_breaks(search),
        _client_machine(),
        f"**The folder.** {(KBITS + KBITS_PULLED) * 0.45 / 1e3 * HOURS:,.0f} GB of recordings and enclosures are more than a"
        " laptop's disk and than git wants to hold. Keep the show's folder on a file server,"
        " `media/` and `episodes/*/recording.*` out of git (they are ignored already), and"
        " deploy from the machine next to that disk.",
        _client_breaks(scale),
    ):
        if text:
            number += 1
            yield f"{number}. {text}"
    yield ""
    yield (
        "The first three go away when the archive is split into shows by year or by"
        " series: each has its own folder, lock, feed, desk and build, and all share the"
        " workers and their storage. We advise it before the feed is too large."
    )


def _client_machine() -> str:
    hours = _pulling_hours()
    days = f", {hours / CORES / 24:.1f} days for the whole archive" if hours else ""
    return (
        "**The machine that runs it.** Only the transcribing is shared. Pulling, encoding and"
        " building happen where `run` is started, and enclosures are encoded on all of its"
        f" cores{days}; a show's folder has one lock, so one `run` at a time. Start it as a"
        " service: stopped, it goes on where it was, and `run --failed` tries again what"
        " failed. Shows that are split run beside each other, on one machine or several."
    )


def _search_breaks(search: Rows) -> str:
    if not search:
        return ""
    last = by_size(search)[-1]
    times = ANSWERS / last["answers"]
    return (
        f"**A reader's search.** It is done in the reader's browser and grows with the site:"
        f" in {last['answers']:,} answers a word that stands in every one took"
        f" {last['again_ms_most'] / 1000:.1f} s, so {last['again_ms_most'] * times / 1000:.0f}"
        f" s in {ANSWERS:,}; seldom words a tenth of it. Longer pages break as well: that of"
        f" a person lists all answers, {last['site']['largest_page_kb'] * times / 1000:.1f} MB"
        " if thirty people give them all."
    )


def _podcast_breaks(search: Rows) -> str:
    if not search:
        return ""
    return (
        f"**The podcast feed.** Podcast apps read one document and fetch it whole, several"
        f" times a day: all {HOURS:,} episodes would be {_podcast_mb(search):,.0f} MB, so"
        f" `podcast.xml` has the newest {EACH} to {2 * EACH - 1} and leads to the older ones"
        " (RFC 5005). AntennaPod and gPodder follow, many apps do not: their listeners find"
        " older episodes on the pages, or in a show of its own."
    )


def _client_breaks(scale: dict[str, Any]) -> str:
    speed = scale.get("speed")
    if not speed:
        return ""
    two = speed["one_recording"]["workers_2"]
    workers = two["core_seconds"] / two["around_core_seconds"]
    return (
        f"**Scheduler and client.** For two workers they took {two['coordination']:.1%} of"
        f" the processors' time, so one core of theirs serves about {workers:,.0f} workers."
        " Nothing else of the cluster grows with the archive: the client holds a few"
        " recordings open at a time and decodes none. Beyond that run two shows, each with"
        " a scheduler."
    )


if __name__ == "__main__":
    main()
