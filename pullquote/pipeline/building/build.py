"""Site and feeds: made from what is approved, published whole or not at all."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import PullquoteError
from pullquote.formats.addresses_json import format_addresses, load_addresses
from pullquote.formats.code import code_digest
from pullquote.formats.disk import write_text
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder
from pullquote.mark.private.written import leaks, telling_names
from pullquote.model.history import History
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.pipeline.building.holding import may_go_out, saying_what_waits, stop_at
from pullquote.pipeline.building.links import dead_links
from pullquote.pipeline.building.making import (
    brought_to,
    make_site,
    own_templates,
    with_changed_covers,
)
from pullquote.pipeline.building.unchanged import (
    inputs_digest,
    looked,
    pages_if_unchanged,
    redactions_now,
    remember_build,
)
from pullquote.pipeline.library.episode_files import episode_files
from pullquote.pipeline.library.episode_reader import build_moment
from pullquote.pipeline.library.load import (
    Loaded,
    complete,
    load_lazily,
    load_with_words,
)
from pullquote.pipeline.library.origins import Origins
from pullquote.pipeline.outcome import Reporter
from pullquote.pipeline.private.audible import sound_leaks
from pullquote.pipeline.private.masking import NameElsewhereError, mask_episodes
from pullquote.pipeline.private.privacy import memory
from pullquote.pipeline.private.searching import (
    entry_leaks,
    feed_leaks,
    show_leaks,
    tells,
)

if TYPE_CHECKING:
    from pullquote.mark.private.leaks import Redacted
    from pullquote.pipeline.building.feeds import Feeds
    from pullquote.render.site.build import Brought, Prepared, SiteReport


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """What a build made, and the faults in drafts that it left out."""

    pages: int
    changed_feeds: tuple[Path, ...]
    faults: tuple[PullquoteError, ...]
    unchanged: bool = False
    """Nothing it is made from changed since the last build: nothing was done."""


def build_day() -> date:
    """Return the day in UTC for which pages are made. Raises what ``build_moment`` does."""
    return build_moment().date()


def build_public(
    folder: ShowFolder,
    reporter: Reporter,
    *,
    today: date | None = None,
    allow: frozenset[str] = frozenset(),
    hold_back: bool = False,
) -> Built:
    """Build ``site/`` and ``feeds/`` from what is public.

    Raises FaultsError or GateError, with site and feeds left as they were, where a
    public file is unsound or a feed would break a promise to its subscribers.
    ``today`` is the day that decides which reviews are overdue, that of
    ``build_day`` if it is None. ``allow`` names GUIDs whose change is meant.
    ``hold_back``: see ``holding``.
    """
    today = today or build_day()
    units = looked(folder)
    if (pages := pages_if_unchanged(folder, inputs_digest(units, today))) is not None:
        return Built(pages=pages, changed_feeds=(), faults=(), unchanged=True)
    with uncollected():
        done = build_all(
            folder, reporter, today, units, allow=allow, hold_back=hold_back
        )
        return done.built


@contextmanager
def uncollected() -> Iterator[None]:
    """Let Python look for no cycles of garbage: a build makes millions of objects that
    it needs and hardly a cycle, and looking at them again and again takes its time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()  # else all of it is looked at now, when nobody needs it any more
        gc.enable()
        gc.unfreeze()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A finished build, with all that the next one in the same process may go on from."""

    built: Built
    today: date
    units: Mapping[str, str]
    """What a look at its inputs told before any was read: see ``unchanged.looked``."""
    judged: Judged
    report: SiteReport
    origins: Mapping[str, str]
    """Of each episode that another build need not read again, by slug."""


def build_all(
    folder: ShowFolder,
    reporter: Reporter,
    today: date,
    units: Mapping[str, str],
    *,
    allow: frozenset[str] = frozenset(),
    hold_back: bool = False,
) -> Done:
    """Build after a look at everything, whatever the last build knew."""
    from pullquote.publish.serving.moves import lost

    hidden = redactions_now(folder)
    show, _ = load_with_words(folder)
    masked, unmasked = _mask(folder, show)
    if masked:
        units = looked(folder)
    ready = partial(_get_ready, folder, show)
    judged = _judge(folder, allow, ready, hold_back=hold_back)
    library, feeds = judged.loaded.library, judged.feeds
    with saying_what_waits(judged.loaded, folder, tried=hold_back):
        report = make_site(folder, library, _brought(folder, judged), reporter, today)
    write_text(folder.addresses, format_addresses(judged.history))
    changed = tuple(folder.root / path for path in feeds.write())
    if not (allow or judged.held):  # what was let through is to be told again
        judged.origins.save(library.entries, report.origins, judged.loaded.lines)
    feeds.remember(report.origins)
    links = dead_links(folder, library, judged.history, report.standing.edition)
    gone = lost(judged.before, library)
    faults = (*judged.loaded.faults, *unmasked, *report.notes, *links, *gone)
    remember_build(
        folder, inputs_digest(units, today), report.pages, hidden, faults=bool(faults)
    )
    return Done(
        built=Built(pages=report.pages, changed_feeds=changed, faults=faults),
        today=today,
        units=units,
        judged=judged,
        report=report,
        origins=report.origins,
    )


def _mask(folder: ShowFolder, show: Show) -> tuple[bool, tuple[PullquoteError, ...]]:
    """Take what is redacted since the last build out of words.json; say if any was.

    First of all, so that its digests are there when everything else is searched for it.
    Also returned is of which drafts a name was left, which nobody is shown; of public
    episodes it stops the build.
    """
    masked = mask_episodes(folder, show, folder.slugs())
    left = {
        o.subject: o.error for o in masked if isinstance(o.error, NameElsewhereError)
    }
    stop_at(folder, tuple(e for slug, e in left.items() if _is_public(folder, slug)))
    return any(o.state != "unchanged" for o in masked), tuple(left.values())


def _is_public(folder: ShowFolder, slug: str) -> bool:
    """Say whether an episode's facts do not say that it is a draft."""
    try:
        return load_episode(folder.episode(slug).facts).status == "published"
    except PullquoteError:
        return True


