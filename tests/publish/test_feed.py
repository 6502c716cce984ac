"""The feeds as bytes: rules, feedgen's defects, stability."""

from __future__ import annotations

import locale
import os
import subprocess
import sys
from base64 import b64decode
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from pullquote.errors import GateError
from pullquote.model import address
from pullquote.model.answer import Clip
from pullquote.model.episode import HostedEnclosure
from pullquote.model.library import Entry, Library
from pullquote.model.show import FeedSettings
from pullquote.publish.feeds.podcast_channel import podcast_guid
from tests import factory
from tests.publish.feeds import answers_feed, podcast_feed
from tests.publish.rules import ATOM, CONTENT, ITUNES, PODCAST, faults
from tests.publish.shows import bodies, notes, rich_library

DC = "{http://purl.org/dc/elements/1.1/}"
ROOT = Path("show")


def podcast(library: Library) -> etree._Element:
    return etree.fromstring(podcast_feed(library, notes(library)))[0]


def answers(library: Library) -> etree._Element:
    return etree.fromstring(answers_feed(library, bodies(library)))[0]


def item(channel: etree._Element, title: str) -> etree._Element:
    return next(i for i in channel.findall("item") if i.findtext("title") == title)


def changed(library: Library, slug: str, **changes: Any) -> Library:
    """Return the library with fields of one episode changed."""
    entries = tuple(
        replace(e, episode=replace(e.episode, **changes)) if e.slug == slug else e
        for e in library.entries
    )
    return replace(library, entries=entries)


# What every feed must keep to


@pytest.mark.parametrize("library", [rich_library(), factory.library(ROOT)])
def test_both_feeds_break_no_rule(library: Library) -> None:
    library = replace(library, show=replace(library.show, cover="cover.png"))
    assert faults(podcast_feed(library, notes(library)), podcast=True) == []
    assert faults(answers_feed(library, bodies(library)), podcast=False) == []


def test_a_show_with_nothing_published_has_empty_feeds() -> None:
    library = replace(rich_library(), entries=(factory.draft(),))
    for channel in (podcast(library), answers(library)):
        assert channel.findall("item") == []
        assert channel.find("lastBuildDate") is None


def test_nothing_of_a_draft_is_in_a_feed() -> None:
    library = rich_library()
    feeds = podcast_feed(library, {}) + answers_feed(library, bodies(library))
    text = feeds.decode().casefold()
    assert [word for word in factory.DRAFT_WORDS if word in text] == []


def test_the_spec_vectors_of_podcast_guid_come_out() -> None:
    for feed in ("podnews.net/rss", "https://podnews.net/rss///"):
        assert podcast_guid(feed) == "9b024349-ccf0-5f69-a609-6b82873eab3c"
    vector = podcast_guid("http://mp3s.nashownotes.com/pc20rss.xml")
    assert vector == "917393e3-1b1e-5cef-ace4-edaa54e1f810"


def test_the_guid_of_show_toml_wins_and_else_the_address_counts() -> None:
    assert podcast(rich_library()).findtext(f"{PODCAST}guid") == (
        factory.show().feed.guid
    )
    fresh = rich_library(feed=FeedSettings())
    assert podcast(fresh).findtext(f"{PODCAST}guid") == podcast_guid(
        "backbone.example/hour/feeds/podcast.xml"
    )


def test_a_show_may_leave_and_is_locked_until_then() -> None:
    settings = factory.show().feed
    staying = podcast(rich_library())
    assert staying.findtext(f"{PODCAST}locked") == "yes"
    assert staying.find(f"{ITUNES}new-feed-url") is None
    there = "https://new.example/feed.xml"
    leaving = rich_library(feed=replace(settings, locked=False, new_feed_url=there))
    assert faults(podcast_feed(leaving, notes(leaving)), podcast=True) == []
    assert podcast(leaving).findtext(f"{PODCAST}locked") == "no"
    assert podcast(leaving).findtext(f"{ITUNES}new-feed-url") == there


# feedgen's defects, a to m: each shown absent from what comes out


