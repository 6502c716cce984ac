"""What check, build and status say, and what stops them."""

import errno
import json
import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Literal
from unicodedata import normalize
from urllib.request import urlopen

import pytest

from pullquote.cli import main
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_po import packaged_templates
from pullquote.model.progress import Progress, silent
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.building.unchanged import built_at, deployed_at
from tests.cli.talk import (
    CUT,
    SLUG,
    Refusal,
    answer_file,
    cut,
    publish,
    refused,
    run,
    sign,
)
from tests.publish.hosting import hosted


def test_a_renamed_answer_is_found_under_its_old_address(named: Path) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    assert run(named, "build") == 0
    path.rename(path.with_name("heat-or-ice-for-a-back.md"))
    assert run(named, "build") == 0
    with hosted(named / "site") as where, urlopen(f"{where}answers/{path.stem}/") as to:
        assert to.url == f"{where}answers/heat-or-ice-for-a-back/"
    page = (named / "site/answers" / path.stem / "index.html").read_text()
    assert 'content="0; url=../../answers/heat-or-ice-for-a-back/"' in page
    before = (named / "feeds/addresses.json").read_bytes()
    assert run(named, "build") == 0
    assert (named / "feeds/addresses.json").read_bytes() == before


def test_an_overdue_review_is_said_on_the_page_and_the_day_can_be_fixed(
    named: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    page = named / "site" / "answers" / path.stem / "index.html"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "4102444800")  # 2100-01-01
    due = f"1 answer was to be reviewed again, {SLUG}/{path.stem} by 20"
    for command in ("build", "check", "build"):
        run(named, command)
        assert due in capsys.readouterr().err, command
    assert "Review overdue." in page.read_text()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1780000000")  # 2026-05-28
    assert run(named, "build") == 0
    assert "Review overdue." not in page.read_text()
    assert "to be reviewed again" not in capsys.readouterr().err
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "soon")
    assert run(named, "build") == 2
    assert "SOURCE_DATE_EPOCH: is 'soon'; write seconds" in capsys.readouterr().err


