"""What is wrong with one answer: its names, its clips, who speaks in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError
from pullquote.formats.clock import format_clock
from pullquote.formats.folder import EpisodeFolder
from pullquote.formats.front_matter import body_line, key_line
from pullquote.mark.cut.anchor import as_found
from pullquote.mark.guard.answers import lent
from pullquote.mark.review.sign_off import answerer_faults, signature_faults
from pullquote.model import address
from pullquote.model.answer import Answer, Clip
from pullquote.model.library import Entry
from pullquote.model.show import Show
from pullquote.model.speaking import confirmed_person
from pullquote.model.transcript import heard_in, within

SLACK = 1000
"""Milliseconds that a clip may run past the recording's last sound."""
_EDGE = 300
"""Milliseconds by which a clip's edges may reach into a neighbour's turn: words move
a little when a recording is transcribed again."""

Fault = Callable[[str, str, str], ContentError]
"""Of a key of the file: its name, what is wrong with it, what to do."""


def shown_file(answer: Answer, entry: Entry, paths: EpisodeFolder) -> Path:
    """Return the file that a public answer's page shows: its own, or as it was signed."""
    now = answer in entry.answers
    return paths.answer(answer.slug) if now else paths.approved(answer.id)


def answer_faults(
    answer: Answer, entry: Entry, show: Show, path: Path
) -> Iterator[PullquoteError]:
    """Yield what is wrong with one answer; ``path`` is its file's, for the lines."""

    def fault(key: str, problem: str, remedy: str) -> ContentError:
        return ContentError(path, problem, remedy, line=key_line(path, key))

    if not answer.speakers:
        yield fault("speakers", "names no speaker", "say who answers")
    if not address.is_slug(answer.slug):
        yield ContentError(path, "its name cannot be an address", address.SLUG_REMEDY)
    yield from unknown_names(answer, show, path)
    yield from _clips(answer, entry, fault)
    if answer.status != "withdrawn":
        yield from _voices(answer, entry, show, fault)
        yield from signature_faults(answer, show, path)
        yield from answerer_faults(answer, show, path)


def unknown_names(answer: Answer, show: Show, path: Path) -> Iterator[PullquoteError]:
    """Yield each person and topic of an answer that show.toml does not have."""
    named = [("cut_by", "people", answer.cut_by)] if answer.cut_by is not None else []
    named += [("speakers", "people", person) for person in answer.speakers]
    named += [("topics", "topics", topic) for topic in answer.topics]
    known = {"people": show.person, "topics": show.topic}
    for key, table, name in named:
        if known[table](name) is None:
            kind = "person" if table == "people" else "topic"
            remedy = _remedy(table, name, show)
            line = key_line(path, key)
            yield ContentError(path, f"unknown {kind} {name!r}", remedy, line=line)


def _remedy(table: str, name: str, show: Show) -> str:
    """Return what to do about an id that nobody, or no topic, has."""
    rows = show.people if table == "people" else show.topics
    now = [row.id for row in rows if name in row.formerly]
    if now:
        return f"write {now[0]!r}, as it is called now"
    left = "; whoever has left stays there" if table == "people" else ""
    return f"correct the id or add a [[{table}]] entry to show.toml{left}"


def _clips(answer: Answer, entry: Entry, fault: Fault) -> Iterator[PullquoteError]:
    if answer.answered.start < answer.asked.start:
        yield fault(
            "answered",
            "the answer starts before its question",
            "swap the clips asked and answered",
        )
    end = entry.duration
    for key, clip in (("asked", answer.asked), ("answered", answer.answered)):
        if end is not None and clip.end > end + SLACK:
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


def lent_faults(
    answer: Answer, entry: Entry, show: Show, path: Path
) -> Iterator[PullquoteError]:
    """Yield that a signed text has words under another name than who says them by now.

    As where a turn was given to the host, or to the other doctor, after the signature:
    nobody signed that. What was so when it was signed was ticked.
    """
    there = as_found(answer, entry.turns)
    found = lent(there, entry.turns, show) if there else ()
    if found:
        more = f", and {len(found) - 1} more" if found[1:] else ""
        yield GateError(
            path,
            f"has words under another name ({found[0].said} -> {found[0].published}{more})",
            "correct who speaks in transcript.md; is that right, mend the text and let it"
            " be signed again",
            line=body_line(path) + found[0].line - 1,
        )
