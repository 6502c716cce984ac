"""Transcribe episodes on other machines, or in other processes of this one."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from pullquote.errors import UsageError
from pullquote.formats.disk import lives, write_text
from pullquote.formats.folder import ShowFolder
from pullquote.model.progress import Progress
from pullquote.model.show import ClusterSettings, Show, TranscribeSettings
from pullquote.pipeline.outcome import Outcome, Reporter
from pullquote.pipeline.transcribing.episodes import (
    Due,
    Hints,
    dues_of,
    outcome_of,
    transcribe_episodes,
)

if TYPE_CHECKING:
    from pullquote.transcribe.cluster.client import Standing
    from pullquote.transcribe.stage import Job

_FILE = "cluster.json"
_EVERY = 1.0
"""Seconds between two notes of how far it is."""


def chosen_cluster(
    settings: ClusterSettings, scheduler: str | None, processes: int | None
) -> ClusterSettings:
    """Return the settings with what the command line says otherwise.

    Raises UsageError for fewer processes than none.
    """
    if scheduler is not None:
        settings = replace(settings, scheduler=scheduler)
    elif processes is not None:
        settings = replace(settings, scheduler=None, processes=processes)
    if settings.processes < 0:
        problem, remedy = "are fewer than none", "name a number; 0 starts no others"
        raise UsageError(f"{settings.processes} processes", problem, remedy)
    return settings


def in_its_language(settings: TranscribeSettings, show: Show) -> TranscribeSettings:
    """Return settings by which a model of English alone refuses another language.

    Where nobody chose a language it would take all for English, and write English words
    of a German show.
    """
    main = show.language.partition("-")[0].lower()
    if settings.language or not settings.model.endswith(".en") or main == "en":
        return settings
    return replace(settings, language=main)


def transcribe_all(
    folder: ShowFolder,
    show: Show,
    slugs: Sequence[str],
    settings: TranscribeSettings,
    cluster: ClusterSettings,
    reporter: Reporter,
    *,
    again: bool = False,
    told: Callable[[str], None] = lambda line: None,
) -> list[Outcome]:
    """Transcribe what is due, here or wherever ``cluster`` says.

    See ``transcribe_episodes`` for what is due and for ``again``. Raises UsageError
    where a scheduler is named and no storage, EngineError where no worker can be
    reached.
    """
    settings = in_its_language(settings, show)
    if cluster.scheduler is None and cluster.processes == 0:
        return transcribe_episodes(folder, show, slugs, settings, reporter, again=again)
    from pullquote.transcribe.cluster.client import transcribe_on
    from pullquote.transcribe.engine.weights import located

    outcomes: dict[str, Outcome] = {}
    due: dict[str, Due] = {}
    storage = _storage(folder, cluster)
    with reporter.task("Transcribing on all workers") as progress:
        watch = _Watcher(folder, told, progress)
        hints = Hints(folder, show, settings, reporter)
        jobs = _jobs(dues_of(hints, slugs, outcomes, again=again), due)
        try:
            for job, result in transcribe_on(
                cluster.scheduler,
                storage,
                jobs,
                located(settings, folder.root),
                processes=cluster.processes,
                watch=watch.see,
            ):
                outcomes[job.episode] = outcome_of(due.pop(job.episode), show, result)
        finally:
            watch.end()
    return [outcomes[slug] for slug in slugs if slug in outcomes]


def _jobs(dues: Iterable[Due], kept: dict[str, Due]) -> Iterator[Job]:
    for due in dues:
        kept[due.paths.slug] = due
        yield due.job


def _storage(folder: ShowFolder, cluster: ClusterSettings) -> str:
    if cluster.storage is not None:
        path = cluster.storage
        return path if "://" in path else str((folder.root / path).resolve())
    if cluster.scheduler is not None:
        raise UsageError(
            "[cluster]",
            "names a scheduler and no storage",
            "add storage = a folder that all machines share, or s3://BUCKET/PATH",
        )
    return str(folder.state / "storage")


@dataclass
class _Watcher:
    """Writes down how far it is, for ``status``, and moves the bar."""

    folder: ShowFolder
    told: Callable[[str], None]
    progress: Progress
    _last: float = 0.0
    _dashboard: str = ""
    _refused: tuple[str, ...] = ()
    _unkept: bool = False

    def see(self, standing: Standing) -> None:
        if standing.dashboard != self._dashboard:
            self._dashboard = standing.dashboard
            self.told(f"Dashboard of the workers: {standing.dashboard}")
        if standing.refused != self._refused:
            self._refused = standing.refused
            for name in standing.refused:
                self.told(
                    f"{name}: refused, it has other weights, packages or Pullquote"
                )
        if standing.unkept is not None and not self._unkept:
            self._unkept = True
            self.told(f"{standing.unkept} (the work goes on, and is lost if it stops)")
        self.progress(standing.heard, standing.chunks or None, "chunks")
        now = time.monotonic()
        if now - self._last >= _EVERY:
            self._last = now
            facts = {**asdict(standing), "process": os.getpid()}
            write_text(self.folder.state / _FILE, json.dumps(facts, indent=1))

    def end(self) -> None:
        (self.folder.state / _FILE).unlink(missing_ok=True)


def cluster_standing(folder: ShowFolder) -> dict[str, Any] | None:
    """Return how far a run on many workers is, None where none is at work."""
    try:
        found = json.loads((folder.state / _FILE).read_text(encoding="utf-8"))
        return found if lives(int(found["process"])) else None
    except (OSError, ValueError, TypeError, LookupError):
        return None
