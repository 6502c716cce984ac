"""Move a show of 300 episodes to Pullquote and look at it as its subscribers' apps do.

    python bench/pull.py AUDIO --only move

An old feed (GUIDs, addresses and dates as real hosts write them: no two alike) is
served, brought over by `publish.py init --from-feed` in a process of its own, and
published again by our own build. Both feeds are read by feedparser and podcastparser.
Fails where one GUID, pubDate, enclosure address, length or type differs.
"""

from __future__ import annotations

import io
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import podcastparser

from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.outcome import Quiet
from tests.media.made import picture
from tests.pipeline.test_moving import as_clients_see, item, old_feed
from tests.pull.server import Page, serving

EPISODES = 300
SCRIPT = Path(__file__).parents[1] / "publish.py"


def bench() -> dict[str, Any]:
    """Move the show; return what differs."""
    with serving() as site, tempfile.TemporaryDirectory() as place:
        art = picture(Path(place) / "art.png", 1500, 1500).read_bytes()
        image = site.put("/art.png", Page(body=art, type="image/png"))
        head = f'<itunes:image href="{image}"/>'
        rows = [item(n) for n in reversed(range(EPISODES))]
        old = old_feed(*rows, head=head)
        url = site.put("/feed.xml", Page(type="application/rss+xml", body=old))
        root = Path(place) / "show"
        start = time.perf_counter()
        command = [sys.executable, str(SCRIPT), "init", str(root), "--from-feed", url]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        moved = time.perf_counter() - start
        requests = len(site.asked)
        folder = ShowFolder(root)
        build_public(folder, Quiet())
        new = (folder.feeds / "podcast.xml").read_bytes()
    figures = {**compared(old, new), "requests": requests, "seconds": round(moved, 2)}
    for name, value in figures.items():
        print(f"{name}: {value}")
    return figures


def compared(old: bytes, new: bytes) -> dict[str, Any]:
    """Return how two feeds differ for who follows them."""
    before, after = as_clients_see(old), as_clients_see(new)
    names = ("pubDate", "address", "length", "type")
    differ = {
        name: sum(before[g][at] != after[g][at] for g in before if g in after)
        for at, name in enumerate(names)
    }
    parsed = [podcastparser.parse("x", io.BytesIO(feed)) for feed in (old, new)]
    seen = [{e["guid"] for e in feed["episodes"]} for feed in parsed]
    return {
        "episodes": len(before),
        "guids_lost": len(before.keys() - after.keys()),
        "new_entries_seen_by_feedparser": len(after.keys() - before.keys()),
        "new_entries_seen_by_podcastparser": len(seen[1] - seen[0]),
        "differ": differ,
    }


def problems(figures: dict[str, Any]) -> list[str]:
    """Return what misses its figure."""
    counts = {**figures["differ"], "lost": figures["guids_lost"]}
    counts["new"] = figures["new_entries_seen_by_feedparser"]
    return [f"{name}: {count}" for name, count in counts.items() if count]
