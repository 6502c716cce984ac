"""A build of which no input changed since the last one need not be done again.

Files are told apart by size, time and inode, as make and rsync do it: reading them
all would cost what building them costs.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec

import pullquote
from pullquote.formats.disk import unwritable, write_bytes
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_po import packaged_templates
from pullquote.publish.deploying.deploy import NOTE

_FILE = "built.json"
_DEPLOYED = "deployed"
_SITE = ".pullquote-site"
EPISODES = "episodes", "transcripts"
"""The folders that have a folder for each episode."""
_BESIDE, _TEMPLATES, _CODE = "beside", "templates", "code"


class _Known(msgspec.Struct, frozen=True):
    """What a finished build leaves."""

    inputs: str
    outputs: str
    pages: int
    faults: bool
    redactions: dict[str, str]


def pages_if_unchanged(folder: ShowFolder, made_from: str) -> int | None:
    """Return how many pages the site has if building it would change nothing.

    ``made_from`` are the ``inputs_digest``. None where there was something to tell, for
    a build has to tell it again.
    """
    known = _remembered(folder)
    if known is None or known.faults or not _is_of(folder, known, made_from):
        return None
    return known.pages


def _is_of(folder: ShowFolder, known: _Known, made_from: str) -> bool:
    """Say whether site and feeds are those of a build from these inputs."""
    try:
        return known.inputs == made_from and known.outputs == _outputs(folder)
    except OSError:
        return False


def _remembered(folder: ShowFolder) -> _Known | None:
    if not (folder.site / _SITE).is_file():
        return None
    try:
        return msgspec.json.decode((folder.state / _FILE).read_bytes(), type=_Known)
    except (OSError, msgspec.DecodeError):
        return None  # losing this file costs only time


def remember_build(
    folder: ShowFolder,
    made_from: str,
    pages: int,
    redactions: Mapping[str, str],
    *,
    faults: bool,
) -> None:
    """Note what a finished build was made from; feeds and site are part of it.

    ``made_from`` is the ``inputs_digest`` before anything was read, and ``redactions``
    what a look at these told: what somebody saved during the build is not in it yet, and
    is due the next time. ``faults``: there was something to tell.
    """
    known = _Known(
        inputs=made_from,
        outputs=_outputs(folder),
        pages=pages,
        faults=faults,
        redactions=dict(redactions),
    )
    write_bytes(folder.state / _FILE, msgspec.json.encode(known))


def built_at(folder: ShowFolder) -> datetime | None:
    """Return when the site was built last, None where that is not known."""
    return _written(folder.state / _FILE)


def remember_deploy(folder: ShowFolder) -> None:
    """Note that this machine brought the site to its readers just now."""
    path = folder.state / _DEPLOYED
    try:
        path.touch()
    except OSError as error:
        raise unwritable(path, error) from error


def deployed_at(folder: ShowFolder) -> datetime | None:
    """Return when this machine brought the site to its readers, None if it never did."""
    return _written(folder.state / _DEPLOYED)


def _written(path: Path) -> datetime | None:
    try:
        return datetime.fromtimestamp(path.stat().st_mtime, UTC)
    except OSError:
        return None


def is_stale(folder: ShowFolder, today: date) -> bool:
    """Say whether the site lacks what was saved since its build; False if nobody knows.

    ``today`` is the build's, if it were now; that the day is another one makes no site
    stale.
    """
    built = built_at(folder)
    if built is None:
        return False
    try:
        units = looked(folder)
    except OSError:
        return False
    known = _remembered(folder)
    days = {built.date(), today}
    made_from = [inputs_digest(units, day) for day in days]
    return known is None or not any(_is_of(folder, known, one) for one in made_from)


def redactions_now(folder: ShowFolder) -> dict[str, str]:
    """Return what a look at each episode's ``redactions.toml`` tells, by slug."""
    paths = {slug: folder.episode(slug).redactions for slug in folder.slugs()}
    return {s: _fact(s, path) for s, path in paths.items() if path.is_file()}


def redacted_since(folder: ShowFolder) -> Path | None:
    """Return a ``redactions.toml`` that is another than the site was built with.

    None where there is none, or nobody knows what the site was built with.
    """
    known = _remembered(folder)
    if known is None:
        return None
    now = redactions_now(folder)
    other = (slug for slug, fact in now.items() if known.redactions.get(slug) != fact)
    return next((folder.episode(slug).redactions for slug in other), None)


def inputs_digest(units: Mapping[str, str], today: date) -> str:
    """Return a digest of all that a build is made from, as ``looked`` told."""
    return _digest(str(today), *(f"{unit}|{units[unit]}" for unit in sorted(units)))


def looked(folder: ShowFolder) -> dict[str, str]:
    """Return what a look at all that a build is made from tells, unit by unit.

    A unit is an episode's folder, as ``transcripts/<slug>``, or one of all else.
    """
    units = {unit: look_at(folder, unit) for unit in (_BESIDE, _TEMPLATES)}
    # in a checkout the pages' templates lie beside the code
    code = Path(pullquote.__file__).parent, packaged_templates()
    units[_CODE] = _digest(*(fact for folder in code for fact in _files(folder)))
    for parent in EPISODES:
        with suppress(FileNotFoundError, NotADirectoryError):
            for entry in os.scandir(folder.root / parent):
                if not entry.name.startswith("."):
                    unit = f"{parent}/{entry.name}"
                    units[unit] = look_at(folder, unit)
    return units


def look_at(folder: ShowFolder, unit: str) -> str:
    """Return what a look at one unit tells."""
    if unit == _BESIDE:
        return _digest(*_beside(folder.root))
    path = folder.root / unit
    if path.is_dir():
        return _digest(*_files(path))
    return _fact(str(path), path) if path.exists() else ""


def _outputs(folder: ShowFolder) -> str:
    return _digest(str(folder.site.stat().st_ino), *_files(folder.feeds))


def _digest(*facts: str) -> str:
    digest = hashlib.sha256(os.fsencode("\n".join(facts)))
    return digest.hexdigest()


def _beside(root: Path) -> Iterator[str]:
    """Yield the files of the show's folder itself and its pictures, wherever they lie.

    A show names pictures by path; those in folders of their own are few.
    """
    skipped = {"episodes", "transcripts", "templates", "feeds", "site"}
    for entry in sorted(os.scandir(root), key=lambda e: e.name):
        if entry.is_file():
            yield _fact(entry.path, entry)
        elif entry.name in skipped or entry.name.startswith("."):
            continue
        elif not (Path(entry.path) / NOTE).exists():  # where `deploy` brings the site
            yield from _files(Path(entry.path))


def _files(folder: Path) -> Iterator[str]:
    if not folder.is_dir():
        return
    waiting = [str(folder)]
    while waiting:
        for entry in sorted(os.scandir(waiting.pop()), key=lambda e: e.name):
            if entry.is_dir(follow_symlinks=False):
                if entry.name != "__pycache__" and not entry.name.startswith("."):
                    waiting.append(entry.path)
            else:
                yield _fact(entry.path, entry)


def _fact(path: str, file: os.DirEntry[str] | Path) -> str:
    try:
        found = file.stat()
    except OSError:  # a dead link, such as an editor program's lock
        return path
    return f"{path}|{found.st_size}|{found.st_mtime_ns}|{found.st_ino}"
