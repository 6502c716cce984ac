"""The recording as it was pulled, and nothing else in its place."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from pullquote.errors import MediaError
from pullquote.formats.disk import file_sha256, stamp
from pullquote.formats.folder import EpisodeFolder
from pullquote.model.episode import Recording


def whole_recording(paths: EpisodeFolder, recording: Recording) -> Path:
    """Return the path of an episode's recording once its bytes are what was pulled.

    Raises MediaError where it is not here or is another file. In one process a file
    is read again only after its size, time or inode has changed.
    """
    path = paths.recording(recording.file)
    if not path.is_file():
        raise MediaError(
            path,
            "the recording is not on this machine",
            f"pull it again: pullquote pull {recording.source}",
        )
    if _sha256(path, stamp(path)) != recording.sha256:
        raise MediaError(
            path,
            "is not the recording that was pulled (another sha256)",
            "put the old file back, or delete it and pull again",
        )
    return path


@lru_cache(1000)
def _sha256(path: Path, _now: object) -> str:
    return file_sha256(path)
