"""``pullquote serve``: the site with its drafts, on this machine alone."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import HERE, JsonOption, ShowOption, VerboseOption
from pullquote.cli.terminal import Terminal


def command(
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 picks one.")] = 8000,
    public: Annotated[
        bool, typer.Option("--public", help="Serve what is public, without drafts.")
    ] = False,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Show the site in your browser, drafts included and marked."""
    from pullquote.pipeline.build import build_preview, build_public
    from pullquote.pipeline.lock import only_one
    from pullquote.publish.serve import serve

    terminal = Terminal(show, as_json, verbose)
    folder = terminal.folder
    with only_one(folder, wait=10):
        built = (build_public if public else build_preview)(folder, terminal)
    for fault in built.faults:
        terminal.note(str(fault))

    def ready(address: str) -> None:
        terminal.line(f"Open {address} (Ctrl+C ends it)")
        terminal.result({"address": address})

    serve(folder.site if public else folder.preview, port, ready=ready)
