"""Suggesting over all episodes, and which episodes a command means."""

from __future__ import annotations

from collections.abc import Sequence

from pullquote.errors import UsageError
from pullquote.formats.disk import read_text, text_digest
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.suggestions_json import load_digest, save_suggestions
from pullquote.pipeline.deciding import show_habits
from pullquote.pipeline.episode_reader import timed_turns
from pullquote.pipeline.outcome import Outcome, Reporter, each, unchanged


def suggest_episodes(
    folder: ShowFolder, slugs: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Suggest cuts where what they are made from has changed since the last time."""

    def work(slug: str) -> Outcome:
        return _suggest(folder, folder.episode(slug), reporter)

    return each("suggest", slugs, work)


def _suggest(folder: ShowFolder, paths: EpisodeFolder, reporter: Reporter) -> Outcome:
    from pullquote.mark.suggest import recipe, suggest

    if not paths.transcript.is_file():
        return unchanged("suggest", paths.slug, "no transcript")
    inputs = (paths.transcript, paths.words, paths.redactions)
    texts = [read_text(path) if path.is_file() else "" for path in inputs]
    habits = show_habits(folder, paths.slug)
    made_from = text_digest(recipe(), *texts, *map(repr, habits.weights.items()))
    if paths.suggestions.is_file() and load_digest(paths.suggestions) == made_from:
        return unchanged("suggest", paths.slug, "")
    with reporter.task(f"Finding questions in {paths.slug}"):
        suggestions = suggest(timed_turns(paths), habits)
    save_suggestions(paths.suggestions, paths.slug, suggestions, made_from)
    return Outcome(
        stage="suggest",
        subject=paths.slug,
        state="done",
        note=f"{len(suggestions)} questions",
    )


def chosen_slugs(folder: ShowFolder, names: Sequence[str]) -> list[str]:
    """Return the episodes meant by slugs or their beginnings; none means all.

    Raises UsageError where a name means no episode, or several.
    """
    slugs = folder.slugs()
    if not names:
        return slugs
    return [chosen_slug(name, slugs) for name in names]


def chosen_slug(name: str, slugs: Sequence[str]) -> str:
    """Return the slug that is ``name``, or the only one that starts with it.

    Raises UsageError where there is none, or more than one.
    """
    found = [slug for slug in slugs if slug == name]
    found = found or [slug for slug in slugs if slug.startswith(name)]
    if len(found) == 1:
        return found[0]
    problem = "names several episodes" if found else "is no episode"
    if not slugs:
        raise UsageError(name, problem, "there is none yet; pull one first")
    raise UsageError(name, problem, f"choose one of: {', '.join(found or slugs)}")
