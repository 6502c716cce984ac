"""Where everything stands on the published site.

A *site path* is relative to the site's root and plain text: ``answers/knee-pain/``
for a page (its file is ``index.html`` in that folder), ``feeds/podcast.xml`` for a
file. ``absolute`` and ``relative`` turn site paths into addresses; only these two
percent-encode. An address never changes meaning, so think before changing one.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import PurePosixPath
from urllib.parse import parse_qsl, quote, urlencode, urlsplit

from pullquote.model.answer import Clip
from pullquote.model.show import Person, Show

HOME = ""
ANSWERS = "answers/"
EPISODES = "episodes/"
PEOPLE = "people/"
TOPICS = "topics/"
PODCAST_FEED = "feeds/podcast.xml"
ANSWERS_FEED = "feeds/answers.xml"
ANSWERS_JSON = "feeds/answers.json"
_OLDER_PODCAST = "feeds/podcast-{number}.xml"
_ANSWERS_OF = "feeds/answers-{month}.{ending}"
SEARCH = "search/"
SEARCH_INDEX = "pagefind/"
NOT_FOUND = "404.html"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"

TRANSCRIPT_FORMATS = ("vtt", "srt", "json", "html")
"""Endings of the transcript files beside each episode page."""

LISTED = 200
"""Answers on a page of a list; the first has up to twice as many."""

SLUG_REMEDY = "use at most 100 of a-z, 0-9 and -, such as heat-or-ice"
"""What to say where something ``is_slug`` refuses."""

_OLDER = re.compile(re.escape(_OLDER_PODCAST).replace(r"\{number\}", "[0-9]+"))
_SLUG = re.compile(r"(?=.{1,100}\Z)[a-z0-9]+(?:-+[a-z0-9]+)*")
_YOUTUBE = ("youtube.com", "youtube-nocookie.com", "youtu.be")
_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif")


def is_slug(name: str) -> bool:
    """Say whether a name can stand in an address, whatever the case of letters counts.

    >>> is_slug("heat-or-ice"), is_slug("../evil"), is_slug("Heat or ice")
    (True, False, False)
    """
    return _SLUG.fullmatch(name) is not None


def slug_letters(language: str) -> tuple[tuple[str, str], ...]:
    """Return what a language writes in slugs for letters of its own, before any other.

    >>> dict(slug_letters("de-AT"))["ü"], dict(slug_letters("fr"))["'"]
    ('ue', ' ')
    """
    base = language.partition("-")[0].casefold()
    if base == "de":  # "Rücken" is "ruecken"; an ß is "ss" everywhere
        return tuple(zip("äöüÄÖÜ", ("ae", "oe", "ue", "Ae", "Oe", "Ue"), strict=True))
    if base in ("fr", "it", "ca"):  # l'école is two words
        return (("'", " "), ("\u2019", " "))
    return ()


def episode_page(slug: str) -> str:
    """Return the site path of an episode's page.

    >>> episode_page("2026-03-11-back-pain")
    'episodes/2026-03-11-back-pain/'
    """
    return f"{EPISODES}{slug}/"


def transcript_file(slug: str, ending: str) -> str:
    """Return the site path of a transcript; ``ending`` as in TRANSCRIPT_FORMATS."""
    return f"{EPISODES}{slug}/transcript.{ending}"


def transcripts_among(paths: Collection[str], slug: str) -> dict[str, str]:
    """Return those of some site paths that are an episode's transcripts, by ending."""
    every = {ending: transcript_file(slug, ending) for ending in TRANSCRIPT_FORMATS}
    return {ending: path for ending, path in every.items() if path in paths}


def chapters_file(slug: str) -> str:
    """Return the site path of an episode's Podcasting 2.0 chapters."""
    return f"{EPISODES}{slug}/chapters.json"


def enclosure_file(slug: str) -> str:
    """Return the site path of the sound that the feed points at."""
    return f"media/{slug}.mp3"


def alternate_file(slug: str) -> str:
    """Return the site path of the same sound as M4A."""
    return f"media/{slug}.m4a"


def episode_cover(show: Show, slug: str, cover: str) -> str:
    """Return the site path of an episode's own picture."""
    return show.covers.of(plain_cover(cover, slug))


def plain_cover(cover: str, slug: str | None = None) -> str:
    """Return the site path of a cover, the show's or an episode's, that never changed.

    >>> plain_cover("art/Cover.PNG"), plain_cover("own.jpg", "2026-03-11-back-pain")
    ('cover.png', 'media/2026-03-11-back-pain.jpg')
    """
    return (f"media/{slug}" if slug else "cover") + picture_ending(cover)


def named_cover(plain: str, name: str) -> str:
    """Return the site path of a changed cover; ``plain`` is that of the first one.

    >>> named_cover("cover.jpg", "1a2b3c4d.png")
    'cover.1a2b3c4d.png'
    """
    return f"{plain.rpartition('.')[0]}.{name}"


def answer_page(slug: str) -> str:
    """Return the site path of an answer's page."""
    return f"{ANSWERS}{slug}/"


def older_answers(number: int) -> str:
    """Return the site path of a page of older answers, counted from the oldest.

    >>> older_answers(1)
    'older-answers/1/'
    """
    return f"older-answers/{number}/"


def person_page(person_id: str) -> str:
    """Return the site path of a person's page."""
    return f"{PEOPLE}{person_id}/"


def topic_page(topic_id: str) -> str:
    """Return the site path of a topic's page."""
    return f"{TOPICS}{topic_id}/"


