"""``pullquote build``: the site and the feeds."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import HERE, JsonOption, ShowOption, VerboseOption
from pullquote.cli.terminal import Terminal, unsound


def command(
    allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GUID",
            help="Let this item change or leave the feed; once for each.",
        ),
    ] = None,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Make the site and the feeds from what is approved."""
    from pullquote.pipeline.build import build_public
    from pullquote.pipeline.lock import only_one

    terminal = Terminal(show, as_json, verbose)
    with only_one(terminal.folder):
        built = build_public(terminal.folder, terminal, allow=frozenset(allow or ()))
    terminal.line(f"{built.pages} pages in {terminal.folder.site}")
    for feed in built.changed_feeds:
        terminal.line(f"changed {feed}")
    for fault in built.faults:
        terminal.note(str(fault))
    terminal.result(
        {"pages": built.pages, "changed_feeds": [str(f) for f in built.changed_feeds]}
    )
    raise typer.Exit(1 if unsound(built.faults) else 0)
