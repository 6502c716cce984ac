"""``pullquote status``: where each episode stands."""

from __future__ import annotations

from datetime import date
from typing import Any

import typer

from pullquote.cli.terminal import Terminal, unsound
from pullquote.errors import number_of
from pullquote.model.library import Entry, Library

_FEW = 8
"""Lines of what waits at the end of a command that is about something else."""


def command(terminal: Terminal) -> None:
    """Show where each episode stands.

    "to name" are voices whose name nobody has confirmed, "suggested" questions that a
    machine found, "drafts" and "approved" answers.
    """
    from pullquote.pipeline.library.load import load_library
    from pullquote.pipeline.pulling.visits import failed_pulls, offered_changes
    from pullquote.pipeline.transcribing.farming import cluster_standing

    loaded = load_library(terminal.folder)
    missed = failed_pulls(terminal.folder)
    farm = cluster_standing(terminal.folder)
    told = status_table(terminal, loaded.library)
    if farm is not None:
        terminal.line(
            f"Transcribing on {number_of(farm['workers'], 'worker')}: {farm['heard']} of"
            f" {number_of(farm['chunks'], 'chunk')}, {farm['finished']} of"
            f" {farm['recordings']} recordings begun are finished; dashboard {farm['dashboard']}"
        )
    for failure in missed:
        terminal.line(f"not pulled: {failure}")
    offered = offered_changes(terminal.folder)
    for slug, change in offered.items():
        terminal.line(f"{slug}: {change}")
    if not loaded.library.entries:
        no_episodes(terminal)
    for fault in loaded.faults:
        terminal.note(str(fault))
    terminal.result(
        {
            "show": loaded.library.show.title,
            "episodes": told,
            "cluster": farm,
            "not_pulled": missed,
            "changed_at_source": offered,
            "faults": [str(fault) for fault in loaded.faults],
        }
    )
    raise typer.Exit(1 if unsound(loaded.faults) else 0)


def no_episodes(terminal: Terminal) -> None:
    """Say how a show's first episode comes in."""
    terminal.line(
        f"No episodes yet. Bring one in: {terminal.typed('pull URL-or-FILE')}"
    )


def tell_waiting(terminal: Terminal) -> None:
    """Say what the sources offer and the last pull could not have."""
    from pullquote.pipeline.pulling.visits import waiting_pulls

    lines = waiting_pulls(terminal.folder)
    for line in lines[:_FEW]:
        terminal.line(f"not pulled: {line}")
    if more := len(lines[_FEW:]):
        terminal.line(f"… and {more} more: {terminal.typed('status')}")


def status_table(terminal: Terminal, library: Library) -> list[dict[str, Any]]:
    """Print one row an episode; return what was told of each."""
    from pullquote.pipeline.building.build import build_day

    days, today = library.show.review.due_days, build_day()
    told = [_facts(entry, days, today) for entry in library.entries]
    columns = {
        "episode": "episode",
        "status": "status",
        "length": "length",
        "words": "words",
        "to name": "to_name",
        "suggested": "suggested",
        "drafts": "drafts",
        "approved": "approved",
    }
    if any(facts["reopened"] for facts in told):  # seldom, and then worth seeing
        columns["to sign again"] = "reopened"
    if any(facts["overdue"] for facts in told):
        columns["review due"] = "overdue"
    rows = [
        [
            "" if (value := facts[key]) is None else str(value)
            for key in columns.values()
        ]
        for facts in told
    ]
    terminal.table(tuple(columns), rows)
    return told


def _facts(entry: Entry, days: int, today: date) -> dict[str, Any]:
    from pullquote.formats.clock import format_short_clock
    from pullquote.model.speaking import is_named

    sound = entry.episode.recording or entry.episode.enclosure
    unnamed = {turn.speaker for turn in entry.turns if not is_named(turn)}
    return {
        "episode": entry.slug,
        "title": entry.episode.title,
        "held": entry.episode.held.isoformat(),
        "status": "scheduled" if entry.scheduled else entry.episode.status,
        "length": format_short_clock(sound.duration) if sound else None,
        "words": len(entry.machine.words) if entry.machine else None,
        "to_name": len(unnamed) if entry.turns else None,
        "suggested": None if entry.suggestions is None else len(entry.suggestions),
        "drafts": sum(a.status == "draft" for a in entry.answers),
        "approved": sum(a.approved for a in entry.answers),
        "reopened": sum(a.reopened for a in entry.answers),
        "overdue": sum(a.approved and a.overdue(days, today) for a in entry.answers),
    }
