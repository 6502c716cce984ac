"""Every figure of publishing, printed; `python bench/publish.py [--audio ../shared/audio]`.

Runs other people's programs for real (tools/others.sh --all brings them); one that is not
to be had is named and left out. Writes bench/results/publish.json. How long a build takes
is measured by bench/build.py.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.desk_running import chromium_path, launch
from pullquote.formats.folder import ShowFolder
from pullquote.model.align import align
from pullquote.model.library import Library
from pullquote.model.transcript import TimedTurn, Transcript, Turn
from pullquote.pipeline.library.episode_reader import timed_turns
from pullquote.publish.feeds.podcast_channel import podcast_guid
from pullquote.render.site.build import Brought, build_site
from tests import factory
from tests.formats import transcript_rules
from tests.publish import others as programs
from tests.publish import rules, test_other_programs
from tests.publish.feeds import answers_feed, podcast_feed
from tests.publish.hosting import hosted
from tests.publish.shows import bodies, notes, rich_library
from tests.render.test_site import laid
from tests.render.test_site import others as other_files

ROOT = Path(__file__).parents[1]
RESULTS = ROOT / "bench/results/publish.json"
SAMPLE = "2026-03-11-back-pain-basics"
LIGHTHOUSE = programs.MODULES / "lighthouse/cli/index.js"
VECTORS = {
    "podnews.net/rss": "9b024349-ccf0-5f69-a609-6b82873eab3c",
    "mp3s.nashownotes.com/pc20rss.xml": "917393e3-1b1e-5cef-ace4-edaa54e1f810",
}
# pytest would stop at its warning that what it runs in has imported a plugin's package
QUIETLY = ("-q", "-p", "no:cacheprovider", "-W", "ignore:Module already imported")
Figures = dict[str, Any]


def feed_rules(_: argparse.Namespace) -> Figures:
    """Check our feeds against every rule of the specifications."""
    rich = test_other_programs.library()
    sample = ROOT / "feeds"
    found = [
        *rules.faults(podcast_feed(rich, notes(rich)), podcast=True),
        *rules.faults(answers_feed(rich, bodies(rich)), podcast=False),
        *rules.faults((sample / "podcast.xml").read_bytes(), podcast=True),
        *rules.faults((sample / "answers.xml").read_bytes(), podcast=False),
    ]
    right = sum(podcast_guid(feed) == guid for feed, guid in VECTORS.items())
    return {
        "errors": len(found),
        "podcast:guid vectors right": f"{right} of {len(VECTORS)}",
        "w3c feedvalidator itself": "not run: in no package registry",
    }


def clients(_: argparse.Namespace) -> Figures:
    """Subscribe real clients and parsers; the tests hold each field to its source."""
    import pytest

    path = ROOT / "tests/publish/test_other_programs.py"
    readers = ROOT / "tests/publish/test_feed_readers.py"
    counted = _Counted()
    names = "not html"
    pytest.main(
        [*QUIETLY, "-k", names, str(path), str(readers)],
        plugins=[counted],
    )
    return {
        "programs": "feedparser, podcastparser, podcast-partytime, feedsmith, gpo, newsboat",
        "checks held": f"{counted.passed} of {counted.passed + counted.failed}",
        "left out": counted.skipped or "none",
        "episodes shown twice after rename, correction, move, rebuild": counted.failed,
    }


class _Counted:
    """Counts what pytest ran."""

    def __init__(self) -> None:
        self.passed = self.failed = 0
        self.skipped: list[str] = []

    def pytest_runtest_logreport(self, report: Any) -> None:
        """Take note of one test."""
        if report.when == "call" and report.passed:
            self.passed += 1
        elif report.failed:
            self.failed += 1
        elif report.skipped:
            self.skipped.append(str(report.longrepr[-1]))


def transcripts(wanted: argparse.Namespace) -> Figures:
    """Hold 1,000 generated transcripts and the webinars' to the rules."""
    random.seed(7)
    broken = [number for number in range(1000) if _rules_broken(_generated())]
    webinars = sorted((wanted.audio / "webinars").glob("*.json"))
    faulty = [path.stem for path in webinars if _rules_broken(_webinar(path))]
    shows = [
        timed_turns(ShowFolder(ROOT).episode(path.parent.name))
        for path in ROOT.glob("transcripts/*/transcript.md")
    ]
    return {
        "generated that keep to the rules": f"{1000 - len(broken)} of 1000",
        "webinars that keep to the rules": f"{len(webinars) - len(faulty)} of {len(webinars)}",
        "sample episodes that do": f"{sum(not _rules_broken(t) for t in shows)} of {len(shows)}",
    }


