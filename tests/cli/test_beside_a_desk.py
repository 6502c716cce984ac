"""Cut and approve beside a desk: two processes at one show, and nothing is lost."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from select import select

import pytest

from pullquote.desk.house import House
from pullquote.formats.answer_md import load_answer
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.folder import ShowFolder
from pullquote.formats.writing import writing
from pullquote.model.answer import Clip
from pullquote.pipeline.marking.answers import write_withdrawal
from tests.cli.talk import CUT, SLUG, cut
from tests.command import started

linux = pytest.mark.skipif(
    sys.platform != "linux", reason="inotify tells who comes to a lock"
)
_IN_OPEN = 0x20


@dataclass
class Command:
    """How a command ended."""

    code: int | None = None
    error: str = ""


@contextmanager
def _beside(show: Path, *told: str) -> Iterator[Command]:
    """Let a command begin, and wait at the lock that a desk holds meanwhile."""
    command, desk = Command(), ShowFolder(show).desk
    with ExitStack() as held:
        held.enter_context(writing(desk))
        tried = held.enter_context(_opened(desk / "writing.lock"))
        with started(*told, "--show", str(show)) as process:
            tried(60)
            yield command
            held.close()
            _, command.error = process.communicate(timeout=60)
            command.code = process.returncode


@contextmanager
def _opened(path: Path) -> Iterator[Callable[[float], None]]:
    """Yield what waits until another one opens a file; fails after so many seconds."""
    system = ctypes.CDLL(None)
    told = system.inotify_init()
    try:
        assert system.inotify_add_watch(told, os.fsencode(path), _IN_OPEN) > 0

        def wait(seconds: float) -> None:
            assert select([told], [], [], seconds)[0], "nobody came to the lock"

        yield wait
    finally:
        os.close(told)


def _approve(path: Path) -> tuple[str, ...]:
    return "approve", SLUG, path.stem, "--by", "fernby"


@linux
def test_two_cuts_of_one_question_are_two_drafts(named: Path) -> None:
    """Both would take the same address, and the decisions are one file."""
    house, paths = House(ShowFolder(named)), ShowFolder(named).episode(SLUG)
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
        write_withdrawal(ShowFolder(named), SLUG, path.stem, date(2026, 4, 1))
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


def test_a_file_of_the_folder_where_the_desk_was_started_is_not_run(
    named: Path, tmp_path: Path
) -> None:
    """Python looks there first for what a program of one line imports."""
    here = tmp_path / "elsewhere"
    here.mkdir()
    (here / "json.py").write_text('open("run", "w").close()')
    command = House(ShowFolder(named)).command("suggest", ())
    done = subprocess.run(
        command, cwd=here, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert not (here / "run").exists()
