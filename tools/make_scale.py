"""Write docs/scale.md from what the benches measured: nothing in it is typed by hand.

    python tools/make_scale.py

Reads bench/results/scale.json, shelf.json, build.json, search.json, pull_long.json,
attacks.json and faults.json, and the sample show for the size of words.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results"
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
    scale = _read("scale.json")
    build = [row for row in _read("build.json").get("rows", ()) if "answers" in row]
    search = _read("search.json").get("rows", ())
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
        "\n".join(_measured(scale, build, search)),
    ]
    return "\n\n".join(parts) + "\n"


Rows = Sequence[dict[str, Any]]


def _read(name: str) -> Any:
    """Return what a bench wrote; nothing where it never ran."""
    path = RESULTS / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def _measured(scale: dict[str, Any], build: Rows, search: Rows) -> list[str]:
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
    return [*rows, *_of_growth(build), *_of_search(search)]


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
    before = archive.get("transcribed_before")
    stopped = f" ({before:,} of them before a stop)" if before else ""
    return (
        f"- An archive of {archive['episodes']:,} recordings of"
        f" {archive['seconds_each'][0]} to {archive['seconds_each'][1] + 4} s, and"
        f" {archive['long']} of eleven minutes, unattended{stopped}: {archive['seconds']:,} s,"
        f" {archive['client_mb']} MB of memory; {archive['faults_named']} of"
        f" {archive['faults_seeded']} seeded faults named, {archive['others_named']} others;"
        f" `run --failed` left {archive['left_after_retry']}."
    )


def _of_growth(build: Rows) -> list[str]:
    """Say for each kind of build what an answer costs in the smallest and the largest."""
    found = []
    for what, meaning in (("pages", "pages"), ("whole", "pages, pictures and search")):
        rows = _by_size([row for row in build if row["what"] == what])
        if len(rows) > 1:
            costs = ", ".join(
                f"{1000 * row['full_cpu_s'] / row['answers']:.1f} ms of"
                f" {row['answers']:,}"
                for row in rows
            )
            found.append(f"- A build of {meaning} takes for each answer {costs}.")
    return found


def _of_search(search: Rows) -> list[str]:
    """Say how the search grows: its index, a reader's query, the desk's."""
    if not search:
        return []
    rows = [
        "- Search as a show grows (`bench/search.py`, picture in"
        " `bench/results/search.svg`), each query at its slowest:",
        "",
        "| answers | indexing | its memory | index | a reader's first query | again | the"
        " desk's query |",
        "|---|---|---|---|---|---|---|",
    ]
    rows += [
        f"| {row['answers']:,} | {row['index_cpu_ms_an_answer']:.1f} ms an answer |"
        f" {row['index_mb']:,} MB | {row['size_mb']:g} MB |"
        f" {row['open_kb'] + row['first_kb_most']:,.0f} kB with the page,"
        f" {row['first_ms_most']:,.0f} ms | {row['again_ms_most']:,.0f} ms |"
        f" {row['desk']['search_ms_most']:,.0f} ms |"
        for row in _by_size(search)
    ]
    return ["\n".join(rows)]


def _by_size(rows: Rows) -> Rows:
    return sorted(rows, key=lambda row: int(row["answers"]))


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
    pages = _by_size([row for row in build if row["what"] == "pages"])
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
        last = _by_size(search)[-1]
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
    rows = _read("pull_long.json")
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
    last = _by_size(search)[-1]
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
    if picture := _read("search.json").get("picture_kb"):
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
    last, podcast = _by_size(search)[-1], _podcast_mb(search)
    yield (
        f"| `answers.xml` | the newest answers only | {last['site']['answers_kb']:,} kB |"
        f" {last['answers']:,} answers; older ones in a document for each month |"
    )
    yield (
        f"| `podcast.xml` | {1000 * podcast / HOURS:.1f} kB an episode, every one in it |"
        f" {podcast:,.0f} MB | the bench's episodes, with as many answers as here |"
    )


def _podcast_mb(search: Rows) -> float:
    """Return the size of the podcast feed, with as many answers an episode as here.

    The bench's episodes have more of them, and their titles are most of an item.
    """
    if not search:
        return 0.0
    last = _by_size(search)[-1]
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
    last = _by_size(search)[-1]
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
    podcast = _podcast_mb(search)
    return (
        f"**The podcast feed.** Podcast apps read one document and fetch it whole, several"
        f" times a day: {podcast:,.0f} MB is more than they take (our own import stops at 12"
        f" MB, about {round(12 / podcast * HOURS, -2):,.0f} episodes). Pages and answers' feeds"
        " go on; for listeners, split the show."
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
