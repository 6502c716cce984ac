"""Ties the commands together; ``pullquote`` alone runs every stage."""

from __future__ import annotations

from contextlib import suppress
from functools import cache, partial
from typing import Annotated

import typer
from typer.main import get_command

from pullquote.cli import (
    approve,
    build,
    check,
    compare,
    cut,
    deploy,
    desk,
    export,
    import_opml,
    import_people,
    import_transcript,
    init,
    notes,
    private,
    pull,
    run,
    serve,
    status,
    suggest,
    transcribe,
    user,
    voices,
    withdraw,
    worker,
)
from pullquote.cli.options import HERE, JsonOption, ShowOption, VerboseOption, in_show
from pullquote.cli.terminal import Terminal

app = typer.Typer(
    help="From the recording of a question-and-answer show to answer pages, "
    "show notes and feeds. Without a command it runs every stage that is due.",
    invoke_without_command=True,
    no_args_is_help=False,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _print_version(wanted: bool) -> None:
    if not wanted:
        return
    from importlib import metadata

    told = []
    for name in ("pullquote", "yt-dlp", "deno"):
        with suppress(metadata.PackageNotFoundError):  # another one of its runtimes
            told.append(f"{name} {metadata.version(name)}")
    print(", ".join(told))
    raise typer.Exit


VersionOption = Annotated[
    bool,
    typer.Option(
        "--version",
        help="Print the versions of Pullquote and of what it pulls with.",
        callback=_print_version,
        is_eager=True,
    ),
]


@app.callback()
def _default(
    context: typer.Context,
    version: VersionOption = False,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    common: dict[str, object]
    common = {"show": show, "as_json": as_json, "verbose": verbose}
    if context.invoked_subcommand is None:
        run.command(Terminal(show, as_json, verbose))
    else:  # what stands before a command's name holds for the command
        inner = dict.fromkeys(("add", "list", "remove"), common)  # of ``user``
        context.default_map = {context.invoked_subcommand: common | inner}


for _name, _command in (
    ("run", run.command),
    ("status", status.command),
    ("init", init.command),
    ("pull", pull.command),
    ("transcribe", transcribe.command),
    ("voices", voices.command),
    ("import-transcript", import_transcript.command),
    ("suggest", suggest.command),
    ("private", private.command),
    ("cut", cut.command),
    ("compare", compare.command),
    ("notes", notes.command),
    ("approve", approve.command),
    ("withdraw", withdraw.command),
    ("check", check.command),
    ("build", build.command),
    ("serve", serve.command),
    ("desk", desk.command),
    ("deploy", deploy.command),
    ("worker", worker.command),
    ("export", export.command),
    ("import-opml", import_opml.command),
    ("import-people", import_people.command),
):
    app.command(name=_name)(in_show(_command))
app.add_typer(user.app, name="user")

commands = cache(partial(get_command, app))
"""All of them as one, made once: that takes longer than many a command."""
