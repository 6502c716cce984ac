from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pullquote.errors import ContentError
from pullquote.model.answer import Answer
from pullquote.model.library import Entry, Library
from pullquote.render.views.edition import edition
from tests import factory

ROOT = Path("show")


def shown(library: Library, *, drafts: bool) -> dict[str, bool]:
    """Return the slugs of shown answers and whether each is a draft."""
    chosen = edition(library, drafts=drafts)
    return {a.answer.slug: a.draft for a in chosen.answers}


def one(*answers: Answer, **changes: Any) -> Entry:
    return replace(factory.basics(), answers=answers, **changes)


def test_a_public_site_holds_published_episodes_and_approved_answers() -> None:
    chosen = edition(factory.library(ROOT), drafts=False)
    slugs = [e.entry.slug for e in chosen.episodes]
    assert slugs == [factory.BASICS, factory.POSTURE]
    assert [a.answer.slug for a in chosen.answers] == [
        "trigger-point-injections",
        "bed-rest",
        "standing-desk",
    ]
    assert [p.id for p in chosen.people] == ["mod", "quill", "oster"]
    assert [t.id for t in chosen.topics] == ["trigger-point-injections", "posture"]
    assert not any(a.draft for a in chosen.answers)


def test_a_preview_marks_what_is_not_public() -> None:
    found = shown(factory.library(ROOT), drafts=True)
    assert found == {
        "zeppelin-rides": True,
        "trigger-point-injections": False,
        "bed-rest": False,
        "marzipan-diet": True,
        "standing-desk": False,
    }


def test_what_a_library_wrongly_calls_approved_stays_out() -> None:
    edited = replace(factory.basics().approved[0], body="Something else.")
    library = factory.library(ROOT, one(edited, approved=(edited,)))
    assert shown(library, drafts=False) == {}


def test_a_preview_shows_an_edited_answer_as_it_is_now() -> None:
    signed = factory.basics().approved[0]
    edited = replace(signed, body="Something else.")
    library = factory.library(ROOT, one(edited, approved=(signed,)))
    assert shown(library, drafts=False) == {signed.slug: False}
    (now,) = edition(library, drafts=True).answers
    assert now.draft
    assert now.answer.body == "Something else."


def test_a_preview_shows_what_is_public_though_its_file_is_gone() -> None:
    signed = factory.basics().approved[0]
    library = factory.library(ROOT, one(approved=(signed,)))
    assert shown(library, drafts=True) == {signed.slug: False}


def test_a_withdrawn_answer_is_in_no_edition() -> None:
    gone = replace(factory.basics().answers[0], status="withdrawn")
    library = factory.library(ROOT, one(gone, approved=()))
    assert shown(library, drafts=True) == {}
    assert shown(library, drafts=False) == {}


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"speakers": ("nobody",)}, "nobody has the id 'nobody'"),
        ({"topics": ("nothing",)}, "no topic has the id 'nothing'"),
    ],
)
def test_an_unknown_id_names_the_answers_file(
    changes: dict[str, object], problem: str
) -> None:
    wrong = factory.approve(factory.answer("a", **changes))
    library = factory.library(ROOT, one(wrong, approved=(wrong,)))
    with pytest.raises(ContentError) as caught:
        edition(library, drafts=False)
    assert caught.value.problem == problem
    assert caught.value.where.endswith("answers/a.md")


def test_an_unknown_reviewer_stops_the_build() -> None:
    wrong = factory.approve(factory.answer("a"), by="ghost")
    library = factory.library(ROOT, one(wrong, approved=(wrong,)))
    with pytest.raises(ContentError, match="ghost"):
        edition(library, drafts=False)


def test_two_answers_at_one_address_are_refused_by_both_names() -> None:
    first = factory.posture()
    clash = replace(factory.basics().approved[0], slug="Standing-desk")
    library = factory.library(ROOT, one(clash, approved=(clash,)), first)
    with pytest.raises(ContentError) as caught:
        edition(library, drafts=False)
    assert factory.BASICS in str(caught.value)
    assert factory.POSTURE in str(caught.value)
