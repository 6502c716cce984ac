"""What of a library a site shows: the gate between draft and public.

Everything that pages print comes out of an ``Edition``. A public one holds published
episodes and their approved answers alone, a preview everything but withdrawn answers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from pullquote.errors import ContentError
from pullquote.formats.folder import ShowFolder
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.same_question import question_key
from pullquote.model.show import Person, Show, Topic

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShownAnswer:
    """An answer on this site, with the episode it was given in."""

    answer: Answer
    entry: Entry
    draft: bool
    """Shown in a preview only."""
    speakers: tuple[Person, ...]
    topics: tuple[Topic, ...]
    language: str
    """BCP 47, of question and answer: the show's, or that of a session in another."""
    listed: str
    """Everything that a list of answers prints of it, to tell whether that changed."""

    @property
    def superseded(self) -> bool:
        """An editor put another answer in its place: it holds no more."""
        return self.answer.superseded_by is not None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ShownEpisode:
    """An episode on this site and its answers, by start of the clip."""

    entry: Entry
    draft: bool
    people: tuple[Person, ...]
    answers: tuple[ShownAnswer, ...]
    listed: str
    """Everything that a list of episodes prints of it, as in ``ShownAnswer``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One selection of a library, with everything found by what it belongs to."""

    show: Show
    preview: bool
    episodes: tuple[ShownEpisode, ...]
    """Newest first."""
    answers: tuple[ShownAnswer, ...]
    """By episode, newest first; inside one by start of the clip."""
    current: tuple[ShownAnswer, ...] = field(repr=False)
    """Those that are not superseded, in the same order."""
    people: tuple[Person, ...]
    """Who is named on any page, in the order of ``show.toml``."""
    topics: tuple[Topic, ...]
    """What shown answers speak of, in the order of ``show.toml``."""
    by_topic: dict[str, list[ShownAnswer]] = field(repr=False)
    by_person: dict[str, list[ShownAnswer]] = field(repr=False)
    episodes_of: dict[str, list[ShownEpisode]] = field(repr=False)
    by_question: dict[str, list[ShownAnswer]] = field(repr=False)
    """By the words of the question: see ``question_key``."""
    linked: dict[str, list[ShownAnswer]] = field(repr=False)
    """By an answer's id: what supersedes it and what it supersedes."""
    places: dict[tuple[str, str], int] = field(repr=False)
    """Where in ``by_topic`` an answer stands, by the topic's id and its slug."""


def edition(library: Library, *, drafts: bool) -> Edition:
    """Choose what is shown: public things, or with ``drafts`` all but withdrawn.

    Raises ContentError where an answer names a person or topic that the show does
    not have, or two answers would stand at one address.
    """
    entries = library.entries if drafts else library.published
    names = _Names(library)
    episodes = tuple(_episode(names, entry, drafts) for entry in entries)
    answers = tuple(a for e in episodes for a in e.answers)
    _refuse_shared_addresses(library, answers)
    by_topic = _grouped((topic.id, a) for a in answers for topic in a.topics)
    by_person = _grouped((person.id, a) for a in answers for person in a.speakers)
    episodes_of = _grouped((person.id, e) for e in episodes for person in e.people)
    reviewers = {a.answer.review.by for a in answers if a.answer.review}
    hosts = {person.id for person in library.show.people if person.role == "host"}
    named = hosts | reviewers | by_person.keys() | episodes_of.keys()
    return Edition(
        show=library.show,
        preview=drafts,
        episodes=episodes,
        answers=answers,
        current=tuple(a for a in answers if not a.superseded),
        people=tuple(p for p in library.show.people if p.id in named),
        topics=tuple(t for t in library.show.topics if t.id in by_topic),
        by_topic=by_topic,
        by_person=by_person,
        episodes_of=episodes_of,
        by_question=_grouped((question_key(a.answer.question), a) for a in answers),
        linked=_grouped(_links(answers)),
        places={
            (topic, shown.answer.slug): place
            for topic, listed in by_topic.items()
            for place, shown in reversed([*enumerate(listed)])
        },
    )


