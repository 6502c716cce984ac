"""A show's own wordings: what is missing, mistyped or broken is told; pages follow."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bench.large_show import make_show
from pullquote.errors import ContentError, PullquoteError
from pullquote.formats.folder import ShowFolder
from pullquote.formats.words_po import packaged_templates
from pullquote.pipeline.building.build import build_public
from pullquote.pipeline.checking import check_show
from pullquote.pipeline.library.load import load_library
from pullquote.pipeline.outcome import Quiet

DAY = date(2026, 6, 1)


def told(folder: ShowFolder) -> list[PullquoteError]:
    """Return what `check` says of the words."""
    return [fault for fault in check_show(folder) if fault.where.endswith(".po")]


def test_an_english_show_may_change_a_single_wording(tmp_path: Path) -> None:
    make_show(tmp_path, 1, each=1)
    root = tmp_path / "show"
    toml = (root / "show.toml").read_text("utf-8")
    (root / "show.toml").write_text(f'language = "en-GB"\n{toml}', "utf-8")
    words = root / "templates" / "words" / "en.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "All answers"\nmsgstr "What you asked"\n', "utf-8")
    assert told(ShowFolder(root)) == []


def test_another_version_s_templates_are_a_change_to_any_show(tmp_path: Path) -> None:
    root = packaged_templates().parent
    for part in ("pullquote", "templates"):
        shutil.copytree(root / part, tmp_path / part)
    (tmp_path / "show").mkdir()
    look = (
        "from pathlib import Path\n"
        "from pullquote.formats.folder import ShowFolder\n"
        "from pullquote.pipeline.building.unchanged import looked\n"
        "print(looked(ShowFolder(Path('show')))['code'])\n"
    )

    def seen() -> str:
        command = [sys.executable, "-c", look]
        return subprocess.run(
            command, cwd=tmp_path, check=True, capture_output=True, text=True
        ).stdout

    before = seen()
    assert seen() == before
    with (tmp_path / "templates/topic.html.j2").open("a") as template:
        template.write("\n")
    assert seen() != before


def test_a_shows_own_language(tmp_path: Path) -> None:
    make_show(tmp_path, 2, each=2)
    root = tmp_path / "show"
    folder = ShowFolder(root)
    toml = (root / "show.toml").read_text("utf-8")
    (root / "show.toml").write_text(f'language = "ar"\n{toml}', "utf-8")
    build_public(folder, Quiet(), today=DAY)
    page = (folder.site / "answers/index.html").read_text("utf-8")
    assert '<html lang="en" dir="ltr">' in page
    assert 'dir="auto" lang="ar">' in page
    assert told(folder) == []

    words = root / "templates" / "words" / "ar.po"
    words.parent.mkdir(parents=True)
    words.write_text('msgid "All answers"\nmsgstr "كل الإجابات"\n', "utf-8")
    assert not build_public(folder, Quiet(), today=DAY).unchanged
    page = (folder.site / "answers/index.html").read_text("utf-8")
    assert '<html lang="ar" dir="rtl">' in page
    assert "<h1>كل الإجابات</h1>" in page
    (lacking,) = told(folder)
    assert "wordings are missing, such as" in str(lacking)
    every = (packaged_templates() / "words" / "words.pot").read_text("utf-8")
    empty = 'msgid "All answers"\nmsgstr '
    words.write_text(every.replace(f'{empty}""', f'{empty}"كل الإجابات"'), "utf-8")
    assert str(told(folder)[0]) == str(lacking), "a copy that nobody has filled in yet"
    words.write_text('msgid "All answers"\nmsgstr "كل الإجابات"\n', "utf-8")

    text = words.read_text("utf-8")
    words.write_text(f'{text}\nmsgid "All anwsers"\nmsgstr "كل"\n', "utf-8")
    mistyped = told(folder)[-1]
    assert (mistyped.where, mistyped.line) == (str(words), 4)
    assert "nothing says 'All anwsers'; perhaps 'All answers' is meant" in str(mistyped)

    words.write_text(f"{text}msgstr oh\n", "utf-8")
    with pytest.raises(ContentError, match=r"ar\.po:3: is no gettext catalogue"):
        build_public(folder, Quiet(), today=DAY)
    assert (folder.site / "answers/index.html").read_text("utf-8") == page
    assert load_library(folder).library.published  # the desk goes on
