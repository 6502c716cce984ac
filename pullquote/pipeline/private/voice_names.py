"""Voices called by a redacted name, as a meeting's captions call whoever asked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pullquote.errors import PullquoteError, UsageError
from pullquote.formats import captions
from pullquote.formats.disk import change_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.suggestions_json import (
    load_digest,
    load_suggestions,
    save_suggestions,
)
from pullquote.formats.transcript_md import format_transcript, parse_transcript
from pullquote.mark.private.leaks import leaks
from pullquote.mark.private.redact import wording
from pullquote.mark.private.unresolved import is_stranger
from pullquote.model.show import Show
from pullquote.model.speaking import label_number
from pullquote.model.transcript import Transcript, Turn
from pullquote.pipeline.private.privacy import memory


def called_privately(
    folder: ShowFolder, show: Show, voices: Iterable[str]
) -> tuple[str, ...]:
    """Return which names of voices hold a word that was redacted; nobody's of the show."""
    strange = dict.fromkeys(
        voice
        for voice in voices
        if label_number(voice) is None and show.person_named(voice) is None
    )
    known = memory(folder) if strange else ()
    return tuple(v for v in strange if any(next(leaks(v, one), 0) for one in known))


def call_voice(
    folder: ShowFolder, show: Show, paths: EpisodeFolder, voice: str, name: str
) -> None:
    """Call a voice otherwise in suggestions, captions and ``transcript.md``.

    Raises UsageError where the new name is private as well or nobody's of the show,
    PullquoteError where a file cannot be read or written.
    """
    turn = Turn(start=0, speaker=name)
    if is_stranger(turn, show) or called_privately(folder, show, [name]):
        viewer = show.words.gettext("Viewer")
        remedy = f"write {viewer}, or the name of somebody in show.toml"
        raise UsageError(name, "would be printed and is nobody of the show", remedy)
    try:
        suggestions = load_suggestions(paths.suggestions)
    except PullquoteError:
        suggestions = ()  # there are none, or they are made anew
    renamed = tuple(
        replace(s, speakers=tuple(name if v == voice else v for v in s.speakers))
        for s in suggestions
    )
    if renamed != tuple(suggestions):
        made_from = load_digest(paths.suggestions)
        save_suggestions(paths.suggestions, paths.slug, renamed, made_from)
    if (words := wording(voice)) is not None:
        for path in paths.captions:
            change_text(path, lambda t: words.sub(lambda _: name, t), captions.text_of)

    def called(text: str) -> str:
        transcript = parse_transcript(text, paths.transcript)
        made = _called(transcript, voice, name)
        return text if made == transcript else format_transcript(made)

    change_text(paths.transcript, called)


def _called(transcript: Transcript, voice: str, name: str) -> Transcript:
    turns = (
        replace(turn, speaker=name, guessed=False) if turn.speaker == voice else turn
        for turn in transcript.turns
    )
    return replace(transcript, turns=tuple(turns))
