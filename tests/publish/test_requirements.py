from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pullquote.model.show import FeedSettings
from pullquote.publish.feeds.categories import CATEGORIES, category_fault
from pullquote.publish.feeds.requirements import feed_faults
from tests import factory
from tests.publish.shows import rich_library


def test_a_complete_show_has_no_fault() -> None:
    assert feed_faults(rich_library()) == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"site": "http://backbone.example/"}, "'site' is http://backbone.example/"),
        ({"description": " \x00"}, "has no description"),
        ({"cover": None}, "has no cover"),
        ({"cover": "cover.webp"}, "neither JPEG nor PNG"),
        ({"language": "English"}, "'language' is 'English'"),
        ({"feed": FeedSettings(category=())}, "has no category"),
        (
            {"feed": FeedSettings(license="our own")},
            "'our own' is none of the licences",
        ),
        (
            {"feed": FeedSettings(license="own", license_href="http://a.example/")},
            "only with the https address of its text",
        ),
        ({"feed": FeedSettings(license="cc-by")}, "or write cc-by-4.0"),
        (
            {
                "feed": FeedSettings(
                    license="x" * 129, license_href="https://a.example/"
                )
            },
            "over 128 characters",
        ),
        (
            {"feed": FeedSettings(category=("Arts",), owner_email="ann at x.example")},
            "'owner_email' is 'ann at x.example'",
        ),
    ],
)
def test_what_the_show_lacks_is_named(changes: dict[str, Any], problem: str) -> None:
    (fault,) = feed_faults(rich_library(**changes))
    assert Path(fault.where).name == "show.toml"
    assert problem in str(fault)


@pytest.mark.parametrize("href", [None, "https://a.example/licence.pdf"])
@pytest.mark.parametrize("name", ["cc-by-4.0", "CC-BY-NC-ND-4.0", "our-own-1"])
def test_a_licence_of_our_own_needs_the_address_of_its_text(
    name: str, href: str | None
) -> None:
    feed = FeedSettings(license=name, license_href=href)
    faults = feed_faults(rich_library(feed=feed))
    assert len(faults) == (name == "our-own-1" and href is None)


@pytest.mark.parametrize(
    ("category", "problem", "write"),
    [
        (["Leisur"], "'Leisur' is no category of Apple's", '["Leisure"]'),
        (["x"], "'x' is no category of Apple's", "one of Arts, Business, "),
        (["health and fitness"], "is no category", '["Health & Fitness"]'),
        (["Medicine"], "is no category", '["Health & Fitness", "Medicine"]'),
        (["Arts", "Boks"], "no subcategory of 'Arts'", '["Arts", "Books"]'),
        (["Arts", "medicine"], "no subcategory", '["Arts"], or add one of Books, '),
        (["Arts", "Medicine"], "no subcategory", '["Health & Fitness", "Medicine"]'),
        (["True Crime", "Murder"], "no subcategory", '["True Crime"]'),
        (["Science", "Nature", "Physics"], "more than", '["Science", "Nature"]'),
        (
            ["Health & Fitness", "Medecine"],
            "no sub",
            '["Health & Fitness", "Medicine"]',
        ),
    ],
)
def test_a_wrong_category_is_named_with_its_line_and_the_nearest(
    category: list[str], problem: str, write: str
) -> None:
    written = f"title = 'x'\n[feed]\nowner_name = 'y'\ncategory = {category}\n"
    library = rich_library(feed=FeedSettings(category=tuple(category)))
    (fault,) = feed_faults(library, written)
    assert str(fault).startswith(f"{library.root / 'show.toml'}:4: ")
    assert problem in str(fault)
    assert f"; write {write}" in str(fault)


def test_before_anything_is_published_what_feed_has_wrongly_is_named_alone() -> None:
    library = replace(rich_library(cover=None, description=""), entries=())
    assert feed_faults(library) == ()
    wrong = replace(library.show, feed=FeedSettings(category=("Medicine",)))
    (fault,) = feed_faults(replace(library, show=wrong))
    assert "'Medicine' is no category of Apple's" in str(fault)


def test_all_of_apples_categories_are_taken() -> None:
    """19, and 91 in them, as podcasters.apple.com/support/1691 lists them."""
    inner = [(name, one) for name, inside in CATEGORIES.items() for one in inside]
    assert (len(CATEGORIES), len(inner)) == (19, 91)
    assert not [c for c in [*((n,) for n in CATEGORIES), *inner] if category_fault(c)]


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"guid": "7"}, "guid is too short"),
        ({"title": "W" * 256}, "title has over 255 characters"),
        ({"published": None}, "no 'published' time"),
        ({"guid": factory.posture().episode.guid}, f"is that of {factory.POSTURE}"),
    ],
)
def test_what_an_episode_lacks_is_named(changes: dict[str, Any], problem: str) -> None:
    entry = factory.basics()
    entry = replace(entry, episode=replace(entry.episode, **changes))
    library = replace(rich_library(), entries=(factory.posture(), entry))
    (fault,) = feed_faults(library)
    assert str(fault).startswith(f"{factory.BASICS}: ")
    assert problem in str(fault)


@pytest.mark.parametrize("changes", [{"length": 0}, {"type": "audio/ogg"}])
def test_an_enclosure_that_apple_refuses_is_named(changes: dict[str, Any]) -> None:
    entry = factory.basics()
    assert entry.enclosure is not None
    bad = replace(entry, enclosure=replace(entry.enclosure, **changes))
    (fault,) = feed_faults(replace(rich_library(), entries=(bad,)))
    assert "not an MP3" in str(fault)
    none = replace(entry, enclosure=None)
    (fault,) = feed_faults(replace(rich_library(), entries=(none,)))
    assert "has no enclosure" in str(fault)


def test_drafts_may_be_unfinished() -> None:
    draft = replace(factory.draft(), enclosure=None)
    assert feed_faults(replace(rich_library(), entries=(draft,))) == ()
