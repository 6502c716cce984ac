"""Numbers that an editor is sent to, and those that are left in peace."""

from __future__ import annotations

import pytest

from pullquote.model.transcript import Word
from pullquote.transcribe.words.numbers import doubtful_numbers


def doubtful(text: str, each: int = 600, probability: float = 0.95) -> str:
    words = [
        Word(start=at * each, end=(at + 1) * each, text=one, probability=probability)
        for at, one in enumerate(text.split())
    ]
    return " ".join(words[at].text for at in doubtful_numbers(words))


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("Your blood pressure was 140 to over 91,", "140"),
        ("She had 138 over 60 to sitting down.", "60"),
        ("At home she had 26 over 77 sitting down.", "26"),
        ("It was 1402 over 91 today.", "1402"),
        ("A protein of 30 to point 4.", "30 to 4."),
        ("The A1c came down from 8.86 point 4 in 6 months.", "8.86 4"),
        ("It came down from 9.6 to 6.78 months ago.", "6.78"),
        ("It came down to 6.78ments, and stayed.", "6.78ments,"),
        ("An INR between 1.92.8. is what we want.", "1.92.8."),
        ("The temperature of 99.742 days is not normal.", "99.742"),
        ("For 5 days, then 5.64 another 14.", "5.64"),
        ("Take 600 milligrams free times a day.", "free"),
        ("Not more than for 1000mg in a day.", ""),
        ("Not more than for 1000 milligrams in a day.", "for"),
        ("Not more than 24 hundred milligrams.", "24"),
        ("Of patients, 90 to need a second operation.", "90"),
        ("The disc at T-34 bulges, and 4C5 does too.", "T-34 4C5"),
    ],
)
def test_what_nobody_says_is_found(heard: str, found: str) -> None:
    assert doubtful(heard) == found


@pytest.mark.parametrize(
    "heard",
    [
        "Your blood pressure was 142 over 91 this morning.",
        "Her strength was 5 over 5, in both legs 4 over 5.",
        "For 10 to 14 days, 600 mg two or three times a day, up to 2,400 mg.",
        "It came down from 9.6 to 6.7 in 8 months, for another 2.5 years.",
        "The disc at L4 L5, L4-L5, L5S1, C8 and T12.",
        "A 71-year-old took 5mg, 500milligrams and vitamin B12 in the 1990s.",
        "It is 30 percent, 1.15, and at some point two of them go for free.",
        "I want to point out that we used to hundredfold it.",
        "For years it was free to use.",
    ],
)
def test_what_people_say_is_left(heard: str) -> None:
    assert doubtful(heard) == ""


def test_a_number_takes_its_time_unless_the_model_is_sure() -> None:
    assert doubtful("creatinine 91.15 today", each=300, probability=0.8) == "91.15"
    assert doubtful("creatinine 91.15 today", each=300, probability=0.95) == ""
    assert doubtful("gave 800 of it", each=260, probability=0.8) == ""
