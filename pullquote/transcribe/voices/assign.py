"""Which voice says which word. Pure.

A diarizer says when each voice speaks, to about a quarter of a second; words say
where sentences end. Together they put the change of voice between the right words.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pullquote.formats.sentences import sentence_starts
from pullquote.model.transcript import VoiceTurn, Word
from pullquote.transcribe.words.segments import SpokenWord

# How far sentences outweigh the diarizer; milliseconds.
_PAUSE = 400
"""Silence at which a voice may change inside a sentence."""
_STRAY_WORDS = 3
"""A run of at most this many words without a pause joins its sentence."""


def assign_voices(
    words: Sequence[Word], turns: Sequence[VoiceTurn]
) -> tuple[SpokenWord, ...]:
    """Return the words, each with the label of the voice that says it.

    Without turns no voice is told from another: the label is None.
    """
    if not turns:
        return tuple(SpokenWord(word=word) for word in words)
    ordered = sorted(turns, key=lambda t: (t.start, t.end))
    starts = [turn.start for turn in ordered]
    longest = max(turn.end - turn.start for turn in ordered)
    voices = [_voice(word, ordered, starts, longest) for word in words]
    return tuple(
        SpokenWord(word=word, speaker=voice)
        for word, voice in zip(words, _repaired(words, voices), strict=True)
    )


def labelled(
    words: Sequence[SpokenWord], turns: Sequence[VoiceTurn]
) -> tuple[tuple[SpokenWord, ...], tuple[VoiceTurn, ...], dict[str, str]]:
    """Return words and turns with the labels ``S1``, ``S2`` …, and these by the old.

    ``S1`` is the first to say a word; voices that say none come last.
    """
    labels: dict[str, str] = {}
    for voice in (*(word.speaker for word in words), *(t.speaker for t in turns)):
        if voice is not None:
            labels.setdefault(voice, f"S{len(labels) + 1}")
    return (
        tuple(
            word
            if word.speaker is None
            else replace(word, speaker=labels[word.speaker])
            for word in words
        ),
        tuple(replace(turn, speaker=labels[turn.speaker]) for turn in turns),
        labels,
    )


def _voice(
    word: Word, turns: Sequence[VoiceTurn], starts: Sequence[int], longest: int
) -> str:
    """Return the voice heard longest during the word, or the nearest one."""
    first = bisect_left(starts, word.start - longest)
    last = bisect_left(starts, max(word.end, word.start + 1))
    heard: Counter[str] = Counter()
    for turn in turns[first:last]:
        shared = min(turn.end, word.end) - max(turn.start, word.start)
        heard[turn.speaker] += max(0, shared)
    best = max(heard, key=lambda voice: heard[voice], default="")
    if heard[best] > 0:
        return best
    middle = (word.start + word.end) // 2
    nearby = turns[max(0, first - 1) : last + 1]
    return min(
        nearby, key=lambda t: (max(t.start - middle, middle - t.end), t.start)
    ).speaker


def _repaired(words: Sequence[Word], voices: Sequence[str]) -> list[str]:
    """Give stray words to the voice that says the rest of their sentence."""
    repaired = list(voices)
    starts = set(sentence_starts([word.text for word in words]))
    start = 0
    for at in range(1, len(words) + 1):
        ends = (
            at == len(words)
            or at in starts
            or words[at].start - words[at - 1].end >= _PAUSE
        )
        if ends:
            repaired[start:at] = _settled(voices[start:at])
            start = at
    return repaired


def _settled(voices: Sequence[str]) -> list[str]:
    counts = Counter(voices)
    main, most = counts.most_common(1)[0]
    strays = {
        voice
        for voice, count in counts.items()
        if count <= _STRAY_WORDS and most > count
    }
    return [main if voice in strays else voice for voice in voices]
