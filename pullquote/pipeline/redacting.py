"""Take a private stretch out of everything that an episode's folder holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redactions_toml import add_redaction, load_redactions
from pullquote.formats.show_toml import load_show
from pullquote.formats.suggestions_json import (
    load_digest,
    load_suggestions,
    save_suggestions,
)
from pullquote.formats.transcript_md import save_transcript
from pullquote.mark.cut.draft import within
from pullquote.mark.private.redact import redact
from pullquote.model.align import align
from pullquote.model.answer import Clip, Redaction, Suggestion
from pullquote.model.transcript import MachineTranscript, TimedTurn, Transcript
from pullquote.pipeline.episode_reader import load_spoken
from pullquote.pipeline.transcribing import mask_episodes


def redact_episode(
    folder: ShowFolder, paths: EpisodeFolder, redaction: Redaction
) -> None:
    """Write a redaction, mask the machine's words, mend transcript and suggestions.

    In this order, so that no output has the words wherever it is interrupted. Raises
    PullquoteError where a file cannot be read or written.
    """
    show = load_show(folder.show)
    before = load_spoken(paths, show)
    add_redaction(paths.redactions, redaction)
    for outcome in mask_episodes(folder, show, [paths.slug]):
        if outcome.error is not None:
            raise outcome.error
    if before.transcript is None:
        return
    turns = redact(before.turns, load_redactions(paths.redactions))
    mend_suggestions(paths, turns, [redaction.clip])
    mended = without_words(before.transcript, before.machine, redaction)
    if mended != before.transcript:
        save_transcript(paths.transcript, mended)


def mend_suggestions(
    paths: EpisodeFolder, turns: Sequence[TimedTurn], clips: Sequence[Clip]
) -> None:
    """Say each question that a clip touches as ``turns`` have it: they are redacted."""
    if not paths.suggestions.is_file():
        return
    suggestions = load_suggestions(paths.suggestions)
    mended = tuple(_mended(one, turns, clips) for one in suggestions)
    if mended != suggestions:
        made_from = load_digest(paths.suggestions)
        save_suggestions(paths.suggestions, paths.slug, mended, made_from)


def _mended(
    one: Suggestion, turns: Sequence[TimedTurn], clips: Sequence[Clip]
) -> Suggestion:
    question = one.question
    if not any(clip.overlaps(question.start, question.end) for clip in clips):
        return one
    heard = within(turns, Clip(start=question.start, end=question.end))
    text = " ".join(turn.text for turn in heard)
    return replace(one, question=replace(question, text=text))


def without_words(
    transcript: Transcript, machine: MachineTranscript | None, redaction: Redaction
) -> Transcript:
    """Return the transcript with other words in the stretch of a redaction."""
    timed = iter(align(transcript, machine))
    turns = []
    for turn in transcript.turns:
        if not turn.text.split():
            turns.append(turn)  # has no words, and no timed turn
            continue
        said = next(timed)
        left = redact((said,), (redaction,))
        if left == (said,):
            turns.append(turn)
        elif left:
            turns.append(replace(turn, sentences=_sentences(left[0])))
    return replace(transcript, turns=tuple(turns))


def _sentences(turn: TimedTurn) -> tuple[str, ...]:
    texts = [word.text for word in turn.words]
    edges = (*turn.sentence_starts, len(texts))
    return tuple(" ".join(texts[a:b]) for a, b in pairwise(edges))
