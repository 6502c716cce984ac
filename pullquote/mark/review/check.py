"""What is wrong with a show's answers, chapters and dates; no file is changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.front_matter import body_line, key_line
from pullquote.formats.notes_md import parse_notes
from pullquote.mark.cut.anchor import anchor_faults, as_found, misplaced, said_nowhere
from pullquote.mark.guard.answers import LENT, unticked
from pullquote.mark.notes.summary import said_no_more, taken_back
from pullquote.mark.private.unresolved import (
    private_faults,
    still_private,
    still_unsure,
    strangers,
    told_names,
)
from pullquote.mark.review.answer_faults import (
    SLACK,
    answer_faults,
    lent_faults,
    shown_file,
)
from pullquote.mark.review.lost import (
    lost_redactions,
    timed_elsewhere,
    transcript_lost,
    words_lost,
)
from pullquote.mark.review.shown_names import unlisted
from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.model.transcript import IMPORTED, MachineTranscript

_LEFT = 30
"""Words that are heard after a transcript's end where it was cut off."""


def check_across(library: Library, folder: ShowFolder) -> tuple[PullquoteError, ...]:
    """Return the faults that span episodes, each with its line where that is known."""
    return tuple(_duplicates(library, folder))


def check_entry(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return the faults that are one episode's own, with their lines."""
    faults: list[PullquoteError] = [*_episode(entry, paths)]
    if entry.guessed:
        return (*faults, *words_lost(paths))
    if entry.transcript is None and any(one.anchor for one in entry.answers):
        return (*faults, *transcript_lost(paths))
    faults += still_private(entry, show, paths)
    faults += strangers(entry, show, paths)
    faults += told_names(entry, show, paths)
    faults += lost_redactions(entry, paths)
    faults += _quoted_otherwise(entry, show, paths)
    faults += _cut_off(entry, paths)
    recording = entry.episode.recording
    if recording and entry.machine:
        by_time = entry.redactions or any(one.words is None for one in entry.kept)
        of = timed_elsewhere if by_time else _said_elsewhere
        faults += of(entry.machine, recording.sha256, paths)
    for answer in entry.answers:
        path = paths.answer(answer.slug)
        faults += answer_faults(answer, entry, show, path)
    for answer in entry.approved:
        path = shown_file(answer, entry, paths)
        if path != paths.answer(answer.slug):
            faults += answer_faults(answer, entry, show, path)
        found = misplaced(answer, entry, path) or said_nowhere(answer, entry, path)
        if found:
            faults.append(found)
        faults += lent_faults(answer, entry, show, path)
    return tuple(faults)


def _quoted_otherwise(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> Iterator[GateError]:
    """Yield each sentence that a machine put into the notes and nobody says so now.

    As after the transcript was corrected: under a doctor's name stands what was misheard,
    and no doctor signs notes. What a person changed is that person's.
    """
    if not entry.turns or not paths.notes.is_file():
        return
    notes = read_text(paths.notes)
    if not parse_notes(notes)[1]:
        return
    for line in said_no_more(notes, entry.turns, show):
        yield GateError(
            paths.notes,
            "quotes what transcript.md has no more, or as another's",
            f"draft them again: pullquote notes {paths.slug} --write, or mend the text:"
            " then it is yours",
            line=line,
        )


def _quotes_withdrawn(entry: Entry, paths: EpisodeFolder) -> Iterator[GateError]:
    """Yield each line of a person's notes that quotes what was withdrawn.

    A machine's are shown without it.
    """
    if all(answer.status != "withdrawn" for answer in entry.answers):
        return
    if paths.notes.is_file() and not parse_notes(text := read_text(paths.notes))[1]:
        for line in taken_back(text, entry.answers):
            yield GateError(
                paths.notes,
                "quotes an answer that was withdrawn",
                "take the line out, if what it says is not to stand any more",
                line=line,
            )


def _cut_off(entry: Entry, paths: EpisodeFolder) -> Iterator[ContentError]:
    """Yield that a transcript ends within a line, long before anybody stops to speak.

    As where a power cut or a full share left half of it; people end a file's last line.
    """
    if entry.machine is None or not entry.turns:
        return
    end = entry.turns[-1].end
    left = [word for word in entry.machine.words if word.start >= end]
    if len(left) < _LEFT or not paths.transcript.is_file():
        return
    if read_text(paths.transcript).endswith("\n"):
        return
    yield ContentError(
        paths.transcript,
        f"breaks off: {len(left)} words are heard after it, the first at"
        f" {format_clock(left[0].start)}",
        "take it from git or a backup; if no more is to stand there, end its last line",
    )


def _said_elsewhere(
    machine: MachineTranscript, sha256: str, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return that an episode's words are of another recording than its own.

    At their times another cut says something else: each answer's sound, and each line
    of the transcript, would be wrong under its doctor's name.
    """
    if machine.recording_sha256 in ("", sha256):
        return ()
    hear = f"pullquote transcribe {paths.slug}"
    if machine.engine.runtime == IMPORTED:
        hear = (
            "move transcript.md away and import this one's transcript, or hear it:"
            f" {hear} --again"
        )
    return (
        ContentError(
            paths.words, "is of another recording than that of episode.toml", hear
        ),
    )


def check_signed(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return what asks for a person's eye and stops no build: moved cuts, changes."""
    if entry.guessed:
        return ()
    moved = (
        fault
        for answer in entry.answers
        if not (answer.approved and misplaced(answer, entry, paths.facts))
        for fault in anchor_faults(answer, entry, paths.answer(answer.slug))
    )
    unsure = still_unsure(entry, show, paths)
    twice = _cut_twice(entry, paths)
    quoted = _quotes_withdrawn(entry, paths)
    names = unlisted(entry, show, paths)
    return (
        *moved,
        *twice,
        *quoted,
        *names,
        *unsure,
        *_changed_meaning(entry, show, paths),
    )


def _cut_twice(entry: Entry, paths: EpisodeFolder) -> Iterator[GateError]:
    """Yield each answer of which question and answer are mostly another's too.

    As where two people cut the same suggestion, each in a clone.
    """
    there = [answer for answer in entry.answers if answer.status != "withdrawn"]
    for one, other in combinations(there, 2):
        linked = one.superseded_by == other.id or other.superseded_by == one.id
        same = one.asked.mostly(other.asked) and one.answered.mostly(other.answered)
        if same and not linked and one.id != other.id:  # one file's copy is named so
            yield GateError(
                paths.answer(other.slug),
                f"is cut from the same words as {one.slug}.md",
                "keep one: throw a draft away, withdraw what is signed",
            )


def _changed_meaning(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return, a line an answer, what of a signed one changes the meaning unticked.

    Such a one arises when a transcript is corrected after the signature. It stops no
    build: a clinician signed the text as it is. So with private things, where the
    show asks that none be left.
    """
    found: list[PullquoteError] = []
    for answer in entry.answers:
        if not answer.approved:
            continue
        path = paths.answer(answer.slug)
        there = as_found(answer, entry.turns)
        if there is not None:  # else its anchor's fault says all there is to do
            public = answer in entry.approved
            told = meaning_faults(there, entry, show, path, public=public)
            found += _as_one(told, entry, answer)
        found += private_faults(answer, entry, show, path)
    return tuple(found)


def _as_one(
    faults: tuple[PullquoteError, ...], entry: Entry, answer: Answer
) -> tuple[PullquoteError, ...]:
    """Return several changes of meaning as one fault at the first of them."""
    if len(faults) < 2:
        return faults
    first = faults[0]
    return (
        GateError(
            first.where,
            f"{len(faults)} changes of meaning, the first {first.problem}",
            "see each, then mend the text or tick it by its code:"
            f" pullquote approve {entry.slug} {answer.slug} --by ID",
            line=first.line,
        ),
    )


def meaning_faults(
    answer: Answer, entry: Entry, show: Show, path: Path, *, public: bool = False
) -> tuple[PullquoteError, ...]:
    """Return a fault for each change of meaning in an answer that nobody ticked.

    Of a ``public`` one ``lent_faults`` tells what stands under another name.
    """
    found = unticked(answer, entry.turns, show)
    findings = [one for one in found if not (public and one.kind == LENT)]
    first = body_line(path) if findings else 1
    codes = f"pullquote approve {entry.slug} {answer.slug} --by ID"
    return tuple(
        GateError(
            path,
            f"changes the meaning ({finding.tick})",
            f"mend the text, or tick it with --accept CODE; its code is listed by {codes}",
            line=first + finding.line - 1,
        )
        for finding in findings
    )


def _episode(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    episode, path = entry.episode, paths.facts
    if not address.is_slug(entry.slug):
        yield ContentError(
            path, "its folder's name cannot be an address", address.SLUG_REMEDY
        )
    if entry.machine and not entry.machine.words and episode.status != "published":
        yield ContentError(
            path,
            "nobody speaks in its recording",
            "look whether the right recording was pulled; of several sound tracks the"
            " first is heard, or the one that is marked as default",
        )
    end = entry.duration
    for chapter in episode.chapters:
        if end is not None and chapter.start > end:
            yield ContentError(
                path,
                f"chapter {chapter.title!r} starts at {format_clock(chapter.start)},"
                f" after the recording's end ({format_clock(end)})",
                "correct its start",
            )
    for redaction in entry.redactions:
        if end is not None and redaction.clip.end > end + SLACK:
            yield ContentError(
                paths.redactions,
                f"a redaction ends at {format_clock(redaction.clip.end)}, after the"
                f" recording's end ({format_clock(end)})",
                "correct its times",
            )


def _duplicates(library: Library, folder: ShowFolder) -> Iterator[PullquoteError]:
    places = [
        (answer, entry.slug)
        for entry in sorted(library.entries, key=lambda entry: entry.slug)
        for answer in entry.answers
    ]
    for (answer, slug), (other, home) in _repeated((p[0].id, p) for p in places):
        path = folder.episode(slug).answer(answer.slug)
        yield ContentError(
            path,
            f"has the id of {home}/{other.slug}.md",
            "keep one of the two files, with what the other alone has; another answer"
            " is cut again and gets an id of its own",
            line=key_line(path, "id"),
        )
    for (answer, slug), (_, home) in _repeated((p[0].slug, p) for p in places):
        yield ContentError(
            folder.episode(slug).answer(answer.slug),
            f"has the name of an answer in {home}",
            "rename the newer of the two: addresses are unique",
        )


Place = tuple[Answer, str]
"""An answer and its episode's slug."""


def _repeated(rows: Iterable[tuple[str, Place]]) -> Iterator[tuple[Place, Place]]:
    """Yield each place whose key was seen before, with the one that had it first."""
    first: dict[str, Place] = {}
    for key, place in rows:
        if key in first:
            yield place, first[key]
        first.setdefault(key, place)
