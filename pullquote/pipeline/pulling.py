"""Pull over all sources: one failing source or item never stops the rest."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pullquote.errors import PullquoteError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Outcome, Reporter, failed
from pullquote.pipeline.remembered import remember_failed_pulls


def pull_sources(
    folder: ShowFolder, show: Show, addresses: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Pull what is new from ``addresses``, or from the show's own sources."""
    sources = [Source(url=url) for url in addresses] or list(show.sources)
    outcomes: list[Outcome] = []
    for source in sources:
        outcomes += _pull_source(folder, show, source, reporter)
    if not addresses:
        remember_failed_pulls(folder, outcomes)
    return outcomes


def _pull_source(
    folder: ShowFolder, show: Show, source: Source, reporter: Reporter
) -> list[Outcome]:
    from pullquote.pull.item import pull_item, pulled_ids
    from pullquote.pull.listing import list_items
    from pullquote.pull.plan import to_pull

    try:
        items = list_items(source, folder.root)
    except PullquoteError as error:
        return [failed("pull", source.title or source.url, error)]
    new = to_pull(items, pulled_ids(folder))
    known = len(items) - len(new)
    outcomes = [
        Outcome(
            stage="pull",
            subject=source.title or source.url,
            state="unchanged",
            note=f"{known} pulled before",
        )
    ] * (known > 0)
    for item in new:
        name = item.title or item.source
        try:
            with reporter.task(f"Pulling {name}") as progress:
                slug = pull_item(show, folder, item, progress)
        except PullquoteError as error:
            outcomes.append(failed("pull", name, error))
        else:
            note = f"from {item.source}"
            outcomes.append(
                Outcome(stage="pull", subject=slug, state="done", note=note)
            )
    return outcomes


def make_enclosures(
    folder: ShowFolder, show: Show, slugs: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Make the sound that the feed points at, where it is missing or out of date.

    A recording that this machine lacks is pulled again from where it came.
    """
    outcomes = []
    for slug in slugs:
        try:
            outcomes.append(_enclosure(folder, show, slug, reporter))
        except PullquoteError as error:
            outcomes.append(failed("enclosure", slug, error))
    return outcomes


def _enclosure(
    folder: ShowFolder, show: Show, slug: str, reporter: Reporter
) -> Outcome:
    from pullquote.pull.enclosure import make_episode_enclosure

    paths = folder.episode(slug)
    episode = load_episode(paths.facts)
    if episode.recording is None:
        note = "no recording"
        return Outcome(stage="enclosure", subject=slug, state="unchanged", note=note)
    before = _modified(paths.enclosure)
    with reporter.task(f"Making the enclosure of {slug}") as progress:
        made = make_episode_enclosure(folder, slug, show, episode, progress)
    return Outcome(
        stage="enclosure",
        subject=slug,
        state="unchanged" if _modified(paths.enclosure) == before else "done",
        note=f"{made.length / 1e6:.1f} MB, {made.loudness} LUFS",
    )


def _modified(path: Path) -> int | None:
    return path.stat().st_mtime_ns if path.is_file() else None