def test_a_merge_that_git_left_to_people_is_neither_read_nor_published(
    named: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    publish(named)
    said = named / "transcripts" / SLUG / "transcript.md"
    mine = "Either can help."
    both = f"<<<<<<< HEAD\nNothing helps.\n=======\n{mine}\n>>>>>>> ann\n"
    said.write_text(said.read_text().replace(mine, both))
    for command in (
        ("build",),
        ("check",),
        ("private", SLUG),
        ("notes", SLUG),
        ("cut", SLUG, *CUT),
        ("export", str(tmp_path / "out")),
    ):
        assert run(named, *command) == 1, command
        assert re.search(
            r"transcript.md:\d+: git could not merge", capsys.readouterr().err
        )
    assert not (named / "site").exists()


def test_an_episode_whose_facts_git_left_to_people_is_not_said_to_be_missing(
    named: Path, refusal: Refusal
) -> None:
    facts = named / "episodes" / SLUG / "episode.toml"
    facts.write_text(f"<<<<<<< HEAD\n{facts.read_text()}=======\n>>>>>>> ann\n")
    for command in (("private", SLUG), ("notes", SLUG), ("cut", SLUG, *CUT)):
        assert "episode.toml:1: git could not merge" in refusal(named, *command)


@pytest.mark.parametrize(
    "copy",
    [
        f"transcripts/{SLUG}/transcript (conflicted copy 2026-11-28 101500).md",
        f"transcripts/{SLUG}/redactions.sync-conflict-20261128-101500-ABCDEFG.toml",
        f"transcripts/{SLUG}/transcript (Kopie mit Konflikt).md",
        f"episodes/{SLUG}/episode-LAPTOP7.toml",
        f"transcripts/{SLUG}/transcript-Anns-MacBook-Pro.md",
        f"transcripts/{SLUG}/decisions (conflicted copy 2026-11-28).json",
        f"episodes/{SLUG}/notes 2.md",
        "show (1).toml",
    ],
)
def test_a_copy_that_another_program_made_is_named(
    named: Path, refusal: Refusal, copy: str
) -> None:
    """An editor's afternoon lies in it, or somebody's redaction."""
    path = named / copy
    path.write_text("what somebody wrote meanwhile")
    (path.parent / "notes-for-me.md").write_text("no copy")
    told = refusal(named, "check")
    assert f"{path.name}: looks like a copy of " in told
    assert "bring over what it alone has, then delete it" in told
    assert "notes-for-me" not in told
    path.unlink()
    assert run(named, "check") == 0


def test_an_answers_copy_is_named_as_one_and_nobody_is_told_to_withdraw_it(
    signed: Path, refusal: Refusal
) -> None:
    """A withdrawal of the copy would spend the answer's id."""
    answer = answer_file(signed)
    shutil.copy(answer, answer.with_name(f"{answer.stem} 2.md"))
    told = refusal(signed, "check")
    assert "keep one of the two files, with what the other alone has" in told
    assert "cut from the same words" not in told


@pytest.mark.parametrize("left", [None, "{", "version https://git-lfs.github.com/spec"])
def test_lost_words_are_told_and_no_sound_answer_is_to_be_changed(
    signed: Path, capsys: pytest.CaptureFixture[str], left: str | None
) -> None:
    """By guessed times each cut lay elsewhere, and ``check`` said which to write."""
    folder = signed / "transcripts" / SLUG
    (at,) = re.findall(
        r'\[(\d+), (\d+), "muscles,', (folder / "words.json").read_text()
    )
    (folder / "redactions.toml").write_text(
        f"[[redaction]]\nstart = 00:00:{int(at[0]) / 1000:06.3f}\n"
        f'end = 00:00:{int(at[1]) / 1000:06.3f}\nreplacement = "someone"\n'
    )
    (folder / "words.json").unlink()
    if left is not None:
        (folder / "words.json").write_text(left)
    said = refused(signed, capsys)
    line, *rest = [one for one in said.splitlines() if "enclosure.mp3: " not in one]
    assert rest == [], said  # but for the sound, which was not made anew
    assert "words.json" in line
    assert "pullquote transcribe" in line
    assert sign(signed, answer_file(signed)) == 1


def test_a_lost_transcript_is_not_replaced_by_the_machines(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """An editor's corrections were in it; ``run`` wrote the machine's words there."""
    path = signed / "transcripts" / SLUG / "transcript.md"
    path.unlink()
    said = refused(signed, capsys)
    assert "transcript.md: is not there, and answers were cut from it" in said
    assert len(said.splitlines()) == 1
    assert run(signed, "transcribe", SLUG) == 1
    assert "is gone, with what people corrected in it" in capsys.readouterr().err
    assert not path.exists()
    for answer in (path.parent / "answers").iterdir():
        answer.unlink()
    (path.parent / "decisions.json").unlink()
    assert (
        run(signed, "transcribe", SLUG) == 0
    )  # nobody worked on it: made anew, as ever


@pytest.mark.skipif(sys.platform == "win32", reason="Windows locks otherwise")
@pytest.mark.parametrize("answer", [errno.ENOSYS, errno.ENOLCK])
def test_a_share_without_locks_is_told_so(
    named: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    answer: int,
) -> None:
    """The lock's file of an earlier command passed for one at work that nobody could end."""
    import fcntl

    def refuse(*_: object) -> None:
        raise OSError(answer, os.strerror(answer))

    monkeypatch.setattr(fcntl, "flock", refuse)
    assert run(named, "build") == 1
    assert "lies on a disk or share without locks" in capsys.readouterr().err


def test_a_name_that_only_some_file_systems_read_is_named(
    named: Path, refusal: Refusal
) -> None:
    file = named / "episodes" / SLUG / "notes.md"
    notes = file.rename(file.with_name("Notes.md"))
    said = "Notes.md: is not read on every machine; call it notes.md"
    assert said in refusal(named, "check")
    notes.rename(notes.with_name("notes.md"))
    assert run(named, "check") == 0


def test_half_a_transcript_is_not_published_as_a_whole_one(
    named: Path, refusal: Refusal
) -> None:
    publish(named)
    path = named / "transcripts" / SLUG / "transcript.md"
    whole = path.read_text()
    path.write_text(whole[: whole.index(" for a sore back")])
    for command in ("check", "build"):
        told = refusal(named, command)
        assert "transcript.md: breaks off: 3" in told
        assert "words are heard after it, the first at 00:00:0" in told
    path.write_text(path.read_text() + "\n")  # somebody wants it so
    assert run(named, "check") == 0
    path.write_text(whole.rstrip("\n"))
    assert run(named, "check") == 0


def test_decisions_that_the_next_cut_cannot_read_are_named(
    named: Path, refusal: Refusal
) -> None:
    cut(named)
    path = named / "transcripts" / SLUG / "decisions.json"
    path.write_bytes(path.read_bytes()[:60])
    assert "decisions.json:1: is not JSON" in refusal(named, "check")


def test_offered_words_that_git_could_not_merge_are_named(
    named: Path, refusal: Refusal
) -> None:
    path = named / "transcripts" / SLUG / "corrections.json"
    rows = path.read_text() if path.is_file() else "{}\n"
    path.write_text(f"<<<<<<< ours\n{rows}=======\n{rows}>>>>>>> theirs\n")
    assert "corrections.json:1: git could not merge" in refusal(named, "check")


def test_what_is_to_come_is_public_at_its_moment_and_not_before(
    named: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    page = named / "site" / "answers" / path.stem / "index.html"
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773305999")  # a second before its time
    assert run(named, "build") == 0
    told = f"{SLUG}: waits until 2026-03-12 09:00 UTC; build and deploy again"
    assert told in capsys.readouterr().err
    assert not page.exists()
    assert SLUG not in (named / "feeds/podcast.xml").read_text()
    assert run(named, "status") == 0
    assert "scheduled" in capsys.readouterr().out
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1773306000")
    assert run(named, "build") == 0
    assert page.exists()
    assert SLUG in (named / "feeds/podcast.xml").read_text()


def test_a_clock_that_was_set_back_is_said_where_what_is_public_would_vanish(
    signed: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    refusal: Refusal,
) -> None:
    """Everybody looked for what was deleted."""
    facts = signed / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text() + "# looked at\n")
    capsys.readouterr()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1500000000")  # 2017
    told = refusal(signed, "build")
    for what in ("Heat and Ice", "Should I use heat or ice for a sore back?"):
        assert f"{what}: has vanished (GUID " in told
    assert "it waits until 2026-03-12 09:00 UTC, which by this computer's clock" in told
    assert "set the clock right" in told


def test_a_build_that_would_change_nothing_is_not_done_again(named: Path) -> None:
    publish(named)
    path = cut(named)
    sign(named, path)
    assert run(named, "build") == 0
    page = named / "site/answers" / path.stem / "index.html"
    page.write_text("tampered")
    assert run(named, "build") == 0
    assert page.read_text() == "tampered", "nothing was looked at"
    for change in (
        lambda: (named / "show.toml").touch(),
        lambda: (named / "feeds/answers.xml").touch(),
        lambda: (named / "cover.jpg").touch(),
        lambda: (named / ".pullquote/built.json").write_text("{"),
    ):
        before = (named / ".pullquote/built.json").stat().st_mtime_ns
        change()
        assert run(named, "build") == 0
        assert (named / ".pullquote/built.json").stat().st_mtime_ns != before
    shutil.rmtree(named / "site")
    assert run(named, "build") == 0
    assert "tampered" not in page.read_text()


@pytest.mark.parametrize("name", ["episodes", "transcripts"])
def test_a_file_in_a_folders_place_is_named(
    named: Path, refusal: Refusal, name: str
) -> None:
    shutil.rmtree(named / name)
    (named / name).write_text("")
    for command in ("check", "status"):
        assert f"{name}: is no folder; take it away" in refusal(named, command)
    assert "take " in refusal(named, "build")


def test_a_history_that_was_deleted_stops_build_and_check(
    signed: Path, refusal: Refusal
) -> None:
    """A withdrawn page was no more said to be that, and an old address led nowhere."""
    history = signed / "feeds/addresses.json"
    before = history.read_bytes()
    history.unlink()
    for command in ("build", "check"):
        assert "addresses.json: is gone: withdrawn" in refusal(signed, command)
    assert not history.exists()
    shutil.rmtree(history.parent)  # as who thinks that a build makes them anew
    for command in ("build", "check"):
        assert "addresses.json: is gone: withdrawn" in refusal(signed, command)
    (signed / ".pullquote/feeds.json").unlink()
    assert run(signed, "build") == 0, "who has no copy begins anew"
    assert history.read_bytes() == before


def test_a_broken_history_stops_build_and_check(named: Path, refusal: Refusal) -> None:
    publish(named)
    (named / "feeds").mkdir()
    (named / "feeds/addresses.json").write_text('{"schema": 1}')
    for command in ("build", "check"):
        assert "addresses.json: schema is" in refusal(named, command)
    text = '{"schema": "pullquote/addresses-1", "answers": [], "episodes": 1}'
    (named / "feeds/addresses.json").write_text(text)
    assert run(named, "check") == 1


@pytest.mark.parametrize(
    ("argv", "said"),
    [
        (("cut", SLUG, "99"), "suggestion 99: "),
        (("cut", SLUG), "neither a suggestion's number nor times"),
        (("cut", SLUG, "--question", "9-5", "--answer", "a-b"), "is not START-END"),
        (
            ("cut", SLUG, "--question", "0:09-0:05", "--answer", "0:09-0:22"),
            "ends before it starts",
        ),
        (("cut", "2020", "1"), "is no episode; choose one of: 2026"),
        (("approve", SLUG, "nothing", "--by", "fernby"), "no such answer"),
        (("suggest", "zzz"), "is no episode"),
        (("suggest", SLUG[3:].upper()), f"is no episode; choose one of: {SLUG}\n"),
        (("import-transcript", "talk", "captions.vtt"), "no name for a new one"),
        (("import-transcript", "2026-02-31-x", "captions.vtt"), "no name for a new"),
    ],
)
def test_what_does_not_exist_is_named_and_ends_with_2(
    named: Path,
    argv: tuple[str, ...],
    said: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(named)
    assert main(list(argv)) == 2
    assert said in capsys.readouterr().err


@pytest.mark.parametrize(("there", "told"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_pictures_and_sound_have_names_in_either_form_of_unicode(
    named: Path, there: Literal["NFC", "NFD"], told: Literal["NFC", "NFD"]
) -> None:
    """As where they were packed on a Mac: they were said not to be there."""
    publish(named)
    facts = named / "episodes" / SLUG / "episode.toml"
    recording = next(facts.parent.glob("recording.*"))
    sound = f"Aufnahme für Köln{recording.suffix}"
    recording.rename(recording.with_name(normalize(there, sound)))
    shutil.copy(named / "cover.jpg", facts.parent / normalize(there, "Hülle.jpg"))
    text = facts.read_text().replace(recording.name, normalize(told, sound))
    facts.write_text(f'cover = "{normalize(told, "Hülle.jpg")}"\n{text}')
    (named / "cover.jpg").rename(named / normalize(there, "Köln.jpg"))
    show = named / "show.toml"
    text = show.read_text().replace("cover.jpg", normalize(told, "Köln.jpg"))
    photo = f'id = "moss"\nphoto = "{normalize(told, "Köln.jpg")}"\n'
    show.write_text(text.replace('id = "moss"\n', photo))
    for command in ("check", "pull", "build", "check"):
        assert run(named, command) == 0, command
    assert (named / f"site/media/{SLUG}.jpg").is_file()
    assert (named / "site/people/moss/photo.jpg").is_file()


def test_colours_that_cannot_be_read_are_named(named: Path, refusal: Refusal) -> None:
    """Unless the style sheet is the show's own, which may use them otherwise."""
    publish(named)
    static = named / "templates" / "static"
    static.mkdir(parents=True)
    ours = (packaged_templates() / "static" / "tokens.css").read_text()
    (static / "tokens.css").write_text(ours.replace("--accent: #0b", "--accent: #fb"))
    assert "tokens.css:19: --accent on --wash has a contrast" in refusal(named, "check")
    (static / "style.css").write_text("a { color: var(--accent) }")
    assert run(named, "check") == 0


def test_check_names_every_fault_with_its_line(named: Path, refusal: Refusal) -> None:
    publish(named)
    run(named, "cut", SLUG, *CUT)
    assert run(named, "check") == 0
    path = answer_file(named)
    text = path.read_text().replace("topics = []", 'topics = ["hot"]')
    text = text.replace('["fernby"]', '["nobody"]').replace("0:22.", "9:22.")
    path.write_text(text)
    path.with_name("again.md").write_text(path.read_text())
    (named / "transcripts" / "2020-01-01-lost").mkdir()
    (named / "templates").mkdir(exist_ok=True)
    (named / "templates" / "anwser.html.j2").write_text("{% include 'foot.html.j2' %}")
    (named / "templates" / "foot.html.j2").write_text("Our foot")
    error = refusal(named, "check")
    for part in ("'hot'", "'nobody'", "belongs to no episode", "again"):
        assert part in error
    assert "perhaps answer.html.j2 is meant" in error
    assert "foot.html.j2: " not in error
    assert all(re.match(r"\S+: .*; ", line) for line in error.splitlines())
    (named / "templates" / "foot.html.j2").write_text("Our foot", "utf-16")
    error = refusal(named, "check")
    assert "foot.html.j2:1: is not UTF-8 text; save it as UTF-8" in error
    assert "belongs to no episode" in error


def test_a_broken_public_file_stops_the_build_and_the_old_site_stays(
    named: Path, refusal: Refusal
) -> None:
    publish(named)
    assert run(named, "build") == 0
    before = {
        p: p.read_bytes()
        for folder in ("site", "feeds")
        for p in (named / folder).rglob("*")
        if p.is_file()
    }
    transcript = named / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("[00:00:09]", "[0:9:9:9]"))
    assert "transcript.md:" in refusal(named, "build")
    assert {p: p.read_bytes() for p in before} == before


def test_a_broken_draft_is_named_and_the_rest_is_built(
    named: Path, refusal: Refusal
) -> None:
    other = named / "episodes" / "2026-05-01-draft"
    other.mkdir()
    (other / "episode.toml").write_text(
        'guid = "d"\ntitle = "D"\nheld = 2026-05-01\npeople = ["ghost"]\n'
    )
    publish(named)
    assert "episode.toml:4: unknown person 'ghost'; add" in refusal(named, "build")
    assert (named / "site" / "episodes" / SLUG / "index.html").is_file()


def test_a_mistyped_person_is_told_who_may_be_meant(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = named / "episodes" / SLUG / "episode.toml"
    facts.write_text(facts.read_text().replace('"fernby"', '"fernyb"', 1))
    assert run(named, "check") == 1
    assert "unknown person 'fernyb'; did you mean 'fernby'? Else add" in (
        capsys.readouterr().err
    )


def test_an_episode_of_which_one_folder_was_renamed_stops_the_build(
    named: Path, refusal: Refusal
) -> None:
    publish(named)
    assert run(named, "build") == 0
    (named / "episodes" / SLUG).rename(named / "episodes" / "2026-01-01-new")
    told = refusal(named, "build")
    assert f"{SLUG}: belongs to no episode; rename it like its episode" in told
    (named / "transcripts" / SLUG).rename(named / "transcripts" / "2026-01-01-new")
    assert run(named, "build") == 0


def test_the_same_cut_once_more_is_the_draft_that_is_there(named: Path) -> None:
    assert run(named, "cut", SLUG, *CUT[:-2]) == 0
    path = answer_file(named)
    path.write_text(path.read_text().replace('question = "', 'question = "Well: '))
    assert run(named, "cut", SLUG, *CUT) == 0
    assert answer_file(named) == path, "there is one"
    text = path.read_text()
    assert 'question = "Well: ' in text
    assert 'cut_by = "moss"' in text


def test_a_cut_takes_no_address_that_another_answer_has_or_had(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The build would stop at it, once it was signed."""
    path = cut(named)
    path.rename(path.with_name("heat.md"))
    stood = {"0" * 32: {"slugs": [path.stem, "cold"]}}
    text = json.dumps({"schema": "pullquote/addresses-1", "answers": stood})
    (named / "feeds").mkdir()
    (named / "feeds" / "addresses.json").write_text(text)
    other = (*CUT[:1], "0:01-0:05", *CUT[2:])
    for name, why in (("heat", "is another"), ("cold", "was another")):
        assert run(named, "cut", SLUG, *other, "--slug", name) == 2
        assert f"{name}: {why} answer's address" in capsys.readouterr().err
    again = (*CUT[:3], "0:09.5-0:16", *CUT[4:])
    assert run(named, "cut", SLUG, *again) == 0
    names = {one.stem for one in path.parent.glob("*.md")}
    assert names == {"heat", f"{path.stem}-2"}


def test_a_feed_that_would_lose_an_episode_is_stopped(
    named: Path, refusal: Refusal
) -> None:
    publish(named)
    assert run(named, "build") == 0
    feed = (named / "feeds" / "podcast.xml").read_bytes()
    facts = named / "episodes" / SLUG / "episode.toml"
    guid = re.search(r'guid = "(.+)"', facts.read_text())[1]  # type: ignore[index]
    facts.write_text(facts.read_text().replace(guid, "another"))
    assert guid in refusal(named, "build")
    assert (named / "feeds" / "podcast.xml").read_bytes() == feed
    assert run(named, "build", "--allow", guid) == 0


def test_status_counts_what_waits(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(named, "suggest")
    run(named, "cut", SLUG, *CUT)
    capsys.readouterr()
    assert run(named, "status", "--json") == 0
    facts = json.loads(capsys.readouterr().out)["episodes"][0]
    assert (facts["status"], facts["drafts"], facts["approved"]) == ("draft", 1, 0)
    assert (facts["to_name"], facts["overdue"]) == (0, 0)
    assert run(named, "status") == 0
    assert SLUG in capsys.readouterr().out


def test_a_private_name_that_is_redacted_is_in_no_output(named: Path) -> None:
    transcript = named / "transcripts" / SLUG / "transcript.md"
    text = transcript.read_text().replace("from a viewer.", "from Zebulon Quandary.")
    transcript.write_text(text)
    (transcript.parent / "redactions.toml").write_text(
        "[[redaction]]\nstart = 00:00:04.000\nend = 00:00:05.000\n"
        'replacement = "a viewer"\n'
    )
    publish(named)
    assert run(named, "build") == 1  # the sound still has it
    assert run(named, "run") == 0
    assert run(named, "suggest") == 0
    for file in [*named.glob("site/**/*"), *named.glob("feeds/*")]:
        if file.is_file():
            assert "Quandary" not in file.read_text(errors="replace")
    assert "Quandary" not in (transcript.parent / "suggestions.json").read_text()


def test_a_redaction_reaches_words_json_and_the_sound(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pullquote.media.sound import decode_mono

    folder = named / "transcripts" / SLUG
    assert '"viewer."' in (folder / "words.json").read_text()
    (folder / "redactions.toml").write_text(
        "[[redaction]]\nstart = 00:00:04.000\nend = 00:00:05.000\n"
        'replacement = "someone"\n'
    )
    assert run(named, "check") == 1  # the sound was made before
    assert "can be heard at 00:00:04" in capsys.readouterr().err
    assert run(named, "run") == 0
    assert run(named, "check") == 1  # transcript.md still has the words
    assert "can be heard" not in capsys.readouterr().err
    assert '"viewer."' not in (folder / "words.json").read_text()
    sound = decode_mono(named / "episodes" / SLUG / "enclosure.mp3", 16_000)
    assert abs(sound[4_000 * 16 : 5_000 * 16]).max() < 1e-3
    assert abs(sound[3_000 * 16 : 3_800 * 16]).max() > 0.05
    before = (folder / "words.json").stat().st_mtime_ns
    assert run(named, "run") == 0
    assert (folder / "words.json").stat().st_mtime_ns == before


def test_a_redaction_after_approval_stops_the_build_until_the_answer_is_clean(
    named: Path, refusal: Refusal
) -> None:
    folder = named / "transcripts" / SLUG
    words = (folder / "words.json").read_text().replace('"muscles,"', '"Quandary,"')
    (folder / "words.json").write_text(words)
    text = (folder / "transcript.md").read_text()
    (folder / "transcript.md").write_text(text.replace("muscles,", "Quandary,"))
    publish(named)
    path = cut(named)
    sign(named, path)
    (at,) = re.findall(r"\[(\d+), (\d+), \"Quandary,\"", words)
    (folder / "redactions.toml").write_text(
        f"[[redaction]]\nstart = 00:00:{int(at[0]) / 1000:06.3f}\n"
        f'end = 00:00:{int(at[1]) / 1000:06.3f}\nreplacement = "someone"\n'
    )
    (folder / "transcript.md").write_text(text.replace("muscles,", "someone,"))
    assert path.name in refusal(named, "build")
    assert not (named / "site" / "answers" / path.stem).exists()


def test_two_at_once_cannot_harm_each_other(
    named: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from pullquote.formats.folder import ShowFolder
    from pullquote.pipeline.lock import only_one

    with only_one(ShowFolder(named)):
        assert run(named, "build") == 2
        told = capsys.readouterr().err
        assert re.search(
            r"another Pullquote is at work in this show \(pullquote.*, since \d\d:\d\d\)",
            told,
        )
        assert "end it with Ctrl+C there" in told
        assert run(named, "private", SLUG) == 0, "what only looks waits for nobody"
    assert run(named, "build") == 0


def test_who_is_at_work_is_told_where_that_can_be_written_and_stops_nobody(
    named: Path,
) -> None:
    told = named / ".pullquote" / "at-work"
    told.unlink()
    told.mkdir()  # nothing can be written in its place
    assert run(named, "build") == 0


def test_init_makes_a_show_that_is_sound(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "new"
    assert main(["init", str(folder), "--title", 'The "Back" Show']) == 0
    assert "/feeds/*.xml -merge\n" in (folder / ".gitattributes").read_text()
    assert run(folder, "check") == 0
    assert run(folder, "status") == 0
    assert run(folder, "build") == 0
    assert main(["init", str(folder)]) == 2
    assert "is there already" in capsys.readouterr().err


def test_no_show_here_is_one_line(tmp_path: Path, refusal: Refusal) -> None:
    for command in ("status", "build", "check", "pull", "run"):
        assert "no show here" in refusal(tmp_path, command)
    assert list(tmp_path.iterdir()) == []


def test_verbose_shows_where_an_error_arose(tmp_path: Path, refusal: Refusal) -> None:
    assert "Traceback" in refusal(tmp_path, "build", "-v")


def test_a_review_that_was_changed_by_hand_is_refused(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = answer_file(signed)
    with (signed / "show.toml").open("a") as file:
        file.write('[[people]]\nid = "reed"\nname = "Ida Reed"\ncredentials = "MD"\n')
    path.write_text(path.read_text().replace('by = "fernby"', 'by = "reed"'))
    assert "its review is not the one that was signed" in refused(signed, capsys)
    assert run(signed, "approve", SLUG, path.stem, "--by", "reed") == 0
    assert run(signed, "check") == 0


def test_words_of_a_voice_that_nobody_confirmed_stop_a_page(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    transcript = signed / "transcripts" / SLUG / "transcript.md"
    spoken = "Use it for fifteen"
    text = transcript.read_text()
    assert spoken in text
    transcript.write_text(
        text.replace(spoken, f"\n**Ada Fernby?** [00:00:16]\n{spoken}")
    )
    told = refused(signed, capsys)
    assert "nobody confirmed who speaks in its clip at 00:00:16" in told
    assert sign(signed, answer_file(signed)) == 1


def test_redactions_that_cannot_be_read_never_pass_for_none(
    signed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (signed / "transcripts" / SLUG / "redactions.toml").symlink_to("elsewhere.toml")
    assert "redactions.toml: no such file" in refused(signed, capsys)


def test_what_an_editor_program_leaves_beside_answers_is_no_answer(
    signed: Path,
) -> None:
    answers = answer_file(signed).parent
    (answers / ".#heat.md").symlink_to("ada@desk.1234")
    (answers / "._heat.md").write_bytes(b"\xff\x00")
    assert run(signed, "check") == 0


def test_what_the_system_refuses_is_one_line(
    signed: Path, capsys: pytest.CaptureFixture[str], refusal: Refusal
) -> None:
    capsys.readouterr()
    assert run(signed, "cut", SLUG, *CUT, "--slug", "../../evil") == 2
    assert "../../evil: cannot be an address; use" in capsys.readouterr().err
    assert run(signed / "show.toml" / ("x" * 300), "check") == 1
    assert capsys.readouterr().err.count("\n") == 1
    shutil.rmtree(signed / ".pullquote")
    (signed / ".pullquote").write_text("in the way")
    assert ".pullquote: cannot be written (File exists)" in refusal(signed, "build")
    assert main(["init", str(signed / "show.toml" / "new")]) == 1
    assert "cannot be written (Not a directory)" in capsys.readouterr().err


def test_what_is_saved_while_a_build_goes_on_is_built_the_next_time(
    signed: Path,
) -> None:
    path = answer_file(signed)
    page = signed / "site" / "answers" / path.stem / "index.html"

    class Editing:
        """Saves the answer without its review once everything has been read."""

        @contextmanager
        def task(self, title: str) -> Iterator[Progress]:
            path.write_text(path.read_text().replace("fifteen", "fifty"))
            yield silent

    (signed / "show.toml").touch()
    build_public(ShowFolder(signed), Editing())
    assert page.is_file()
    assert run(signed, "build") == 0
    assert not page.exists()


def test_a_dead_link_of_an_editor_program_stops_no_build(signed: Path) -> None:
    lock = answer_file(signed).with_name(".#heat.md")
    lock.symlink_to("ada@desk.1234")
    assert run(signed, "build") == 0


def test_a_deploy_is_remembered_and_a_rehearsal_is_not(
    named: Path, tmp_path: Path
) -> None:
    publish(named)
    assert run(named, "build") == 0
    folder = ShowFolder(named)
    assert run(named, "deploy", str(tmp_path / "www"), "--dry-run") == 0
    assert deployed_at(folder) is None
    assert run(named, "deploy", str(tmp_path / "www")) == 0
    deployed, built = deployed_at(folder), built_at(folder)
    assert deployed is not None
    assert built is not None
    assert deployed >= built
    os.utime(folder.state / "deployed", (1_800_000_000, 1_800_000_000))
    before = deployed_at(folder)
    assert run(named, "deploy", str(tmp_path / "www")) == 0
    assert deployed_at(folder) != before, "each deploy is one"
