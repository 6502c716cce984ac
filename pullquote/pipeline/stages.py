"""The stages before the site: each over all episodes, one failure never stops the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pullquote.errors import ContentError, PullquoteError, UsageError
from pullquote.formats.disk import read_text, text_digest
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.formats.suggestions_json import load_digest, save_suggestions
from pullquote.formats.transcript_md import load_transcript, save_transcript
from pullquote.formats.words_json import load_words, save_words
from pullquote.mark.redact import mask
from pullquote.media.recording import whole_recording
from pullquote.model.answer import Redaction
from pullquote.model.episode import Episode, Recording
from pullquote.model.show import Show, TranscribeSettings
from pullquote.model.transcript import MachineTranscript
from pullquote.pipeline.deciding import show_habits
from pullquote.pipeline.importing import IMPORTED
from pullquote.pipeline.library import timed_turns
from pullquote.pipeline.outcome import Outcome, Reporter, failed
from pullquote.pipeline.privacy import remember


def _each(
    stage: str, slugs: Iterable[str], work: Callable[[str], Outcome]
) -> list[Outcome]:
    outcomes = []
    for slug in slugs:
        try:
            outcomes.append(work(slug))
        except PullquoteError as error:
            outcomes.append(failed(stage, slug, error))
    return outcomes


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

    def work(slug: str) -> Outcome:
        return _transcribe(folder.episode(slug), show, settings, reporter, again)

    return _each("transcribe", slugs, work)


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """An episode whose recording is to be transcribed."""

    paths: EpisodeFolder
    episode: Episode
    recording: Recording
    media: Path
    redactions: tuple[Redaction, ...]


def due_to_transcribe(
    paths: EpisodeFolder, show: Show, settings: TranscribeSettings, *, again: bool
) -> Due | Outcome:
    """Return what is to be transcribed, or what became of an episode that is not.

    Raises ContentError or MediaError where a file that it needs is unsound.
    """
    from pullquote.transcribe.stage import is_current

    episode = load_episode(paths.facts)
    recording = episode.recording
    existing = _readable_words(paths, again=recording is not None)
    if recording is None or (existing and _keep_imported(existing, again)):
        note = "imported" if existing else "no recording"
        return _unchanged("transcribe", paths.slug, note)
    chosen = existing and is_current(existing, recording.sha256, settings)
    if existing is None or again or not chosen:
        return Due(
            paths=paths,
            episode=episode,
            recording=recording,
            media=whole_recording(paths, recording),
            redactions=load_redactions(paths.redactions),
        )
    if paths.transcript.exists():
        return _unchanged("transcribe", paths.slug, f"{len(existing.words)} words")
    _scaffold(paths, existing, show, episode)
    return _transcribed(paths, existing)


def save_transcribed(due: Due, show: Show, machine: MachineTranscript) -> Outcome:
    """Write what was heard, private words masked, and the first ``transcript.md``."""
    machine = _masked(due.paths, show, machine, due.redactions)
    save_words(due.paths.words, machine)
    _scaffold(due.paths, machine, show, due.episode)
    return _transcribed(due.paths, machine)


def _transcribed(paths: EpisodeFolder, machine: MachineTranscript) -> Outcome:
    note = f"{len(machine.words)} words"
    return Outcome(stage="transcribe", subject=paths.slug, state="done", note=note)


def _transcribe(
    paths: EpisodeFolder,
    show: Show,
    settings: TranscribeSettings,
    reporter: Reporter,
    again: bool,
) -> Outcome:
    from pullquote.transcribe.stage import transcribe_recording

    due = due_to_transcribe(paths, show, settings, again=again)
    if isinstance(due, Outcome):
        return due
    with reporter.task(f"Transcribing {paths.slug}") as progress:
        machine = transcribe_recording(
            due.media,
            episode=paths.slug,
            recording_sha256=due.recording.sha256,
            settings=settings,
            progress=progress,
        )
    return save_transcribed(due, show, machine)


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


def _keep_imported(existing: MachineTranscript, again: bool) -> bool:
    return existing.engine.runtime == IMPORTED and not again


def _unchanged(stage: str, slug: str, note: str) -> Outcome:
    return Outcome(stage=stage, subject=slug, state="unchanged", note=note)


def _scaffold(
    paths: EpisodeFolder, machine: MachineTranscript, show: Show, episode: Episode
) -> None:
    from pullquote.transcribe.scaffold import scaffold_transcript

    if not paths.transcript.exists():
        transcript = scaffold_transcript(machine, show, episode)
        save_transcript(paths.transcript, transcript)


def mask_episodes(
    folder: ShowFolder, show: Show, slugs: Sequence[str]
) -> list[Outcome]:
    """Take redacted words out of ``words.json``, so that git holds none of them.

    It is the one change ever made to that file.
    """

    def work(slug: str) -> Outcome:
        return _mask(show, folder.episode(slug))

    return _each("redact", slugs, work)


def _masked(
    paths: EpisodeFolder,
    show: Show,
    machine: MachineTranscript,
    redactions: tuple[Redaction, ...],
) -> MachineTranscript:
    """Return the words without the private ones, whose digests are remembered."""
    masked = mask(machine, redactions)
    if masked != machine:
        edited = paths.transcript.exists()
        transcript = load_transcript(paths.transcript) if edited else None
        remember(paths, show, machine, transcript, redactions)
    return masked


def _mask(show: Show, paths: EpisodeFolder) -> Outcome:
    redactions = load_redactions(paths.redactions)
    if not redactions or not paths.words.is_file():
        return _unchanged("redact", paths.slug, "")
    machine = load_words(paths.words)
    masked = _masked(paths, show, machine, redactions)
    if masked == machine:
        return _unchanged("redact", paths.slug, "")
    save_words(paths.words, masked)
    return Outcome(stage="redact", subject=paths.slug, state="done", note="words.json")


def suggest_episodes(
    folder: ShowFolder, slugs: Sequence[str], reporter: Reporter
) -> list[Outcome]:
    """Suggest cuts where what they are made from has changed since the last time."""

    def work(slug: str) -> Outcome:
        return _suggest(folder, folder.episode(slug), reporter)

    return _each("suggest", slugs, work)


def _suggest(folder: ShowFolder, paths: EpisodeFolder, reporter: Reporter) -> Outcome:
    from pullquote.mark.suggest import recipe, suggest

    if not paths.transcript.is_file():
        return _unchanged("suggest", paths.slug, "no transcript")
    inputs = (paths.transcript, paths.words, paths.redactions)
    texts = [read_text(path) if path.is_file() else "" for path in inputs]
    habits = show_habits(folder, paths.slug)
    made_from = text_digest(recipe(), *texts, *map(repr, habits.weights.items()))
    if paths.suggestions.is_file() and load_digest(paths.suggestions) == made_from:
        return _unchanged("suggest", paths.slug, "")
    with reporter.task(f"Finding questions in {paths.slug}"):
        suggestions = suggest(timed_turns(paths), habits)
    save_suggestions(paths.suggestions, paths.slug, suggestions, made_from)
    return Outcome(
        stage="suggest",
        subject=paths.slug,
        state="done",
        note=f"{len(suggestions)} questions",
    )


def chosen_slugs(folder: ShowFolder, names: Sequence[str]) -> list[str]:
    """Return the episodes meant by slugs or their beginnings; none means all.

    Raises UsageError where a name means no episode, or several.
    """
    slugs = folder.slugs()
    if not names:
        return slugs
    return [chosen_slug(name, slugs) for name in names]


def chosen_slug(name: str, slugs: Sequence[str]) -> str:
    """Return the slug that is ``name``, or the only one that starts with it.

    Raises UsageError where there is none, or more than one.
    """
    found = [slug for slug in slugs if slug == name]
    found = found or [slug for slug in slugs if slug.startswith(name)]
    if len(found) == 1:
        return found[0]
    problem = "names several episodes" if found else "is no episode"
    known = ", ".join(found or slugs) or "there is none yet; pull one first"
    raise UsageError(name, problem, f"choose one of: {known}")