def _rules_broken(turns: tuple[TimedTurn, ...]) -> list[str]:
    return transcript_rules.faults(turns, [turn.speaker for turn in turns])


def _generated() -> tuple[TimedTurn, ...]:
    pool = [
        "8:30",
        "ratio:",
        "-->",
        "<v",
        "&amp;",
        "]]>",
        "Dr.",
        "Ünwohl",
        "痛み",
        "ألم",
    ]
    made, clock = [], 0
    for _ in range(random.randint(1, 30)):
        clock += random.randint(0, 20_000)
        words = [
            random.choice(pool)
            if random.random() < 0.1
            else "".join(random.choices("abcdefghij", k=random.randint(1, 14)))
            for _ in range(random.randint(1, 120))
        ]
        name = random.choice(
            ["Ann Lee", "Professor Maximilian Featherstone-Hale", "S1"]
        )
        made.append(Turn(start=clock, speaker=name, sentences=(" ".join(words),)))
    return align(Transcript(episode="x", language="en", turns=tuple(made)), None)


def _webinar(path: Path) -> tuple[TimedTurn, ...]:
    told = json.loads(path.read_text())
    names = {person["id"]: person["name"] for person in told["people"]}
    turns = tuple(
        Turn(
            start=round(said["start"] * 1000),
            speaker=names.get(said["speaker"], said["speaker"]),
            sentences=(said["text"],),
        )
        for said in told["utterances"]
    )
    return align(Transcript(episode="x", language="en", turns=turns), None)


def pages(_: argparse.Namespace) -> Figures:
    """Look at every kind of page: axe, the W3C's checker, weight, other hosts."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shown = laid(root)
        files = other_files(shown)
        moves = {"answers/old/": "answers/bed-rest/", "answers/gone/": None}
        build_site(shown, root / "site", Brought(files=files, moved=moves))
        build_site(shown, root / "preview", Brought(files=files), drafts=True)
        made = [
            page
            for tree in ("site", "preview")
            for page in sorted((root / tree).rglob("*.html"))
            if page.name != "transcript.html"
        ]
        if programs.VNU.is_file() and shutil.which("java"):
            html: object = len(programs.html_faults(made))
        else:
            html = "not run: vnu-jar or Java is missing"
        site = root / "site"
        code = sum(p.stat().st_size for p in (site / "static").glob("*.css"))
        code += (site / "static/icon.svg").stat().st_size
        answers = site.glob("answers/*/index.html")
        weight = max(page.stat().st_size for page in answers) + code
        return {
            "pages": len(made),
            "html errors (W3C checker)": html,
            "heaviest answer page with all it loads, bytes": weight,
            **_axe(root, made),
        }


def _axe(root: Path, made: list[Path]) -> Figures:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import Route, sync_playwright

    from tests.desk.looking import RULES

    violations, looks = 0, 0
    strangers: set[str] = set()
    with sync_playwright() as playwright:
        browser = launch(playwright)
        context = browser.new_context()

        def answer(route: Route) -> None:
            parts = urlsplit(route.request.url)
            if not (parts.hostname or "").endswith(".test"):
                strangers.add(route.request.url)
            host = (parts.hostname or "").removesuffix(".test")
            # the page not found has links from its host's root, where the show has a folder
            path = parts.path.lstrip("/").removeprefix("hour/")
            file = root / host / (f"{path}index.html" if path.endswith("/") else path)
            route.fulfill(path=file) if file.is_file() else route.fulfill(status=404)

        context.route("**", answer)
        page, axe = context.new_page(), Axe()
        for file in _kinds(made):
            host, _, path = file.relative_to(root).as_posix().partition("/")
            page.goto(f"http://{host}.test/{path}")
            for width in (320, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                for scheme in ("light", "dark"):
                    page.emulate_media(color_scheme=scheme)
                    said = axe.run(page, options=RULES)
                    violations += said.violations_count
                    if said.violations_count:
                        print(path, scheme, width, said.generate_report())
                    looks += 1
        browser.close()
    return {
        "axe looks (kinds x light, dark x 320, 1280 px)": looks,
        "axe violations (WCAG 2.2 A and AA)": violations,
        "requests to other hosts": len(strangers),
    }


def _kinds(made: list[Path]) -> list[Path]:
    """Return one page of each kind in each tree."""
    kinds: dict[tuple[str, ...], Path] = {}
    for page in made:
        parts = page.parts[-4:]
        one = page.parent.name in ("old", "gone")  # moved and withdrawn pages
        tree = "preview" if "preview" in page.parts else "site"
        depth = "list" if page.parent.parent.name in ("site", "preview") else "one"
        key = (tree, page.name, parts[-3], depth, page.parent.name if one else "")
        kinds.setdefault(key, page)
        if page.parent.parent.name in ("site", "preview"):
            kinds.setdefault((*key, page.parent.name), page)
    return list(dict.fromkeys(kinds.values()))


def lighthouse(_: argparse.Namespace) -> Figures:
    """Let Lighthouse judge the sample's answer and episode page, as a phone."""
    needed = LIGHTHOUSE, ROOT / "site/index.html"
    if not all(path.is_file() for path in needed) or not shutil.which("node"):
        return {"lighthouse": "not run: tools/others.sh --all, then make run"}
    found: Figures = {}
    for path in ("answers/heat-or-ice/", f"episodes/{SAMPLE}/"):
        with hosted(ROOT / "site") as base, tempfile.TemporaryDirectory() as folder:
            out = Path(folder) / "lighthouse.json"
            chrome = "--chrome-flags=--headless=new --no-sandbox"
            flags = ["--quiet", "--output=json", chrome]
            subprocess.run(
                ["node", str(LIGHTHOUSE), base + path, *flags, f"--output-path={out}"],
                env=os.environ | {"CHROME_PATH": chromium_path() or ""},
                capture_output=True,
                check=True,
            )
            told = json.loads(out.read_text())
        found[path] = {
            name: round(category["score"] * 100)
            for name, category in told["categories"].items()
            if name in ("performance", "accessibility", "best-practices", "seo")
        }
    return found


