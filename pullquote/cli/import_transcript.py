"""``pullquote import-transcript``: a transcript made elsewhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.options import EpisodeArgument
from pullquote.cli.terminal import Terminal


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="WebVTT, SRT, Podcasting 2.0 JSON or Whisper JSON."
        ),
    ],
    language: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            help="What is spoken: en, de …; without it as the file says, else the show.",
        ),
    ] = None,
) -> None:
    """Take over a transcript that was made elsewhere.

    Where there is no such episode it is made.
    """
    from pullquote.formats.show_toml import load_show
    from pullquote.pipeline.pulling.importing import import_transcript

    programme = load_show(terminal.folder.show)
    with terminal.alone():
        path, spoken = import_transcript(
            terminal.folder, programme, episode, file, language
        )
    terminal.line(f"wrote {path} (language: {spoken})")
    terminal.result({"transcript": str(path), "language": spoken})
