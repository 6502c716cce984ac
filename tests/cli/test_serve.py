"""The preview that an editor opens, over a real socket."""

import signal
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from pullquote.cli import main
from pullquote.formats.disk import write_text
from pullquote.publish.serving.reloading import BUILT, SCRIPT
from tests.command import document, started
from tests.media_files import write_cover

ROOT = Path(__file__).parents[2]
SHOW = """\
title = "Back Talk"
description = "Viewers ask, doctors answer."
site = "https://back-talk.example/"
cover = "cover.jpg"
"""
DRAFT = 'guid = "d"\ntitle = "Not out yet"\nheld = 2026-05-01\n'


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "show.toml").write_text(SHOW)
    write_cover(tmp_path / "cover.jpg")
    folder = tmp_path / "episodes" / "2026-05-01-not-out-yet"
    folder.mkdir(parents=True)
    (folder / "episode.toml").write_text(DRAFT)
    return tmp_path


@pytest.fixture(params=[[], ["--public"]], ids=["preview", "public"])
def served(show: Path, request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    """The address of a running server, and which site it serves."""
    argv = ["serve", "--show", str(show), "--port", "0", "--json", *request.param]
    with started(*argv) as server:
        yield document(server)["address"], str(request.node.callspec.id)
        server.send_signal(signal.SIGINT)
        assert server.wait(60) in (0, 130)


def test_drafts_are_served_here_under_a_mark_and_nowhere_else(
    served: tuple[str, str],
) -> None:
    address, which = served
    assert address.startswith("http://127.0.0.1:")
    with urlopen(Request(address)) as response:
        page = response.read().decode()
    assert ("Not out yet" in page) == (which == "preview")
    assert ("DRAFT" in page.upper() and "noindex" in page) == (which == "preview")


def test_a_port_that_is_taken_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["serve", "--show", str(show), "--port", port]) == 2
    assert "--port" in capsys.readouterr().err


def test_a_page_that_is_open_is_told_of_every_build(show: Path) -> None:
    argv = ["serve", "--watch", "--show", str(show), "--port", "0", "--json"]
    with started(*argv) as server:
        assert server.stderr is not None
        address = document(server)["address"]
        with urlopen(address) as response:
            assert SCRIPT in response.read().decode()
        with urlopen(address + SCRIPT.lstrip("/")) as response:
            assert BUILT in response.read().decode()
        with urlopen(address + BUILT.lstrip("/")) as told:
            first = told.readline(), told.readline()
            write_text(show / "show.toml", SHOW + "language = 7\n")
            # on a slow machine it says meanwhile how long it builds
            assert any("language" in line for line in server.stderr)
            write_text(show / "show.toml", SHOW.replace("Back Talk", "Front Talk"))
            assert told.readline() not in first
        with urlopen(address) as response:
            assert "Front Talk" in response.read().decode()
        built = "".join(p.read_text() for p in show.rglob(".pullquote/**/*.html"))
        assert "Front Talk" in built
        assert SCRIPT not in built
        server.send_signal(signal.SIGINT)
        assert server.wait(60) in (0, 130)


def test_a_folder_that_is_moved_away_is_told_in_a_line_and_its_last_site_is_served(
    show: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    argv = ["serve", "--watch", "--show", str(show), "--port", "0", "--json"]
    with started(*argv) as server:
        assert server.stderr is not None
        document(server)
        show.rename(tmp_path_factory.mktemp("moved") / "show")
        line = next(line for line in server.stderr if "Building" not in line)
        assert line.startswith(f"{show}: no such file")
        server.send_signal(signal.SIGINT)
        assert "Traceback" not in server.stderr.read()


def test_who_stops_a_command_is_told_that_nothing_is_lost(
    show: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("pullquote.pipeline.building.build.build_public", stop)
    assert main(["build", "--show", str(show)]) == 130
    assert capsys.readouterr().err.endswith(
        "Stopped. What was finished is kept; run it again.\n"
    )
