"""Who says "I am …". Pure.

Only an introduction in the first person counts, and only of people whom
``show.toml`` knows. Whom others call by name: ``called``.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from pullquote.model.show import Person
from pullquote.model.transcript import Segment
from pullquote.transcribe.likeness import likest

_SELF = re.compile(
    r"\b(?:i am|i'm|my name is|my name's|this is)\s+(.{2,80})", re.IGNORECASE
)
_TITLES = re.compile(
    r"\b(?:(?:your|the) (?:host|moderator)|doctor|dr|prof(?:essor)?|mr|mrs|ms)\b\.?,?",
    re.IGNORECASE,
)


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
    """Return whom the words name first; only names of two words are told for sure."""
    words = re.findall(r"[\w'’-]+", _TITLES.sub(" ", said))  # noqa: RUF001
    return likest(words, [(p, n) for p in people for n in p.names if " " in n])
