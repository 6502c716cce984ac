"""``pullquote deploy``: the built site to where readers find it."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import HERE, JsonOption, ShowOption, VerboseOption
from pullquote.cli.terminal import Terminal


def command(
    target: Annotated[
        str,
        typer.Argument(
            metavar="TARGET", help="A folder, sftp://HOST/PATH or s3://BUCKET/PATH."
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    everything: Annotated[
        bool, typer.Option("--all", help="Bring every file, changed or not.")
    ] = False,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Bring the built site to a folder or a host: only what changed, feeds last."""
    from pullquote.pipeline.lock import only_one
    from pullquote.publish.deploy import deploy

    terminal = Terminal(show, as_json, verbose)
    with only_one(terminal.folder, wait=10), terminal.task("Deploying") as progress:
        done = deploy(
            terminal.folder.site,
            target,
            dry_run=dry_run,
            everything=everything,
            progress=progress,
        )
    if dry_run or verbose:
        for path in done.upload:
            terminal.line(f"upload {path}")
        for path in done.delete:
            terminal.line(f"delete {path}")
    would = "would be " if dry_run else ""
    terminal.line(
        f"{len(done.upload)} files {would}brought, {len(done.delete)} {would}deleted"
    )
    terminal.result({"upload": list(done.upload), "delete": list(done.delete)})
