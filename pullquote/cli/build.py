"""``pullquote build``: the site and the feeds."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.terminal import Terminal, unsound
from pullquote.errors import PullquoteError, UsageError, each_fault, number_of

if TYPE_CHECKING:
    from pullquote.pipeline.building.build import Built


def command(
    terminal: Terminal,
    allow: Annotated[
        list[str] | None,
        typer.Option(
            metavar="GUID",
            help="Let this item change or leave the feed; once for each.",
        ),
    ] = None,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch", help="Build again after each change, until you press Ctrl+C."
        ),
    ] = False,
    hold_back: Annotated[
        bool,
        typer.Option(
            "--hold-back",
            help="Leave out what is unsound, so that a withdrawal goes out at once.",
        ),
    ] = False,
) -> None:
    """Make the site and the feeds from what is approved."""
    from pullquote.pipeline.building.build import build_public

    if watch:
        if allow or hold_back:
            remedy = "build once with it, then watch"
            option = "--allow" if allow else "--hold-back"
            raise UsageError(option, "is for one build", remedy)
        from pullquote.formats.show_toml import require_show
        from pullquote.pipeline.building.watching import watch_show

        # what is wrong in it may be mended meanwhile
        require_show(terminal.folder.show)
        terminal.as_lines = True
        with suppress(KeyboardInterrupt):
            watch_show(
                terminal.folder, terminal, build_public, partial(_tell, terminal)
            )
        return
    with terminal.alone():
        built = build_public(
            terminal.folder,
            terminal,
            allow=frozenset(allow or ()),
            hold_back=hold_back,
        )
    _tell(terminal, built)
    raise typer.Exit(1 if unsound(built.faults) else 0)


def _tell(terminal: Terminal, built: Built | PullquoteError) -> None:
    if isinstance(built, PullquoteError):
        for fault in each_fault(built):
            terminal.note(str(fault))
        if terminal.as_lines:
            terminal.result({"error": str(built)})
        return
    terminal.line(f"{number_of(built.pages, 'page')} in {terminal.folder.site}")
    for feed in built.changed_feeds:
        terminal.line(f"changed {feed}")
    for fault in built.faults:
        terminal.note(str(fault))
    terminal.result(
        {"pages": built.pages, "changed_feeds": [str(f) for f in built.changed_feeds]}
    )
