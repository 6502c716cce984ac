"""Options that every command has, and those that several have."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from pullquote.cli.terminal import Terminal
from pullquote.model.show import TranscribeSettings

ShowOption = Annotated[
    Path,
    typer.Option("--show", metavar="DIR", help="The show's folder."),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document, for other programs.")
]
VerboseOption = Annotated[
    bool, typer.Option("--verbose", "-v", help="Say more; show where an error arose.")
]
EpisodesArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="EPISODE",
        help="Episodes by slug or its beginning; none means all.",
        show_default=False,
    ),
]
EpisodeArgument = Annotated[
    str, typer.Argument(metavar="EPISODE", help="An episode's slug or its beginning.")
]
AnswerArgument = Annotated[
    str, typer.Argument(metavar="ANSWER", help="The answer's slug.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option(
        "--scheduler",
        metavar="ADDRESS",
        help="Transcribe on the workers of this dask scheduler: tcp://HOST:8786.",
    ),
]
ProcessesOption = Annotated[
    int | None,
    typer.Option(
        "--processes",
        metavar="N",
        help="Transcribe in so many processes of this machine.",
    ),
]
RuntimeOption = Annotated[
    Literal["ctranslate2", "torch"] | None,
    typer.Option("--runtime", help="What runs the model; show.toml has the default."),
]
ModelOption = Annotated[
    str | None,
    typer.Option(
        "--model",
        metavar="NAME",
        help="Whisper model: tiny.en … large-v3, turbo; show.toml has the default.",
    ),
]
HERE = Path()


def engine(
    settings: TranscribeSettings, runtime: RuntimeOption, model: ModelOption
) -> TranscribeSettings:
    """Return a show's settings with the engine that the command line names."""
    return replace(
        settings, runtime=runtime or settings.runtime, model=model or settings.model
    )


def in_show(command: Callable[..., None]) -> Callable[..., None]:
    """Return a command with the options that every one has.

    Its ``terminal`` is made of them; one that takes none has options of its own.
    """
    own = inspect.signature(command, eval_str=True)
    if "terminal" not in own.parameters:
        return command
    common = inspect.signature(_terminal, eval_str=True).parameters

    def run(**given: Any) -> None:
        command(_terminal(**{name: given.pop(name) for name in common}), **given)

    others = [one for name, one in own.parameters.items() if name != "terminal"]
    run.__signature__ = own.replace(parameters=[*others, *common.values()])  # type: ignore[attr-defined]
    run.__doc__ = command.__doc__
    return run


def _terminal(
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> Terminal:
    return Terminal(show, as_json, verbose)
