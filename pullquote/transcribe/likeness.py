"""Whose name it is that was heard, as nearly as Whisper writes names. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz

from pullquote.model.show import Person

_ALIKE = 84
"""Of 100: Whisper writes names as it hears them ("Tiffany Linn")."""
_CLEARLY = 10
"""By how much the best name must beat that of anybody else."""


def likest(words: Sequence[str], names: Iterable[tuple[Person, str]]) -> Person | None:
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
