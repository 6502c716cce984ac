"""A build that goes on from the last one in the same process.

What is written of a few episodes is read anew, judged and put into site and feeds; that
all else is as it was is taken from whoever knows which files were saved. Where more than
these episodes' own pages may change, or anything is wrong with them, everything is
looked at: ``build_all`` has the last word, and all the messages.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import PurePosixPath

from pullquote.errors import PullquoteError
from pullquote.formats.folder import ShowFolder
from pullquote.mark.private.written import leaks
from pullquote.mark.review.across import reviews_due, wrong_days
from pullquote.mark.review.shown_names import renamed_faults
from pullquote.model.library import Entry, Library
from pullquote.pipeline.building.build import (
    Built,
    Done,
    build_all,
    build_day,
    read_leaks,
    uncollected,
    whole,
)
from pullquote.pipeline.building.feeds import Feeds
from pullquote.pipeline.building.holding import stop_at
from pullquote.pipeline.building.links import dead_links
from pullquote.pipeline.building.making import own_templates
from pullquote.pipeline.building.unchanged import (
    EPISODES,
    inputs_digest,
    look_at,
    looked,
    redactions_now,
    remember_build,
)
from pullquote.pipeline.library.episode_reader import build_moment
from pullquote.pipeline.library.load import read_anew
from pullquote.pipeline.outcome import Reporter
from pullquote.pipeline.private.masking import mask_episodes
from pullquote.pipeline.private.searching import feed_leaks

_TEXTS = (".toml", ".md", ".json")
_OF_ALL = ("redactions.toml", "redacted.json")
"""What is private in one episode is searched for in all."""


class EverythingError(Exception):
    """More than a few episodes has to be looked at."""


@dataclass(slots=True)
class Builder:
    """One process that builds a show again and again, and what it keeps in memory for it.

    ``done`` is the last build, as long as nobody else builds and nothing it made was
    touched; it owns all that is kept. ``settled`` says that other processes may go on
    from it too: what they read is written when there is time.
    """

    folder: ShowFolder
    reporter: Reporter
    done: Done | None = None
    settled: bool = True
    looked: int = 0
    """When the site was last seen to be as it was built, in nanoseconds since 1970."""
    fresh: frozenset[str] = frozenset()
    """What was written into it since."""

    def build(
        self, paths: Collection[str] | None = None, *, today: date | None = None
    ) -> Built:
        """Build after these files were saved, whose paths start at the show's folder.

        None: nobody knows which. Raises what ``build_public`` raises.
        """
        today = today or build_day()
        from pullquote.render.site.spare import ready_spare
        from pullquote.render.views.edition import ListedElsewhereError

        done, self.done = self.done, None
        slugs = _slugs(self.folder, paths or ())
        if done and slugs and done.today == today and _untouched(done):
            try:
                with uncollected():
                    self.done = _go_on(self.folder, done, slugs)
            except (EverythingError, ListedElsewhereError, PullquoteError):
                pass  # what is wrong is told by whoever looks at everything
            else:
                self.settled = False
                self.fresh |= frozenset(self.done.report.changed)
                return self.done.built
        with uncollected():
            self.done = build_all(
                self.folder, self.reporter, today, looked(self.folder)
            )
        self._settled(self.done)
        ready_spare(self.folder.site, self.folder.state / "spare")
        return self.done.built

    def is_due(self) -> bool:
        """Say whether time alone makes another build: a moment came, or a day began."""
        if (done := self.done) is None:
            return False
        waits = (e for e in done.judged.loaded.library.entries if e.scheduled)
        come = (e.episode.published for e in waits)
        now = build_moment()
        return done.today != now.date() or any(at and at <= now for at in come)

    def settle(self) -> bool:
        """Write what other processes go on from; say whether all is as it is thought.

        It is not where a file was saved of which nobody told, or something that was
        built was touched: then everything is due.
        """
        done = self.done
        if done is None or self.settled:
            return True
        spare, known = self.folder.state / "spare", done.report.standing.known
        if not known.untouched(spare, self.looked, self.fresh):
            shutil.rmtree(spare, ignore_errors=True)  # it may hold what was touched
            known.distrust(self.looked)
            self.done = None
        if looked(self.folder) != done.units or not _untouched(done):
            self.done = None
        if self.done is None:
            return False
        judged = done.judged
        judged.origins.save(judged.loaded.library.entries, done.origins)
        judged.feeds.remember(done.origins)
        remember_build(
            self.folder,
            inputs_digest(done.units, done.today),
            done.built.pages,
            redactions_now(self.folder),  # as built with: nothing was saved since
            faults=bool(done.built.faults),
        )
        self._settled(done)
        return True

    def _settled(self, done: Done) -> None:
        self.settled, self.fresh = True, frozenset()
        self.looked = done.report.standing.known.built


def _untouched(done: Done) -> bool:
    """Say whether the last build of this show was this one, and its feeds lie there."""
    return done.judged.feeds.untouched() and done.report.standing.known.newest()


def _slugs(folder: ShowFolder, paths: Iterable[str]) -> frozenset[str] | None:
    """Return the episodes of which these files tell, None where one tells of more."""
    found = set()
    for path in map(PurePosixPath, paths):
        top, *rest = path.parts
        told = path.suffix in _TEXTS and path.name not in _OF_ALL
        if top not in EPISODES or len(rest) < 2 or not told:
            return None
        if not (folder.root / path).is_file():  # what it told of may be anybody's now
            return None
        found.add(rest[0])
    return frozenset(found)


def _go_on(folder: ShowFolder, done: Done, slugs: frozenset[str]) -> Done:
    """Build a few episodes anew. Raises EverythingError, and what stops a build."""
    judged, before = done.judged, done.judged.loaded.library
    touched = {f"{top}/{slug}" for top in EPISODES for slug in slugs}
    units = {**done.units, **{unit: look_at(folder, unit) for unit in touched}}
    for slug in slugs:
        judged.origins.look(folder.episode(slug))
    if any(
        o.state != "unchanged" for o in mask_episodes(folder, before.show, [*slugs])
    ):
        raise EverythingError(*slugs)
    if _about(judged.loaded.faults, slugs):
        raise EverythingError(*slugs)
    entries = {slug: _read(folder, before, slug) for slug in slugs}
    every = tuple(entries.get(entry.slug, entry) for entry in before.entries)
    library = replace(before, entries=every)
    mine = replace(before, entries=tuple(entries.values()))
    if any(wrong_days(mine, folder, datetime.now(UTC).date())):
        raise EverythingError(*slugs)
    loaded = replace(judged.loaded, library=library)
    was = {entry.slug: entry for entry in before.entries}
    if any(_signed(was[slug]) != _signed(entry) for slug, entry in entries.items()):
        rest = (f for f in loaded.faults if str(f.where) != str(folder.show))
        loaded = replace(loaded, faults=(*rest, *_of_all(folder, library)))
    judged = replace(judged, loaded=loaded)
    public = {slug: e for slug, e in entries.items() if e.episode.status == "published"}
    done = replace(done, units=units, judged=judged)
    if public:
        return _publish(folder, done, library, public)
    return replace(done, built=replace(done.built, changed_feeds=()))


def _publish(
    folder: ShowFolder, done: Done, library: Library, entries: Mapping[str, Entry]
) -> Done:
    """Put episodes that were read anew into site and feeds, if they may go out."""
    from pullquote.render.site.build import Brought
    from pullquote.render.site.patch import patch_site

    known, mine = done.judged.known, replace(library, entries=tuple(entries.values()))
    stop_at(folder, (*leaks(mine), *read_leaks(folder, mine, known)))
    feeds = Feeds(folder, library, done.judged.feeds, entries)
    changed = feeds.changed()
    stop_at(folder, feed_leaks(changed, known))
    stop_at(folder, feeds.faults(frozenset()))
    stood = frozenset(done.report.standing.files.values())

    def approve(paths: Collection[str]) -> None:
        stop_at(folder, feeds.dead_links(paths, changed=stood <= frozenset(paths)))

    report = patch_site(
        done.report,
        library,
        entries,
        Brought(
            files=changed,
            prepare=partial(whole, folder, library.show, known, done.judged.origins),
            approve=approve,
        ),
        templates=own_templates(folder),
        spare=folder.state / "spare",
    )
    written = tuple(folder.root / path for path in feeds.write())
    others = {slug: o for slug, o in done.origins.items() if slug not in entries}
    told = _about(done.report.notes, entries)
    notes = [*(n for n in done.report.notes if n not in told), *report.notes]
    links = dead_links(folder, library, done.judged.history, report.standing.edition)
    built = replace(
        done.built,
        changed_feeds=written,
        faults=(*done.judged.loaded.faults, *notes, *links),
        unchanged=False,
    )
    return replace(
        done,
        built=built,
        judged=replace(done.judged, feeds=feeds),
        report=replace(report, notes=tuple(notes)),
        origins={**others, **report.origins},
    )


def _signed(entry: Entry) -> list[object]:
    """Return who signed an episode's answers, when and as whom."""
    of = (answer.review for answer in entry.approved)
    return [r and (r.by, r.on, r.signed_as, r.answered_by) for r in of]


