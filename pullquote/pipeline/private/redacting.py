"""Take private stretches out of everything that tells of an episode."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats import captions
from pullquote.formats.answer_md import format_changes, load_answer, parse_answer
from pullquote.formats.begun_json import Begun, load_begun, save_begun
from pullquote.formats.corrections_json import load_corrections
from pullquote.formats.disk import change_text, read_text, sweep, text_digest
from pullquote.formats.edits_json import save_edits
from pullquote.formats.episode_toml import change_told, load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.notes_md import format_draft, parse_notes
from pullquote.formats.redactions_toml import add_redactions, load_redactions
from pullquote.formats.show_toml import load_show
from pullquote.formats.suggestions_json import (
    load_digest,
    load_suggestions,
    save_suggestions,
)
from pullquote.formats.transcript_md import format_transcript, parse_transcript
from pullquote.formats.writing import writing
from pullquote.mark.guard.edits import edits
from pullquote.mark.private.redact import Covered, as_said, redact
from pullquote.model.align import align, spread_around
from pullquote.model.answer import Anchor, Anchors, Clip, Kept, Redaction, Suggestion
from pullquote.model.show import Show
from pullquote.model.transcript import (
    IMPORTED,
    MachineTranscript,
    TimedTurn,
    Transcript,
    Word,
    within,
)
from pullquote.model.words import Words
from pullquote.pipeline.library.episode_reader import load_spoken
from pullquote.pipeline.library.load import load_with_words
from pullquote.pipeline.private.going import Gone, going
from pullquote.pipeline.private.masking import drop_preview, mask_episodes
from pullquote.pipeline.private.privacy import remember

_NEAR = 30_000
"""Milliseconds around a clip in which the words stand that its anchor quotes too."""


Change = Callable[[str], str]
Forget = Callable[[EpisodeFolder, Iterable[str], re.Pattern[str], Change, Change], None]
"""See ``desk.state.memory.forget``, which is above and has to be handed in."""


def redact_episode(
    folder: ShowFolder,
    paths: EpisodeFolder,
    redactions: Sequence[Redaction],
    forget: Forget,
    kept: Sequence[Clip] = (),
    *,
    instead: bool = False,
) -> Begun:
    """Write redactions and take their words out of every file that tells of the episode.

    All of them at once, however many: ``redactions.toml`` with them and with what may
    stay in one write, then suggestions, transcript, the machine's words, answers, notes
    and what the desk remembers, so that no output has the words wherever it is
    interrupted; ``finish_redactions`` goes on then. ``instead`` of what was begun and is
    taken back by now. Returns what was done. Raises PullquoteError where a file cannot be
    read or written.
    """
    if not instead and (left := load_begun(paths.begun)):
        _finish(folder, paths, left, forget, again=True)
    show = load_show(folder.show)
    before = load_spoken(paths, show)
    stays = tuple(
        one if isinstance(one, Kept) else as_said(one, before.turns) for one in kept
    )
    if not redactions:
        add_redactions(paths.redactions, (), stays)
        paths.begun.unlink(missing_ok=True)  # the last place of an act was taken back
        return Begun(redactions=(), kept=stays, going=())
    _refuse_unread(paths)
    redactions = [_silencing(one, before.machine) for one in redactions]
    heard = _heard(before.machine, load_redactions(paths.redactions))
    gone = going(redactions, before.turns, heard, show)
    begun = Begun(
        redactions=tuple(redactions),
        kept=stays,
        going=gone,
        transcript=_digest(paths),
    )
    save_begun(paths.begun, begun)
    try:
        add_redactions(paths.redactions, redactions, stays)
    except BaseException:  # nothing was done
        paths.begun.unlink()
        raise
    _finish(folder, paths, begun, forget, again=False)
    return begun


def finish_redactions(folder: ShowFolder, forget: Forget) -> None:
    """Do to its end what a killed process, or a full disk, left half-done.

    Raises PullquoteError where a file cannot be read or written.
    """
    for slug in folder.slugs():
        finish_redaction(folder, folder.episode(slug), forget)


def finish_redaction(folder: ShowFolder, paths: EpisodeFolder, forget: Forget) -> None:
    """Do one episode's to its end; raises as ``finish_redactions``."""
    if paths.begun.is_file():
        with writing(folder.desk):  # whoever began it may be at it still
            if begun := load_begun(paths.begun):
                _finish(folder, paths, begun, forget, again=True)


