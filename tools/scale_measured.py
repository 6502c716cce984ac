"""What docs/scale.md says was measured, and where the figures lie."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).parents[1] / "bench/results"
Rows = Sequence[dict[str, Any]]


def read_result(name: str) -> Any:
    """Return what a bench wrote; nothing where it never ran."""
    path = RESULTS / name
    return json.loads(path.read_text("utf-8")) if path.is_file() else {}


def measured(scale: dict[str, Any], build: Rows, search: Rows) -> list[str]:
    """Return the page's last part, a line a measurement."""
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
    if faults := read_result("faults.json"):
        rows.append(
            f"- {faults['runs']} faults at random points: {faults['lost']} losses,"
            f" {faults['half_written']} half-written files, {faults['by_hand']} that needed"
            " a hand."
        )
    if attacks := read_result("attacks.json"):
        rows.append(
            f"- {attacks['cases']:,} hostile inputs over {attacks['parsers']} parsers:"
            f" {attacks['failures']} failures, {attacks['slowest_s']:.1f} s at most."
        )
    if shelf := read_result("shelf.json"):
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
        rows = by_size([row for row in build if row["what"] == what])
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
        for row in by_size(search)
    ]
    return ["\n".join(rows)]


def by_size(rows: Rows) -> Rows:
    """Return a bench's rows, that of the fewest answers first."""
    return sorted(rows, key=lambda row: int(row["answers"]))
