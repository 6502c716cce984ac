"""The podcast feed's view of a library: an item an episode. Pure.

Apps fetch a feed whole, several times a day: what an archive of thousands tells has to
be in several documents. Few apps follow them (RFC 5005, 3), so only a feed that would
be too large for all is cut.
"""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from urllib.parse import urljoin

from pullquote.formats.clock import format_clock
from pullquote.model import address
from pullquote.model.episode import Enclosure, HostedEnclosure
from pullquote.model.library import Entry, Library
from pullquote.model.show import Person, Show
from pullquote.publish.feeds import feed_parts as parts
from pullquote.publish.feeds.feed_html import (
    absolute_html,
    bullets,
    link,
    paragraph,
    plain,
)
from pullquote.publish.feeds.feed_text import clean_line, clean_text, shorten
from pullquote.publish.feeds.feed_view import (
    Channel,
    EpisodeItem,
    FeedEnclosure,
    FeedItem,
    FeedPerson,
    FeedTranscript,
    PodcastChannel,
    Soundbite,
    noon,
)

EACH = 500
"""Episodes of a document of older ones; the first has less than twice as many."""

_GUIDS = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
"""Namespace of podcast:guid (podcast-namespace, docs/tags/guid.md)."""

TRANSCRIPT_TYPES = {
    "json": "application/json",
    "html": "text/html",
    "srt": "application/x-subrip",
    "vtt": "text/vtt",
}
"""In the order of the feed: clients that keep one transcript keep the last (VTT)."""

SOUNDBITE = range(15_000, 120_001)
"""Milliseconds that podcast:soundbite recommends for a bite."""

_TEXT = 128
"""Most characters of a person's name or a soundbite's title (podcast-namespace)."""


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
        raise parts.undated(entry)
    return entry.episode.published.astimezone(UTC)


def podcast_guid(feed: str) -> str:
    """Return the podcast:guid of a feed that never had one.

    UUIDv5 of the address without scheme and trailing slashes
    (podcast-namespace, docs/tags/guid.md).

    >>> podcast_guid("https://podnews.net/rss")
    '9b024349-ccf0-5f69-a609-6b82873eab3c'
    """
    return str(uuid.uuid5(_GUIDS, feed.split("://", 1)[-1].rstrip("/")))


def podcast_channel(
    library: Library,
    one: PodcastPage,
    notes: Mapping[str, str],
    written: Collection[str] = (),
) -> Channel:
    """Return one document of the feed of published episodes, newest first.

    ``notes`` maps an episode's slug to its show notes as HTML; their links may be
    relative to the episode's page. The items of ``written`` episodes are left out:
    whoever asks has them. Raises GateError for an episode that lacks its date or its
    enclosure, or an answer that lacks its doctor.
    """
    show = library.show
    items = tuple(
        _item(show, entry, notes.get(entry.slug, ""))
        for entry in one.entries
        if entry.slug not in written
    )
    synthetic = [entry.episode.synthetic for entry in library.published]
    return Channel(
        title=clean_line(show.title) or show.site,
        link=address.absolute(show, address.HOME),
        address=address.absolute(show, one.path),
        description=parts.description(
            clean_text(show.description).strip() or clean_line(show.title),
            parts.notice(show, synthetic=bool(synthetic) and all(synthetic)),
            show.disclaimer,
        ),
        language=clean_line(show.language),
        copyright=show.feed.copyright and clean_line(show.feed.copyright),
        image=parts.cover(show),
        hub=show.feed.hub,
        updated=max(_changes(one.entries), default=None),
        items=items,
        complete=not one.neighbours,
        pages=tuple(
            (relation, address.absolute(show, path))
            for relation, path in one.neighbours
        ),
        podcast=_podcast(show, synthetic=any(synthetic)),
    )


def _podcast(show: Show, *, synthetic: bool) -> PodcastChannel:
    feed = address.absolute(show, address.PODCAST_FEED)
    owner = show.feed.owner_name or show.author or show.title
    funding = show.feed.funding_text or show.words.gettext("Support the show")
    return PodcastChannel(
        guid=show.feed.guid or podcast_guid(feed),
        author=clean_line(show.author or show.title),
        category=parts.feed_category(show.feed.category),
        serial=show.feed.serial,
        explicit=show.feed.explicit,
        synthetic=synthetic,
        owner_name=clean_line(owner),
        owner_email=show.feed.owner_email and clean_line(show.feed.owner_email),
        people=tuple(_person(show, p) for p in show.people if p.role == "host"),
        license=show.feed.license,
        license_href=parts.secure(show.feed.license_href),
        funding=parts.secure(show.feed.funding),
        podping=show.feed.podping is not None,
        locked=show.feed.locked,
        new_feed_url=show.feed.new_feed_url,
        funding_text=shorten(clean_line(funding), _TEXT),
    )


def same_page(show: Show, old: PodcastPage, new: PodcastPage) -> bool:
    """Say whether a document tells the same after a few episodes were read anew."""
    slugs = [[entry.slug for entry in page.entries] for page in (old, new)]
    return (
        old.neighbours == new.neighbours
        and slugs[0] == slugs[1]
        and all(
            was is now or _same_episode(show, was, now)
            for was, now in zip(old.entries, new.entries, strict=True)
        )
    )


def _same_episode(show: Show, old: Entry, new: Entry) -> bool:
    if old.notes != new.notes or _item(show, old, "") != _item(show, new, ""):
        return False
    return max(_changes([old])) == max(_changes([new]))


