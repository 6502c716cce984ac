"""Takes redacted words out of what was heard, ``words.json`` and the source's captions."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import replace

from pullquote.errors import ContentError
from pullquote.formats import captions
from pullquote.formats.clock import format_clock
from pullquote.formats.corrections_json import (
    load_corrections,
    load_glossary,
    save_corrections,
)
from pullquote.formats.disk import write_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.words_json import load_words, save_words
from pullquote.mark.private.redact import mask, without_private
from pullquote.model.answer import Redaction
from pullquote.model.show import Show
from pullquote.model.transcript import MachineTranscript
from pullquote.pipeline.outcome import Outcome, done, each, unchanged
from pullquote.pipeline.private.privacy import remember, said_elsewhere


class NameElsewhereError(ContentError):
    """A name is about to be taken out of one place and to stay in another."""


def mask_episodes(
    folder: ShowFolder, show: Show, slugs: Sequence[str], *, by_hand: bool = True
) -> list[Outcome]:
    """Take redacted words out of ``words.json``, so that git holds none of them.

    It is the one change ever made to that file. Offers in their place go too. Unless a
    command that asked about each place wrote the redactions, an episode fails where a
    name of one is said elsewhere too.
    """

    def work(slug: str) -> Outcome:
        return _mask(show, folder.episode(slug), by_hand=by_hand)

    return each("redact", slugs, work)


def drop_preview(folder: ShowFolder) -> None:
    """Delete the site with drafts and what it is made from: it has words, and the sound.

    The next ``serve`` makes it anew; ``run`` and ``build`` make the site alone.
    """
    for made in folder.state.glob("*preview*"):
        if made.is_dir():
            shutil.rmtree(made, ignore_errors=True)
        else:
            made.unlink(missing_ok=True)


def masked_words(
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


def _refuse_names_elsewhere(
    paths: EpisodeFolder,
    show: Show,
    machine: MachineTranscript,
    redactions: tuple[Redaction, ...],
) -> None:
    """Raise NameElsewhereError where a name is about to go here and to stay elsewhere."""
    if again := said_elsewhere(paths, show, machine, redactions):
        raise NameElsewhereError(
            paths.redactions,
            "a name that it takes out is said again at "
            + ", ".join(map(format_clock, again)),
            "add a [[redaction]] there, or a [[kept]] where it may stay",
        )


def _mask(show: Show, paths: EpisodeFolder, *, by_hand: bool) -> Outcome:
    redactions = load_redactions(paths.redactions)
    if not redactions:
        return unchanged("redact", paths.slug, "")
    machine = load_words(paths.words) if paths.words.is_file() else None
    left = machine is not None and mask(machine, redactions) != machine
    if machine is not None and left and by_hand:
        _refuse_names_elsewhere(paths, show, machine, redactions)
    _mask_captions(paths, redactions)
    if machine is None:
        return unchanged("redact", paths.slug, "")
    made = load_corrections(paths.corrections)
    kept = without_private(made, redactions)
    if kept != made:
        texts = load_glossary(paths.corrections)
        save_corrections(paths.corrections, paths.slug, kept, texts)
    masked = masked_words(paths, show, machine, redactions) if left else machine
    masked = replace(masked, episode=paths.slug)  # the folder's old name may tell one
    if masked == machine:
        return unchanged("redact", paths.slug, "")
    save_words(paths.words, masked)
    if left:
        drop_preview(ShowFolder(paths.root))
    return done("redact", paths.slug, "words.json")


def _mask_captions(paths: EpisodeFolder, redactions: tuple[Redaction, ...]) -> None:
    """Take what was said there out of the source's own captions: git has them too."""
    clips = [one.clip for one in redactions]
    for path in paths.captions:
        text = captions.text_of(path)
        if (kept := captions.without(text, clips, path)) != text:
            write_text(path, kept)
