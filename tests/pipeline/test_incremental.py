"""A build after any change of a file gives what a build from nothing gives."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.formats.answer_md import format_answer, load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.formats.suggestions_json import format_suggestions
from pullquote.model.answer import Review, SuggestedQuestion, Suggestion
from pullquote.pipeline.building.build import build_public, judged_by
from pullquote.pipeline.building.feeds import Feeds
from pullquote.pipeline.building.preview import build_preview
from pullquote.pipeline.library.load import complete
from pullquote.pipeline.library.origins import Origins, origin_of
from pullquote.publish.feeds import answers_channel, podcast_channel
from pullquote.render.templating import render_page
from tests import factory
from tests.media.made import picture
from tests.pipeline.random_edits import EDITS, Editing
from tests.pipeline.test_breaches import (
    ANSWER,
    HEAT,
    SLUG,
    TODAY,
    Quiet,
    _copy,
    answer,
    edit,
    public,
)

__all__ = ["public"]

Change = Callable[[Path], object]
CHANGES: dict[str, Change] = {
    "nothing": lambda root: None,
    "an answer's text": lambda root: corrected(root),
    "an answer edited, so not public": lambda root: edit(
        root, ANSWER, "\nHeat has", "\nHeat may have"
    ),
    "an answer's address": lambda root: answer(root, HEAT).rename(
        answer(root, "warm-or-cold")
    ),
    "the notes": lambda root: (root / f"episodes/{SLUG}/notes.md").write_text("New."),
    "a spoken word": lambda root: edit(
        root, f"transcripts/{SLUG}/transcript.md", "Good night, and", "Good night and"
    ),
    "the summary": lambda root: edit(
        root, f"episodes/{SLUG}/episode.toml", "Two doctors", "Both doctors"
    ),
    "a person": lambda root: edit(root, "show.toml", "MD, physical", "DO, physical"),
    "a topic": lambda root: edit(root, "show.toml", "Heat and ice", "Warm and cold"),
    "a template": lambda root: own_template(root),
    "a wording": lambda root: own_wording(root),
    "the cover": lambda root: picture(root / "sample/cover.jpg", 1500, 1500),
    "a touched file": lambda root: (root / ANSWER).touch(),
}


def corrected(root: Path) -> None:
    """An answer is changed and signed anew."""
    path = answer(root, HEAT)
    made = replace(load_answer(path), body="Use what feels good.")
    review = Review(by="copperfold", on=date(2026, 12, 1), digest=made.digest())
    for copy in (path, path.parents[1] / "approved" / f"{made.id}.md"):
        copy.write_text(format_answer(replace(made, review=review)))


def own_wording(root: Path) -> None:
    words = root / "templates" / "words"
    words.mkdir(parents=True)
    row = 'msgid "%s"\nmsgstr "%s"\n'
    text = row % ("All answers", "Every answer") + row % ("Chapters", "Parts")
    (words / "en.po").write_text(text)


def own_template(root: Path) -> None:
    (root / "templates").mkdir()
    (root / "templates/answer.html.j2").write_text("{{ view.text }}")


def build(root: Path) -> dict[str, bytes]:
    build_public(ShowFolder(root), Quiet(), today=TODAY)
    files = [*root.glob("site/**/*"), *root.glob("feeds/*")]
    # the index is Pagefind's: the order in its filters is not the same twice
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in files
        if path.is_file() and "pagefind" not in path.parts
    }


@pytest.mark.parametrize("name", CHANGES)
def test_a_build_after_a_change_equals_one_from_nothing(
    public: Path, tmp_path: Path, name: str
) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    build(root)
    CHANGES[name](root)
    over = build(root)
    for part in ("site", ".pullquote"):
        shutil.rmtree(root / part)
    anew = build(root)
    assert over == anew


def test_builds_after_random_edits_equal_builds_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few here; `bench/build_edits.py` draws hundreds."""
    monkeypatch.setattr(podcast_channel, "EACH", 1)
    show = Editing(tmp_path, seed=1)
    for _ in range(5):
        assert show.step() is None, show.done


