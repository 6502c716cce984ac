"""``pullquote transcribe``: recordings to words with times."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

import typer

from pullquote.cli.options import EpisodesArgument, ProcessesOption, SchedulerOption
from pullquote.cli.terminal import Terminal, outcome_rows


class Runtime(StrEnum):
    """The two programs that can run Whisper's weights."""

    torch = "torch"
    ctranslate2 = "ctranslate2"


def command(
    terminal: Terminal,
    episodes: EpisodesArgument = None,
    runtime: Annotated[
        Runtime | None,
        typer.Option(help="What runs the model; show.toml has the default."),
    ] = None,
    model: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Whisper model: tiny.en … large-v3, turbo."),
    ] = None,
    again: Annotated[
        bool,
        typer.Option("--again", help="Do it anew, even where nothing asks for it."),
    ] = False,
    scheduler: SchedulerOption = None,
    processes: ProcessesOption = None,
) -> None:
    """Turn recordings into words with times. Your corrections stay."""
    from pullquote.formats.folder import chosen_slugs
    from pullquote.formats.show_toml import load_show
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.transcribing.farming import chosen_cluster, transcribe_all

    programme = load_show(terminal.folder.show)
    settings = programme.transcribe
    if runtime is not None:
        settings = replace(settings, runtime=runtime.value)
    if model is not None:
        settings = replace(settings, model=model)
    slugs = chosen_slugs(terminal.folder, episodes or ())
    cluster = chosen_cluster(programme.cluster, scheduler, processes)
    with only_one(terminal.folder):
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
    rows = [[o.subject, o.state, o.note] for o in outcomes if o.state != "failed"]
    terminal.table(("episode", "", "transcript"), rows)
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)
