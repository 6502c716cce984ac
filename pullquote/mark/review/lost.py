"""Whether what an episode's checks stand on is there: words, transcript, redactions."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.redactions_toml import load_redactions
from pullquote.model.answer import Clip, Redaction
from pullquote.model.library import Entry
from pullquote.model.transcript import IMPORTED, MachineTranscript, Word

_SYLLABLE = 200
"""Milliseconds of what was redacted that may be heard again: of no name anybody knows it."""


def words_lost(paths: EpisodeFolder) -> Iterator[ContentError]:
    """Yield that the machine's words are gone; why they cannot be read is told already."""
    if not paths.words.is_file():
        yield ContentError(
            paths.words,
            "is not there, and transcript.md was made from it: no word has its time",
            f"take it from git or a backup, or: pullquote transcribe {paths.slug}",
        )


def transcript_lost(paths: EpisodeFolder) -> Iterator[ContentError]:
    """Yield that a transcript is gone; why it cannot be read is told already."""
    if not os.path.lexists(paths.transcript):
        yield ContentError(
            paths.transcript,
            "is not there, and answers were cut from it",
            "take it from git or a backup; a desk at which it was corrected writes it anew",
        )


def timed_elsewhere(
    machine: MachineTranscript, sha256: str, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return that an episode's redactions are of another recording than its own.

    A longer cut says a name at another second: silence where it was would let it be
    heard. ``machine`` knows for which recording they were written, if for any.
    """
    if machine.recording_sha256 in ("", sha256):
        return ()
    return (
        ContentError(
            paths.redactions,
            "its times were found in another recording than that of episode.toml",
            "hear this one, write each start and end anew, then delete words.json",
        ),
    )


def lost_redactions(entry: Entry, paths: EpisodeFolder) -> Iterator[ContentError]:
    """Yield each stretch whose words were taken out, and which nothing redacts any more.

    As after a merge in which one side's file was taken whole: the sound still has the
    words. Where they were is noted; and what a machine of ours heard has a probability,
    what was put in has none.
    """
    if entry.machine is None:
        return
    again = [*_open_again(entry.machine, entry.redactions)]
    starts = {one.start for one in again} | {
        start
        for start in _put_in(entry.machine, entry.redactions)
        if not any(one.overlaps(start, start) for one in again)
    }
    if not starts:
        return
    hear = f"pullquote transcribe {paths.slug} --again"
    if entry.machine.engine.runtime == IMPORTED:
        hear = "move words.json and transcript.md away and import the transcript again"
    try:
        load_redactions(paths.redactions)
    except PullquoteError:
        return  # its own fault is told: nobody is to hear all of it anew
    for start in sorted(starts):
        yield ContentError(
            paths.redactions,
            f"what is said at {format_clock(start)} was redacted, and no"
            " [[redaction]] says so any more",
            f"take that entry back from git as it was; or, if the words may stay: {hear}",
        )


def _open_again(
    machine: MachineTranscript, redactions: Sequence[Redaction]
) -> Iterator[Clip]:
    """Yield each stretch whose words were taken out, and that is heard again.

    Also where its redaction got other times and other words at once. What is silent may
    be narrowed to where the name is, where times are only guessed.
    """
    there = [clip for one in redactions for clip in (one.clip, one.silenced)]
    for stretch in machine.masked:
        heard = [*_bare(stretch, there)]
        untouched = heard == [stretch]
        if untouched or sum(part.end - part.start for part in heard) > _SYLLABLE:
            yield stretch


def _put_in(
    machine: MachineTranscript, redactions: Sequence[Redaction]
) -> Iterator[int]:
    """Yield where words were put in for which no redaction stands, by the words alone."""
    spoken = machine.words
    unsure = [word.probability for word in spoken].count(None)
    if machine.engine.runtime == IMPORTED or unsure in (0, len(spoken)):
        return  # nothing was put in, or no machine of ours heard it
    for put_in, run in groupby(spoken, lambda word: word.probability is None):
        start = _unredacted(tuple(run), redactions) if put_in else None
        if start is not None:
            yield start


def _unredacted(put_in: Sequence[Word], redactions: Sequence[Redaction]) -> int | None:
    """Return where words were put in for which no redaction stands, None if all have one.

    Two may be side by side, "a viewer, [place withheld]". Of one that was narrowed by
    more than a part of a syllable the rest is heard, and may be half a name.
    """
    there = [r for r in redactions if any(_touches(r, word) for word in put_in)]
    bare = [w for w in put_in if not any(_touches(r, w) for r in there)]
    if bare and len(put_in) > sum(len(r.replacement.split()) for r in there):
        return bare[0].start
    silent = [one.silenced for one in there]
    heard = [part for word in put_in for part in _bare(word, silent)]
    return heard[0].start if sum(p.end - p.start for p in heard) > _SYLLABLE else None


def _bare(said: Word | Clip, silent: Sequence[Clip]) -> Iterator[Clip]:
    """Yield what of a word, or of a stretch, lies in no clip."""
    at = said.start
    for clip in sorted(silent, key=attrgetter("start")):
        if at < (end := min(clip.start, said.end)):
            yield Clip(start=at, end=end)
        at = max(at, clip.end)
    if at < said.end:
        yield Clip(start=at, end=said.end)


def _touches(redaction: Redaction, word: Word) -> bool:
    return redaction.clip.overlaps(word.start, word.end)
