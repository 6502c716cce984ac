"""What the documentation tells people to type works, and what it links is there."""

import json
import re
import shlex
import subprocess
from contextlib import redirect_stdout
from functools import cache
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from pullquote.cli import main
from tools.make_schemas import SCHEMAS, schema_text

ROOT = Path(__file__).parents[1]
PAGES = sorted([ROOT / "README.md", ROOT / "CONTRIBUTING.md", *ROOT.glob("docs/*.md")])
BLOCK = re.compile(r"```\n(.*?)```", re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def commands() -> list[tuple[str, str]]:
    """Return every line of a code block that is a command of ours."""
    found = []
    for page in PAGES:
        for block in BLOCK.findall(page.read_text()):
            for line in block.splitlines():
                plain = line.removeprefix(".venv/bin/").removeprefix("python ")
                if re.match(r"(pullquote|publish\.py|make)( \S|$)", plain):
                    found.append((page.name, plain))
    return found


@pytest.mark.parametrize(("page", "line"), commands())
def test_every_command_in_the_docs_is_understood(page: str, line: str) -> None:
    program, *argv = shlex.split(line)
    if program == "make":
        done = subprocess.run(
            ["make", "--dry-run", *argv], cwd=ROOT, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        return
    known = re.findall(r"--[a-z-]+", help_of(argv[0]) if argv else "")
    assert all(a in known for a in argv if a.startswith("--"))


@cache
def help_of(*command: str) -> str:
    told = StringIO()
    with redirect_stdout(told):
        assert main([*command, "--help"]) == 0
    return told.getvalue()


def test_there_are_commands_in_the_docs() -> None:
    assert len(commands()) > 10


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_in_the_docs_leads_somewhere(page: Path) -> None:
    for target in LINK.findall(page.read_text()):
        assert (page.parent / target).exists(), target


def test_every_module_that_the_docs_name_is_there() -> None:
    modules = [path.as_posix() for path in ROOT.glob("*/**/*.py")]
    named = {
        (page.name, name)
        for page in PAGES
        for name in re.findall(r"`([\w/]+/\w+\.py)`", page.read_text())
    }
    assert len(named) > 10
    assert [
        name for name in sorted(named) if not any(m.endswith(name[1]) for m in modules)
    ] == []


def test_ci_calls_what_readme_tells_a_newcomer() -> None:
    script = (ROOT / ".ci" / "run").read_text()
    for line in BLOCK.findall((ROOT / "README.md").read_text()):
        if line.startswith("make "):
            assert line.strip() in script.splitlines()


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schemas_are_fresh(name: str) -> None:
    path = ROOT / "docs" / "schemas" / f"{name}.schema.json"
    assert path.read_text() == schema_text(name), "run: make schemas"


def test_every_command_is_explained_somewhere() -> None:
    text = "".join(page.read_text() for page in PAGES)
    listed = help_of().partition("Commands")[2]
    names = re.findall(r"^  ([a-z-]+) {2,}", listed, re.MULTILINE)
    assert len(names) > 10
    assert [
        name for name in names if f"`{name}" not in text and f" {name}" not in text
    ] == []


def test_the_figures_on_the_page_are_those_that_were_measured() -> None:
    page = (ROOT / "docs" / "measured.md").read_text()

    def result(name: str) -> Any:
        return json.loads((ROOT / "bench" / "results" / f"{name}.json").read_text())

    builds = [row for row in result("build")["rows"] if "times_faster" in row]
    heard = result("transcribe")
    speed = heard["speed"]
    guard = result("mark")["guard"]
    wrong = (
        f"{heard['words'][name]['ours']['wer']:.1f}"
        f" / {heard['words'][name]['openai-beam5']['wer']:.1f} %"
        for name in ("text", "dev2-stenosis", "dev1-sciatica")
    )
    shown = (
        *wrong,
        f"| 12 x | {speed['seconds against openai-beam5']:.1f} x |",
        f"| 1.3 x | {speed['seconds against faster-whisper']:.1f} x |",
        f"{builds[0]['times_faster']:.1f} x, by processor time"
        f" {builds[0]['times_faster_cpu']:.2f} x",
        f"| 2 % of it | {100 * builds[0]['watched_share']:.1f} % |",
        f"/ {100 * guard['harmless edits flagged, worst seed']:.1f} %",
    )
    assert [row for row in shown if row not in page] == []
