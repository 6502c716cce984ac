"""Options that every command has."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
        metavar="[EPISODE]...",
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
HERE = Path()
