from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from gettext import NullTranslations
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urljoin

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from pullquote.errors import ContentError
from pullquote.model.answer import Clip, Correction, Redaction
from pullquote.model.episode import HostedEnclosure
from pullquote.model.library import Entry
from pullquote.model.show import Before, Topic
from pullquote.model.words import Words
from pullquote.render.site.sitemap import robots, sitemaps
from pullquote.render.templating import environment, render_page
from pullquote.render.views.answer_view import answer_view
from pullquote.render.views.edition import edition
from pullquote.render.views.pages import former_pages, pages, site_of
from tests import factory
from tests.publish.feeds import answers_feed, answers_json
from tests.render.reading import data_of, heading, parsed, rendered, said

ROOT = Path("show")
FEEDS = ("feeds/podcast.xml", "feeds/answers.xml")


@pytest.fixture(scope="module")
def public() -> dict[str, str]:
    file = f"episodes/{factory.BASICS}/transcript.vtt"
    return rendered(factory.library(ROOT), others=(*FEEDS, file))


@pytest.fixture(scope="module")
def preview() -> dict[str, str]:
    return rendered(factory.library(ROOT), drafts=True)


def links(html: str, page: str) -> dict[str, str]:
    """Return where links lead by what they say, on a site at the root."""
    found = {}
    for a in parsed(html).iter("a"):
        found[said(a)] = urljoin(f"/{page}", a.get("href", ""))
    return found


def test_a_page_says_that_private_details_are_not_among_its_words() -> None:
    """It said "Verbatim" above "a viewer", which nobody said."""
    library = factory.library(ROOT)
    entry = library.entry(factory.BASICS)
    assert entry is not None
    (answer,) = [a for a in entry.approved if a.slug == "trigger-point-injections"]
    start, end = answer.answered.start, answer.answered.end

    def level(at: Clip) -> str:
        hidden = Redaction(clip=at, replacement="a viewer")
        new = replace(entry, redactions=(hidden,), origin=None, ground=None)
        entries = tuple(new if e is entry else e for e in library.entries)
        html = rendered(replace(library, entries=entries))
        root = parsed(html["answers/trigger-point-injections/"])
        return said(root.find_class("level")[0])

    told = "Private details were taken out of text and sound."
    assert level(Clip(start=start, end=start + 300)).endswith(told)
    assert told not in level(Clip(start=end, end=end + 300))


def test_every_kind_of_page_stands_at_its_address(public: dict[str, str]) -> None:
    assert set(public) == {
        *("", "answers/", "episodes/", "people/", "topics/", "search/", "404.html"),
        f"episodes/{factory.BASICS}/",
        f"episodes/{factory.POSTURE}/",
        *("answers/trigger-point-injections/", "answers/bed-rest/"),
        "answers/standing-desk/",
        *("people/mod/", "people/quill/", "people/oster/"),
        *("topics/trigger-point-injections/", "topics/posture/"),
    }


def test_an_answer_page_says_who_answered_what_when_and_where(
    public: dict[str, str],
) -> None:
    root = parsed(public["answers/trigger-point-injections/"])
    assert heading(root) == "What are trigger point injections?"
    (answer,) = root.find_class("answer")
    assert said(answer) == (
        "They are small injections into a tight muscle. "
        "Most people feel better within 3 days."
    )
    (signed,) = root.find_class("signed")
    assert said(signed) == (
        "Dana Quillmark, MD, orthopedic spine surgeon Backbone Clinic March 11, 2026"
    )
    (level,) = root.find_class("level")
    assert said(level).startswith("Verbatim")
    (review,) = root.find_class("review")
    assert said(review) == (
        "Review Reviewed by Benedek Osterfeld, MD, interventional pain physician "
        "Last reviewed March 20, 2026 Next review due March 19, 2028 "
        "General information, not advice for your own case."
    )
    assert "Synthetic sample: invented people" in said(root)


def test_a_notice_of_a_topic_stands_above_every_answer_about_it() -> None:
    topic, *others = factory.show().topics
    topic = replace(topic, notice="Taken off the market in 2026.")
    site = rendered(factory.library(ROOT, topics=(topic, *others)))
    told = "Trigger point injections: Taken off the market in 2026."
    for page in ("answers/trigger-point-injections/", f"topics/{topic.id}/"):
        (notice,) = parsed(site[page]).xpath("//main//p[strong]")
        assert said(notice) == told
    assert told not in said(parsed(site["answers/standing-desk/"]))


@pytest.mark.parametrize(("count", "folded"), [(20, 0), (21, 1)])
def test_many_topics_are_folded_up_above_all_answers(count: int, folded: int) -> None:
    topics = [Topic(id=f"t{n}", title=f"Topic {n}") for n in range(count)]
    of = tuple(topic.id for topic in topics)
    one = replace(factory.basics().approved[0], topics=of)
    entry = replace(factory.basics(), approved=(factory.approve(one),))
    made = rendered(factory.library(ROOT, entry, topics=tuple(topics)))["answers/"]
    assert len(parsed(made).xpath("//nav//ul[@class='chips']/li")) == count
    assert len(parsed(made).xpath("//nav/details/ul[@class='chips']")) == folded


