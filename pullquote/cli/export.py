"""``pullquote export``: everything as open files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.terminal import Terminal, unsound
from pullquote.errors import number_of


def command(
    terminal: Terminal,
    target: Annotated[
        Path, typer.Argument(metavar="DIR", help="A new folder, or an older export.")
    ],
) -> None:
    """Write the whole show as open files.

    CSV, JSON, Markdown, VTT, SRT, MP3, RSS and OPML.
    """
    from pullquote.pipeline.exporting import export_show

    with terminal.alone(wait=10):
        loaded = export_show(terminal.folder, target, terminal)
    entries = loaded.library.entries
    answers = sum(len(entry.answers) for entry in entries)
    told = f"{number_of(len(entries), 'episode')} and {number_of(answers, 'answer')}"
    terminal.line(f"{told} in {target}")
    for fault in loaded.faults:
        terminal.note(str(fault))
    # what cannot be read is missing from it
    terminal.result({"episodes": len(entries), "answers": answers, "target": target})
    raise typer.Exit(1 if unsound(loaded.faults) else 0)
