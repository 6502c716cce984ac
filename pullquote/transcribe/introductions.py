"""Who says "I am …": the only words that may name a voice. Pure.

A name that is merely spoken names somebody else as often as the speaker ("Thank
you, Dr. Lin"), so only an introduction in the first person counts, and only of
people whom ``show.toml`` knows.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from rapidfuzz import fuzz

from pullquote.model.show import Person
from pullquote.model.transcript import Segment

_SELF = re.compile(
    r"\b(?:i am|i'm|my name is|my name's|this is)\s+(.{2,80})", re.IGNORECASE
)
_TITLES = re.compile(
    r"\b(?:(?:your|the) (?:host|moderator)|doctor|dr|prof(?:essor)?|mr|mrs|ms)\b\.?,?",
    re.IGNORECASE,
)
_ALIKE = 84
"""Of 100: Whisper writes names as it hears them ("Tiffany Linn")."""
_CLEARLY = 10
"""By how much the best name must beat the second best."""


def introduced(
    segments: Sequence[Segment], people: Sequence[Person]
) -> Mapping[str, str]:
    """Return the name of each voice that introduced itself, by the voice's label.

    A voice that gives two names, or a name that two voices give, stays unnamed.
    """
    claims: dict[str, set[str]] = defaultdict(set)
    for segment in segments:
        if segment.speaker is None:
            continue
        for match in _SELF.finditer(segment.text):
            if person := _person(match[1], people):
                claims[segment.speaker].add(person.name)
    single = {label: next(iter(n)) for label, n in claims.items() if len(n) == 1}
    given = list(single.values())
    return {label: n for label, n in single.items() if given.count(n) == 1}


def _person(said: str, people: Sequence[Person]) -> Person | None:
    """Return the one person whose name the words begin with, as nearly as heard."""
    words = re.findall(r"[\w'’-]+", _TITLES.sub(" ", said))  # noqa: RUF001
    scored = sorted(
        ((_likeness(words, person), i) for i, person in enumerate(people)),
        reverse=True,
    )
    if not scored or scored[0][0] < _ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY:
        return None
    return people[scored[0][1]]


def _likeness(words: Sequence[str], person: Person) -> float:
    """Return 0 to 100; only names of two words and more can be told for sure."""
    best = 0.0
    for name in (person.name, *person.aliases):
        parts = name.casefold().split()
        if len(parts) < 2:
            continue
        heard = " ".join(words[: len(parts)]).casefold()
        best = max(best, fuzz.ratio(heard, " ".join(parts)))
    return best
