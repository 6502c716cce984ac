"""Voices of people who agreed: learned from what people confirmed, and forgotten."""

from __future__ import annotations

import json
import os
import shutil
import stat
from pathlib import Path

import pytest

from pullquote.cli import main
from pullquote.errors import UsageError
from pullquote.formats.folder import ShowFolder
from pullquote.formats.show_toml import load_show
from pullquote.formats.transcript_md import load_transcript
from pullquote.formats.voice_json import LearnedVoice, load_voice, save_voice
from pullquote.pipeline.outcome import Quiet
from pullquote.pipeline.transcribing.voices import confirm_voice, known_voices

ROOT = Path(__file__).parents[2]
SLUG = "2026-03-11-back-pain-basics"
AGREED = "voice_consent = 2026-03-01\n"


@pytest.fixture
def folder(tmp_path: Path) -> ShowFolder:
    """The sample show, in which one doctor agreed."""
    for name in ("episodes", "transcripts"):
        shutil.copytree(ROOT / name / SLUG, tmp_path / name / SLUG)
    asked = 'id = "copperfold"\n'
    (tmp_path / "show.toml").write_text(
        nobody_agreed().replace(asked, f"{asked}{AGREED}")
    )
    return ShowFolder(tmp_path)


def nobody_agreed() -> str:
    return (ROOT / "show.toml").read_text().replace(AGREED, "")


