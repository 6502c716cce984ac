"""Any sequence of operations by several editors: nothing lost, everything undone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.desk.room.change import apply, from_json, inverse, to_json
from pullquote.desk.room.history import History, versions
from pullquote.desk.room.operations import (
    Edit,
    Join,
    Name,
    Operation,
    Place,
    Replace,
    Restore,
    Split,
)
from pullquote.desk.room.room import Room
from pullquote.desk.room.times import Times
from pullquote.errors import UsageError
from pullquote.formats.transcript_md import parse_transcript
from tests.desk.room import rooms
from tests.desk.room.rooms import do, redo, room, text, undo


def edit(
    turn: str, at: int, deleted: str, inserted: str, on: str | None = None
) -> Edit:
    return Edit(turn=turn, at=at, deleted=deleted, inserted=inserted, on=on)


def test_an_edit_changes_its_words_and_keeps_all_times() -> None:
    here = room()
    before = here.times.of_turns["t1"]
    do(here, edit("t1", 15, "show", "programme"))
    assert text(here)[0] == "Welcome to the programme.\nWhat helps a sore back?"
    after = here.times.of_turns["t1"]
    assert [w.start for w in after] == [w.start for w in before]
    assert after[3].probability is None


def test_a_sentence_typed_gets_its_own_line() -> None:
    here = room()
    do(here, edit("t4", 36, "", " Ask."))
    assert text(here)[3] == "Two weeks, as a rule.\nSome need six.\nAsk."
    do(here, edit("t4", 20, ".", ","))
    assert text(here)[3] == "Two weeks, as a rule, Some need six.\nAsk."


def test_edits_of_different_turns_by_two_people_both_apply() -> None:
    here = room()
    do(here, edit("t1", 0, "Welcome", "Hello"), by="ann", on=0)
    do(here, edit("t3", 0, "And", "But"), by="bob", on=0)
    assert text(here)[0].startswith("Hello to")
    assert text(here)[2].startswith("But how")


def test_edits_of_one_turn_at_different_words_merge() -> None:
    here = room()
    do(here, edit("t4", 0, "Two", "Three"), by="ann", on=0)
    change = do(here, edit("t4", 32, "six", "eight"), by="bob", on=0)
    assert text(here)[3] == "Three weeks, as a rule.\nSome need eight."
    assert change.clashes == ()


def test_a_join_or_an_undone_split_puts_no_words_under_a_name_given_meanwhile() -> None:
    """Offline, or unseen: a turn was joined whose speaker another editor had named."""
    spoken = (("S1", "Hello."), ("S2", "Keep moving."), ("S2", "Never lie down."))
    both = [("S1", "Hello."), ("Ada", "Keep moving."), ("Tom", "Never lie down.")]

    def named(where: Room, turn: str, name: str, on: int | None = None) -> None:
        do(where, Name(turn=turn, speaker=name, whole_voice=False), by="ann", on=on)

    def told(where: Room) -> list[tuple[str, str]]:
        return [(turn.speaker, turn.text) for turn in where.document.turns]

    late = room(spoken)
    named(late, "t2", "Ada")
    named(late, "t3", "Tom")
    change = do(late, Join(turn="t3"), by="bob", on=0)
    assert (told(late), change.steps, change.clashes) == (both, (), ())
    early = room(spoken)
    do(early, Join(turn="t3"), by="bob", on=0)
    named(early, "t3", "Tom", on=0)
    named(early, "t2", "Ada")
    assert told(early) == both
    parted = room((spoken[0], ("S2", "Keep moving. Never lie down.")))
    do(parted, Split(turn="t2", at=13, new="t3"), by="bob")
    named(parted, "t2", "Ada")
    named(parted, "t3", "Tom")
    undo(parted, "bob")
    assert told(parted) == both
    same = room(spoken)
    do(same, Name(turn="t2", speaker="Ada"), by="ann")
    do(same, Join(turn="t3"), by="bob", on=0)
    assert told(same) == [both[0], ("Ada", "Keep moving.\nNever lie down.")]


def test_the_same_word_changed_twice_keeps_both_and_lets_the_second_choose() -> None:
    here = room()
    do(here, edit("t4", 32, "six", "eight"), by="ann", on=0)
    change = do(here, edit("t4", 32, "six", "ten"), by="bob", on=0)
    assert text(here)[3].endswith("need eight.")
    (clash,) = change.clashes
    assert (clash.turn, clash.by) == ("t4", "bob")
    assert clash.text.endswith("need ten.")
    assert set(here.history.clashes) == {clash.id}
    asked = rooms.asked(here, "bob")
    here.accept(here.plan_choice(clash.id, theirs=True, asked=asked))
    assert text(here)[3].endswith("need ten.")
    assert here.history.clashes == {}
    with pytest.raises(UsageError, match="was made already"):
        here.plan_choice(clash.id, theirs=True, asked=asked)


def test_choosing_what_stands_there_leaves_it() -> None:
    here = room()
    do(here, edit("t4", 32, "six", "eight"), by="ann", on=0)
    (clash,) = do(here, edit("t4", 32, "six", "ten"), by="bob", on=0).clashes
    asked = rooms.asked(here, "bob")
    here.accept(here.plan_choice(clash.id, theirs=False, asked=asked))
    assert text(here)[3].endswith("need eight.")
    assert here.history.clashes == {}


def test_a_name_changed_twice_is_a_clash_too() -> None:
    here = room()
    do(here, Name(turn="t4", speaker="Marcus"), by="ann", on=0)
    (clash,) = do(here, Name(turn="t4", speaker="Irene"), by="bob", on=0).clashes
    assert here.document["t4"].speaker == "Marcus"
    assert clash.label == ("Irene", False)
    asked = rooms.asked(here, "bob")
    here.accept(here.plan_choice(clash.id, theirs=True, asked=asked))
    assert here.document["t4"].speaker == "Irene"


def test_a_turn_split_here_and_corrected_there_has_both() -> None:
    here = room()
    do(here, Split(turn="t1", at=20), by="ann", on=0)
    do(here, edit("t1", 39, "back", "neck"), by="bob", on=0)
    assert text(here)[:2] == ["Welcome to the show.", "What helps a sore neck?"]


def test_a_split_turn_starts_at_its_first_word_and_joins_again() -> None:
    here = room()
    before = rooms.as_file(here)
    do(here, Split(turn="t2", at=13))
    first, second = here.document.turns[1:3]
    assert (first.text, first.voice) == ("Keep moving.", ("Irene Copperfold", True))
    assert second.start == here.times.of_turns[second.id][0].start // 1000 * 1000
    do(here, Join(turn=second.id))
    assert rooms.as_file(here) == before


def test_joining_inside_a_sentence_makes_one_line_of_it() -> None:
    here = room([("S1", "It helps a"), ("S1", "lot. Really.")])
    do(here, Join(turn="t2"))
    assert text(here) == ["It helps a lot.\nReally."]
    with pytest.raises(UsageError, match="is the first turn"):
        do(here, Join(turn="t1"))


def test_a_voice_is_named_once_for_all_its_turns() -> None:
    here = room()
    do(here, Name(turn="t3", speaker="Simon Larkfield?"))
    assert [t.speaker for t in here.document.turns][::2] == ["Simon Larkfield"] * 2
    do(here, Name(turn="t2", speaker="Irene Copperfold", whole_voice=False))
    assert not here.document["t2"].guessed
    do(here, Name(turn="t1", speaker="Irene Copperfold", others=("t2", "t4")))
    assert [t.speaker for t in here.document.turns][::2] == ["Irene Copperfold"] * 2
    do(here, Name(turn="t1", speaker="Simon Larkfield", others=("t2", "t4")))
    assert here.document["t2"].speaker == "Irene Copperfold"
    for bad in ("", " ? ", "**", "a**b", "*a", "a\\"):
        with pytest.raises(UsageError, match="is no name"):
            do(here, Name(turn="t2", speaker=bad))


def test_find_and_replace_is_one_change_and_taken_back_as_one() -> None:
    here = room()
    before = text(here)
    places = (
        Place(turn="t2", at=13, deleted="A day", inserted="One hour"),
        Place(turn="t2", at=35, deleted="a week", inserted="one hour"),
        Place(turn="t4", at=0, deleted="Two weeks", inserted="One hour"),
    )
    do(here, Replace(places=places))
    assert text(here)[1] == "Keep moving.\nOne hour in bed is fine, one hour is not."
    assert len(undo(here)) == 1
    assert text(here) == before


def test_a_burst_of_typing_is_taken_back_at_once() -> None:
    here = room()
    before = text(here)
    for n, letter in enumerate("Well, "):
        do(here, edit("t2", n, "", letter), unit="burst 1")
    do(here, edit("t3", 0, "And", "But"), unit="burst 2")
    undo(here)
    assert text(here)[1].startswith("Well, Keep")
    undo(here)
    assert text(here) == before
    assert undo(here) == []
    redo(here)
    redo(here)
    assert text(here)[2].startswith("But")
    assert redo(here) == []


def test_one_takes_back_ones_own_work_and_not_the_others() -> None:
    here = room()
    do(here, edit("t4", 0, "Two", "Three"), by="ann")
    do(here, edit("t4", 34, "six", "eight"), by="bob")
    undo(here, "ann")
    assert text(here)[3] == "Two weeks, as a rule.\nSome need eight."


def test_what_others_changed_since_is_not_taken_back_and_blocks_nothing() -> None:
    here = room()
    do(here, edit("t1", 0, "Welcome", "Hello"), by="ann")
    do(here, edit("t4", 0, "Two", "Three"), by="ann")
    do(here, edit("t4", 0, "Three", "Four"), by="bob")
    (blocked,) = undo(here, "ann")
    assert blocked.steps == ()
    (done,) = undo(here, "ann")
    assert done.steps
    assert text(here)[0].startswith("Welcome")
    assert text(here)[3].startswith("Four")


def test_one_place_that_another_changed_keeps_no_other_from_being_taken_back() -> None:
    """Of a name replaced in a whole evening, or a voice that was named."""
    here = room()
    before = text(here)
    places = (
        Place(turn="t2", at=13, deleted="A day", inserted="One hour"),
        Place(turn="t2", at=35, deleted="a week", inserted="one hour"),
        Place(turn="t4", at=0, deleted="Two weeks", inserted="One hour"),
    )
    do(here, Replace(places=places), by="ann")
    replaced = text(here)
    do(here, edit("t4", 0, "One", "Four"), by="bob")
    (undone,) = undo(here, "ann")
    assert here.staying(undone) == 1
    assert text(here)[:3] == before[:3]
    assert text(here)[3].startswith("Four hour")
    (again,) = redo(here, "ann")
    assert here.staying(again) == 0
    assert text(here)[:3] == replaced[:3]
    assert text(here)[3].startswith("Four hour")


def test_an_operation_on_a_text_that_is_not_there_is_refused() -> None:
    here = room()
    for wrong in (
        edit("t1", 5, "zzz", "x"),
        edit("t1", 999, "", "x"),
        edit("t9", 0, "", "x"),
    ):
        with pytest.raises(UsageError):
            do(here, wrong)
    with pytest.raises(UsageError, match="does not stand"):
        do(here, Split(turn="t1", at=999))
    with pytest.raises(UsageError, match="has revisions 0 to 0"):
        do(here, edit("t1", 0, "", "x"), on=7)


def test_words_typed_on_a_text_that_no_revision_has_are_merged_too() -> None:
    here = room()
    do(here, edit("t4", 0, "Two", "Three"), by="bob")
    on = "Two weeks, as a rule. Some need six of them."
    do(here, edit("t4", len(on), "", " Ask.", on=on), by="ann", on=0)
    assert text(here)[3].startswith("Three weeks")
    assert text(here)[3].endswith("Ask.")


def test_a_line_end_that_a_page_shows_as_a_space_clashes_with_nothing() -> None:
    here = room()
    on = "Two weeks, as a rule. Some need six."  # the file has two lines
    change = do(here, edit("t4", 22, "", "I say: ", on=on), by="ann", on=0)
    assert change.clashes == ()
    said = text(here)[3].replace("\n", " ")
    assert said == "Two weeks, as a rule. I say: Some need six."


def test_control_characters_and_half_pairs_do_not_get_in() -> None:
    here = room()
    do(here, edit("t1", 0, "", "a\0b\r\nc\ud800 "))
    assert text(here)[0].startswith("a b c?\nWelcome")


def test_any_version_is_restored() -> None:
    here = room()
    first = rooms.as_file(here)
    do(here, edit("t1", 0, "Welcome", "Hello"), by="ann")
    do(here, Join(turn="t2"), by="bob")
    do(here, Name(turn="t3", speaker="Simon"), by="bob")
    assert [(v.by, v.revision) for v in versions(here.history)] == [
        ("ann", 1),
        ("bob", 3),
    ]
    latest = rooms.as_file(here)
    do(here, Restore(revision=0))
    assert rooms.as_file(here) == first
    do(here, Restore(revision=3))
    assert rooms.as_file(here) == latest
    do(here, Restore(revision=0, turns=("t1",)))
    assert text(here)[0] == "Welcome to the show.\nWhat helps a sore back?"


WORDS = st.sampled_from(["back", "pain.", "Not", "two", "é", "**x", "\\**", "🙂"])


@st.composite
def operations(draw: st.DrawFn, here: Room, unique: str) -> tuple[Operation, int]:
    """Draw an operation that fits some recent revision."""
    on = draw(st.integers(max(0, here.revision - 4), here.revision))
    base = here.history.document_at(on)
    turn = draw(st.sampled_from(base.turns))
    at = draw(st.integers(0, len(turn.text)))
    kind = draw(
        st.sampled_from(["edit", "edit", "edit", "split", "join", "name", "restore"])
    )
    if kind == "split":
        return Split(turn=turn.id, at=at), on
    if kind == "join" and base.turns[0] is not turn:
        return Join(turn=turn.id), on
    if kind == "name":
        return Name(turn=turn.id, speaker=draw(st.sampled_from(["Ann", "Bob"]))), on
    if kind == "restore":
        return Restore(revision=on, turns=(turn.id,)), on
    end = draw(st.integers(at, min(len(turn.text), at + 12)))
    inserted = f" {unique} {draw(WORDS)} " if draw(st.booleans()) else f" {unique} "
    return edit(turn.id, at, turn.text[at:end], inserted), on


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_no_operation_is_lost_whatever_several_editors_do(data: st.DataObject) -> None:
    here = room()
    typed: dict[str, int] = {}
    for n in range(data.draw(st.integers(1, 12))):
        unique = f"new{n}x"
        operation, on = data.draw(operations(here, unique))
        by = data.draw(st.sampled_from(["ann", "bob", "cleo"]))
        try:
            change = do(here, operation, by=by, on=on)
        except UsageError:  # the turn went meanwhile
            continue
        if isinstance(operation, Edit):
            waiting = [clash.text for clash in change.clashes]
            assert any(unique in t for t in (*text(here), *waiting))
            typed[unique] = change.number
    _is_sound(here)
    again = replayed(here)
    assert again.document == here.document
    assert again.history.clashes == here.history.clashes


def replayed(here: Room) -> Room:
    history = History(here.history.document_at(0))
    other = Room(history, lambda document: Times(None, document))
    for change in here.history.changes:
        assert from_json(to_json(change.steps)) == change.steps
        other.accept(change)
    return other


def _is_sound(here: Room) -> None:
    turns = here.document.turns
    assert all(a.start <= b.start for a, b in pairwise(turns))
    parsed = parse_transcript(rooms.as_file(here), rooms.HERE)
    assert parsed.turns == tuple(t.as_turn() for t in turns)
    timed = here.times.of_turns
    for turn in turns:
        assert [w.text for w in timed.get(turn.id, ())] == turn.text.split()
    words = [w for turn in turns for w in timed.get(turn.id, ())]
    assert all(w.start <= w.end for w in words)
    assert all(a.start <= b.start and a.end <= b.start for a, b in pairwise(words))


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_undo_brings_back_the_very_bytes_and_redo_the_others(
    data: st.DataObject,
) -> None:
    here = room()
    states = [rooms.as_file(here)]
    for n in range(data.draw(st.integers(1, 10))):
        operation, on = data.draw(operations(here, f"new{n}x"))
        try:
            change = do(here, operation, on=on)
        except UsageError:
            continue
        assert (
            apply(apply(here.document, inverse(change.steps)), change.steps)
            == here.document
        )
        states.append(rooms.as_file(here))
    count = len(states)
    for state in states[-2::-1]:
        undo(here)
        assert rooms.as_file(here) == state
    again = replayed(here)
    for state in states[1:]:
        redo(again)
        assert rooms.as_file(again) == state
    assert redo(again) == []
    assert len(states) == count


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_a_turn_aligned_alone_has_the_times_of_the_whole(data: st.DataObject) -> None:
    here = room()
    for n in range(data.draw(st.integers(1, 6))):
        operation, on = data.draw(operations(here, f"new{n}x"))
        try:
            do(here, operation, on=on)
        except UsageError:
            continue
    whole = Times(rooms.heard(rooms.transcript()), here.document).of_turns
    words = [
        (a.start, b.start)
        for turn in here.document.turns
        for a, b in zip(
            whole.get(turn.id, ()), here.times.of_turns.get(turn.id, ()), strict=True
        )
    ]
    near = sum(abs(a - b) <= 2000 for a, b in words)
    assert near >= 0.5 * len(words)


def test_a_long_turn_is_aligned_where_it_was_changed() -> None:
    said = " ".join(f"word{n}" for n in range(1000))
    here = room([("S1", said), ("S2", "And then?")])
    at = said.index("word500")
    for old, new in (("word500", "another thing"), ("another thing", "word500")):
        do(here, edit("t1", at, old, new))
        _is_sound(here)
    starts = [word.start for word in here.times.of_turns["t1"]]
    assert starts == [n * rooms.WORD_MS for n in range(1000)]
    do(here, edit("t1", 0, said[:at], ""))
    do(here, edit("t1", 0, here.document["t1"].text, "all new"))
    _is_sound(here)
    do(here, edit("t1", 0, "all new", ""))
    assert "t1" not in here.times.of_turns
