"""Whose name may stand beside spoken words: only one that a person confirmed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Protocol

from pullquote.model.show import Person, Show

_LABEL = re.compile(r"(?:S|speaker)[\s_-]*0*(\d+)", re.IGNORECASE)
_NOBODY = frozenset({"", "?", "unknown", "unknown speaker", "speaker"})


class Spoken(Protocol):
    """What a Turn and a TimedTurn have in common here."""

    @property
    def speaker(self) -> str:
        """A person's name, or a machine's label such as ``S2``."""

    @property
    def guessed(self) -> bool:
        """Whether a machine proposed the name."""


def label_number(speaker: str) -> int | None:
    """Return 2 for the label ``S2``, None if ``speaker`` is no label."""
    match = _LABEL.fullmatch(speaker.strip())
    return int(match[1]) if match else None


def is_named(turn: Spoken) -> bool:
    """Say whether a person stands by the name: no guess and no mere label."""
    return not turn.guessed and _is_name(turn.speaker)


@lru_cache(maxsize=1 << 12)  # the same few people speak in all turns of a show
def _is_name(speaker: str) -> bool:
    name = speaker.strip()
    return name.casefold() not in _NOBODY and label_number(name) is None


def confirmed_person(turn: Spoken, show: Show) -> Person | None:
    """Return who of the show speaks, None unless a person confirmed the name."""
    return show.person_named(turn.speaker) if is_named(turn) else None


def display_name(turn: Spoken, show: Show) -> str:
    """Return what may be printed as the speaker of this turn.

    The confirmed name (an alias becomes the person's name), ``Speaker 2`` for the
    label ``S2``, and ``Speaker`` for a guessed name: a guess never shows. Use
    ``display_names`` for a whole transcript, it keeps guessed voices apart.
    """
    if is_named(turn):
        person = confirmed_person(turn, show)
        return person.name if person else turn.speaker.strip()
    number = label_number(turn.speaker)
    return show.words.gettext("Speaker") if number is None else _voice(show, number)


def _voice(show: Show, number: int) -> str:
    return show.words.gettext("Speaker %(number)s", number=number)


def display_names(turns: Iterable[Spoken], show: Show) -> tuple[str, ...]:
    """Return what may be printed as the speaker of each turn.

    As ``display_name``, but voices with a guessed name get numbers that no label
    uses, in order of appearance, so that a reader can tell them apart.
    """
    spoken = tuple(turns)
    labels = {label_number(turn.speaker) for turn in spoken} - {None}
    free = (n for n in range(1, len(spoken) + len(labels) + 1) if n not in labels)
    numbers: dict[str, int] = {}
    names = []
    nobody = show.words.gettext("Speaker")
    for turn in spoken:
        name = display_name(turn, show)
        if name == nobody:
            voice = turn.speaker.strip().casefold()
            if voice not in numbers:
                numbers[voice] = next(free)
            name = _voice(show, numbers[voice])
        names.append(name)
    return tuple(names)
