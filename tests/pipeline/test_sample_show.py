"""The show in this repository: sound, and byte-stable."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pullquote.cli import main

ROOT = Path(__file__).parents[2]
EPISODE = "2026-03-11-back-pain-basics"
SEARCH = "pagefind"
"""Pagefind keeps filter values in a hash map: its index is never twice the same."""
PARTS = (
    "show.toml",
    "sample/cover.jpg",
    f"episodes/{EPISODE}",
    f"transcripts/{EPISODE}",
    "feeds",
)


def copy_show(target: Path) -> Path:
    for part in PARTS:
        source, copy = ROOT / part, target / part
        copy.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy2)(source, copy)
    return target


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    show = copy_show(tmp_path_factory.mktemp("show"))
    assert main(["build", "--show", str(show)]) == 0
    return show


def test_the_committed_show_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "--show", str(ROOT)]) == 0, capsys.readouterr().err


def test_the_committed_feeds_are_what_a_build_makes(built: Path) -> None:
    for path in (ROOT / "feeds").iterdir():
        assert (built / "feeds" / path.name).read_bytes() == path.read_bytes()


def test_nothing_of_the_committed_show_is_due(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """``make run`` changes no committed file."""
    show = copy_show(tmp_path)
    text = (show / "show.toml").read_text().replace("sample/recordings", "empty")
    (show / "show.toml").write_text(text)
    (show / "empty").mkdir()
    assert main(["run", "--show", str(show), "--json"]) == 0
    outcomes = json.loads(capsys.readouterr().out)["outcomes"]
    assert {o["stage"] for o in outcomes if o["state"] == "done"} == {"build"}
    for part in PARTS[1:]:
        for path in (ROOT / part).rglob("*"):
            if path.is_file():
                copy = show / path.relative_to(ROOT)
                assert copy.read_bytes() == path.read_bytes(), path


def test_builds_in_other_folders_zones_and_locales_are_equal(
    built: Path, tmp_path: Path
) -> None:
    show = copy_show(tmp_path / "\u00e4nderer Ort")
    shutil.rmtree(show / "feeds")
    environment = os.environ | {
        "TZ": "Pacific/Kiritimati",
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "PYTHONHASHSEED": "77",
        "PYTHONPATH": str(ROOT),
    }
    subprocess.run(
        [sys.executable, str(ROOT / "publish.py"), "build", "--show", str(show)],
        env=environment,
        cwd=tmp_path,
        check=True,
        capture_output=True,
    )

    def tree(folder: Path) -> dict[str, bytes]:
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for name in ("site", "feeds")
            for path in (folder / name).rglob("*")
            if path.is_file() and SEARCH not in path.parts
        }

    one, other = tree(built), tree(show)
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []


def test_an_answer_page_has_all_that_its_purpose_needs(built: Path) -> None:
    slug = "when-does-back-pain-need-an-mri"
    page = (built / "site" / "answers" / slug / "index.html").read_text()
    for part in (
        "<h1",
        "When does back pain need an MRI?",
        "Marcus Brambleworth",
        "MD, orthopedic spine surgeon",
        "Less often than people expect.",
        "Back Pain Basics",
        "March 11, 2026",
        f"../../media/{EPISODE}.mp3#t=",
        "https://spine-time.example/sign-up",
        "https://spine-time.example/treatments/mri",
        "All answers",
        "synthetic",
        "Last reviewed",
    ):
        assert part in page, part


def test_what_the_sample_redacts_is_nowhere(built: Path) -> None:
    truth = json.loads((ROOT / "sample/scripts" / f"{EPISODE}.truth.json").read_text())
    private = [pair["private"] for pair in truth["pairs"] if pair["private"]]
    names = [word for p in private for word in p["name"].split()]
    assert names
    places = [built / "site", built / "feeds", built / "transcripts"]
    for place in places:
        for path in place.rglob("*"):
            if path.is_file():
                text = path.read_bytes().decode(errors="replace")
                assert not [name for name in names if name in text], path


def test_a_name_typed_into_a_public_transcript_stops_the_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    show = copy_show(tmp_path)
    transcript = show / "transcripts" / EPISODE / "transcript.md"
    text = transcript.read_text()
    assert "comes from a viewer." in text
    typed = "comes from a viewer named Dorothy Quillfeather."
    transcript.write_text(text.replace("comes from a viewer.", typed))
    assert main(["build", "--show", str(show)]) == 1
    error = capsys.readouterr().err
    assert "something private (name)" in error
    assert "Quillfeather" not in error
    assert not (show / "site").exists()


def test_every_page_says_that_the_sample_is_synthetic(built: Path) -> None:
    for path in (built / "site").rglob("*.html"):
        if path.name != "transcript.html":
            assert "Synthetic sample" in path.read_text(), path
    assert "Synthetic sample" in (built / "feeds" / "podcast.xml").read_text()
    assert "Synthetic sample" in (built / "feeds" / "answers.xml").read_text()
