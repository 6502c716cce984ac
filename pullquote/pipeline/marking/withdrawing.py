"""All answers of one person taken back, as when they leave, or ask for it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from pullquote.errors import PullquoteError, each_fault
from pullquote.formats.answer_md import load_answer, parse_answer
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.model.answer import Answer
from pullquote.model.show import Show
from pullquote.pipeline.marking.answers import write_withdrawal


@dataclass(frozen=True, slots=True, kw_only=True)
class Theirs:
    """An answer that a person gives, alone or with others."""

    episode: str
    answer: Answer
    others: tuple[str, ...]
    """Ids of who else answers in it."""

    @property
    def state(self) -> str:
        """What becomes of its page now, for a table."""
        if self.answer.status != "approved":
            return self.answer.status
        return "signed" if self.answer.approved else "changed since it was signed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """What was found of a person's answers."""

    theirs: tuple[Theirs, ...]
    signed: int
    """Answers of others that they signed."""
    unread: tuple[PullquoteError, ...]
    """Files that name them, or may, and cannot be read."""


def answers_of(folder: ShowFolder, show: Show, person: str) -> Sought:
    """Return every answer of a person, whatever else is wrong with the show.

    Also under an id that they had, and where only the copy that was signed, whose page
    may still stand, names them.
    """
    known = show.person(person)
    ids = (person, *(known.formerly if known else ()))
    theirs: list[Theirs] = []
    unread: list[PullquoteError] = []
    signed = 0
    for slug in sorted(p.name for p in folder.root.glob("transcripts/*")):
        paths = folder.episode(slug)
        for answer in _naming(paths, ids, unread):
            named = _speakers(paths, answer)
            if any(one in named for one in ids):
                others = tuple(one for one in named if one not in ids)
                theirs.append(Theirs(episode=slug, answer=answer, others=others))
            elif answer.approved and answer.review and answer.review.by in ids:
                signed += 1
    return Sought(theirs=tuple(theirs), signed=signed, unread=tuple(unread))


def _naming(
    paths: EpisodeFolder, ids: Collection[str], unread: list[PullquoteError]
) -> Iterator[Answer]:
    """Yield the answers whose file, or signed copy, has one of the ids anywhere."""
    copies = set()
    for path in paths.signed.glob("*.md"):
        with suppress(PullquoteError):  # of an unreadable copy no page is made
            if _has(read_text(path), ids):
                copies.add(path.stem)
    for path in sorted(paths.answers.glob("*.md")):
        if path.name.startswith("."):
            continue
        try:
            text = read_text(path)
            if _has(text, ids) or _has(text, copies):
                yield parse_answer(text, path)
        except PullquoteError as error:
            unread += each_fault(error)


def _has(text: str, ids: Collection[str]) -> bool:
    return any(one in text for one in ids)


def _speakers(paths: EpisodeFolder, answer: Answer) -> tuple[str, ...]:
    """Return who answers, by the file or by the copy that may stand in its place."""
    named = answer.speakers
    if answer.reopened:
        with suppress(PullquoteError):
            named += load_answer(paths.approved(answer.id)).speakers
    return tuple(dict.fromkeys(named))


def withdraw_each(
    folder: ShowFolder,
    chosen: Sequence[Theirs],
    on: date,
    reason: str,
    progress: Callable[[float, float | None], None],
) -> tuple[tuple[Theirs, ...], tuple[PullquoteError, ...]]:
    """Withdraw answers, each file by itself; return those done, and why others are not.

    What stops one stops no other; done again, it goes on where it was stopped.
    """
    done: list[Theirs] = []
    faults: list[PullquoteError] = []
    for number, one in enumerate(chosen):
        progress(number, len(chosen))
        try:
            write_withdrawal(folder, one.episode, one.answer.slug, on, reason)
            done.append(one)
        except PullquoteError as error:
            faults += each_fault(error)
    return tuple(done), tuple(faults)
