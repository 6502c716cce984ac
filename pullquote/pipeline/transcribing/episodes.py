"""Transcribing over all episodes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import ContentError, PullquoteError, number_of
from pullquote.formats.corrections_json import (
    load_corrections,
    load_glossary,
    save_corrections,
)
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder, log_of, strays
from pullquote.formats.redactions_toml import holds_by_time, load_redactions
from pullquote.formats.transcript_md import save_transcript
from pullquote.formats.words_json import load_words, save_words
from pullquote.mark.private.redact import without_private
from pullquote.mark.review.lost import timed_elsewhere
from pullquote.media.recording import whole_recording
from pullquote.model.episode import Episode
from pullquote.model.progress import Progress
from pullquote.model.show import Show, TranscribeSettings
from pullquote.model.transcript import IMPORTED, MachineTranscript
from pullquote.pipeline.outcome import Outcome, Reporter, done, failed, unchanged
from pullquote.pipeline.private.masking import masked_words
from pullquote.pipeline.transcribing.voices import Prints, known_voices

if TYPE_CHECKING:
    from pullquote.transcribe.stage import Asked, Job, Transcribed
    from pullquote.transcribe.transcriber import Transcriber


@dataclass
class Hints:
    """What is known of a show before its recordings are heard: words and voices."""

    folder: ShowFolder
    show: Show
    settings: TranscribeSettings
    reporter: Reporter

    def asked(self, episode: Episode, slug: str, sha256: str) -> Asked:
        """Return what to ask of a recording. Raises PullquoteError."""
        from pullquote.transcribe.stage import Asked
        from pullquote.transcribe.words.glossary import glossary_of

        return Asked(
            episode=slug,
            recording_sha256=sha256,
            settings=self.settings,
            glossary=glossary_of(self.show, episode, self._pieces),
            prints=self._prints if self.settings.speakers else {},
        )

    @cached_property
    def _pieces(self) -> Callable[[str], int]:
        from pullquote.transcribe.engine.ctranslate2_runtime import piece_counter
        from pullquote.transcribe.engine.weights import find_weights, located

        here = located(self.settings, self.folder.root)
        return piece_counter(find_weights(here.model))

    @cached_property
    def _prints(self) -> Prints:
        return known_voices(self.folder, self.show, self.reporter)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An episode whose recording is to be transcribed."""

    paths: EpisodeFolder
    episode: Episode
    media: Path
    asked: Asked
    duration: int
    """Milliseconds, as it was pulled."""

    @property
    def job(self) -> Job:
        """The recording and what is asked of it."""
        from pullquote.transcribe.stage import Job

        return Job(recording=self.media, asked=self.asked, duration=self.duration)


def transcribe_episodes(
    folder: ShowFolder,
    show: Show,
    slugs: Sequence[str],
    settings: TranscribeSettings,
    reporter: Reporter,
    *,
    again: bool = False,
) -> list[Outcome]:
    """Transcribe what is not transcribed with these settings yet.

    ``again`` also replaces a transcript that was imported from elsewhere. An
    existing ``transcript.md`` is people's and stays as it is.
    """
    from pullquote.transcribe.engine.weights import located
    from pullquote.transcribe.transcriber import Transcriber

    hints = Hints(folder, show, settings, reporter)
    transcriber = Transcriber(located(settings, folder.root))
    outcomes: dict[str, Outcome] = {}
    for dues in _together(dues_of(hints, slugs, outcomes, again=again)):
        what = dues[0].paths.slug if len(dues) == 1 else f"{len(dues)} clips"
        with reporter.task(f"Transcribing {what}") as progress:
            results = _results(transcriber, dues, progress)
        for due, result in zip(dues, results, strict=True):
            outcomes[due.paths.slug] = outcome_of(due, show, result)
    return [outcomes[slug] for slug in slugs]


def _together(dues: Iterable[Due]) -> Iterator[list[Due]]:
    """Yield long recordings one by one, and short ones as many as memory holds."""
    from pullquote.transcribe.transcriber import MOST, SHORT

    short: list[Due] = []
    length = 0
    for due in dues:
        if due.duration > SHORT:
            yield [due]
            continue
        short.append(due)
        length += due.duration
        if length >= MOST:
            yield short
            short, length = [], 0
    if short:
        yield short


def _results(
    transcriber: Transcriber, dues: Sequence[Due], progress: Progress
) -> Sequence[Transcribed | PullquoteError]:
    try:
        if len(dues) == 1:
            return [transcriber.recording(dues[0].job, progress)]
        return transcriber.clips([due.job for due in dues], progress)
    except PullquoteError as error:
        return [error] * len(dues)


def dues_of(
    hints: Hints, slugs: Iterable[str], outcomes: dict[str, Outcome], *, again: bool
) -> Iterator[Due]:
    """Yield what is to be done, one at a time: an archive is never held at once.

    ``outcomes`` takes what became of the others.
    """
    for slug in slugs:
        try:
            found = due_to_transcribe(hints, slug, again=again)
        except PullquoteError as error:
            found = failed("transcribe", slug, error)
        if isinstance(found, Outcome):
            outcomes[slug] = found
        else:
            yield found


def outcome_of(due: Due, show: Show, result: Transcribed | PullquoteError) -> Outcome:
    """Save what was heard, and return what became of the episode."""
    if isinstance(result, PullquoteError):
        return failed("transcribe", due.paths.slug, result)
    try:
        return save_transcribed(due, show, result)
    except PullquoteError as error:
        return failed("transcribe", due.paths.slug, error)


