"""``pullquote private``: what is private in viewers' questions."""

from __future__ import annotations

import re
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer

from pullquote.cli.options import EpisodeArgument
from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pullquote.formats.folder import EpisodeFolder
    from pullquote.mark.private.details import Detail
    from pullquote.model.library import Entry


def command(
    terminal: Terminal,
    episode: EpisodeArgument,
    redact: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N",
            help="Redact number N of the list, or several (1,4,7-9), or 'all'.",
            show_default=False,
        ),
    ] = None,
    keep: Annotated[
        list[str] | None,
        typer.Option(
            metavar="N",
            help="Number N may stay, or several (1,4,7-9).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """List private details in questions, and redact them.

    Names, places, dates and the like, each with its number and time. Without --redact
    and --keep it changes nothing.
    """
    from pullquote.desk.state.memory import forget
    from pullquote.formats.shown_json import save_shown
    from pullquote.formats.writing import writing
    from pullquote.mark.private.unresolved import named_beside
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.marking.answers import entry_of, heard_entry
    from pullquote.pipeline.private.privacy import as_shown, private_details, resolve
    from pullquote.pipeline.private.redacting import redact_episode

    changes = bool(redact or keep)
    with terminal.alone(wait=10) if changes else nullcontext():
        loaded = load_library(terminal.folder)
        entry, library = heard_entry(terminal.folder, loaded, episode), loaded.library
        found = private_details(entry, library.show)
        paths = terminal.folder.episode(entry.slug)
        stay = as_shown(paths, found, _numbers("--keep", keep or []))
        chosen = _with_again(_chosen(paths, redact or [], found), found, stay)
        redactions, kept = resolve(paths, found, redact=chosen, keep=stay)
        if redactions or kept:
            with writing(terminal.folder.desk):  # no desk signs what is taken out
                redact_episode(terminal.folder, paths, redactions, forget, kept)
            library = load_library(terminal.folder).library  # as it is now
            entry = entry_of(library, entry.slug)
    state = dict.fromkeys(chosen, "redacted") | dict.fromkeys(stay, "kept")
    rows = [_row(n, one, state.get(n, "open")) for n, one in enumerate(found, 1)]
    try:  # first: `| head` ends the command while it prints
        save_shown(paths.shown, [(one.clip.start, one.clip.end) for one in found])
    finally:
        _print(terminal, rows, entry.slug)
    beside = [
        {"file": str(path), "line": line, "text": name}
        for path, line, name in named_beside(entry, library.show, paths)
    ]
    for one in beside:
        line = f":{one['line']}" if one["line"] else ""
        terminal.line(f"{one['file']}{line}: names {one['text']!r}; take it out there.")
    if redactions:
        _advise(terminal, entry, paths)
    terminal.result({"episode": entry.slug, "details": rows, "beside": beside})


def _row(number: int, detail: Detail, state: str) -> dict[str, object]:
    return {
        "number": number,
        "kind": detail.kind,
        "start": detail.clip.start,
        "end": detail.clip.end,
        "text": detail.text,
        "grave": detail.grave,
        "maybe": detail.maybe,
        "label": detail.label,
        "state": state,
    }


def _advise(terminal: Terminal, entry: Entry, paths: EpisodeFolder) -> None:
    """Say what else has what was redacted, and what to do about it."""
    from pullquote.formats.redactions_toml import load_redactions

    if any(one.silence for one in load_redactions(paths.redactions)):
        terminal.line(WHOLE_CAPTIONS)
    if entry.episode.watch:
        terminal.line(f"{entry.episode.watch} {STILL_SAYS_IT}")
    terminal.line(f"Next, the sound without them: {terminal.typed('run')}")
    terminal.line(f"Whatever still says them: {terminal.typed('check')}")
    if terminal.folder.in_git:
        terminal.line(IN_HISTORY)
        recording = entry.episode.recording
        if recording and terminal.folder.would_commit(recording.source):
            terminal.line(f"{recording.source} {AS_IT_CAME}")


WHOLE_CAPTIONS = (
    "Where no word's time is known, as in captions, the sound is silent all around"
    " it; narrow silent_from and silent_to in redactions.toml once you have heard it."
)
STILL_SAYS_IT = (
    "still says it, and pages lead there: cut it out there too, or take 'watch' out of"
    " episode.toml."
)
AS_IT_CAME = (
    "says it as it came, and git may keep it: write its folder into .gitignore (where it"
    " was committed: git rm --cached)."
)
IN_HISTORY = "What was committed to git before is still in its history: docs/editor.md"


def _chosen(
    paths: EpisodeFolder, chosen: list[str], found: tuple[Detail, ...]
) -> list[int]:
    """Return what to redact; whoever may be of the show goes by number alone."""
    from pullquote.pipeline.private.privacy import as_shown

    if chosen == ["all"]:
        return [n for n, detail in enumerate(found, 1) if detail.maybe is None]
    return as_shown(paths, found, _numbers("--redact", chosen))


_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")


def _numbers(option: str, given: list[str]) -> list[int]:
    """Return numbers that stand one by one, between commas or as 7-9."""
    from pullquote.errors import UsageError

    numbers: list[int] = []
    for part in (part for one in given for part in one.split(",")):
        match = _RANGE.fullmatch(part.strip())
        if match is None or (match[2] and int(match[2]) < int(match[1])):
            problem, remedy = "is no number", "name numbers, such as 1,4,7-9, or all"
            raise UsageError(f"{option} {' '.join(given)}", problem, remedy)
        first = int(match[1])
        numbers += range(first, int(match[2] or first) + 1)
    return numbers


def _with_again(
    chosen: list[int], found: tuple[Detail, ...], keep: Sequence[int]
) -> list[int]:
    """Return what to redact, and wherever else it is said unless that is to stay."""
    from pullquote.mark.private.details import each_said_again

    said = {found[n - 1].text for n in chosen if 0 < n <= len(found)}
    each = each_said_again(said, found).values()
    again = {id(detail) for details in each for detail in details}
    also = [n for n, detail in enumerate(found, 1) if id(detail) in again]
    return sorted({*chosen, *(n for n in also if n not in keep)})


def _print(terminal: Terminal, rows: list[dict[str, object]], slug: str) -> None:
    from pullquote.formats.clock import format_short_clock

    columns = ("no.", "at", "kind", "heard", "")
    terminal.table(
        columns,
        [
            [
                str(row["number"]),
                format_short_clock(int(str(row["start"]))),
                str(row["label"]),
                str(row["text"]),
                str(row["state"]),
            ]
            for row in rows
        ],
    )
    if not rows:
        terminal.line("Nothing private is open; listen to the questions all the same.")
    elif left := [row for row in rows if row["state"] == "open"]:
        if any(row["maybe"] for row in left):
            terminal.line("Correct whoever is of the show in transcript.md.")
        command = terminal.typed(f"private {slug} --redact N")
        terminal.line(f"Redact: {command} (or all); it may stay: --keep N")
