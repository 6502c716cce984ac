"""``pullquote compare``: other answers to the same question, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import AnswerArgument, EpisodeArgument
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from pullquote.mark.review.across import Again
    from pullquote.model.answer import Answer


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    answer: AnswerArgument,
    superseded_by: Annotated[
        str | None,
        typer.Option(
            metavar="ANSWER",
            help="Slug of a newer answer that takes its place; '' takes that back.",
        ),
    ] = None,
) -> None:
    """Lay an answer beside others to the same question."""
    from pullquote.formats.writing import writing
    from pullquote.mark.review.across import again
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.marking.answers import answer_of, entry_of, supersede

    library = load_library(terminal.folder).library
    entry = entry_of(library, episode)
    found = answer_of(entry, answer)
    if superseded_by is not None:
        with only_one(terminal.folder, wait=10), writing(terminal.folder.desk):
            supersede(terminal.folder, entry.slug, found, superseded_by)
        library = load_library(terminal.folder).library  # as it is now
        entry = entry_of(library, episode)
        found = answer_of(entry, answer)
        terminal.line(
            f"{found.slug}: superseded by {superseded_by}"
            if superseded_by
            else f"{found.slug}: superseded by nothing"
        )
    others = again(library, entry, found)
    for other in others:
        _lay(terminal, found, other)
    if not others:
        terminal.line("No other answer to this question, or one like it, was found.")
    terminal.result({"answer": found.slug, "others": [_row(other) for other in others]})


def _row(other: Again) -> dict[str, object]:
    return {
        "episode": other.entry.slug,
        "slug": other.answer.slug,
        "id": other.answer.id,
        "held": other.entry.episode.held.isoformat(),
        "likeness": other.likeness,
        "same": other.same,
        "differs": list(other.differs),
    }


def _lay(terminal: Terminal, here: Answer, other: Again) -> None:
    there = other.answer
    terminal.line(
        f"{other.entry.slug}/{there.slug}, held {other.entry.episode.held.isoformat()}:"
        f" {'the same question' if other.same else f'{other.likeness:.0%} alike'}"
    )
    terminal.table(
        ("here", "there"),
        [[here.question, there.question], [here.body, there.body]],
    )
    for line in other.differs:
        terminal.line(f"  {line}")
