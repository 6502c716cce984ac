from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pullquote.pull.plan import Item, slug_for, to_pull

HELD = date(2021, 6, 16)


def item(source_id: str, **facts: object) -> Item:
    return Item(source_id=source_id, source=f"https://x.example/{source_id}", **facts)  # type: ignore[arg-type]


def test_only_what_was_never_pulled_is_pulled_and_each_once() -> None:
    listed = [item("a"), item("b", title="first"), item("b"), item("c")]
    chosen = to_pull(listed, {"a", "z"})
    assert [i.source_id for i in chosen] == ["b", "c"]
    assert chosen[0].title == "first"
    assert to_pull(listed, {"a", "b", "c"}) == ()


def test_what_the_listing_told_goes_before_what_the_download_tells() -> None:
    listed = item("a", title="As the feed says", people=("quill",))
    full = item("b", title="file.mp3", held=HELD, people=("x",), number=3)
    filled = listed.filled(full)
    assert (filled.title, filled.held, filled.number) == ("As the feed says", HELD, 3)
    assert (filled.source_id, filled.people) == ("a", ("quill",))


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Sprains & Spasms", "2021-06-16-sprains-spasms"),
        ("\U0001f9b4\U0001f600", "2021-06-16-episode"),
        ("", "2021-06-16-episode"),
        ("../../etc/passwd", "2021-06-16-etc-passwd"),
        ("<script>alert(1)</script>", "2021-06-16-script-alert-1-script"),
        ("R\u00fcckenschmerz", "2021-06-16-ruckenschmerz"),
        ("CON", "2021-06-16-con"),
        ("Knees, 16.06.2021", "2021-06-16-knees"),
        ("Live on June 16th, 2021: knees", "2021-06-16-live-knees"),
        ("2021-06-16 knees", "2021-06-16-knees"),
        ("June 16, 2021", "2021-06-16-episode"),
        ("After June 15, 2021", "2021-06-16-after-june-15-2021"),
    ],
)
def test_titles_give_slugs_that_are_safe(title: str, slug: str) -> None:
    assert slug_for(HELD, title, ()) == slug


def test_a_right_to_left_title_is_transliterated() -> None:
    slug = slug_for(HELD, "\u05db\u05d0\u05d1\u05d9 \u05d2\u05d1 \u202e", ())
    assert re.fullmatch(r"2021-06-16-[a-z-]+", slug)


def test_a_title_of_500_characters_gives_a_short_slug_of_whole_words() -> None:
    german = slug_for(HELD, "U\u0308bungen fu\u0308r Rücken und Straße", (), "de")
    assert german == "2021-06-16-uebungen-fuer-ruecken-und-strasse"
    assert slug_for(HELD, "L\u2019œdème", (), "fr-CA") == "2021-06-16-l-oedeme"
    slug = slug_for(HELD, "back pain " * 50, ())
    assert len(slug) <= 71
    assert slug.endswith(("back", "pain"))
    assert slug_for(HELD, "x" * 500, ()) == "2021-06-16-" + "x" * 60


def test_a_slug_that_is_taken_gets_a_number() -> None:
    taken = {"2021-06-16-a", "2021-06-16-a-2"}
    assert slug_for(HELD, "A", taken) == "2021-06-16-a-3"


@given(st.text(), st.dates())
def test_any_title_gives_a_slug(title: str, held: date) -> None:
    slug = slug_for(held, title, ())
    assert re.fullmatch(r"\d{4}-\d\d-\d\d(-[a-z0-9]+)+", slug)
    assert slug_for(held, title, {slug}) != slug
