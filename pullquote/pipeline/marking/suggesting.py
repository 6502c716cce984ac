"""Suggesting over all episodes."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.errors import number_of
from pullquote.formats.disk import read_text, text_digest
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.suggestions_json import load_digest, save_suggestions
from pullquote.pipeline.library.episode_reader import timed_turns
from pullquote.pipeline.marking.deciding import Decided, decided_so_far
from pullquote.pipeline.outcome import (
    Outcome,
    Reporter,
    done,
    each,
    failed,
    unchanged,
)


def suggest_episodes(
    folder: ShowFolder, slugs: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Suggest cuts where what they are made from has changed since the last time.

    Where an episode's decisions cannot be read it is named, and nothing is learnt of it.
    """
    decided = decided_so_far(folder)

    def work(slug: str) -> Outcome:
        return _suggest(folder.episode(slug), decided, reporter)

    outcomes = each("suggest", slugs, work)
    unread = decided.unread.items()
    return outcomes + [failed("suggest", slug, error) for slug, error in unread]


def _suggest(paths: EpisodeFolder, decided: Decided, reporter: Reporter) -> Outcome:
    from pullquote.mark.suggest.suggestions import recipe, suggest

    if not paths.transcript.is_file():
        return unchanged("suggest", paths.slug, "no transcript")
    inputs = (paths.transcript, paths.words, paths.redactions)
    texts = [read_text(path) if path.is_file() else "" for path in inputs]
    habits = decided.habits(paths.slug)
    made_from = text_digest(recipe(), *texts, *map(repr, habits.weights.items()))
    if paths.suggestions.is_file() and load_digest(paths.suggestions) == made_from:
        return unchanged("suggest", paths.slug, "")
    with reporter.task(f"Finding questions in {paths.slug}"):
        suggestions = suggest(timed_turns(paths), habits)
    save_suggestions(paths.suggestions, paths.slug, suggestions, made_from)
    return done("suggest", paths.slug, number_of(len(suggestions), "question"))
