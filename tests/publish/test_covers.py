"""A cover that changes gets another address, and its old ones lead there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pullquote.formats.addresses_json import format_addresses, parse_addresses
from pullquote.model import address
from pullquote.model.history import History
from pullquote.model.library import Library
from pullquote.publish.serving.covers import SHOW, cover_name, covers_now, with_covers
from pullquote.publish.serving.moves import moves, remember
from tests import factory

GUID = factory.basics().episode.guid


def told(
    history: History, library: Library, show: str = "", own: str = ""
) -> tuple[History, Library]:
    """Return history and library once these pictures are public."""
    pictures = ((SHOW, show, library.show.cover or ""), (GUID, own, "own.jpg"))
    names = {
        guid: cover_name(data.encode(), address.picture_ending(file))
        for guid, data, file in pictures
        if data
    }
    history = with_covers(remember(history, library), names)
    covers = covers_now(history, library, names)
    return history, replace(library, show=replace(library.show, covers=covers))


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return factory.library(tmp_path, cover="cover.jpg")


def with_own(library: Library, cover: str = "own.jpg", slug: str = "") -> Library:
    entries = tuple(
        replace(e, slug=slug or e.slug, episode=replace(e.episode, cover=cover))
        if e.episode.guid == GUID
        else e
        for e in library.entries
    )
    return replace(library, entries=entries)


def test_a_cover_keeps_its_address_until_its_bytes_change(library: Library) -> None:
    history, first = told(History(), library, "one")
    assert address.cover_file(first.show) == "cover.jpg"
    assert told(history, library, "one") == (history, first)
    history, second = told(history, library, "two")
    assert address.cover_file(second.show) == "cover.3fc4ccfe.jpg"
    assert moves(history, second) == {}  # the plain address has the newest
    history, third = told(history, library, "three")
    now = address.cover_file(third.show)
    assert now == "cover.8b5b9db0.jpg"
    assert moves(history, third) == {"cover.3fc4ccfe.jpg": now}
    history, again = told(history, library, "one")
    assert again.show == first.show
    both = ("cover.3fc4ccfe.jpg", "cover.8b5b9db0.jpg")
    assert moves(history, again) == dict.fromkeys(both, "cover.jpg")


def test_a_cover_of_another_kind_leads_on_from_the_old_address(
    library: Library,
) -> None:
    history, _ = told(History(), library, "one")
    png = replace(library, show=replace(library.show, cover="art/New.PNG"))
    history, png = told(history, png, "two")
    assert address.cover_file(png.show) == "cover.3fc4ccfe.png"
    assert moves(history, png) == {"cover.jpg": "cover.3fc4ccfe.png"}


def test_a_renamed_episodes_covers_lead_on(library: Library) -> None:
    library = with_own(library)
    history, first = told(History(), library, own="one")
    old = factory.BASICS
    assert address.episode_cover(first.show, old, "own.jpg") == f"media/{old}.jpg"
    history, second = told(history, library, own="two")
    there = f"media/{old}.3fc4ccfe.jpg"
    assert address.episode_cover(second.show, old, "own.jpg") == there
    history, renamed = told(history, with_own(library, slug="backs"), own="two")
    now = address.episode_cover(renamed.show, "backs", "own.jpg")
    assert now == "media/backs.3fc4ccfe.jpg"
    found = moves(history, renamed)
    assert {path for path, to in found.items() if to == now} == {
        there,
        f"media/{old}.jpg",
    }


def test_covers_are_remembered_beside_the_feeds(library: Library) -> None:
    history, _ = told(History(), with_own(library), "one", "own")
    text = format_addresses(history)
    assert parse_addresses(text, Path("addresses.json")) == history
    assert '"covers": ["7692c3ad.jpg"]' in text
    plain, _ = told(History(), factory.library(library.root, cover=None))
    assert "covers" not in format_addresses(plain)