def test_an_answer_has_its_doctors_credentials_of_that_day() -> None:
    moved = Before(until=date(2026, 3, 11), credentials="MD", affiliation="Old Clinic")
    earlier = Before(until=date(2020, 1, 1), credentials="student")
    left = Before(until=date(2026, 3, 20), affiliation="Old Clinic")
    show = factory.show()
    people = [
        replace(p, before={"quill": (earlier, moved), "oster": (left,)}.get(p.id, ()))
        for p in show.people
    ]
    site = rendered(factory.library(ROOT, people=tuple(people)))
    page = site["answers/trigger-point-injections/"]
    root = parsed(page)
    (signed,) = root.find_class("signed")
    assert said(signed) == "Dana Quillmark, MD Old Clinic March 11, 2026"
    assert "orthopedic spine surgeon" not in said(root)
    assert "Backbone Clinic" not in page
    data = data_of(root)
    assert data["reviewedBy"]["affiliation"]["name"] == "Old Clinic"
    (author,) = data["mainEntity"]["acceptedAnswer"]["author"]
    assert author["hasCredential"]["name"] == "MD"
    person = said(parsed(site["people/quill/"]).get_element_by_id("main"))
    assert "Dana Quillmark MD, orthopedic spine surgeon Backbone Clinic" in person


def test_a_persons_page_repeats_no_name_but_that_of_another_day() -> None:
    def dated(*before: Before) -> list[str]:
        people = tuple(
            replace(p, before=before if p.id == "quill" else ())
            for p in factory.show().people
        )
        site = rendered(factory.library(ROOT, people=people))
        (answers,) = parsed(site["people/quill/"]).xpath("//section")[:1]
        return [said(meta) for meta in answers.find_class("meta")]

    both = "Dana Quillmark, MD, orthopedic spine surgeon · Benedek Osterfeld, MD, "
    both += "interventional pain physician · March 11, 2026"
    assert set(dated()) == {"March 11, 2026", both}
    then = Before(until=date(2026, 3, 31), credentials="MD")
    assert "Dana Quillmark, MD · March 11, 2026" in dated(then)


def test_an_answer_page_links_to_all_that_a_reader_may_want_next(
    public: dict[str, str],
) -> None:
    page = "answers/trigger-point-injections/"
    found = links(public[page], page)
    assert found["Watch it on video, from 1:11"] == (
        "https://www.youtube.com/watch?v=backbone001&t=71s"
    )
    episode = f"/episodes/{factory.BASICS}/"
    assert found["Back pain basics"] == episode
    assert found["Read it in the transcript"] == f"{episode}#t71000"
    assert found["Trigger point injections"] == "https://clinic.example/trigger-points"
    assert found["All answers about it"] == "/topics/trigger-point-injections/"
    assert found["Sign up for future episodes"] == "https://backbone.example/sign-up"
    assert found["All answers"] == "/answers/"
    assert found["Dana Quillmark"] == "/people/quill/"


def test_hear_this_answer_plays_the_clip_without_javascript(
    public: dict[str, str],
) -> None:
    (audio,) = parsed(public["answers/bed-rest/"]).iter("audio")
    assert audio.get("src") == f"../../media/{factory.BASICS}.mp3#t=140,152"
    assert audio.get("controls") is not None


def test_the_menu_leads_to_nothing_empty() -> None:
    entry = replace(factory.basics(), answers=(), approved=(), turns=())
    facts = replace(entry.episode, people=())
    library = factory.library(ROOT, replace(entry, episode=facts), topics=(), people=())
    (menu,) = parsed(rendered(library)[""]).iter("nav")
    assert [said(a) for a in menu.iter("a")] == ["Answers", "Episodes", "Subscribe"]


def test_sound_at_an_old_host_can_be_heard_there() -> None:
    entry = factory.basics()
    url = "https://old.example/1.mp3?a=1&b=2"
    sound = HostedEnclosure(url=url, length=1, type="audio/mpeg", duration=61_000)
    moved = replace(entry.episode, enclosure=sound)
    page = f"episodes/{factory.BASICS}/"
    bare = replace(entry, episode=moved, enclosure=None)
    root = parsed(rendered(factory.library(ROOT, bare))[page])
    assert root.xpath("//section[contains(@class, 'hear')]//a/@href")[0] == url
    assert not list(root.iter("audio")), "a page asks no other host for anything"
    assert "1 min 1 sec" in said(root.find_class("byline")[0])
    listed = parsed(rendered(factory.library(ROOT, bare))["episodes/"])
    assert "1 min 1 sec" in said(listed.find_class("card")[0])
    here = rendered(factory.library(ROOT, replace(entry, episode=moved)))[page]
    assert url not in here


@pytest.mark.parametrize(
    ("kind", "called"), [("trailer", "Trailer"), ("bonus", "Bonus episode")]
)
def test_a_trailer_says_that_it_is_one(
    kind: Literal["trailer", "bonus"], called: str
) -> None:
    """On its page and in lists; apps say it too."""
    entry = factory.basics()
    facts = replace(entry.episode, kind=kind, season=2, number=None)
    pages = rendered(factory.library(ROOT, replace(entry, episode=facts)))
    (byline,) = parsed(pages[f"episodes/{factory.BASICS}/"]).find_class("byline")
    assert f"{called} · Season 2 ·" in said(byline)
    (card,) = parsed(pages["episodes/"]).find_class("card")
    assert f"· {called} ·" in said(card)


