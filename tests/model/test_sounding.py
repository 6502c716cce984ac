from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.model.sounding import likeness, sounding


@pytest.mark.parametrize(
    ("heard", "said"),
    [
        ("kool mond", "Quillmont"),
        ("Claire Phenomark", "Clare Fennimark"),
        ("my L O gram", "myelogram"),
        ("nucleus pulpasis", "nucleus pulposus"),
        ("anteeko-gulants", "anticoagulants"),
        ("em are eye", "MRI"),
        ("write", "rite"),
        ("Zoe", "Zoë"),
        ("L five", "L5"),
        ("O'Brien", "Obrien"),
    ],
)
def test_what_sounds_alike_has_like_keys(heard: str, said: str) -> None:
    assert likeness(sounding(heard), sounding(said)) >= 0.8


@pytest.mark.parametrize(
    ("one", "other"),
    [("Quillmont", "Harrowvale"), ("sciatica", "fusion"), ("MRI", "disc")],
)
def test_what_sounds_different_has_different_keys(one: str, other: str) -> None:
    assert likeness(sounding(one), sounding(other)) < 0.6


def test_other_scripts_stand_for_themselves() -> None:
    assert sounding("Ωμέγα").fine == sounding("ωμεγα").fine != ""
    assert sounding("…?").fine == ""


@given(st.text(), st.text())
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    a, b = sounding(one), sounding(other)
    assert 0 <= likeness(a, b) == likeness(b, a) <= 1
    assert likeness(a, a) == 1


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz", min_size=6), min_size=1))
def test_where_words_end_makes_little_difference(words: list[str]) -> None:
    assert len(sounding(" ".join(words)).rough) <= len(sounding(" ".join(words)).fine)
