"""``pullquote import-opml``: feeds of another program as sources."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.terminal import Terminal
from pullquote.errors import number_of


def command(
    terminal: Terminal,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="An OPML file.")],
) -> None:
    """Take the feeds of an OPML file as sources.

    They are written into show.toml, each once.
    """
    from pullquote.formats.opml import load_opml
    from pullquote.formats.show_toml import add_sources

    feeds = load_opml(file)
    with terminal.alone(wait=10):
        added = add_sources(terminal.folder.show, [(f.url, f.title) for f in feeds])
    for url in added:
        terminal.line(f"added {url}")
    known = len(feeds) - len(added)
    came = number_of(len(added), "source")
    terminal.line(f"{came} added, {known} there already, the show's own or no address")
    terminal.result({"added": list(added), "known": known})
