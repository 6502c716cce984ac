"""``pullquote suggest``: where questions and their answers may lie."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from pullquote.cli.options import EpisodesArgument
from pullquote.cli.status import no_episodes
from pullquote.cli.terminal import Terminal, outcome_rows
from pullquote.errors import UsageError
from pullquote.model.answer import Suggestion
from pullquote.model.decision import Decision
from pullquote.model.library import Entry


def command(
    terminal: Terminal,
    episodes: EpisodesArgument = None,
    explain: Annotated[
        int | None,
        typer.Option(metavar="N", help="Say why number N of the list was suggested."),
    ] = None,
    reject: Annotated[
        list[int] | None,
        typer.Option(
            metavar="N",
            help="Number N is not wanted; the next episodes learn from it.",
            show_default=False,
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Who rejects, an id in show.toml."),
    ] = None,
) -> None:
    """Find questions and answers and list them, best first.

    Nothing is published of it: what you cut is (`cut`).
    """
    from pullquote.formats.folder import chosen_slugs
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.deciding import decided_so_far
    from pullquote.pipeline.marking.suggesting import suggest_episodes

    slugs = chosen_slugs(terminal.folder, episodes or ())
    if (explain is not None or reject) and len(slugs) != 1:
        raise UsageError(
            "--explain and --reject", "speak of one episode", "name the episode"
        )
    with terminal.alone():
        outcomes = suggest_episodes(terminal.folder, slugs, terminal)
        if reject:
            _reject(terminal, slugs[0], reject, by)
    code = terminal.outcomes(outcomes)
    if explain is not None:
        _explain(terminal, slugs[0], explain)
        raise typer.Exit(code)
    if not slugs:
        no_episodes(terminal)
    library = load_library(terminal.folder).library
    decided = decided_so_far(terminal.folder).rows
    for slug in slugs:
        if entry := library.entry(slug):
            _list(terminal, entry, decided.get(slug, ()))
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)


def _reject(terminal: Terminal, slug: str, numbers: list[int], by: str | None) -> None:
    from datetime import UTC, datetime

    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import entry_of, known_person
    from pullquote.pipeline.marking.deciding import reject

    library = load_library(terminal.folder).library
    known_person(by, library.show)
    paths = terminal.folder.episode(slug)
    reject(
        paths, entry_of(library, slug), numbers, by=by, on=datetime.now(tz=UTC).date()
    )


def _explain(terminal: Terminal, slug: str, number: int) -> None:
    from pullquote.mark.suggest.signs import explain
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import entry_of, suggested
    from pullquote.pipeline.marking.deciding import decided_so_far

    library = load_library(terminal.folder).library
    suggestion = suggested(entry_of(library, slug), number)
    lines = explain(suggestion, decided_so_far(terminal.folder).habits(slug))
    terminal.line(f"{number}. {suggestion.question.text}")
    for line in lines:
        terminal.line(f"  {line}")
    terminal.result({"episode": slug, "number": number, "because": list(lines)})


_COLUMNS = (
    "no.",
    "asked",
    "answered",
    "by",
    "question?",
    "answered?",
    "decided",
    "heard",
)


def _list(terminal: Terminal, entry: Entry, rows: Sequence[Decision]) -> None:
    from pullquote.pipeline.marking.deciding import states

    terminal.line(entry.slug)
    if entry.transcript is None:
        terminal.line(f"  no transcript yet: {terminal.typed('transcribe')}")
        return
    found = entry.suggestions or ()
    decided = states(entry, rows)
    terminal.table(_COLUMNS, [_row(one, decided.get(one.rank, "")) for one in found])
    if not entry.english:
        terminal.line(
            "  not in English: questions are told by their marks and by who speaks,"
            " private details"
        )
        terminal.line("  by capitals and lists; read it yourself (docs/editor.md)")
    if not found:
        terminal.line("  no questions found")


def _row(one: Suggestion, decided: str) -> list[str]:
    from pullquote.formats.clock import format_short_clock as clock

    answer = one.answer
    return [
        str(one.rank),
        clock(one.question.start),
        f"{clock(answer.start)} to {clock(answer.end)}" if answer else "nobody",
        ", ".join(one.speakers),
        f"{one.p_question:.2f}",
        f"{one.p_answered:.2f}",
        decided,
        one.question.text,
    ]