def _finish(
    folder: ShowFolder,
    paths: EpisodeFolder,
    begun: Begun,
    forget: Forget,
    *,
    again: bool,
) -> None:
    """Do what was begun; done ``again`` it changes nothing more.

    ``transcript.md`` before ``words.json``, by whose times its words are found: once that
    is masked, or the words are gone, others beside them might be taken for them. So what
    is another transcript by then is left as it is.
    """
    show, _ = load_with_words(folder)
    add_redactions(paths.redactions, begun.redactions, begun.kept)
    redactions = load_redactions(paths.redactions)
    spoken = load_spoken(paths, show)
    turns = redact(spoken.turns, redactions)
    if spoken.transcript is not None and not (
        again and _digest(paths) != begun.transcript
    ):
        if spoken.machine is not None:
            remember(paths, show, spoken.machine, spoken.transcript, redactions)
        _mend_suggestions(paths, turns, [one.clip for one in begun.redactions])
        _mend_transcript(paths, spoken.machine, begun.redactions)
    for outcome in mask_episodes(folder, show, [paths.slug], by_hand=False):
        if outcome.error is not None:
            raise outcome.error
    if spoken.transcript is not None:
        gone = Gone(begun.going, turns, show)
        ids = _mend_answers(paths, gone, turns, show)
        _mend_notes(paths, gone.out_of_notes, show.words)
        if paths.facts.is_file():
            change_told(paths.facts, gone.out_of_notes)
        if (words := gone.words) is not None:
            in_answer = partial(_out_of_file, gone)
            forget(paths, ids, words, gone.out_of, in_answer)
        drop_preview(folder)
    edited = paths.edits("x").parent
    for one in (paths.facts.parent, edited.parent, edited, paths.answers, paths.signed):
        sweep(one)  # what a killed process left may be of a file that has no such word
    paths.begun.unlink(missing_ok=True)


def _digest(paths: EpisodeFolder) -> str:
    there = paths.transcript.is_file()
    return text_digest(read_text(paths.transcript)) if there else ""


def _refuse_unread(paths: EpisodeFolder) -> None:
    """Raise for a file that cannot be read, or is not there, before anything is done."""
    if paths.transcript.is_file() and not paths.words.is_file():
        problem = "is not there: nobody knows when the words of transcript.md are said"
        remedy = f"pullquote transcribe {paths.slug}, then redact them"
        raise ContentError(paths.words, problem, remedy)
    for path in paths.captions:
        captions.text_of(path)
    load_corrections(paths.corrections)
    if paths.suggestions.is_file():
        load_suggestions(paths.suggestions)
    if paths.notes.is_file():
        read_text(paths.notes)
    if paths.facts.is_file():
        load_episode(paths.facts)


def _heard(
    machine: MachineTranscript | None, redactions: Sequence[Redaction]
) -> list[Word]:
    """Return what a machine heard, without what was put in: an answer may quote that."""
    words, put_in = machine.words if machine else (), Covered(redactions)
    return [word for word in words if not put_in.has(word)]


def _silencing(one: Redaction, machine: MachineTranscript | None) -> Redaction:
    """Return a redaction with what is to be silent where nobody knows its words' time.

    A caption tells no word's time: it may be said anywhere in it. What a machine did not
    hear, and somebody put in, may be said in either word beside it.
    """
    if machine is None:
        return one
    words, clip = machine.words, one.clip
    if machine.engine.runtime == IMPORTED:
        silence = spread_around(words, clip)
    elif clip.end - clip.start == 1 and not any(
        clip.takes(w.start, w.end) for w in words
    ):
        before = max((w.start for w in words if w.start < clip.start), default=0)
        after = min((w.end for w in words if w.end > clip.end), default=clip.end)
        silence = Clip(start=before, end=after)
    else:
        return one
    return replace(one, silence=silence if silence != one.clip else one.silence)


def _mend_notes(
    paths: EpisodeFolder, change: Callable[[str], str], words: Words
) -> None:
    """Take the words out of the show notes; a machine's draft stays one."""
    if not paths.notes.is_file():
        return

    def mended(text: str) -> str:
        notes, drafted = parse_notes(text)
        if not drafted:
            return change(text)
        body = notes.partition("\n\n")[2]  # below the line that says what it is
        changed = change(body)
        return text if changed == body else format_draft(changed, words)

    change_text(paths.notes, mended)


