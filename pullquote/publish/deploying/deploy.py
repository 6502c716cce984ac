"""Bring a built site to a target, where readers find it.

Media goes first, then what pages load, then pages, then feeds: no feed ever points at
what is not there. What left the site is deleted last, with its folder where nothing else
lies there and with packed copies of what changed (a web server would go on sending
these), and the note of what lies there is written at the very end, so that an interrupted
deploy is simply done again. Where the target can rename, everything is brought beside
the site first and then put in place at once: what is interrupted on the way there leaves
the old site as it was, and is not brought twice.

Before anything is put in place the note tells of that too: what an interrupted deploy
left there is known to the next one, which deletes it if it has left the site by then.
Where nothing can be renamed it is written again and again on the way, so that an
interrupted deploy of a large archive does not begin anew.
"""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from pullquote.errors import UsageError
from pullquote.formats.disk import file_sha256
from pullquote.formats.folder import ShowFolder
from pullquote.model.address import ROBOTS
from pullquote.model.progress import Progress, silent
from pullquote.publish.deploying.target import (
    has_folders,
    open_target,
    protocols,
    refusals,
)
from pullquote.publish.serving.headers import SECURITY, media_type

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

NOTE = ".pullquote-deployed.json"
"""Lies at the target: the digest of each file that was brought there."""

STAGED = ".pullquote-staged"
"""Folder at the target for what was brought and is not in place yet."""

_TAKEN_BACK = ".taken-back"
"""Stands in the note for what was withdrawn and redacted: no path of a site begins so."""

_ON_ITS_WAY = ""
"""Stands in the note for the digest of a file that may or may not be there."""
_NOTED = 1 << 26
"""Bytes that are brought to a target without renaming before they are noted."""
_MEDIA = (".mp3", ".m4a", ".mp4")
_PACKED = (".gz", ".br", ".zst")
"""What a web server keeps beside a file, and sends in its place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a deploy does, in its order; site paths."""

    upload: tuple[str, ...]
    delete: tuple[str, ...]

    @property
    def empty(self) -> bool:
        """Everything is there already."""
        return not self.upload and not self.delete


def plan(here: Mapping[str, str], there: Mapping[str, str]) -> Plan:
    """Return what must be done so that the target holds what the site holds.

    Both map a site path to the digest of its file.
    """
    changed = (path for path, digest in here.items() if there.get(path) != digest)
    return Plan(
        upload=tuple(sorted(changed, key=lambda path: (_rank(path), path))),
        delete=tuple(sorted(there.keys() - here.keys())),
    )


def _rank(path: str) -> int:
    """Return when a file goes: what others point at goes before them."""
    if path.endswith(_MEDIA):
        return 0
    if path.startswith(("feeds/", "sitemap")):
        return 4
    if path in ("_redirects", "_headers"):
        return 3
    return 2 if path.endswith(".html") else 1


def deploy(
    site: Path,
    target: str,
    *,
    dry_run: bool = False,
    everything: bool = False,
    taken_back: Mapping[str, int] | None = None,
    progress: Progress = silent,
) -> Plan:
    """Bring ``site`` to ``target`` and return what was done.

    ``dry_run`` only says what would be done; ``everything`` does not believe the
    target's note of what it holds, and writes over what others brought there.
    ``taken_back``: see ``building.taken_back``. Raises
    UsageError where there is no site, no such kind of target, or one that is the site's
    or a show's own folder, holds what is not this site, or was brought by who knows of
    more that was taken back; EngineError where its driver is missing, PullquoteError
    where the target refuses.
    """
    taken = taken_back or {}
    if not (site / ".pullquote-site").is_file():
        raise UsageError(site, "there is no site yet", "make it: pullquote build")
    with refusals(target):
        files, root = open_target(target)
        _refuse_own(site, target, files, root)
        here, noted = _digests(site), _note(files, root)
        there = noted or {}
        known = there.pop(_TAKEN_BACK, "")
        if not everything:
            _refuse_others(site, target, files, root, new=noted is None)
            _refuse_older(target, known, taken)
        todo = plan(here, {} if everything else there)
        if everything:
            todo = Plan(upload=todo.upload, delete=plan(here, there).delete)
        if not dry_run:
            if not todo.empty:
                note = {_TAKEN_BACK: json.dumps(taken)} if taken else {}
                digests = {**here, **note}, {**there, **note}
                _carry_out(site, files, root, todo, digests, progress)
            if has_folders(files) and files.exists(f"{root}/{STAGED}"):
                files.rm(f"{root}/{STAGED}", recursive=True)
    return todo


