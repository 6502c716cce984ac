"""Takes over a transcript that another tool or a person made."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from itertools import count, groupby
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from pullquote.errors import ContentError, UsageError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import file_sha256, text_digest, write_text
from pullquote.formats.episode_toml import load_episode, save_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.imported import load_segments, spoken_code, told_language
from pullquote.formats.redactions_toml import holds_by_time
from pullquote.formats.sentences import sentences
from pullquote.formats.transcript_md import save_transcript
from pullquote.formats.words_json import format_words, load_words
from pullquote.model.episode import Episode
from pullquote.model.show import Show, untitled
from pullquote.model.speaking import label_number, labelled
from pullquote.model.transcript import (
    IMPORTED,
    Engine,
    MachineTranscript,
    Segment,
    Transcript,
    Turn,
)

_SLUG = re.compile(r"(\d{4}-\d{2}-\d{2})-([a-z0-9]+(?:-[a-z0-9]+)*)")
_LANGUAGE = re.compile("[a-z]{2,3}")
_SLACK = 5_000
"""Milliseconds that captions may run past the recording's last sound."""


def import_transcript(
    folder: ShowFolder, show: Show, name: str, file: Path, language: str | None = None
) -> tuple[Path, str]:
    """Write ``words.json`` and ``transcript.md`` from ``file``.

    Returns the latter and its language: ``language``, else what the file tells, else
    the show's. Makes the episode where ``name`` is a new slug (date held and short
    title). Names in the file get a question mark: only a person here may confirm
    them. Raises ContentError where there is a transcript already, or redactions of
    another one, UsageError where ``name`` is no episode and no slug, or ``language`` no
    language.
    """
    if language is not None and not _LANGUAGE.fullmatch(language):
        raise UsageError("--language", f"{language!r} is no language", "write en, de …")
    segments = [
        replace(segment, speaker=_as_in_show(show, segment.speaker))
        for segment in load_segments(file)
    ]
    paths, episode = _episode(folder, name)
    if paths.transcript.exists():
        raise ContentError(
            paths.transcript,
            "is there already, and may hold your corrections",
            "move it away first if you want the imported one",
        )
    language = spoken_code(
        language or told_language(file) or show.transcribe.language or show.language
    )
    origin, sha256 = file.name, file_sha256(file)
    _refuse_other_times(paths, sha256)
    write_imported(paths, episode, language, segments, origin, sha256)
    return paths.transcript, language


def _refuse_other_times(paths: EpisodeFolder, sha256: str) -> None:
    """Raise ContentError where redactions, or what may stay, have their times from other words.

    Captions tell no word's time: at that of a viewer's name these may have a doctor's
    "not", and the name elsewhere.
    """
    if not holds_by_time(paths.redactions):
        return
    before = load_words(paths.words) if paths.words.is_file() else None
    if before is None or before.engine.options.get("sha256") != sha256:
        raise ContentError(
            paths.redactions,
            "has its times from other words than those of this file",
            "move it away first, and redact again before you build:"
            f" pullquote private {paths.slug}",
        )


def _as_in_show(show: Show, speaker: str | None) -> str | None:
    """Return a name as the show writes it; a meeting's may have titles, or an office."""
    name = speaker or ""
    person = show.person_named(name) or show.person_named(untitled(name))
    return person.name if person else speaker


def write_imported(
    paths: EpisodeFolder,
    episode: Episode,
    language: str,
    segments: Sequence[Segment],
    origin: str,
    sha256: str,
) -> None:
    """Write an episode's ``words.json``, voices by labels alone, and ``transcript.md``.

    ``origin`` is the name or address of the file that holds ``segments``. Raises
    ContentError where they are of a longer recording.
    """
    machine = _machine(paths.slug, episode, language, segments, origin, sha256)
    words = format_words(machine)
    save_episode(paths.facts, episode)
    write_text(paths.words, words)
    transcript = Transcript(
        episode=paths.slug,
        language=machine.language,
        turns=tuple(_turns(segments)),
        words_digest=text_digest(words),
    )
    save_transcript(paths.transcript, transcript)


def _episode(folder: ShowFolder, name: str) -> tuple[EpisodeFolder, Episode]:
    known = [s for s in folder.slugs() if s == name or s.startswith(name)]
    if name in known or len(known) == 1:
        paths = folder.episode(name if name in known else known[0])
        return paths, load_episode(paths.facts)
    match = _SLUG.fullmatch(name)
    try:
        held = date.fromisoformat(match[1]) if match else None
    except ValueError:
        held = None
    if match is None or held is None:
        raise UsageError(
            name,
            "is no episode, and no name for a new one",
            "name a new one by the date held and a short title: 2026-03-11-back-pain",
        )
    title = match[2].replace("-", " ").capitalize()
    episode = Episode(guid=str(uuid.uuid4()), title=title, held=held)
    return folder.episode(name), episode


def _machine(
    slug: str,
    episode: Episode,
    language: str,
    segments: Sequence[Segment],
    origin: str,
    sha256: str,
) -> MachineTranscript:
    end = max(segment.end for segment in segments)
    recording = episode.recording
    if recording is not None and end > recording.duration + _SLACK:
        raise ContentError(
            origin,
            f"ends at {format_clock(end)}, after the recording's "
            f"{format_clock(recording.duration)}",
            "import the transcript of this very recording",
        )
    return MachineTranscript(
        episode=slug,
        language=language,
        duration=recording.duration if recording else max(end, _hosted(episode)),
        recording_sha256=recording.sha256 if recording else "",
        engine=Engine(
            runtime=IMPORTED,
            model=PurePath(urlsplit(origin).path).suffix[1:].lower() or "text",
            weights_sha256="",
            options={"sha256": sha256},
        ),
        segments=labelled(segments),
    )


def _hosted(episode: Episode) -> int:
    """Return the milliseconds that an old host told, 0 where it did not."""
    return episode.enclosure.duration if episode.enclosure else 0


def _turns(segments: Sequence[Segment]) -> Iterator[Turn]:
    """Yield turns; what nobody is named for has a label that no voice of the file has."""
    taken = {label_number(segment.speaker or "") for segment in segments}
    nobody = next(f"S{n}" for n in count(1) if n not in taken)
    for speaker, group in groupby(segments, key=lambda s: s.speaker):
        spoken = list(group)
        name = (speaker or "").strip("? ") or nobody  # the mark is ours to set
        yield Turn(
            start=spoken[0].start // 1000 * 1000,
            speaker=name,
            guessed=label_number(name) is None,
            sentences=sentences(" ".join(segment.text for segment in spoken)),
        )