def _brought(folder: ShowFolder, judged: Judged) -> Brought:
    """Return what the site's pages take from the feeds, and what is looked at on the way."""
    from pullquote.publish.serving.moves import moves

    library, feeds = judged.loaded.library, judged.feeds
    return replace(
        brought_to(library, feeds.made, moves(judged.history, library)),
        prepare=partial(
            whole, folder, library.show, judged.known, judged.origins, held=judged.held
        ),
        approve=lambda paths: stop_at(folder, feeds.dead_links(paths)),
    )


@dataclass(frozen=True, slots=True)
class Judged:
    """A show that may go out, as far as that is seen before its pages are made."""

    loaded: Loaded
    known: tuple[Redacted, ...]
    origins: Origins
    before: History
    history: History
    """``before`` with everything that this build makes public."""
    feeds: Feeds
    held: frozenset[str] = frozenset()
    """Slugs of the episodes of which something is held back."""


def _get_ready(folder: ShowFolder, show: Show) -> None:
    """Load what all processes need that are forked after this."""
    from pullquote.publish.feeds import feed
    from pullquote.render import templating

    feed.get_ready()
    templating.get_ready(own_templates(folder), show.words)


def _judge(
    folder: ShowFolder,
    allow: frozenset[str],
    meanwhile: Callable[[], object],
    *,
    hold_back: bool,
) -> Judged:
    """Read a show and make its feeds. Raises FaultsError or GateError; see above.

    ``meanwhile`` is done while other processes read.
    """
    from pullquote.pipeline.building.feeds import Feeds
    from pullquote.publish.serving.moves import remember, reused, without

    known = memory(folder)
    origins = Origins(folder, judged_by(folder, known))
    # what waits with its words cannot be held back any more when they are read
    loaded = load_lazily(folder, origins.known, meanwhile, lazily=not hold_back)
    if hold_back:  # private words hold back what has them, and stop nothing else
        found = tuple(read_leaks(folder, loaded.library, known))
        public = (*loaded.public_faults, *found)
        loaded = replace(loaded, faults=loaded.faults + found, public_faults=public)
    loaded, held = may_go_out(loaded, folder, hold_back=hold_back)
    library = loaded.library
    stop_at(folder, loaded.public_faults)
    stop_at(folder, leaks(library, allow=allow))
    before = load_addresses(folder.addresses)
    stop_at(folder, reused(before, library, signed_ids(folder), allow=allow))
    history = remember(before, library)
    spoken = telling_names(library)
    history = without(history, library, lambda s: tells(s, known) or spoken(s))
    history, library = with_changed_covers(history, library)
    loaded = replace(loaded, library=library)
    feeds = Feeds(folder, library, meanwhile=partial(_checked, library))
    private = *read_leaks(folder, library, known), *feed_leaks(feeds.made, known)
    stop_at(folder, (*private, *show_leaks(folder, library.show, known)))
    stop_at(folder, feeds.faults(allow))
    return Judged(loaded, known, origins, before, history, feeds, held)


def _checked(library: Library) -> None:
    """Let what each answer's signature is good for be known: it is asked for next."""
    for entry in library.published:
        for answer in entry.approved:
            _ = answer.approved


def read_leaks(
    folder: ShowFolder, library: Library, known: tuple[Redacted, ...]
) -> Iterator[PullquoteError]:
    """Yield private words in what is read already; ``whole`` looks at the rest."""
    for entry in library.published:
        if not entry.unread:
            yield from entry_leaks(folder.episode(entry.slug), entry, known)


def whole(
    folder: ShowFolder,
    show: Show,
    known: tuple[Redacted, ...],
    origins: Origins,
    entry: Entry,
    *,
    held: Collection[str] = (),
) -> Prepared:
    """Return a public episode with its words and what is made of them.

    Its origin is not known if somebody saved a file of it meanwhile, or it is ``held``.

    Raises FaultsError or PullquoteError where it may not go out.
    """
    from pullquote.render.site.build import Prepared

    paths = folder.episode(entry.slug)
    done = complete(entry, show, paths)
    stop_at(folder, done.public_faults)
    if entry.unread:
        stop_at(folder, entry_leaks(paths, done.entry, known))
    stop_at(folder, sound_leaks(paths, done.entry, show))
    files = dict(episode_files(show, done.entry))
    same = origins.still(paths) and entry.slug not in held
    whole = done.entry if same else replace(done.entry, origin=None, ground=None)
    return Prepared(entry=whole, files=files, notes=done.faults)


def judged_by(folder: ShowFolder, known: tuple[Redacted, ...]) -> str:
    """Return a digest of what episodes are judged by, beside their own files."""
    private = sorted((one.salt, sorted(one.digests)) for one in known)
    show = folder.show.read_bytes()
    return hashlib.sha256(f"{code_digest()}{private}".encode() + show).hexdigest()


def signed_ids(folder: ShowFolder) -> frozenset[tuple[str, str]]:
    """Return episode and id of each answer that was ever signed."""
    found = folder.root.glob("transcripts/*/approved/*.md")
    return frozenset((path.parent.parent.name, path.stem) for path in found)
