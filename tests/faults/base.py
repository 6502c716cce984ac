"""A small show taken through every stage, with a copy of it before and after each.

Twenty-five seconds of the synthetic sample: one question, one answer. It is pulled
from a server of the tests' own and really transcribed.
"""

from __future__ import annotations

import multiprocessing
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import av
import numpy as np

from pullquote.transcribe.engine.weights import default_cache
from tests.faults.child import PRELOADED, Fault, command
from tests.media import made
from tests.pull.server import Page, Site, entry, feed

ROOT = Path(__file__).parents[2]
RECORDING = ROOT / "sample/recordings/2026-04-15-nerve-pain-and-numbness.opus"
STRETCH = (133.2, 158.6)
"""Seconds of the sample: question 3 and its answer."""
SLUG = "2026-04-15-injections-in-a-year"
ANSWER = "how-many-injections-in-a-year"

_SHOW = """\
title = "Backbone Hour"
description = "Viewers ask."
site = "https://backbone.example/"
language = "en"
[[sources]]
url = "{url}"
[[people]]
id = "larkfield"
name = "Simon Larkfield"
role = "host"
credentials = "host"
[[people]]
id = "copperfold"
name = "Irene Copperfold"
credentials = "MD"
[[people]]
id = "brambleworth"
name = "Marcus Brambleworth"
credentials = "MD"
[[topics]]
id = "injections"
title = "Injections"
terms = ["injection"]
"""

STAGES: Mapping[str, Sequence[str]] = {
    "pull": ("pull",),
    "transcribe": ("transcribe",),
    "suggest": ("suggest",),
    "cut": (
        *("cut", SLUG, "--question", "0:00.7-0:06.0", "--answer", "0:06.7-0:24.7"),
        *("--slug", ANSWER, "--by", "larkfield"),
    ),
    "approve": ("approve", SLUG, ANSWER, "--by", "brambleworth"),
    "build": ("build",),
    "deploy": ("deploy", "../target"),
    "run": ("run",),
}


@dataclass
class Base:
    """The show before and after each stage, and how a stage is run."""

    root: Path
    site: Site
    changes: dict[str, int] = field(default_factory=dict)
    """How often each stage changes a file when nothing disturbs it."""

    @property
    def work(self) -> Path:
        """Where everything happens; the same path each time."""
        return self.root / "work"

    @property
    def show(self) -> Path:
        """The show's folder."""
        return self.work / "show"

    def before(self, stage: str) -> Path:
        """Return the copy made before a stage."""
        return self.root / f"before-{stage}"

    def after(self, stage: str) -> Path:
        """Return the copy made after a stage that was left alone."""
        return self.root / f"after-{stage}"

    def restore(self, copy: Path) -> None:
        """Put the world back as it was."""
        shutil.rmtree(self.work, ignore_errors=True)
        shutil.copytree(copy, self.work, symlinks=True)

    def keep(self, copy: Path) -> None:
        """Keep the world as it is."""
        shutil.copytree(self.work, copy, symlinks=True)

    def start(self, stage: str, fault: Fault, log: str = "log") -> ForkServerProcess:
        """Start a stage and return its process."""
        argv = [*STAGES.get(stage, (stage,))]
        environment = {
            "PULLQUOTE_CACHE": str(self.work / "cache"),
            "SOURCE_DATE_EPOCH": "1780000000",
        }
        process = context().Process(
            target=command,
            args=(argv, self.show, environment, self.root / log, fault),
        )
        process.start()
        return process

    def told(self, log: str = "log") -> str:
        """Return what a process printed."""
        return (self.root / log).read_text("utf-8", "replace")

    def finish(self, stage: str, fault: Fault | None = None) -> int:
        """Run a stage to its end and return its exit code."""
        process = self.start(stage, fault or Fault())
        process.join(300)
        assert process.exitcode is not None, f"{stage} hangs"
        return process.exitcode


def context() -> ForkServerContext:
    """Return what starts processes: a server that has imported everything."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([*PRELOADED])
    return found


def make_base(root: Path, site: Site) -> Base:
    """Take the show through all stages, left alone."""
    base = Base(root, site)
    _begin(base)
    for stage in STAGES:
        if stage == "suggest":
            _name_voices(base.show)
        if stage == "build":
            _publish(base.show)
        base.keep(base.before(stage))
        counted = root / "counted"
        code = base.finish(stage, Fault(count_to=counted))
        assert code == 0, (stage, base.told())
        base.changes[stage] = int(counted.read_text())
        base.keep(base.after(stage))
    # the last stage finds nothing to do: let it do everything
    base.changes["run"] = sum(base.changes.values())
    shutil.rmtree(base.before("run"))
    shutil.copytree(base.before("build"), base.before("run"), symlinks=True)
    shutil.rmtree(base.after("run"))
    base.restore(base.before("run"))
    assert base.finish("run") == 0, base.told()
    base.keep(base.after("run"))
    return base


def _begin(base: Base) -> None:
    recording = base.root / f"{SLUG}.opus"
    made.write(recording, _stretch(RECORDING, *STRETCH))
    media = base.site.media("/talk.opus", recording.read_bytes())
    held = "Wed, 15 Apr 2026 18:00:00 GMT"
    item = entry("Injections in a year", media, "guid-1", pubDate=held)
    url = base.site.put("/feed.xml", Page(type="text/xml", body=feed(item)))
    base.show.mkdir(parents=True)
    (base.show / "show.toml").write_text(_SHOW.format(url=url))
    cache = base.work / "cache"
    cache.mkdir()
    for shared in ("weights", "tokenizers"):
        there = default_cache() / shared
        there.mkdir(parents=True, exist_ok=True)
        (cache / shared).symlink_to(there)


def _stretch(path: Path, start: float, end: float) -> np.ndarray:
    with av.open(str(path)) as container:
        resampler = av.AudioResampler("fltp", "mono", made.RATE)
        parts = [
            part.to_ndarray()[0]
            for frame in container.decode(audio=0)
            for part in resampler.resample(frame)
        ]
    return np.concatenate(parts)[int(start * made.RATE) : int(end * made.RATE)]


def _name_voices(show: Path) -> None:
    """Do what an editor does: say whose voices these are."""
    path = next((show / "transcripts").glob("*/transcript.md"))
    names = iter(["Simon Larkfield"])
    text = path.read_text()
    known: dict[str, str] = {}

    def named(match: re.Match[str]) -> str:
        label = match.group(1)
        known.setdefault(label, next(names, "Irene Copperfold"))
        return f"**{known[label]}** ["

    path.write_text(re.sub(r"\*\*(.+?)\??\*\* \[", named, text))


def _publish(show: Path) -> None:
    """Do what a producer does: let the episode be seen."""
    path = next((show / "episodes").glob("*/episode.toml"))
    text = path.read_text().replace(
        'status = "draft"', 'status = "published"\npublished = 2026-04-20T09:00:00Z'
    )
    path.write_text(text)
