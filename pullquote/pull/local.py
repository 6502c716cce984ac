"""Recordings on this machine: files, folders, and what is written beside them."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date, datetime, tzinfo
from pathlib import Path
from urllib.parse import unquote, urlsplit

from pullquote.errors import SourceError
from pullquote.formats.sidecar_toml import load_sidecar, sidecar_path
from pullquote.media.probe import Probe
from pullquote.pull.plan import Item
from pullquote.pull.wording import clean_title, date_in, title_from_name

# fmt: off
MEDIA = frozenset({
    ".aac", ".aif", ".aiff", ".amr", ".avi", ".flac", ".flv", ".m4a", ".m4b", ".m4v",
    ".mka", ".mkv", ".mov", ".mp3", ".mp4", ".mpeg", ".mpg", ".oga", ".ogg", ".ogv",
    ".opus", ".ts", ".wav", ".webm", ".wma", ".wmv",
})
# fmt: on
"""Endings of files that a folder is looked through for."""

FEEDS = frozenset({".xml", ".rss"})


def local_path(url: str, root: Path) -> Path | None:
    """Return the path a source names, None for an address on the network.

    Raises SourceError for a ``file:`` address of another machine.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme == "file":
        if parts.netloc not in {"", "localhost"}:
            raise SourceError(
                url, "names a file on another machine", "write file:///path, or a path"
            )
        return Path(unquote(parts.path))
    if "://" in url:
        return None
    return root / Path(url).expanduser()


def files_at(path: Path, url: str) -> tuple[Path, ...]:
    """Return a file itself, or the recordings of a folder in order of name.

    Raises SourceError where there is neither.
    """
    if path.is_dir():
        return tuple(
            sorted(
                child
                for child in path.iterdir()
                if child.suffix.lower() in MEDIA
                and not child.name.startswith(".")
                and child.is_file()
            )
        )
    if path.is_file():
        return (path,)
    raise SourceError(
        url,
        "no such file or folder",
        "check the path; an address on the network starts with https://",
    )


def local_item(path: Path, root: Path) -> Item:
    """Return the item for one file; its facts are read when it is pulled.

    Its id is its path, relative where it lies inside the show: so that a
    recording keeps its id in every clone.
    """
    whole = path.resolve()
    inside = whole.is_relative_to(root.resolve())
    name = whole.relative_to(root.resolve()) if inside else whole
    return Item(
        source_id=f"file:{name.as_posix()}",
        source=name.as_posix(),
        local=whole,
        title=title_from_name(whole.stem),
        held=date_in(whole.stem),
    )


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
        held=item.held or date_in(found.date or "") or _modified(path, zone),
    )
    return known.filled(tags).filled(item)


def _modified(path: Path, zone: tzinfo | None) -> date:
    """Return the day a file was written, as the show's calendar has it."""
    return datetime.fromtimestamp(path.stat().st_mtime, zone).date()
