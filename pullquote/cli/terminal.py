"""What a person sees: progress on stderr, results on stdout."""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import sys
import time
import traceback
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any

from pullquote.errors import GateError, PullquoteError, each_fault
from pullquote.formats.folder import ShowFolder
from pullquote.formats.markdown import printable
from pullquote.model.progress import BY_LINES, Progress
from pullquote.pipeline.outcome import Outcome

_NUMBER = re.compile(r"[\d:.]*")
_EVERY = 0.25
"""Seconds between two such lines."""
_SELDOM = 30.0
"""Seconds between two lines where nobody looks: a log, a pipe."""
_SLOW = 1.0
"""Seconds from which a finished task leaves a line behind."""
_BESIDE = 52
"""Columns for how far a task is: percent, time left, "transcribe 1:02:10 of 1:58:00, 9 x"."""
_SHORTEST = 20
"""Columns that a task's title has even on a narrow terminal."""


def _shown(text: str) -> str:
    """Return a text without what commands a terminal: a line would hide another's words."""
    return printable(text).replace("\r", " ")


class Terminal:
    """Prints for one command, as text or as one JSON document."""

    def __init__(self, show: Path, as_json: bool, verbose: bool) -> None:
        self.folder = ShowFolder(show.resolve())
        self.as_json = as_json
        self.verbose = verbose
        self.as_lines = False
        """Several JSON documents will follow each other: one a line."""

    def alone(self, *, wait: float = 0) -> AbstractContextManager[None]:
        """Let no other command work in the show meanwhile, as ``only_one`` does."""
        from pullquote.pipeline.lock import only_one

        return only_one(self.folder, wait=wait)

    def line(self, text: str = "") -> None:
        """Print a line for people; with --json there is none."""
        if not self.as_json:
            print(_shown(text), flush=True)

    def note(self, text: str) -> None:
        """Print a line beside the result, on stderr."""
        print(_shown(text), file=sys.stderr)

    def result(self, data: object) -> None:
        """Print the JSON document, if one was asked for."""
        if self.as_json:
            indent = None if self.as_lines else 2
            plain = (sys.stdout.encoding or "").lower() not in ("utf-8", "utf8")
            text = json.dumps(data, indent=indent, ensure_ascii=plain, default=str)
            print(text, flush=True)

    def typed(self, command: str) -> str:
        """Return how this command is typed here, for this show, ready to be pasted."""
        root = self.folder.root
        at = "" if root == Path.cwd() else f" --show {shlex.quote(_near(root))}"
        return f"{_program()} {command}{at}"

    def table(self, columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print a table; a column of numbers is set to the right.

        Where the names in the first column do not fit in beside the others, each has
        a line of its own above its row: a slug in pieces can be neither read nor copied.
        """
        if self.as_json or not rows:
            return
        rows = [[*map(_shown, row)] for row in rows]
        from rich import box
        from rich.cells import cell_len
        from rich.console import Console, JustifyMethod
        from rich.table import Table
        from rich.text import Text

        console = Console(width=None if sys.stdout.isatty() else 120)
        widths = [
            max(map(cell_len, cells)) for cells in zip(columns, *rows, strict=True)
        ]
        others = sum(widths[1:]) + 2 * len(widths)
        above = others <= console.width < widths[0] + others
        table = Table(box=box.SIMPLE_HEAD, padding=(0, 1, 0, 0), pad_edge=False)
        for at, column in enumerate(columns):
            if at or not above:
                numbers = all(_NUMBER.fullmatch(row[at]) for row in rows)
                justify: JustifyMethod = "right" if numbers else "left"
                table.add_column(column, justify=justify, overflow="fold")
        for row in rows:
            table.add_row(*map(Text, row[int(above) :]))
        if not above:
            console.print(table)
            return
        with console.capture() as printed:
            console.print(table)
        lines = iter(printed.get().splitlines())
        for line in islice(lines, 3):
            print(line)
        for row, line in zip(rows, lines, strict=False):
            print(f"{row[0]}\n{line}")

    @contextmanager
    def task(self, title: str) -> Iterator[Progress]:
        """Show a bar while the task runs; afterwards a line if it took a while."""
        started = time.monotonic()
        if os.environ.get(BY_LINES):
            yield _told(title)
        elif not sys.stderr.isatty():
            yield _written(title)
        else:
            yield from self._bar(title)
        taken = time.monotonic() - started
        if taken >= _SLOW:
            self.note(f"{title}: {taken:.0f} s")

    def _bar(self, title: str) -> Iterator[Progress]:
        from rich import progress
        from rich.console import Console
        from rich.table import Column

        console = Console(stderr=True)
        # a long title leaves room for how far it is: a bar gives way first
        room = max(_SHORTEST, console.width - _BESIDE)
        bars = progress.Progress(
            progress.TextColumn(
                "{task.description}", table_column=Column(no_wrap=True, max_width=room)
            ),
            progress.BarColumn(),
            progress.TaskProgressColumn(),
            progress.TimeRemainingColumn(),
            progress.TextColumn("{task.fields[note]}"),
            transient=True,
            console=console,
        )
        with bars:
            task = bars.add_task(_plain(title), total=None, note="")

            def update(done: float, total: float | None, note: str = "") -> None:
                bars.update(task, completed=done, total=total, note=_plain(note))

            yield update

    def outcomes(self, outcomes: Sequence[Outcome]) -> int:
        """Print what failed, with -v how it arose; return the exit code."""
        failures = [o for o in outcomes if o.state == "failed"]
        for outcome in failures:
            if self.verbose and outcome.error is not None:
                traceback.print_exception(outcome.error, file=sys.stderr)
            for fault in each_fault(outcome.error) if outcome.error else ():
                told = str(fault)  # a build's begins with the file it is about
                about = "" if told.startswith(outcome.subject) else outcome.subject
                self.note(f"{outcome.stage} {about}".rstrip() + f": {told}")
        return 1 if failures else 0


def _program() -> str:
    """Return what a person types to run this very program again."""
    started = Path(sys.argv[0])
    if started.name == "publish.py":
        return f"{_found(Path(sys.executable))} {shlex.quote(_near(started))}"
    return _found(started) if started.name == "pullquote" else "pullquote"


def _found(program: Path) -> str:
    """Return the program's name where the shell finds it by that, else its path."""
    known = shutil.which(program.name)
    if known and Path(known).absolute() == program.absolute():
        return program.name
    return shlex.quote(_near(program))


def _near(path: Path) -> str:
    """Return the shorter of a path from here and the whole path."""
    near = os.path.relpath(path)
    return str(path) if near.startswith("..") else near


def _told(task: str) -> Progress:
    """Return progress for the program that started this one: RFC 7464 on stderr."""
    last = 0.0

    def tell(done: float, total: float | None, note: str = "") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= _EVERY or done == total:
            last = now
            told = {"task": task, "done": done, "total": total, "note": note}
            print("\x1e" + json.dumps(told), file=sys.stderr, flush=True)

    tell(0, None)
    return tell


def _written(task: str, every: float = _SELDOM) -> Progress:
    """Return progress for a log: a line now and then, none for what is soon done."""
    last = time.monotonic()

    def tell(done: float, total: float | None, note: str = "") -> None:
        nonlocal last
        now = time.monotonic()
        if now - last >= every:
            last = now
            facts = [f"{done / total:.0%}"] if total else []
            line = ", ".join([*facts, *filter(None, [note])]) or "goes on"
            print(f"{task}: {line}", file=sys.stderr, flush=True)

    return tell


def _plain(text: str) -> str:
    from rich.markup import escape

    return escape(text)


def unsound(faults: Sequence[PullquoteError]) -> bool:
    """Say whether any is a mistake; an answer that waits for a signature is none."""
    return any(not isinstance(fault, GateError) for fault in faults)


def outcome_rows(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """Return outcomes as plain data for --json."""
    return [
        {
            "stage": o.stage,
            "subject": o.subject,
            "state": o.state,
            "note": o.note,
            "error": None if o.error is None else str(o.error),
        }
        for o in outcomes
    ]