def test_a_summary_with_which_the_notes_begin_is_not_told_twice() -> None:
    entry = factory.basics()
    page = f"episodes/{factory.BASICS}/"
    facts = replace(entry.episode, summary="We speak of rest.")
    for notes, times in (("We speak of *rest*.\n\nAnd more.", 0), ("More.", 1)):
        shown = replace(entry, episode=facts, notes=notes)
        root = parsed(rendered(factory.library(ROOT, shown))[page])
        assert len(root.find_class("lead")) == times


def test_several_doctors_sign_each_with_the_date(public: dict[str, str]) -> None:
    root = parsed(public["answers/bed-rest/"])
    assert [said(s) for s in root.find_class("signed")] == [
        "Dana Quillmark, MD, orthopedic spine surgeon Backbone Clinic March 11, 2026",
        "Benedek Osterfeld, MD, interventional pain physician March 11, 2026",
    ]
    (found,) = root.xpath('//*[@data-pagefind-meta="who"]')  # what a search shows
    assert said(found) == (
        "Dana Quillmark, MD, orthopedic spine surgeon and"
        " Benedek Osterfeld, MD, interventional pain physician"
    )
    assert "Corrected April 2, 2026" in said(root.find_class("review")[0])
    assert said(root.find_class("level")[0]).startswith("Lightly edited")


def test_a_reader_can_open_what_was_changed_from_the_spoken_words(
    public: dict[str, str],
) -> None:
    entry = factory.basics()
    body = "They are injections into one tight muscle.\n\nMost feel better in 3 days."
    edited = factory.approve(replace(entry.approved[0], body=body))
    made = rendered(factory.library(ROOT, replace(entry, approved=(edited,))))
    page = "answers/trigger-point-injections/"
    (shown,) = parsed(made[page]).find_class("difference")
    assert shown.tag == "details"
    assert said(shown).endswith(
        "They are small injections into a one tight muscle. "
        "Most people feel better within in 3 days."
    )
    assert [said(d) for d in shown.iter("del")][1:] == [
        "small",
        "a",
        "people",
        "within",
    ]
    assert [said(i) for i in shown.iter("ins")][1:] == ["one", "in"]
    assert not parsed(public[page]).find_class("difference")


def test_a_question_answered_twice_points_at_the_newer_answer() -> None:
    old = factory.posture()
    again = factory.approve(
        replace(old.answers[0], question="is BED REST good for a sore back")
    )
    repeated = replace(old, answers=(again,), approved=(again,))
    made = rendered(factory.library(ROOT, factory.basics(), repeated))
    older, newer = (
        parsed(made[f"answers/{s}/"]) for s in ("standing-desk", "bed-rest")
    )
    (banner,) = older.find_class("newer")
    assert "answered again on March 11, 2026" in said(banner)
    assert banner.xpath(".//a/@href") == ["../../answers/bed-rest/"]
    assert not newer.find_class("newer")
    for root in (older, newer):
        (same,) = root.find_class("same")
        assert len(same.find_class("card")) == 1


def test_an_editor_may_say_which_answer_takes_the_place_of_another() -> None:
    old, new = factory.posture(), factory.basics()
    named = replace(old.answers[0], superseded_by=new.approved[0].id)
    older = replace(old, answers=(named,), approved=(named,))
    made = rendered(factory.library(ROOT, new, older))
    page, other = (parsed(made[f"answers/{a.slug}/"]) for a in (named, new.approved[0]))
    (banner,) = page.find_class("newer")
    assert "A newer answer takes the place of this one." in said(banner)
    assert not other.find_class("newer")
    assert len(other.find_class("same")[0].find_class("card")) == 1
    alone = rendered(factory.library(ROOT, older))[f"answers/{named.slug}/"]
    (banner,) = parsed(alone).find_class("newer")
    assert said(banner) == "A newer answer takes the place of this one."
    (back,) = other.find_class("older")
    assert said(back).startswith(
        "This answer takes the place of an older one, given on"
    )
    (link,) = back.findall("a")
    assert link.get("href") == f"../../answers/{named.slug}/"
    assert not page.find_class("older")
    told = [data_of(root)["mainEntity"].keys() for root in (page, other)]
    assert ["acceptedAnswer" in keys for keys in told] == [False, True]
    assert ["suggestedAnswer" in keys for keys in told] == [True, False]


def test_lists_say_which_answer_is_superseded() -> None:
    old, new = factory.posture(), factory.basics()
    named = replace(old.answers[0], superseded_by=new.approved[0].id)
    older = replace(old, answers=(named,), approved=(named,))
    made = rendered(factory.library(ROOT, new, older))
    label = "Replaced by a newer answer"

    def marked(path: str) -> list[str]:
        cards = parsed(made[path]).find_class("card")
        return [said(card[0][0]) for card in cards if label in said(card)]

    page = parsed(made[f"answers/{named.slug}/"])
    (told,) = page.xpath("//meta[@name='description']/@content")
    assert told.startswith("A newer answer takes the place of this one. ")
    of_it = f"episodes/{old.slug}/"
    for path in ("answers/", "topics/posture/", f"people/{named.speakers[0]}/", of_it):
        assert marked(path) == [named.question], path
    # a topic's page is read from its top
    newest = replace(new.approved[0], superseded_by=new.approved[1].id)
    again = replace(new, approved=(newest, *new.approved[1:]))
    topics = ("posture",)
    both = replace(
        again, approved=tuple(replace(a, topics=topics) for a in again.approved)
    )
    lists = rendered(factory.library(ROOT, both, old))
    for path in ("topics/posture/", "answers/"):
        last = parsed(lists[path]).find_class("card")[-1]
        assert said(last[0]) == newest.question, path
    # what leads on to something leads to what holds
    assert named.question not in said(parsed(made[""]).find_class("cards")[0])
    for other in new.approved:
        for related in parsed(made[f"answers/{other.slug}/"]).find_class("related"):
            assert named.question not in said(related)


