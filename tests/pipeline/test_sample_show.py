"""The show in this repository: sound, byte-stable, and read by other people's clients."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

import feedparser
import podcastparser
import pytest

from pullquote.cli import main
from pullquote.formats.folder import ShowFolder
from pullquote.model.library import Library
from pullquote.pipeline.library.load import load_library

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


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library(ShowFolder(ROOT)).library


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


def expected(library: Library) -> list[tuple[str, str, datetime, str, int, str]]:
    rows = []
    for entry in library.published:
        enclosure, published = entry.enclosure, entry.episode.published
        assert enclosure is not None
        assert published is not None
        url = f"{library.show.site}media/{entry.slug}.mp3"
        facts = (entry.episode.title, entry.episode.guid, published)
        rows.append((*facts, url, enclosure.length, enclosure.type))
    return rows


def test_feedparser_reads_every_episode_as_it_is(built: Path, library: Library) -> None:
    feed = feedparser.parse((built / "feeds" / "podcast.xml").read_bytes())
    assert not feed.bozo
    found = [
        (
            entry.title,
            entry.id,
            parsedate_to_datetime(entry.published),
            entry.enclosures[0].href,
            int(entry.enclosures[0].length),
            entry.enclosures[0].type,
        )
        for entry in feed.entries
    ]
    assert found == expected(library)


def test_podcastparser_reads_every_episode_as_it_is(
    built: Path, library: Library
) -> None:
    with (built / "feeds" / "podcast.xml").open("rb") as stream:
        feed: dict[str, Any] = podcastparser.parse("file:podcast.xml", stream)
    found = [
        (
            episode["title"],
            episode["guid"],
            datetime.fromtimestamp(episode["published"], UTC),
            episode["enclosures"][0]["url"],
            episode["enclosures"][0]["file_size"],
            episode["enclosures"][0]["mime_type"],
        )
        for episode in feed["episodes"]
    ]
    assert found == expected(library)


def test_both_clients_read_every_answer_as_it_is(built: Path, library: Library) -> None:
    data = (built / "feeds" / "answers.xml").read_bytes()
    answers = {a.id: a for entry in library.published for a in entry.approved}
    assert len(answers) >= 3
    read = feedparser.parse(data)
    assert not read.bozo
    with (built / "feeds" / "answers.xml").open("rb") as stream:
        other: dict[str, Any] = podcastparser.parse("file:answers.xml", stream)
    assert {e.id for e in read.entries} == set(answers)
    for entry in read.entries:
        answer = answers[entry.id]
        assert answer.review is not None
        assert entry.title == answer.question
        assert entry.link == f"{library.show.site}answers/{answer.slug}/"
        day = parsedate_to_datetime(entry.published)
        assert day == datetime(*answer.review.on.timetuple()[:3], 12, tzinfo=UTC)
        (same,) = [e for e in other["episodes"] if e["guid"] == entry.id]
        assert same["title"] == answer.question
        assert datetime.fromtimestamp(same["published"], UTC) == day
    items = json.loads((built / "feeds" / "answers.json").read_bytes())["items"]
    assert [item["id"] for item in items] == [e.id for e in read.entries]


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
