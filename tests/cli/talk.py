"""A show with one episode, as the tests of the command line begin."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from pullquote.cli import main
from tests.media_files import write_cover, write_tone

SLUG = "2026-03-11-heat-and-ice"
SHOW = """\
title = "Back Talk"
description = "Viewers ask, doctors answer."
site = "https://back-talk.example/"
author = "Back Talk"
cover = "cover.jpg"
feed.owner_email = "talk@back-talk.example"
[[people]]
id = "moss"
name = "Hanna Mossgrove"
role = "host"
[[people]]
id = "fernby"
name = "Ada Fernby"
credentials = "MD, made-up doctor"
[[topics]]
id = "heat"
title = "Heat and ice"
href = "https://back-talk.example/treatments/heat"
"""
CAPTIONS = """\
WEBVTT

00:00:01.000 --> 00:00:05.000
<v Hanna Mossgrove>Welcome to Back Talk. Our first question comes from a viewer.

00:00:05.500 --> 00:00:09.000
<v Hanna Mossgrove>Should I use heat or ice for a sore back?

00:00:09.500 --> 00:00:16.000
<v Ada Fernby>Either can help. Heat relaxes tight muscles, and many people like it better.

00:00:16.500 --> 00:00:22.000
<v Ada Fernby>Use it for fifteen minutes at a time and protect your skin.

00:00:22.500 --> 00:00:25.000
<v Hanna Mossgrove>Thank you. That is all for today.
"""
FACTS = """\
title = "Heat and Ice"
held = 2026-03-11
people = ["moss", "fernby"]
"""
CUT = ("--question", "0:05.5-0:09", "--answer", "0:09.5-0:22", "--by", "moss")


def make_show(folder: Path, show: str = SHOW, captions: str = CAPTIONS) -> None:
    """Make a show of which one recording is pulled and its captions are imported."""
    (folder / "show.toml").write_text(show)
    source = folder / "recordings"
    source.mkdir()
    write_tone(source / "talk.wav", seconds=26)
    (source / "talk.toml").write_text(FACTS)
    (folder / "captions.vtt").write_text(captions)
    write_cover(folder / "cover.jpg")
    assert run(folder, "pull", str(source)) == 0
    assert run(folder, "import-transcript", SLUG, str(folder / "captions.vtt")) == 0


Refusal = Callable[..., str]
"""Runs a command that has to fail, as ``run`` does; returns what it says of it."""


def run(show: Path, *argv: str) -> int:
    return main([*argv, "--show", str(show)])


def answer_file(show: Path) -> Path:
    (path,) = (show / "transcripts" / SLUG / "answers").glob("*.md")
    return path


def cut(show: Path) -> Path:
    """Cut the viewer's question; return the draft's file."""
    assert run(show, "cut", SLUG, *CUT) == 0
    return answer_file(show)


def sign(show: Path, answer: Path) -> int:
    """Let the doctor approve an answer; return the exit code."""
    return run(show, "approve", SLUG, answer.stem, "--by", "fernby")


def publish(show: Path) -> None:
    facts = show / "episodes" / SLUG / "episode.toml"
    text = facts.read_text().replace(
        'status = "draft"',
        'status = "published"\npublished = 2026-03-12T09:00:00Z',
    )
    facts.write_text(text)


def refused(show: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """Return what check says, and that build stops and leaves the site as it was."""
    before = {p: p.stat().st_mtime_ns for p in show.glob("site/**/*")}
    assert run(show, "build") == 1
    assert before == {p: p.stat().st_mtime_ns for p in show.glob("site/**/*")}
    capsys.readouterr()
    assert run(show, "check") == 1
    return capsys.readouterr().err


def to_tick(listed: str) -> list[str]:
    """Return the codes of what ``approve`` listed and nobody ticked yet."""
    return re.findall(r"(?m)^([0-9a-f]{4,}) to tick: ", listed)
