"""A person says whose a voice is; what sounds like a private name is no offer. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pullquote.model.answer import Redaction
from pullquote.model.speaking import is_named
from pullquote.model.transcript import Correction, Transcript, Turn


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
