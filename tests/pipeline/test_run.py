"""The whole path on real recordings, sound ones and bad ones side by side."""

import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest

from pullquote.cli import main
from pullquote.media.sound import decode_mono

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample" / "recordings" / "2026-04-15-nerve-pain-and-numbness.opus"
RATE = 16_000
SHOW = """\
title = "Back Talk"
description = "Viewers ask, doctors answer."
site = "https://back-talk.example/"
[[sources]]
url = "recordings"
[transcribe]
language = "en"
speakers = false
"""
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "path": "../../etc/passwd",
    "emoji": "\U0001f9b4\U0001f525",
    "long": "x" * 500,
    "rtl": "\u05db\u05d0\u05d1 \u05d2\u05d1",
}


def write_wav(path: Path, sound: np.ndarray) -> None:
    import wave

    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((sound * 32_767).astype("<i2").tobytes())


def run(show: Path, *argv: str) -> int:
    return main([*argv, "--show", str(show)])


def words_of(show: Path, title: str) -> list[list[object]]:
    (path,) = show.glob(f"transcripts/*-{title}/words.json")
    segments = json.loads(path.read_text())["segments"]
    return [word for segment in segments for word in segment["words"]]


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """Six seconds in which a viewer's question is read out."""
    sound = decode_mono(SAMPLE, RATE)
    return sound[49_500 * 16 : 55_500 * 16]


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, speech: np.ndarray) -> Path:
    """A show whose folder of recordings holds good ones and bad ones."""
    show = tmp_path_factory.mktemp("mixed")
    (show / "show.toml").write_text(SHOW)
    source = show / "recordings"
    source.mkdir()
    quiet = np.zeros(60 * RATE, np.float32)
    write_wav(source / "good.wav", speech)
    write_wav(source / "late.wav", np.concatenate([quiet, speech]))
    write_wav(source / "nobody.wav", quiet[: 5 * RATE])
    write_wav(source / "short.wav", speech[: 2 * RATE])
    (source / "empty.mp3").touch()
    (source / "text.mp3").write_text("Not a recording at all.\n" * 50)
    (source / "cut.opus").write_bytes(SAMPLE.read_bytes()[:400_000])
    (source / "noise.mp4").write_bytes(bytes(range(256)) * 400)
    return show


@pytest.mark.model
def test_bad_recordings_are_named_and_the_others_go_all_the_way(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(mixed, "run") == 1
    errors = capsys.readouterr().err.splitlines()
    for name in ("empty.mp3", "text.mp3", "cut.opus", "noise.mp4"):
        (line,) = [e for e in errors if name in e and e.startswith("pull ")]
        assert re.search(r": .+; .+", line), line
    assert len(list(mixed.glob("episodes/*/episode.toml"))) == 4
    assert len(list(mixed.glob("transcripts/*/transcript.md"))) == 4
    assert (mixed / "site" / "index.html").is_file()
    leftovers = [p for p in mixed.rglob("*.part*") if p.is_file()]
    assert leftovers == []

    good = words_of(mixed, "good")
    assert "leg" in " ".join(str(word[2]).lower() for word in good)
    assert words_of(mixed, "nobody") == []
    late = words_of(mixed, "late")
    assert abs(int(str(late[0][0])) - int(str(good[0][0])) - 60_000) < 400
    assert max(int(str(word[1])) for word in words_of(mixed, "short")) <= 2_050

    assert run(mixed, "status") == 1
    shown = capsys.readouterr()
    assert shown.out.count("not pulled: ") == 4
    assert "nobody speaks in its recording" in shown.err


@pytest.mark.model
def test_a_second_run_does_nothing_twice(
    mixed: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if not list(mixed.glob("transcripts/*")):
        run(mixed, "run")
    files = [p for p in mixed.rglob("*") if p.is_file() and ".pullquote" not in p.parts]
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in files}
    capsys.readouterr()
    assert run(mixed, "run", "--json") == 1
    states = json.loads(capsys.readouterr().out)["outcomes"]
    assert {o["stage"] for o in states if o["state"] == "done"} == {"build"}
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in before} == before


def test_hostile_titles_become_safe_names_and_are_printed_as_text(
    tmp_path: Path, speech: np.ndarray
) -> None:
    (tmp_path / "show.toml").write_text(SHOW)
    source = tmp_path / "recordings"
    source.mkdir()
    for number, (name, title) in enumerate(HOSTILE.items()):
        write_wav(source / f"{name}.wav", speech[number * RATE // 4 :][: 3 * RATE])
        facts = f"title = {json.dumps(title, ensure_ascii=False)}\nheld = 2026-03-11\n"
        (source / f"{name}.toml").write_text(facts)
    assert run(tmp_path, "pull") == 0
    slugs = sorted(
        path.parent.name for path in tmp_path.glob("episodes/*/episode.toml")
    )
    assert len(slugs) == len(HOSTILE)
    assert all(re.fullmatch(r"2026-03-11-[a-z0-9-]{1,80}", slug) for slug in slugs)
    for path in tmp_path.glob("episodes/*/episode.toml"):
        text = path.read_text().replace(
            'status = "draft"', 'status = "published"\npublished = 2026-03-12T09:00:00Z'
        )
        path.write_text(text)
    assert run(tmp_path, "build") == 0
    pages = "".join(p.read_text() for p in tmp_path.glob("site/**/*.html"))
    assert "<script>alert" not in pages
    assert "&lt;script&gt;alert(1)" in pages
    assert HOSTILE["rtl"] in pages


def test_a_recording_that_changed_on_disk_is_refused(
    tmp_path: Path, speech: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "show.toml").write_text(SHOW)
    write_wav(tmp_path / "talk.wav", speech)
    assert run(tmp_path, "pull", str(tmp_path / "talk.wav")) == 0
    (media,) = tmp_path.glob("episodes/*/recording.wav")
    write_wav(media, speech[::-1])
    assert run(tmp_path, "transcribe") == 1
    assert "is not the recording that was pulled" in capsys.readouterr().err


def test_no_network_is_one_line_and_the_other_sources_go_on(
    tmp_path: Path, speech: np.ndarray, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = '[[sources]]\nurl = "http://127.0.0.1:9/feed.xml"\n'
    (tmp_path / "show.toml").write_text(
        SHOW.replace("[[sources]]", nowhere + "[[sources]]", 1)
    )
    (tmp_path / "recordings").mkdir()
    write_wav(tmp_path / "recordings" / "talk.wav", speech)
    assert run(tmp_path, "pull") == 1
    error = capsys.readouterr().err
    assert len([line for line in error.splitlines() if "127.0.0.1:9" in line]) == 1
    assert "Traceback" not in error
    assert len(list(tmp_path.glob("episodes/*/recording.wav"))) == 1


def test_a_published_draft_keeps_no_trace_in_the_public_site(
    tmp_path: Path, speech: np.ndarray
) -> None:
    (tmp_path / "show.toml").write_text(SHOW)
    write_wav(tmp_path / "secret-talk.wav", speech)
    assert run(tmp_path, "pull", str(tmp_path / "secret-talk.wav")) == 0
    assert run(tmp_path, "build") == 0
    public = [*tmp_path.glob("site/**/*"), *tmp_path.glob("feeds/*")]
    assert not [p for p in public if "secret" in p.name]
    assert not [p for p in public if p.is_file() and b"ecret talk" in p.read_bytes()]
    shutil.rmtree(tmp_path / "site")