def _grouped(pairs: Iterable[tuple[str, T]]) -> dict[str, list[T]]:
    found: dict[str, list[T]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return dict(found)


def _links(answers: Iterable[ShownAnswer]) -> Iterator[tuple[str, ShownAnswer]]:
    """Yield each answer that supersedes another one with the other's id, and back."""
    by_id = {shown.answer.id: shown for shown in answers}
    for shown in by_id.values():
        if newer := by_id.get(shown.answer.superseded_by or ""):
            yield shown.answer.id, newer
            yield newer.answer.id, shown


def exchanged(old: Edition, library: Library, entries: Iterable[Entry]) -> Edition:
    """Return the public edition of a library in which a few episodes are read anew.

    It is what ``edition`` would return, and costs a part of it. ``entries`` are those
    episodes, all shown before too. Raises ListedElsewhereError where pages of other
    episodes, or the lists, would have to change with them.
    """
    names = _Names(library)
    before = {shown.entry.slug: shown for shown in old.episodes}
    fresh = {entry.slug: _episode(names, entry, drafts=False) for entry in entries}
    new: dict[ShownAnswer, ShownAnswer] = {}
    for slug, shown in fresh.items():
        if slug not in before or _outward(before[slug]) != _outward(shown):
            raise ListedElsewhereError(slug)
        new |= zip(before[slug].answers, shown.answers, strict=True)

    def lists(
        every: dict[str, list[ShownAnswer]], keys: Iterable[str]
    ) -> dict[str, list[ShownAnswer]]:
        mine = {key: [new.get(a, a) for a in every.get(key, ())] for key in keys}
        return every | {key: listed for key, listed in mine.items() if key in every}

    people = {person.id for shown in fresh.values() for person in shown.people}
    linked = [
        key for key, listed in old.linked.items() if not new.keys().isdisjoint(listed)
    ]
    return replace(
        old,
        show=library.show,
        episodes=tuple(fresh.get(e.entry.slug, e) for e in old.episodes),
        answers=tuple(new.get(a, a) for a in old.answers),
        current=tuple(new.get(a, a) for a in old.current),
        by_topic=lists(old.by_topic, {t.id for a in new for t in a.topics}),
        by_person=lists(old.by_person, {p.id for a in new for p in a.speakers}),
        by_question=lists(
            old.by_question, {question_key(a.answer.question) for a in new}
        ),
        linked=lists(old.linked, linked),
        episodes_of=old.episodes_of
        | {
            key: [fresh.get(e.entry.slug, e) for e in old.episodes_of[key]]
            for key in people
        },
    )


class ListedElsewhereError(Exception):
    """Other pages tell of what changed in an episode: all have to be looked at."""


def _outward(shown: ShownEpisode) -> object:
    """Return all that other pages, their order and their number depend on."""
    return (
        (shown.listed, shown.draft, shown.people),
        [
            (_signed_out(a.answer), a.listed, a.speakers, a.topics)
            for a in shown.answers
        ],
    )


def _signed_out(answer: Answer) -> object:
    """Return what of an answer others depend on beside what lists print."""
    by = answer.review.by if answer.review else None
    clips = answer.asked, answer.answered
    return answer.id, answer.superseded_by, by, clips


def with_entry(shown: ShownEpisode, entry: Entry) -> ShownEpisode:
    """Return an episode that is shown, with the same episode read more fully."""
    if entry is shown.entry:
        return shown
    answers = tuple(replace(answer, entry=entry) for answer in shown.answers)
    return replace(shown, entry=entry, answers=answers)


def _episode(names: _Names, entry: Entry, drafts: bool) -> ShownEpisode:
    hidden = entry.episode.status != "published"
    chosen = _choose(entry, drafts)
    chosen.sort(key=lambda pair: (pair[0].answered.start, pair[0].slug))
    return ShownEpisode(
        entry=entry,
        draft=hidden,
        people=tuple(names.person(p, entry) for p in entry.episode.people),
        answers=tuple(_answer(names, entry, a, hidden or d) for a, d in chosen),
        listed=repr((entry.slug, entry.episode, entry.enclosure, hidden, len(chosen))),
    )


def _choose(entry: Entry, drafts: bool) -> list[tuple[Answer, bool]]:
    """Return what is shown of an episode's answers, and whether each is a draft.

    In a preview an approved answer that was edited since appears as it is now, a draft.
    """
    if not drafts:
        # what the library calls approved is looked at once more: this is the last gate
        return [(a, False) for a in entry.approved if a.approved]
    now = [a for a in entry.answers if a.status != "withdrawn"]
    ids = {a.id for a in entry.answers}
    kept = [(a, False) for a in entry.approved if a.id not in ids]
    return [(a, a not in entry.approved) for a in now] + kept


def _answer(names: _Names, entry: Entry, answer: Answer, draft: bool) -> ShownAnswer:
    if answer.review is not None:
        names.person(answer.review.by, entry, answer)
    held = entry.episode.held
    language = names.spoken_in(entry)
    superseded = answer.superseded_by is not None
    facts = (answer.slug, answer.question, answer.speakers, held, draft, language)
    return ShownAnswer(
        answer=answer,
        entry=entry,
        draft=draft,
        speakers=tuple(names.person(p, entry, answer) for p in answer.speakers),
        topics=tuple(names.topic(t, entry, answer) for t in answer.topics),
        language=language,
        listed=repr((*facts, superseded)),
    )


class _Names:
    """Whom and what a show names, by id."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._people = {person.id: person for person in reversed(library.show.people)}
        self._topics = {topic.id: topic for topic in reversed(library.show.topics)}

    def spoken_in(self, entry: Entry) -> str:
        """Return the language of an episode, BCP 47."""
        transcript = entry.transcript
        told = transcript.language if transcript else None
        return self._library.show.spoken_in(told)

    def person(self, key: str, entry: Entry, answer: Answer | None = None) -> Person:
        """Return a person as on the day held. Raises ContentError, with the file that names nobody."""
        if (found := self._people.get(key)) is None:
            remedy = "add the person to show.toml or correct the id"
            where = _file(self._library, entry, answer)
            raise ContentError(where, f"nobody has the id {key!r}", remedy)
        return found.on(entry.episode.held)

    def topic(self, key: str, entry: Entry, answer: Answer) -> Topic:
        """Return a topic. Raises ContentError, with the file that names none."""
        if (found := self._topics.get(key)) is None:
            remedy = "add the topic to show.toml or correct the id"
            where = _file(self._library, entry, answer)
            raise ContentError(where, f"no topic has the id {key!r}", remedy)
        return found


def _file(library: Library, entry: Entry, answer: Answer | None) -> Path:
    paths = ShowFolder(library.root).episode(entry.slug)
    return paths.answer(answer.slug) if answer else paths.facts


def _refuse_shared_addresses(library: Library, answers: Iterable[ShownAnswer]) -> None:
    taken: dict[str, ShownAnswer] = {}
    for shown in answers:
        other = taken.setdefault(shown.answer.slug.casefold(), shown)
        if other is not shown:
            raise ContentError(
                _file(library, shown.entry, shown.answer),
                f"{_file(library, other.entry, other.answer)} has the same address",
                "rename the newer of the two",
            )
