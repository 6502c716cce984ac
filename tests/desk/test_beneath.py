"""Each sentence with its spoken words: none is lost, none is said twice."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pullquote.desk.room.difference import since
from pullquote.desk.text.beneath import beneath
from pullquote.mark.guard.answers import changes
from pullquote.model.answer import Clip
from pullquote.model.transcript import TimedTurn, Word
from tests import factory

WORDS = st.lists(
    st.sampled_from(["heat", "ice", "not", "pain.", "rest", "two."]), max_size=14
)


def turn(words: list[str]) -> TimedTurn:
    return TimedTurn(
        start=0,
        end=1000 * len(words),
        speaker="Ada Quill",
        guessed=False,
        words=tuple(
            Word(start=1000 * n, end=1000 * n + 900, text=text)
            for n, text in enumerate(words)
        ),
        sentence_starts=(0,),
    )


def clip_of(words: list[str]) -> Clip:
    return Clip(start=0, end=max(1, 1000 * len(words)))


def test_a_sentence_as_it_was_said_has_its_times() -> None:
    said = ["Keep", "moving.", "It", "helps."]
    first, second = beneath("Keep moving.\nIt helps.", clip_of(said), (turn(said),))
    assert first.as_said
    assert (first.start, first.end, second.start) == (0, 1900, 2000)


def test_what_was_left_out_stands_with_the_sentence_before_it() -> None:
    said = ["Um", "keep", "moving.", "You", "know", "what.", "It", "helps", "a", "lot."]
    first, second = beneath("Keep moving. It helps.", clip_of(said), (turn(said),))
    assert [*first.changes] == [
        ("out", "Um"),
        ("same", "keep moving."),
        ("out", "You know what."),
    ]
    assert ("out", "a lot.") in second.changes


def test_a_change_of_meaning_stands_at_its_sentence() -> None:
    entry = factory.basics()
    answer = next(a for a in entry.answers if a.body)
    twisted = replace(answer, body=f"{answer.body}\nNever take 90 mg.")
    found = changes(twisted, entry.turns, factory.show())
    sentences = beneath(twisted.body, twisted.answered, entry.turns, found)
    assert sentences[-1].findings
    assert {n for s in sentences for n in s.findings} == set(range(1, len(found) + 1))


def test_nothing_said_and_nothing_written() -> None:
    assert beneath("", clip_of([]), ()) == ()
    (only,) = beneath("Written.", clip_of([]), ())
    assert only.start is None
    assert not only.as_said


@given(WORDS, WORDS)
def test_every_word_has_its_place(said: list[str], written: list[str]) -> None:
    sentences = beneath(" ".join(written), clip_of(said), (turn(said),) if said else ())
    if not written:
        return
    spoken = [
        word
        for sentence in sentences
        for kind, text in sentence.changes
        if kind != "in"
        for word in text.split()
    ]
    assert spoken == said
    assert " ".join(s.text for s in sentences).split() == written


@given(WORDS, WORDS)
def test_both_versions_are_in_what_changed(before: list[str], now: list[str]) -> None:
    found = since(" ".join(before), " ".join(now))
    if before == now:
        assert found == ()
        return
    for kind, words in (("in", before), ("out", now)):
        kept = [w for k, text in found if k != kind for w in text.split()]
        assert kept == words