def _changes(entries: Iterable[Entry]) -> Iterator[datetime]:
    days: set[date] = set()
    for entry in entries:
        yield published(entry)
        for answer in entry.approved:
            found = (answer.corrected_on, answer.review and answer.review.on)
            days.update(day for day in found if day)
    yield from map(noon, days)


def _item(show: Show, entry: Entry, notes: str) -> FeedItem:
    episode = entry.episode
    page = address.absolute(show, address.episode_page(entry.slug))
    notice = parts.notice(show, synthetic=episode.synthetic)
    title = clean_line(episode.title) or entry.slug
    # never empty: feedgen would make the whole notes the description
    summary = clean_text(episode.summary or "").strip() or title
    people = tuple(p for p in map(show.person, episode.people) if p is not None)
    return FeedItem(
        guid=clean_line(episode.guid),
        title=title,
        link=page,
        description=parts.description(summary, notice),
        content=_content(show, entry, absolute_html(notes, page) or paragraph(summary)),
        published=published(entry),
        authors=tuple(clean_line(p.name) for p in people),
        episode=EpisodeItem(
            enclosure=_enclosure(show, entry),
            alternate=_alternate(show, entry),
            kind=episode.kind,
            explicit=(
                show.feed.explicit if episode.explicit is None else episode.explicit
            ),
            synthetic=episode.synthetic,
            season=episode.season,
            number=episode.number,
            image=_image(show, entry),
            people=tuple(_person(show, p) for p in people),
            transcripts=_transcripts(show, entry),
            chapters=(
                address.absolute(show, address.chapters_file(entry.slug))
                if episode.chapters
                else None
            ),
            soundbites=_soundbites(entry),
            watch=watched_at(show, entry),
            watch_text=show.words.gettext("Watch the recording"),
        ),
    )


def _enclosure(show: Show, entry: Entry) -> FeedEnclosure:
    if (hosted := entry.episode.enclosure) is not None:
        return _sound(hosted.url, hosted)
    if entry.enclosure is None:
        raise parts.soundless(entry)
    path = address.enclosure_file(entry.slug)
    return _sound(address.absolute(show, path), entry.enclosure)


def _sound(
    url: str, told: Enclosure | HostedEnclosure, sha256: str | None = None
) -> FeedEnclosure:
    return FeedEnclosure(
        url=url,
        length=told.length,
        type=told.type,
        duration=told.duration,
        sha256=sha256,
    )


def watched_at(show: Show, entry: Entry) -> str | None:
    """Return where the recording can be watched; it may be a path of the site."""
    watch = entry.episode.watch
    home = address.absolute(show, address.HOME)
    return watch and urljoin(home, watch.lstrip("/"))


def _image(show: Show, entry: Entry) -> str | None:
    cover = entry.episode.cover
    if not cover:
        return None
    return address.absolute(show, address.episode_cover(show, entry.slug, cover))


def _alternate(show: Show, entry: Entry) -> FeedEnclosure | None:
    if entry.m4a is None or entry.enclosure is None or entry.episode.enclosure:
        return None
    url = address.absolute(show, address.alternate_file(entry.slug))
    return _sound(url, entry.m4a, entry.m4a.sha256)


def _transcripts(show: Show, entry: Entry) -> tuple[FeedTranscript, ...]:
    if not entry.spoken:
        return ()
    language = entry.transcript.language if entry.transcript else show.language
    return tuple(
        FeedTranscript(
            url=address.absolute(show, address.transcript_file(entry.slug, ending)),
            type=kind,
            language=language,
        )
        for ending, kind in TRANSCRIPT_TYPES.items()
    )


def _soundbites(entry: Entry) -> tuple[Soundbite, ...]:
    current = (a for a in entry.approved if a.superseded_by is None)
    clips = ((a.answered, a.question) for a in current)
    return tuple(
        Soundbite(
            start=clip.start,
            duration=clip.end - clip.start,
            title=shorten(clean_line(question), _TEXT),
        )
        for clip, question in clips
        if clip.end - clip.start in SOUNDBITE
    )


def _person(show: Show, person: Person) -> FeedPerson:
    photo = address.photo_file(person)
    page = address.absolute(show, address.person_page(person.id))
    return FeedPerson(
        name=shorten(clean_line(person.name), _TEXT),
        # taxonomy.json knows no reviewer; on an episode such a person is a guest
        role="guest" if person.role == "reviewer" else person.role,
        href=parts.secure(person.href) or parts.secure(page),
        img=parts.secure(address.absolute(show, photo)) if photo else None,
    )


def _content(show: Show, entry: Entry, notes: str) -> str:
    """Return notes, chapters, questions and links, as apps show them in one piece."""
    episode = entry.episode
    notice = parts.notice(show, synthetic=episode.synthetic)
    say = show.words.gettext
    made = [notes]
    if episode.chapters:
        # some apps read chapters from the notes only (support/5482: HH:MM:SS Title)
        times = (f"{format_clock(c.start)} {c.title}" for c in episode.chapters)
        made += [paragraph(say("Chapters")), bullets(map(plain, times))]
    if entry.approved:
        replaced = plain(say("Replaced by a newer answer"))
        pages = (
            f"<strong>{replaced}</strong> " * (a.superseded_by is not None)
            + link(address.absolute(show, address.answer_page(a.slug)), a.question)
            for a in entry.approved
        )
        made += [paragraph(say("Questions answered")), bullets(pages)]
    if watch := watched_at(show, entry):
        made.append(f"<p>{link(watch, say('Watch the recording'))}</p>")
    made += [paragraph(text) for text in (notice, show.disclaimer) if text]
    return "\n".join(made)