def due_to_transcribe(hints: Hints, slug: str, *, again: bool) -> Due | Outcome:
    """Return what is to be transcribed, or what became of an episode that is not.

    Raises ContentError or MediaError where a file that it needs is unsound.
    """
    from pullquote.transcribe.current import is_current

    show, paths = hints.show, hints.folder.episode(slug)
    episode = load_episode(paths.facts)
    recording = episode.recording
    if recording is not None and not paths.transcript.parent.exists():
        _take_up(hints.folder, paths, recording.sha256)
    if not again:
        _refuse_lost(paths)
    existing = _readable_words(paths, again=recording is not None)
    imported = existing and existing.engine.runtime == IMPORTED
    if recording is None or (imported and not again):
        note = "imported" if existing else "no recording"
        return unchanged("transcribe", slug, note)
    chosen = existing and is_current(existing, recording.sha256, hints.settings)
    if existing and chosen and not again:
        changes = _glossary_matters(paths, existing, show)
        # A glossary is no reason where the recording is gone.
        if not (changes and paths.recording(recording.file).is_file()):
            offered = not changes and _offer_anew(paths, existing, show)
            if paths.transcript.exists() and not offered:
                return unchanged("transcribe", slug, _count(existing))
            _scaffold(paths, existing, show, episode)
            return done("transcribe", slug, _count(existing))
    # what is wrong in it is said before hours of work
    if existing and holds_by_time(paths.redactions):
        for fault in timed_elsewhere(existing, recording.sha256, paths):
            raise fault
        if imported:  # at a viewer's name a doctor's word may be heard
            raise ContentError(
                paths.redactions,
                "has its times from captions, which tell no word's time",
                "hear each, write its start and end anew, delete words.json, then:"
                f" pullquote transcribe {slug}",
            )
    return Due(
        paths=paths,
        episode=episode,
        media=whole_recording(paths, recording),
        asked=hints.asked(episode, slug, recording.sha256),
        duration=recording.duration,
    )


def _refuse_lost(paths: EpisodeFolder) -> None:
    """Raise ContentError where a transcript on which people worked is gone.

    As after a sync that broke off: a machine's would stand in its place unseen.
    """
    desk = log_of(ShowFolder(paths.root).desk, paths.slug)
    work = (paths.redactions, paths.decisions, desk, *paths.answers.glob("[!.]*.md"))
    if os.path.lexists(paths.transcript) or not any(map(Path.exists, work)):
        return
    here = "open it at the desk, which writes it as it was; else " * desk.exists()
    raise ContentError(
        paths.transcript,
        "is gone, with what people corrected in it",
        f"{here}take it from git or a backup; if the machine's words are to stand there:"
        f" pullquote transcribe {paths.slug} --again",
    )


def _take_up(folder: ShowFolder, paths: EpisodeFolder, sha256: str) -> None:
    """Rename the transcript of this very recording whose episode has another name now.

    An editor's work lies in it; heard again, the episode would stand there without.
    """
    for name in strays(folder):
        there = folder.episode(name)
        heard = _readable_words(there, again=True)
        if heard is not None and heard.recording_sha256 == sha256:
            there.transcript.parent.rename(paths.transcript.parent)
            return


def save_transcribed(due: Due, show: Show, found: Transcribed) -> Outcome:
    """Write what was heard, private words masked, and the first ``transcript.md``.

    Raises ContentError where the episode is not there any more, or cannot be read.
    """
    from pullquote.transcribe.words.glossary import show_texts

    paths = due.paths
    if not paths.facts.is_file():  # its redactions went along: nobody would mask these
        problem = "was renamed or deleted while it was heard, and nothing was written"
        raise ContentError(paths.facts, problem, "run it again")
    # an editor may have added some since
    redactions = load_redactions(paths.redactions)
    machine = masked_words(paths, show, found.machine, redactions)
    offers = without_private(found.corrections, redactions)
    # the words last: without them, or with another's, all of it is done again
    save_corrections(paths.corrections, paths.slug, offers, show_texts(show))
    save_words(paths.words, machine)
    _scaffold(paths, machine, show, due.episode)
    return done("transcribe", paths.slug, _count(machine))


def _count(machine: MachineTranscript) -> str:
    count = len(machine.words)
    return number_of(count, "word") if count else "0 words: nobody speaks"


def _glossary_matters(
    paths: EpisodeFolder, machine: MachineTranscript, show: Show
) -> bool:
    """Say whether the recording would be heard otherwise with the glossary as it is.

    Where it is not known with which one it was heard, nobody asked for another.
    """
    from pullquote.transcribe.current import glossary_matters

    before = load_glossary(paths.corrections)
    made = load_corrections(paths.corrections)
    return before is not None and glossary_matters(machine, before, made, show)


def _offer_anew(paths: EpisodeFolder, machine: MachineTranscript, show: Show) -> bool:
    """Offer anew where the glossary changed but not the words; say if so."""
    from pullquote.transcribe.current import offered_anew
    from pullquote.transcribe.words.glossary import show_texts

    texts = show_texts(show)
    if load_glossary(paths.corrections) == texts:
        return False
    found = offered_anew(machine, load_corrections(paths.corrections), show)
    offers = without_private(found, load_redactions(paths.redactions))
    save_corrections(paths.corrections, paths.slug, offers, texts)
    return True


def _readable_words(paths: EpisodeFolder, *, again: bool) -> MachineTranscript | None:
    """Return what was transcribed; a damaged file is none if it can be made ``again``."""
    if not paths.words.is_file():
        return None
    try:
        return load_words(paths.words)
    except ContentError:
        if not again:
            raise
        return None


def _scaffold(
    paths: EpisodeFolder, machine: MachineTranscript, show: Show, episode: Episode
) -> None:
    from pullquote.transcribe.scaffold import scaffold_transcript

    if not paths.transcript.exists():
        transcript = scaffold_transcript(machine, show, episode)
        save_transcript(paths.transcript, transcript)
