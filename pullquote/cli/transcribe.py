"""``pullquote transcribe``: recordings to words with times."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import (
    EpisodesArgument,
    ModelOption,
    ProcessesOption,
    RuntimeOption,
    SchedulerOption,
    engine,
)
from pullquote.cli.status import no_episodes
from pullquote.cli.terminal import Terminal, outcome_rows


def command(
    terminal: Terminal,
    episodes: EpisodesArgument = None,
    runtime: RuntimeOption = None,
    model: ModelOption = None,
    again: Annotated[
        bool,
        typer.Option(
            "--again",
            help="Hear it anew though its words are there, as with a newer Pullquote.",
        ),
    ] = False,
    scheduler: SchedulerOption = None,
    processes: ProcessesOption = None,
) -> None:
    """Turn recordings into words with times. Your corrections stay."""
    from pullquote.formats.folder import chosen_slugs
    from pullquote.formats.show_toml import load_show
    from pullquote.pipeline.transcribing.farming import chosen_cluster, transcribe_all

    programme = load_show(terminal.folder.show)
    settings = engine(programme.transcribe, runtime, model)
    slugs = chosen_slugs(terminal.folder, episodes or ())
    cluster = chosen_cluster(programme.cluster, scheduler, processes)
    with terminal.alone():
        outcomes = transcribe_all(
            terminal.folder,
            programme,
            slugs,
            settings,
            cluster,
            terminal,
            again=again,
            told=terminal.note,
        )
    code = terminal.outcomes(outcomes)
    if not slugs:
        no_episodes(terminal)
    rows = [[o.subject, o.state, o.note] for o in outcomes if o.state != "failed"]
    terminal.table(("episode", "", "transcript"), rows)
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)
