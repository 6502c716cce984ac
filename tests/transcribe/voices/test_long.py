"""Ten hours and twenty voices: no step looks at each thing for each other thing."""

from __future__ import annotations

from time import process_time

import numpy as np

from pullquote.model.transcript import Segment, VoiceTurn
from pullquote.transcribe.sound import Span
from pullquote.transcribe.voices.crosstalk import overlapping
from pullquote.transcribe.voices.prints import spans_of
from pullquote.transcribe.voices.voicing import Listened, voiced_stretches
from pullquote.transcribe.words.segments import with_doubts

HOURS = 10 * 3_600_000
MOST = 20.0
"""Seconds of a processor; each for each took several times as many."""


def test_ten_hours_of_twenty_voices_are_told_apart_in_seconds() -> None:
    begun = process_time()
    columns = np.eye(3, dtype=bool)[np.arange(500) // 200]
    heard = [
        Listened(start=at, length=10_000, columns=columns)
        for at in range(0, HOURS, 10_000)
    ]
    speech = [Span(start=at, end=at + 4_000) for at in range(0, HOURS, 5_000)]
    assert len(voiced_stretches(speech, heard, 300)) == 2 * len(heard) + len(heard)
    alone = [
        VoiceTurn(start=at, end=at + 7_000, speaker=f"S{at % 20}")
        for at in range(0, HOURS, 7_001)
    ]
    both = [Span(start=at, end=at + 300) for at in range(6_900, HOURS, 14_002)]
    turns = overlapping(alone, both)
    assert len(turns) == len(alone)
    assert all(len(spans_of(turns, f"S{n}", 1_500)) == 24 for n in range(20))
    segments = [Segment(start=t.start, end=t.end, words=()) for t in alone]
    crosstalk = [(span.start, span.end, "crosstalk") for span in both]
    doubted = [s for s in with_doubts(segments, crosstalk) if s.doubts]
    assert len(doubted) >= len(both)
    assert process_time() - begun < MOST


def test_where_several_speak_at_once_no_print_is_taken() -> None:
    turns = [
        VoiceTurn(start=0, end=20_000, speaker="a"),
        VoiceTurn(start=1_000, end=12_000, speaker="b"),
        VoiceTurn(start=2_000, end=3_000, speaker="c"),
    ]
    found = spans_of(turns, "a", 1_000)
    assert found == () or all(span.start >= 12_000 for span in found)
    assert len(found) >= 5
