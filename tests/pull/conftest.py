from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pullquote.formats.folder import ShowFolder
from pullquote.model.show import Person, Show
from tests.media.made import speechlike, write
from tests.pull.server import Site, serving


@pytest.fixture(scope="session")
def opus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording of 3 s; small, but of several hundred packets."""
    return write(tmp_path_factory.mktemp("opus") / "talk.opus", speechlike(3))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as running:
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> ShowFolder:
    root = tmp_path / "show"
    root.mkdir()
    return ShowFolder(root)


@pytest.fixture
def show() -> Show:
    return Show(
        title="Backbone Hour",
        description="Viewers ask.",
        site="https://backbone.example/",
        timezone="UTC",
        people=(Person(id="quill", name="Ada Quill"),),
    )
