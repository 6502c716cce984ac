"""Every stage that is due, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from pullquote.errors import GateError, PullquoteError, each_fault, number_of
from pullquote.formats.disk import write_text
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.library.load import Loaded, load_library
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.marking.suggesting import suggest_episodes
from pullquote.pipeline.outcome import Outcome, Reporter, State, failed, unchanged
from pullquote.pipeline.private.masking import mask_episodes
from pullquote.pipeline.pulling.sources import make_enclosures, pull_sources
from pullquote.pipeline.transcribing.farming import chosen_cluster, transcribe_all

_FAILED = "failed.json"
"""What failed in the last run, so that one command tries just that again."""


def run_show(
    folder: ShowFolder,
    reporter: Reporter,
    *,
    only_failed: bool = False,
    scheduler: str | None = None,
    processes: int | None = None,
    told: Callable[[str], None] = lambda line: None,
) -> tuple[list[Outcome], Loaded]:
    """Pull, transcribe, suggest and build; return what became of each and the show.

    ``only_failed`` tries again what failed the last time, and nothing else. Raises
    ContentError or FaultsError where ``show.toml`` is unsound: nothing can be done
    without it.
    """
    show = load_show(folder.show)
    cluster = chosen_cluster(show.cluster, scheduler, processes)
    with only_one(folder):
        before = _remembered(folder) if only_failed else []
        outcomes: list[Outcome] = []
        if not only_failed or any(stage == "pull" for stage, _ in before):
            outcomes += pull_sources(folder, show, (), reporter)
        slugs = folder.slugs()
        if only_failed:
            chosen = {subject for _, subject in before}
            chosen |= {o.subject for o in outcomes if o.state == "done"}
            slugs = [slug for slug in slugs if slug in chosen]
        outcomes += make_enclosures(folder, show, slugs, reporter)
        outcomes += transcribe_all(
            folder, show, slugs, show.transcribe, cluster, reporter, told=told
        )
        outcomes += mask_episodes(folder, show, slugs)
        outcomes += suggest_episodes(folder, slugs, reporter)
        outcomes += _build(folder, reporter)
        _remember(folder, outcomes)
    return outcomes, load_library(folder)


def _build(folder: ShowFolder, reporter: Reporter) -> list[Outcome]:
    try:
        built = build_public(folder, reporter)
    except PullquoteError as error:
        return [failed("build", fault.where, fault) for fault in each_fault(error)]
    outcomes = [_left_out(fault) for fault in built.faults]
    state: State = "unchanged" if built.unchanged else "done"
    note = number_of(built.pages, "page")
    outcomes.append(Outcome(stage="build", subject="site", state=state, note=note))
    return outcomes


def _left_out(fault: PullquoteError) -> Outcome:
    """A mistake failed; an answer that waits for a signature is merely not shown."""
    if isinstance(fault, GateError):
        return unchanged("build", fault.where, str(fault))
    return failed("build", fault.where, fault)


def _remember(folder: ShowFolder, outcomes: Sequence[Outcome]) -> None:
    """Keep a row for each failure: stage, episode or source, and why."""
    rows = [
        {"stage": o.stage, "subject": o.subject, "why": str(o.error)}
        for o in outcomes
        if o.state == "failed"
    ]
    write_text(folder.state / _FAILED, json.dumps(rows, indent=1) + "\n")


def _remembered(folder: ShowFolder) -> list[tuple[str, str]]:
    """Return stage and subject of what failed the last time."""
    try:
        found = json.loads((folder.state / _FAILED).read_text(encoding="utf-8"))
        return [(str(row["stage"]), str(row["subject"])) for row in found]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return []
