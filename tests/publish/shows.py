"""The shared show with every field that a feed can carry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from pullquote.model.answer import Clip
from pullquote.model.episode import Episode
from pullquote.model.library import Entry, Library
from tests import factory

TRAILER = "2025-12-01-coming-soon"
HOST_PHOTO = "art/maren.JPG"


def rich_library(**changes: Any) -> Library:
    """Return the shared show with a cover, a hub, a licence, funding and a trailer."""
    plain = factory.show()
    feed = replace(
        plain.feed,
        copyright="© Backbone Hour",
        license="cc-by-4.0",
        funding="https://backbone.example/give",
        hub="https://hub.example/",
    )
    people = (replace(plain.people[0], photo=HOST_PHOTO), *plain.people[1:])
    values: dict[str, Any] = {"cover": "art/cover.jpeg", "feed": feed, "people": people}
    return factory.library(
        Path("show"),
        trailer(),
        factory.posture(),
        factory.draft(),
        with_long_answer(factory.basics()),
        **(values | changes),
    )


def trailer() -> Entry:
    """Return a published trailer, given out at a time with an offset."""
    episode = Episode(
        guid="5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0009",
        title="Coming soon",
        held=date(2025, 12, 1),
        status="published",
        published=datetime(2025, 12, 2, 0, 30, tzinfo=timezone(timedelta(hours=2))),
        kind="trailer",
        season=1,
        people=("mod",),
    )
    return factory.entry(TRAILER, episode)


def with_long_answer(entry: Entry) -> Entry:
    """Return the episode with one more answer, long enough to be a soundbite."""
    flare = factory.approve(
        factory.answer(
            "flares",
            question="How long does a flare last?",
            asked=Clip(start=200_000, end=203_000),
            answered=Clip(start=210_000, end=270_500),
            speakers=("oster",),
        )
    )
    answers = (*entry.answers, flare)
    return replace(entry, answers=answers, approved=(*entry.approved, flare))


def notes(library: Library) -> dict[str, str]:
    """Stand in for what render makes of show notes."""
    page = '<p>We speak of <em>rest</em>. <a href="../../answers/">All answers</a></p>'
    return {entry.slug: page for entry in library.entries}


def bodies(library: Library) -> dict[str, str]:
    """Stand in for what render makes of each answer's Markdown."""
    return {a.id: f"<p>{a.body}</p>" for e in library.entries for a in e.approved}
