"""Who speaks: what voices there are, and whose name may stand beside spoken words.

Only one that a person confirmed may.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import count
from typing import Protocol

from pullquote.model.show import Person, Show
from pullquote.model.transcript import Segment, Transcript, Turn

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


def labelled(segments: Sequence[Segment]) -> tuple[Segment, ...]:
    """Return segments with labels for names: what git keeps names nobody who asked."""
    names = dict.fromkeys(s.speaker for s in segments if s.speaker is not None)
    taken = {name for name in names if label_number(name) is not None}
    free = (f"S{n}" for n in count(1) if f"S{n}" not in taken)
    labels = {name: name if name in taken else next(free) for name in names}
    return tuple(
        replace(s, speaker=None if s.speaker is None else labels[s.speaker])
        for s in segments
    )


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


def name_voice(transcript: Transcript, voice: str, name: str) -> Transcript:
    """Return the transcript with every turn of ``voice`` under ``name``, confirmed.

    ``voice`` is a label (``S2``) or a guessed name without its question mark.
    Turns that a person named already stay as they are.
    """
    return replace(
        transcript,
        turns=tuple(
            turn
            if turn.speaker != voice or is_named(turn)
            else replace(turn, speaker=name, guessed=False)
            for turn in transcript.turns
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """One voice of a transcript."""

    name: str
    """A person's name, or the machine's label; with a question mark where it is a guess."""
    turns: int
    words: int
    start: int
    """Milliseconds, of its longest turn: there it is best heard."""
    text: str
    """What it says there."""


def voices(transcript: Transcript) -> tuple[Voice, ...]:
    """Return the voices in the order in which they are first heard."""
    spoken: dict[str, list[Turn]] = {}
    for turn in transcript.turns:
        spoken.setdefault(turn.speaker + "?" * turn.guessed, []).append(turn)
    found = []
    for name, turns in spoken.items():
        longest = max(turns, key=lambda turn: len(turn.text))
        found.append(
            Voice(
                name=name,
                turns=len(turns),
                words=sum(len(turn.text.split()) for turn in turns),
                start=longest.start,
                text=longest.text,
            )
        )
    return tuple(found)
