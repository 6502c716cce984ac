"""All answers of one doctor taken back: what goes, what stays, whatever comes between."""

from __future__ import annotations

import gzip
import json
import os
import pty
import re
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pullquote.cli import main
from pullquote.formats.answer_md import load_answer, save_answer
from pullquote.formats.folder import ShowFolder
from pullquote.mark.review.sign_off import approve, withdraw
from pullquote.model.answer import Answer, Clip
from pullquote.model.show import Person, Show
from pullquote.pipeline.marking.answers import write_taking_back
from tests.cli.talk import Refusal, answer_file, run, sign
from tests.command import ROOT, started
from tests.desk.disk import no_space

WHY = "She left, and asked for it."
PEOPLE = """\
title = "T"
description = "D"
site = "https://t.example/"
[[people]]
id = "fern"
name = "Ada Fern"
credentials = "MD"
formerly = ["ada"]
[[people]]
id = "fernwick"
name = "Bo Fernwick"
credentials = "MD"
"""
SHOW = Show(
    title="T",
    description="D",
    site="https://t.example/",
    people=(
        Person(id="fern", name="Ada Fern", credentials="MD"),
        Person(id="fernwick", name="Bo Fernwick", credentials="MD"),
    ),
)


def made(number: int, *speakers: str, signed_by: str | None = None) -> Answer:
    answer = Answer(
        slug=f"answer-{number:02}",
        id=f"{number:032x}",
        question="Is heat fine?",
        speakers=speakers,
        asked=Clip(start=0, end=1),
        answered=Clip(start=1, end=2),
        cut_by="moss",
        body="It is.",
    )
    if signed_by is None:
        return answer
    day = date(2026, 3, 12)
    return approve(answer, by=signed_by, on=day, show=SHOW, path=Path("x"))


@pytest.fixture
def folder(tmp_path: Path) -> ShowFolder:
    """Ada Fern has a draft, two signed, one withdrawn, and one with somebody else."""
    (tmp_path / "show.toml").write_text(PEOPLE)
    show = ShowFolder(tmp_path)
    answers = {
        "e": [
            made(1, "fern"),
            made(2, "fern", signed_by="fern"),
            made(3, "fern", "fernwick", signed_by="fern"),
            made(4, "fernwick", signed_by="fern"),
        ],
        "f": [
            made(5, "ada", signed_by="fernwick"),
            withdraw(made(6, "fern")),
            made(7, "fernwick"),
        ],
    }
    for slug, rows in answers.items():
        for answer in rows:
            save_answer(show.episode(slug).answer(answer.slug), answer)
    return show


def gone(folder: ShowFolder) -> list[int]:
    """Return the numbers of the answers that are withdrawn now; all can be read."""
    found = map(load_answer, folder.root.glob("transcripts/*/answers/*.md"))
    return sorted(int(a.id, 16) for a in found if a.status == "withdrawn")


def texts(folder: ShowFolder) -> dict[Path, str]:
    return {p: p.read_text() for p in folder.root.glob("transcripts/*/answers/*.md")}


def take(folder: ShowFolder, *argv: str, who: str = "fern") -> int:
    show = ("--show", str(folder.root))
    return main(["withdraw", "--person", who, *argv, *show])


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out)


