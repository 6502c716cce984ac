"""What a browser is told of a turn."""

from __future__ import annotations

from dataclasses import replace

from pullquote.desk.room.document import DeskTurn, Document
from pullquote.desk.room.report import turn_report
from pullquote.desk.room.times import Times
from pullquote.model.transcript import Segment, Word
from tests.desk.room import rooms


def test_words_to_hear_again_are_unlikely_or_odd_and_were_heard() -> None:
    said = "It was 140 to over 91, or 150 to over 92, knot."
    likely: list[float | None] = [0.9] * len(said.split())
    likely[-1], likely[7] = 0.4, None  # a person wrote 150
    words = [
        Word(start=n * 500, end=n * 500 + 450, text=text, probability=likely[n])
        for n, text in enumerate(said.split())
    ]
    turn = DeskTurn(id="t1", start=0, speaker="S1", guessed=False, text=said)
    assert turn_report(turn, words, in_english=True)["unsure"] == [2, 11]
    # "1.250" is a thousand and more in German: the rules are of English
    assert turn_report(turn, words, in_english=False)["unsure"] == [11]


def test_speech_without_words_is_heard_to_the_end_of_it() -> None:
    words = [Word(start=at, end=at + 400, text="word") for at in (0, 9_000, 20_000)]
    segments = [Segment(start=w.start, end=w.end, words=(w,)) for w in words]
    doubts = [("unheard",), ("unsure",), ("unheard", "unsure")]
    machine = replace(
        rooms.heard(rooms.transcript()),
        duration=30_000,
        segments=tuple(
            replace(one, doubts=why) for one, why in zip(segments, doubts, strict=True)
        ),
    )
    found = Times(machine, Document(())).doubted
    assert [until for _, until in found] == [9_000, 9_400, 30_000]
    silent = replace(machine, segments=())
    assert Times(silent, Document(())).doubted == ()
