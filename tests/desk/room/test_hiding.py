"""What was redacted leaves the log, and everything else in it stays as it was."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from pullquote.desk.room.change import Add, Remove, Rewrite, Step, apply, inverse
from pullquote.desk.room.document import DeskTurn, Document
from pullquote.desk.room.hiding import BLOCK, hide, show
from pullquote.desk.room.history import Change, History

WORDS = re.compile(r"(?<!\w)ann\W+lee(?!\w)", re.I)


def document(*texts: str) -> Document:
    return Document(
        tuple(
            DeskTurn(id=f"t{n}", start=1000 * n, speaker="S1", text=text)
            for n, text in enumerate(texts, 1)
        )
    )


def change(number: int, *steps: Step) -> Change:
    return Change(
        number=number,
        by="ann",
        at=datetime(2026, 1, 1, tzinfo=UTC),
        kind="edit",
        steps=steps,
        unit=str(number),
    )


def test_words_typed_letter_by_letter_are_hidden_and_what_stands_is_not() -> None:
    start = document("From An Lee who walks.", "Ann Lee again.")
    made = [
        change(1, Rewrite("t1", 7, "", "n")),
        change(2, Rewrite("t1", 17, "walk", "limp")),
        change(3, Rewrite("t1", 5, "Ann L", "a viewer, L")),
    ]
    (began, hidden), left = hide(start, made, WORDS)
    assert show(began, hidden, left) == (start, made)
    assert began.turns[0].text == f"From {BLOCK * 4}ee who walks."
    assert hidden[0].steps == (Rewrite("t1", 7, "", BLOCK),)
    assert hidden[1] == made[1]
    assert hidden[2].steps == (Rewrite("t1", 5, BLOCK * 5, "a viewer, L"),)
    assert began.turns[1].text == "Ann Lee again."  # it stands there still


def test_a_name_pasted_before_itself_goes_twice() -> None:
    """Between both there was no word's end until the second was gone."""
    made = [
        change(1, Rewrite("t1", 0, "", "Ann Lee ")),
        change(2, Rewrite("t1", 0, "", "Ann  lee")),
        change(3, Rewrite("t1", 0, "Ann  leeAnn Lee ", "")),
    ]
    (began, hidden), left = hide(document(""), made, WORDS)
    assert show(began, hidden, left) == (document(""), made)
    assert hidden[1].steps == (Rewrite("t1", 0, "", BLOCK * 8),)


_TEXTS = st.lists(
    st.sampled_from(["Ann ", "Lee ", "ann", " lee", "x ", "An", "n ", "walks "]),
    max_size=6,
).map("".join)


@given(_TEXTS, _TEXTS, st.data())
def test_every_revision_fits_and_the_last_is_as_it_was(
    one: str, two: str, data: st.DataObject
) -> None:
    start = now = document(one, two)
    made: list[Change] = []
    for number in range(1, data.draw(st.integers(1, 8)) + 1):
        steps: tuple[Step, ...]
        turn = data.draw(st.sampled_from(now.turns)) if now.turns else None
        what = data.draw(st.sampled_from(["text", "text", "undo", "remove", "add"]))
        if what == "undo" and made:
            steps = inverse(made[-1].steps)
        elif what == "remove" and turn is not None:
            place = now.places[turn.id]
            steps = (Remove(turn, now.turns[place - 1].id if place else None),)
        elif what == "add" or turn is None:
            new = DeskTurn(
                id=f"n{number}", start=9, speaker="S", text=data.draw(_TEXTS)
            )
            steps = (Add(new, None),)
        else:
            at = data.draw(st.integers(0, len(turn.text)))
            end = data.draw(st.integers(at, len(turn.text)))
            steps = (Rewrite(turn.id, at, turn.text[at:end], data.draw(_TEXTS)),)
        made.append(change(number, *steps))
        now = apply(now, steps)
    (began, hidden), left = hide(start, made, WORDS)
    assert show(began, hidden, left) == (start, made)
    before, after = History(start), History(began)
    for old, changed in zip(made, hidden, strict=True):
        before.add(old)
        after.add(changed)  # it fits
        assert [len(t.text) for t in before.document.turns] == [
            len(t.text) for t in after.document.turns
        ]
    assert after.document == now
    standing = "\n".join(turn.text for turn in now.turns)
    if not re.search("ann|lee|an|n", standing, re.I):
        for number in range(len(made)):
            texts = [turn.text for turn in after.document_at(number).turns]
            assert not any(map(WORDS.search, texts))
