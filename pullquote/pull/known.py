"""What the show has already: by source id, by content, and what a kill left behind."""

from __future__ import annotations

import json
import re
import shutil
import time
import tomllib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pullquote.errors import ContentError
from pullquote.formats.disk import stamp, write_text
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import ShowFolder, strays
from pullquote.formats.words_json import load_words
from pullquote.model.episode import Episode

_KEYS = re.compile(r"^\s*(source_id|sha256|guid)\s*=\s*(.*)$", re.MULTILINE)
_OLD = 30 * 86400
"""Seconds after which a download that broke off is given up."""
_PARTS = (".enclosure.*.part", ".recording.*.part", ".cover.*.part", ".captions.*.part")
"""Temporary files beside machine-made ones: whoever wrote them was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The show's recordings: the slug for each source id or GUID, and for each sha256."""

    ids: dict[str, str]
    contents: dict[str, str]
    awaited: dict[str, str]
    """The slug for each guid of an episode that a feed brought without recording."""


def known(folder: ShowFolder) -> Known:
    """Return what was pulled before.

    ``episode.toml`` is read line by line: five hundred of them take no time, and
    a slip of the editor's elsewhere in it does not pull an episode twice.
    """
    ids: dict[str, str] = {}
    contents: dict[str, str] = {}
    awaited: dict[str, str] = {}
    own: dict[str, str] = {}  # a source may be our own feed: the old one, redirected
    slugs = folder.slugs()
    for slug in slugs:
        facts = _facts(folder.episode(slug).facts)
        if "sha256" in facts:
            contents[facts["sha256"]] = slug
        guid = facts.get("guid")
        if "source_id" in facts:
            ids[facts["source_id"]] = slug
            if guid is not None:
                own[guid] = slug
        elif guid is not None:
            awaited[guid] = slug
    same = {i: s for i, s in _same(folder).items() if s in slugs}
    return Known(ids={**same, **own, **ids}, contents=contents, awaited=awaited)


def is_nameless(folder: ShowFolder, slug: str) -> bool:
    """Say whether an episode's facts do not tell any more what it was made from."""
    facts = folder.episode(slug).facts
    return facts.is_file() and not _facts(facts)


def only_transcribed(folder: ShowFolder, slug: str) -> bool:
    """Say whether an episode has words, and neither a recording nor an old host's."""
    paths = folder.episode(slug)
    if not (paths.facts.is_file() and paths.words.is_file()):
        return False
    here = load_episode(paths.facts)
    return here.recording is None and here.enclosure is None


def waiting(folder: ShowFolder, episode: Episode) -> set[str]:
    """Return the names of transcripts whose episode is missing, but for ``episode``'s own.

    Somebody renamed the episode's folder alone: they are no other recording's.
    """
    mine = episode.recording.sha256 if episode.recording else None
    found = set()
    for name in strays(folder):
        with suppress(ContentError):
            if load_words(folder.episode(name).words).recording_sha256 == mine:
                continue
        found.add(name)
    return found


def remember_same(folder: ShowFolder, source_id: str, slug: str) -> None:
    """Keep that a source knows an episode's recording by another id too."""
    same = {**_same(folder), source_id: slug}
    write_text(_same_file(folder), json.dumps(same, indent=1, sort_keys=True))


def _same_file(folder: ShowFolder) -> Path:
    return folder.state / "same-recordings.json"


def _same(folder: ShowFolder) -> dict[str, str]:
    try:
        found = json.loads(_same_file(folder).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}  # losing it costs a download: the content is known again then
    return {str(k): str(v) for k, v in found.items()} if isinstance(found, dict) else {}


def _facts(path: Path) -> Mapping[str, str]:
    now = stamp(path)
    return {} if now is None else _facts_at(path, now)


@lru_cache(maxsize=1 << 15)  # a pull of thousands asks after each of them
def _facts_at(path: Path, _now: object) -> Mapping[str, str]:
    try:
        # a byte that is no text is a slip too: it must not hide the other lines
        text = path.read_bytes().decode("utf-8-sig", "replace")
    except OSError:
        return {}
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: dict[str, str] = {}
    for match in _KEYS.finditer(text):
        try:
            value = tomllib.loads(f"value = {match[2]}")["value"]
        except (ValueError, RecursionError):  # what is no TOML, and what is a bomb
            continue
        if isinstance(value, str):
            found.setdefault(match[1], value.strip())
    return found


def sweep(folder: ShowFolder) -> None:
    """Remove what killed processes left; the caller holds the show's lock.

    A download that broke off lately stays: the next pull goes on with it.
    """
    from filelock import FileLock, Timeout

    for lock in sorted((folder.state / "pull").glob("*.lock")):
        stage = lock.with_suffix("")
        try:
            with FileLock(lock, timeout=0):
                if stage.is_dir() and _is_old(stage):
                    shutil.rmtree(stage)
                if not stage.exists():
                    lock.unlink(missing_ok=True)
        except Timeout:
            continue  # at work
    shutil.rmtree(folder.state / "moving", ignore_errors=True)
    for pattern in _PARTS:
        for part in (folder.root / "episodes").glob(f"*/{pattern}"):
            part.unlink(missing_ok=True)


def _is_old(stage: Path) -> bool:
    files = [path for path in stage.rglob("*") if path.is_file()]
    newest = max((path.stat().st_mtime for path in files), default=0.0)
    return time.time() - newest > _OLD
