"""Decide: what is to be pulled, and under which slug. No files, no network."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from pullquote.model.address import slug_letters
from pullquote.model.episode import Chapter, EpisodeKind
from pullquote.model.show import Source
from pullquote.pull.wording import find_date, find_date_in_words

_SLUG_LENGTH = 60
_OWN = frozenset(
    "source_id same source local access filters withheld enclosed listed info".split()  # noqa: SIM905
)
"""What an item never takes from another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """How a source may be reached, as the producer said."""

    named: str | None = None
    """The address that the producer named; where it leads may be private."""
    private_network: bool = False
    """What the source offers may lie in this machine's own or private network."""
    options: tuple[str, ...] = ()
    """yt-dlp's own, as its command line takes them."""


ANY = Access()
"""What nobody said anything about: public addresses alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One recording that a source offers, as far as is known of it.

    A listing knows little; ``filled`` adds what the download has told.
    """

    source_id: str
    """By which the source knows it; what was pulled once is not pulled again."""
    same: tuple[str, ...] = ()
    """Other ids under which the very same recording is offered there."""
    source: str
    """Address, or path relative to the show's folder: for ``episode.toml``."""
    local: Path | None = None
    """The file on this machine that the producer named; never from a feed."""
    access: Access = ANY
    filters: Source | None = None
    """The source that offered it: its filters are asked again, its defaults are taken."""
    withheld: str | None = None
    """Why it is not to be had now, in words: live, private, deleted, for members."""
    enclosed: bool = False
    """The address is the media file itself, as a feed's enclosure is."""
    listed: bool = False
    """Known from a list alone, where titles may be translated and pictures are small."""
    info: Mapping[str, Any] | None = None
    """All that yt-dlp knows of it, with the addresses of its formats."""
    title: str | None = None
    held: date | None = None
    description: str | None = None
    """As the source wrote it: it may hold HTML and anything else."""
    duration: int | None = None
    """Milliseconds."""
    watch: str | None = None
    """Public address where the recording can be watched."""
    thumbnail: str | None = None
    """Address of the picture that the source shows with it."""
    captions: str | None = None
    """Address of its captions, where a feed tells it (podcast:transcript)."""
    summary: str | None = None
    people: tuple[str, ...] = ()
    kind: EpisodeKind | None = None
    synthetic: bool = False
    season: int | None = None
    number: int | None = None
    chapters: tuple[Chapter, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        """All ids by which it may have been pulled before."""
        return (self.source_id, *self.same)

    def filled(self, more: Item) -> Item:
        """Return this item with what it lacks taken from ``more``."""
        lacking = {
            field.name: getattr(more, field.name)
            for field in fields(self)
            if getattr(self, field.name) in (None, (), False) and field.name not in _OWN
        }
        return replace(self, **lacking)

    def fetched(self, told: Item) -> Item:
        """Return this item with what the download told of it.

        A feed's word goes before the file's own; a list's word goes behind it.
        """
        if not self.listed:
            return self.filled(told)
        own = {name: getattr(self, name) for name in _OWN}
        return replace(told.filled(self), **own)


def wanted(item: Item, source: Source) -> bool:
    """Say whether a source's filters let an item pass, as far as it is known.

    What is not told yet passes: it is asked again when more is known.
    """
    title = item.title
    if title is not None:
        if source.only and not re.search(source.only, title, re.IGNORECASE):
            return False
        if source.skip and re.search(source.skip, title, re.IGNORECASE):
            return False
    return _within(item.held, source.since, source.until) and _within(
        item.duration, source.min_duration, source.max_duration
    )


def with_defaults(item: Item) -> Item:
    """Return the item with its source's defaults where nothing better is known."""
    if item.filters is None:
        return item
    defaults = item.filters.defaults
    return replace(
        item,
        kind=item.kind or defaults.kind,
        season=item.season or defaults.season,
        summary=item.summary or defaults.summary,
        synthetic=item.synthetic or defaults.synthetic,
    )


def _within(value: Any, least: Any, most: Any) -> bool:
    if value is None:
        return True
    return (least is None or value >= least) and (most is None or value <= most)


def to_pull(items: Iterable[Item], pulled: Collection[str]) -> tuple[Item, ...]:
    """Return the items that are new, each once, in the order they are listed.

    ``pulled`` holds the source ids of the show's recordings.
    """
    new: dict[str, Item] = {}
    for item in items:
        if not any(one in pulled for one in item.ids):
            new.setdefault(item.source_id, item)
    return tuple(new.values())


_BEFORE_A_DAY = re.compile(r"(?:^|\s)(?:on|of|from|vom|am|du|le|del|el)\s*$", re.I)


def _without_day(title: str, held: date) -> str:
    """Return a title without the day held: a slug begins with that."""
    title = title.replace(held.isoformat(), "")
    for find in (find_date, find_date_in_words):
        if (found := find(title)) is not None and found[0] == held:
            before = _BEFORE_A_DAY.sub("", title[: found[1]])
            title = f"{before} {title[found[2] :]}"
    return title


def slug_for(
    held: date, title: str, taken: Collection[str], language: str = "en"
) -> str:
    """Return ``2021-06-16-sprains-and-spasms``: ASCII, short, not yet taken.

    Any title gives one: other scripts are transliterated, and where nothing
    readable is left it is ``2021-06-16-episode``.
    """
    from slugify import slugify

    title = _without_day(unicodedata.normalize("NFC", title[:1000]), held)
    for letter, written in slug_letters(language):
        title = title.replace(letter, written)
    short = slugify(title, max_length=_SLUG_LENGTH, word_boundary=True)
    if not short:  # one long word passes the word boundary
        short = slugify(title, max_length=_SLUG_LENGTH) or "episode"
    slug = first = f"{held.isoformat()}-{short}"
    number = 2
    while slug in taken:
        slug = f"{first}-{number}"
        number += 1
    return slug
