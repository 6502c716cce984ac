"""``pullquote cut``: a question and its answer into a file to edit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import EpisodeArgument
from pullquote.cli.terminal import Terminal
from pullquote.errors import UsageError
from pullquote.model.answer import Clip

if TYPE_CHECKING:
    from pullquote.model.answer import Answer
    from pullquote.model.library import Entry, Library


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    number: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="A suggestion's, as `suggest` lists it."),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option(
            metavar="START-END",
            help="When it is asked, such as 12:31.2-12:40.9: in place of the suggested times.",
        ),
    ] = None,
    answer: Annotated[
        str | None, typer.Option(metavar="START-END", help="When it is answered.")
    ] = None,
    slug: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="The page's in its address; else made of the question."
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="PERSON", help="Who makes the cut, an id in show.toml."),
    ] = None,
    moved: Annotated[
        bool,
        typer.Option(
            "--moved",
            help="Cut nothing: write the times at which the words of the episode's cuts lie now, after another cut of the recording.",
        ),
    ] = False,
) -> None:
    """Cut a question and its answer into a draft.

    Name a suggestion, or both times. The draft is a file for you to edit: answers/NAME.md
    beside the transcript.
    """
    if moved:
        if number or question or answer or slug or by:
            raise UsageError(
                "--moved", "is for all cuts of an episode", "give it alone"
            )
        _follow(terminal, episode)
        return
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import as_it_is_now, heard_entry, write_cut

    with terminal.alone(wait=10):
        loaded = load_library(terminal.folder)
        with as_it_is_now(terminal.folder, loaded, episode) as (loaded, entry):
            entry = heard_entry(terminal.folder, loaded, entry.slug)
            library = loaded.library
            clips = _clips(entry, number, question, answer)
            path, made = write_cut(
                terminal.folder, library.show, entry, clips, slug=slug, by=by
            )
    terminal.line(f"wrote {path}")
    _tell(terminal, library, entry, made)
    terminal.result({"path": str(path), "id": made.id, "slug": made.slug})


def _tell(terminal: Terminal, library: Library, entry: Entry, made: Answer) -> None:
    """Say what a cut is made of, who else answers its question, and what comes next."""
    from pullquote.mark.guard.edits import counted, edits
    from pullquote.mark.review.across import again
    from pullquote.mark.review.sign_off import cutter_unknown
    from pullquote.model.transcript import within

    asked = within(entry.turns, made.asked)
    several = len({turn.speaker for turn in asked}) > 1
    if several:  # times that are typed may take along how another one ends
        for turn in asked:
            who = f"{turn.speaker}{'?' * turn.guessed}"
            terminal.line(f"Spoken by {who}: {turn.text}")
    else:
        terminal.line(f"Spoken: {' '.join(turn.text for turn in asked)}")
    terminal.line(f"The page asks: {made.question}")
    if counts := counted(edits(made, entry.turns, library.show)):
        told = ", ".join(f"{kind} {count}" for kind, count in sorted(counts.items()))
        terminal.line(f"Changed from what was said: {told}.")
    for other in again(library, entry, made):
        terminal.line(
            f"{other.entry.slug} answers {'the same' if other.same else 'a like question'}"
            f" too: {terminal.typed(f'compare {entry.slug} {made.slug}')}"
        )
    if cutter_unknown(made, library.show):
        terminal.line("Write cut_by into it: whoever cut an answer may not sign it.")
    sign = terminal.typed(f"approve {entry.slug} {made.slug} --by ID")
    if several:
        terminal.line(
            "Is not all of it the question: delete that file, and cut it anew."
        )
    terminal.line(f"Edit it, then: {sign}")


def _follow(terminal: Terminal, episode: str) -> None:
    """Write where the words of an episode's cuts lie now, as after a longer cut."""
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import (
        as_it_is_now,
        follow_words,
        heard_entry,
    )

    with terminal.alone(wait=10):
        loaded = load_library(terminal.folder)
        with as_it_is_now(terminal.folder, loaded, episode) as (loaded, entry):
            entry = heard_entry(terminal.folder, loaded, entry.slug)
            changed = follow_words(terminal.folder, loaded.library.show, entry)
    for path, before in changed:
        terminal.line(f"wrote {path}")
        if before.approved:
            sign = terminal.typed(f"approve {entry.slug} {before.slug} --by ID")
            terminal.line(f"It waits for its signature: {sign}")
    if changed:
        terminal.line(
            "Look at the times of chapters, and those in notes.md: they stay as they were."
        )
    else:
        terminal.line("Every cut lies where its words are, or its words were changed.")
    terminal.result({"paths": [str(path) for path, _ in changed]})


def _clips(
    entry: Entry, number: int | None, question: str | None, answer: str | None
) -> tuple[Clip, Clip]:
    """Return what to cut: times that are given go before a suggestion's."""
    from pullquote.pipeline.marking.answers import suggested

    if question and answer:
        return _clip(question), _clip(answer)
    if number is None:
        raise UsageError(
            "cut",
            "neither a suggestion's number nor times are given",
            "name a number, or both --question and --answer START-END",
        )
    found = suggested(entry, number)
    asked = found.question.clip
    if answer is None and found.answer is None:
        raise UsageError(
            f"suggestion {number}",
            "nobody seems to answer this question",
            "name the answer's times with --answer START-END if somebody does",
        )
    return (
        _clip(question) if question else asked,
        found.answer if answer is None and found.answer else _clip(answer or ""),
    )


def _clip(text: str) -> Clip:
    from pullquote.formats.clock import parse_clock

    start, _, end = text.partition("-")
    try:
        clip = Clip(start=parse_clock(start), end=parse_clock(end))
    except ValueError:
        raise UsageError(
            text, "is not START-END", "write times as 12:31.2-12:40.9"
        ) from None
    if clip.end <= clip.start:
        raise UsageError(text, "ends before it starts", "swap start and end")
    return clip
