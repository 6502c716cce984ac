"""Kill, cut, fill, truncate, garble and race every stage; then run it again and compare.

Three things are asked of each run. At the moment of the fault: no file holds anything
but what it held before or what it would hold afterwards. After one more run, left alone:
all is as if nothing had happened, and nothing is left lying. In between: nobody had to
do anything, and what was printed was no traceback.
"""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.base import SLUG, STAGES, Base
from tests.faults.child import Fault

Tree = dict[str, bytes]

_UNSEEN = ("show/.pullquote/", "cache/", "show/site/pagefind/", "target/pagefind/")
"""What a machine remembers: it may differ, and must only never stand in the way.

Pagefind's index is another each time: it numbers words as its threads come to them.
"""
_PART = re.compile(r"\.part$|/\.(site|pullquote)[-.][^/]*|\.lock$")
"""Temporary names: what a killed process may leave until the next run."""
_ID = re.compile(rb"[0-9a-f]{32}")

_TEXTS = (
    *(f"transcripts/{SLUG}/words.json", f"transcripts/{SLUG}/suggestions.json"),
    *(f"episodes/{SLUG}/enclosure.json", f"episodes/{SLUG}/source.json"),
    *("feeds/podcast.xml", "feeds/answers.xml", "feeds/answers.json"),
)
MACHINE_MADE = (
    *(*_TEXTS, ".pullquote/sources.json", "site/index.html"),
    *(f"episodes/{SLUG}/enclosure.mp3", f"episodes/{SLUG}/peaks.json"),
    *(f"site/episodes/{SLUG}/index.html", "site/sitemap.xml"),
)
PEOPLES = (
    "show.toml",
    f"episodes/{SLUG}/episode.toml",
    f"transcripts/{SLUG}/transcript.md",
)


@dataclass(kw_only=True)
class Run:
    """One fault, and what became of it."""

    number: int
    stage: str
    kind: str
    lost: list[str] = field(default_factory=list)
    half_written: list[str] = field(default_factory=list)
    by_hand: list[str] = field(default_factory=list)
    """Why a person would have to do something."""

    @property
    def good(self) -> bool:
        """Nothing lost, nothing half-written, nothing to do by hand."""
        return not (self.lost or self.half_written or self.by_hand)


