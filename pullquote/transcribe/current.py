"""Is a transcript still what would be heard? Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pullquote.model.show import Show, TranscribeSettings
from pullquote.model.transcript import Correction, MachineTranscript
from pullquote.transcribe.stage import options_of
from pullquote.transcribe.words.expect import expected
from pullquote.transcribe.words.glossary import glossary_of, show_texts
from pullquote.transcribe.words.offers import corrections_of

_CHOSEN = ("language", "speakers")
"""The options that people choose; the others are ours and go with the version."""


def is_current(
    existing: MachineTranscript, recording_sha256: str, settings: TranscribeSettings
) -> bool:
    """Say whether the transcript is of this recording, made as people chose.

    A newer Pullquote that would do it a little better is no reason to transcribe
    an archive again; `transcribe --again` is there for that.
    """
    engine = existing.engine
    wanted = options_of(settings)
    return (
        existing.recording_sha256 == recording_sha256
        and (engine.runtime, engine.model) == (settings.runtime, settings.model)
        and all(engine.options.get(key) == wanted[key] for key in _CHOSEN)
    )


def glossary_matters(
    machine: MachineTranscript,
    before: Sequence[str],
    made: Sequence[Correction],
    show: Show,
) -> bool:
    """Say whether words may be heard otherwise than with the glossary ``before``.

    So they may where something new sounds like them, or where something that is
    gone took their place.
    """
    now = set(show_texts(show))
    gone = " ".join(text for text in before if text not in now).casefold()
    if any(one.heard and one.offered.casefold() in gone for one in made):
        return True
    known = {entry.text.casefold() for entry in glossary_of(_only(show, before))}
    new = tuple(e for e in glossary_of(show) if e.text.casefold() not in known)
    return any(expected(s.words, new) for s in machine.segments)


def _only(show: Show, texts: Sequence[str]) -> Show:
    """Return the show with only those people, topics and terms."""
    return replace(
        show,
        people=tuple(
            replace(p, aliases=tuple(a for a in p.aliases if a in texts))
            for p in show.people
            if p.name in texts
        ),
        topics=(),
        terms=tuple(texts),
    )


def offered_anew(
    machine: MachineTranscript, made: Sequence[Correction], show: Show
) -> tuple[Correction, ...]:
    """Return what to offer with the glossary as it is now, nothing being heard anew.

    What was heard, and what the episode's own title had offered, stays.
    """
    kept = [one for one in made if one.heard or one.kind == "episode"]
    taken = {(one.start, one.end) for one in kept}
    found = corrections_of(machine.segments, glossary_of(show))
    new = [one for one in found if (one.start, one.end) not in taken]
    return tuple(sorted([*kept, *new], key=lambda one: (one.start, one.end)))
