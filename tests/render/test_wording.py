from __future__ import annotations

import pytest

from pullquote.model.answer import Clip
from pullquote.model.show import Person
from pullquote.model.words import ENGLISH
from pullquote.render.views.wording import (
    edit_level,
    level_text,
    spoken_words,
    without_names,
)
from tests.factory import timed

TURNS = (
    timed(0, "Maren Tolliver", "Next question."),
    timed(
        10_000,
        "Dana",
        "Well, take 2.5 mg - it doesn\N{RIGHT SINGLE QUOTATION MARK}t hurt.",
        "Use 5% only.",
    ),
)
CLIP = Clip(start=10_000, end=20_000)
SAID = "Well, take 2.5 mg - it doesn't hurt. Use 5% only."


@pytest.mark.parametrize(
    ("text", "level"),
    [
        (SAID, "verbatim"),
        ("well take 2.5 mg — it doesn't hurt; “use 5% only”", "verbatim"),
        (SAID.replace("2.5", "25"), "light"),
        (SAID.replace("5%", "5"), "light"),
        (SAID.replace("doesn't", "does"), "light"),
        (SAID.replace("Well, ", ""), "light"),
        ("Do something else entirely, please, and sleep.", "edited"),
        ("", "edited"),
    ],
)
def test_a_page_claims_no_more_than_the_words_bear(text: str, level: str) -> None:
    assert edit_level(text, spoken_words(CLIP, TURNS)) == level


def test_a_power_is_no_longer_number() -> None:
    """The page said of it that these are the words as they were spoken."""
    assert edit_level("Take 10\u2076.", ["Take", "106."]) != "verbatim"


def test_without_a_transcript_nothing_is_verbatim() -> None:
    assert edit_level(SAID, []) == "edited"


def test_a_word_left_out_at_the_end_of_the_clip_is_noticed() -> None:
    assert (
        edit_level(SAID, spoken_words(Clip(start=10_000, end=11_000), TURNS))
        == "edited"
    )
    assert edit_level(SAID, spoken_words(Clip(start=0, end=20_000), TURNS)) == "light"


def test_only_a_speakers_name_before_a_colon_is_taken_out() -> None:
    dana = Person(id="d", name="Dana Quillmark", aliases=("Dr. Q",))
    nameless = Person(id="n", name=" ")
    text = "Dr. Quillmark: No. Dana Quillmark: Dr. Q: Dr. Roe: yes"
    assert without_names(text, [dana, nameless]).split() == [
        "No.",
        "Dr.",
        "Roe:",
        "yes",
    ]
    assert without_names(text, []) == text


def test_each_level_has_its_sentence() -> None:
    assert level_text("verbatim", ENGLISH).startswith("Verbatim")
    assert level_text("light", ENGLISH).startswith("Lightly edited")
    assert level_text("edited", ENGLISH).startswith("Edited")
