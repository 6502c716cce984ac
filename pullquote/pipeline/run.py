"""Every stage that is due, in order."""

from __future__ import annotations

from pullquote.errors import FaultsError, GateError, PullquoteError
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.pipeline.build import build_public
from pullquote.pipeline.library import Loaded, load_library
from pullquote.pipeline.lock import only_one
from pullquote.pipeline.outcome import Outcome, Reporter, failed
from pullquote.pipeline.pulling import make_enclosures, pull_sources
from pullquote.pipeline.stages import (
    mask_episodes,
    suggest_episodes,
    transcribe_episodes,
)


def run_show(folder: ShowFolder, reporter: Reporter) -> tuple[list[Outcome], Loaded]:
    """Pull, transcribe, suggest and build; return what became of each and the show.

    Raises ContentError or FaultsError where ``show.toml`` is unsound: nothing can be
    done without it.
    """
    show = load_show(folder.show)
    with only_one(folder):
        outcomes = pull_sources(folder, show, (), reporter)
        slugs = folder.slugs()
        outcomes += make_enclosures(folder, show, slugs, reporter)
        outcomes += transcribe_episodes(folder, show, slugs, show.transcribe, reporter)
        outcomes += mask_episodes(folder, show, slugs)
        outcomes += suggest_episodes(folder, slugs, reporter)
        outcomes += _build(folder, reporter)
    return outcomes, load_library(folder)


def _build(folder: ShowFolder, reporter: Reporter) -> list[Outcome]:
    try:
        built = build_public(folder, reporter)
    except FaultsError as error:
        return [failed("build", fault.where, fault) for fault in error.faults]
    except PullquoteError as error:
        return [failed("build", error.where, error)]
    outcomes = [_left_out(fault) for fault in built.faults]
    note = f"{built.pages} pages"
    outcomes.append(Outcome(stage="build", subject="site", state="done", note=note))
    return outcomes


def _left_out(fault: PullquoteError) -> Outcome:
    """A mistake failed; an answer that waits for a signature is merely not shown."""
    if isinstance(fault, GateError):
        note = str(fault)
        return Outcome(stage="build", subject=fault.where, state="unchanged", note=note)
    return failed("build", fault.where, fault)
