"""A process that goes on from its last build makes what a build from nothing makes."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from bench.large_show import change_one, make_show, save_signed
from pullquote.errors import PullquoteError
from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.building.rebuild import Builder
from pullquote.pipeline.outcome import Quiet
from pullquote.publish.feeds import podcast_channel
from pullquote.render.site import spare, tree
from tests.pipeline.random_edits import Editing, content
from tests.pipeline.test_breaches import (
    BREACHES,
    HEAT,
    TODAY,
    _copy,
    answer,
    public,
    seen,
)

__all__ = ["public"]

DAY = date(2026, 6, 1)


def changed(root: Path) -> list[str]:
    """Change an answer as a person would; return the files that were saved."""
    before = {p: p.read_bytes() for p in root.glob("transcripts/*/answers/*.md")}
    change_one(root)
    return [str(p.relative_to(root)) for p, d in before.items() if p.read_bytes() != d]


@pytest.fixture
def builder(tmp_path: Path) -> Builder:
    """A small show that was built once."""
    make_show(tmp_path, 8, each=4)
    made = Builder(ShowFolder(tmp_path / "show"), Quiet())
    made.build(today=DAY)
    return made


def test_builds_after_random_edits_equal_builds_from_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A few here; `bench/build_edits.py --watched` draws hundreds."""
    monkeypatch.setattr(podcast_channel, "EACH", 1)
    show = Editing(tmp_path, seed=7, watched=True)
    for _ in range(10):
        assert show.step() is None, show.done
    assert len(show.gone_on) >= 3


def test_what_is_told_of_all_answers_counts_what_was_signed_anew(
    builder: Builder,
) -> None:
    """It went on saying that 8 were to be reviewed again, until somebody built anew."""
    root = builder.folder.root
    path = next(root.glob("transcripts/*/answers/*.md"))
    for day, told in (
        (date(2026, 5, 1), ["7 answers"]),
        (date(2999, 1, 1), ["7 answers", "to come"]),
    ):
        save_signed(path, load_answer(path), day)
        copy = path.parent.parent / "approved" / f"{load_answer(path).id}.md"
        saved = [str(one.relative_to(root)) for one in (path, copy)]
        faults = sorted(map(str, builder.build(saved, today=DAY).faults))
        assert len(faults) == len(told)
        assert all(words in fault for words, fault in zip(told, faults, strict=True))


def test_what_nobody_told_of_is_found_when_there_is_time(builder: Builder) -> None:
    root = builder.folder.root
    builder.build(changed(root), today=DAY)
    assert not builder.settled
    assert builder.settle()
    builder.build(changed(root), today=DAY)
    next(root.glob("episodes/*/notes.md")).write_text("Nobody told.")
    assert not builder.settle()
    builder.build(today=DAY)
    assert any(b"Nobody told." in data for data in content(root).values())


def test_a_page_that_somebody_touched_is_made_anew(builder: Builder) -> None:
    root = builder.folder.root
    page = sorted(root.glob("site/answers/e*/index.html"))[0]
    before = page.read_bytes()
    page.unlink()
    page.write_text("mine")
    builder.build(changed(root), today=DAY)
    assert not builder.settle()  # it lies in the spare tree now
    for _ in range(2):
        assert page.read_bytes() == before
        builder.build(changed(root), today=DAY)
    page.write_text("mine")
    builder.build(changed(root), today=DAY)
    assert not builder.settle()
    builder.build(today=DAY)
    assert page.read_bytes() == before


def test_after_another_builds_everything_is_looked_at(builder: Builder) -> None:
    root = builder.folder.root
    saved = changed(root)
    build_public(builder.folder, Quiet(), today=DAY)
    other = content(root)
    builder.build(saved, today=DAY)
    assert builder.settled
    assert content(root) == other


STEPS = [
    (tree, "take_spare"),
    (tree, "remove"),
    (tree, "write_list"),
    (tree, "_switch"),
    (tree, "keep_spare"),
    (spare, "put_link"),
]


@pytest.mark.parametrize(("module", "step"), STEPS)
def test_killed_at_any_step_readers_see_one_site_whole(
    builder: Builder, monkeypatch: pytest.MonkeyPatch, module: object, step: str
) -> None:
    """What a killed process leaves, the next one goes on from."""
    root = builder.folder.root
    old = content(root)
    saved = changed(root)

    class Killed(BaseException):
        pass

    def killed(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(module, step, killed)
        try:
            builder.build(saved, today=DAY)
        except Killed:
            site = {p: d for p, d in content(root).items() if p.startswith("site/")}
            whole = {p: d for p, d in old.items() if p.startswith("site/")}
            assert site.keys() == whole.keys()
    build_public(builder.folder, Quiet(), today=DAY)
    over = content(root)
    for part in ("site", ".pullquote"):
        shutil.rmtree(root / part)
    build_public(builder.folder, Quiet(), today=DAY)
    assert over == content(root)


WATCHED = [
    "text edited after approval",
    "digest forged",
    "signed by a stranger",
    "signed by who cut it",
    "a voice that nobody confirmed",
    "a clip past the end",
    "id of another answer",
    "review dated back",
    "private name in the text",
    "private name in the show notes",
    "old address taken over",
    "publication date moved",
]


@pytest.mark.parametrize("name", WATCHED)
def test_a_breach_does_not_get_out(public: Path, tmp_path: Path, name: str) -> None:
    root = tmp_path / "show"
    _copy(public, root)
    builder = Builder(ShowFolder(root), Quiet())
    builder.build(today=TODAY)
    before = files(root)
    BREACHES[name](root)
    saved = [p for p, _ in before.items() ^ files(root).items()]
    published = seen(root)
    if (error := stopped(builder, saved)) is not None:
        assert "\n" not in str(error)
        assert seen(root) == published
    else:
        text = {path: data.lower() for path, data in seen(root).items()}
        assert f"site/answers/{HEAT}/index.html" not in text
        made = load_answer(answer(root, HEAT)).id.encode()
        assert made not in text["feeds/answers.xml"]


def stopped(builder: Builder, saved: list[str]) -> PullquoteError | None:
    """Build and return what stopped it, None if nothing did."""
    try:
        builder.build(saved, today=TODAY)
    except PullquoteError as error:
        return error
    return None


def files(root: Path) -> dict[str, bytes]:
    """Return what is written about the episodes."""
    found = (p for top in ("episodes", "transcripts") for p in (root / top).rglob("*"))
    return {
        p.relative_to(root).as_posix(): p.read_bytes()
        for p in found
        if p.is_file() and p.suffix in (".md", ".toml", ".json")
    }
