"""``pullquote approve``: a clinician's sign-off."""

from __future__ import annotations

from typing import Annotated

import typer

from pullquote.cli.options import AnswerArgument, EpisodeArgument
from pullquote.cli.terminal import Terminal


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    answer: AnswerArgument,
    by: Annotated[
        str,
        typer.Option(metavar="PERSON", help="Who signs it off, an id in show.toml."),
    ],
    accept: Annotated[
        list[int] | None,
        typer.Option(
            metavar="NUMBER",
            help="Tick a change of meaning that you have seen; once for each.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Sign an answer off as it is now.

    Any later change reopens it. Each edit of the spoken words is listed; one that changes the meaning needs a tick.
    """
    from datetime import UTC, datetime

    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.marking.answers import compared, entry_of, write_approval

    with only_one(terminal.folder, wait=10):
        loaded = load_library(terminal.folder)
        entry = entry_of(loaded.library, episode)
        today = datetime.now(UTC).astimezone().date()
        found = compared(terminal.folder, loaded, entry, answer)
        ticked = found.ticked | frozenset(accept or ())
        for edit in found.edits:
            terminal.line(
                f"  {edit.kind}: {edit.said or '-'} -> {edit.published or '-'}"
            )
        for number, finding in enumerate(found.findings, 1):
            state = "ticked" if number in ticked else "to tick"
            terminal.line(f"{number}. {state}: {finding.tick}")
        read = loaded.library.show, entry
        signed = write_approval(
            terminal.folder, read, loaded.faults, found, by, today, accept or ()
        )
    name = signed.review.signed_as if signed.review else by
    terminal.line(f"{signed.slug}: approved by {by} on {today.isoformat()}, as {name}")
    if entry.episode.status != "published":
        terminal.line("It appears once its episode's status is 'published'.")
    terminal.result(
        {
            "slug": signed.slug,
            "id": signed.id,
            "by": by,
            "accepted": list(signed.accepted),
        }
    )
