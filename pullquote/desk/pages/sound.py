"""The sound of an episode for the desk: which file, and what is to be said about it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.desk.context import Desk
from pullquote.errors import MediaError, PullquoteError, UsageError
from pullquote.formats.disk import write_text
from pullquote.formats.enclosure_json import is_own_sound
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.peaks_json import format_peaks
from pullquote.media import sound as media
from pullquote.media.recording import whole_recording
from pullquote.model.episode import Recording

if TYPE_CHECKING:
    from starlette.responses import Response

_PLAYED = {
    ".flac": "audio/flac",
    ".m4a": "audio/mp4",
    ".mp3": "audio/mpeg",
    ".mp4": "video/mp4",
    ".oga": "audio/ogg",
    ".ogg": "audio/ogg",
    ".opus": "audio/ogg",
    ".wav": "audio/wav",
    ".weba": "audio/webm",
    ".webm": "video/webm",
}
"""What browsers play; of other recordings the enclosure is heard."""

_NOT_HERE = (
    "The recording is not on this machine. The text can be edited; to hear it, pull it "
    "again: pullquote pull {source}"
)
_NO_RECORDING = "There is no recording of this episode. The text can be edited."


@dataclass(frozen=True, slots=True)
class Sound:
    """What can be heard of an episode; without a file ``note`` says why."""

    file: Path | None
    note: str = ""


def sound_of(paths: EpisodeFolder) -> Sound:
    """Return an episode's sound: the recording, whose times the words have, if it plays.

    Looked for on disk each time: it may come or go while the desk is open.
    """
    try:
        recording = load_episode(paths.facts).recording
    except PullquoteError as error:
        return Sound(None, str(error))
    both = (
        (paths.enclosure, paths.enclosure_facts),
        (paths.m4a, paths.m4a_facts),
    )
    files = [sound for sound, facts in both if _is_own(sound, facts)]
    note = ""
    if recording is not None:
        try:
            files.insert(0, whole_recording(paths, recording))
        except MediaError as error:
            there = paths.recording(recording.file).is_file()
            note = str(error) if there else _missing(paths, recording)
    for file in files:
        if file.suffix.lower() in _PLAYED and file.is_file() and file.stat().st_size:
            return Sound(file)
    return Sound(None, note or _NO_RECORDING)


def _is_own(sound: Path, facts: Path) -> bool:
    """Say whether a sound is there and of this cut: another has other words there."""
    return sound.is_file() and is_own_sound(sound, facts)


def _missing(paths: EpisodeFolder, recording: Recording) -> str:
    if ShowFolder(paths.root).arriving(recording.source_id).is_dir():
        return "The recording is still coming. The text can be edited now."
    return _NOT_HERE.format(source=recording.source)


_ONE_AT_A_TIME = threading.Lock()


def waveform(desk: Desk, paths: EpisodeFolder) -> Path:
    """Return the waveform: the one that pull made, else one made now and kept.

    A clone has none, for it is not committed. An hour of sound takes some seconds.
    Raises UsageError where there is no sound, MediaError where it cannot be decoded.
    """
    if paths.peaks.is_file():
        return paths.peaks
    file = _heard(paths)
    made = desk.state / "peaks" / f"{paths.slug}.json"
    with _ONE_AT_A_TIME:
        if not made.is_file() or made.stat().st_mtime < file.stat().st_mtime:
            write_text(made, format_peaks(media.waveform(file)))
    return made


def sound_response(paths: EpisodeFolder) -> Response:
    """Return the sound, or the range of it that is asked for.

    Raises UsageError where there is none.
    """
    from starlette.responses import FileResponse

    file = _heard(paths)
    # a browser may keep the pieces it has, and asks whether they still hold
    headers = {"cache-control": "private, no-cache"}
    return FileResponse(file, media_type=_PLAYED[file.suffix.lower()], headers=headers)


def _heard(paths: EpisodeFolder) -> Path:
    sound = sound_of(paths)
    if sound.file is None:
        raise UsageError(paths.slug, "has no sound here", sound.note)
    return sound.file