def test_corrections_stand_on_the_page_with_their_days() -> None:
    entry = factory.basics()
    notes = (
        Correction(on=date(2026, 4, 2), note="Said <b>hours</b>, meant days."),
        Correction(on=date(2026, 5, 9), note="A name was misspelt."),
    )
    changed = replace(entry.approved[0], corrections=notes)
    made = rendered(factory.library(ROOT, replace(entry, approved=(changed,))))
    page = parsed(made["answers/trigger-point-injections/"])
    (listed,) = page.find_class("corrections")
    assert said(listed) == (
        "May 9, 2026: A name was misspelt. "
        "April 2, 2026: Said <b>hours</b>, meant days."
    )
    assert "Corrected May 9, 2026" in said(page.find_class("review")[0])
    assert data_of(page)["dateModified"] == "2026-05-09"


@pytest.mark.parametrize(
    ("today", "overdue"), [(date(2028, 3, 19), False), (date(2028, 3, 20), True)]
)
def test_a_review_is_overdue_from_the_day_after(today: date, overdue: bool) -> None:
    chosen = edition(factory.library(ROOT), drafts=False)
    site = site_of(chosen, frozenset(), today)
    (page,) = (
        render_page(environment(None), site, p)
        for p in pages(chosen, site)
        if p.path == "answers/trigger-point-injections/"
    )
    assert ("Review overdue." in page) is overdue
    assert not overdue or "reviewed again by" in page


def test_former_addresses_say_what_became_of_them() -> None:
    chosen = edition(factory.library(ROOT), drafts=False)
    site = site_of(chosen, frozenset())
    moved = {
        "answers/gone/": None,
        "answers/old/": "answers/bed-rest/",
        "answers/bed-rest/": None,
        "media/old.mp3": "media/new.mp3",
    }
    found = {p.path: p for p in former_pages(chosen, moved)}
    assert set(found) == {"answers/gone/", "answers/old/"}
    made = {k: render_page(environment(None), site, p) for k, p in found.items()}
    gone, old = parsed(made["answers/gone/"]), parsed(made["answers/old/"])
    assert heading(gone) == "This answer was withdrawn"
    assert gone.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not old.xpath("//meta[@name='robots']"), "what it leads to would go with it"
    assert old.xpath("//meta[@http-equiv='refresh']/@content") == [
        "0; url=../../answers/bed-rest/"
    ]
    assert b"answers/gone" not in dict(sitemaps(site, found.values()))["sitemap.xml"]


def test_other_answers_come_by_topic_then_by_doctor() -> None:
    topics = (factory.show().topics[0].id,)
    answers = tuple(
        factory.approve(factory.answer(slug, speakers=(by,), topics=its))
        for slug, by, its in (
            ("a-first", "quill", topics),
            ("b-next", "oster", topics),
            ("c-another-doctors", "oster", ()),
            ("d-same-doctors", "quill", ()),
            ("e-third", "oster", topics),
        )
    )
    entry = replace(factory.basics(), answers=answers, approved=answers)
    chosen = edition(factory.library(ROOT, entry), drafts=False)
    (shown,) = (s for s in chosen.answers if s.answer.slug == "a-first")
    view = answer_view(chosen, shown)
    beside = view.after or view.before
    assert beside
    assert beside.answer.slug == "b-next"
    assert [other.answer.slug for other in view.related] == [
        "e-third",  # without the next of the topic, which stands above
        "d-same-doctors",
        "c-another-doctors",
    ]


def names(data: Any) -> Iterator[str]:
    """Yield whatever structured data calls by a name."""
    if isinstance(data, dict):
        yield from (value for key, value in data.items() if key == "name")
    for inside in data.values() if isinstance(data, dict) else data:
        if isinstance(inside, dict | list):
            yield from names(inside)


def test_an_episodes_and_a_reviewers_affiliations_are_seen_too(
    public: dict[str, str],
) -> None:
    for page in ("answers/standing-desk/", f"episodes/{factory.BASICS}/"):
        root = parsed(public[page])
        found = [*names(data_of(root))]
        assert "Backbone Clinic" in found
        assert [name for name in found if name not in said(root)] == []


@pytest.mark.parametrize("slug", ["trigger-point-injections", "bed-rest"])
def test_an_answers_structured_data_equals_what_is_seen(
    public: dict[str, str], slug: str
) -> None:
    root = parsed(public[f"answers/{slug}/"])
    data = data_of(root)
    seen = said(root)
    question, answer = data["mainEntity"], data["mainEntity"]["acceptedAnswer"]
    assert data["@type"] == "MedicalWebPage"
    assert question["name"] == question["text"] == data["name"] == heading(root)
    assert answer["text"] == said(root.find_class("answer")[0])
    people = [*answer["author"], data["reviewedBy"]]
    for person in people:
        assert person["@type"] == "Person"
        assert f"{person['name']}, {person['hasCredential']['name']}" in seen
    assert answer["dateCreated"] == "2026-03-11"
    assert data["lastReviewed"] == "2026-03-20"
    assert [name for name in names(data) if name not in seen] == []
    clip = answer["isBasedOn"]
    assert 0 <= clip["startOffset"] < clip["endOffset"] <= 600
    assert "FAQPage" not in public[f"answers/{slug}/"]
    assert "QAPage" not in public[f"answers/{slug}/"]


