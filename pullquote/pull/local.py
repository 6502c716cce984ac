"""Recordings on this machine: files, folders, and what is written beside them."""

from __future__ import annotations

import os
import re
import time
from dataclasses import fields, replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pullquote.errors import ContentError, NotYetError, SourceError
from pullquote.formats.captions import text_of
from pullquote.formats.disk import file_named
from pullquote.formats.sidecar_toml import load_sidecar, sidecar_path
from pullquote.media.closed import is_closed
from pullquote.media.probe import Probe
from pullquote.model.progress import Progress, silent
from pullquote.pull.file_names import title_and_day
from pullquote.pull.folder_files import Offered, cloud_stem, recordings_in
from pullquote.pull.plan import Item
from pullquote.pull.wording import clean_title, date_in

FEEDS = frozenset({".xml", ".rss"})

_BLOCK = 1 << 20
_FRESH = 30.0
"""Seconds; a recorder writes more often."""
_CAPTIONS_BYTES = 20 << 20
_SRT_TIME = re.compile(
    r"^(\d+:\d\d:\d\d),(\d{3}) +--> +(\d+:\d\d:\d\d),(\d{3})", re.MULTILINE
)


def local_path(url: str, root: Path) -> Path | None:
    """Return the path a source names, None for an address on the network.

    Raises SourceError for a ``file:`` address of another machine, and for what is
    neither path nor address.
    """
    try:
        parts = urlsplit(url)
        path = Path(url).expanduser()
    except (ValueError, RuntimeError) as error:
        remedy = "check its brackets, and the name behind a ~"
        raise SourceError(
            url, f"is no address and no path ({error})", remedy
        ) from error
    scheme = parts.scheme.lower()
    if scheme == "file":
        if parts.netloc not in {"", "localhost"}:
            raise SourceError(
                url, "names a file on another machine", "write file:///path, or a path"
            )
        return file_named(root, unquote(parts.path))
    if "://" in url:
        return None
    return file_named(root, path)


def offered_at(path: Path, url: str, *, picture: bool = False) -> tuple[Offered, ...]:
    """Return a file itself, or the recordings of a folder in order of name.

    So are those of folders in it whose name holds a date: Zoom makes one for each
    meeting. Other folders may hold the tracks and pieces of an editor's program: they
    are named, withheld, where recordings lie in them. ``picture`` prefers moving pictures to the sound alone where there are
    both. Raises SourceError where there is neither file nor folder.
    """
    if path.is_file():
        return (Offered(path),)
    if not path.is_dir():
        raise SourceError(
            url,
            "no such file or folder",
            "check the path; an address on the network starts with https://",
        )
    inner = [one for one in _visible(path) if one.is_dir()]
    dated = [one for one in inner if title_and_day(one.name)[1] is not None]
    found = []
    for folder in (path, *dated):
        found += recordings_in(_files(folder), picture=picture)
    for folder in inner:
        count = 0 if folder in dated else len(recordings_in(_files(folder)))
        if count:
            why = f"is a folder, recordings in it: {count}; make it a source of its own"
            found.append(Offered(folder, (), why))
    return tuple(found)


def _files(folder: Path) -> list[Path]:
    return [one for one in _visible(folder) if one.is_file()]


def _visible(folder: Path) -> list[Path]:
    return sorted(one for one in folder.iterdir() if not one.name.startswith("."))


def local_item(offered: Offered, root: Path, zone: tzinfo | None = None) -> Item:
    """Return the item for one recording; its facts are read when it is pulled.

    Its id is its path, relative where it lies inside the show: so that a
    recording keeps its id in every clone.
    """
    path = offered.path.resolve()
    try:
        str(path).encode()
    except UnicodeEncodeError:  # as old file systems and archives leave them
        told = os.fsencode(path).decode(errors="replace")
        why = "has a name that is not UTF-8; rename it"
        return Item(source_id=f"file:{told}", source=told, local=path, withheld=why)
    title, held = _told_by_name(path, zone)
    return Item(
        source_id=_file_id(path, root),
        same=tuple(_file_id(one.resolve(), root) for one in offered.same),
        source=_name(path, root),
        local=path,
        withheld=offered.withheld,
        title=title,
        held=held,
    )


def _name(path: Path, root: Path) -> str:
    inside = path.is_relative_to(root.resolve())
    return (path.relative_to(root.resolve()) if inside else path).as_posix()


def _file_id(path: Path, root: Path) -> str:
    return f"file:{_name(path, root)}"