def older_pages(count: int) -> int:
    """Return how many pages of older answers a list of so many has.

    >>> older_pages(399), older_pages(400), older_pages(1_000)
    (0, 1, 4)
    """
    return max(0, count // LISTED - 1)


def older_of(page: str, number: int) -> str:
    """Return the site path of older answers of a person or topic, counted from the oldest.

    >>> older_of("people/quill/", 1)
    'people/quill/older/1/'
    """
    return f"{page}older/{number}/"


def cover_file(show: Show) -> str | None:
    """Return the site path of the show's cover, None if it has none."""
    return show.covers.of(plain_cover(show.cover)) if show.cover else None


def photo_file(person: Person) -> str | None:
    """Return the site path of a person's photo, None if there is none."""
    if not person.photo:
        return None
    return f"{PEOPLE}{person.id}/photo{picture_ending(person.photo)}"


def older_podcast(number: int | str) -> str:
    """Return the site path of a document of older episodes, the oldest in the first.

    >>> older_podcast(1)
    'feeds/podcast-1.xml'
    """
    return _OLDER_PODCAST.format(number=number)


def is_podcast(path: str) -> bool:
    """Say whether a site path is that of one of the podcast feed's documents.

    >>> is_podcast("feeds/podcast-2.xml"), is_podcast("feeds/podcast-2.old.xml")
    (True, False)
    """
    return path == PODCAST_FEED or _OLDER.fullmatch(path) is not None


def answers_of(month: str, ending: str = "xml") -> str:
    """Return the site path of the answers feed of one month.

    >>> answers_of("2021-06")
    'feeds/answers-2021-06.xml'
    """
    return _ANSWERS_OF.format(month=month, ending=ending)


def static_file(name: str) -> str:
    """Return the site path of a stylesheet or another fixed file."""
    return f"static/{name}"


def picture_ending(path: str) -> str:
    """Return how a published picture's name ends; ``.jpg`` for what no page shows."""
    ending = PurePosixPath(path).suffix.lower()
    return ending if ending in _PICTURES else ".jpg"


def file_of(path: str) -> str:
    """Return the file that a site path is served from.

    >>> file_of("answers/"), file_of("feeds/podcast.xml")
    ('answers/index.html', 'feeds/podcast.xml')
    """
    return f"{path}index.html" if path == HOME or path.endswith("/") else path


def sitemap_part(number: int) -> str:
    """Return the site path of one of several sitemaps, counted from 1."""
    return f"sitemap-{number}.xml"


def absolute(show: Show, path: str) -> str:
    """Return the public address of a site path, as feeds and sitemaps need it."""
    site = show.site if show.site.endswith("/") else f"{show.site}/"
    return site + _quoted(path)


def root(show: Show) -> str:
    """Return the path of the site's home on its host; ``/`` unless it is in a folder."""
    return urlsplit(absolute(show, HOME)).path


def relative(page: str, path: str, fragment: str = "") -> str:
    """Return the link from one page's site path to another site path.

    Relative links let a site work in any subfolder and from a preview.

    >>> relative("answers/knee/", "topics/")
    '../../topics/'
    >>> relative("", "answers/knee/", "hear")
    'answers/knee/#hear'
    >>> relative("answers/", "answers/")
    '../answers/'
    """
    tail = f"#{fragment}" if fragment else ""
    up = "../" * page.count("/")
    return ((up + _quoted(path)) or "./") + tail


@lru_cache(maxsize=1 << 16)  # a page of a show is linked from many others
def _quoted(path: str) -> str:
    return quote(path)


def is_link(href: str) -> bool:
    """Say whether pages may link it: a web or mail address, or a path of the site.

    >>> is_link("https://a.example/"), is_link("media/a.mp4"), is_link("//a.example/")
    (True, True, False)
    >>> is_link("a.example/b"), is_link("www.a.example")  # forgotten: https://
    (False, False)
    >>> is_link(".notes.d/a"), is_link("../a.html")
    (True, True)
    """
    try:
        parts = urlsplit(href)
    except ValueError:  # brackets that are no IPv6 address
        return False
    if parts.scheme:
        return parts.scheme in ("http", "https", "mailto")
    first, slash, _ = parts.path.partition("/")
    # no host's name begins with a dot: "../a", ".well-known/a", ".notes.d/a" are paths
    dotted = "." in first.rstrip(".") and not first.startswith(".")
    is_host = first.startswith("www.") or (slash and dotted)
    return not parts.netloc and not is_host


def clip_fragment(clip: Clip) -> str:
    """Return a media fragment (W3C Media Fragments 1.0, 4.2.1) without ``#``.

    >>> clip_fragment(Clip(start=12_300, end=45_000))
    't=12.3,45'
    """
    return f"t={_seconds(clip.start)},{_seconds(clip.end)}"


def moment_fragment(ms: int) -> str:
    """Return the media fragment that starts at ``ms``, without ``#``."""
    return f"t={_seconds(ms)}"


def _seconds(ms: int) -> str:
    return f"{ms / 1000:.3f}".rstrip("0").rstrip(".")


def watch_at(watch: str, ms: int) -> str:
    """Return the public video's address at the whole second of ``ms``.

    YouTube reads ``t=`` in the query, others a media fragment.

    >>> watch_at("https://www.youtube.com/watch?v=abc", 83_900)
    'https://www.youtube.com/watch?v=abc&t=83s'
    >>> watch_at("https://videos.example/5", 83_900)
    'https://videos.example/5#t=83'
    """
    parts = urlsplit(watch)
    second = ms // 1000
    host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    if host not in _YOUTUBE:
        return parts._replace(fragment=f"t={second}").geturl()
    query = [(k, v) for k, v in parse_qsl(parts.query) if k not in ("t", "start")]
    query.append(("t", f"{second}s"))
    return parts._replace(query=urlencode(query), fragment="").geturl()


def turn_anchor(start: int) -> str:
    """Return the id of the turn that starts at ``start`` ms on its episode page."""
    return f"t{start}"