@pytest.mark.model
def test_a_confirmed_turn_teaches_a_voice_that_agreed_and_no_other(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    show = load_show(folder.show)
    known = known_voices(folder, show, Quiet())
    assert list(known) == ["copperfold"]
    (print_of_one,) = known["copperfold"]
    assert sum(x * x for x in print_of_one) == pytest.approx(1, abs=0.01)

    path = folder.voice("copperfold")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert (folder.voices / ".gitignore").read_text() == "*\n"
    before = path.stat().st_mtime_ns
    again = known_voices(folder, show, Quiet())
    assert again["copperfold"][0] == pytest.approx(print_of_one, abs=1e-4)
    assert path.stat().st_mtime_ns == before, "learned once, nothing to learn again"

    path.write_text("{")
    again = known_voices(folder, show, Quiet())
    assert again["copperfold"][0] == pytest.approx(print_of_one, abs=1e-4)

    assert main(["voices", "--show", str(folder.root)]) == 0
    assert SLUG in capsys.readouterr().out
    assert main(["voices", "--forget", "copperfold", "--show", str(folder.root)]) == 0
    assert "still agrees" in capsys.readouterr().err
    assert not path.exists()


def learned(folder: ShowFolder, *slugs: str) -> None:
    """Let copperfold's voice be known from episodes."""
    prints = [LearnedVoice(episode=slug, made_from="", print=(1.0,)) for slug in slugs]
    save_voice(folder.voice("copperfold"), "copperfold", prints)


def test_an_episode_in_which_it_was_another_teaches_nothing_any_more(
    folder: ShowFolder,
) -> None:
    """Else the other's voice would be taken for hers in all episodes to come."""
    learned(folder, "2026-01-01-another", SLUG)
    path = folder.episode(SLUG).transcript
    path.write_text(path.read_text().replace("Irene Copperfold", "Simon Larkfield"))
    known = known_voices(folder, load_show(folder.show), Quiet())
    assert known == {"copperfold": [(1.0,)]}
    (left,) = load_voice(folder.voice("copperfold"))
    assert left.episode == "2026-01-01-another"


def test_what_a_renamed_episode_taught_follows_it_and_is_unlearnt_there(
    folder: ShowFolder,
) -> None:
    """Its print stayed under the old name, of whoever was thought to speak."""
    learned(folder, SLUG)  # as older versions wrote it
    show, path = load_show(folder.show), folder.voice("copperfold")
    made = path.with_suffix(".old")
    paths = folder.episode(SLUG)
    next(paths.facts.parent.glob("recording.*")).unlink()  # nothing is learnt anew
    known_voices(folder, show, Quiet())
    made.write_text(path.read_text())
    new = folder.episode("2026-03-11-basics")
    paths.facts.parent.rename(new.facts.parent)
    paths.transcript.parent.rename(new.transcript.parent)
    assert known_voices(folder, show, Quiet()) == {"copperfold": [(1.0,)]}
    (one,) = load_voice(path)
    assert one.episode == new.slug
    path.write_text(made.read_text())  # renamed and put right before the next run
    text = new.transcript.read_text()
    new.transcript.write_text(text.replace("Irene Copperfold", "Simon Larkfield"))
    assert known_voices(folder, show, Quiet()) == {"copperfold": []}
    assert not path.exists()


def test_an_unsound_episode_stops_no_other(folder: ShowFolder) -> None:
    learned(folder, SLUG)
    path = folder.episode(SLUG).transcript
    path.write_text(path.read_text() + "<<<<<<< HEAD\n")
    known = known_voices(folder, load_show(folder.show), Quiet())
    assert known == {"copperfold": [(1.0,)]}


def test_older_episodes_than_count_are_not_heard_again(folder: ShowFolder) -> None:
    """An archive would be decoded whole before each new recording."""
    learned(folder, *(f"2027-01-{day:02}-later" for day in range(1, 21)))
    known = known_voices(folder, load_show(folder.show), Quiet())
    assert known == {"copperfold": [(1.0,)] * 20}


def test_who_agrees_no_more_is_forgotten_at_the_next_run(folder: ShowFolder) -> None:
    folder.voices.mkdir(parents=True)
    for person in ("brambleworth", "somebody-who-left"):
        folder.voice(person).write_text("{}")
    folder.show.write_text(nobody_agreed())
    assert known_voices(folder, load_show(folder.show), Quiet()) == {}
    assert list(folder.voices.glob("*.json")) == []


def test_a_voice_is_named_for_the_whole_episode(folder: ShowFolder) -> None:
    path = folder.episode(SLUG).transcript
    text = path.read_text()
    path.write_text(text.replace("**Irene Copperfold**", "**S7**"))
    show = load_show(folder.show)
    assert confirm_voice(folder, show, SLUG, "S7", "copperfold") > 1
    assert path.read_text() == text
    path.write_text(text.replace("**Irene Copperfold**", "**Marcus Brambleworth?**"))
    confirm_voice(folder, show, SLUG, "Marcus Brambleworth?", "Irene Copperfold")
    assert path.read_text() == text
    assert not any(turn.guessed for turn in load_transcript(path).turns)


def test_what_an_editor_writes_while_a_voice_is_named_stays(
    folder: ShowFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder.episode(SLUG).transcript
    text = path.read_text()
    path.write_text(text.replace("**Irene Copperfold**", "**S7**"))
    flush = os.fsync

    def slow(handle: int) -> None:
        flush(handle)
        if "Hello and a warm welcome" not in (now := path.read_text()):
            path.write_text(
                now.replace("Hello and welcome", "Hello and a warm welcome", 1)
            )

    monkeypatch.setattr(os, "fsync", slow)
    confirm_voice(folder, load_show(folder.show), SLUG, "S7", "copperfold")
    assert path.read_text() == text.replace(
        "Hello and welcome", "Hello and a warm welcome", 1
    )


def test_what_cannot_be_named_says_what_can(folder: ShowFolder) -> None:
    show = load_show(folder.show)
    with pytest.raises(UsageError, match="choose one of: larkfield"):
        confirm_voice(folder, show, SLUG, "S1", "nobody")
    with pytest.raises(UsageError, match="no voice that waits for a name"):
        confirm_voice(folder, show, SLUG, "S9", "copperfold")


def test_the_command_names_and_forgets(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    path = folder.episode(SLUG).transcript
    path.write_text(path.read_text().replace("**Irene Copperfold**", "**S7**"))
    where = ["--show", str(folder.root), "--json"]
    assert main(["voices", "--name", "2026-03", "S7", "copperfold", *where]) == 0
    assert json.loads(capsys.readouterr().out)["turns"] > 1
    assert main(["voices", "--forget", "larkfield", *where]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["forgotten"] is False
    assert [p["agreed_on"] for p in told["people"]] == [None, "2026-03-01", None]
    assert main(["voices", "--forget", "nobody", *where]) == 2


def test_damaged_prints_are_made_anew_not_believed(folder: ShowFolder) -> None:
    folder.voices.mkdir(parents=True)
    path = folder.voice("copperfold")
    path.write_text('{"schema": "pullquote/voice-1", "prints": [{}]}')
    shutil.rmtree(folder.root / "transcripts")
    assert known_voices(folder, load_show(folder.show), Quiet()) == {"copperfold": []}
    assert not load_voice(folder.voice("larkfield"))


def test_an_episodes_voices_are_listed_with_where_each_is_best_heard(
    folder: ShowFolder, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["voices", SLUG, "--json", "--show", str(folder.root)]) == 0
    rows = json.loads(capsys.readouterr().out)["voices"]
    assert [row["name"] for row in rows] == [
        "Simon Larkfield",
        "Irene Copperfold",
        "Marcus Brambleworth",
    ]
    turns = load_transcript(folder.episode(SLUG).transcript).turns
    assert sum(row["turns"] for row in rows) == len(turns)
    for row in rows:
        (there,) = [turn for turn in turns if turn.start == row["start"]]
        assert (there.speaker, there.text) == (row["name"], row["text"])
    folder.episode(SLUG).transcript.unlink()
    assert main(["voices", SLUG, "--show", str(folder.root)]) == 1
    assert "transcript.md" in capsys.readouterr().err