def test_a_explicit_is_true_or_false() -> None:
    channel = podcast(rich_library())
    assert {n.text for n in channel.iter(f"{ITUNES}explicit")} == {"false"}
    loud = podcast(rich_library(feed=FeedSettings(explicit=True)))
    found = [n.text for n in loud.iter(f"{ITUNES}explicit")]
    assert found == ["true"] * (1 + len(loud.findall("item")))


def test_b_the_channel_links_to_the_site_although_it_has_other_links() -> None:
    library = rich_library()
    assert podcast(library).findtext("link") == "https://backbone.example/hour/"
    assert answers(library).findtext("link") == "https://backbone.example/hour/answers/"


def test_c_the_hub_link_stands_beside_the_self_link() -> None:
    links = podcast(rich_library()).findall(f"{ATOM}link")
    assert {link.get("rel"): link.get("href") for link in links} == {
        "self": "https://backbone.example/hour/feeds/podcast.xml",
        "hub": "https://hub.example/",
    }


@pytest.mark.parametrize("cover", ["art/cover.jpeg", "art/cover.jpg", "x.PNG"])
def test_d_a_cover_of_any_ending_is_the_channels_image(cover: str) -> None:
    ending = cover.rpartition(".")[2].lower()
    image = podcast(rich_library(cover=cover)).find(f"{ITUNES}image")
    assert image is not None
    assert image.get("href") == f"https://backbone.example/hour/cover.{ending}"


def test_e_every_episode_has_one_enclosure_with_its_length() -> None:
    for node in podcast(rich_library()).findall("item"):
        (enclosure,) = node.findall("enclosure")
        assert enclosure.get("length") == str(len(factory.enclosure_bytes("")))


def test_f_no_feed_is_atom() -> None:
    library = rich_library()
    for data in (podcast_feed(library, {}), answers_feed(library, bodies(library))):
        root = etree.fromstring(data)
        assert root.tag == "rss"
        assert "CDATA" not in {
            value for n in root.iter() for value in n.attrib.values()
        }


def test_g_authors_without_an_address_are_named() -> None:
    library = rich_library()
    node = item(answers(library), "Is bed rest good for a sore back?")
    names = [n.text for n in node.findall(f"{DC}creator")]
    assert names == ["Dana Quillmark", "Benedek Osterfeld"]
    assert node.find("author") is None


def test_h_the_first_import_in_a_process_works() -> None:
    code = "from tests.publish.shows import *; from tests.publish.feeds import *\n"
    run_python(code + "podcast_feed(rich_library(), {})")


def test_i_no_locale_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("setlocale was called")

    podcast_feed(rich_library(), {})
    monkeypatch.setattr(locale, "setlocale", refuse)
    assert podcast(rich_library()).findtext("lastBuildDate")


def test_j_the_build_date_is_that_of_the_newest_content() -> None:
    library = rich_library()
    # the correction of 2 April is newer than any episode or review
    for channel in (podcast(library), answers(library)):
        (built,) = channel.findall("lastBuildDate")
        assert built.text == "Thu, 02 Apr 2026 12:00:00 GMT"


def test_k_there_is_an_rss_image_and_nothing_that_apple_took_back() -> None:
    channel = podcast(rich_library())
    assert channel.findtext("image/url") == "https://backbone.example/hour/cover.jpeg"
    names = {etree.QName(n).localname for n in channel.iter("*")}
    assert not names & {"order", "isClosedCaptioned", "keywords", "summary"}


def test_l_control_characters_are_gone_before_the_library_sees_them() -> None:
    library = changed(
        rich_library(),
        factory.BASICS,
        title="Back\x00 pain\x1b[0m \ud800basics\uffff",
        summary="A\x08B\x85C",
        guid="guid-\x01-0001",
        chapters=(),
    )
    node = podcast(library).findall("item")[0]
    assert node.findtext("title") == "Back pain[0m basics"
    assert node.findtext("description", "").startswith("ABC\n\n")
    assert node.findtext("guid") == "guid--0001"


