"""Programs that others wrote, run for real; see tools/others.sh."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

MODULES = Path(__file__).parents[2] / ".venv/others/node_modules"
VNU = MODULES / "vnu-jar/build/dist/vnu.jar"
_SECONDS = 60


def have_npm(*names: str) -> bool:
    """Say whether packages from npm are here, and Node to run them."""
    return shutil.which("node") is not None and all(
        (MODULES / name).is_dir() for name in names
    )


def read_with_node(feed: Path) -> dict[str, Any]:
    """Return what podcast-partytime and feedsmith read in a feed."""
    script = Path(__file__).with_name("read_feed.mjs")
    done = subprocess.run(
        ["node", str(script), str(MODULES), str(feed)],
        capture_output=True,
        text=True,
        check=True,
        timeout=_SECONDS,
    )
    found: dict[str, Any] = json.loads(done.stdout.strip().splitlines()[-1])
    return found


def html_faults(pages: list[Path]) -> list[str]:
    """Return what the W3C's HTML checker says against these pages."""
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--skip-non-html", *map(str, pages)],
        capture_output=True,
        text=True,
        check=False,
        timeout=5 * _SECONDS,
    )
    return done.stderr.strip().splitlines()


@dataclass(frozen=True, slots=True)
class Item:
    """What a client's own database holds of an episode or an answer."""

    guid: str
    title: str
    published: int
    link: str
    enclosure: str
    type: str
    length: int | None = None


class Gpodder:
    """gPodder's command line with a home of its own."""

    program = "gpo"

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True)
        self._home = home

    def subscribe(self, url: str) -> None:
        self._run("subscribe", url)

    def update(self) -> None:
        self._run("update")

    def items(self) -> list[Item]:
        rows = _rows(
            self._home / "Database",
            "select guid, title, published, link, url, mime_type, file_size"
            " from episode",
        )
        return [Item(*row) for row in rows]

    def _run(self, *words: str) -> None:
        subprocess.run(
            [self.program, *words],
            env=os.environ | {"GPODDER_HOME": str(self._home)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )


class Newsboat:
    """newsboat with files of its own."""

    program = "newsboat"

    def __init__(self, home: Path) -> None:
        home.mkdir(parents=True)
        self._home = home

    def subscribe(self, url: str) -> None:
        with (self._home / "urls").open("a") as urls:
            urls.write(f"{url}\n")
        self.update()

    def update(self) -> None:
        files = ["-u", "urls", "-c", "cache.db", "-C", os.devnull]
        subprocess.run(
            [self.program, *files, "-x", "reload"],
            cwd=self._home,
            env=os.environ | {"HOME": str(self._home), "TERM": "dumb"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=True,
            timeout=_SECONDS,
        )

    def items(self) -> list[Item]:
        rows = _rows(
            self._home / "cache.db",
            "select guid, title, pubDate, url, enclosure_url, enclosure_type"
            " from rss_item where deleted = 0",
        )
        return [Item(*row) for row in rows]


def _rows(database: Path, query: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    try:
        return [tuple(row) for row in connection.execute(query)]
    finally:
        connection.close()


CLIENTS = (Gpodder, Newsboat)