def _carry_out(
    site: Path,
    files: AbstractFileSystem,
    root: str,
    todo: Plan,
    digests: tuple[Mapping[str, str], Mapping[str, str]],
    progress: Progress,
) -> None:
    """Do what is planned; ``digests`` are those of the files here and there."""
    here, there = digests
    changed = {*todo.upload, *todo.delete}
    total = len(changed)
    apart = has_folders(files)
    staged: dict[str, str] = {}
    for number, path in enumerate(todo.upload if apart else ()):
        progress(number, total, path)
        staged[path] = _stage(files, site / path, f"{root}/{STAGED}", here[path])
    _write_note(files, root, {**there, **dict.fromkeys(todo.upload, _ON_ITS_WAY)})
    # a target that tells no capitals apart would delete what has just come
    new = {path.casefold() for path in todo.upload}
    early = [path for path in todo.delete if path.casefold() in new]
    for path in early:
        _delete(files, f"{root}/{path}")
    if apart:
        for path in todo.upload:
            files.makedirs(f"{root}/{path}".rpartition("/")[0], exist_ok=True)
            files.mv(staged[path], f"{root}/{path}")
    else:  # an upload is whole or not there anyway
        for number in _put_each(site, files, root, todo.upload, digests):
            progress(number, total, todo.upload[number])
    for number, path in enumerate(todo.delete, len(todo.upload)):
        progress(number, total, path)
        if path not in early:
            _delete(files, f"{root}/{path}")
    if apart:
        _drop_copies(files, root, (path for path in there if path in changed), here)
        _drop_folders(files, root, todo.delete)
    _write_note(files, root, here)
    progress(total, total)


def _put_each(
    site: Path,
    files: AbstractFileSystem,
    root: str,
    paths: Sequence[str],
    digests: tuple[Mapping[str, str], Mapping[str, str]],
) -> Iterator[int]:
    """Bring files straight to their places, and yield the number of each before it goes.

    The note tells now and then what is there by now.
    """
    here, there = digests
    size = 0
    for number, path in enumerate(paths):
        yield number
        files.put_file(str(site / path), f"{root}/{path}", **_told(files, path))
        size += (site / path).stat().st_size
        if size >= _NOTED:
            brought, to_come = paths[: number + 1], paths[number + 1 :]
            now = {**there, **{one: here[one] for one in brought}}
            _write_note(files, root, {**now, **dict.fromkeys(to_come, _ON_ITS_WAY)})
            size = 0


def _delete(files: AbstractFileSystem, path: str) -> None:
    if files.exists(path):
        files.rm_file(path)


def _drop_copies(
    files: AbstractFileSystem, root: str, paths: Iterable[str], here: Container[str]
) -> None:
    """Delete packed copies of files that changed: they say what these said before."""
    rows = (path.rpartition("/") for path in paths)
    for folder, names in groupby(sorted((a + b, c) for a, b, c in rows), itemgetter(0)):
        copies = {name + ending for _, name in names for ending in _PACKED}
        if files.isdir(f"{root}/{folder}"):
            found = files.ls(f"{root}/{folder}".rstrip("/"), detail=False)
            for name in copies & {one.rpartition("/")[2] for one in found}:
                if folder + name not in here:
                    _delete(files, f"{root}/{folder}{name}")


def _drop_folders(files: AbstractFileSystem, root: str, gone: Iterable[str]) -> None:
    """Delete folders in which nothing is left: an address may tell a name."""
    above = {str(one) for path in gone for one in PurePosixPath(path).parents} - {"."}
    for folder in sorted(above, reverse=True):  # what lies in another before that
        place = f"{root}/{folder}"
        if files.isdir(place) and not files.ls(place, detail=False):
            files.rmdir(place)


def _write_note(
    files: AbstractFileSystem, root: str, digests: Mapping[str, str]
) -> None:
    note = json.dumps(digests, indent=0, sort_keys=True).encode()
    if not has_folders(files):
        files.pipe_file(f"{root}/{NOTE}", note)
        return
    files.makedirs(root, exist_ok=True)
    files.pipe_file(f"{root}/{NOTE}.part", note)
    files.mv(f"{root}/{NOTE}.part", f"{root}/{NOTE}")


