"""``pullquote deploy``: the built site to where readers find it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.terminal import Terminal
from pullquote.errors import GateError, PullquoteError, UsageError, number_of

if TYPE_CHECKING:
    from pullquote.formats.folder import ShowFolder
    from pullquote.model.show import Show


def command(
    terminal: Terminal,
    target: Annotated[
        str | None,
        typer.Argument(
            metavar="TARGET",
            help="A folder, sftp://HOST/PATH or s3://BUCKET/PATH.",
            show_default="deploy_to in show.toml",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only say what would be done.")
    ] = False,
    everything: Annotated[
        bool,
        typer.Option(
            "--all", help="Bring every file, changed or not, over what others brought."
        ),
    ] = False,
    quiet: Annotated[
        bool, typer.Option("--no-ping", help="Tell no hub of new feeds.")
    ] = False,
) -> None:
    """Bring the built site to a folder or a host.

    Only what changed goes out: media, pages, and feeds last.
    """
    from pullquote.formats.show_toml import load_show
    from pullquote.pipeline.building.build import build_day
    from pullquote.pipeline.building.feeds import refuse_others
    from pullquote.pipeline.building.taken_back import (
        hidden_since,
        taken_back,
        taken_back_since,
    )
    from pullquote.pipeline.building.unchanged import (
        is_stale,
        redacted_since,
        remember_deploy,
    )
    from pullquote.publish.deploying.deploy import deploy

    show = load_show(terminal.folder.show)
    named = _named(terminal.folder, show, target)
    with terminal.alone(wait=10), terminal.task("Deploying") as progress:
        refuse_others(terminal.folder)
        stale = is_stale(terminal.folder, build_day())
        remedy = f"{terminal.typed('build')}, then deploy"
        for since, problem in (
            (
                redacted_since,
                "was changed after the site was built, which may still say its words",
            ),
            (taken_back_since, "is signed no more, and the site that was built has it"),
            (hidden_since, "is not public now, and the site that was built has it"),
        ):
            if (found := since(terminal.folder)) is not None:
                raise GateError(found, problem, remedy)
        done = deploy(
            terminal.folder.site,
            named,
            dry_run=dry_run,
            everything=everything,
            taken_back=taken_back(terminal.folder),
            progress=progress,
        )
    if not dry_run:
        remember_deploy(terminal.folder)
    if stale:
        build = terminal.typed("build")
        terminal.note(f"the site lacks what was saved since its build: {build}")
    if dry_run or terminal.verbose:
        for path in done.upload:
            terminal.line(f"upload {path}")
        for path in done.delete:
            terminal.line(f"delete {path}")
    told, refused = _ping(show, () if dry_run or quiet else done.upload)
    would = "would be " if dry_run else ""
    terminal.line(
        f"{number_of(len(done.upload), 'file')} {would}brought,"
        f" {len(done.delete)} {would}deleted"
    )
    for host in told:
        terminal.line(f"told {host} of the new feeds")
    for fault in refused:
        terminal.note(str(fault))
    terminal.result(
        {
            "upload": list(done.upload),
            "delete": list(done.delete),
            "told": list(told),
        }
    )


def _named(folder: ShowFolder, show: Show, target: str | None) -> str:
    """Return where the site is to be brought: there, or where ``show.toml`` says.

    Raises UsageError where nobody says, or said where the site will stand.
    """
    from pullquote.pipeline.pulling.starting import EXAMPLE_SITE
    from pullquote.publish.deploying.target import from_show

    if show.site == EXAMPLE_SITE:
        raise UsageError(
            folder.show,
            f"'site' is still the example, {EXAMPLE_SITE}",
            "write where the site will stand, then build again",
        )
    if target:
        return target
    if not show.deploy_to:
        remedy = "name a target, or write deploy_to into show.toml"
        raise UsageError("deploy", "says not where to", remedy)
    return from_show(folder.root, show.deploy_to)


def _ping(
    show: Show, paths: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[PullquoteError, ...]]:
    """Tell the show's hubs, if a feed among ``paths`` changed."""
    from pullquote.publish.deploying.ping import send

    if not any(path.startswith("feeds/") for path in paths):
        return (), ()
    return send(show, paths, os.environ.get("PODPING_TOKEN"))
