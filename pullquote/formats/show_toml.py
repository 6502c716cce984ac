"""``show.toml``: the show, its people, topics and rules."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pullquote.errors import ContentError
from pullquote.formats.disk import change_text, read_text
from pullquote.formats.people_csv import new_people
from pullquote.formats.toml import (
    Location,
    parse_toml,
    refuse,
    validate,
    with_tables,
)
from pullquote.model.show import Person, Show, Source, Topic

YT_DLP_OPTIONS = frozenset(
    {
        "--cookies",
        "--cookies-from-browser",
        "--limit-rate",
        "--throttled-rate",
        "--sleep-requests",
        "--sleep-interval",
        "--max-sleep-interval",
        "--retries",
        "--fragment-retries",
        "--retry-sleep",
        "--socket-timeout",
        "--proxy",
        "--geo-verification-proxy",
        "--source-address",
        "--force-ipv4",
        "--force-ipv6",
        "--xff",
        "--extractor-args",
        "--add-headers",
        "--impersonate",
        "--netrc",
        "--video-password",
        "--playlist-items",
    }
)
"""Of yt-dlp's options those that reach a site, and neither run nor write anything.

A show is often someone else's: pulling it must not run what it says.
"""

BIT_RATES = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
"""Kilobits a second that an MP3 may have (ISO 11172-3, layer III)."""

_QUIETEST, _LOUDEST = -30, -10
"""LUFS that no listener has to reach for the volume at."""
_LONGEST = 36_500
"""Days until an answer is to be reviewed again."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
"""RFC 5646, 2.1."""
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_TOLD = ("id", "name", "role", "credentials", "affiliation", "bio", "href")
"""What a list of people tells of each."""


def load_show(path: Path) -> Show:
    """Read and check ``show.toml``. Raises ContentError or FaultsError."""
    require_show(path)
    return parse_show(read_text(path), path)


def require_show(path: Path) -> None:
    """Raise ContentError where there is no ``show.toml``."""
    if not path.is_file():
        raise ContentError(
            path,
            "no show here",
            "go to a show's folder, name it with --show, or make one: pullquote init DIR",
        )


def parse_show(text: str, path: Path) -> Show:
    """Return the show; ``path`` is for messages alone."""
    show = validate(Show, parse_toml(text, path), text, path)
    refuse(_faults(show), text, path)
    return show