def _told(files: AbstractFileSystem, path: str) -> dict[str, str]:
    """Return what S3 is told of a file: it guesses few types, and how long one holds.

    A cache before it keeps what says nothing for a day, a redacted name with it.
    """
    if "s3" not in protocols(files):
        return {}
    return {"ContentType": media_type(path), "CacheControl": SECURITY["cache-control"]}


def _stage(files: AbstractFileSystem, source: Path, folder: str, digest: str) -> str:
    """Bring a file beside the site, unless it is there from a deploy that was cut off."""
    name = sha256(f"{source.as_posix()}\n{digest}".encode()).hexdigest()[:32]
    waiting = f"{folder}/{name}"
    if not files.exists(waiting):
        files.makedirs(folder, exist_ok=True)
        files.put_file(str(source), f"{waiting}.part")
        files.mv(f"{waiting}.part", waiting)
    return waiting


def _refuse_own(site: Path, target: str, files: AbstractFileSystem, root: str) -> None:
    """Raise UsageError where the site would be brought into itself, or among sources."""
    if "file" not in protocols(files):
        return
    place, own = Path(root or "/").resolve(), site.resolve()
    if place == own or own in place.parents:
        problem = "lies in the site itself, which each build replaces"
    elif (place / "show.toml").exists() or any(map(_is_shows, (place, *place.parents))):
        problem = "is a folder of a show: the site would lie among what it is made from"
    else:
        return
    raise UsageError(target, problem, "name another folder")


def _is_shows(place: Path) -> bool:
    """Say whether a folder is one of those in which a show lies."""
    folder = ShowFolder(place.parent)
    ours = (folder.templates, folder.feeds, folder.state)
    known = {"episodes", "transcripts", *(one.name for one in ours)}
    return place.name in known and folder.show.exists()


def _refuse_others(
    site: Path, target: str, files: AbstractFileSystem, root: str, *, new: bool
) -> None:
    """Raise UsageError where files of others would be written over, or their site go.

    ``new``: nobody deployed there yet. Whose site lies there tells its ``robots.txt``.
    """
    if new:
        own = sorted(path.name for path in _files(site) if path.parent == site)
        found = [name for name in own if files.exists(f"{root}/{name}")]
        problem = f"has files that were not brought by deploy: {', '.join(found)}"
    else:
        try:
            there = files.cat_file(f"{root}/{ROBOTS}")
        except FileNotFoundError:
            return
        found = _addresses(there)
        ours = _addresses((site / ROBOTS).read_bytes())
        problem = f"holds the site of {', '.join(found)}"
        if found == ours:
            return
    if found:
        remedy = "name another place; --all writes over them, if that is meant"
        raise UsageError(target, problem, remedy)


def _refuse_older(target: str, known: str, taken: Mapping[str, int]) -> None:
    """Raise UsageError where more was taken back when the target's site was brought.

    As where a clone that lacks another's latest commits is deployed: what a doctor
    withdrew, or a name, would be public again.
    """
    try:
        there: Any = json.loads(known or "{}")
    except ValueError:
        return
    if not isinstance(there, dict):
        return
    if any(count > taken.get(one, 0) for one, count in there.items()):
        raise UsageError(
            target,
            "has a site for which more was withdrawn or redacted than is known here",
            "take in others' work (git pull) and build, then deploy; --all brings this"
            " one, if that is meant",
        )


def _addresses(robots: bytes) -> list[str]:
    """Return the addresses of the sitemaps, without their names: whose site it is."""
    lines = robots.decode(errors="replace").splitlines()
    return [s[9:].rpartition("/")[0] for s in lines if s.startswith("Sitemap: ")]


def _note(files: AbstractFileSystem, root: str) -> dict[str, str] | None:
    """Return what lies at the target; None where nobody deployed to it yet."""
    try:
        found: Any = json.loads(files.cat_file(f"{root}/{NOTE}"))
    except FileNotFoundError:
        return None
    except ValueError:
        return {}  # half-written: everything is brought again
    rows = found.items() if isinstance(found, dict) else ()
    return {str(path): str(digest) for path, digest in rows if _inside(str(path))}


def _inside(path: str) -> bool:
    """Say whether a path of the note stays below the target: it is deleted by it."""
    return not path.startswith("/") and ".." not in path.split("/")


def _digests(site: Path) -> dict[str, str]:
    return {
        path.relative_to(site).as_posix(): file_sha256(path) for path in _files(site)
    }


def _files(site: Path) -> Iterator[Path]:
    for path in sorted(site.rglob("*")):
        # names that begin with a dot are notes for the next build
        if path.is_file() and not path.name.startswith("."):
            yield path