def test_older_answers_say_no_more_that_every_voice_is_synthetic(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer of a real doctor comes into another document than theirs."""
    monkeypatch.setattr(answers_channel, "NEWEST", 1)
    made_up = factory.posture()
    again = replace(made_up.answers[0], id="another-id", slug="another")
    newer = factory.approve(again, by="quill", on=date(2026, 3, 1))
    made_up = replace(made_up, approved=(newer, *made_up.answers), origin="1")
    silent = replace(factory.basics(), answers=(), approved=(), origin="2")
    folder = ShowFolder(tmp_path)
    before = Feeds(folder, factory.library(tmp_path, silent, made_up, notice=None))
    before.write()
    before.remember({made_up.slug: "1", silent.slug: "2"})
    real = replace(factory.basics(), origin="3")
    library = factory.library(tmp_path, real, made_up, notice=None)
    after = Feeds(folder, library).made
    assert b"voices and people are made up" in before.made["feeds/answers-2026-01.xml"]
    shutil.rmtree(folder.state)
    assert after == Feeds(folder, library).made


def test_another_version_makes_everything_anew(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    build(root)
    rendered: list[str] = []

    def watched(sources: Any, site: Any, page: Any) -> str:
        rendered.append(page.path)
        return render_page(sources, site, page)

    monkeypatch.setattr("pullquote.render.site.build.render_page", watched)
    for module in (
        "render.site.reuse",
        "pipeline.building.build",
        "pipeline.building.feeds",
    ):
        monkeypatch.setattr(f"pullquote.{module}.code_digest", lambda *_: "another")
    (root / ".pullquote/built.json").unlink()
    build(root)
    assert f"answers/{HEAT}/" in rendered


def test_what_is_saved_while_a_build_reads_is_due_the_next_time(
    public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = tmp_path / "show"
    _copy(public, root)

    def slowly(*args: Any) -> Any:
        (root / f"episodes/{SLUG}/notes.md").write_text("Saved in the meantime.")
        return complete(*args)

    with monkeypatch.context() as patched:
        patched.setattr("pullquote.pipeline.building.build.complete", slowly)
        build(root)
    over = build(root)
    for part in ("site", ".pullquote"):
        shutil.rmtree(root / part)
    assert over == build(root)


def test_an_origin_is_known_until_a_file_changes(public: Path, tmp_path: Path) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    build(root)
    folder = ShowFolder(root)
    paths = folder.episode(SLUG)
    known = Origins(folder, judged_by(folder, ())).known(paths)
    assert known is not None
    assert known.origin == origin_of(paths)[0]
    (root / ANSWER).write_text((root / ANSWER).read_text() + "\n")
    assert Origins(folder, judged_by(folder, ())).known(paths) is None


@pytest.mark.parametrize("text", ["", "[]", "{", json.dumps({SLUG: 3})])
def test_a_damaged_memory_costs_only_time(
    public: Path, tmp_path: Path, text: str
) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    before = build(root)
    (root / ".pullquote/origins.jsonl").write_text(text)
    (root / ".pullquote/built.json").unlink()
    assert build(root) == before


def previewed(root: Path, today: date) -> tuple[list[str], dict[str, bytes]]:
    """Return what a preview says and holds."""
    folder = ShowFolder(root)
    built = build_preview(folder, Quiet(), today=today)
    made = [path for path in folder.preview.rglob("*") if path.is_file()]
    said = sorted(str(fault).replace(str(root), "") for fault in built.faults)
    return said, {str(p.relative_to(folder.preview)): p.read_bytes() for p in made}


def spoil(show: Editing) -> None:
    """Give two answers one id, and take it back the next time."""
    first, other = sorted(show.root.glob("transcripts/*/answers/*.md"))[:2]
    ids = load_answer(first).id, load_answer(other).id
    show.swap(other, ids[1], ids[0] if ids[0] != ids[1] else f"{1:032x}")


def suggest(show: Editing) -> None:
    """Let a machine suggest something else in an episode."""
    folder = ShowFolder(show.root)
    paths = folder.episode(show.any_file("episode.toml").parent.name)
    end = show.random.randrange(1, 5000)
    one = Suggestion(
        rank=1,
        question=SuggestedQuestion(start=0, end=end, text="Rosul?"),
        answer=None,
        speakers=(),
        p_question=0.5,
        p_answered=0.5,
    )
    paths.suggestions.write_text(format_suggestions(paths.slug, (one,)))


def test_previews_after_random_edits_equal_previews_from_nothing(
    tmp_path: Path,
) -> None:
    show = Editing(tmp_path, seed=2)
    edits = {**EDITS, "one id twice": spoil, "suggested": suggest}
    for name in ["draft", "suggested", *show.random.choices(sorted(edits), k=7)]:
        edits[name](show)
        shutil.rmtree(show.anew, ignore_errors=True)
        shutil.copytree(
            show.root, show.anew, ignore=shutil.ignore_patterns(".pullquote")
        )
        assert previewed(show.root, show.today) == previewed(show.anew, show.today)
