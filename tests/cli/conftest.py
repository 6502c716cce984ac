"""The show of ``talk``, as far as its tests need it."""

import shutil
from pathlib import Path

import pytest

from tests.cli.talk import (
    CUT,
    SLUG,
    Refusal,
    answer_file,
    make_show,
    publish,
    run,
    sign,
)


@pytest.fixture(scope="session")
def pulled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A show with one recording pulled and captions for it imported."""
    folder = tmp_path_factory.mktemp("pulled")
    make_show(folder)
    return folder


@pytest.fixture
def show(pulled: Path, tmp_path: Path) -> Path:
    return shutil.copytree(pulled, tmp_path / "show")


@pytest.fixture
def named(show: Path) -> Path:
    """The show once an editor has confirmed who speaks."""
    transcript = show / "transcripts" / SLUG / "transcript.md"
    transcript.write_text(transcript.read_text().replace("?** [", "** ["))
    return show


@pytest.fixture
def signed(named: Path) -> Path:
    """The show with one answer that its doctor approved, and public."""
    publish(named)
    run(named, "cut", SLUG, *CUT)
    assert sign(named, answer_file(named)) == 0
    assert run(named, "build") == 0
    return named


@pytest.fixture
def refusal(capsys: pytest.CaptureFixture[str]) -> Refusal:
    """Run a command that has to fail, and return what it, and no other, says of it."""

    def said(show: Path, *argv: str) -> str:
        capsys.readouterr()
        assert run(show, *argv) == 1
        return capsys.readouterr().err

    return said
