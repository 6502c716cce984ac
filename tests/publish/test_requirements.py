from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pullquote.model.show import FeedSettings
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
        ({"feed": FeedSettings(category=("Leisur",))}, "Apple's; write Leisure"),
        ({"feed": FeedSettings(category=("x",))}, "Apple's; write Arts, Business, "),
        (
            {"feed": FeedSettings(category=("Arts",), owner_email="ann at x.example")},
            "'owner_email' is 'ann at x.example'",
        ),
    ],
)
def test_what_the_show_lacks_is_named(changes: dict[str, Any], problem: str) -> None:
    (fault,) = feed_faults(rich_library(**changes))
    assert str(fault).startswith("show.toml: ")
    assert problem in str(fault)


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
