"""Names that may be those of the show's people, written down as they sounded.

A machine that does not know Dr. Coulmont hears Kulmont. That is no viewer's name, but
nobody knows for sure: a person looks, and corrects it or takes it out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from pullquote.model.show import Person
from pullquote.model.sounding import likeness, sounding

_ALIKE = 0.87
"""From 0 to 1, of the two keys of a sound together."""
_TELLING = 5
"""Sounds of a surname that stands alone: Lin, Lynn, Len and Lane are one."""
_sounding = lru_cache(4000)(sounding)
_TITLES = frozenset(("dr", "doctor", "prof", "professor"))


def misheard(
    heard: Sequence[str], before: str, people: Sequence[Person]
) -> Person | None:
    """Return who of the show may be meant, None where it is somebody else.

    ``heard`` are the words of a name without marks, ``before`` is the word before
    them. Every word has to sound like one of the person's names, and the last like a
    surname: "Ann Kulmont" is somebody else than Marc Coulmont.
    """
    names = [
        (_likeness(heard[-1], parts[-1]), at)
        for at, person in enumerate(people)
        for name in person.names
        if heard and (parts := name.casefold().split()) and _is(heard, before, parts)
    ]
    return people[max(names)[1]] if names else None


def _is(heard: Sequence[str], before: str, parts: Sequence[str]) -> bool:
    if _likeness(heard[-1], parts[-1]) < _ALIKE:
        return False
    for word in heard[:-1]:
        if max(_likeness(word, part) for part in parts) < _ALIKE:
            return False
    in_company = len(heard) > 1 or before in _TITLES or before in parts[:-1]
    return in_company or len(_sounding(parts[-1]).fine) >= _TELLING


def _likeness(heard: str, name: str) -> float:
    one, other = _sounding(heard), _sounding(name)
    return likeness(one, other) if one.fine else 0.0
