"""Measure a pull of a channel that is known but for its newest entries.

    python bench/pull.py AUDIO --only channel

A show with 500 pulled episodes (and, for the memory, 50 and 5,000), each with facts,
notes and an enclosure, and 3 new entries: as yt-dlp's info JSON of a channel, as a
podcast's feed, and through yt-dlp's own YouTube extractors against a YouTube of the
tests' own. `publish.py pull` runs as a process of its own; what is asked of the server
is counted there. "Besides the downloads" is the run without anything new.

Fails where 3 new ones cost more than 3 + 2 requests, a run with nothing new takes 3 s
of the processor or more, or 5,000 known episodes take much more memory than 50.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from pullquote.formats.disk import file_sha256
from pullquote.formats.enclosure_json import format_enclosure
from pullquote.formats.episode_toml import format_episode
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.media.enclosure import made_from
from pullquote.model.episode import Episode, Recording
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.pulling.sources import pull_sources
from pullquote.pull.enclosure import episode_tags, make_episode_enclosure
from tests.media.made import speechlike, write
from tests.pull.server import Page, Site, entry, feed, serving
from tests.pull.test_channel import SHOW, channel, flat, video
from tests.pull.youtube import Video, YouTube, leading_to

SCRIPT = Path(__file__).parents[1] / "publish.py"
KNOWN, NEW = 500, 3
SIZES = (50, 500, 5000)
MOST_SECONDS = 3.0
MOST_GROWTH = 1.15


@dataclass(frozen=True)
class Run:
    """One `publish.py pull`."""

    seconds: float
    processor: float
    memory: float
    """Megabytes at most."""


def pull(root: Path) -> Run:
    """Pull in a process of its own."""
    command = [sys.executable, str(SCRIPT), "pull", "--show", str(root)]
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    spent = used.ru_utime + used.ru_stime
    return Run(time.perf_counter() - start, spent, used.ru_maxrss / 1024)


def show_of(root: Path, url: str, known: int) -> ShowFolder:
    """Make a show with so many episodes that were pulled and finished before."""
    folder = ShowFolder(root)
    root.mkdir(parents=True)
    folder.show.write_text(SHOW.format(url=url))
    first = folder.episode("2020-01-01-talk-0")
    first.facts.parent.mkdir(parents=True)
    sound = write(first.recording("recording.opus"), speechlike(1))
    recording = Recording(
        file=sound.name,
        sha256=file_sha256(sound),
        duration=1000,
        source="https://www.youtube.com/watch?v=video000000",
        source_id="youtube:video000000",
    )
    base = Episode(guid="0", title="Talk 0", held=date(2020, 1, 1), recording=recording)
    show = load_show(folder.show)
    made = make_episode_enclosure(folder, first.slug, show, base)
    body = first.enclosure.read_bytes()
    for number in range(known):
        own = replace(
            recording,
            sha256=recording.sha256 if number == 0 else f"{number:064x}",
            source_id=f"youtube:video{number:06}",
        )
        title = f"Talk {number}"
        episode = replace(base, guid=str(number), title=title, recording=own)
        paths = folder.episode(f"2020-01-01-talk-{number}")
        paths.facts.parent.mkdir(exist_ok=True)
        paths.facts.write_text(format_episode(episode))
        paths.notes.write_text("Viewers ask.\n")
        paths.enclosure.write_bytes(body)
        tags = episode_tags(folder, paths.slug, show, episode)
        digest = made_from(own.sha256, tags)
        facts = replace(made, made_from=digest)
        paths.enclosure_facts.write_text(format_enclosure(facts))
    return folder


def bodies(folder: Path) -> list[bytes]:
    """Return new recordings of one second."""
    return [
        write(folder / f"{n}.opus", speechlike(1 + n / 10)).read_bytes()
        for n in range(1, NEW + 1)
    ]


def by_info(folder: Path, site: Site, known: int, new: Sequence[bytes]) -> ShowFolder:
    """Offer a channel as info JSON."""
    show = show_of(folder / f"info-{known}", "channel.info.json", known)
    rows = [video(site, known + n, body) for n, body in enumerate(new)]
    rows += [flat(n) for n in reversed(range(known))]
    (show.root / "channel.info.json").write_text(json.dumps(channel(*rows)))
    return show


def by_feed(folder: Path, site: Site, known: int, new: Sequence[bytes]) -> ShowFolder:
    """Offer the same as a podcast's feed."""
    rows = [
        entry(f"New {n}", site.media(f"/f{n}.opus", body), f"new-{n}")
        for n, body in enumerate(new)
    ]
    rows += [
        entry(f"Talk {n}", f"{site.address}/x.mp3", f"youtube:video{n:06}")
        for n in reversed(range(known))
    ]
    url = site.put("/feed.xml", Page(type="text/xml", body=feed(*rows)))
    return show_of(folder / f"feed-{known}", url, known)


