"""``pullquote compare``: other answers to the same question, side by side."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import EpisodeArgument
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.mark.review.across import Again
    from pullquote.model.answer import Answer
    from pullquote.model.library import Entry, Library


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    answers: Annotated[
        list[str],
        typer.Argument(
            metavar="ANSWER",
            help="The answer's slug; one of another episode as EPISODE/ANSWER.",
        ),
    ],
    superseded_by: Annotated[
        str | None,
        typer.Option(
            metavar="ANSWER",
            help="Slug of a newer answer that takes its place; '' takes that back.",
        ),
    ] = None,
) -> None:
    """Lay answers beside others to the same question."""
    from pullquote.formats.writing import writing
    from pullquote.mark.review.across import again
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import supersede

    library = load_library(terminal.folder).library
    found = _named(library, episode, answers)
    if superseded_by is not None:
        older = [(terminal.folder.episode(e.slug), answer) for e, answer in found]
        with terminal.alone(wait=10), writing(terminal.folder.desk):
            supersede(terminal.folder, older, superseded_by)
        library = load_library(terminal.folder).library  # as it is now
        found = _named(library, episode, answers)
        newer = superseded_by or "nothing"
        for _, answer in found:
            terminal.line(f"{answer.slug}: superseded by {newer}")
    rows = []
    for entry, answer in found:
        others = again(library, entry, answer)
        for other in others:
            _lay(terminal, answer, other)
        if not others:
            terminal.line(_NO_OTHER)
        rows.append({"answer": answer.slug, "others": [_row(one) for one in others]})
    terminal.result(rows[0] if len(rows) == 1 else {"answers": rows})


_NO_OTHER = "No other answer to this question, or one like it, was found."


def _named(
    library: Library, episode: str, answers: Sequence[str]
) -> list[tuple[Entry, Answer]]:
    """Return the answers that were named, each with its episode."""
    from pullquote.pipeline.marking.answers import answer_of, entry_of

    found = []
    for name in answers:
        elsewhere, _, slug = name.rpartition("/")
        entry = entry_of(library, elsewhere or episode)
        found.append((entry, answer_of(entry, slug)))
    return found


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
