"""``pullquote serve``: the site with its drafts, on this machine alone."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.terminal import Terminal
from pullquote.errors import PullquoteError, each_fault

if TYPE_CHECKING:
    from pullquote.formats.folder import ShowFolder
    from pullquote.pipeline.building.build import Built
    from pullquote.pipeline.outcome import Reporter
    from pullquote.publish.serving.reloading import Builds

    Build = Callable[[ShowFolder, Reporter], Built]


def command(
    terminal: Terminal,
    port: Annotated[int, typer.Option(help="Port on 127.0.0.1; 0 picks one.")] = 8000,
    public: Annotated[
        bool, typer.Option("--public", help="Serve what is public, without drafts.")
    ] = False,
    watch: Annotated[
        bool,
        typer.Option(
            "--watch",
            help="Build again after each change; open pages load themselves again.",
        ),
    ] = False,
) -> None:
    """Show the site on this machine, drafts included.

    Each draft stands under a mark; nobody else can see it.
    """
    from pullquote.formats.show_toml import load_show
    from pullquote.model import address
    from pullquote.pipeline.building.build import build_public
    from pullquote.pipeline.building.preview import build_preview
    from pullquote.publish.serving.serve import serve

    folder = terminal.folder
    build = build_public if public else build_preview
    builds = None
    if watch:
        builds = _watched(terminal, build)
    else:
        with terminal.alone(wait=10):
            _tell(terminal, build(folder, terminal))

    def ready(at: str) -> None:
        terminal.line(f"Open {at} (Ctrl+C ends it)")
        terminal.result({"address": at})

    if public:
        root = address.root(load_show(folder.show))
        serve(folder.site, port, builds=builds, root=root, ready=ready)
    else:
        serve(folder.preview, port, builds=builds, preview=True, ready=ready)


def _watched(terminal: Terminal, build: Build) -> Builds:
    """Build in the background from now on; return once there is something to show."""
    from pullquote.formats.disk import unreadable
    from pullquote.formats.show_toml import require_show
    from pullquote.pipeline.building.watching import watch_show
    from pullquote.publish.serving.reloading import Builds

    require_show(terminal.folder.show)
    builds = Builds()
    shown = Event()

    def told(built: Built | PullquoteError) -> None:
        _tell(terminal, built)
        if not isinstance(built, PullquoteError):
            builds.another()
            shown.set()

    def watching() -> None:
        try:
            watch_show(terminal.folder, terminal, build, told)
        except OSError as error:  # the folder was moved away
            _tell(terminal, unreadable(error.filename or terminal.folder.root, error))
        shown.set()  # nothing is built any more: whoever serves says so, or shows the last

    Thread(target=watching, daemon=True).start()
    shown.wait()
    return builds


def _tell(terminal: Terminal, built: Built | PullquoteError) -> None:
    faults = each_fault(built) if isinstance(built, PullquoteError) else built.faults
    for fault in faults:
        terminal.note(str(fault))
