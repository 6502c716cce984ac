"""The shelf of a large show: how long its pages take."""

from __future__ import annotations

import shutil
import statistics
import time
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from pullquote.formats.folder import ShowFolder
from tests.desk.running import SLUG, Client, running, sample_show


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
