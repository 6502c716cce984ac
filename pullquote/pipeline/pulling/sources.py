"""Pull over all sources: one failing source or item never stops the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError, NotWantedError, NotYetError, PullquoteError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.model.show import Show, Source
from pullquote.pipeline.outcome import Outcome, Quiet, Reporter, failed, unchanged
from pullquote.pipeline.pulling.visits import (
    Missed,
    Visit,
    remember_visits,
    remembered_visits,
    visit_key,
)

if TYPE_CHECKING:
    from pullquote.pull.plan import Item

_MANY = 4
"""Enclosures that are missing from which they are made side by side."""


def pull_sources(
    folder: ShowFolder, show: Show, addresses: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Pull what is new from ``addresses``, or from the show's own sources.

    The caller holds the show's lock.
    """
    from pullquote.pull.known import sweep

    sweep(folder)
    sources = [Source(url=url) for url in addresses] or list(show.sources)
    last = {} if addresses else remembered_visits(folder)
    visits: dict[str, Visit] = {}
    outcomes: list[Outcome] = []
    for source in sources:
        key = visit_key(source)
        before = last.get(key, Visit())
        pulling = _Pulling(folder, show, source, reporter, before, bool(addresses))
        outcomes += pulling.outcomes()
        visits[key] = pulling.visit
        if not addresses:  # now, so that being killed costs one source's memory
            remember_visits(folder, {**last, **visits})
    if not addresses:
        remember_visits(folder, visits)
    return outcomes


@dataclass
class _Pulling:
    """One source: list it, pull what is new, remember the rest."""

    folder: ShowFolder
    show: Show
    source: Source
    reporter: Reporter
    last: Visit
    by_hand: bool
    """A person named it just now, and waits for it."""
    visit: Visit = field(init=False)
    """What is to be remembered."""

    def __post_init__(self) -> None:
        self.visit = Visit(left_out=[*self.last.left_out])

    def outcomes(self) -> list[Outcome]:
        """Pull; one failing item never stops the rest."""
        from pullquote.pull.known import known

        before = known(self.folder).ids
        name = self.source.title or self.source.url
        try:
            items = self._listed(before)
        except PullquoteError as error:
            still = [one for one in self.last.missed if one.source_id is not None]
            self.visit.missed = [*still, Missed(line=str(error))]
            return [failed("pull", name, error)]
        if self.by_hand and not items:
            return [unchanged("pull", name, "holds no recording")]
        outcomes = []
        old = sum(any(one in before for one in item.ids) for item in items)
        if old:
            note = f"{old} pulled before"
            outcomes.append(unchanged("pull", name, note))
            self._compare(items, before)
        for item in self._new(items, before):
            if item.withheld is not None:
                outcomes.append(self._wait(item, item.withheld))
            else:
                outcomes.append(self._pull(item))
        self.visit.complete = True
        return outcomes

    def _listed(self, before: Mapping[str, str]) -> tuple[Item, ...]:
        from pullquote.pull.listing import list_items

        seen = {*before, *(one.source_id for one in self.last.missed)}
        seen |= set(self.visit.left_out)
        known = (seen if self.last.complete else set()).__contains__
        picture = self.show.video == "keep"
        root, zone = self.folder.root, self.show.zone
        return list_items(self.source, root, known, zone, picture=picture)

    def _new(
        self, items: Sequence[Item], before: Mapping[str, str]
    ) -> tuple[Item, ...]:
        """Return what to pull: new items, and those that failed the last time."""
        from pullquote.pull.listing import of_source
        from pullquote.pull.plan import to_pull

        again = [item for one in self.last.missed if (item := one.item())]
        retried = of_source(again, self.source, self.folder.root)
        return to_pull([*items, *retried], {*before, *self.visit.left_out})

    def _compare(self, items: Sequence[Item], before: Mapping[str, str]) -> None:
        """Note what the source says otherwise of episodes that are here."""
        from pullquote.formats.source_json import load_told, save_told
        from pullquote.pull.told import changed, told_of

        for item in items:
            slug = before.get(item.source_id)
            if slug is None or not self.folder.episode(slug).told.is_file():
                continue
            paths = self.folder.episode(slug)
            try:
                told = load_told(paths.told)
            except ContentError:  # a machine's file: from now on the source counts
                save_told(paths.told, told_of(item))
                continue
            try:
                line = changed(told, item, load_episode(paths.facts))
            except PullquoteError:
                continue  # `check` names what is wrong with the facts
            if line is not None:
                self.visit.offered[slug] = line

    def _wait(self, item: Item, reason: str) -> Outcome:
        name = item.title or item.source
        self.visit.waiting.append(f"{name} {reason}")
        return unchanged("pull", name, reason)

    def _pull(self, item: Item) -> Outcome:
        from pullquote.pull.item import pull_item
        from pullquote.pull.known import known

        name = item.title or item.source
        before = known(self.folder)
        try:
            with self.reporter.task(f"Pulling {name}") as progress:
                slug = pull_item(self.show, self.folder, item, progress)
        except NotWantedError:
            self.visit.left_out.append(item.source_id)
            return unchanged("pull", name, "left out by the source's filters")
        except NotYetError as error:
            if self.by_hand:
                return failed("pull", name, error)
            return self._wait(item, error.problem)
        except PullquoteError as error:
            self.visit.missed.append(
                Missed(
                    line=str(error),
                    source_id=item.source_id,
                    source=item.source,
                    title=item.title,
                )
            )
            return failed("pull", name, error)
        if slug in before.contents.values() or slug in before.ids.values():
            return unchanged(
                "pull", slug, f"has the recording of {item.source} already"
            )
        note = "; ".join((f"from {item.source}", *self._doubts(item, slug)))
        return Outcome(stage="pull", subject=slug, state="done", note=note)

    def _doubts(self, item: Item, slug: str) -> Iterator[str]:
        """Yield what was taken for granted and a person had better look at."""
        from pullquote.pull.local import is_of_file

        held = load_episode(self.folder.episode(slug).facts).held
        if is_of_file(item, held, self.show.zone):
            yield "no name tells the day, taken from the file: correct 'held' and its folder's name"
        if item.local is not None and item.same:
            names = ", ".join(one.rpartition("/")[2] for one in item.same)
            yield f"taken for the same by name: {names}"
        if item.local is not None:
            from pullquote.media.container import sound_tracks

            heard, tracks = sound_tracks(item.local)
            if tracks > 1:
                yield f"has {tracks} sound tracks, of which number {heard} is heard"


