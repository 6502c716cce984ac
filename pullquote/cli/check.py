"""``pullquote check``: everything in the show, without a model or the network."""

from __future__ import annotations

import typer

from pullquote.cli.terminal import Terminal


def command(terminal: Terminal) -> None:
    """Check every file; list each fault with its line."""
    from pullquote.pipeline.checking import check_show

    faults = check_show(terminal.folder, each=terminal.verbose)
    for fault in faults:
        terminal.note(str(fault))
    if not faults:
        terminal.line("Everything is sound.")
    terminal.result({"faults": [str(fault) for fault in faults]})
    raise typer.Exit(1 if faults else 0)
