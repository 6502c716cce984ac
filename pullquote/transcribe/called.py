"""Who speaks when somebody is called upon: "Dr. Lin, what do you say?". Pure.

One such call proves nothing ("as Dr. Lin wrote"), so a voice gets a name by it only
if it answered to that name twice or more, and hardly ever to another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from pullquote.formats.sentences import sentences
from pullquote.model.show import Person
from pullquote.model.transcript import Segment
from pullquote.transcribe.likeness import likest

_TITLE = re.compile(r"(?:doctor|dr|prof(?:essor)?|mr|mrs|ms)\.?", re.IGNORECASE)
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
    words = re.findall(r"[\w'’-]+", sentence)  # noqa: RUF001
    whole = [(person, name) for person in people for name in person.names]
    full = [(person, name) for person, name in whole if " " in name]
    last = [(person, name.rsplit(maxsplit=1)[-1]) for person, name in whole]
    for at in range(len(words)):
        titled = at > 0 and _TITLE.fullmatch(words[at - 1])
        if not (titled or words[at][0].isupper()):
            continue
        if person := likest(words[at:], [*whole, *last] if titled else full):
            yield person.name
