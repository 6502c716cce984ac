"""What a producer sees of a pull."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree

import pytest
from typer.testing import CliRunner

from pullquote.cli import main
from pullquote.cli.app import app
from pullquote.errors import ContentError
from pullquote.formats.episode_toml import load_episode
from pullquote.formats.show_toml import parse_show
from tests.media.made import speechlike, write
from tests.media_files import write_tone
from tests.pull.server import Page, Site, serving

SHOW = 'title = "T"\ndescription = "D"\nsite = "https://x.example/"\n'


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


def test_v_shows_the_original_behind_a_failures_line(
    tmp_path: Path, site: Site
) -> None:
    (tmp_path / "show.toml").write_text(SHOW)
    url = site.put("/a.mp3", Page(status=404))
    asked = ["pull", url, "--show", str(tmp_path)]
    short = CliRunner().invoke(app, asked)
    assert short.exit_code == 1
    assert short.stderr == (
        f"pull: {url}: is not there (HTTP 404); check the address in a browser\n"
    )
    long = CliRunner().invoke(app, [*asked, "-v"])
    assert "HTTP Error 404: Not Found" in long.stderr
    assert long.stderr.endswith(short.stderr)


def test_an_empty_name_pulls_no_whole_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As a script's variable may be that was never set."""
    assert main(["init", str(tmp_path / "show")]) == 0
    write_tone(tmp_path / "private-call.wav", seconds=1)
    monkeypatch.chdir(tmp_path)
    assert main(["pull", "", "--show", str(tmp_path / "show")]) == 2
    assert "pull: is given an empty name; name an address" in capsys.readouterr().err
    assert not (tmp_path / "show/episodes").exists()


def test_the_version_names_what_is_pulled_with() -> None:
    told = CliRunner().invoke(app, ["--version"])
    assert re.fullmatch(r"pullquote \S+, yt-dlp \S+, deno \S+\n", told.stdout)


def test_a_timezone_is_checked_where_it_stands() -> None:
    path = Path("show.toml")
    assert parse_show(f'{SHOW}timezone = "America/Denver"', path).zone is not None
    for wrong in ("Denver", "America", "/etc/localtime", ""):
        with pytest.raises(ContentError, match="'timezone' is") as caught:
            parse_show(f'{SHOW}timezone = "{wrong}"', path)
        assert caught.value.line == 4


def test_a_recording_takes_no_others_transcript(tmp_path: Path) -> None:
    """It waits where only the episode's own folder was renamed."""
    (tmp_path / "show.toml").write_text(SHOW)
    for number, name in enumerate(("a", "b"), 1):
        (tmp_path / name).mkdir()
        write(tmp_path / name / "2025-03-12 talk.wav", speechlike(number))
    show = ["--show", str(tmp_path)]
    invoke = CliRunner().invoke
    assert invoke(app, ["pull", str(tmp_path / "a"), *show]).exit_code == 0
    captions = tmp_path / "c.srt"
    captions.write_text("1\n00:00:00,000 --> 00:00:01,000\nHeat helps.\n")
    assert (
        invoke(app, ["import-transcript", "2025", str(captions), *show]).exit_code == 0
    )
    (tmp_path / "episodes/2025-03-12-talk").rename(tmp_path / "episodes/2025-03-12-x")
    assert invoke(app, ["pull", str(tmp_path / "b"), *show]).exit_code == 0
    assert (tmp_path / "episodes/2025-03-12-talk-2").is_dir()
    rmtree(tmp_path / "episodes")  # and its own is waited for
    assert invoke(app, ["pull", str(tmp_path / "a"), *show]).exit_code == 0
    assert (tmp_path / "episodes/2025-03-12-talk").is_dir()


def test_a_file_is_looked_for_where_one_types(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    show = tmp_path / "show"
    show.mkdir()
    (show / "show.toml").write_text(SHOW)
    write(tmp_path / "Über 1.wav", speechlike(2))
    write(show / "inside.wav", speechlike(3))
    monkeypatch.chdir(tmp_path)
    for name in ("Über 1.wav", "inside.wav"):  # the latter lies in the show's folder
        told = CliRunner().invoke(app, ["pull", name, "--show", "show"])
        assert told.exit_code == 0, told.stderr
        assert "no name tells the day, taken from the file" in told.stdout
    facts = [load_episode(p) for p in sorted(show.glob("episodes/*/episode.toml"))]
    ids = {f.recording.source_id for f in facts if f.recording}
    assert ids == {f"file:{tmp_path / 'Über 1.wav'}", "file:inside.wav"}


def test_a_show_without_anything_is_told_what_comes_next(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW)

    def said(*asked: str) -> str:
        told = CliRunner().invoke(app, [*asked, "--show", str(tmp_path)])
        assert told.exit_code == 0, told.stderr
        return re.sub(r"pullquote pull.*", "...", told.stdout)

    assert said("pull") == "show.toml has no [[sources]] to look at; one by one: ...\n"
    for stage in ("status", "transcribe", "suggest"):
        assert said(stage) == "No episodes yet. Bring one in: ...\n"


def test_what_is_taken_for_the_same_recording_is_named(tmp_path: Path) -> None:
    (tmp_path / "show.toml").write_text(SHOW)
    (tmp_path / "talks").mkdir()
    for name in ("2026-05-04 talk.mp3", "2026-05-04 talk.wav"):
        write(tmp_path / "talks" / name, speechlike(2))
    asked = ["pull", str(tmp_path / "talks"), "--show", str(tmp_path)]
    told = CliRunner().invoke(app, asked)
    assert told.stdout.count("pulled 2026-05-04-talk (from ") == 1
    assert "taken for the same by name: 2026-05-04 talk." in told.stdout