def test_m_items_stand_newest_first() -> None:
    titles = [n.text for n in podcast(rich_library()).findall("item/title")]
    assert titles == ["Back pain basics", "Posture at a desk", "Coming soon"]
    dates = [
        parsedate_to_datetime(n.text or "")
        for n in answers(rich_library()).findall("item/pubDate")
    ]
    assert dates == sorted(dates, reverse=True)


# What the podcast feed says


def test_an_episode_carries_everything_its_files_say() -> None:
    node = item(podcast(rich_library()), "Back pain basics")
    page = "https://backbone.example/hour/episodes/2026-03-11-back-pain-basics/"
    assert node.findtext("link") == page
    assert node.findtext("guid") == "5a3c9a52-9a52-4f61-8f0e-9b0a7f7d0001"
    assert node.findtext("pubDate") == "Sat, 21 Mar 2026 09:00:00 GMT"
    assert node.findtext(f"{ITUNES}duration") == "600"
    assert node.findtext(f"{ITUNES}episode") == "2"
    assert node.findtext(f"{PODCAST}episode") == "2"
    transcripts = node.findall(f"{PODCAST}transcript")
    assert [(t.get("type"), t.get("url")) for t in transcripts] == [
        ("application/json", f"{page}transcript.json"),
        ("text/html", f"{page}transcript.html"),
        ("application/x-subrip", f"{page}transcript.srt"),
        ("text/vtt", f"{page}transcript.vtt"),
    ]
    chapters = node.find(f"{PODCAST}chapters")
    assert chapters is not None
    assert chapters.get("url") == f"{page}chapters.json"
    watch = node.find(f"{PODCAST}contentLink")
    assert watch is not None
    assert watch.get("href") == "https://www.youtube.com/watch?v=backbone001"


def test_an_item_names_the_host_again_beside_the_guests() -> None:
    channel = podcast(rich_library())
    people = item(channel, "Back pain basics").findall(f"{PODCAST}person")
    assert [(p.text, p.get("role"), p.get("group")) for p in people] == [
        ("Maren Tolliver", "host", "cast"),
        ("Dana Quillmark", "guest", "cast"),
        ("Benedek Osterfeld", "guest", "cast"),
    ]
    assert people[0].get("img") == (
        "https://backbone.example/hour/people/mod/photo.jpg"
    )
    assert people[1].get("href") == "https://clinic.example/quillmark"
    assert [p.text for p in channel.findall(f"{PODCAST}person")] == ["Maren Tolliver"]


def test_only_approved_answers_of_15_to_120_seconds_are_soundbites() -> None:
    library = rich_library()
    (bite,) = podcast(library).iter(f"{PODCAST}soundbite")
    assert bite.text == "How long does a flare last?"
    assert (bite.get("startTime"), bite.get("duration")) == ("210.0", "60.5")


@pytest.mark.parametrize(
    ("length", "bites"), [(14_999, 0), (15_000, 1), (120_000, 1), (120_001, 0)]
)
def test_the_borders_of_a_soundbite_belong_to_it(length: int, bites: int) -> None:
    clip = Clip(start=1_000, end=1_000 + length)
    answer = factory.approve(factory.answer("a", answered=clip, question="W" * 300))
    entry = replace(factory.basics(), approved=(answer,))
    found = list(podcast(factory.library(ROOT, entry)).iter(f"{PODCAST}soundbite"))
    assert [len(bite.text or "") for bite in found] == [128] * bites


def test_what_a_newer_answer_replaces_is_marked_and_no_soundbite() -> None:
    entry = factory.basics()
    clip = Clip(start=0, end=60_000)
    older = replace(entry.approved[0], superseded_by="another", answered=clip)
    library = factory.library(ROOT, replace(entry, approved=(older,)))
    (node,) = podcast(library).iter("item")
    assert not [*node.iter(f"{PODCAST}soundbite")]
    html = node.findtext(f"{CONTENT}encoded", "")
    assert "<li><strong>Replaced by a newer answer</strong> <a href=" in html


