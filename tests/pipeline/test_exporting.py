"""Everything comes out as files that other programs read."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
from pathlib import Path

import feedparser
import pytest

from pullquote.cli import main
from pullquote.desk.state.memory import forget
from pullquote.errors import PullquoteError, each_fault
from pullquote.formats.answer_md import load_answer, save_review, save_superseded
from pullquote.formats.opml import load_opml
from pullquote.formats.redactions_toml import add_redactions
from pullquote.formats.webvtt import parse_webvtt
from pullquote.formats.words_json import load_words
from pullquote.mark.review.sign_off import withdraw
from pullquote.model.answer import Clip, Redaction
from pullquote.pipeline.exporting import _cell, export_show
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.private.redacting import redact_episode
from tests.desk.running import sample_show

ROOT = Path(__file__).parents[2]
SLUG = "2026-03-11-back-pain-basics"
CARD = "Marcus Brambleworth, MD"


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("export") / "out"
    main(["export", str(target), "--show", str(ROOT)])
    return target


def test_every_answer_is_a_line_a_record_and_a_file(exported: Path) -> None:
    rows = [*csv.DictReader(io.StringIO((exported / "answers.csv").read_text()))]
    records = json.loads((exported / "answers.json").read_text())
    assert [r["id"] for r in rows] == [r["id"] for r in records]
    assert {r["status"] for r in records} >= {"approved"}
    for record in records:
        slug = record["address"].rstrip("/").rpartition("/")[2]
        text = (exported / "answers" / f"{slug}.md").read_text()
        assert record["question"] in text
        assert record["text"] in text
        assert record["answered_by"].split(",")[0] in text


def test_as_whom_an_answer_was_signed_is_in_the_lists(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "show")
    paths = folder.episode(SLUG)
    answer = load_answer(path := paths.answer("heat-or-ice"))
    for there in (path, paths.approved(answer.id)):
        text = there.read_text()
        there.write_text(text.replace("[review]", f'[review]\nsigned_as = "{CARD}"'))
    export_show(folder, tmp_path / "out", Quiet())
    records = json.loads((tmp_path / "out/answers.json").read_text())
    rows = [*csv.DictReader(io.StringIO((tmp_path / "out/answers.csv").read_text()))]
    for record, row in zip(records, rows, strict=True):
        signed = record["address"].endswith("/heat-or-ice/")
        assert record["signed_as"] == (CARD if signed else None)
        assert row["signed_as"] == (record["signed_as"] or "")


def test_no_review_is_named_that_an_answer_has_no_more(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "show")
    answers = folder.episode(SLUG)
    changed, back, older = (
        answers.answer(slug)
        for slug in (
            "heat-or-ice",
            "rest-or-keep-moving",
            "when-does-back-pain-need-an-mri",
        )
    )
    changed.write_text(changed.read_text().replace("Ice may be", "Ice is"))
    save_review(back, withdraw(load_answer(back)))
    save_superseded(older, load_answer(changed).id)
    stops = answers.answer("how-long-does-low-back-pain-last")
    unnamed = "**Marcus Brambleworth?** [00:01:35]"
    spoken = answers.transcript.read_text()
    answers.transcript.write_text(spoken.replace(unnamed.replace("?", ""), unnamed))
    export_show(folder, tmp_path / "out", Quiet())
    found = json.loads((tmp_path / "out/answers.json").read_text())
    rows = {r["address"].split("/")[-2]: r for r in found}
    told = {
        path.stem: (rows[path.stem]["status"], rows[path.stem]["reviewed_by"])
        for path in (changed, back, older, stops)
    }
    assert told == {
        changed.stem: ("changed since signed", None),
        back.stem: ("withdrawn", None),
        older.stem: ("approved", "Irene Copperfold"),
        stops.stem: ("signed, and a build stops at it", None),
    }
    text = {slug: (tmp_path / f"out/answers/{slug}.md").read_text() for slug in told}
    assert "Reviewed by" not in text[changed.stem] + text[back.stem] + text[stops.stem]
    assert "A newer answer takes its place: heat-or-ice." in text[older.stem]


def test_an_export_takes_no_sites_place_and_a_site_no_exports(tmp_path: Path) -> None:
    """What lay there went out with the next deploy, drafts and all."""
    folder = sample_show(tmp_path / "show")
    assert main(["build", "--show", str(folder.root)]) == 0
    before = {p: p.stat().st_mtime_ns for p in folder.site.rglob("*")}
    assert main(["export", str(folder.site), "--show", str(folder.root)]) == 2
    assert before == {p: p.stat().st_mtime_ns for p in folder.site.rglob("*")}
    shutil.rmtree(folder.site)
    assert main(["export", str(folder.site), "--show", str(folder.root)]) == 0
    assert main(["export", str(folder.site), "--show", str(folder.root)]) == 0
    assert main(["build", "--show", str(folder.root)]) == 2
    assert main(["deploy", str(tmp_path / "www"), "--show", str(folder.root)]) == 2
    assert not (tmp_path / "www").exists()


def test_an_episode_has_its_sound_transcripts_and_originals(exported: Path) -> None:
    folder = exported / "episodes" / SLUG
    held = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    assert held >= {
        "notes.md", "enclosure.mp3", "transcript.vtt", "transcript.srt",
        "transcript.json", "transcript.html", "transcript.txt", "chapters.json",
        "original/episode.toml", "original/transcript.md", "original/words.json",
    }  # fmt: skip
    assert parse_webvtt((folder / "transcript.vtt").read_text(), folder)
    assert "original/answers/heat-or-ice.md" in held
    assert "recording.opus" not in held


def test_what_an_editors_program_writes_into_a_file_stays_out_of_the_export(
    tmp_path: Path,
) -> None:
    folder = sample_show(tmp_path / "show")
    (folder.feeds / "old").mkdir()  # somebody's own, and no feed
    export_show(folder, tmp_path / "out", Quiet())
    taken = tmp_path / "out/episodes" / SLUG / "original"
    for mine, theirs in (
        (folder.episode(SLUG).answer("heat-or-ice"), taken / "answers/heat-or-ice.md"),
        (folder.episode(SLUG).transcript, taken / "transcript.md"),
    ):
        before = theirs.read_bytes()
        with mine.open("r+b") as file:  # as programs do that keep a file's inode
            file.write(b"lost")
        assert theirs.read_bytes() == before


def test_feeds_and_their_addresses_come_along(exported: Path) -> None:
    read = feedparser.parse((exported / "feeds/podcast.xml").read_bytes())
    assert read.entries
    feeds = load_opml(exported / "subscriptions.opml")
    assert [feed.url.rpartition("/")[2] for feed in feeds] == [
        "podcast.xml",
        "answers.xml",
    ]
    assert "README.txt" in {p.name for p in exported.iterdir()}


def test_an_older_export_is_replaced_and_nothing_else_is(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = tmp_path / "again"
    shutil.copytree(exported, again)
    (again / "stray.txt").write_text("x")
    main(["export", str(again), "--show", str(ROOT)])
    assert not (again / "stray.txt").exists()
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine/letter.txt").write_text("x")
    assert main(["export", str(tmp_path / "mine"), "--show", str(ROOT)]) == 2
    assert "something else" in capsys.readouterr().err
    assert (tmp_path / "mine/letter.txt").read_text() == "x"


def test_another_shows_export_is_not_replaced(
    exported: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other, facts = tmp_path / "other", tmp_path / "other/show.toml"
    assert main(["init", str(other)]) == 0
    made = re.sub("(?m)^title = .*", 'title = "Knee Time"', facts.read_text())
    facts.write_text(re.sub("(?m)^site = .*", 'site = "https://k.example/"', made))
    again = tmp_path / "again"
    shutil.copytree(exported, again)
    before = (again / "show.json").read_text()
    capsys.readouterr()
    assert main(["export", str(again), "--show", str(other)]) == 2
    assert "of another show, Spine Time; choose" in capsys.readouterr().err
    assert (again / "show.json").read_text() == before
    (again / "show.json").write_text(before.replace("Spine Time", "Knee Time"))
    assert main(["export", str(again), "--show", str(other)]) == 0
    (again / "show.json").write_text("[")
    assert main(["export", str(again), "--show", str(other)]) == 0


def test_no_cell_is_a_formula() -> None:
    assert _cell("=1+1") == "'=1+1"
    assert _cell(None) == ""
    assert _cell("a = b") == "a = b"


def test_what_is_redacted_is_in_no_file(tmp_path: Path) -> None:
    show = sample_show(tmp_path / "show")
    paths = show.episode(SLUG)
    word = max(load_words(paths.words).words, key=lambda word: len(word.text))
    add_redactions(
        paths.redactions,
        [Redaction(clip=Clip(start=word.start, end=word.end), replacement="a viewer")],
    )
    target = tmp_path / "out"
    with pytest.raises(PullquoteError) as told:
        export_show(show, target, Quiet())
    first, *_ = each_fault(told.value)
    assert (first.where, first.problem[:11]) == (str(paths.transcript), "still holds")
    assert not target.exists()
    assert word not in load_words(paths.words).words


def test_what_was_made_before_a_redaction_is_not_taken_along(tmp_path: Path) -> None:
    show = sample_show(tmp_path / "show")
    paths = show.episode(SLUG)
    word = max(load_words(paths.words).words, key=lambda word: len(word.text))
    clip = Clip(start=word.start, end=word.end)
    redact_episode(show, paths, [Redaction(clip=clip, replacement="a viewer")], forget)
    with pytest.raises(PullquoteError) as told:
        export_show(show, tmp_path / "out", Quiet())
    (fault,) = each_fault(told.value)
    assert (fault.where, "can be heard" in fault.problem) == (
        str(paths.enclosure),
        True,
    )
    assert not (tmp_path / "out").exists()
