"""The show and the humans, topics and rules that ``show.toml`` names."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import date, tzinfo
from functools import lru_cache
from typing import Literal
from unicodedata import normalize
from zoneinfo import ZoneInfo

from pullquote.model.covers import UNCHANGED, Covers
from pullquote.model.episode import EpisodeKind
from pullquote.model.strict import Strict
from pullquote.model.words import ENGLISH, Words

Role = Literal["host", "guest", "announcer", "reviewer"]
UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Characters that nobody sees, and that part a word: soft hyphens, directions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Before(Strict):
    """What stood after a person's name until a day; what is absent was as it is since."""

    until: date
    """The last day on which it was so."""
    credentials: str | None = None
    """Empty: none."""
    affiliation: str | None = None
    """Empty: none."""
    shown: bool = True
    """False: pages have what is so since, for it was wrong or may not be shown."""

    def of(self, person: Person) -> Person:
        """Return a person with what stood after their name then."""
        return replace(
            person,
            credentials=_either(self.credentials, person.credentials),
            affiliation=_either(self.affiliation, person.affiliation),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Person(Strict):
    """A human who speaks on the show or reviews its answers."""

    id: str
    name: str
    role: Role = "guest"
    credentials: str | None = None
    """Printed after the name: ``MD, orthopedic spine surgeon``."""
    affiliation: str | None = None
    bio: str | None = None
    href: str | None = None
    photo: str | None = None
    """Path of a picture, relative to the show's folder."""
    aliases: tuple[str, ...] = ()
    """Other ways the name is written or heard."""
    voice_consent: date | None = None
    """The day on which they agreed that a print of their voice is kept."""
    formerly: tuple[str, ...] = ()
    """Ids that they had: the addresses of their page then lead on."""
    before: tuple[Before, ...] = ()
    """Earlier credentials and affiliations, for what was said and signed with them."""

    def on(self, day: date) -> Person:
        """Return the person with the credentials and affiliation of a day."""
        was = self
        for time in sorted(self.before, key=lambda t: t.until, reverse=True):
            if time.shown and day <= time.until:
                was = time.of(was)
        return was

    @property
    def names(self) -> tuple[str, ...]:
        """The name, then the other ways it is written or heard."""
        return (self.name, *self.aliases)

    @property
    def called(self) -> frozenset[str]:
        """The same as they are compared: no two people may share one."""
        return _called(self.name, self.aliases)

    @property
    def signature(self) -> str:
        """Name and credentials, as an answer is signed."""
        return f"{self.name}, {self.credentials}" if self.credentials else self.name

    @property
    def card(self) -> str:
        """Name, credentials and affiliation, as a review records them."""
        place = f" ({self.affiliation})" if self.affiliation else ""
        return self.signature + place


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic(Strict):
    """A treatment or condition that answers speak of."""

    id: str
    title: str
    href: str | None = None
    """The page about the treatment, outside or inside this site."""
    summary: str | None = None
    terms: tuple[str, ...] = ()
    """Words by which it is recognised in speech."""
    notice: str | None = None
    """A sentence at the top of every answer about it: it was taken off the market."""
    formerly: tuple[str, ...] = ()
    """Ids that it, or a topic now part of it, had: their pages' addresses lead on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDefaults(Strict):
    """What ``episode.toml`` says at first of everything a source offers."""

    kind: EpisodeKind = "full"
    season: int | None = None
    summary: str | None = None
    synthetic: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source(Strict):
    """Where recordings come from: an address, a folder or a file."""

    url: str
    """http(s) or ``file:`` address, or a path relative to the show's folder."""
    title: str | None = None
    people: tuple[str, ...] = ()
    """Ids of the people to put into each pulled episode's facts."""
    private_network: bool = False
    """What this source offers may lie in this machine's own or private network."""
    only: str | None = None
    """Regular expression: only titles in which it is found; case is ignored."""
    skip: str | None = None
    """Regular expression: no title in which it is found."""
    since: date | None = None
    until: date | None = None
    """First and last day held."""
    min_duration: int | None = None
    max_duration: int | None = None
    """Milliseconds."""
    defaults: SourceDefaults = field(default_factory=SourceDefaults)
    yt_dlp: tuple[str, ...] = ()
    """yt-dlp's own options: ``--cookies=cookies.txt``, ``--limit-rate=2M``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewPolicy(Strict):
    """What the show asks for before an answer may be public."""

    two_people: bool = True
    """Who cut an answer may not approve it."""
    reviewers: tuple[str, ...] = ()
    """Ids of people who may approve; empty: any person with credentials."""
    on_change: Literal["remove", "keep"] = "remove"
    """An approved answer was edited: its page goes, or stays as approved."""
    require_private: bool = False
    """No approval while something private stands unresolved in an answer's clips."""
    public_places: tuple[str, ...] = ()
    """Streets and buildings that are not searched for, though a redaction has one."""
    due_days: int = 730
    """Days after which an approved answer is to be reviewed again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EditingRules(Strict):
    """What is taken out of the spoken words when an answer is cut."""

    fillers: bool = True
    """Sounds such as "um", and "you know" where commas set it apart."""
    false_starts: bool = True
    """Words that are said again at once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSettings(Strict):
    """What subscribers' clients want to know about the show."""

    category: tuple[str, ...] = ("Health & Fitness", "Medicine")
    serial: bool = False
    """To be heard in order: players begin with the oldest episode (itunes:type)."""
    explicit: bool = False
    owner_name: str | None = None
    owner_email: str | None = None
    copyright: str | None = None
    guid: str | None = None
    """podcast:guid; written once, survives moves of the feed."""
    locked: bool = True
    """No other host may take the show over (podcast:locked)."""
    new_feed_url: str | None = None
    """Where the feed has moved to for good (itunes:new-feed-url)."""
    license: str | None = None
    """Identifier such as ``cc-by-4.0``, as podcast:license lists them, or a name."""
    license_href: str | None = None
    """Address of the licence's text; needed for one that is not on that list."""
    funding: str | None = None
    """Address where listeners can support the show."""
    funding_text: str | None = None
    """None: "Support the show", in the show's language."""
    own_sound: bool = False
    """Point at enclosures of our own, wherever there is one, for episodes that moved
    here too: the old host is not needed any more."""
    m4a: bool = False
    """Make ``enclosure.m4a`` beside the MP3."""
    bit_rate: int | None = None
    """Kilobits a second of enclosures; None: 64 for one channel, 128 for two."""
    loudness_mono: float = -16.0
    """LUFS of an enclosure with one channel; two channels have -16."""
    bleep: bool = False
    """A tone where something private was taken out of the sound, instead of silence."""
    hub: str | None = None
    """WebSub hub that is told of each new feed."""
    podping: str | None = None
    """Podping server that is told of each new podcast feed: ``https://podping.cloud/``.
    Its token is read from PODPING_TOKEN."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TranscribeSettings(Strict):
    """Defaults for transcription; the command line can override them."""

    runtime: Literal["ctranslate2", "torch"] = "ctranslate2"
    model: str = "base"
    language: str | None = None
    """ISO 639-1; None lets the model decide."""
    speakers: bool = True
    """Tell voices apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterSettings(Strict):
    """Other machines, or other processes of this one, that transcribe."""

    scheduler: str | None = None
    """dask.distributed's address, ``tcp://HOST:8786``; None works on this machine."""
    storage: str | None = None
    """Where recordings and results are shared: a folder, or ``s3://BUCKET/PATH``."""
    processes: int = 0
    """Local processes where no scheduler is named; 0 stays in this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Show(Strict):
    """The programme: everything in ``show.toml``."""

    title: str
    description: str
    site: str
    """Public http(s) address under which ``site/`` is published, with ``/``."""
    language: str = "en"
    timezone: str | None = None
    """IANA name, ``America/Denver``: in which days are counted; else this machine's."""
    author: str | None = None
    cover: str | None = None
    """Square JPEG or PNG, 1400 to 3000 px, relative to the show's folder."""
    notice: str | None = None
    """A sentence shown at the top of every page, such as "synthetic sample"."""
    disclaimer: str | None = None
    sign_up: str | None = None
    """Address where viewers sign up for future episodes."""
    sign_up_text: str | None = None
    """None: "Sign up for future episodes", in the show's language."""
    deploy_to: str | None = None
    """Where ``deploy`` brings the site where no target is named: a folder, ``sftp://``
    or ``s3://``."""
    video: Literal["keep", "drop"] | None = None
    """Moving pictures of recordings; None: as they come, no more loaded than needed."""
    share_pictures: bool = True
    """Draw the picture that a link to an answer or episode is shown with."""
    search: bool = True
    """Make the search page and its index."""
    sources: tuple[Source, ...] = ()
    people: tuple[Person, ...] = ()
    topics: tuple[Topic, ...] = ()
    terms: tuple[str, ...] = ()
    review: ReviewPolicy = field(default_factory=ReviewPolicy)
    editing: EditingRules = field(default_factory=EditingRules)
    feed: FeedSettings = field(default_factory=FeedSettings)
    transcribe: TranscribeSettings = field(default_factory=TranscribeSettings)
    cluster: ClusterSettings = field(default_factory=ClusterSettings)
    covers: Covers = UNCHANGED
    """Where its changed covers stand: told by what was public; see ``serving/covers``."""
    words: Words = ENGLISH
    """What its pages and feeds say by themselves; see ``formats/words_po.py``."""

    @property
    def zone(self) -> tzinfo | None:
        """The show's timezone; None is this machine's, as datetime takes it."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def spoken_in(self, language: str | None) -> str:
        """Return the show's language (``en-GB`` for ``en``), else ``language``."""
        main = self.language.partition("-")[0].lower()
        return language if language and language != main else self.language

    @property
    def medical(self) -> bool:
        """Pages speak of treatments and doctors: told by the feed's category."""
        return self.feed.category[:1] == ("Health & Fitness",)

    def person(self, person_id: str) -> Person | None:
        """Return the person with this id, or None."""
        return next((p for p in self.people if p.id == person_id), None)

    def person_named(self, name: str) -> Person | None:
        """Return the person called so (name or alias, case ignored), or None."""
        wanted = _as_called(name)
        called = (p for p in self.people if wanted in _called(p.name, p.aliases))
        return next(called, None)

    def topic(self, topic_id: str) -> Topic | None:
        """Return the topic with this id, or None."""
        return next((t for t in self.topics if t.id == topic_id), None)


_TITLES = re.compile(
    r"\s*(?:(?:prof|professor(?:in)?|dr|docteur|pd|priv|doz|dipl|ing|med|rer|nat|phil|h|c|mr|mrs|ms"
    r"|mme|frau|herr|sir|dame)\b[.\s-]*)*",
    re.IGNORECASE,
)
"""What people put before their names where they meet: "Prof. Dr. med. Irene Copperfold"."""


def untitled(name: str) -> str:
    """Return a name as it is without titles, and without what follows it.

    >>> untitled("Prof. Dr. med. Irene Copperfold, MD (she/her)")
    'Irene Copperfold'
    """
    return _TITLES.sub("", re.split("[,(|/]", name)[0], count=1).strip()


def _either(then: str | None, since: str | None) -> str | None:
    return since if then is None else then or None


@lru_cache(maxsize=1 << 12)  # a build asks for each turn of each answer
def _called(name: str, aliases: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(_as_called, (name, *aliases)))


@lru_cache(maxsize=1 << 12)
def _as_called(name: str) -> str:
    """Return a name as it is compared: an "é" may be one character or two."""
    seen = name if name.isascii() else UNSEEN.sub("", name)
    return normalize("NFC", " ".join(seen.split()).casefold())
