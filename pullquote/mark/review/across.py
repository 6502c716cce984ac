"""The same question in several episodes: found, laid side by side, superseded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from pullquote.errors import ContentError, GateError, PullquoteError, number_of
from pullquote.formats.disk import read_text
from pullquote.formats.folder import ShowFolder
from pullquote.formats.front_matter import key_line
from pullquote.formats.toml import key_lines, line_of
from pullquote.mark.cut.published import published_words
from pullquote.mark.guard.answers import terms_of
from pullquote.mark.guard.marks import Run
from pullquote.mark.guard.tokens import tokens
from pullquote.mark.lexicon.contraries import opposite
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.same_question import alike, likeness, question_key
from pullquote.model.show import Show

_TOLD = ("number", "dose", "unit", "frequency", "level", "side", "drug or procedure")
"""Kinds of words in which two answers may differ, worth an editor's look."""
_AROUND = 4
_NEAR = timedelta(days=20)
"""By which a folder's name may differ from the day held, as where only the day of the
upload was known at first; a month and day exchanged are further apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """Another answer whose question may be the same."""

    entry: Entry
    answer: Answer
    likeness: float
    """From 0 to 1; 1 where the questions carry the same words."""
    same: bool
    """Pages list it by itself: the very words that carry the question."""
    differs: tuple[str, ...]
    """What one says and the other does not: kind and words."""


def again(library: Library, entry: Entry, answer: Answer) -> tuple[Again, ...]:
    """Return other answers to this question or one like it, newest episode first.

    Drafts too, for an editor is to see them; withdrawn ones not.
    """
    found = [
        Again(
            entry=other_entry,
            answer=other,
            likeness=round(likeness(answer.question, other.question), 2),
            same=question_key(answer.question) == question_key(other.question),
            differs=differences(answer, other, library.show),
        )
        for other_entry in library.entries
        for other in other_entry.answers
        if other.id != answer.id
        and other.status != "withdrawn"
        and _worth_a_look(answer, other)
    ]
    found.sort(key=lambda a: (a.entry.episode.held, a.answer.slug), reverse=True)
    return tuple(found)


def _worth_a_look(answer: Answer, other: Answer) -> bool:
    linked = answer.superseded_by == other.id or other.superseded_by == answer.id
    return linked or alike(answer.question, other.question)


def differences(one: Answer, other: Answer, show: Show) -> tuple[str, ...]:
    """Return numbers, doses, drugs and the like that only one of two answers says.

    And words of which the other says the contrary. Each with the words around it.
    """
    first, second = _words(one, show), _words(other, show)
    told = [
        *(f"only here, {text}" for text in _only(first, second)),
        *(f"only there, {text}" for text in _only(second, first)),
    ]
    here, there = ({t.norm: None for t in said} for said in (first, second))
    contrary = (
        f"contrary: {a} / {b}"
        for a in here
        if a not in there
        for b in there
        if b not in here and opposite(a, b)
    )
    return (*told, *contrary)


def _words(answer: Answer, show: Show) -> Run:
    return Run(
        tokens(published_words(answer.body, show, answer.speakers)), terms_of(show)
    )


def _only(here: Run, there: Run) -> Iterator[str]:
    known = {m[:2] for n in range(len(there)) if (m := there.mark(n))}
    seen: set[tuple[str, str]] = set()
    for at in range(len(here)):
        mark = here.mark(at)
        if mark is None or mark.weak or mark.kind not in _TOLD:
            continue
        if mark[:2] not in known | seen:
            seen.add(mark[:2])
            near = here[max(0, at - _AROUND) : at + _AROUND + 1]
            yield f"{mark.kind}: {' '.join(t.text for t in near if t.text)}"


def supersession_faults(
    library: Library, folder: ShowFolder
) -> Iterator[PullquoteError]:
    """Yield each ``superseded_by`` that leads nowhere, to itself or in a circle.

    Such a one stops no build: pages say that the older answer holds no more, and lead
    to a newer one only where it is public.
    """
    by_id = {a.id: a for entry in library.entries for a in entry.answers}
    held = {a.id: e.episode.held for e in library.entries for a in e.answers}
    for entry in library.entries:
        for answer in entry.answers:
            if answer.superseded_by is None or answer.status == "withdrawn":
                continue
            problem = _wrong_way(answer, by_id)
            newer = answer.superseded_by
            if problem is None and held[newer] < held[answer.id]:
                what = f"leads to {by_id[newer].slug!r}, which was given before"
                problem = what, "exchange the two, or withdraw the newer answer"
            if problem:
                yield ContentError(
                    folder.episode(entry.slug).answer(answer.slug),
                    f"'superseded_by' {problem[0]}",
                    f"{problem[1]}, or take the line out",
                )


def wrong_days(
    library: Library, folder: ShowFolder, today: date
) -> Iterator[PullquoteError]:
    """Yield each day of a signature or correction that is still to come, or too early.

    A machine's clock was wrong, or a slip of the finger. Pages and feeds say that day. It
    stops no build, for the wrong clock may be this one. ``today`` is the day in UTC; in
    the east it may be the next already.
    """
    last = today + timedelta(days=1)
    for entry in library.entries:
        first = entry.episode.held - timedelta(days=1)
        yield from _wrongly_held(entry, folder.episode(entry.slug).facts, last)
        for answer in entry.approved:
            path = folder.episode(entry.slug).answer(answer.slug)
            if answer.review and answer.review.on > last:
                yield GateError(
                    path,
                    f"was signed on {answer.review.on.isoformat()}, which is still to come",
                    "set the clock right; if this one is, let it be signed again",
                    line=key_line(path, "review"),
                )
            for at, one in enumerate(answer.corrections):
                if first <= one.on <= last:
                    continue
                why = "which is still to come"
                if one.on < first:
                    why = f"before it was answered ({entry.episode.held.isoformat()})"
                yield GateError(
                    path,
                    f"has a correction of {one.on.isoformat()}, {why}",
                    "write the day on which it was corrected, or set the clock right",
                    line=key_line(path, "corrections", at, "on"),
                )


def reviews_due(
    library: Library, folder: ShowFolder, today: date
) -> Iterator[GateError]:
    """Yield one line that says how many public answers are to be reviewed again.

    It stops nothing: pages say so, and what was signed was true then.
    """
    days = library.show.review.due_days
    found = [
        (day, entry.slug, answer.slug)
        for entry in library.published
        for answer in entry.approved
        if answer.overdue(days, today) and (day := answer.due(days))
    ]
    if found:
        day, episode, answer = min(found)
        many = f"{len(found)} answers were to be reviewed again, the first"
        what = "1 answer was to be reviewed again," if len(found) == 1 else many
        lines = key_lines(read_text(folder.show))
        yield GateError(
            folder.show,
            f"{what} {episode}/{answer} by {day.isoformat()}",
            "let each be read and signed again, or withdraw it; pages say so until then",
            line=line_of(lines, ("review", "due_days")),
        )


def _wrongly_held(entry: Entry, path: Path, last: date) -> Iterator[PullquoteError]:
    """Yield why an episode was not held on the day that pages say it was."""
    held = entry.episode.held
    remedy = (
        "write the day on which it was held; if that is right, the other day is not:"
        " answers are signed again"
    )
    why = _held_after(entry, held - timedelta(days=1))
    if not why and held > last and (entry.episode.recording or entry.turns):
        why = "which is still to come"
        remedy = "write the day on which it was held, or set the clock right"
    elif not why and (named := _day_of(entry.slug)) and abs(held - named) > _NEAR:
        why = f"and its folder's name says {named.isoformat()}"
        remedy = "correct it, or rename the episode's folders: its old address leads on"
    if why:
        line = line_of(key_lines(read_text(path)), ("held",)) if path.is_file() else 1
        yield GateError(path, f"'held' is {held.isoformat()}, {why}", remedy, line=line)


def _held_after(entry: Entry, first: date) -> str | None:
    """Return after what of its own an episode was held, None where all is in order."""
    days = [a.review.on for a in entry.approved if a.review and a.review.on < first]
    out = entry.episode.published if entry.episode.status == "published" else None
    if days:
        many = number_of(len(days), "answer")
        return f"after the signature of {many} ({min(days).isoformat()})"
    if out and out.date() < first:
        return f"after it was published ({out.date().isoformat()})"
    return None


def _day_of(slug: str) -> date | None:
    """Return the day with which a folder's name begins."""
    try:
        return date.fromisoformat(slug[:10])
    except ValueError:
        return None


def _wrong_way(answer: Answer, by_id: dict[str, Answer]) -> tuple[str, str] | None:
    """Return what is wrong with where an answer leads, and what to do."""
    seen = {answer.id}
    at: Answer | None = answer
    remedy = "write the id of the newer answer"
    while at is not None and at.superseded_by is not None:
        after = by_id.get(at.superseded_by)
        if after is None:
            return f"names {at.superseded_by!r}, which is no answer", remedy
        if after.status == "withdrawn":
            return f"leads to {after.slug!r}, which was withdrawn", remedy
        if after.id in seen:
            return "leads in a circle", remedy
        if after.status == "draft" and answer.approved:
            return f"leads to {after.slug!r}, which nobody signed", "let it be signed"
        seen.add(after.id)
        at = after
    return None
