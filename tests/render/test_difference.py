from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.model.align import exact_form
from pullquote.model.answer import Clip
from pullquote.render.views.difference import difference
from pullquote.render.views.wording import spoken_words
from tests.factory import timed

CLIP = Clip(start=0, end=1_000_000)
words = st.lists(
    st.sampled_from(["um", "you", "take", "Take", "2.5", "mg,", "not", "—", "daily."]),
    min_size=1,
    max_size=30,
)


def test_changes_that_stand_side_by_side_are_read_as_one() -> None:
    turns = (timed(0, "Dana", "Um, you know, take two pills now."),)
    found = difference("Please swallow two pills.", spoken_words(CLIP, turns))
    assert found is not None
    assert [(p.kind, p.text) for p in found.pieces] == [
        ("left out", "Um, you know, take"),
        ("put in", "Please swallow"),
        ("kept", "two pills"),
        ("left out", "now."),
    ]
    assert (found.left_out, found.put_in) == (5, 2)


def test_nothing_differs_or_nothing_was_said() -> None:
    turns = (timed(0, "Dana", "Take two."),)
    assert difference("take TWO", spoken_words(CLIP, turns)) is None
    assert difference("take two", []) is None
    assert difference("", spoken_words(CLIP, turns)) is None


@settings(deadline=None)
@given(words, words)
def test_every_spoken_and_every_written_word_is_there_in_its_order(
    spoken: list[str], written: list[str]
) -> None:
    found = difference(
        " ".join(written),
        spoken_words(CLIP, (timed(0, "Dana", " ".join(spoken)),)),
    )
    if found is None:
        return

    def kept(*kinds: str) -> list[str]:
        texts = (p.text for p in found.pieces if p.kind in kinds)
        return [exact_form(word) for text in texts for word in text.split()]

    def bare(texts: list[str]) -> list[str]:
        return [word for text in texts if (word := exact_form(text))]

    assert kept("kept", "left out") == bare(spoken)
    assert kept("kept", "put in") == bare(written)
    assert len(kept("left out")) == found.left_out
    assert len(kept("put in")) == found.put_in
