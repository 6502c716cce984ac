from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pullquote.errors import EngineError
from pullquote.render.site.build import build_site
from pullquote.render.views import card as card_module
from pullquote.render.views.card import SIZE, Card, draw
from tests import factory
from tests.render.reading import parsed
from tests.render.test_site import laid

CARD = Card("Is bed rest good for a sore back?", "Dana Quillmark, MD", "Backbone Hour")


def picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data)).convert("L")


def test_a_card_is_a_small_picture_in_the_shape_of_link_previews() -> None:
    data = draw(CARD)
    assert picture(data).size == SIZE
    assert len(data) < 40_000
    assert draw(CARD) == data


def test_a_card_that_says_something_else_has_another_name() -> None:
    others = [
        Card("Is bed rest bad?", CARD.people, CARD.show),
        Card(CARD.title, "Nobody", CARD.show),
        Card(CARD.title, CARD.people, "Elsewhere"),
    ]
    assert len({CARD.name, *(other.name for other in others)}) == 4


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("aWé …-"), max_size=600), st.text("xW ", max_size=90))
def test_text_of_any_length_stays_inside(title: str, people: str) -> None:
    found = picture(draw(Card(title, people, people)))
    for edge in ((1130, 0, 1200, 630), (30, 0, 70, 630), (30, 600, 1200, 630)):
        assert found.crop(edge).getextrema() == (255, 255)


@pytest.mark.parametrize("title", ["W" * 40, f"What of {'W' * 30_000} then?"])
def test_a_word_without_an_end_is_cut(title: str) -> None:
    """One of 30,000 letters took five minutes."""
    found = picture(draw(Card(title, title, title)))
    assert found.crop((1130, 0, 1200, 630)).getextrema() == (255, 255)


@pytest.mark.parametrize(("text", "has"), [("Łódź И …", True), ("שלום", False)])
def test_letters_that_the_typeface_lacks_are_not_drawn_as_boxes(
    text: str, has: bool
) -> None:
    assert Card(text, "", "").drawable is has


def test_pages_name_their_picture_and_it_is_drawn_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = laid(tmp_path, site="https://backbone.example/")
    site = tmp_path / "site"
    build_site(library, site)
    root = parsed((site / "answers/bed-rest/index.html").read_text())
    (url,) = root.xpath("//meta[@property='og:image']/@content")
    path = site / url.removeprefix("https://backbone.example/")
    assert picture(path.read_bytes()).size == SIZE
    assert list((site / f"episodes/{factory.BASICS}").glob("card-*.png"))
    monkeypatch.setattr("pullquote.render.site.build.draw", None)
    assert build_site(library, site).changed == ()
    plain = replace(library, show=replace(library.show, share_pictures=False))
    build_site(plain, site)
    assert not list(site.rglob("card-*"))
    build_site(library, tmp_path / "preview", drafts=True)
    assert not list((tmp_path / "preview").rglob("card-*"))


def test_a_missing_typeface_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(card_module, "_FONT", "no_such_package")
    for cached in (card_module._file, card_module._font):
        cached.cache_clear()
    with pytest.raises(EngineError, match="typeface Source Sans Pro is missing"):
        draw(CARD)