def stable(_: argparse.Namespace) -> Figures:
    """Make a feed of 2,000 items in 8 threads and in several locales and zones."""
    shown = _two_thousand()
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: podcast_feed(shown, {}), range(8)))
    script = (
        "import locale, sys, hashlib; sys.path.insert(0, '.');"
        "\ntry: locale.setlocale(locale.LC_ALL, '')\nexcept locale.Error: pass\n"
        "from bench.publish import _two_thousand\n"
        "from tests.publish.feeds import podcast_feed\n"
        "print(hashlib.sha256(podcast_feed(_two_thousand(), {})).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", script],
            cwd=ROOT,
            env=os.environ | {"LC_ALL": name, "TZ": zone},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for name, zone in (
            ("C", "UTC"),
            ("C.UTF-8", "Asia/Tokyo"),
            ("de_DE.UTF-8", "America/New_York"),
        )
    }
    return {
        "different bytes of 8 threads": len(made),
        "of 3 locales and zones": len(seen),
    }


def _two_thousand() -> Library:
    """Return a show of 2,000 published episodes."""
    entry = factory.basics()
    first = datetime(2000, 1, 1, 9, tzinfo=UTC)
    entries = tuple(
        replace(
            entry,
            slug=f"2000-01-01-e{n}",
            approved=(),
            answers=(),
            episode=replace(
                entry.episode,
                guid=f"00000000-0000-4000-8000-{n:012d}",
                title=f"Episode {n}",
                published=first + timedelta(days=n),
            ),
        )
        for n in range(2000)
    )
    return replace(rich_library(), entries=entries)


def gate(_: argparse.Namespace) -> Figures:
    """Break every promise, one at a time."""
    import pytest

    counted = _Counted()
    path = str(ROOT / "tests/pipeline/test_breaches.py")
    pytest.main([*QUIETLY, path, "-k", "breach"], plugins=[counted])
    total = counted.passed + counted.failed
    return {"breaches": total, "stopped": counted.passed}


PARTS: dict[str, Callable[[argparse.Namespace], Figures]] = {
    "feed rules": feed_rules,
    "clients": clients,
    "transcripts": transcripts,
    "pages": pages,
    "lighthouse": lighthouse,
    "stable bytes": stable,
    "gate": gate,
}


def main() -> int:
    """Measure all, or the parts that are named."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--audio", type=Path, default=ROOT.parent / "shared/audio")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    wanted = parser.parse_args()
    found = json.loads(RESULTS.read_text()) if RESULTS.is_file() else {}
    for name, measure in PARTS.items():
        if wanted.parts and name not in wanted.parts:
            continue
        found[name] = measure(wanted)
        print(f"\n{name}")
        for key, value in found[name].items():
            print(f"  {key}: {json.dumps(value)}", flush=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
