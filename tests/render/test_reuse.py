"""A build over an old site gives what a build anew gives, for every kind of change."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.model.answer import Correction
from pullquote.model.episode import Chapter
from pullquote.model.library import Entry, Library
from pullquote.render.site.build import Brought, build_site
from pullquote.render.site.reuse import NOTE
from pullquote.render.templating import render_page
from tests import factory
from tests.render.test_site import content, laid, others

Change = Callable[[Library], Library]
TODAY = date(2026, 6, 1)


def on_entry(change: Callable[[Entry], Entry], slug: str = factory.BASICS) -> Change:
    def changed(library: Library) -> Library:
        entries = (change(e) if e.slug == slug else e for e in library.entries)
        return replace(library, entries=tuple(entries))

    return changed


def on_answer(**changes: Any) -> Change:
    def changed(entry: Entry) -> Entry:
        first, *rest = entry.approved
        made = factory.approve(replace(first, **changes))
        return replace(entry, approved=(made, *rest))

    return on_entry(changed)


def facts(**changes: Any) -> Change:
    return on_entry(lambda e: replace(e, episode=replace(e.episode, **changes)))


def on_show(**changes: Any) -> Change:
    return lambda library: replace(library, show=replace(library.show, **changes))


def respoken(entry: Entry) -> Entry:
    """One word of an answer's clip is heard differently."""
    turn = entry.turns[2]
    words = (turn.words[0]._replace(text="Those"), *turn.words[1:])
    turns = (*entry.turns[:2], replace(turn, words=words), *entry.turns[3:])
    return replace(entry, turns=turns)


def renamed(library: Library) -> Library:
    first, second, *rest = library.show.people
    people = (first, replace(second, name="Dana Featherquill"), *rest)
    return on_show(people=people)(library)


CHANGES: dict[str, Change] = {
    "nothing": lambda library: library,
    "text": on_answer(body="They are something else."),
    "question": on_answer(question="What would trigger point injections be?"),
    "same question": on_answer(question="Is a standing desk better?"),
    "speaker": on_answer(speakers=("oster",)),
    "topic": on_answer(topics=("posture",)),
    "correction": on_answer(corrections=(Correction(on=TODAY, note="A slip."),)),
    "answer gone": on_entry(lambda e: replace(e, approved=e.approved[1:])),
    "spoken word": on_entry(respoken),
    "guessed name": on_entry(
        lambda e: replace(
            e, turns=tuple(replace(t, guessed=True, speaker="S9") for t in e.turns)
        )
    ),
    "notes": on_entry(lambda e: replace(e, notes="Other notes.")),
    "no sound": on_entry(lambda e: replace(e, enclosure=None)),
    "held": facts(held=date(2026, 3, 12)),
    "title": facts(title="Backs"),
    "video": facts(watch=None),
    "chapters": facts(chapters=(Chapter(start=0, title="Hello"),)),
    "episode gone": lambda library: replace(library, entries=library.entries[:2]),
    "person renamed": renamed,
    "review sooner": on_show(review=replace(factory.show().review, due_days=10)),
    "notice": on_show(notice="Another notice."),
    "disclaimer": on_show(disclaimer=None),
}


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Library]:
    root = tmp_path_factory.mktemp("reuse")
    library = laid(root, share_pictures=False)
    build_site(library, root / "site", Brought(files=others(library)), today=TODAY)
    return root, library


@pytest.mark.parametrize("kind", CHANGES)
def test_a_build_over_an_old_site_equals_one_anew(
    before: tuple[Path, Library], tmp_path: Path, kind: str
) -> None:
    root, library = before
    changed = CHANGES[kind](library)
    # the index is Pagefind's and has tests of its own
    anew, over = tmp_path / "anew", tmp_path / "over"
    shutil.copytree(root / "site", over)
    for site in (anew, over):
        build_site(changed, site, Brought(files=others(library)), today=TODAY)
    first, second = (
        {p: d for p, d in content(site).items() if "pagefind" not in p}
        for site in (anew, over)
    )
    assert first == second
    assert kind == "nothing" or first != {
        p: d for p, d in content(root / "site").items() if "pagefind" not in p
    }


def test_a_new_day_changes_only_what_is_overdue(tmp_path: Path) -> None:
    library = laid(tmp_path, share_pictures=False)
    site = tmp_path / "site"
    build_site(library, site, today=date(2028, 3, 19))
    assert build_site(library, site, today=date(2028, 3, 19)).changed == ()
    report = build_site(library, site, today=date(2028, 3, 20))
    assert {p for p in report.changed if p.endswith(".html")} == {
        "answers/trigger-point-injections/index.html",
        "answers/bed-rest/index.html",
    }


def test_only_pages_that_changed_are_rendered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = laid(tmp_path, share_pictures=False)
    build_site(library, tmp_path / "site")
    rendered: list[str] = []

    def watched(sources: Any, site: Any, page: Any) -> str:
        rendered.append(page.path)
        return render_page(sources, site, page)

    monkeypatch.setattr("pullquote.render.site.build.render_page", watched)
    build_site(library, tmp_path / "site")
    kinds = {path.rstrip("/").rpartition("/")[0] for path in rendered}
    assert kinds == {""}, "lists alone: no answer, episode, person or topic"


@pytest.mark.parametrize("note", [b"", b"[]", b'{"a": 1}', b"\xff"])
def test_a_damaged_note_costs_only_time(tmp_path: Path, note: bytes) -> None:
    library = laid(tmp_path, share_pictures=False)
    site = tmp_path / "site"
    build_site(library, site)
    right = content(site)
    (site / NOTE).write_bytes(note)
    build_site(library, site)
    assert content(site) == right


def test_a_changed_template_renders_its_pages_anew(tmp_path: Path) -> None:
    library = laid(tmp_path, share_pictures=False)
    own = tmp_path / "own"
    own.mkdir()
    for word in ("one", "two"):
        (own / "answer.html.j2").write_text(word)
        build_site(library, tmp_path / "site", templates=own)
        page = tmp_path / "site/answers/bed-rest/index.html"
        assert page.read_text() == word
