"""The first ``transcript.md`` of an episode, for people to correct. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from pullquote.formats.disk import text_digest
from pullquote.formats.words_json import format_words
from pullquote.model.episode import Episode
from pullquote.model.show import Person, Show
from pullquote.model.transcript import MachineTranscript, Segment, Transcript, Turn
from pullquote.transcribe.introductions import introduced
from pullquote.transcribe.stitch import ends_sentence

UNKNOWN = "S?"
"""Label of speech whose voice was not told apart."""


def scaffold_transcript(
    machine: MachineTranscript, show: Show, episode: Episode
) -> Transcript:
    """Return turns by voice, one sentence a line.

    A voice that introduces itself by the name of one of the show's people gets
    that name as a guess, never as a fact; every other voice keeps its label.
    """
    people = _expected(show, episode)
    names = introduced(machine.segments, people)
    return Transcript(
        episode=machine.episode,
        language=machine.language,
        turns=tuple(_turn(run, names) for run in _runs(machine.segments)),
        words_digest=text_digest(format_words(machine)),
    )


def _expected(show: Show, episode: Episode) -> tuple[Person, ...]:
    """Return who may speak: the episode's people if it names any."""
    named = tuple(p for i in episode.people if (p := show.person(i)) is not None)
    return named or show.people


def _runs(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group consecutive segments of one voice."""
    runs: list[list[Segment]] = []
    for segment in segments:
        if runs and runs[-1][-1].speaker == segment.speaker:
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _turn(run: Sequence[Segment], names: Mapping[str, str]) -> Turn:
    label = run[0].speaker or UNKNOWN
    return Turn(
        start=run[0].start,
        speaker=names.get(label, label),
        guessed=label in names,
        sentences=_sentences(run),
    )


def _sentences(run: Sequence[Segment]) -> tuple[str, ...]:
    sentences: list[str] = []
    current: list[str] = []
    for word in (w for segment in run for w in segment.words):
        current.append(_readable(word.text))
        if ends_sentence(word.text):
            sentences.append(" ".join(current))
            current = []
    if current:
        sentences.append(" ".join(current))
    return tuple(sentences)


def _readable(text: str) -> str:
    """Return the word without anything that would break a line of text."""
    return re.sub(r"\s+", " ", text).strip()
