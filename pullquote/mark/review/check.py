"""What is wrong with a show's answers, chapters and dates; no file is changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.answer_md import body_line, load_answer, split_front_matter
from pullquote.formats.clock import format_clock
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.toml import key_lines
from pullquote.mark.cut.anchor import anchor_faults
from pullquote.mark.guard.compare import unticked
from pullquote.mark.private.unresolved import (
    private_faults,
    still_private,
    still_unsure,
)
from pullquote.mark.review.across import supersession_faults
from pullquote.mark.review.sign_off import is_reviewer
from pullquote.model import address
from pullquote.model.answer import Answer, Clip
from pullquote.model.library import Entry, Library
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import heard_in, within

_SLACK = 1000
"""Milliseconds that a clip or chapter may run past the recording's last sound."""
_EDGE = 300
"""Milliseconds by which a clip's edges may reach into a neighbour's turn: words move
a little when a recording is transcribed again."""


def key_line(path: Path, key: str) -> int | None:
    """Return the line of a key in a TOML file or front matter, if it is there."""
    try:
        text = read_text(path)
        fenced = path.suffix == ".md"
        front = split_front_matter(text, path)[0] if fenced else text
    except ContentError:
        return None
    line = key_lines(front).get((key,))
    return None if line is None else line + fenced


def check_across(library: Library, folder: ShowFolder) -> tuple[PullquoteError, ...]:
    """Return the faults that span episodes, each with its line where that is known."""
    policy = _policy(library.show, folder)
    return (
        *policy,
        *_duplicates(library, folder),
        *supersession_faults(library, folder),
    )