def test_first_it_is_shown_and_nothing_is_done_unmeant(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(folder)
    assert take(folder, "--dry-run") == 0
    out = capsys.readouterr().out
    alone, together = out.split("Others answer too")
    assert "Ada Fern answers alone:" in alone
    for slug in ("answer-01", "answer-02", "answer-05"):
        assert slug in alone
    assert "answer-03" in together.splitlines()[4]
    assert together.splitlines()[4].split()[-1] == "fernwick"
    assert "so these stay without --shared" in together
    assert "answer-07" not in out
    summary = "3 answers would be withdrawn; 1 were before; 1 left, in which"
    assert summary in together
    assert "Answers of others that they signed stay: 1" in together
    assert take(folder, "--reason", WHY) == 2  # nobody can be asked here
    assert "nobody can be asked here; add --yes" in capsys.readouterr().err
    assert take(folder, "--yes") == 2
    assert "does not say why; add --reason TEXT" in capsys.readouterr().err
    assert texts(folder) == before


def test_what_is_theirs_goes_and_what_others_say_too_is_named(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(folder, "--reason", WHY, "--yes", "--json") == 0
    told = document(capsys)
    assert [row["slug"] for row in told["withdrawn"]] == [
        "answer-01",
        "answer-02",
        "answer-05",
    ]
    assert [(row["slug"], row["with"]) for row in told["left"]] == [
        ("answer-03", ["fernwick"])
    ]
    assert gone(folder) == [1, 2, 5, 6]
    answer = load_answer(folder.episode("e").answer("answer-02"))
    assert answer.withdrawal is not None
    assert answer.withdrawal.reason == WHY
    before = texts(folder)
    assert take(folder, "--reason", "Once more", "--yes") == 0
    assert "0 answers withdrawn; 4 were before; 1 left" in capsys.readouterr().out
    assert texts(folder) == before
    assert take(folder, "--reason", WHY, "--yes", "--shared") == 0
    assert gone(folder) == [1, 2, 3, 5, 6]


@pytest.mark.parametrize(("said", "code"), [("n", 1), ("y", 0)])
def test_at_a_terminal_it_asks(folder: ShowFolder, said: str, code: int) -> None:
    here, there = pty.openpty()
    os.write(here, f"{said}\n".encode())
    argv = [sys.executable, str(ROOT / "publish.py"), "withdraw", "--person", "fern"]
    argv += ["--reason", WHY, "--show", str(folder.root)]
    done = subprocess.run(argv, stdin=there, capture_output=True, text=True)
    os.close(here)
    os.close(there)
    assert done.returncode == code, done.stderr
    assert "Withdraw 3 answers of Ada Fern for good?" in done.stdout
    assert gone(folder) == ([1, 2, 5, 6] if said == "y" else [6])


def test_a_file_that_cannot_be_read_is_named_and_stops_no_other(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = folder.episode("e").answer("answer-02")
    text = broken.read_text()
    broken.write_text(text.replace('status = "', "status = "))
    other = folder.episode("e").answer("answer-99")
    other.write_text("no answer, and nobody's")
    assert take(folder, "--reason", WHY, "--yes") == 1
    told = capsys.readouterr()
    assert told.err.count(str(broken)) == 1
    assert str(other) not in told.err
    other.unlink()
    broken.write_text(text)
    assert gone(folder) == [1, 5, 6]
    assert take(folder, "--reason", WHY, "--yes") == 0
    assert gone(folder) == [1, 2, 5, 6]


def test_on_a_full_disk_each_is_as_it_was_and_named(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    before = texts(folder)
    with no_space(100):
        assert take(folder, "--reason", WHY, "--yes") == 1
    assert texts(folder) == before
    told = capsys.readouterr()
    assert "0 answers withdrawn; 3 not: mend what is named" in told.out
    for number in (1, 2, 5):
        assert f"answer-{number:02}" in told.err
    assert take(folder, "--reason", WHY, "--yes") == 0
    assert gone(folder) == [1, 2, 5, 6]


def many(folder: ShowFolder) -> tuple[str, ...]:
    """Give Ada Fern 60 answers more; return how all are withdrawn."""
    for number in range(10, 70):
        paths = folder.episode("g")
        save_answer(paths.answer(f"answer-{number}"), made(number, "fern"))
    show = ("--show", str(folder.root))
    return ("withdraw", "--person", "fern", "--reason", WHY, "--yes", *show)


def test_killed_half_way_it_goes_on_where_it_was(folder: ShowFolder) -> None:
    command = many(folder)
    with started(*command) as process:
        deadline = time.monotonic() + 60
        while len(gone(folder)) < 6 and time.monotonic() < deadline:
            time.sleep(0.005)
        process.kill()
        process.wait()
    assert len(gone(folder)) >= 6
    assert main([*command]) == 0
    assert gone(folder) == [1, 2, 5, 6, *range(10, 70)]


def test_twice_at_once_does_it_once(folder: ShowFolder) -> None:
    command = many(folder)
    with started(*command) as one, started(*command) as other:
        assert (one.wait(60), other.wait(60)) == (0, 0)
    assert gone(folder) == [1, 2, 5, 6, *range(10, 70)]


def test_a_page_that_stays_as_it_was_signed_is_theirs_too(folder: ShowFolder) -> None:
    """The file names somebody else by now; the page still has her name under it."""
    paths = folder.episode("e")
    save_answer(paths.approved(f"{2:032x}"), load_answer(paths.answer("answer-02")))
    path = paths.answer("answer-02")
    path.write_text(path.read_text().replace('["fern"]', '["fernwick"]'))
    path.write_text(path.read_text().replace('by = "fern"', 'by = "fernwick"'))
    assert take(folder, "--reason", WHY, "--yes") == 0
    assert gone(folder) == [1, 5, 6]  # two speak in it now
    assert take(folder, "--reason", WHY, "--yes", "--shared") == 0
    assert gone(folder) == [1, 2, 3, 5, 6]


def test_whoever_is_not_in_the_show_any_more_can_be_taken_out_all_the_same(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take(folder, "--dry-run", who="nobody") == 2
    assert "is nobody in show.toml" in capsys.readouterr().err
    text = folder.show.read_text()
    folder.show.write_text(text[: text.index("[[people]]")])
    assert take(folder, "--reason", WHY, "--yes") == 0
    assert gone(folder) == [1, 2, 6]


@pytest.mark.parametrize(
    "argv",
    [
        (),
        ("e",),
        ("e", "answer-01", "--person", "fern"),
        ("e", "answer-01", "--dry-run"),
        ("e", "answer-01", "--shared"),
        ("e", "answer-01", "--yes"),
    ],
)
def test_what_is_not_clear_is_not_done(
    folder: ShowFolder, argv: tuple[str, ...]
) -> None:
    assert main(["withdraw", *argv, "--show", str(folder.root)]) == 2
    assert gone(folder) == [6]


def test_the_site_is_without_them_and_says_no_reason(signed: Path) -> None:
    path = answer_file(signed)
    argv = ("withdraw", "--person", "fernby", "--reason", "Zebra leave.", "--yes")
    assert run(signed, *argv) == 0
    assert 'reason = "Zebra leave."' in path.read_text()
    assert run(signed, "build") == 0
    page = (signed / "site/answers" / path.stem / "index.html").read_text()
    assert "This answer was withdrawn" in page
    for file in [*signed.glob("site/**/*"), *signed.glob("feeds/*")]:
        if file.is_file():
            assert b"Zebra" not in file.read_bytes(), file


def test_notes_quote_nothing_that_was_withdrawn(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Readers and subscribers went on reading it under the doctor's name."""
    answer, quote = answer_file(signed), "Heat relaxes tight muscles"
    slug = answer.parent.parent.name
    (feed, (notes,)) = signed / "feeds/podcast.xml", signed.glob("episodes/*")
    notes = notes / "notes.md"
    assert run(signed, "notes", slug, "--write") == 0
    drafted = notes.read_text()
    assert run(signed, "build") == 0
    assert quote in feed.read_text()
    assert run(signed, "withdraw", slug, answer.stem) == 0
    assert run(signed, "build") == 0
    assert quote not in feed.read_text()
    assert notes.read_text() == drafted
    notes.write_text(drafted.replace("- “Heat", "Listen:\n\n- “Heat"))
    capsys.readouterr()
    run(signed, "check")
    assert "notes.md:6: quotes an answer that was withdrawn" in capsys.readouterr().err
    notes.write_text(drafted)
    capsys.readouterr()
    run(signed, "notes", slug, "--write")
    assert quote not in capsys.readouterr().out, "none is drafted of it either"


def test_what_leaves_the_site_leaves_its_search(signed: Path) -> None:
    """A build goes over a second tree, in which the page lay while it was indexed."""

    def found() -> str:
        files = signed.glob("site/pagefind/fragment/*.pf_fragment")
        return " ".join(gzip.decompress(path.read_bytes()).decode() for path in files)

    path = answer_file(signed)
    assert f"answers/{path.stem}/" in found()
    path.write_text(path.read_text().replace("fifteen", "fifty"))
    assert run(signed, "build") == 0
    assert not (signed / "site" / "answers" / path.stem / "index.html").exists()
    assert f"answers/{path.stem}/" not in found()
    assert "Welcome to Back Talk" in found()


def test_what_was_taken_back_after_the_build_does_not_go_out(
    signed: Path, tmp_path: Path, refusal: Refusal
) -> None:
    """It went out for the first time after its doctor had withdrawn it."""
    answer, host = answer_file(signed), tmp_path / "host"
    told = f"{answer}: is signed no more, and the site that was built has it"
    write_taking_back(ShowFolder(signed), answer.parent.parent.name, answer.stem)
    for command in (["deploy", str(host), "--dry-run"], ["deploy", str(host)]):
        assert told in refusal(signed, *command)
        assert not host.exists()
    assert run(signed, "build") == 0
    assert run(signed, "deploy", str(host)) == 0, "a draft that was public once"
    assert sign(signed, answer) == 0
    assert run(signed, "build") == 0
    assert run(signed, "deploy", str(host)) == 0
    assert run(signed, "withdraw", answer.parent.parent.name, answer.stem) == 0
    write_taking_back(ShowFolder(signed), answer.parent.parent.name, answer.stem)
    assert load_answer(answer).status == "withdrawn", "a change was asked for meanwhile"
    assert run(signed, "deploy", str(host)) == 1
    assert run(signed, "build") == 0
    assert run(signed, "deploy", str(host)) == 0
    page = (host / "answers" / answer.stem / "index.html").read_text()
    assert "Either can help" not in page


def test_what_was_withdrawn_and_deleted_after_the_build_does_not_go_out(
    signed: Path, tmp_path: Path, refusal: Refusal
) -> None:
    """Its file said no more that it was withdrawn, so its page went out."""
    answer, host = answer_file(signed), tmp_path / "host"
    assert run(signed, "withdraw", answer.parent.parent.name, answer.stem) == 0
    text = answer.read_text()
    answer.unlink()
    page = signed / "site" / "answers" / answer.stem / "index.html"
    told = f"{page}: is signed no more, and the site that was built has it"
    assert told in refusal(signed, "deploy", str(host))
    answer.with_stem("other").write_text(text)
    assert run(signed, "deploy", str(host)) == 1, "by whatever name"
    answer.with_stem("other").unlink()
    id_ = re.findall('id = "(.*)"', text)[0]
    assert run(signed, "build", "--allow", id_, "--allow", "feeds/answers.xml") == 0
    assert page.is_file(), "it says that it is gone"
    assert run(signed, "deploy", str(host)) == 0
    assert (
        "Either can help" not in (host / page.relative_to(signed / "site")).read_text()
    )


def test_a_draft_that_cannot_be_read_keeps_no_site_from_going_out(
    signed: Path, tmp_path: Path
) -> None:
    """The look for what may not come back reads all redactions."""
    draft = ShowFolder(signed).episode("2026-04-01-unread")
    for path in (draft.facts, draft.redactions):
        path.parent.mkdir(parents=True, exist_ok=True)
    draft.facts.write_text('guid = "new"\ntitle = "New"\nheld = 2026-04-01\n')
    draft.redactions.write_text("no TOML\n")
    assert run(signed, "build") == 1, "told, and built"
    assert run(signed, "deploy", str(tmp_path / "host")) == 0


def test_an_episode_that_was_hidden_after_the_build_does_not_go_out(
    signed: Path, tmp_path: Path, refusal: Refusal
) -> None:
    """Set back to a draft, or its day put off, it went out with a mere note."""
    (facts,), host = signed.glob("episodes/*/episode.toml"), tmp_path / "host"
    public = facts.read_text()
    draft = public.replace('status = "published"', 'status = "draft"')
    for text in (draft, re.sub(r"published = \d{4}", "published = 2999", public)):
        assert text != public
        facts.write_text(text)
        assert f"{facts}: is not public now, and the site" in refusal(
            signed, "deploy", str(host)
        )
        assert not host.exists()
    facts.write_text(draft)
    meant = {str(path.relative_to(signed)) for path in signed.glob("feeds/*.xml")}
    meant |= set(re.findall(r'"([0-9a-f-]{32,})": \{', _addresses(signed)))
    allow = [word for one in meant for word in ("--allow", one)]
    assert run(signed, "build", *allow) == 0
    assert run(signed, "deploy", str(host)) == 0, "a draft that was public once"
    assert not [*host.glob("episodes/*/index.html")]


def _addresses(show: Path) -> str:
    return (show / "feeds" / "addresses.json").read_text()
