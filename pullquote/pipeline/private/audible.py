"""Whether something redacted can be heard all the same."""

from __future__ import annotations

from pathlib import Path

from pullquote.errors import GateError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.enclosure_json import another_sound, is_sound_of
from pullquote.formats.folder import EpisodeFolder
from pullquote.model.answer import Clip, Redaction
from pullquote.model.library import Entry
from pullquote.model.show import Show

_AUDIBLE = 0.08
"""Amplitude above that of a bleep (``media.loudness``): speech is louder."""
_AGAIN = "make the sound again: pullquote run"
_BLUR = 60
"""Milliseconds at a redaction's edges that are not listened to."""


def sound_leaks(
    paths: EpisodeFolder, entry: Entry, show: Show
) -> tuple[PullquoteError, ...]:
    """Return each redaction that can be heard, here or at the host the feed leads to."""
    if entry.redactions and entry.episode.enclosure is not None:
        at = format_clock(entry.redactions[0].clip.start)
        problem = f"leads to sound at another host, with what is redacted at {at} in it"
        remedy = (
            "delete [enclosure], then pullquote run: the sound that was pulled is"
            " published instead; where none was, pull it first (docs/producer.md)"
        )
        return (GateError(paths.facts, problem, remedy),)
    return audible(paths, entry, show)


def audible(
    paths: EpisodeFolder, entry: Entry, show: Show
) -> tuple[PullquoteError, ...]:
    """Return each redaction whose stretch of an enclosure is more than a bleep.

    The sound was made before the redaction then; its facts tell that of a faint voice,
    where they are of this sound.
    """
    from pullquote.media.loudness import loudest

    both = (
        (paths.enclosure, paths.enclosure_facts, entry.enclosure),
        (paths.m4a, paths.m4a_facts, entry.m4a),
    )
    faults: list[PullquoteError] = [
        another_sound(sound, facts)
        for sound, facts, made in both
        if made and sound.is_file() and not is_sound_of(made, sound, facts)
    ]
    faults += [
        _heard(sound, redaction)
        for sound in (paths.enclosure, paths.m4a)
        if entry.redactions and sound.is_file()
        for redaction in entry.redactions
        if (inner := _inside(redaction.silenced)) and loudest(sound, inner) > _AUDIBLE
    ]
    older = entry.redactions and paths.enclosure.is_file() and _is_older(entry, show)
    if older and not faults:
        at = format_clock(entry.redactions[0].clip.start)
        problem = f"may be older than redactions.toml, with what is said at {at}"
        faults.append(GateError(paths.enclosure, problem, _AGAIN))
    return tuple(faults)


def _heard(sound: Path, redaction: Redaction) -> GateError:
    return GateError(
        sound,
        f"something private can be heard at {format_clock(redaction.clip.start)}",
        _AGAIN,
    )


def _is_older(entry: Entry, show: Show) -> bool:
    """Say whether an enclosure was made with other redactions, or for other settings."""
    from pullquote.pull.enclosure import heard_in

    recording, made = entry.episode.recording, entry.enclosure
    if recording is None or made is None or made.sound_from is None:
        return False  # nobody knows
    return made.sound_from != heard_in(show, recording, entry.redactions)


def _inside(clip: Clip) -> Clip | None:
    """Return a stretch without its edges, where a coder lets some sound over."""
    if clip.end - clip.start <= 3 * _BLUR:
        return None
    return Clip(start=clip.start + _BLUR, end=clip.end - _BLUR)