def test_an_episode_page_has_all_its_parts(public: dict[str, str]) -> None:
    page = f"episodes/{factory.BASICS}/"
    root = parsed(public[page])
    found = links(public[page], page)
    sound = f"/media/{factory.BASICS}.mp3"
    assert heading(root) == "Back pain basics"
    assert root.xpath("//audio/@src") == [f"../../media/{factory.BASICS}.mp3"]
    assert found["Trigger points"] == f"{sound}#t=61.2"
    assert found["Is bed rest good for a sore back?"] == "/answers/bed-rest/"
    assert found["Watch the video"] == "https://www.youtube.com/watch?v=backbone001"
    assert found["WebVTT"] == f"/{page}transcript.vtt"
    assert "JSON" not in found
    assert [said(h) for h in root.iter("h3")][-1] == "In this episode"
    turns = root.find_class("turn")
    assert [t.get("id") for t in turns][:3] == ["t1200", "t61200", "t71000"]
    assert said(turns[2]) == (
        "Dana Quillmark 1:11 They are small injections into a tight muscle. "
        "Most people feel better within 3 days."
    )
    assert turns[2].get("data-sentences") == "0:71000 8:73400"
    assert turns[2].xpath(".//time/@datetime") == ["PT1M11S"]


def test_an_episodes_structured_data_has_a_clip_an_answer(
    public: dict[str, str],
) -> None:
    data = data_of(parsed(public[f"episodes/{factory.BASICS}/"]))
    assert [c["startOffset"] for c in data["hasPart"]] == [71, 140]
    assert data["associatedMedia"]["duration"] == "PT10M"
    assert data["hasPart"][0]["subjectOf"].endswith("/trigger-point-injections/")


def test_no_unconfirmed_name_is_printed(public: dict[str, str]) -> None:
    html = public[f"episodes/{factory.POSTURE}/"]
    names = [said(c) for c in parsed(html).iter("cite")]
    assert names == ["Speaker 1", "Speaker 3", "Speaker 2", "Benedek Osterfeld"]
    assert "Quillmark" not in html
    assert "Voices that no person has put a name to yet are numbered." in html


def test_synthetic_episodes_say_so(public: dict[str, str]) -> None:
    for page in (f"episodes/{factory.POSTURE}/", "answers/standing-desk/"):
        assert "in this recording are synthetic" in public[page]
    assert "in this recording are synthetic" not in public["answers/bed-rest/"]


def test_feeds_are_announced_where_they_are(
    public: dict[str, str], preview: dict[str, str]
) -> None:
    hrefs = parsed(public[""]).xpath("//link[@rel='alternate']/@href")
    assert hrefs == ["feeds/podcast.xml", "feeds/answers.xml"]
    assert not parsed(preview[""]).xpath("//link[@rel='alternate']")


def test_drafts_stand_under_a_banner_and_are_not_indexed(
    preview: dict[str, str],
) -> None:
    drafts = {
        path
        for path, html in preview.items()
        if parsed(html).find_class("draft-banner")
    }
    assert drafts == {
        f"episodes/{factory.DRAFT}/",
        "answers/zeppelin-rides/",
        "answers/marzipan-diet/",
    }
    for path, html in preview.items():
        root = parsed(html)
        assert root.xpath("//meta[@name='robots']/@content") == ["noindex"], path
        assert path in drafts or root.find_class("preview-banner")
    for path in drafts:
        assert parsed(preview[path]).findtext(".//title", "").startswith("DRAFT: ")
        assert "ld+json" not in preview[path]


def test_suggestions_are_listed_on_the_draft_alone(preview: dict[str, str]) -> None:
    root = parsed(preview[f"episodes/{factory.DRAFT}/"])
    (box,) = root.find_class("suggested")
    assert "Suggested questions (not published)" in said(box)
    assert "Does a zeppelin help nerve pain? 1:01 · answer 1:11 to 1:13" in said(box)
    assert "What about <b>obsidian</b>? 1:20 · no answer found" in said(box)
    assert not re.search("clinician|doctor", said(box)), "a council's show has none"
    assert not parsed(preview[f"episodes/{factory.BASICS}/"]).find_class("suggested")


def test_an_unreviewed_draft_names_no_reviewer(preview: dict[str, str]) -> None:
    (review,) = parsed(preview["answers/marzipan-diet/"]).find_class("review")
    assert "Reviewed by nobody yet" in said(review)
    assert "due" not in said(review)


