"""``pullquote cut``: a question and its answer into a file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import (
    HERE,
    EpisodeArgument,
    JsonOption,
    ShowOption,
    VerboseOption,
)
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from pullquote.model.answer import Clip


def command(
    episode: EpisodeArgument,
    number: Annotated[
        int | None,
        typer.Argument(metavar="[NUMBER]", help="A suggestion's number."),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option(metavar="START-END", help="Times, such as 12:31.2-12:40.9."),
    ] = None,
    answer: Annotated[
        str | None, typer.Option(metavar="START-END", help="Times of the answer.")
    ] = None,
    slug: Annotated[
        str | None, typer.Option(help="The page's name in its address.")
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Who makes the cut, an id in show.toml."),
    ] = None,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Cut a question and its answer; writes a draft for you to edit."""
    from pullquote.errors import UsageError
    from pullquote.pipeline.library import load_library
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.marking import cut_suggestion, entry_of, write_cut

    terminal = Terminal(show, as_json, verbose)
    with only_one(terminal.folder, wait=10):
        library = load_library(terminal.folder).library
        entry = entry_of(library, episode)
        if number is not None:
            asked, answered = cut_suggestion(entry, number)
            clips = (_clip(question, asked), _clip(answer, answered))
        elif question and answer:
            clips = (_clip(question, None), _clip(answer, None))
        else:
            raise UsageError(
                "cut",
                "neither a suggestion's number nor times are given",
                "name a number, or both --question and --answer START-END",
            )
        path, made = write_cut(terminal.folder, library, entry, clips, slug=slug, by=by)
    terminal.line(f"wrote {path}")
    terminal.line(f"Edit it, then: pullquote approve {entry.slug} {made.slug} --by ID")
    terminal.result({"path": str(path), "id": made.id, "slug": made.slug})


def _clip(text: str | None, otherwise: Clip | None) -> Clip:
    from pullquote.errors import UsageError
    from pullquote.formats.clock import parse_clock
    from pullquote.model.answer import Clip

    if text is None:
        assert otherwise is not None
        return otherwise
    start, _, end = text.partition("-")
    try:
        clip = Clip(start=parse_clock(start), end=parse_clock(end))
    except ValueError:
        raise UsageError(
            text, "is not START-END", "write times as 12:31.2-12:40.9"
        ) from None
    if clip.end <= clip.start:
        raise UsageError(text, "ends before it starts", "swap start and end")
    return clip
