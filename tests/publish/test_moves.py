"""Addresses and ids outlive their files."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pullquote.formats.addresses_json import format_addresses, parse_addresses
from pullquote.model import address
from pullquote.model.answer import Answer
from pullquote.model.history import History, Known
from pullquote.model.library import Entry, Library
from pullquote.publish.serving.moves import (
    lost,
    moves,
    redirects,
    remember,
    reused,
    without,
)
from pullquote.publish.serving.redirects import (
    Redirect,
    format_redirects,
    parse_redirects,
)
from pullquote.render.views.edition import edition
from pullquote.render.views.pages import pages, site_of
from tests import factory

BED = "bed-rest"
BED_ID = factory.answer(BED).id


def changed(library: Library, change: Callable[[Answer], Answer | None]) -> Library:
    """Return the library with each answer changed, or dropped for None."""

    def entry(old: Entry) -> Entry:
        answers = tuple(a for a in map(change, old.answers) if a)
        return replace(
            old, answers=answers, approved=tuple(a for a in answers if a.approved)
        )

    return replace(library, entries=tuple(map(entry, library.entries)))


def only(name: str, /, **changes: object) -> Callable[[Answer], Answer]:
    def change(answer: Answer) -> Answer:
        return replace(answer, **changes) if answer.slug == name else answer  # type: ignore[arg-type]

    return change


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return factory.library(tmp_path)


def test_a_topic_that_another_took_in_leads_to_it(library: Library) -> None:
    topics = tuple(
        replace(t, formerly=("injections",)) if t.terms else t
        for t in library.show.topics
    )
    merged = replace(library, show=replace(library.show, topics=topics))
    here = "topics/trigger-point-injections/"
    assert moves(History(), merged) == {"topics/injections/": here}
    silent = changed(merged, lambda answer: replace(answer, topics=()))
    assert moves(History(), silent) == {}


def test_the_older_pages_of_what_has_another_id_lead_on_too(library: Library) -> None:
    known = factory.answer(BED)
    made = tuple(
        factory.approve(
            replace(known, id=f"{n:036}", slug=f"a-{n}", topics=("posture",))
        )
        for n in range(3 * address.LISTED)
    )
    entry = replace(factory.basics(), answers=made, approved=made)
    library = replace(library, entries=(entry,))
    before = {page for page in _pages(library) if page.startswith("topics/posture/")}
    assert len(before) == 3
    topics = tuple(
        replace(t, id="upright", formerly=("posture",)) if t.id == "posture" else t
        for t in library.show.topics
    )
    renamed = replace(library, show=replace(library.show, topics=topics))
    renamed = changed(renamed, lambda answer: replace(answer, topics=("upright",)))
    found = moves(History(), renamed)
    assert found == {p: p.replace("posture", "upright") for p in before}
    assert set(found.values()) <= {*_pages(renamed)}
    assert not {*found} & {*_pages(renamed)}


def _pages(library: Library) -> list[str]:
    public = edition(library, drafts=False)
    return [page.path for page in pages(public, site_of(public, frozenset()))]


def test_a_person_with_another_id_is_found_under_the_old_one(library: Library) -> None:
    people = tuple(
        replace(p, formerly=("moderator",)) if p.id == "mod" else p
        for p in library.show.people
    )
    renamed = replace(library, show=replace(library.show, people=people))
    assert moves(History(), renamed) == {"people/moderator/": "people/mod/"}


def test_a_page_of_a_person_or_topic_that_is_gone_is_told_of_once(
    library: Library, history: History
) -> None:
    assert lost(history, library) == ()
    topics = tuple(t for t in library.show.topics if t.id != "posture")
    fewer = changed(
        library,
        lambda a: replace(a, topics=tuple(t for t in a.topics if t != "posture")),
    )
    assert lost(history, fewer) == ()  # nobody speaks of it for now
    fewer = replace(fewer, show=replace(fewer.show, topics=topics))
    (fault,) = lost(history, fewer)
    assert "topics/posture/ was a page" in str(fault)
    assert 'formerly = ["posture"]' in str(fault)
    assert lost(remember(history, fewer), fewer) == ()
    (first, *others) = topics
    first = replace(first, formerly=("posture",))
    renamed = replace(fewer, show=replace(fewer.show, topics=(first, *others)))
    assert lost(history, renamed) == ()


def test_a_topic_without_answers_leads_to_the_others_for_now(
    library: Library, history: History
) -> None:
    silent = changed(library, lambda answer: replace(answer, topics=()))
    of_topics = {p: "topics/" for p in history.pages if p.startswith("topics/")}
    assert of_topics
    assert moves(remember(history, silent), silent) == of_topics
    rules = redirects(of_topics, "/hour/")
    assert rules["/hour/topics/posture/"] == Redirect(
        target="/hour/topics/", status=302
    )
    assert moves(history, library) == {}


def test_pages_of_people_and_topics_are_those_of_the_site(
    library: Library, history: History
) -> None:
    public = edition(library, drafts=False)
    pages = {address.person_page(p.id) for p in public.people}
    pages |= {address.topic_page(t.id) for t in public.topics}
    assert history.pages == tuple(sorted(pages))


@pytest.fixture
def history(library: Library) -> History:
    return remember(History(), library)


def test_a_former_address_that_is_private_by_now_is_forgotten(library: Library) -> None:
    old = changed(library, only(BED, slug="ann-asks"))
    history = remember(remember(History(), old), library)
    assert moves(history, library) == {"answers/ann-asks/": "answers/bed-rest/"}
    bare = without(history, library, lambda slug: "ann" in slug)
    assert moves(bare, library) == {}
    assert bare.answers[BED_ID].slugs == (BED,)
    assert without(bare, library, lambda slug: True) == remember(bare, library)


def test_what_is_public_is_remembered_and_no_draft(history: History) -> None:
    assert {slug for known in history.answers.values() for slug in known.slugs} == {
        *("bed-rest", "standing-desk", "trigger-point-injections")
    }
    assert [known.slugs for known in history.episodes.values()] == [
        (factory.BASICS,),
        (factory.POSTURE,),
    ]


def test_an_unchanged_library_moves_nothing(library: Library, history: History) -> None:
    assert remember(history, library) == history
    assert moves(history, library) == {}
    assert reused(history, library) == ()


def test_a_withdrawn_answer_is_gone_at_every_address_it_had(
    library: Library, history: History
) -> None:
    renamed = changed(library, only(BED, slug="rest"))
    history = remember(history, renamed)
    assert moves(history, renamed) == {"answers/bed-rest/": "answers/rest/"}
    taken = changed(renamed, only("rest", status="withdrawn"))
    history = remember(history, taken)
    assert moves(history, taken) == {"answers/bed-rest/": None, "answers/rest/": None}
    assert format_redirects(redirects(moves(history, taken))) == (
        "/answers/bed-rest/ /answers/bed-rest/ 410\n/answers/rest/ /answers/rest/ 410\n"
    )
    lost = changed(taken, lambda a: None if a.slug == "rest" else a)
    assert moves(remember(history, lost), lost) == moves(history, taken)


def test_an_answer_that_waits_for_its_doctor_is_neither_moved_nor_gone(
    library: Library, history: History
) -> None:
    waits = changed(library, only(BED, body="Other words."))
    assert moves(remember(history, waits), waits) == {}


def test_an_answer_renamed_there_and_back_has_no_redirect_to_itself(
    library: Library, history: History
) -> None:
    history = remember(history, changed(library, only(BED, slug="rest")))
    history = remember(history, library)
    assert history.answers[BED_ID].slugs == ("rest", "bed-rest")
    assert moves(history, library) == {"answers/rest/": "answers/bed-rest/"}


def test_a_renamed_episode_takes_its_sound_and_transcripts_along(
    library: Library, history: History
) -> None:
    entries = tuple(
        replace(
            e,
            slug="2026-03-11-backs",
            episode=replace(e.episode, cover="own.png"),
        )
        if e.slug == factory.BASICS
        else e
        for e in library.entries
    )
    renamed = replace(library, entries=entries)
    found = moves(remember(history, renamed), renamed)
    assert found[f"media/{factory.BASICS}.mp3"] == "media/2026-03-11-backs.mp3"
    assert found[f"episodes/{factory.BASICS}/"] == "episodes/2026-03-11-backs/"
    assert found[f"media/{factory.BASICS}.png"] == "media/2026-03-11-backs.png"
    vtt = f"episodes/{factory.BASICS}/transcript.vtt"
    assert found[vtt] == "episodes/2026-03-11-backs/transcript.vtt"
    assert len(found) == 8


@pytest.mark.parametrize("status", ["draft", "approved"])
def test_a_withdrawn_id_stays_spent_whatever_its_file_says(
    library: Library, history: History, status: str
) -> None:
    taken = changed(library, only(BED, status="withdrawn"))
    history = remember(history, taken)
    assert reused(history, taken) == ()
    back = changed(taken, only(BED, status=status, slug="new-name"))
    (fault,) = reused(history, back)
    assert f"has the id {BED_ID} of an answer that was withdrawn" in str(fault)
    assert str(fault).startswith(f"{factory.BASICS}/new-name: ")


def test_an_address_never_comes_to_mean_another_answer(
    library: Library, history: History
) -> None:
    other = factory.answer("standing-desk").id
    renamed = changed(library, only(BED, slug="rest"))
    history = remember(history, renamed)
    taken = changed(renamed, only("standing-desk", slug=BED))
    (fault,) = reused(history, taken)
    assert f"answers/bed-rest/: was the address of {BED_ID}" in str(fault)
    assert reused(history, taken, allow={BED_ID}) == ()
    allowed = remember(history, taken)
    assert allowed.answers[BED_ID].slugs == ("rest",)
    assert allowed.answers[other].slugs == ("standing-desk", "bed-rest")
    assert reused(allowed, taken) == ()


def test_a_signed_id_belongs_to_its_episode(library: Library) -> None:
    assert reused(History(), library, {(factory.BASICS, BED_ID)}) == ()
    (fault,) = reused(History(), library, {(factory.POSTURE, BED_ID)})
    assert f"has the id {BED_ID} that was signed in {factory.POSTURE}" in str(fault)


names = st.text(min_size=1, max_size=12)
known = st.builds(
    Known, slugs=st.lists(names, max_size=3).map(tuple), withdrawn=st.booleans()
)
tables = st.dictionaries(names, known, max_size=4)


@settings(deadline=None)
@given(st.builds(History, answers=tables, episodes=tables))
def test_a_history_is_read_as_it_was_written(history: History) -> None:
    assert parse_addresses(format_addresses(history), Path("a.json")) == history


def test_an_address_with_blanks_and_accents_is_one_rule() -> None:
    rules = redirects({"answers/dos é/": None, "answers/a b/": "answers/c d/"})
    text = format_redirects(rules)
    assert "/answers/a%20b/ /answers/c%20d/ 301\n" in text
    assert parse_redirects(text) == rules
