"""``pullquote suggest``: where questions and their answers may lie."""

from __future__ import annotations

import typer

from pullquote.cli.options import (
    HERE,
    EpisodesArgument,
    JsonOption,
    ShowOption,
    VerboseOption,
)
from pullquote.cli.terminal import Terminal, outcome_rows
from pullquote.model.library import Entry


def command(
    episodes: EpisodesArgument = None,
    show: ShowOption = HERE,
    as_json: JsonOption = False,
    verbose: VerboseOption = False,
) -> None:
    """Find questions and answers and list them, best first."""
    from pullquote.pipeline.library import load_library
    from pullquote.pipeline.lock import only_one
    from pullquote.pipeline.stages import chosen_slugs, suggest_episodes

    terminal = Terminal(show, as_json, verbose)
    slugs = chosen_slugs(terminal.folder, episodes or ())
    with only_one(terminal.folder):
        outcomes = suggest_episodes(terminal.folder, slugs, terminal)
    code = terminal.outcomes(outcomes)
    for slug in slugs:
        if entry := load_library(terminal.folder).library.entry(slug):
            _list(terminal, entry)
    terminal.result({"outcomes": outcome_rows(outcomes)})
    raise typer.Exit(code)


def _list(terminal: Terminal, entry: Entry) -> None:
    from pullquote.formats.clock import format_short_clock

    terminal.line(entry.slug)
    rows = []
    for suggestion in entry.suggestions or ():
        question, answer = suggestion.question, suggestion.answer
        rows.append(
            [
                str(suggestion.rank),
                format_short_clock(question.start),
                "nobody"
                if answer is None
                else f"{format_short_clock(answer.start)} to {format_short_clock(answer.end)}",
                ", ".join(suggestion.speakers),
                f"{suggestion.p_question:.2f}",
                f"{suggestion.p_answered:.2f}",
                question.text,
            ]
        )
    columns = ("no.", "asked", "answered", "by", "question?", "answered?", "heard")
    terminal.table(columns, rows)
    if not rows:
        terminal.line("  no questions found")