def check_entry(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return the faults that are one episode's own, with their lines."""
    faults: list[PullquoteError] = [*_episode(entry, paths)]
    faults += still_private(entry, show, paths)
    for answer in entry.answers:
        path = paths.answer(answer.slug)
        faults += _answer(answer, entry, show, path)
    now = {answer.slug: answer for answer in entry.answers}
    for answer in entry.approved:
        if now.get(answer.slug) != answer:  # shown as it was signed
            path = paths.approved(answer.id)
            faults += _answer(answer, entry, show, path)
    return tuple(faults)


def check_signed(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return what asks for a person's eye and stops no build: moved cuts, changes."""
    moved = (
        fault
        for answer in entry.answers
        for fault in anchor_faults(answer, entry, paths.answer(answer.slug))
    )
    unsure = still_unsure(entry, show, paths)
    return (*moved, *unsure, *_changed_meaning(entry, show, paths))


def _changed_meaning(
    entry: Entry, show: Show, paths: EpisodeFolder
) -> tuple[PullquoteError, ...]:
    """Return each change of meaning in a signed answer that nobody ticked.

    Such a one arises when a transcript is corrected after the signature. It stops no
    build: a clinician signed the text as it is. So with private things, where the
    show asks that none be left.
    """
    return tuple(
        fault
        for answer in entry.answers
        if answer.approved
        for faults in (meaning_faults, private_faults)
        for fault in faults(answer, entry, show, paths.answer(answer.slug))
    )


def meaning_faults(
    answer: Answer, entry: Entry, show: Show, path: Path
) -> tuple[PullquoteError, ...]:
    """Return a fault for each change of meaning in an answer that nobody ticked."""
    findings = unticked(answer, entry.turns, show)
    first = body_line(path) if findings else 1
    tick = f"pullquote approve {entry.slug} {answer.slug} --by ID --accept NUMBER"
    return tuple(
        GateError(
            path,
            f"changes the meaning ({finding.tick})",
            f"mend the text, or tick it: {tick}",
            line=first + finding.line - 1,
        )
        for finding in findings
    )


def _policy(show: Show, folder: ShowFolder) -> Iterator[PullquoteError]:
    named = [("review.reviewers", person) for person in show.review.reviewers]
    named += [
        ("sources", person) for source in show.sources for person in source.people
    ]
    for key, person in named:
        if show.person(person) is None:
            yield ContentError(
                folder.show,
                f"{key} names {person!r}, who is not in the show",
                "correct the id or add a [[people]] entry",
            )


def _episode(entry: Entry, paths: EpisodeFolder) -> Iterator[PullquoteError]:
    episode, path = entry.episode, paths.facts
    if episode.status == "published" and episode.published is None:
        yield ContentError(
            path,
            "is published but has no date",
            "add published = 2026-03-12T07:00:00Z, the moment subscribers get it",
            line=key_line(path, "status"),
        )
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
    end = _end(entry)
    for chapter in episode.chapters:
        if end is not None and chapter.start > end:
            yield ContentError(
                path,
                f"chapter {chapter.title!r} starts at {format_clock(chapter.start)},"
                f" after the recording's end ({format_clock(end)})",
                "correct its start",
            )
    for redaction in entry.redactions:
        if end is not None and redaction.clip.end > end + _SLACK:
            yield ContentError(
                paths.redactions,
                f"a redaction ends at {format_clock(redaction.clip.end)}, after the"
                f" recording's end ({format_clock(end)})",
                "correct its times",
            )


def _end(entry: Entry) -> int | None:
    """Return the recording's length in ms, None if nobody knows it."""
    if entry.episode.recording is not None:
        return entry.episode.recording.duration
    return entry.machine.duration if entry.machine else None


def _answer(
    answer: Answer, entry: Entry, show: Show, path: Path
) -> Iterator[PullquoteError]:
    def fault(key: str, problem: str, remedy: str) -> ContentError:
        return ContentError(path, problem, remedy, line=key_line(path, key))

    if not answer.speakers:
        yield fault("speakers", "names no speaker", "say who answers")
    if not address.is_slug(answer.slug):
        yield ContentError(path, "its name cannot be an address", address.SLUG_REMEDY)
    if answer.cut_by is not None and show.person(answer.cut_by) is None:
        yield fault(
            "cut_by",
            f"unknown person {answer.cut_by!r}",
            "correct the id or add a [[people]] entry to show.toml",
        )
    for person in answer.speakers:
        if show.person(person) is None:
            yield fault(
                "speakers",
                f"unknown person {person!r}",
                "add a [[people]] entry with that id to show.toml",
            )
    for topic in answer.topics:
        if show.topic(topic) is None:
            yield fault(
                "topics",
                f"unknown topic {topic!r}",
                "add a [[topics]] entry with that id to show.toml",
            )
    yield from _clips(answer, entry, fault)
    if answer.status != "withdrawn":
        yield from _voices(answer, entry, show, fault)
        yield from _review(answer, show, path)


Fault = Callable[[str, str, str], ContentError]


def _clips(answer: Answer, entry: Entry, fault: Fault) -> Iterator[PullquoteError]:
    if answer.answered.start < answer.asked.start:
        yield fault(
            "answered",
            "the answer starts before its question",
            "swap the clips asked and answered",
        )
    end = _end(entry)
    for key, clip in (("asked", answer.asked), ("answered", answer.answered)):
        if end is not None and clip.end > end + _SLACK:
            yield fault(
                key,
                f"{key!r} ends at {format_clock(clip.end)}, after the recording's end"
                f" ({format_clock(end)})",
                "correct the clip",
            )
        elif entry.turns and not any(heard_in(entry.turns, clip)):
            yield fault(
                key,
                f"nobody speaks in {key!r} ({_shown(clip)})",
                "correct the clip",
            )


def _shown(clip: Clip) -> str:
    return f"{format_clock(clip.start)} to {format_clock(clip.end)}"


def _voices(
    answer: Answer, entry: Entry, show: Show, fault: Fault
) -> Iterator[PullquoteError]:
    """Each speaker of an answer needs a turn in its clip that a person confirmed.

    And each turn a speaker: nobody's words may stand under another's name.
    """
    turns = [*heard_in(entry.turns, answer.answered)]
    if not turns:
        return
    people = [show.person(speaker) for speaker in answer.speakers]
    confirmed = {p.id for turn in turns if (p := confirmed_person(turn, show))}
    missing = [p for p in people if p is not None and p.id not in confirmed]
    for person in missing:
        yield fault(
            "speakers",
            f"no turn in {_shown(answer.answered)} is confirmed as {person.name}",
            "confirm the name in transcript.md, or correct speakers or clip; a name"
            f" they had before goes into the aliases of {person.id!r} in show.toml",
        )
    if not missing and people and None not in people:  # one slip, one line
        yield from _strangers(answer, entry, show, fault)


def _strangers(
    answer: Answer, entry: Entry, show: Show, fault: Fault
) -> Iterator[PullquoteError]:
    """Whoever speaks in the clip and is no speaker of the answer; hosts may."""
    clip = answer.answered
    inner = Clip(start=clip.start + _EDGE, end=clip.end - _EDGE)
    seen: set[str] = set()
    for turn in heard_in(entry.turns, inner):
        person = confirmed_person(turn, show)
        theirs = person is not None and (
            person.id in answer.speakers or person.role in ("host", "announcer")
        )
        if theirs or turn.speaker in seen:
            continue
        seen.add(turn.speaker)
        at = format_clock(within((turn,), inner)[0].start)
        if person is not None:
            yield fault(
                "speakers",
                f"{person.name} speaks in its clip at {at} and is not among speakers",
                f"add {person.id!r} to speakers, or correct the clip",
            )
        else:
            yield fault(
                "answered",
                f"nobody confirmed who speaks in its clip at {at} ({turn.speaker!r})",
                "confirm the name in transcript.md, or correct the clip",
            )


def _review(answer: Answer, show: Show, path: Path) -> Iterator[PullquoteError]:
    review = answer.review
    if answer.status == "approved" and review is None:
        yield GateError(
            path,
            "is approved by nobody",
            "set status = 'draft', then: pullquote approve",
            line=key_line(path, "status"),
        )
    if review is None:
        return
    reviewer = show.person(review.by)
    if reviewer is None:
        yield GateError(
            path,
            f"was signed by {review.by!r}, who is not in show.toml",
            "whoever has left stays in [[people]]; or let somebody else sign it",
            line=key_line(path, "review"),
        )
    elif not is_reviewer(reviewer, show) and not _was_signed(answer, path):
        yield GateError(
            path,
            f"{review.by!r} may not review",
            "let somebody sign it who may",
            line=key_line(path, "review"),
        )
    elif show.review.two_people and answer.cut_by is None:
        yield GateError(
            path,
            "does not say who cut it, and two people are asked for",
            "write cut_by = and the id of who did, and let it be approved again",
        )
    elif show.review.two_people and answer.cut_by == review.by:
        yield GateError(
            path,
            f"{reviewer.name} cut this answer and approved it too",
            "let a second person approve it",
            line=key_line(path, "cut_by"),
        )
    if answer.status == "approved" and review.digest != answer.digest():
        yield GateError(
            path,
            f"was changed since {review.by} approved it on {review.on.isoformat()}",
            "let it be approved again, or take the change back",
            line=key_line(path, "review"),
        )


def _was_signed(answer: Answer, path: Path) -> bool:
    """Say whether an answer's copy has this review: ``approve`` wrote it when they might.

    Who may review no more has signed all the same.
    """
    copy = path.parent.parent / "approved" / f"{answer.id}.md"
    try:
        return copy.is_file() and load_answer(copy).review == answer.review
    except PullquoteError:
        return False


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
            "cut it again to get an id of its own",
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
