"""A person says whose a voice is, and what of the glossary was said. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pullquote.model.align import normal_form
from pullquote.model.answer import Redaction
from pullquote.model.speaking import is_named
from pullquote.model.transcript import Correction, TimedTurn, Transcript, Turn


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


@dataclass(frozen=True, slots=True)
class Offer:
    """Words ``[first, last)`` of a turn that may have been another word."""

    correction: Correction
    turn: int
    first: int
    last: int
    heard: str


def standing_offers(
    corrections: Sequence[Correction], turns: Sequence[TimedTurn]
) -> tuple[Offer, ...]:
    """Return the corrections that the transcript does not hold yet, in its order.

    A correction belongs to the words whose middle lies within its times; where a
    person wrote the offered words there, or took the words out, nothing is offered.
    """
    found = [
        offer
        for at, turn in enumerate(turns)
        for correction in corrections
        if correction.start < turn.end and turn.start < correction.end
        for offer in _offer(correction, at, turn)
    ]
    return tuple(sorted(found, key=lambda offer: (offer.turn, offer.first)))


def without_private(
    corrections: Sequence[Correction], redactions: Sequence[Redaction]
) -> tuple[Correction, ...]:
    """Return the corrections without those that a redaction covers.

    What sounds like a private name gives it away.
    """
    return tuple(
        correction
        for correction in corrections
        if not any(
            r.clip.overlaps(correction.start, correction.end) for r in redactions
        )
    )


def _offer(correction: Correction, at: int, turn: TimedTurn) -> Iterator[Offer]:
    places = [
        n
        for n, word in enumerate(turn.words)
        if correction.start <= (word.start + word.end) // 2 < correction.end
    ]
    if not places:
        return
    words = turn.words[places[0] : places[-1] + 1]
    heard = " ".join(word.text for word in words)
    if normal_form(correction.offered) not in normal_form(heard):
        yield Offer(correction, at, places[0], places[-1] + 1, heard)
