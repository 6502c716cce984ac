"""``pullquote init``: a new show's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.options import JsonOption, VerboseOption
from pullquote.cli.terminal import Terminal
from pullquote.errors import number_of


def command(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The new folder.")],
    title: Annotated[str, typer.Option(help="The show's title.")] = "My show",
    from_feed: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Bring a whole show over from its feed, which subscribers follow now.",
            show_default=False,
        ),
    ] = None,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Make a new show: a folder with a show.toml to fill in."""
    from pullquote.pipeline.pulling.moving import init_from_feed
    from pullquote.pipeline.pulling.starting import init_show

    terminal = Terminal(folder, as_json, verbose)
    notes: tuple[str, ...] = ()
    then = "bring a recording in", "pull URL-or-FILE"
    if from_feed is None:
        made = init_show(terminal.folder, title)
    else:
        with terminal.task(f"Reading {from_feed}") as progress:
            made, old = init_from_feed(terminal.folder, from_feed, progress)
        came = number_of(len(old.episodes), "episode")
        terminal.line(f"brought over {came} of {old.title}")
        notes, then = old.notes, ("make site and feeds", "build")
    for note in notes:
        terminal.line(note)
    for path in made:
        terminal.line(f"made {path}")
    terminal.line(f"Next: fill in {terminal.folder.show}")
    terminal.line(f"Then {then[0]}: {terminal.typed(then[1])}")
    terminal.result({"made": [str(path) for path in made], "notes": list(notes)})
