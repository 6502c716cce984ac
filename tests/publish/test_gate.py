"""What the gate stops before a new feed replaces the old one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from pullquote.errors import GateError
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.model.show import FeedSettings
from pullquote.publish.feeds.gate import (
    expected_losses,
    feed_facts,
    missing_files,
)
from tests import factory
from tests.publish.feeds import answers_feed, compare_feeds, podcast_feed
from tests.publish.shows import TRAILER, bodies, notes, rich_library

PODCAST = "feeds/podcast.xml"
ANSWERS = "feeds/answers.xml"
BASICS_GUID = "5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0001"

Change = Callable[[Entry], Entry]


def with_entry(library: Library, slug: str, change: Change) -> Library:
    entries = tuple(change(e) if e.slug == slug else e for e in library.entries)
    return replace(library, entries=entries)


def without(library: Library, slug: str) -> Library:
    return replace(library, entries=tuple(e for e in library.entries if e.slug != slug))


def facts(**changes: Any) -> Change:
    return lambda entry: replace(entry, episode=replace(entry.episode, **changes))


def with_answers(change: Callable[[Answer], Answer | None]) -> Change:
    def changed(entry: Entry) -> Entry:
        made = (change(answer) for answer in entry.approved)
        return replace(entry, approved=tuple(a for a in made if a is not None))

    return changed


def podcast_faults(new: Library, *allow: str, old: Library | None = None) -> list[str]:
    before = podcast_feed(old or rich_library(), {})
    found = compare_feeds(before, podcast_feed(new, {}), name=PODCAST, allow=allow)
    return [str(fault) for fault in found]


def answer_faults(new: Library, *allow: str) -> list[str]:
    old = rich_library()
    found = compare_feeds(
        answers_feed(old, bodies(old)),
        answers_feed(new, bodies(new)),
        name=ANSWERS,
        allow=allow,
        dates_may_advance=True,
    )
    return [str(fault) for fault in found]


def test_the_first_feed_and_an_unchanged_one_pass() -> None:
    feed = podcast_feed(rich_library(), {})
    assert compare_feeds(None, feed, name=PODCAST) == ()
    assert compare_feeds(feed, feed, name=PODCAST) == ()


def test_a_new_episode_a_new_title_and_new_notes_pass() -> None:
    library = rich_library()
    old = without(library, factory.POSTURE)
    new = with_entry(library, TRAILER, facts(title="Renamed", summary="Better."))
    assert podcast_faults(new, old=old) == []
    feeds = podcast_feed(old, {}), podcast_feed(new, notes(new))
    assert compare_feeds(*feeds, name=PODCAST) == ()


def test_a_vanished_episode_is_named_and_may_be_allowed() -> None:
    new = without(rich_library(), factory.BASICS)
    first, second = podcast_faults(new)
    assert first == (
        f"Back pain basics: has vanished (GUID {BASICS_GUID}); "
        f"publish it again, or if it is meant: --allow {BASICS_GUID}"
    )
    assert second.startswith(f"{PODCAST}: would shrink from 3 items to 2;")
    assert podcast_faults(new, BASICS_GUID) == []


def test_an_episode_set_back_to_draft_has_vanished() -> None:
    new = with_entry(rich_library(), factory.BASICS, facts(status="draft"))
    assert "has vanished" in podcast_faults(new)[0]


def test_a_changed_guid_is_told_with_both() -> None:
    new = with_entry(rich_library(), factory.BASICS, facts(guid="other-guid"))
    (fault,) = podcast_faults(new)
    assert f"its GUID was {BASICS_GUID} and is other-guid" in fault
    assert podcast_faults(new, BASICS_GUID) == []


def test_a_guid_changed_together_with_the_slug_is_still_seen() -> None:
    def renamed(entry: Entry) -> Entry:
        return replace(facts(guid="other-guid")(entry), slug="another-slug")

    new = with_entry(rich_library(), factory.BASICS, renamed)
    (fault,) = podcast_faults(new)
    assert "has vanished" in fault


def test_a_slug_renamed_with_its_guid_kept_passes() -> None:
    new = with_entry(rich_library(), TRAILER, lambda e: replace(e, slug="x"))
    assert podcast_faults(new) == []


def test_a_moved_date_is_told_with_both() -> None:
    later = facts(published=factory.basics().episode.published + timedelta(hours=1))  # type: ignore[operator]
    (fault,) = podcast_faults(with_entry(rich_library(), factory.BASICS, later))
    assert "its date was 2026-03-21T09:00:00+00:00 and is 2026-03-21T10:00" in fault
    assert fault.startswith("Back pain basics: ")


def test_an_enclosure_address_used_again_is_named() -> None:
    library = rich_library()
    feed = podcast_feed(library, {})
    swapped = feed.replace(
        b'<enclosure url="https://backbone.example/hour/media/2025-12-01-coming-soon',
        b'<enclosure url="https://backbone.example/hour/media/' + b"%s" % b"other",
    ).replace(
        f'<enclosure url="https://backbone.example/hour/media/{factory.POSTURE}'.encode(),
        b'<enclosure url="https://backbone.example/hour/media/2025-12-01-coming-soon',
    )
    (fault,) = compare_feeds(feed, swapped, name=PODCAST)
    assert str(fault).startswith("Posture at a desk: enclosure https://")
    assert "was that of 'Coming soon'" in str(fault)


def test_a_guid_or_an_enclosure_used_twice_is_found_in_a_first_feed() -> None:
    entry = factory.basics()
    twin = replace(facts(title="Twin")(entry), slug="twin")
    feed = podcast_feed(replace(rich_library(), entries=(entry, twin)), {})
    (fault,) = compare_feeds(None, feed, name=PODCAST)
    assert f"GUID {BASICS_GUID} is used twice" in str(fault)
    other = facts(guid="other-guid", title="Twin")(entry)
    feed = podcast_feed(replace(rich_library(), entries=(entry, other)), {})
    (fault,) = compare_feeds(None, feed, name=PODCAST)
    assert "belongs to another item too" in str(fault)


def test_a_changed_show_guid_is_stopped_under_the_feeds_name() -> None:
    guid = factory.show().feed.guid
    (fault,) = podcast_faults(rich_library(feed=FeedSettings()))
    assert f"podcast:guid was {guid} and is " in fault
    assert f'write guid = "{guid}" under [feed] in show.toml' in fault
    assert podcast_faults(rich_library(feed=FeedSettings()), PODCAST) == []


def test_a_show_that_had_no_episode_yet_may_still_become_another() -> None:
    empty = replace(rich_library(), entries=())
    assert podcast_faults(rich_library(feed=FeedSettings()), old=empty) == []


def test_an_answer_reviewed_again_may_have_a_newer_date_but_no_older_one() -> None:
    library = rich_library()

    def reviewed(day: date) -> Library:
        def change(answer: Answer) -> Answer:
            return factory.approve(answer, on=day)

        return with_entry(library, factory.POSTURE, with_answers(change))

    assert answer_faults(reviewed(date(2027, 1, 1))) == []
    (fault,) = answer_faults(reviewed(date(2020, 1, 1)))
    assert "its date was 2026-01-30" in fault


def test_a_lost_answer_stops_and_a_withdrawn_one_does_not() -> None:
    def drop(answer: Answer) -> Answer | None:
        return None if answer.slug == "bed-rest" else answer

    def lose(entry: Entry) -> Entry:
        kept = tuple(a for a in entry.answers if a.slug != "bed-rest")
        return replace(with_answers(drop)(entry), answers=kept)

    library = rich_library()
    withdrawn = with_entry(library, factory.BASICS, with_answers(drop))
    allowed = expected_losses(withdrawn)
    assert answer_faults(withdrawn, *allowed) == []
    lost = with_entry(library, factory.BASICS, lose)
    faults = answer_faults(lost, *expected_losses(lost))
    assert "Is bed rest good for a sore back?: has vanished" in faults[0]


def test_the_answers_of_an_episode_that_may_leave_leave_with_it() -> None:
    library = with_entry(rich_library(), factory.BASICS, facts(status="draft"))
    assert "Is bed rest good for a sore back?: has vanished" in "\n".join(
        answer_faults(library, *expected_losses(library, {"another"}))
    )
    assert answer_faults(library, *expected_losses(library, {BASICS_GUID})) == []


def test_losses_are_what_people_took_back_in_public_episodes() -> None:
    marzipan = factory.answer("marzipan-diet").id
    assert expected_losses(rich_library()) == {marzipan}
    # edited after approval and kept as approved: nothing is lost
    entry = factory.basics()
    edited = replace(entry.answers[0], body="Other words.")
    kept = replace(entry, answers=(edited, *entry.answers[1:]))
    assert expected_losses(replace(rich_library(), entries=(kept,))) == {marzipan}


@pytest.mark.parametrize(
    ("feed", "problem"),
    [(b"", "is not XML"), (b"<rss><channel>", "is not XML"), (b"<rss/>", "is not RSS")],
)
def test_a_feed_that_cannot_be_read_is_named(feed: bytes, problem: str) -> None:
    good = podcast_feed(rich_library(), {})
    for old, new in ((feed, good), (good, feed)):
        with pytest.raises(GateError, match=f"^{PODCAST}: {problem}"):
            compare_feeds(old, new, name=PODCAST)


def test_an_old_feed_cannot_make_the_gate_read_other_files() -> None:
    evil = b"""<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/hosts">]>
    <rss><channel><item><guid>&e;g</guid><title>T</title></item></channel></rss>"""
    faults = compare_feeds(evil, podcast_feed(rich_library(), {}), name=PODCAST)
    assert "localhost" not in str(faults)


def test_dates_of_other_feeds_are_compared_as_instants() -> None:
    def feed(when: str) -> bytes:
        return (
            "<rss><channel><item><guid>g</guid><title>T</title>"
            f"<pubDate>{when}</pubDate></item></channel></rss>"
        ).encode()

    def found(old: str, new: str) -> int:
        return len(compare_feeds(feed(old), feed(new), name=PODCAST))

    assert (
        found("Wed, 16 Jun 2021 09:00:00 +0200", "Wed, 16 Jun 2021 07:00:00 GMT") == 0
    )
    assert (
        found("Wed, 16 Jun 2021 09:00:00 -0000", "Wed, 16 Jun 2021 09:00:00 GMT") == 0
    )
    assert found("Wed, 16 Jun 2021 09:00:00 GMT", "soon") == 1
    assert found("soon", "Wed, 16 Jun 2021 09:00:00 GMT") == 0


def test_an_address_that_was_not_built_is_named() -> None:
    library = rich_library()
    feed = feed_facts(podcast_feed(library, {}), PODCAST)
    absent = {"media/2026-03-11-back-pain-basics.mp3", "people/mod/photo.jpg"}
    faults = missing_files(
        feed, library.show.site, lambda path: path not in absent, name=PODCAST
    )
    assert [str(f) for f in faults] == [
        f"{PODCAST}: points at {path}, which was not built; build it again"
        for path in sorted(absent)
    ]


def test_all_addresses_of_a_feed_are_asked_for_once() -> None:
    asked: list[str] = []
    library = rich_library()

    def has(path: str) -> bool:
        asked.append(path)
        return True

    feed = feed_facts(podcast_feed(library, {}), PODCAST)
    assert missing_files(feed, library.show.site, has, name="x") == ()
    assert len(asked) == len(set(asked))
    for path in (
        "",
        "cover.jpeg",
        "feeds/podcast.xml",
        "people/mod/",
        f"episodes/{factory.BASICS}/",
        f"episodes/{factory.BASICS}/transcript.vtt",
        f"episodes/{factory.BASICS}/chapters.json",
        f"media/{factory.POSTURE}.mp3",
    ):
        assert path in asked
