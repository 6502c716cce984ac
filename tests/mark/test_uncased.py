"""Names, places and firms in text without capitals, by the tables that tell them."""

import pytest

from pullquote.mark.lexicon.names import FIRST_NAMES, name_lists
from pullquote.mark.private.uncased import Lowercase
from pullquote.mark.private.word_levels import (
    NAMED,
    ORDINARY_WORD,
    STOP,
    STRANGE,
    is_medical,
    levels,
    strange_words,
)
from tests.mark.shows import said


@pytest.mark.parametrize(
    ("word", "level"),
    [
        ("the", STOP),
        ("knee", ORDINARY_WORD),
        ("laminectomy", ORDINARY_WORD),
        ("spondylolisthesis", ORDINARY_WORD),
        ("texas", ORDINARY_WORD),
        ("hope", NAMED),
        ("cordelia", STRANGE),
        ("wexcombe", STRANGE),
    ],
)
def test_how_much_a_word_tells(word: str, level: int) -> None:
    assert levels([word], frozenset(), "en") == [level]


def test_what_the_show_says_itself_and_what_no_dictionary_tells() -> None:
    assert levels(["cordelia"], frozenset({"cordelia"}), "en") == [ORDINARY_WORD]
    assert levels(["cordelia"], frozenset(), "xx") == []
    assert strange_words(["my", "cordelia"], frozenset(), "en") == {"cordelia"}


def test_medicine_is_told_by_its_shape() -> None:
    assert is_medical("bisoprolol")
    assert is_medical("neuropathy")
    assert not is_medical("galway")


def test_the_lists_hold_people_and_towns_in_small_letters() -> None:
    lists = name_lists()
    assert {"cordelia", "ingrid"} <= lists.people
    assert "aachen" in lists.towns
    assert all(name.islower() for name in FIRST_NAMES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my name is ottilie brandvold", {"ottilie brandvold"}),
        ("my son jorik limps", {"jorik"}),
        ("i live in mossy ford with my dog", {"mossy ford"}),
        ("i work at grace harbor chapel", {"grace harbor chapel"}),
        ("she was seen at the larch knoll surgical center", {"larch knoll surgical center"}),
        ("we moved from bad orlingen", {"bad orlingen"}),
        ("professor van der linde told me", {"van der linde"}),
        ("can i take ozempic with metformin", set()),
        ("the old mill is closed", set()),
        ("my bad back is worse in the morning", set()),
    ],
)  # fmt: skip
def test_what_is_private_without_capitals(text: str, found: set[str]) -> None:
    words = said(0, "S1", text).words
    spans = Lowercase(words, frozenset(), "en").spans()
    texts = {" ".join(w.text for w in words[a : b + 1]) for a, b, _ in spans}
    assert {t for t in texts if not any(t != o and t in o for o in texts)} == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("i feel so tired crossing", set()),
        ("it is antisocial security", set()),
        ("i get tired crossing halvorsen and my knee gives", {"halvorsen"}),
    ],
)
def test_the_end_of_a_word_is_no_famous_name(text: str, found: set[str]) -> None:
    small = Lowercase(said(0, "S1", text).words, frozenset(), "en")
    assert {" ".join(small.bare[a : b + 1]) for a, b, _ in small.spans()} == found


def test_the_famous_are_nobody_however_often_they_are_named() -> None:
    text = "as tom brady did and tom brady again and two jack russells"
    small = Lowercase(said(0, "S1", text).words, frozenset(), "en")
    assert [*small.spans()] == []