def test_synthetic_episodes_say_so_to_people_and_machines() -> None:
    channel = podcast(rich_library(notice=None))
    marks = {
        n.findtext("title"): n.findtext(f"{PODCAST}txt[@purpose='ai-content']")
        for n in channel.findall("item")
    }
    assert marks == {
        "Back pain basics": "false",
        "Posture at a desk": "true",
        "Coming soon": "false",
    }
    made_up = item(channel, "Posture at a desk")
    for tag in ("description", f"{CONTENT}encoded"):
        assert "Synthetic recording" in made_up.findtext(tag, "")
    assert channel.findtext(f"{PODCAST}txt") == "true"
    assert "Synthetic" not in channel.findtext("description", "")


def test_a_wholly_synthetic_show_says_so_in_its_description() -> None:
    library = replace(rich_library(notice=None), entries=(factory.posture(),))
    for channel in (podcast(library), answers(library)):
        assert "Synthetic recording" in channel.findtext("description", "")


def test_the_shows_own_notice_stands_everywhere() -> None:
    library = rich_library()
    for channel in (podcast(library), answers(library)):
        for node in (channel, *channel.findall("item")):
            assert "Synthetic sample: invented people" in node.findtext(
                "description", ""
            )
    for node in answers(library).findall("item"):
        assert "<p>Synthetic sample: invented people" in node.findtext(
            f"{CONTENT}encoded", ""
        )


def test_notes_list_chapters_questions_and_the_recording() -> None:
    html = item(podcast(rich_library()), "Back pain basics").findtext(
        f"{CONTENT}encoded", ""
    )
    assert '<a href="https://backbone.example/hour/answers/">All answers</a>' in html
    assert "<li>00:00:00 Welcome</li><li>00:01:01 Trigger points</li>" in html
    assert 'hour/answers/bed-rest/">Is bed rest good for a sore back?</a>' in html
    assert 'href="https://www.youtube.com/watch?v=backbone001"' in html


def test_a_trailer_is_offered_as_one() -> None:
    (trailer,) = podcast(rich_library()).findall(f"{PODCAST}trailer")
    assert trailer.text == "Coming soon"
    assert trailer.get("pubdate") == "Mon, 01 Dec 2025 22:30:00 GMT"
    assert trailer.get("season") == "1"


def test_a_bare_show_leaves_out_what_it_does_not_know() -> None:
    bare = rich_library(
        feed=FeedSettings(category=()), cover=None, notice=None, disclaimer=None
    )
    bare = changed(bare, factory.BASICS, summary=None, watch=None, chapters=())
    entries = tuple(replace(e, turns=(), approved=()) for e in bare.entries)
    channel = podcast(replace(bare, entries=entries))
    absent = (
        *(f"{ITUNES}{tag}" for tag in ("category", "image", "owner")),
        *(f"{PODCAST}{t}" for t in ("license", "funding", "transcript", "chapters")),
        *(f"{PODCAST}{tag}" for tag in ("soundbite", "contentLink")),
        "copyright",
        "image",
    )
    assert [tag for tag in absent if channel.find(f".//{tag}") is not None] == []
    node = item(channel, "Back pain basics")
    assert node.findtext("description") == "Back pain basics"


def test_a_control_character_in_an_address_for_mail_ends_no_build() -> None:
    feed = FeedSettings(category=(), owner_email="me@host\x01.example")
    owner = podcast(rich_library(feed=feed)).find(f"{ITUNES}owner")
    assert owner is not None
    assert owner.findtext(f"{ITUNES}email") == "me@host.example"


def test_addresses_that_are_not_https_stay_out_of_podcast_tags() -> None:
    library = rich_library()
    people = [replace(p, href="http://old.example/") for p in library.show.people]
    library = replace(library, show=replace(library.show, people=tuple(people)))
    library = changed(library, factory.BASICS, watch="http://video.example/1")
    assert faults(podcast_feed(library, {}), podcast=True) == []
    html = item(podcast(library), "Back pain basics").findtext(f"{CONTENT}encoded", "")
    assert 'href="http://video.example/1"' in html


