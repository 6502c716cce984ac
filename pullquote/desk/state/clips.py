"""Clips cut for reviewers, kept until newer ones push them out."""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from pathlib import Path

from pullquote.desk.context import Desk
from pullquote.desk.house import Read
from pullquote.errors import MediaError, PullquoteError
from pullquote.formats.enclosure_json import is_own_sound
from pullquote.mark.review.lost import lost_redactions, timed_elsewhere
from pullquote.media.recording import whole_recording
from pullquote.model.answer import Clip

_KEPT = 100


def unmuted(desk: Desk, read: Read) -> PullquoteError | None:
    """Return why nobody can tell what is to be silent in an episode's sound, if so.

    Its redactions cannot be read, one was lost, or they are another recording's.
    """
    entry, paths = read.entry, desk.folder.episode(read.entry.slug)
    found = [f for f in read.faults if f.where == str(paths.redactions)]
    found += lost_redactions(entry, paths)
    recording = entry.episode.recording
    if recording and entry.machine and entry.redactions:
        found += timed_elsewhere(entry.machine, recording.sha256, paths)
    return found[0] if found else None


class Clips:
    """Files in ``.pullquote/desk/clips/``."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._folder = desk.state / "clips"
        self._lock = threading.Lock()

    def source(self, read: Read) -> Path | None:
        """Return what can be heard of an episode: its recording, else its enclosure.

        That of another cut, as where git brought new facts, has other words there.
        """
        paths = self._desk.folder.episode(read.entry.slug)
        recording = read.entry.episode.recording
        found = [paths.enclosure]
        if recording is not None:
            with suppress(MediaError):  # it is not here, or is another file
                found.insert(0, whole_recording(paths, recording))
        root = self._desk.folder.root.resolve()
        for path in found:
            if not (path.is_file() and path.resolve().is_relative_to(root)):
                continue
            if path != paths.enclosure or is_own_sound(path, paths.enclosure_facts):
                return path
        return None

    def path(self, read: Read, clip: Clip) -> Path:
        """Return a clip's file, cut now if need be; redacted stretches are silent.

        Raises MediaError where nothing can be heard, and what ``unmuted`` returns.
        """
        from pullquote.media.clip import cut_clip

        if fault := unmuted(self._desk, read):
            raise fault
        source = self.source(read)
        if source is None:
            where = self._desk.folder.episode(read.entry.slug).enclosure
            raise MediaError(where, "is not on this machine", "pull the episode again")
        facts = source.stat()
        muted = tuple(r.silenced for r in read.entry.redactions)
        key = repr((str(source), facts.st_mtime_ns, facts.st_size, clip, muted))
        name = hashlib.sha256(key.encode()).hexdigest()[:32]
        path = self._folder / f"{name}.mp3"
        with self._lock:
            if not path.is_file():
                cut_clip(source, path, clip, muted)
                self._tidy()
        return path

    def _tidy(self) -> None:
        files = sorted(self._folder.glob("*.mp3"), key=lambda p: p.stat().st_mtime)
        for old in files[:-_KEPT]:
            with suppress(OSError):
                old.unlink()