def test_the_sitemap_lists_public_pages_with_their_last_change() -> None:
    chosen = edition(factory.library(ROOT), drafts=False)
    site = site_of(chosen, frozenset())
    text = dict(sitemaps(site, pages(chosen, site)))["sitemap.xml"].decode()
    rows = dict(re.findall(r"<loc>(.*?)</loc>(?:<lastmod>(.*?)</lastmod>)?", text))
    base = "https://backbone.example/hour/"
    assert rows[base] == ""
    assert rows[f"{base}answers/bed-rest/"] == "2026-04-02"
    assert rows[f"{base}episodes/{factory.BASICS}/"] == "2026-03-21"
    assert f"{base}404.html" not in rows
    assert b"Sitemap: https://backbone.example/hour/sitemap.xml" in robots(site)
    hidden = edition(factory.library(ROOT), drafts=True)
    unseen = site_of(hidden, frozenset())
    assert robots(unseen) == b"User-agent: *\nDisallow: /\n"
    assert (
        b"zeppelin" not in dict(sitemaps(unseen, pages(hidden, unseen)))["sitemap.xml"]
    )


def test_a_large_site_has_several_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = edition(factory.library(ROOT), drafts=False)
    site = site_of(chosen, frozenset())
    (one,) = sitemaps(site, pages(chosen, site))
    monkeypatch.setattr("pullquote.render.site.sitemap.MOST", 5)
    *parts, (name, last) = sitemaps(site, pages(chosen, site))
    assert name == "sitemap.xml"
    assert re.findall(r"<sitemap><loc>(.*?)</loc></sitemap>", last.decode()) == [
        f"https://backbone.example/hour/{part}" for part, _ in parts
    ]
    rows = [row for _, text in parts for row in re.findall(rb"<url>.*</url>", text)]
    assert rows == re.findall(rb"<url>.*</url>", one[1])
    assert all(text.count(b"<url>") <= 5 for _, text in parts)


def test_links_of_the_page_not_found_work_at_any_depth(public: dict[str, str]) -> None:
    hrefs = parsed(public["404.html"]).xpath("//body//@href")
    local = [h for h in hrefs if not h.startswith(("https:", "#"))]
    assert all(h.startswith("/hour/") for h in local)
    assert "/hour/answers/" in local
    unseen = rendered(factory.library(ROOT), drafts=True)["404.html"]
    assert "/" in parsed(unseen).xpath("//body//@href")


def bare(**changes: Any) -> Entry:
    """Return a public episode with nothing but one answer."""
    entry = factory.basics()
    facts = replace(entry.episode, chapters=(), watch=None, summary=None, people=())
    only = {"turns": (), "transcript": None, "machine": None, "enclosure": None}
    return replace(entry, notes="", **{"episode": facts, **only, **changes})


def test_a_show_with_little_to_show_still_makes_whole_pages() -> None:
    library = factory.library(
        ROOT, bare(), sign_up=None, disclaimer=None, notice=None, author=None
    )
    made = rendered(library)
    answer = parsed(made["answers/bed-rest/"])
    assert not list(answer.iter("audio"))
    assert not answer.find_class("hear")
    assert "Edited and approved by Dana Quillmark;" in made["answers/bed-rest/"]
    assert not parsed(made[f"episodes/{factory.BASICS}/"]).find_class("hear")
    assert 'id="subscribe"' not in made[""]


def test_languages_are_declared_with_their_direction() -> None:
    entry = factory.basics()
    assert entry.transcript is not None
    spoken = replace(entry.transcript, language="en")
    spoken_in_english = replace(entry, transcript=spoken)
    words = Words("he", NullTranslations())
    library = factory.library(ROOT, spoken_in_english, language="he", words=words)
    html = rendered(library)[f"episodes/{factory.BASICS}/"]
    assert '<html lang="he" dir="rtl">' in html
    assert '<div lang="en" dir="ltr">' in html
    assert "11 במרץ 2026" in html
    without_words = factory.library(ROOT, spoken_in_english, language="he")
    html = rendered(without_words)[f"episodes/{factory.BASICS}/"]
    assert '<html lang="en" dir="ltr">' in html
    assert '<h1 dir="auto" lang="he" data-pagefind-meta="title">' in html
    assert '<div lang="en"' not in html
    assert "March 11, 2026" in html


def test_a_session_in_another_language_is_declared_wherever_it_is_quoted() -> None:
    """Screen readers speak its questions and answers rightly (WCAG 3.1.2)."""
    entry = factory.basics()
    assert entry.transcript is not None
    german = replace(entry, transcript=replace(entry.transcript, language="de"))
    library = factory.library(ROOT, german, factory.posture(), language="en")
    made = rendered(library)
    question = "Is bed rest good for a sore back?"
    page = made["answers/bed-rest/"]
    assert f'<h1 class="question" dir="auto" lang="de">{question}</h1>' in page
    assert '<div class="answer prose" dir="auto" lang="de">' in page
    assert f'<span dir="auto" lang="de">{question}</span>' in page
    assert data_of(parsed(page))["inLanguage"] == "de"
    for path in ("", "answers/", f"episodes/{factory.BASICS}/", "people/quill/"):
        links = parsed(made[path]).xpath(f"//a[text()={question!r}]")
        assert links, path
        assert {link.get("lang") for link in links} == {"de"}, path
    (slug,) = [a.slug for a in factory.posture().approved][:1]
    assert '<h1 class="question" dir="auto">' in made[f"answers/{slug}/"]
    items = json.loads(
        answers_json(
            library, {a.id: "<p>Hi</p>" for e in library.entries for a in e.approved}
        )
    )["items"]
    said_in = {i["url"]: (i.get("language"), i["content_html"][:14]) for i in items}
    root = library.show.site
    assert said_in[f"{root}answers/bed-rest/"] == ("de", '<div lang="de"')
    assert said_in[f"{root}answers/{slug}/"][0] is None


