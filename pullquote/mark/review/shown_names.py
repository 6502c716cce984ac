"""Whether pages name people as they stood when answers were signed, and who spoke."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from pullquote.errors import GateError
from pullquote.formats.disk import read_text
from pullquote.formats.folder import EpisodeFolder, ShowFolder
from pullquote.formats.toml import key_lines, line_of
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.show import Person, Show
from pullquote.model.speaking import is_named


def renamed_faults(library: Library, folder: ShowFolder) -> Iterator[GateError]:
    """Yield, a line a person, what public pages say otherwise than it was signed.

    As where credentials changed and nobody wrote what stood there before. Another name
    is none where the old one is an alias. These stop no build: what holds now may be
    shown, and what may be shown no more has to go at once.
    """
    found: defaultdict[tuple[str, str, str], list[tuple[date, str]]]
    found = defaultdict(list)
    for entry in library.entries:
        for answer in entry.approved:
            for person, day, card in _recorded(answer, entry, library.show):
                if card not in _cards(person, day):
                    key = person.id, card, person.on(day).card
                    found[key].append((day, answer.slug))
    if not found:
        return
    lines = key_lines(read_text(folder.show))
    numbers = {p.id: n for n, p in enumerate(library.show.people)}
    for (who, then, now), places in sorted(found.items()):
        slugs = {slug for _, slug in places}
        day, last = max(places)
        many = f"{len(slugs)} answers, such as {last}, now have"
        on = f"{last} now has" if len(slugs) == 1 else many
        yield GateError(
            folder.show,
            f"{on} {now!r} where {then!r} was signed",
            f"was it so then: [[people.before]] with until = {day} or later; was it"
            " wrong, or may not be shown: the same with shown = false",
            line=line_of(lines, ("people", numbers[who])),
        )


def unlisted(entry: Entry, show: Show, paths: EpisodeFolder) -> Iterator[GateError]:
    """Yield that somebody speaks in an episode in the place of whom it says to take part.

    As where the wrong doctor was picked for a voice, or an alias is another's by now: no
    signature tells who says what is in no answer.
    """
    if not all(map(is_named, entry.turns)):
        return  # it may be one of these
    names = dict.fromkeys(turn.speaker for turn in entry.turns)  # few, of many turns
    heard = {p.id: p for p in map(show.person_named, names) if p}
    listed = [p for p in map(show.person, entry.episode.people) if p]
    silent = [p.name for p in listed if p.id not in heard]
    others = [p.name for i, p in heard.items() if i not in entry.episode.people]
    if silent and others:
        yield GateError(
            paths.transcript,
            f"has words of {' and '.join(others)}, whom 'people' of {paths.facts.name} does"
            f" not name, and none of {' and '.join(silent)}, whom it names",
            "correct who speaks, or 'people'",
        )


def _recorded(
    answer: Answer, entry: Entry, show: Show
) -> Iterator[tuple[Person, date, str]]:
    """Yield whom a review names, for which day, and how: reviews of old name nobody."""
    review, held = answer.review, entry.episode.held
    if review is None:
        return
    signer = show.person(review.by)
    if signer and review.signed_as is not None:
        yield signer, review.on, review.signed_as
    people = map(show.person, answer.speakers)
    for person, card in zip(people, review.answered_by, strict=False):
        if person:
            yield person, held, card


def _cards(person: Person, day: date) -> frozenset[str]:
    """Return how a person may have been recorded on a day: pages may say another."""
    now = person.on(day)
    known = (now, *(time.of(now) for time in person.before if not time.shown))
    return frozenset(
        replace(one, name=name).card for one in known for name in person.names
    )
