from __future__ import annotations

from datetime import date

import pytest

from pullquote.model.words import ENGLISH, format_day


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "March 11, 2026"),
        ("en-GB", "11 March 2026"),
        ("de", "11. März 2026"),
        ("xx", "March 11, 2026"),
        ("not a language", "March 11, 2026"),
    ],
)
def test_a_day_is_written_in_the_shows_language(language: str, text: str) -> None:
    assert format_day(date(2026, 3, 11), language) == text


@pytest.mark.parametrize(
    ("ms", "text"),
    [(0, "1 sec"), (60_000, "1 min"), (600_400, "10 min"), (7_200_000, "2 h 0 min")],
)
def test_a_length_is_said_as_people_say_it(ms: int, text: str) -> None:
    assert ENGLISH.duration(ms) == text