def test_a_show_that_is_not_about_medicine_says_nothing_medical() -> None:
    feed = replace(factory.show().feed, category=("Government",))
    entries = (factory.basics(), factory.posture())
    synthetic = [
        replace(e, episode=replace(e.episode, synthetic=True)) for e in entries
    ]
    library = factory.library(ROOT, *synthetic, feed=feed, notice=None)
    made = rendered(library)
    page = parsed(made["answers/trigger-point-injections/"])
    assert page.xpath("string(//h2[@id='about'])") == "About the topic"
    assert data_of(page)["@type"] == "WebPage"
    (author,) = data_of(page)["mainEntity"]["acceptedAnswer"]["author"]
    assert author["jobTitle"].startswith("MD")
    assert "hasCredential" not in author
    assert data_of(page)["about"][0]["@type"] == "Thing"
    late = edition(library, drafts=False)
    site = site_of(late, frozenset(), today=date(2040, 1, 1))
    overdue = [
        render_page(environment(None), site, p)
        for p in pages(late, site)
        if p.path.startswith("answers/")
    ]
    assert sum("it may no longer hold" in html for html in overdue) >= 2
    for html in [*made.values(), *overdue]:
        own = re.sub("(?s)<script.*?</script>", "", html).replace("spine", "")
        assert not re.search('treatment(?!")|doctors recommend|medical advice', own)


def test_an_empty_show_has_all_its_lists() -> None:
    library = factory.library(ROOT, people=())
    made = rendered(replace(library, entries=()))
    assert "No answers yet." in made[""]
    assert "No episodes yet." in made["episodes/"]
    assert "Nobody yet." in made["people/"]
    assert "No topics yet." in made["topics/"]


def test_turns_that_start_together_have_their_own_anchors() -> None:
    turns = (factory.timed(0, "S1", "Yes."), factory.timed(0, "S2", "No."))
    made = rendered(factory.library(ROOT, bare(turns=turns)))
    root = parsed(made[f"episodes/{factory.BASICS}/"])
    assert [t.get("id") for t in root.find_class("turn")] == ["t0", "t0-2"]
    assert "<time" in made[f"episodes/{factory.BASICS}/"]


def test_an_answer_before_the_first_turn_points_at_it() -> None:
    early = factory.approve(factory.answer("early", answered=Clip(start=5, end=9)))
    turns = (factory.timed(100, "S1", "Yes."),)
    entry = bare(turns=turns, answers=(early,), approved=(early,))
    made = rendered(factory.library(ROOT, entry))
    assert f"episodes/{factory.BASICS}/#t100" in made["answers/early/"]


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//other.example/x", "data:x"])
def test_a_link_that_runs_a_script_stops_the_build(href: str) -> None:
    with pytest.raises(ContentError, match="cannot be a link"):
        rendered(factory.library(ROOT, sign_up=href))


def test_a_treatment_page_may_stand_inside_the_site() -> None:
    topics = tuple(
        replace(t, href="/treatments/tp.html?of=2#top") for t in factory.show().topics
    )
    page = "answers/bed-rest/"
    made = rendered(factory.library(ROOT, topics=topics))
    assert (
        links(made[page], page)["Posture & desk work"] == "/treatments/tp.html?of=2#top"
    )


NASTY = [
    "<script>alert('x')</script>",
    "</title><h1>&amp;",
    "../../etc/passwd",
    'a" onload="x',
    "{{ 7 * 7 }}",
    "{% raw %}",
    "]]>-->",
    "👩‍⚕️ emoji",
    "שלום עולם",
    "x" * 500,
    "\x00\x1b[31m",
    "\u202egnp.exe",
]
text = st.sampled_from(NASTY) | st.text(min_size=1, max_size=30)


def plain(value: str) -> str:
    """Return the text as a page shows it: no control characters, single spaces."""
    from pullquote.formats.markdown import printable

    return " ".join(printable(value).split())


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(title=text, question=text, name=text, said_text=text, topic=text)
def test_whatever_people_write_is_text_and_nothing_more(
    title: str, question: str, name: str, said_text: str, topic: str
) -> None:
    show = factory.show()
    people = tuple(replace(p, name=name, credentials=title) for p in show.people)
    topics = tuple(replace(t, title=topic, summary=title) for t in show.topics)
    answer = factory.approve(
        factory.answer("a", question=question, topics=("posture",), body=said_text)
    )
    turns = (factory.timed(0, "S1", said_text + "."),)
    entry = replace(
        factory.basics(), turns=turns, answers=(answer,), approved=(answer,)
    )
    episode = replace(entry.episode, title=title, summary=question)
    library = factory.library(
        ROOT,
        replace(entry, episode=episode, notes=said_text),
        people=people,
        topics=topics,
        title=title,
        notice=name,
    )
    made = rendered(library)
    for html in made.values():
        root = parsed(html)
        ours = root.xpath("//script[@src and @type='module' and not(text())]")
        data = root.xpath("//script[@type='application/ld+json']")
        assert len(root.xpath("//script")) == len(ours) + len(data)
        assert {s.get("src") for s in ours} <= {
            "../../static/player.js",
            "../static/search.js",
        }
        assert not root.xpath("//@onload | //@onclick | //iframe | //object")
    page = parsed(made["answers/a/"])
    assert heading(page) == plain(question)
    assert plain(data_of(page)["name"]) == plain(question)
    assert heading(parsed(made[f"episodes/{factory.BASICS}/"])) == plain(title)
    assert heading(parsed(made["people/quill/"])) == plain(name)


