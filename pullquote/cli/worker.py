"""``pullquote worker``: let this machine transcribe for others."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import (
    HERE,
    ModelOption,
    RuntimeOption,
    ShowOption,
    VerboseOption,
    engine,
)
from pullquote.cli.terminal import Terminal


def command(
    scheduler: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="tcp://HOST:8786; show.toml has the default."
        ),
    ] = None,
    runtime: RuntimeOption = None,
    model: ModelOption = None,
    show: ShowOption = HERE,
    verbose: VerboseOption = False,
) -> None:
    """Transcribe for a scheduler, on one of many machines.

    The scheduler is one of dask.distributed. One worker uses one core: start as many as the machine has. It needs no show: what
    to do and where the recordings are comes with the work.
    """
    from pullquote.errors import UsageError
    from pullquote.formats.show_toml import load_show
    from pullquote.model.show import ClusterSettings, TranscribeSettings
    from pullquote.transcribe.cluster.worker import work
    from pullquote.transcribe.engine.weights import located

    terminal = Terminal(show, False, verbose)
    settings, cluster = TranscribeSettings(), ClusterSettings()
    if terminal.folder.show.is_file():
        programme = load_show(terminal.folder.show)
        settings, cluster = programme.transcribe, programme.cluster
    address = scheduler or cluster.scheduler
    if address is None:
        raise UsageError(
            "worker", "knows no scheduler", "name one: --scheduler tcp://HOST:8786"
        )
    settings = engine(settings, runtime, model)
    work(address, located(settings, terminal.folder.root), told=terminal.line)
    terminal.line("The scheduler has ended, so has this worker.")
