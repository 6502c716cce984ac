"""``pullquote approve``: a clinician's sign-off."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import AnswerArgument, EpisodeArgument
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from pullquote.pipeline.marking.answers import Compared


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    answer: AnswerArgument,
    by: Annotated[
        str,
        typer.Option(metavar="PERSON", help="Who signs it off, an id in show.toml."),
    ],
    accept: Annotated[
        list[str] | None,
        typer.Option(
            metavar="CODE",
            help="Tick a change of meaning by the code that stands before it in the list; once for each.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Sign an answer off as it is now.

    Any later change reopens it. Each edit of the spoken words is listed; one that changes the meaning has a code, and
    needs a tick. The codes are others once the text is another.
    """
    from pullquote.desk.state.memory import Memory
    from pullquote.desk.state.requests import today
    from pullquote.mark.cut.draft import spoken_question
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import (
        as_it_is_now,
        compared,
        refuse_changed,
        write_approval,
    )
    from pullquote.pipeline.private.searching import refuse_private

    folder = terminal.folder
    with terminal.alone(wait=10):
        before = load_library(folder)
        with as_it_is_now(folder, before, episode) as (loaded, entry):
            on = today(loaded.library.show.zone)
            found = compared(folder, loaded, entry, answer)
            refuse_changed(before, entry, found)
            codes = [code.lower() for code in accept or ()]
            _show(terminal, found, spoken_question(found.answer, entry), codes)
            refuse_private(folder, found.answer, found.path)
            requests = Memory(folder.desk).requests
            requests.refuse_objected(found.answer, by, loaded.library.show)
            read = loaded.library.show, entry
            signed = write_approval(folder, read, loaded.faults, found, by, on, codes)
    name = signed.review.signed_as if signed.review else by
    terminal.line(f"{signed.slug}: approved by {by} on {on.isoformat()}, as {name}")
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


def _show(
    terminal: Terminal, found: Compared, asked: str, accept: Collection[str]
) -> None:
    """List the question, each edit, and each change of meaning with its code."""
    if asked != found.answer.question:
        terminal.line(f"Asked: {asked}")
        terminal.line(f"Page: {found.answer.question}")
    for edit in found.edits:
        terminal.line(f"  {edit.kind}: {edit.said or '-'} -> {edit.published or '-'}")
    listed = zip(found.codes, found.findings, strict=True)
    for number, (code, finding) in enumerate(listed, 1):
        ticked = number in found.ticked or code in accept
        state = "ticked" if ticked else "to tick"
        terminal.line(f"{code} {state}: {finding.tick}")
