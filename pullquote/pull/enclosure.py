"""An episode's enclosure: made when it is missing or its facts have changed."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from pullquote.errors import PullquoteError, UsageError
from pullquote.formats.disk import file_named, file_sha256, write_text
from pullquote.formats.enclosure_json import (
    is_sound_of,
    load_enclosure,
    save_enclosure,
)
from pullquote.formats.folder import ShowFolder
from pullquote.formats.peaks_json import format_peaks, is_whole
from pullquote.formats.redactions_toml import load_redactions
from pullquote.media.decoded import Decoded
from pullquote.media.enclosure import (
    Form,
    made_from,
    make_enclosure,
    sound_from,
    tag_again,
)
from pullquote.media.enclosure_m4a import m4a_made_from, make_m4a, tag_m4a_again
from pullquote.media.tags import Tags
from pullquote.model.answer import Redaction
from pullquote.model.episode import Enclosure, Episode, Recording
from pullquote.model.progress import Progress, silent
from pullquote.model.show import Show
from pullquote.pull.item import restore_recording


def make_episode_enclosure(
    folder: ShowFolder,
    slug: str,
    show: Show,
    episode: Episode,
    progress: Progress = silent,
) -> Enclosure:
    """Return the enclosure, having made it if it is missing or out of date.

    What ``redactions.toml`` names cannot be heard in it; a tone may stand there.
    Does nothing where ``enclosure.json`` names this recording and these tags and
    the file is the one it names, and only writes tags where these alone differ: not
    even the recording need be there. Raises
    MediaError, ContentError (cover), SourceError (a recording that is missing
    and cannot be pulled again) and UsageError for an episode without one.
    """
    paths = folder.episode(slug)
    if episode.recording is None:
        remedy = "pull one, or add its [recording]"
        raise UsageError(paths.facts, "has no recording", remedy)
    tags = episode_tags(folder, slug, show, episode)
    redactions, form = load_redactions(paths.redactions), _form(show)
    muted = tuple(r.silenced for r in redactions)
    digest = made_from(episode.recording.sha256, tags, muted, form)
    heard = heard_in(show, episode.recording, redactions)
    mp3 = paths.enclosure, paths.enclosure_facts
    current = _current(*mp3, digest) or _tagged(*mp3, heard, tag_again, tags, digest)
    m4a, beside = (paths.m4a, paths.m4a_facts), m4a_made_from(heard)
    m4a_due = show.feed.m4a and not (
        _current(*m4a, m4a_made_from(digest))
        or _tagged(*m4a, beside, tag_m4a_again, tags, digest)
    )
    if current is not None and not m4a_due and is_whole(paths.peaks):
        return current
    recording = restore_recording(folder, slug, episode.recording, progress, show.video)
    place, bleep = paths.enclosure.parent, form.bleep
    with Decoded(
        recording, place, muted=muted, bleep=bleep, progress=progress
    ) as sound:
        write_text(paths.peaks, format_peaks(sound.levels.waveform()))
        if m4a_due:
            made = make_m4a(sound, paths.m4a, tags, digest, form)
            _save(*m4a, replace(made, sound_from=beside))
        if current is None:
            made = make_enclosure(sound, paths.enclosure, tags, digest, form)
            current = replace(made, sound_from=heard)
            _save(*mp3, current)
    return current


def episode_tags(folder: ShowFolder, slug: str, show: Show, episode: Episode) -> Tags:
    """Return what players are told about an episode."""
    speakers = [p.name for i in episode.people if (p := show.person(i)) is not None]
    comment = episode.summary or show.description
    if episode.synthetic and show.notice:
        comment = f"{show.notice} {comment}"
    return Tags(
        title=episode.title,
        show=show.title,
        held=episode.held,
        artist=", ".join(speakers) or show.author or show.title,
        season=episode.season,
        number=episode.number,
        comment=" ".join(comment.split()),
        link=episode.watch or show.site,
        language=show.language,
        copyright=show.feed.copyright,
        chapters=episode.chapters,
        cover=_cover(folder, slug, show, episode),
    )


def _cover(folder: ShowFolder, slug: str, show: Show, episode: Episode) -> Path | None:
    if episode.cover:
        return folder.episode(slug).recording(episode.cover)
    return file_named(folder.root, show.cover) if show.cover else None


def heard_in(show: Show, recording: Recording, redactions: Sequence[Redaction]) -> str:
    """Return the digest by which what is heard in an enclosure is up to date."""
    muted = tuple(one.silenced for one in redactions)
    return sound_from(recording.sha256, muted, _form(show))


def _form(show: Show) -> Form:
    return Form(
        loudness_mono=show.feed.loudness_mono,
        bit_rate=show.feed.bit_rate,
        bleep=show.feed.bleep,
    )


def _tagged(
    sound: Path,
    facts: Path,
    heard: str,
    again: Callable[[Enclosure, Path, Tags, str], Enclosure],
    tags: Tags,
    digest: str,
) -> Enclosure | None:
    """Write tags into an enclosure in which just this is heard, if it is whole."""
    found = _facts(sound, facts)
    if found is None or found.sound_from != heard or file_sha256(sound) != found.sha256:
        return None
    made = again(found, sound, tags, digest)
    _save(sound, facts, made)
    return made


def _current(sound: Path, facts: Path, digest: str) -> Enclosure | None:
    if (found := _facts(sound, facts)) is None:
        return None
    whole = _is_as_made(sound, facts, found)
    return found if whole and found.made_from == digest else None


def _facts(sound: Path, facts: Path) -> Enclosure | None:
    if not facts.is_file() or not sound.is_file():
        return None
    try:
        return load_enclosure(facts)
    except PullquoteError:
        return None  # a machine's file: it is made again


def _is_as_made(sound: Path, facts: Path, made: Enclosure) -> bool:
    """Say whether a file holds what its facts say, and note that it was looked at."""
    if not is_sound_of(made, sound, facts):
        return False
    if sound.stat().st_mtime_ns != facts.stat().st_mtime_ns:
        _seen(sound, facts)
    return True


def _save(sound: Path, facts: Path, made: Enclosure) -> None:
    save_enclosure(facts, made)
    _seen(sound, facts)


def _seen(sound: Path, facts: Path) -> None:
    """Give the facts the time of the sound that they tell of."""
    with suppress(OSError):  # it is read again the next time, then
        at = sound.stat()
        os.utime(facts, ns=(at.st_atime_ns, at.st_mtime_ns))
