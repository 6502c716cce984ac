"""``pullquote notes``: chapters and show notes, drafted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import EpisodeArgument
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from pullquote.model.library import Entry
    from pullquote.pipeline.marking.drafting import Draft


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    write: Annotated[
        bool,
        typer.Option(
            "--write",
            help="Put them into episode.toml and notes.md, where yours are not.",
        ),
    ] = False,
) -> None:
    """Draft chapters and a summary of an episode.

    They are shown, and written with --write alone. The summary is made of the speakers'
    own sentences. Who speaks, with a name that somebody confirmed, is told too.
    """
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import heard_entry
    from pullquote.pipeline.marking.drafting import draft, write_draft

    with terminal.alone(wait=10):
        loaded = load_library(terminal.folder)
        entry = heard_entry(terminal.folder, loaded, episode)
        made = draft(entry, loaded.library.show)
        written = write_draft(terminal.folder, entry, made) if write else ()
    _print(terminal, made, entry)
    for path in written:
        terminal.line(f"wrote {path}")
    if write and not written:
        terminal.line("Nothing written: what episode.toml and notes.md have is yours.")
    terminal.result(
        {
            "episode": entry.slug,
            "chapters": [{"start": c.start, "title": c.title} for c in made.chapters],
            "summary": [
                {"start": q.start, "text": q.text, "speaker": q.speaker}
                for q in made.quotes
            ],
            "people": [person.id for person in made.people],
            "written": list(written),
        }
    )


def _print(terminal: Terminal, made: Draft, entry: Entry) -> None:
    from pullquote.formats.clock import format_short_clock

    for chapter in made.chapters:
        terminal.line(f"{format_short_clock(chapter.start)} {chapter.title}")
    for quote in made.quotes:
        who = f" {quote.speaker}" if quote.speaker else ""
        terminal.line(
            f"  \u201c{quote.text}\u201d{who} ({format_short_clock(quote.start)})"
        )
    if made.people:
        terminal.line(f"With {', '.join(person.name for person in made.people)}")
    if not made.chapters and not made.quotes:
        why = "too little is said in it" if entry.turns else "transcribe it first"
        terminal.line(f"Nothing to draft from in {entry.slug}: {why}.")
