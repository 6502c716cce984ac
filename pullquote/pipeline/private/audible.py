"""Whether something redacted can be heard all the same."""

from __future__ import annotations

from pullquote.errors import GateError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.folder import EpisodeFolder
from pullquote.model.answer import Clip
from pullquote.model.library import Entry

_AUDIBLE = 0.08
"""Amplitude above that of a bleep (``media.loudness``): speech is louder."""
_BLUR = 60
"""Milliseconds at a redaction's edges that are not listened to."""


def sound_leaks(paths: EpisodeFolder, entry: Entry) -> tuple[PullquoteError, ...]:
    """Return each redaction that can be heard, here or at the host the feed leads to."""
    if entry.redactions and entry.episode.enclosure is not None:
        at = format_clock(entry.redactions[0].clip.start)
        problem = f"leads to sound at another host, with what is redacted at {at} in it"
        remedy = (
            "delete [enclosure], then pullquote run: the sound that was pulled is"
            " published instead; where none was, pull it first (docs/producer.md)"
        )
        return (GateError(paths.facts, problem, remedy),)
    return audible(paths, entry)


def audible(paths: EpisodeFolder, entry: Entry) -> tuple[PullquoteError, ...]:
    """Return each redaction whose stretch of an enclosure is more than a bleep.

    The sound was made before the redaction then.
    """
    from pullquote.media.loudness import loudest

    return tuple(
        GateError(
            sound,
            f"something private can be heard at {format_clock(redaction.clip.start)}",
            "make the sound again: pullquote run",
        )
        for sound in (paths.enclosure, paths.m4a)
        if entry.redactions and sound.is_file()
        for redaction in entry.redactions
        if (inner := _inside(redaction.silenced)) and loudest(sound, inner) > _AUDIBLE
    )


def _inside(clip: Clip) -> Clip | None:
    """Return a stretch without its edges, where a coder lets some sound over."""
    if clip.end - clip.start <= 3 * _BLUR:
        return None
    return Clip(start=clip.start + _BLUR, end=clip.end - _BLUR)