def _mend_suggestions(
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
    heard = within(turns, question.clip)
    text = " ".join(turn.text for turn in heard)
    return replace(one, question=replace(question, text=text))


def _mend_transcript(
    paths: EpisodeFolder,
    machine: MachineTranscript | None,
    redactions: Sequence[Redaction],
) -> None:
    """Write ``transcript.md`` without the words; what others write meanwhile stays."""

    def mended(text: str) -> str:
        transcript = parse_transcript(text, paths.transcript)
        made = without_words(transcript, machine, redactions)
        return text if made == transcript else format_transcript(made)

    change_text(paths.transcript, mended)


def without_words(
    transcript: Transcript,
    machine: MachineTranscript | None,
    redactions: Sequence[Redaction],
) -> Transcript:
    """Return the transcript with other words in the stretches of redactions."""
    spoken = [turn for turn in transcript.turns if turn.text.split()]
    timed = dict(zip(map(id, spoken), align(transcript, machine), strict=True))
    turns = []
    for turn in transcript.turns:
        heard = timed.get(id(turn))  # a turn without words has no timed one
        left = redact((heard,), redactions) if heard else ()
        if not heard or left == (heard,):
            turns.append(turn)
        elif left:
            turns.append(replace(turn, sentences=_sentences(left[0])))
    return replace(transcript, turns=tuple(turns))


def _sentences(turn: TimedTurn) -> tuple[str, ...]:
    texts = [word.text for word in turn.words]
    edges = (*turn.sentence_starts, len(texts))
    return tuple(" ".join(texts[a:b]) for a, b in pairwise(edges))


def _mend_answers(
    paths: EpisodeFolder, gone: Gone, turns: Sequence[TimedTurn], show: Show
) -> list[str]:
    """Take the words out of the episode's answers; return the ids of all.

    A signed copy that held them is no longer what was signed, and not shown. What was
    done to the spoken words is told anew: it quotes both.
    """
    ids = []
    for path in (*paths.answers.glob("[!.]*.md"), *paths.signed.glob("*.md")):
        try:
            answer = load_answer(path)
        except PullquoteError:
            continue  # status names it; the build's own search finds the words
        ids.append(answer.id)
        change_text(path, partial(_mend_answer, path, gone))
        known = paths.edits(answer.id)
        if path.parent == paths.answers and known.is_file():
            save_edits(known, answer.id, edits(load_answer(path), turns, show))
    return sorted(set(ids))


def _mend_answer(path: Path, gone: Gone, text: str) -> str:
    answer = parse_answer(text, path)
    asked, answered = answer.asked, answer.answered
    told = answer.withdrawal
    changed = replace(
        answer,
        question=gone.out_of_quote(answer.question, asked),
        body=gone.out_of_quote(answer.body, answered),
        accepted=tuple(gone.out_of_quote(one, answered) for one in answer.accepted),
        corrections=tuple(
            replace(one, note=gone.out_of_quote(one.note, answered))
            for one in answer.corrections
        ),
        withdrawal=told and replace(told, reason=gone.out_of(told.reason)),
        anchor=answer.anchor
        and Anchors(
            asked=_quoting(answer.anchor.asked, asked, gone),
            answered=_quoting(answer.anchor.answered, answered, gone),
        ),
    )
    return text if changed == answer else format_changes(text, path, changed)


def _out_of_file(gone: Gone, text: str) -> str:
    """Return what was an answer's file without the words, whatever it is by now."""
    try:
        return _mend_answer(Path("answer.md"), gone, text)
    except PullquoteError:
        return gone.out_of(text)


def _quoting(anchor: Anchor | None, clip: Clip, gone: Gone) -> Anchor | None:
    """Return an anchor with its texts changed: they quote what was said, and near it."""
    near = Clip(start=max(0, clip.start - _NEAR), end=clip.end + _NEAR)
    return anchor and replace(
        anchor,
        exact=gone.out_of_quote(anchor.exact, clip),
        prefix=gone.out_of_quote(anchor.prefix, near),
        suffix=gone.out_of_quote(anchor.suffix, near),
    )
