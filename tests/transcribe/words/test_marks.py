"""Capitals and full stops of a window that came without them."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from pullquote.transcribe.engine.runtime import Decoding, Said
from pullquote.transcribe.words.accept import bare
from pullquote.transcribe.words.listen import listen
from pullquote.transcribe.words.marks import marked_as, unmarked
from tests.transcribe.words.test_listen import (
    FIRST,
    SOUND,
    ScriptedRuntime,
    said,
    windows,
)

SMALL = said("so she asks whether the wedge can be straightened later on")
MARKED = said("So she asks, whether the wedge can be straightened. Later on.")
BEFORE = said("Thank you. The next one is a short one.")


class Second(ScriptedRuntime):
    """Hears ``BEFORE``, then ``SMALL``; told what came before it says ``told``."""

    def decode(
        self,
        encoded: int,
        rows: Sequence[int],
        decoding: Decoding,
        prompts: Sequence[str],
    ) -> list[Said]:
        first = not self.asked
        super().decode(encoded, rows, decoding, prompts)
        return [self.told or SMALL] if prompts[0] else [BEFORE if first else SMALL]


def heard(told: Said) -> tuple[str, Second]:
    """Return what becomes of the second window's text, and how it was asked for."""
    runtime = Second({FIRST.pad: BEFORE}, told=told)
    return listen(SOUND, windows(2, 6_000), runtime, FIRST)[1].heard.text, runtime


def test_a_window_without_marks_is_told_what_was_said_before() -> None:
    text, runtime = heard(MARKED)
    assert text == MARKED.text
    assert [how[2] for how in runtime.asked] == ["", "", BEFORE.text]


def test_its_words_stay_where_it_is_heard_otherwise() -> None:
    assert heard(said(MARKED.text.replace("wedge", "edge")))[0] == (
        "So she asks, whether the wedge can be straightened. Later on."
    )
    assert heard(said("No, that is a wholly different thing."))[0] == SMALL.text
    assert heard(SMALL)[0] == SMALL.text


def test_a_number_stays_as_it_was_heard() -> None:
    """15 mg is ten times what 1.5 mg is."""
    small = ["i", "take", "15", "mg", "then", "5", "more", "at", "10"]
    marked = ["I", "take", "1.5", "mg,", "then", ".5", "more", "at", "10."]
    told = ("I", "take", "15", "mg,", "then", "5", "more", "at", "10.")
    assert marked_as(small, [*marked[:5], "5", *marked[6:]]) == told
    assert marked_as(small[3:], marked[3:]) == told[3:]


def test_only_a_text_that_could_have_marks_lacks_them() -> None:
    assert unmarked(SMALL.text)
    assert unmarked("They say thank you and I'd love to know who the night nurse was")
    assert unmarked("so she has had an MRI and now she asks")
    assert not unmarked("They say thank you and I'd love to know more")
    assert not unmarked("1, 2, 3, 4, 5, 6, 7, 8, 9, OK")
    assert not unmarked(MARKED.text)
    assert not unmarked("so it is not")
    assert not unmarked("so she asks whether the wedge. can be straightened later on")
    assert not unmarked("1 2 3 4 5 6 7 8 9 10")


WORDS = st.lists(st.sampled_from(["so", "the", "Disc", "back.", "9", "-", "hurts,"]))


@given(WORDS, WORDS)
def test_no_word_is_ever_changed(ours: list[str], theirs: list[str]) -> None:
    found = marked_as(ours, theirs)
    assert found is None or [*map(bare, found)] == [*map(bare, ours)]
    assert marked_as(ours, ours) == tuple(ours)
