"""Whose voice it is, by what is said: "I am …", "Dr. Lin, what do you say?". Pure.

Only people whom ``show.toml`` knows are told. An introduction counts in the first
person. One call upon somebody proves nothing ("as Dr. Lin wrote"), so a voice gets a name
by it only if it answered to that name twice or more, and hardly ever to another one.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from rapidfuzz import fuzz

from pullquote.formats.sentences import sentences
from pullquote.model.show import Person
from pullquote.model.transcript import Segment

_SELF = re.compile(
    r"\b(?:i am|i'm|my name is|my name's|this is)\s+(.{2,80})", re.IGNORECASE
)
_TITLE = r"(?:doctor|dr|prof(?:essor)?|mr|mrs|ms)"
_TITLES = re.compile(
    rf"\b(?:(?:your|the) (?:host|moderator)|{_TITLE})\b\.?,?", re.IGNORECASE
)
_IS_TITLE = re.compile(rf"{_TITLE}\.?", re.IGNORECASE)
_WORD = re.compile(r"[\w'’-]+")  # noqa: RUF001
_SPOKEN_OF = re.compile(
    r"\b(?:thank(?:s|ed)?|said|says|mentioned|wrote|told|i am|i'm|my name)\b",
    re.IGNORECASE,
)
"""A sentence with one of these is about who spoke before or speaks now."""
_LONGEST = 120
"""Words: whoever speaks for longer tells something and calls upon nobody."""
_LEAST = 2
_SHARE = 0.75
"""Of a voice's calls that must be by this name, and of the name's that reach it."""
_ALIKE = 84
"""Of 100: Whisper writes names as it hears them ("Tiffany Linn")."""
_CLEARLY = 10
"""By how much the best name must beat that of anybody else."""


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
    words = _WORD.findall(_TITLES.sub(" ", said))
    return _likest(words, [(p, n) for p in people for n in p.names if " " in n])


def called_upon(
    segments: Sequence[Segment], people: Sequence[Person]
) -> Mapping[str, str]:
    """Return the name by which each voice was called before it spoke, by its label.

    Voices that nobody called twice, or by several names, are left out.
    """
    calls = Counter(_calls(segments, people))
    of_voice: Counter[str] = Counter()
    of_name: Counter[str] = Counter()
    for (voice, name), times in calls.items():
        of_voice[voice] += times
        of_name[name] += times
    return {
        voice: name
        for (voice, name), times in calls.items()
        if times >= _LEAST and times >= _SHARE * max(of_voice[voice], of_name[name])
    }


def _calls(
    segments: Sequence[Segment], people: Sequence[Person]
) -> Iterator[tuple[str, str]]:
    """Yield each voice that spoke after one person was called, and that one's name."""
    turns = [
        (voice, " ".join(segment.text for segment in run))
        for voice, run in groupby(segments, key=lambda segment: segment.speaker)
    ]
    for (caller, said), (voice, _) in pairwise(turns):
        if caller is None or voice is None or len(said.split()) > _LONGEST:
            continue
        named = {name for s in sentences(said) for name in _named(s, people)}
        if len(named) == 1:
            yield voice, named.pop()


def _named(sentence: str, people: Sequence[Person]) -> Iterator[str]:
    """Yield the people whose whole name, or title and surname, stand in a sentence."""
    if _SPOKEN_OF.search(sentence):
        return
    words = _WORD.findall(sentence)
    whole = [(person, name) for person in people for name in person.names]
    full = [(person, name) for person, name in whole if " " in name]
    last = [(person, name.rsplit(maxsplit=1)[-1]) for person, name in whole]
    for at in range(len(words)):
        titled = at > 0 and _IS_TITLE.fullmatch(words[at - 1])
        if not (titled or words[at][0].isupper()):
            continue
        if person := _likest(words[at:], [*whole, *last] if titled else full):
            yield person.name


def _likest(words: Sequence[str], names: Iterable[tuple[Person, str]]) -> Person | None:
    """Return the one person with whose name the words begin; None if it is not clear.

    A person may have several names.
    """
    best: dict[str, tuple[float, Person]] = {}
    for person, name in names:
        parts = name.casefold().split()
        heard = " ".join(words[: len(parts)]).casefold()
        alike = fuzz.ratio(heard, " ".join(parts))
        if alike > best.get(person.id, (0.0, person))[0]:
            best[person.id] = (alike, person)
    scored = sorted(best.values(), key=lambda pair: pair[0], reverse=True)
    if not scored or scored[0][0] < _ALIKE:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _CLEARLY:
        return None
    return scored[0][1]