def test_a_video_on_the_shows_own_site_is_found_from_a_feed() -> None:
    library = changed(rich_library(), factory.BASICS, watch="/media/talk.mp4?x=1")
    node = item(podcast(library), "Back pain basics")
    there = f"{library.show.site}media/talk.mp4?x=1"
    assert f'href="{there}"' in node.findtext(f"{CONTENT}encoded", "")
    assert node.find(f"{PODCAST}contentLink").get("href") == there  # type: ignore[union-attr]


@pytest.mark.parametrize("said", ["ä ", "<b>&& é "])
def test_a_description_keeps_to_apples_size_and_its_notice(said: str) -> None:
    library = rich_library(description=said * 4_000)
    library = changed(library, factory.BASICS, summary="word " * 2_000)
    channel = podcast(library)
    for node in (channel, item(channel, "Back pain basics")):
        text = node.findtext("description", "")
        assert 3_900 < len(text.encode()) <= 4_000
        assert "…\n\nSynthetic sample: invented people" in text


def test_a_length_in_time_that_an_old_host_did_not_tell_is_left_out() -> None:
    """It was one second in the new feed, and apps showed that."""
    url = "https://old.example/1.mp3"
    sound = HostedEnclosure(url=url, length=9, type="audio/mpeg", duration=0)
    library = changed(rich_library(), factory.BASICS, enclosure=sound)
    node = item(podcast(library), "Back pain basics")
    assert node.xpath("string(enclosure/@url)") == url
    assert node.find(f"{ITUNES}duration") is None


def test_an_episode_without_a_date_or_sound_is_named() -> None:
    library = rich_library()
    with pytest.raises(GateError, match=r"back-pain-basics: .*'published' time"):
        podcast_feed(changed(library, factory.BASICS, published=None), {})
    silent = replace(factory.basics(), enclosure=None)
    with pytest.raises(GateError, match=r"back-pain-basics: .*no enclosure"):
        podcast_feed(replace(library, entries=(silent,)), {})


# What the answers feed says


def test_an_episode_that_is_called_like_its_show_is_named_once() -> None:
    library = changed(rich_library(), factory.BASICS, title="Backbone Hour")
    node = item(answers(library), "Is bed rest good for a sore back?")
    told = node.findtext("description") or ""
    assert " in “Backbone Hour”, held on March 11, 2026." in told


def test_an_answer_is_signed_dated_and_linked() -> None:
    node = item(answers(rich_library()), "Is bed rest good for a sore back?")
    page = "https://backbone.example/hour/answers/bed-rest/"
    sentence = (
        "Answered by Dana Quillmark, MD, orthopedic spine surgeon; Benedek Osterfeld, "
        "MD, interventional pain physician in “Back pain basics” (Backbone Hour), "
        "held on March 11, 2026."
    )
    guid = node.find("guid")
    assert guid is not None
    assert guid.text == factory.answer("bed-rest").id
    assert guid.get("isPermaLink") == "false"
    assert node.findtext("link") == page
    assert node.findtext("description", "").startswith(sentence)
    assert node.findtext("pubDate") == "Fri, 20 Mar 2026 12:00:00 GMT"
    html = node.findtext(f"{CONTENT}encoded", "")
    for part in (
        sentence,
        "Reviewed by Dana Quillmark, MD, orthopedic spine surgeon on March 20, 2026.",
        "Next review due on March 19, 2028.",
        "Corrected on April 2, 2026.",
        f'<a href="{page}">Read and hear this answer</a>',
        "General information, not advice for your own case.",
    ):
        assert part in html
    categories = [n.text for n in node.findall("category")]
    assert categories == ["Posture & desk work", "Trigger point injections"]
    assert node.find("enclosure") is None