class Harness:
    """Injects faults that a seed decides on."""

    def __init__(self, base: Base, seed: int) -> None:
        self.base = base
        self.seed = seed
        self._before = {stage: tree(base.before(stage)) for stage in STAGES}
        self._after = {stage: tree(base.after(stage)) for stage in STAGES}

    def runs(
        self, count: int, only: Sequence[tuple[str, str]] = (), *, first: int = 0
    ) -> Iterator[Run]:
        """Yield runs, all stages and kinds in turn, at random points."""
        pairs = list(only or PAIRS)
        for number in range(first, first + count):
            chance = random.Random(self.seed * 1_000_003 + number)
            stage, kind = pairs[number % len(pairs)]
            run = Run(number=number, stage=stage, kind=kind)
            self.base.restore(self.base.before(stage))
            self._inject(run, chance)
            yield run

    def _inject(self, run: Run, chance: random.Random) -> None:
        if run.kind in ("truncate", "garble"):
            self._damage(run, chance)
            self._judge_end(run)
        elif run.kind == "slip":
            self._slip(run, chance)
        else:
            act: Callable[[Run, random.Random], None] = getattr(self, f"_{run.kind}")
            act(run, chance)
            self._judge_now(run)
            self._judge_end(run)

    def _kill(self, run: Run, chance: random.Random) -> None:
        """SIGKILL at a random change of a file, or a moment after it."""
        at = chance.randint(1, self.base.changes[run.stage])
        delay = chance.choice([0.0, 0.0, chance.uniform(0.0001, 0.02)])
        self.base.finish(run.stage, Fault(kill_at=at, delay=delay))

    def _fill(self, run: Run, chance: random.Random) -> None:
        """Let no file grow beyond a random size, as a full disk or quota does."""
        largest = int(10 ** chance.uniform(0, 5.3))
        code = self.base.finish(run.stage, Fault(largest=largest))
        self._check_told(run, code)

    def _cut(self, run: Run, chance: random.Random) -> None:
        """Close the line to the server after a random number of bytes."""
        page = self.base.site.pages["/talk.opus"]
        page.break_after = chance.randrange(1, len(page.body))
        code = self.base.finish(run.stage)
        page.break_after = None
        self._check_told(run, code)

    def _half(self, run: Run, chance: random.Random) -> None:
        """Let the server send half a file and call it whole."""
        page = self.base.site.pages["/talk.opus"]
        whole, page.body = page.body, page.body[: chance.randrange(len(page.body))]
        code = self.base.finish(run.stage)
        page.body = whole
        self._check_told(run, code)

    def _race(self, run: Run, chance: random.Random) -> None:
        """Start it twice at once, or beside somebody who looks at the show."""
        other = chance.choice([run.stage, run.stage, "check"])
        first = self.base.start(run.stage, Fault())
        time.sleep(chance.uniform(0, 0.3))
        second = self.base.start(other, Fault(), "log-2")
        for log, process in (("log", first), ("log-2", second)):
            process.join(300)
            self._check_told(run, process.exitcode or 0, log)

    def _damage(self, run: Run, chance: random.Random) -> None:
        """Truncate or garble something that a machine made; ``run`` must mend it."""
        self.base.restore(self.base.after("run"))
        name = chance.choice(
            [n for n in MACHINE_MADE if (self.base.show / n).is_file()]
        )
        path = self.base.show / name
        data = bytearray(path.read_bytes())
        if run.kind == "truncate":
            del data[chance.randrange(len(data)) :]
        else:
            at = chance.randrange(len(data))
            data[at : at + 64] = bytes(chance.randrange(128, 256) for _ in range(64))
        path.write_bytes(data)
        run.stage = f"run after {name}"

    def _slip(self, run: Run, chance: random.Random) -> None:
        """Break what a person wrote: it must be told and left, and all else too."""
        name = chance.choice(PEOPLES)
        path = self.base.show / name
        whole = path.read_bytes()
        at = chance.randrange(len(whole))
        broken = (
            whole[:at]
            + chance.choice([b"\x00", b"\xff", b'"', b"[[", b"**"])
            + whole[at:]
        )
        path.write_bytes(broken)
        code = self.base.finish(run.stage)
        self._check_told(run, code)
        if path.read_bytes() != broken:
            run.lost.append(f"{name}: what a person wrote was changed")
        path.write_bytes(whole)
        self._judge_end(run)

    def _check_told(self, run: Run, code: int, log: str = "log") -> None:
        told = self.base.told(log)
        if "Traceback" in told:
            run.by_hand.append(
                "a traceback: " + " | ".join(told.strip().split("\n")[-2:])
            )
        if code not in (0, 1, 2):
            run.by_hand.append(f"exit code {code}")

    def _judge_now(self, run: Run) -> None:
        """No file may hold anything but what it held before or will hold."""
        before, after = self._before[run.stage], self._after[run.stage]
        now = tree(self.base.work)
        if run.stage == "cut":  # each cut draws another id
            before, after, now = map(without_ids, (before, after, now))
        run.half_written += [
            name
            for name, data in now.items()
            if not _PART.search(name)
            and data not in (before.get(name), after.get(name))
        ]
        gone = [n for n in before if n in after and n not in now]
        # a site is switched in at one stroke: it may be away for no longer than that
        run.lost += [n for n in gone if not n.startswith("show/site/")]

    def _judge_end(self, run: Run) -> None:
        stage = "run" if run.kind in ("truncate", "garble") else run.stage
        code = self.base.finish(stage)
        told = self.base.told()
        if code != 0 or "Traceback" in told:
            run.by_hand.append(f"run again: exit code {code}: {told.strip()[-400:]}")
        now, after = tree(self.base.work), self._after[stage]
        if stage == "cut":
            now, after = without_ids(now), without_ids(after)
        run.lost += [f"{name} is missing" for name in sorted(after.keys() - now.keys())]
        run.lost += [
            f"{name} is left over" for name in sorted(now.keys() - after.keys())
        ]
        run.lost += [
            f"{name} differs"
            for name in sorted(now.keys() & after.keys())
            if now[name] != after[name]
        ]


def tree(root: Path) -> Tree:
    """Return every file's content by its path, what is only remembered left out."""
    found = {}
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root).as_posix()
        if path.is_file() and not path.is_symlink() and not name.startswith(_UNSEEN):
            found[name] = path.read_bytes()
    return found


def without_ids(files: Tree) -> Tree:
    """Return the files as they are whatever ids were drawn."""
    return {
        _ID.sub(b"ID", name.encode()).decode(): _ID.sub(b"ID", data)
        for name, data in files.items()
    }


PAIRS = (
    *((stage, "kill") for stage in STAGES),
    *((stage, "fill") for stage in STAGES),
    *((stage, "race") for stage in STAGES),
    *((stage, "kill") for stage in STAGES),
    *(("pull", "cut"), ("pull", "half"), ("build", "slip"), ("run", "slip")),
    *(("run", "truncate"), ("run", "garble")) * 3,
)
"""Every stage with every fault it can meet, in turn."""


def summary(runs: Sequence[Run]) -> dict[str, object]:
    """Return the figures of a number of runs."""
    return {
        "runs": len(runs),
        "lost": sum(bool(run.lost) for run in runs),
        "half_written": sum(bool(run.half_written) for run in runs),
        "by_hand": sum(bool(run.by_hand) for run in runs),
        "kinds": dict(Counter(run.kind for run in runs)),
        "stages": dict(Counter(run.stage.partition(" ")[0] for run in runs)),
    }