def _told_by_name(path: Path, zone: tzinfo | None) -> tuple[str | None, date | None]:
    """Return title and day of a file's name, or of its folder's where that is dated."""
    title, held = title_and_day(path.stem, zone)
    above, day = title_and_day(path.parent.name, zone)
    return (title or above, held or day) if day is not None else (title, held)


def copy_local(item: Item, folder: Path, progress: Progress = silent) -> Path:
    """Copy an item's file into ``folder``.

    Raises NotYetError where it is growing, SourceError where it cannot be read and
    OSError where the copy cannot be written.
    """
    assert item.local is not None
    target = folder / f"recording{item.local.suffix.lower()}"
    try:
        before = item.local.stat()
        growing = is_fresh(item.local) and not is_closed(item.local)
        source = item.local.open("rb")
    except FileNotFoundError as error:
        remedy = "check the path, or put the file back"
        raise SourceError(item.source, "no such file", remedy) from error
    except OSError as error:
        problem = f"cannot be read ({error.strerror})"
        raise SourceError(item.source, problem, "check its permissions") from error
    with source, target.open("wb") as copy:
        if growing:
            problem = "was written to just now and states no length: it may not be over"
            raise NotYetError(item.source, problem, "pull again in a minute")
        done = 0
        while done <= before.st_size and (block := source.read(_BLOCK)):
            copy.write(block)
            done += len(block)
            progress(done, before.st_size, "copy")
    after = item.local.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        remedy = "pull again when it has ended"
        raise NotYetError(item.source, "is still being written", remedy)
    return target


def is_fresh(path: Path) -> bool:
    """Say whether a file was written to in the last half minute."""
    return abs(time.time() - path.stat().st_mtime) < _FRESH


def captions_beside(path: Path) -> str | None:
    """Return the captions beside a recording under its name, as WebVTT, if any are.

    Zoom's cloud calls them ``GMT…_Recording.transcript.vtt`` and ``….cc.vtt``; lecture
    recorders write ``….srt``.
    """
    for stem in dict.fromkeys((path.stem, cloud_stem(path.stem))):
        for ending in (".transcript.vtt", ".vtt", ".cc.vtt", ".srt"):
            beside = file_named(path.parent, stem + ending)
            try:
                small = beside.stat().st_size <= _CAPTIONS_BYTES
                text = text_of(beside) if small else ""
            except (OSError, ContentError):
                continue
            if (captions := as_webvtt(text)) is not None:
                return captions
    return None


def as_webvtt(text: str) -> str | None:
    """Return captions as WebVTT, which SRT nearly is; None for what is neither."""
    if text.startswith("WEBVTT"):
        return text
    if _SRT_TIME.search(text):
        return "WEBVTT\n\n" + _SRT_TIME.sub(r"\1.\2 --> \3.\4", text)
    return None


def local_facts(
    item: Item, path: Path, found: Probe, zone: tzinfo | None = None
) -> Item:
    """Return the item with all its facts: sidecar, then name, then tags, then mtime.

    Raises ContentError or FaultsError for a sidecar that cannot be used.
    """
    known = Item(source_id=item.source_id, source=item.source, local=path)
    beside = sidecar_path(path)
    if beside.is_file() and beside != path:
        facts = load_sidecar(beside)
        known = replace(
            known, **{f.name: getattr(facts, f.name) for f in fields(facts)}
        )
    tags = Item(
        source_id=item.source_id,
        source=item.source,
        title=clean_title(found.title or "") or item.title,
        held=item.held or _day(found.date, zone) or _modified(path, zone),
    )
    return known.filled(tags).filled(item)


def _day(stamp: str | None, zone: tzinfo | None) -> date | None:
    """Return the day a file's own tag tells: a moment with its zone, or a date."""
    try:
        moment = datetime.fromisoformat(stamp or "")
    except ValueError:
        return date_in(stamp or "")
    if moment.tzinfo is None:
        return date_in(stamp or "")
    return moment.astimezone(zone).date()


def is_of_file(item: Item, held: date, zone: tzinfo | None) -> bool:
    """Say whether a day is that of a file which was pulled: no name told a better one."""
    if item.local is None or item.held is not None:
        return False
    return held == _modified(item.local, zone)


def _modified(path: Path, zone: tzinfo | None) -> date:
    """Return the day a file was written, as the show's calendar has it."""
    return datetime.fromtimestamp(path.stat().st_mtime, zone).date()
