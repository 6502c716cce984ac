"""``pullquote run``: every stage that is due, then a table of what was made."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Annotated

import typer

from pullquote.cli.options import ProcessesOption, SchedulerOption
from pullquote.cli.pull import tell_pulled
from pullquote.cli.status import no_episodes, status_table, tell_waiting
from pullquote.cli.terminal import Terminal, outcome_rows
from pullquote.pipeline.outcome import Outcome


def command(
    terminal: Terminal,
    everything: Annotated[
        bool, typer.Option("--all", help="Every episode; so it is without this, too.")
    ] = False,
    failed: Annotated[
        bool, typer.Option("--failed", help="Only what failed the last time.")
    ] = False,
    scheduler: SchedulerOption = None,
    processes: ProcessesOption = None,
) -> None:
    """Do all that is due: pull, transcribe, suggest, build."""
    from pullquote.desk.state.memory import forget
    from pullquote.errors import UsageError
    from pullquote.pipeline.private.redacting import finish_redactions
    from pullquote.pipeline.run import run_show

    if everything and failed:
        raise UsageError("run", "cannot be --all and --failed at once", "choose one")
    finish_redactions(terminal.folder, forget)
    outcomes, loaded = run_show(
        terminal.folder,
        terminal,
        only_failed=failed,
        scheduler=scheduler,
        processes=processes,
        told=terminal.note,
    )
    code = terminal.outcomes(outcomes)
    tell_pulled(terminal, outcomes)
    status_table(terminal, loaded.library)
    tell_waiting(terminal)
    terminal.line(_summary(outcomes, terminal.typed("run --failed")))
    if not loaded.library.entries:
        no_episodes(terminal)
    else:
        terminal.line(
            f"Name voices, correct, cut and sign off: {terminal.typed('desk')}"
        )
        terminal.line(f"See the site: {terminal.typed('serve')}")
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)


def _summary(outcomes: Sequence[Outcome], again: str) -> str:
    counts = Counter(outcome.state for outcome in outcomes)
    parts = [f"{counts['done']} done", f"{counts['unchanged']} up to date"]
    if counts["failed"]:
        parts.append(
            f"{counts['failed']} failed (named above; once that is mended: {again})"
        )
    return "Steps: " + ", ".join(parts) + "."
