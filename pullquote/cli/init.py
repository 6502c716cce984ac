"""``pullquote init``: a new show's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.options import JsonOption, VerboseOption
from pullquote.cli.terminal import Terminal


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder.")],
    title: Annotated[str, typer.Option(help="The show's title.")] = "My show",
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Make a new show: a folder with a show.toml to fill in."""
    from pullquote.pipeline.starting import init_show

    terminal = Terminal(folder, as_json, verbose)
    made = init_show(terminal.folder, title)
    for path in made:
        terminal.line(f"made {path}")
    terminal.line(f"Next: fill in {terminal.folder.show}, then pullquote pull.")
    terminal.result({"made": [str(path) for path in made]})
