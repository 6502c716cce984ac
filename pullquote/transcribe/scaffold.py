"""The first ``transcript.md`` of an episode, for people to correct. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pullquote.formats.disk import text_digest
from pullquote.formats.sentences import sentences
from pullquote.formats.words_json import format_words
from pullquote.model.episode import Episode
from pullquote.model.show import Person, Show
from pullquote.model.transcript import MachineTranscript, Segment, Transcript, Turn
from pullquote.transcribe.names import called_upon, introduced

UNKNOWN = "Speaker"
"""Who speaks where voices were not told apart: nobody in particular."""
_PAUSE = 2_000
"""Milliseconds of silence at which such speech becomes a new turn."""


def scaffold_transcript(
    machine: MachineTranscript, show: Show, episode: Episode
) -> Transcript:
    """Return turns by voice, one sentence a line.

    A voice that introduces itself by the name of one of the show's people, that answers
    when that one is called upon, or that is like that one's print, gets the name as a
    guess, never as a fact; every other voice keeps its label.
    """
    people = _expected(show, episode)
    names = _agreed(
        introduced(machine.segments, people),
        called_upon(machine.segments, people),
        _recognised(machine, show),
    )
    return Transcript(
        episode=machine.episode,
        language=machine.language,
        turns=tuple(_turn(run, names) for run in _runs(machine.segments)),
        words_digest=text_digest(format_words(machine)),
    )


def _recognised(machine: MachineTranscript, show: Show) -> dict[str, str]:
    """Return the names of voices that are like a person's print, by label."""
    people = {label: show.person(i) for label, i in machine.guesses.items()}
    return {label: person.name for label, person in people.items() if person}


def _agreed(*sources: Mapping[str, str]) -> dict[str, str]:
    """Return names by label; where two sources do not agree there is none."""
    names: dict[str, str] = {}
    for label in {label for given in sources for label in given}:
        told = {given[label] for given in sources if label in given}
        others = {given[o] for given in sources for o in given if o != label}
        if len(told) == 1 and not told & others:
            names[label] = told.pop()
    return names


def _expected(show: Show, episode: Episode) -> tuple[Person, ...]:
    """Return who may speak: the episode's people if it names any."""
    named = tuple(p for i in episode.people if (p := show.person(i)) is not None)
    return named or show.people


def _runs(segments: Sequence[Segment]) -> list[list[Segment]]:
    """Group consecutive segments of one voice, unknown voices up to a pause."""
    runs: list[list[Segment]] = []
    for segment in segments:
        before = runs[-1][-1] if runs else None
        pause = segment.start - before.end if before else 0
        same = before is not None and before.speaker == segment.speaker
        if same and (segment.speaker is not None or pause < _PAUSE):
            runs[-1].append(segment)
        else:
            runs.append([segment])
    return runs


def _turn(run: Sequence[Segment], names: Mapping[str, str]) -> Turn:
    label = run[0].speaker or UNKNOWN
    return Turn(
        start=run[0].start // 1000 * 1000,  # words.json keeps the rest
        speaker=names.get(label, label),
        guessed=label in names,
        sentences=sentences(" ".join(segment.text for segment in run)),
    )
