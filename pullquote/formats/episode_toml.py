"""``episode.toml``: an episode's facts. Pull scaffolds it, people keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, fields
from datetime import time
from pathlib import Path, PureWindowsPath
from typing import Any

from pullquote.formats.disk import change_text, read_text, write_text
from pullquote.formats.toml import (
    Location,
    format_time,
    parse_toml,
    refuse,
    validate,
    with_tables,
)
from pullquote.model import address
from pullquote.model.episode import Chapter, Episode, HostedEnclosure, Recording

_HEADER = "The facts of this episode. Pullquote made this file once; it is yours now."
_TABLES = ("recording", "enclosure", "chapters")
_TIMES = ("start", "duration")
_TOLD = ("title", "summary")
_STATUS = 'draft: only you see it. published: it goes to the site and the feeds, and needs "published".'


def parse_episode(text: str, path: Path) -> Episode:
    """Return the facts; ``path`` is for messages alone.

    Raises ContentError or FaultsError, also where ``published`` has no timezone
    or is missing though the status asks for it, and where recording or cover are to
    lie outside the episode's folder.
    """
    episode = validate(Episode, parse_toml(text, path), text, path)
    refuse(_faults(episode), text, path)
    return episode


def _faults(episode: Episode) -> Iterator[tuple[Location, str, str]]:
    remedy = "write it as 2026-03-12T09:00:00Z"
    published = episode.published
    if published is not None and published.tzinfo is None:
        yield ("published",), "'published' has no timezone", remedy
    if published is not None and not 1 < published.year < 9999:
        yield ("published",), f"'published' is in the year {published.year}", remedy
    for name in ("number", "season"):
        if (getattr(episode, name) or 0) < 0:
            yield (name,), f"{name!r} is below 0", "count from 1, or leave it out"
    if episode.status == "published" and published is None:
        problem = "status is 'published' but 'published' is missing"
        yield ("status",), problem, remedy
    if episode.watch and not address.is_link(episode.watch):
        problem = f"'watch' is {episode.watch!r}, which cannot be a link"
        yield ("watch",), problem, "write an address that starts with https://"
    named: dict[Location, str] = {("cover",): episode.cover or "cover"}
    if episode.recording is not None:
        named["recording", "file"] = episode.recording.file
    for key, file in named.items():
        # PureWindowsPath knows both slashes
        if file in ("", "..") or PureWindowsPath(file).name != file:
            problem = f"{key[-1]!r} is no plain file name"
            yield key, problem, "name a file of the episode's folder"


def load_episode(path: Path) -> Episode:
    """Read ``episode.toml``. Raises ContentError or FaultsError."""
    return parse_episode(read_text(path), path)


def format_episode(episode: Episode) -> str:
    """Return a new file's text, for people to go on with."""
    import tomlkit

    doc = tomlkit.document()
    doc.add(tomlkit.comment(_HEADER))
    for field in fields(episode):
        key, value = field.name, getattr(episode, field.name)
        if key == "status":
            doc.add(tomlkit.comment(_STATUS))
        usual = key in ("kind", "synthetic") and value == field.default
        if key not in _TABLES and value is not None and not usual:
            doc.add(key, value)
    if episode.recording is not None:
        doc.add("recording", _table(episode.recording))
    if episode.enclosure is not None:
        table = _table(episode.enclosure)
        table.comment("still where it was; without this the feed has our own")
        doc.add("enclosure", table)
    if episode.chapters:
        doc.add("chapters", tomlkit.aot())
        for chapter in episode.chapters:
            doc["chapters"].append(_table(chapter))
    return tomlkit.dumps(doc)


def add_recording(path: Path, recording: Recording) -> None:
    """Put a recording into an ``episode.toml`` without one; all else stays.

    Raises ContentError where the file cannot be read, or is no TOML.
    """
    import tomlkit

    def added(text: str) -> str:
        parse_toml(text, path)
        doc = tomlkit.parse(text)
        doc["recording"] = _table(recording)
        return tomlkit.dumps(doc)

    change_text(path, added)


def _table(one: Recording | HostedEnclosure | Chapter) -> Any:
    import tomlkit

    table = tomlkit.table()
    for key, value in asdict(one).items():
        table.add(key, ms_to_time(value) if key in _TIMES else value)
    return table


def ms_to_time(ms: int) -> time | int:
    """Return a TOML local time, or the bare milliseconds from 24 hours on."""
    seconds, rest = divmod(ms, 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    if hours > 23:
        return ms
    return time(hours, minutes, seconds, rest * 1000)


def save_episode(path: Path, episode: Episode) -> None:
    """Scaffold ``episode.toml``; an existing file is left as it is."""
    if not path.exists():
        write_text(path, format_episode(episode))


def add_chapters(path: Path, chapters: Sequence[Chapter]) -> bool:
    """Put chapters at the end of an existing file that has none; say if it was done.

    All else stays as it is. Raises ContentError or FaultsError where the file is unsound.
    """
    import tomlkit

    rows = [
        f"\n[[chapters]]\nstart = {format_time(chapter.start)}\n"
        f"title = {tomlkit.item(chapter.title).as_string()}\n"
        for chapter in chapters
    ]

    def added(text: str) -> str:
        if parse_episode(text, path).chapters:
            return text
        return with_tables(text, "chapters", "".join(rows))

    before, after = change_text(path, added) if chapters else ("", "")
    return before != after


def add_people(path: Path, people: Sequence[str]) -> bool:
    """Name people, by their ids, in an existing file that names none; say if it was done.

    All else stays as it is. Raises ContentError or FaultsError where the file is unsound.
    """
    import tomlkit

    def added(text: str) -> str:
        if parse_episode(text, path).people:
            return text
        facts = tomlkit.parse(text)
        facts["people"] = list(people)
        return tomlkit.dumps(facts)

    before, after = change_text(path, added) if people else ("", "")
    return before != after


def change_told(path: Path, change: Callable[[str], str]) -> None:
    """Change what an existing file tells readers: title, summary, chapters' titles.

    All else stays as it is. Raises ContentError or FaultsError where the file is unsound.
    """
    import tomlkit

    def changed(text: str) -> str:
        parse_episode(text, path)
        facts: Any = tomlkit.parse(text)
        rows = (
            (table, key)
            for table in (facts, *facts.get("chapters", ()))
            for key in _TOLD
        )
        for table, key in rows:
            told = table.get(key)
            if told is not None and (made := change(str(told))) != told:
                table[key] = made
        return tomlkit.dumps(facts)

    change_text(path, changed)