def test_an_older_answer_leads_to_the_one_that_takes_its_place() -> None:
    old, new = factory.posture(), factory.basics()
    named = replace(old.approved[0], superseded_by=new.approved[0].id)
    older = replace(old, answers=(named,), approved=(named,))

    def text(*entries: Entry) -> str:
        node = item(answers(factory.library(ROOT, *entries)), named.question)
        return node.findtext(f"{CONTENT}encoded", "")

    says = "<p><strong>A newer answer takes the place of this one.</strong>"
    assert text(new, older).startswith(says)
    assert f'/answers/{new.approved[0].slug}/">answered again on' in text(new, older)
    hidden = replace(new, answers=(), approved=())
    assert text(hidden, older).startswith(f"{says}</p>\n<")  # it holds no more
    node = item(answers(factory.library(ROOT, new, older)), named.question)
    told = "A newer answer takes the place of this one. Answered by "
    assert node.findtext("description", "").startswith(told)


def test_what_the_show_says_of_a_treatment_stands_above_each_answer_about_it() -> None:
    notice = "Taken off the market <in 2026>."
    topics = tuple(replace(t, notice=notice) for t in factory.show().topics[:1])
    library = factory.library(ROOT, topics=(*topics, *factory.show().topics[1:]))
    (about, *_) = (a for a in factory.basics().approved if topics[0].id in a.topics)
    html = item(answers(library), about.question).findtext(f"{CONTENT}encoded", "")
    assert html.startswith(
        "<p><strong>Trigger point injections:</strong> Taken off the market"
        " &lt;in 2026&gt;.</p>"
    )
    topics = tuple(replace(t, notice="No\x01w.", title="In\x07k") for t in topics)
    library = factory.library(ROOT, topics=(*topics, *factory.show().topics[1:]))
    html = item(answers(library), about.question).findtext(f"{CONTENT}encoded", "")
    assert html.startswith("<p><strong>Ink:</strong> Now.</p>"), "no XML has these"


def test_an_answer_without_its_doctor_or_review_stops_the_feed() -> None:
    good = factory.basics()
    for slug, change, problem in (
        ("bed-rest", {"speakers": ("nobody",)}, "speaker is not among"),
        ("bed-rest", {"speakers": ()}, "speaker is not among"),
        ("bed-rest", {"review": None}, "nobody has reviewed"),
    ):
        approved = tuple(
            replace(a, **change) if a.slug == slug else a for a in good.approved
        )
        library = replace(rich_library(), entries=(replace(good, approved=approved),))
        with pytest.raises(GateError, match=f"{factory.BASICS}/{slug}: .*{problem}"):
            answers_feed(library, bodies(library))


def test_a_newer_review_comes_first() -> None:
    entry = factory.basics()
    newer = factory.approve(entry.approved[1], on=date(2026, 8, 1))
    library = factory.library(
        ROOT,
        replace(entry, approved=(entry.approved[0], newer)),
    )
    titles = [n.text for n in answers(library).findall("item/title")]
    assert titles[0] == newer.question
    built = answers(library).findtext("lastBuildDate")
    assert built == "Sat, 01 Aug 2026 12:00:00 GMT"


def test_titles_of_control_characters_alone_fall_back_to_the_slug() -> None:
    library = changed(rich_library(title="\x00"), factory.BASICS, title="\x01")
    channel = podcast(library)
    assert channel.findtext("title") == library.show.site
    assert channel.findtext("item/title") == factory.BASICS


# Same content, same bytes


def test_a_renamed_or_moved_show_keeps_every_guid() -> None:
    library = rich_library()
    moved = rich_library(title="Another", site="https://other.example/")
    moved = changed(moved, factory.BASICS, title="New title", watch=None)
    for of in (podcast, answers):
        before, after = of(library), of(moved)
        assert [n.text for n in before.iter("guid")] == [
            n.text for n in after.iter("guid")
        ]
    guid = podcast(moved).findtext(f"{PODCAST}guid")
    assert guid == podcast(library).findtext(f"{PODCAST}guid")