def make_enclosures(
    folder: ShowFolder, show: Show, slugs: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Make the sound that the feed points at, where it is missing or out of date.

    A recording that this machine lacks is pulled again from where it came.
    """
    missing = [s for s in slugs if _lacks_sound(folder, s)]
    done = _side_by_side(folder, show, missing, reporter)
    return [
        done[slug] if slug in done else _made(folder, show, slug, reporter)
        for slug in slugs
    ]


def _lacks_sound(folder: ShowFolder, slug: str) -> bool:
    """Say whether an enclosure is missing that a recording makes: an old host's is not."""
    paths = folder.episode(slug)
    if paths.enclosure.is_file():
        return False
    try:
        return load_episode(paths.facts).recording is not None
    except PullquoteError:
        return True  # said where it is made


def _side_by_side(
    folder: ShowFolder, show: Show, slugs: Sequence[str], reporter: Reporter
) -> dict[str, Outcome]:
    """Make many enclosures on all processors; none where they are few."""
    from pullquote.render.site.workers import each, processors

    processes = processors()
    if processes < 2 or len(slugs) < _MANY:
        return {}

    def work(number: int) -> Outcome:
        return _made(folder, show, slugs[number], Quiet())

    done: dict[str, Outcome] = {}
    with reporter.task(f"Making {len(slugs)} enclosures") as progress:
        for one in each(work, len(slugs), processes, chunk=1):
            done[one.subject] = one
            progress(len(done), len(slugs), one.subject)
    return done


def _made(folder: ShowFolder, show: Show, slug: str, reporter: Reporter) -> Outcome:
    try:
        return _enclosure(folder, show, slug, reporter)
    except PullquoteError as error:
        return failed("enclosure", slug, error)


def _enclosure(
    folder: ShowFolder, show: Show, slug: str, reporter: Reporter
) -> Outcome:
    from pullquote.pull.enclosure import make_episode_enclosure

    paths = folder.episode(slug)
    episode = load_episode(paths.facts)
    if episode.recording is None:
        return unchanged("enclosure", slug, "no recording")
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
