"""The documents of the podcast feed: the newest episodes, then older ones. Pure.

Apps fetch a feed whole, several times a day: what an archive of thousands tells has to
be in several documents. Few apps follow them (RFC 5005, 3), so only a feed that would
be too large for all is cut.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from pullquote.errors import GateError
from pullquote.model import address
from pullquote.model.library import Entry, Library
from pullquote.publish.feeds import feed_parts as parts

EACH = 500
"""Episodes of a document of older ones; the first has less than twice as many."""


@dataclass(frozen=True, slots=True)
class PodcastPage:
    """One document of the podcast feed: which episodes it has and where it stands."""

    path: str
    """On the site."""
    entries: tuple[Entry, ...]
    neighbours: tuple[tuple[str, str], ...]
    """Relation (RFC 5005, 3) and site path of the others; none where it is alone."""


def podcast_pages(library: Library) -> tuple[PodcastPage, ...]:
    """Return the feed's documents, the newest episodes first.

    Older ones are counted from the oldest, so that a new episode changes no document
    but the first, and every five hundredth makes a new one. A trailer stays in the
    first, whose channel tells of it.

    Raises GateError for an episode without a date.
    """
    dated = [(published(entry), entry.slug, entry) for entry in library.published]
    dated.sort(key=lambda row: row[:2])
    order = [entry for *_, entry in dated]
    full = [entry for entry in order if entry.episode.kind != "trailer"]
    count = max(len(full) // EACH - 1, 0)
    older = [full[n * EACH : (n + 1) * EACH] for n in range(count)]
    apart = {entry.slug for entries in older for entry in entries}
    newest = [entry for entry in order if entry.slug not in apart]
    paths = [address.PODCAST_FEED, *map(address.older_podcast, range(count, 0, -1))]
    return tuple(
        PodcastPage(path, tuple(reversed(entries)), parts.neighbours(paths, number))
        for number, (path, entries) in enumerate(
            zip(paths, [newest, *reversed(older)], strict=True)
        )
    )


def published(entry: Entry) -> datetime:
    """Return when subscribers get an episode, in UTC. Raises GateError if none says."""
    if entry.episode.published is None:
        raise GateError(
            entry.slug,
            "is published but has no 'published' time",
            "write the time at which subscribers get it into episode.toml",
        )
    return entry.episode.published.astimezone(UTC)