def _of_all(folder: ShowFolder, library: Library) -> Iterator[PullquoteError]:
    """Yield what is told of all answers with show.toml: one that was signed anew counts."""
    yield from renamed_faults(library, folder)
    yield from reviews_due(library, folder, build_moment().date())


def _about(
    faults: Iterable[PullquoteError], slugs: Collection[str]
) -> list[PullquoteError]:
    """Return the faults of files of these episodes."""
    return [f for f in faults if any(f"/{slug}/" in str(f.where) for slug in slugs)]


def _read(folder: ShowFolder, before: Library, slug: str) -> Entry:
    """Read an episode anew. Raises EverythingError if others have to know of it."""
    old, new = before.entry(slug), read_anew(folder, before.show, slug)
    if old is None or new is None or _outward(old) != _outward(new):
        raise EverythingError(slug)
    signed = {path.stem for path in folder.episode(slug).signed.glob("*.md")}
    if not signed <= {answer.id for answer in new.answers}:
        raise EverythingError(slug)
    return new


def _outward(entry: Entry) -> object:
    """Return what an episode tells of itself to the whole show: ids, addresses, dates."""
    return (
        (entry.episode, entry.enclosure, entry.m4a, entry.spoken, entry.redactions),
        [(a.id, a.slug, a.status, a.superseded_by, a.question) for a in entry.answers],
        [(a.id, a.slug) for a in entry.approved],
    )