def add_sources(path: Path, found: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """Append sources, address and title, to ``show.toml``; return the new addresses.

    What is there already is left out, as are the show's own feeds (an export lists
    them) and what is no http(s) address: a list from elsewhere must not name files of
    this machine. The rest of the file stays letter for letter. Raises ContentError or
    FaultsError where it is unsound.
    """
    import tomlkit

    new: dict[str, str] = {}

    def rows(show: Show) -> str:
        known = {source.url for source in show.sources}
        web = (row for row in found if urlsplit(row[0]).scheme in ("http", "https"))
        new.clear()
        new.update(
            (url, title)
            for url, title in web
            if url not in known and not url.startswith(show.site)
        )
        return "".join(
            f"\n[[sources]]\nurl = {tomlkit.item(url).as_string()}\n"
            f"title = {tomlkit.item(title).as_string()}\n"
            for url, title in new.items()
        )

    _append(path, "sources", rows)
    return tuple(new)


def add_people(path: Path, found: Sequence[Person]) -> tuple[Person, ...]:
    """Append people to ``show.toml``; return those that were not there by any name.

    The rest of the file stays letter for letter. Raises ContentError or FaultsError
    where it is unsound.
    """
    import tomlkit

    new: list[Person] = []

    def rows(show: Show) -> str:
        new[:] = new_people(found, show.people)
        tables = ""
        for one in new:
            facts = ((key, getattr(one, key)) for key in _TOLD)
            lines = (f"{k} = {tomlkit.item(v).as_string()}\n" for k, v in facts if v)
            tables += f"\n[[people]]\n{''.join(lines)}"
        return tables

    _append(path, "people", rows)
    return tuple(new)


def _append(path: Path, table: str, rows: Callable[[Show], str]) -> None:
    """Put ``rows`` of a table, if there are any, at the end of ``show.toml``."""

    def added(text: str) -> str:
        if not (new := rows(parse_show(text, path))):
            return text
        made = with_tables(text, table, new)
        parse_show(made, path)  # nothing is written that could not be read again
        return made

    change_text(path, added)


def _faults(show: Show) -> Iterator[tuple[Location, str, str]]:
    if not show.title.strip():
        yield ("title",), "'title' is empty", "write what the show is called"
    yield from _site(show.site)
    yield from _settings(show)
    if not _is_zone(show.timezone):
        problem = f"'timezone' is {show.timezone!r}, which is none"
        remedy = 'write one of the IANA names, such as "America/Denver"'
        yield ("timezone",), problem, remedy
    codes: dict[Location, str] = {("language",): show.language}
    codes["transcribe", "language"] = show.transcribe.language or "en"
    for where, code in codes.items():
        if not is_language(code):
            problem = f"'language' is {code!r}, which is no code of one"
            yield where, problem, 'write "en", "en-GB", "de" and the like'
    yield from _ids("people", [p.id for p in show.people])
    yield from _ids("topics", [t.id for t in show.topics])
    yield from _former("people", show.people)
    yield from _former("topics", show.topics)
    yield from _names(show)
    for at, source in enumerate(show.sources):
        yield from _source(at, source)
    named: dict[Location, tuple[str, ...]]
    named = {("sources", n, "people"): s.people for n, s in enumerate(show.sources)}
    named["review", "reviewers"] = show.review.reviewers
    for where, ids in named.items():
        for one in ids:
            if show.person(one) is None:
                yield where, f"unknown person {one!r}", person_remedy(one, show)


def _site(site: str) -> Iterator[tuple[Location, str, str]]:
    if not is_address(site):
        problem = f"'site' is {site!r}, not an http(s) address"
        remedy = "write the address at which the site will stand, in ASCII, ending in /"
        yield ("site",), problem, remedy
    elif set(site) & {"?", "#"}:
        remedy = "write what stands before its ? or #"
        yield ("site",), "'site' is the address of one page", remedy
    elif not site.endswith("/"):
        yield ("site",), "'site' does not end in /", f'write "{site}/"'


def person_remedy(person: str, show: Show) -> str:
    """Return what to do about an id that is nobody's."""
    named = [one.id for one in show.people if person in one.names]
    if named:
        return f"people stand here by their ids: write {named[0]!r}"
    near = get_close_matches(person, [one.id for one in show.people], n=1)
    perhaps = f"did you mean {near[0]!r}? Else " if near else ""
    return f"{perhaps}add a [[people]] entry with that id to show.toml"


def _settings(show: Show) -> Iterator[tuple[Location, str, str]]:
    for key in ("hub", "podping", "funding", "license_href", "new_feed_url"):
        if (href := getattr(show.feed, key)) and not is_address(href):
            yield (
                ("feed", key),
                f"{key!r} is {href!r}, not an http(s) address",
                "write one that starts with https://, or take it out",
            )
    if not 0 < show.review.due_days <= _LONGEST:
        yield (
            ("review", "due_days"),
            f"'due_days' is {show.review.due_days}",
            f"write a number of days from 1 to {_LONGEST}",
        )
    if not _QUIETEST <= show.feed.loudness_mono <= _LOUDEST:  # nan is in no range
        yield (
            ("feed", "loudness_mono"),
            f"'loudness_mono' is {show.feed.loudness_mono:g}",
            f"write a number of LUFS from {_QUIETEST} to {_LOUDEST}, such as -19.0",
        )
    if show.feed.bit_rate is not None and show.feed.bit_rate not in BIT_RATES:
        yield (
            ("feed", "bit_rate"),
            f"'bit_rate' is {show.feed.bit_rate}, which no MP3 has",
            f"use one of {', '.join(map(str, BIT_RATES))} (kilobits a second)",
        )


def is_address(text: str) -> bool:
    """Say whether every program takes a text for an http(s) address: ASCII, no blanks."""
    try:
        parts = urlsplit(text)
        plain = text.isascii() and text.isprintable() and " " not in text
        return plain and parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:  # brackets that are no IPv6 address
        return False


def is_language(code: str) -> bool:
    """Say whether a text has the form of a language's code (BCP 47).

    >>> is_language("en-GB"), is_language("English"), is_language("")
    (True, False, False)
    """
    return _LANGUAGE.fullmatch(code) is not None


def _is_zone(name: str | None) -> bool:
    try:
        return name is None or bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):  # OSError: it is a folder
        return False


def _source(at: int, source: Source) -> Iterator[tuple[Location, str, str]]:
    for key, pattern in (("only", source.only), ("skip", source.skip)):
        try:
            re.compile(pattern or "")
        except re.error as error:
            yield (
                ("sources", at, key),
                f"{key!r} is no regular expression ({error})",
                "put a backslash before each of ( ) [ ] * + ? . that is meant as such",
            )
    if source.since and source.until and source.until < source.since:
        yield ("sources", at, "until"), "'until' is before 'since'", "swap them"
    for option in source.yt_dlp:
        if option.partition("=")[0] not in YT_DLP_OPTIONS:
            yield (
                ("sources", at, "yt_dlp"),
                f"{option!r} is no option that a show may set",
                f"use one of: {', '.join(sorted(YT_DLP_OPTIONS))}, as --name=value",
            )


def _ids(table: str, ids: list[str]) -> Iterator[tuple[Location, str, str]]:
    for at, name in enumerate(ids):
        if not _ID.fullmatch(name):
            yield (
                (table, at, "id"),
                f"id {name!r} is not made of a-z, 0-9 and -",
                "choose a short id such as 'lin'; it becomes part of addresses",
            )
        if name in ids[:at]:
            yield (table, at, "id"), f"id {name!r} is used twice", "rename one"


def _former(
    table: str, rows: Sequence[Person | Topic]
) -> Iterator[tuple[Location, str, str]]:
    taken = {row.id for row in rows}
    for at, row in enumerate(rows):
        for former in row.formerly:
            if former in taken or not _ID.fullmatch(former):
                yield (
                    (table, at, "formerly"),
                    f"{former!r} is no id that only {row.id!r} had",
                    f"name ids that nothing in [[{table}]] has any more, each once",
                )
            taken.add(former)


def _names(show: Show) -> Iterator[tuple[Location, str, str]]:
    seen: set[str] = set()
    for at, person in enumerate(show.people):
        names = person.called
        if not all(names):
            problem = f"{person.id!r} has a name or alias that is empty"
            yield ("people", at, "name"), problem, "write it, or take it out"
        if names & seen:
            yield (
                ("people", at, "name"),
                f"{person.name!r} is also another person's name or alias",
                "give each person names of their own",
            )
        seen |= names