def by_youtube(folder: Path, site: Site, new: Sequence[bytes]) -> dict[str, int]:
    """Pull through yt-dlp's YouTube extractors; return what was asked for what."""
    url = "https://www.youtube.com/@backbone/videos"
    show = show_of(folder / "youtube", url, KNOWN)
    videos = [Video(f"video{n:06}", f"Talk {n}") for n in reversed(range(KNOWN))]
    with leading_to(site):
        youtube = YouTube(site, videos)
        pull_sources(show, load_show(show.show), (), Quiet())
        for n, body in enumerate(new):
            address = site.media(f"/y{n}.opus", body)
            youtube.videos.insert(0, Video(f"new{n:08}", f"New {n}", sound=address))
        youtube.asked.clear()
        site.asked.clear()
        pull_sources(show, load_show(show.show), (), Quiet())
    lists = [p for p in youtube.asked if p.startswith(("/@", "/youtubei/v1/browse"))]
    media = [path for path, _ in site.asked if path.endswith(".opus")]
    pictures = [path for path in youtube.asked if path.startswith("/vi")]
    pages = len(youtube.asked) - len(lists) - len(pictures)
    return {
        "of_the_list": len(lists),
        "of_media": len(media),
        "of_yt_dlp_for_a_videos_page": pages // NEW,
    }


def measure(
    make: Any, folder: Path, site: Site, new: Sequence[bytes]
) -> dict[str, Any]:
    """Pull the new ones, then once more with nothing new."""
    show = make(folder, site, KNOWN, new)
    site.asked.clear()
    with_new = pull(show.root)
    requests = len(site.asked)
    assert len(show.slugs()) == KNOWN + NEW
    nothing = min((pull(show.root) for _ in range(3)), key=lambda run: run.processor)
    return {
        "requests_for_3_new": requests,
        "seconds_with_3_new": round(with_new.seconds, 2),
        "seconds_besides_downloads": round(nothing.seconds, 2),
        "processor_seconds_besides_downloads": round(nothing.processor, 2),
        "memory_mb": round(with_new.memory),
    }


def bench() -> dict[str, Any]:
    """Measure everything and print it."""
    figures: dict[str, Any] = {}
    with serving() as site, tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        new = bodies(folder)
        for name, make in (("info_json", by_info), ("feed", by_feed)):
            figures[name] = measure(make, folder, site, new)
        figures["youtube_requests"] = by_youtube(folder, site, new)
        memory = {}
        for known in SIZES:
            show = by_info(folder / "memory", site, known, new)
            pull(show.root)
            memory[str(known)] = round(min(pull(show.root).memory for _ in range(2)))
        figures["memory_mb_by_known_episodes"] = memory
    for name, value in figures.items():
        print(f"{name}: {value}")
    return figures


def problems(figures: dict[str, Any]) -> list[str]:
    """Return what misses its figure."""
    found = []
    for name in ("info_json", "feed"):
        one = figures[name]
        if one["requests_for_3_new"] > NEW + 2:
            found.append(f"{name}: {one['requests_for_3_new']} requests")
        if one["processor_seconds_besides_downloads"] >= MOST_SECONDS:
            found.append(f"{name}: too slow")
    memory = figures["memory_mb_by_known_episodes"]
    if memory[str(SIZES[1])] > MOST_GROWTH * memory[str(SIZES[0])]:
        found.append(f"memory grows: {memory}")
    return found