def test_half_a_character_is_in_no_page_and_no_structured_data() -> None:
    entry = factory.basics()
    episode = replace(entry.episode, title="Knees \ud800and hips")
    made = rendered(factory.library(ROOT, replace(entry, episode=episode)))
    page = parsed(made[f"episodes/{factory.BASICS}/"])
    assert heading(page) == data_of(page)["name"] == "Knees and hips"


def test_an_answer_shows_its_neighbours_in_the_topic(public: dict[str, str]) -> None:
    shown = [
        (link.get("rel"), link.get("href"))
        for link in parsed(public["answers/trigger-point-injections/"]).xpath(
            "//nav[@class='neighbours']//a"
        )
    ]
    listed = parsed(public["topics/trigger-point-injections/"]).xpath(
        "//li//h3/a/@href"
    )
    at = listed.index("../../answers/trigger-point-injections/")
    around = [("prev", listed[at - 1])] if at else []
    around += [("next", listed[at + 1])] if at + 1 < len(listed) else []
    assert shown == around


def test_a_portrait_stands_beside_the_signature() -> None:
    plain = factory.show()
    people = tuple(replace(p, photo=f"{p.id}.png") for p in plain.people)
    made = rendered(factory.library(Path("show"), people=people))
    image = parsed(made["answers/bed-rest/"]).find_class("portrait")[0]
    assert image.get("src", "").endswith("/photo.png")
    assert image.get("alt") == ""
    assert {image.get("width"), image.get("height")} == {"72"}


def test_an_answer_of_twelve_thousand_words_is_a_page_a_card_and_a_feed_item(
    tmp_path: Path,
) -> None:
    words = " ".join(f"word{n}" for n in range(12_000))
    plain = factory.basics()
    long = factory.approve(replace(plain.approved[0], body=words, topics=()))
    entry = replace(plain, answers=(long,), approved=(long,))
    library = factory.library(tmp_path, entry)
    page = parsed(rendered(library)[f"answers/{long.slug}/"])
    assert said(page.find_class("answer")[0]) == words
    assert page.find_class("neighbours") == []
    (description,) = page.xpath("//meta[@name='description']/@content")
    assert len(description) <= 160
    feed = etree.fromstring(answers_feed(library, {long.id: f"<p>{words}</p>"}))
    assert "word11999" in feed.findtext(".//{*}encoded", "")
    assert len(feed.findtext(".//item/description", "").encode()) <= 4000


@pytest.mark.parametrize(
    ("count", "sizes"),
    [(0, [0]), (399, [399]), (400, [200, 200]), (1001, [201, 200, 200, 200, 200])],
)
def test_all_answers_are_listed_once_on_pages_that_lead_on(
    count: int, sizes: list[int]
) -> None:
    plain = factory.basics()
    answers = tuple(
        factory.approve(
            factory.answer(
                f"a{n}", id=f"{n:032x}", topics=("trigger-point-injections",)
            )
        )
        for n in range(count)
    )
    entry = replace(plain, answers=answers, approved=answers)
    chosen = edition(factory.library(ROOT, entry), drafts=False)
    site = site_of(chosen, frozenset())
    made = {p.path: p for p in pages(chosen, site)}
    starts = ["answers/", "people/quill/"] + ["topics/trigger-point-injections/"] * (
        count > 0
    )
    env = environment(None)
    for start in starts:
        at, seen, lengths, titles = start, [], [], set()
        while at:
            root = parsed(render_page(env, site, made[at]))
            hrefs = root.xpath(
                "//ul[@class='cards']//a[contains(@href, 'answers/')]/@href"
            )
            lengths.append(len(hrefs))
            seen += [href.rstrip("/").rpartition("/")[2] for href in hrefs]
            titles.add(root.findtext(".//h1"))
            (following,) = root.xpath("//a[@rel='next']/@href") or [""]
            at = urljoin(f"https://x.example/{at}", following)[18:] if following else ""
        assert lengths == sizes
        assert sorted(seen) == sorted(a.slug for a in answers)
        assert len(titles) == min(2, len(sizes))


def test_a_new_episode_leaves_older_lists_as_they_are() -> None:
    def made(name: str, count: int, held: date) -> Entry:
        answers = tuple(
            factory.approve(factory.answer(f"{name}{n}")) for n in range(count)
        )
        plain = factory.basics()
        facts = replace(plain.episode, held=held, guid=f"guid-of-{name}")
        slug = f"{held}-{name}"
        return replace(
            plain, slug=slug, episode=facts, answers=answers, approved=answers
        )

    def older(*entries: Entry) -> dict[str, object]:
        chosen = edition(factory.library(ROOT, *entries), drafts=False)
        return {
            p.path: p.made_from()
            for p in pages(chosen, site_of(chosen, frozenset()))
            if "older" in p.path and p.made_from
        }

    old = made("old", 450, date(2020, 1, 1))
    before = older(old)
    assert set(before) == {"older-answers/1/", "people/quill/older/1/"}
    assert older(made("new", 9, date(2026, 1, 1)), old) == before
