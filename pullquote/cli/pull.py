"""``pullquote pull``: bring recordings in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from pullquote.cli.status import tell_waiting
from pullquote.cli.terminal import Terminal, outcome_rows
from pullquote.errors import UsageError
from pullquote.pipeline.outcome import Outcome


def command(
    terminal: Terminal,
    addresses: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="URL|FILE",
            help="Addresses or files; none means the show's own sources.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Bring new recordings in, each with the sound for feeds.

    That is its enclosure: even in loudness, tagged, without what is redacted.
    """
    from pullquote.formats.show_toml import load_show
    from pullquote.pipeline.pulling.sources import make_enclosures, pull_sources

    programme = load_show(terminal.folder.show)
    with terminal.alone():
        named = [_from_here(address) for address in addresses or ()]
        outcomes = pull_sources(terminal.folder, programme, named, terminal)
        outcomes += make_enclosures(
            terminal.folder, programme, terminal.folder.slugs(), terminal
        )
    code = terminal.outcomes(outcomes)
    tell_pulled(terminal, outcomes)
    for outcome in outcomes:
        if addresses and outcome.stage == "pull" and outcome.state == "unchanged":
            terminal.line(f"{outcome.subject}: {outcome.note}")
    if not addresses:
        tell_waiting(terminal)
    if not (addresses or programme.sources):
        takes = terminal.typed("pull URL-or-FILE")
        terminal.line(f"show.toml has no [[sources]] to look at; one by one: {takes}")
    elif not any(o.state != "unchanged" for o in outcomes):
        terminal.line("Nothing new.")
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)


def tell_pulled(terminal: Terminal, outcomes: Sequence[Outcome]) -> None:
    """Print a line for each new episode: from where it came, and what is to be looked at."""
    for outcome in outcomes:
        if outcome.state == "done" and outcome.stage == "pull":
            terminal.line(f"pulled {outcome.subject} ({outcome.note})")


def _from_here(address: str) -> str:
    """Return a file's whole path where it lies in the folder one types in.

    Paths in ``show.toml`` start at the show's folder; what lies there alone is found
    there, wherever the command is typed. Raises UsageError for none: a script's variable
    was empty, and this whole folder would be meant.
    """
    if not address.strip():
        remedy = "name an address or a file; leave it out for the show's own sources"
        raise UsageError("pull", "is given an empty name", remedy)
    try:
        here = Path(address).expanduser()
        return str(here.absolute()) if here.exists() else address
    except (OSError, RuntimeError, ValueError):  # an address, or no path at all
        return address
