from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from pullquote.formats.folder import ShowFolder
from tests.browser import chromium
from tests.desk.running import Running, running, sample_show


@pytest.fixture
def show(tmp_path: Path) -> ShowFolder:
    """The sample show, to be changed at will."""
    return sample_show(tmp_path / "show")


@pytest.fixture
def desk(show: ShowFolder) -> Iterator[Running]:
    """A desk on this machine over the sample show."""
    with running(show) as found:
        yield found


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all tests of the desk; each opens a context of its own."""
    with chromium() as found:
        yield found


@pytest.fixture(scope="session")
def calm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One desk for all tests that change nothing."""
    with running(sample_show(tmp_path_factory.mktemp("calm") / "show")) as found:
        yield found