def test_an_instant_is_written_the_same_from_any_offset() -> None:
    there = datetime.fromisoformat("2026-03-21T20:00:00+11:00")
    library = changed(rich_library(), factory.BASICS, published=there)
    assert podcast_feed(library, {}) == podcast_feed(rich_library(), {})
    assert there == datetime(2026, 3, 21, 9, tzinfo=UTC)


@pytest.fixture
def hurried_threads() -> Iterator[None]:
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(interval)


@pytest.mark.usefixtures("hurried_threads")
# Python 3.11 may refuse coverage's trace function to two threads that start at one
# moment; that thread ends unused, and the others do its work.
@pytest.mark.filterwarnings(
    "ignore:Exception ignored in thread started by:pytest.PytestUnraisableExceptionWarning"
)
def test_eight_threads_write_identical_bytes() -> None:
    library = rich_library()
    wanted = podcast_feed(library, notes(library))
    with ThreadPoolExecutor(8) as pool:
        made = set(pool.map(lambda _: podcast_feed(library, notes(library)), range(48)))
    assert made == {wanted}


_BOTH = """
import locale, sys
from tests.publish.shows import *
from tests.publish.feeds import *
locale.setlocale(locale.LC_ALL, "")
before = locale.setlocale(locale.LC_ALL)
made = rich_library()
sys.stdout.buffer.write(podcast_feed(made, notes(made)))
sys.stdout.buffer.write(answers_feed(made, bodies(made)))
assert locale.setlocale(locale.LC_ALL) == before
"""


def run_python(code: str, **environment: str) -> bytes:
    ran = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | environment,
        capture_output=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr.decode()
    return ran.stdout


def locales() -> set[str]:
    ran = subprocess.run(["locale", "-a"], capture_output=True, text=True, check=False)
    return set(ran.stdout.split())


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "America/St_Johns"])
def test_every_timezone_gives_the_same_bytes(zone: str) -> None:
    library = rich_library()
    wanted = podcast_feed(library, notes(library))
    wanted += answers_feed(library, bodies(library))
    assert run_python(_BOTH, TZ=zone, LC_ALL="C", PYTHONHASHSEED="7") == wanted


def test_a_german_locale_gives_the_same_bytes() -> None:
    german = sorted(name for name in locales() if name.startswith("de_"))
    if not german:
        pytest.skip("no German locale on this machine (Debian: locales-all)")
    library = rich_library()
    wanted = podcast_feed(library, notes(library))
    wanted += answers_feed(library, bodies(library))
    assert run_python(_BOTH, LC_ALL=german[0]) == wanted


def test_an_m4a_stands_beside_the_enclosure_with_what_proves_it_whole() -> None:
    entry = factory.basics()
    assert entry.enclosure is not None
    m4a = replace(entry.enclosure, type="audio/mp4", length=480_000, sha256="00ff" * 16)
    library = factory.library(
        Path("show"), replace(entry, m4a=m4a), cover="art/cover.jpg"
    )
    data = podcast_feed(library, {})
    assert faults(data, podcast=True) == []
    (other,) = etree.fromstring(data).iter(f"{PODCAST}alternateEnclosure")
    seconds = m4a.duration / 1000
    assert dict(other.attrib) == {
        "type": "audio/mp4",
        "length": "480000",
        "bitrate": str(round(480_000 * 8 / seconds)),
        "title": "M4A",
    }
    source, integrity = other
    assert source.get("uri") == address.absolute(
        library.show, f"media/{factory.BASICS}.m4a"
    )
    assert integrity.get("type") == "sri"
    digest = integrity.get("value", "").removeprefix("sha256-")
    assert b64decode(digest) == bytes.fromhex("00ff" * 16)


def test_a_show_that_pings_says_so() -> None:
    plain = factory.show()
    feed = replace(plain.feed, podping="https://podping.example/")
    for settings, said in ((feed, ["true"]), (plain.feed, [])):
        library = factory.library(Path("show"), factory.basics(), feed=settings)
        root = etree.fromstring(podcast_feed(library, {}))
        found = [n.get("usesPodping") for n in root.iter(f"{PODCAST}podping")]
        assert found == said
