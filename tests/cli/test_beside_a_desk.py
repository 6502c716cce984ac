"""Cut and approve beside a desk: two processes at one show, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

from pullquote.formats.answer_md import load_answer
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.folder import ShowFolder
from pullquote.formats.writing import writing
from pullquote.model.answer import Clip
from pullquote.pipeline.desking import StageHouse
from tests.cli.talk import CUT, SLUG, cut
from tests.command import started

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="looks into /proc for who waits at a lock"
)


@dataclass
class Command:
    """How a command ended."""

    code: int | None = None
    error: str = ""


@contextmanager
def _beside(show: Path, *told: str) -> Iterator[Command]:
    """Let a command begin, and wait at the lock that a desk holds meanwhile."""
    command = Command()
    with started(*told, "--show", str(show)) as process:
        with writing(ShowFolder(show).desk):
            until = time.monotonic() + 60
            while not _waits(process):
                assert process.poll() is None
                assert time.monotonic() < until
            yield command
        _, command.error = process.communicate(timeout=60)
        command.code = process.returncode


def _waits(process: subprocess.Popen[str]) -> bool:
    """Say whether a process looks at the lock: again and again, a few millionths long."""
    files = f"/proc/{process.pid}/fd"
    with suppress(OSError):
        last = max(os.listdir(files), key=int)  # noqa: PTH208  # in time
        return os.readlink(f"{files}/{last}").endswith("writing.lock")  # noqa: PTH115
    return False


def _approve(path: Path) -> tuple[str, ...]:
    return "approve", SLUG, path.stem, "--by", "fernby"


@linux
def test_two_cuts_of_one_question_are_two_drafts(named: Path) -> None:
    """Both would take the same address, and the decisions are one file."""
    house, paths = StageHouse(ShowFolder(named)), ShowFolder(named).episode(SLUG)
    with _beside(named, "cut", SLUG, *CUT) as command:
        asked, answered = Clip(start=5_500, end=9_000), Clip(start=9_500, end=16_000)
        desk = house.cut(SLUG, asked, answered, by="moss")
    assert command.code == 0
    made = {path.stem: load_answer(path) for path in paths.answers.glob("*.md")}
    assert made.keys() == {desk.slug, f"{desk.slug}-2"}
    assert [a.answered.end for _, a in sorted(made.items())] == [16_000, 22_000]
    rows = {row.answer_id for row in load_decisions(paths.decisions)}
    assert rows == {answer.id for answer in made.values()}


@linux
def test_approve_signs_no_other_text_than_was_there_when_it_began(named: Path) -> None:
    path = cut(named)
    with _beside(named, *_approve(path)) as command:
        text = path.read_text().replace("many people", "some people")
        path.write_text(text)
    assert command.code == 1
    assert "was changed while it was being signed" in command.error
    assert path.read_text() == text
    assert not [*named.glob("transcripts/*/approved/*")]


@linux
def test_what_a_desk_withdraws_meanwhile_is_not_signed(named: Path) -> None:
    path = cut(named)
    with _beside(named, *_approve(path)) as command:
        StageHouse(ShowFolder(named)).withdraw(SLUG, path.stem)
    assert command.code == 1
    assert load_answer(path).status == "withdrawn"
    assert not [*named.glob("transcripts/*/approved/*")]


@linux
def test_approve_waits_for_a_desk_and_signs_what_nobody_changed(named: Path) -> None:
    path = cut(named)
    with _beside(named, *_approve(path)) as command:
        time.sleep(0.1)
    assert command.code == 0
    assert load_answer(path).approved
