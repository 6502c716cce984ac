"""``publish.py desk`` and ``user``, as they are typed."""

from __future__ import annotations

import io
import json
import signal
import socket
import subprocess
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.request import HTTPCookieProcessor, build_opener

import pytest

from pullquote.cli import main
from pullquote.cli.desk import _as_origin
from pullquote.desk.state.users import Users
from tests.command import document, started
from tests.desk.running import SLUG, sample_show

ROOT = Path(__file__).parents[2]
SHOW = """\
title = "Back Talk"
description = "Viewers ask, doctors answer."
site = "https://back-talk.example/"

[[people]]
id = "oster"
name = "Mina Oster"
"""


@pytest.fixture
def show(tmp_path: Path) -> Path:
    (tmp_path / "show.toml").write_text(SHOW)
    return tmp_path


def desk(show: Path, *more: str) -> AbstractContextManager[subprocess.Popen[str]]:
    argv = ["desk", "--show", str(show), "--port", "0", "--json", "--no-open", *more]
    return started(*argv)


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def address_of(server: subprocess.Popen[str]) -> str:
    return str(document(server)["address"])


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_the_printed_address_lets_one_in(show: Path, how: signal.Signals) -> None:
    with desk(show) as server:
        opener = build_opener(HTTPCookieProcessor())
        with opener.open(address_of(server)) as page:
            assert "Back Talk" in page.read().decode()
        server.send_signal(how)
        assert server.wait(timeout=60) in (0, -how)
        assert server.stderr is not None
        assert "Traceback" not in server.stderr.read()


def test_a_desk_that_moved_says_where_a_browser_keeps_what_is_unsaved(
    show: Path,
) -> None:
    """A browser keeps it by the address: at another port it seems lost."""
    ports = [free_port(), free_port()]
    for port, told in ((ports[0], ""), (ports[0], ""), (ports[1], "This desk was at")):
        argv = ("desk", "--show", str(show), "--port", str(port), "--json", "--no-open")
        with started(*argv) as server:
            assert f":{port}/" in address_of(server)
            server.terminate()
            assert server.stderr is not None
            said = server.stderr.read()
        assert said.startswith(
            f"{told} http://127.0.0.1:{ports[0]} before" if told else ""
        )
        assert bool(said) == bool(told)


def test_another_address_prints_no_key(show: Path) -> None:
    with desk(show, "--address", "http://desk.example.org") as server:
        assert address_of(server) == "http://desk.example.org"
        server.terminate()  # SIGINT is ignored by what a shell started with &
        assert server.stderr is not None
        told = server.stderr.read()
    assert "Nobody has an account yet" in told
    assert "in the clear" in told


def test_listening_everywhere_asks_for_an_address(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["desk", "--no-open", "--host", "0.0.0.0", "--show", str(show)]
    assert main(argv) == 2
    assert "--address https://" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://Desk.Example.org:443/", "https://desk.example.org"),
        ("http://desk.example.org:8080", "http://desk.example.org:8080"),
        ("HTTP://büro.example:80", "http://xn--bro-hoa.example"),
        ("http://[::1]:81/", "http://[::1]:81"),
    ],
)
def test_an_address_is_taken_as_browsers_send_it(address: str, sent: str) -> None:
    assert _as_origin(address) == sent


def test_a_proxy_by_its_name_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    argv = ["desk", "--no-open", "--show", str(show), "--port", "0"]
    more = ["--sign-on-header", "X-Remote-User", "--sign-on-proxy", "localhost"]
    assert main([*argv, *more]) == 2
    assert "write its IP address" in capsys.readouterr().err


@pytest.mark.parametrize(
    "address",
    ["desk", "http://x:abc", "ftp://x", "https://x/path", "http://[::1", "http://x?y"],
)
def test_an_address_that_no_browser_knows_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str], address: str
) -> None:
    argv = ["desk", "--no-open", "--address", address, "--show", str(show)]
    assert main([*argv, "--port", "0"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_folder_without_a_show_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for command in (
        ["desk", "--no-open"],
        ["user", "list"],
        ["build", "--watch"],
        ["serve", "--watch"],
    ):
        assert main([*command, "--show", str(tmp_path)]) == 1
        assert capsys.readouterr().err.count("\n") == 1


def test_a_taken_port_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with desk(show) as server:
        port = address_of(server).split(":")[2].split("/")[0]
        assert main(["desk", "--no-open", "--port", port, "--show", str(show)]) == 2
        assert "--port 0" in capsys.readouterr().err
        server.terminate()


def add(show: Path, *more: str, password: str = "correct horse\n") -> int:
    argv = ["user", "add", *more, "--password-stdin", "--show", str(show)]
    before, sys.stdin = sys.stdin, io.StringIO(password)
    try:
        return main(argv)
    finally:
        sys.stdin = before


def test_where_nobody_can_type_a_password_one_line_says_so(
    show: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    told = ["user", "add", "ann", "--role", "editor", "--show", str(show)]
    assert main(told) == 2
    error = capsys.readouterr().err
    assert (error.count("\n"), "--password-stdin" in error) == (1, True)
    assert main([*told, "--no-password"]) == 0


def test_accounts_are_added_listed_and_removed(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    users = Users(show / ".pullquote/desk/users.json")
    assert add(show, "Ann", "--role", "editor", "--person", "oster") == 0
    user = users.check("ann", "correct horse")
    assert user is not None
    assert (user.role, user.person, user.name) == ("editor", "oster", "Ann")
    assert users.check("ann", "wrong") is None
    assert "correct horse" not in users.path.read_text()
    assert "$argon2id$" in users.path.read_text()
    assert users.path.stat().st_mode & 0o077 == 0
    assert add(show, "ann", "--role", "producer", "--called", "Ann B.") == 0
    capsys.readouterr()
    assert main(["user", "list", "--json", "--show", str(show)]) == 0
    listed = json.loads(capsys.readouterr().out)["users"]
    assert listed == [
        {"id": "ann", "name": "Ann B.", "role": "producer", "person": None}
    ]
    assert main(["--show", str(show), "user", "list"]) == 0
    told = capsys.readouterr().out
    assert "Ann B." in told
    assert "argon2" not in told
    assert main(["user", "remove", "Ann", "--show", str(show)]) == 0
    assert main(["user", "remove", "Ann", "--show", str(show)]) == 2
    assert main(["user", "list", "--show", str(show)]) == 0
    assert "No accounts yet" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("argv", "words"),
    [
        (["ann", "--role", "boss"], "'boss' is not one of"),
        (["../ann", "--role", "editor"], "cannot be the name of an account"),
        (["ann", "--role", "editor", "--person", "eve"], "is nobody in show.toml"),
    ],
)
def test_an_account_that_cannot_be_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str], argv: list[str], words: str
) -> None:
    assert add(show, *argv) == 2
    assert words in capsys.readouterr().err
    assert add(show, "ann", "--role", "editor", password="short\n") == 2
    assert not (show / ".pullquote/desk/users.json").exists()


def test_an_account_for_single_sign_on_has_no_password(show: Path) -> None:
    argv = ["user", "add", "ann", "--role", "editor", "--no-password"]
    assert main([*argv, "--show", str(show)]) == 0
    users = Users(show / ".pullquote/desk/users.json")
    assert users.check("ann", "") is None
    assert users.get("ann") is not None


def test_a_damaged_file_of_accounts_is_one_line(
    show: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = show / ".pullquote/desk/users.json"
    path.parent.mkdir(parents=True)
    path.write_text('{"users": [{"id": 1}]}')
    assert main(["user", "list", "--show", str(show)]) == 1
    assert "is no file of accounts" in capsys.readouterr().err


def test_a_cut_takes_no_place_of_an_answer_that_cannot_be_read(tmp_path: Path) -> None:
    folder = sample_show(tmp_path / "sample")
    answers = folder.episode(SLUG).answers
    before = set(answers.iterdir())
    assert main(["cut", SLUG, "1", "--show", str(folder.root)]) == 0
    (made,) = set(answers.iterdir()) - before
    made.write_text("half of an answer")
    assert main(["cut", SLUG, "1", "--show", str(folder.root)]) == 0
    assert made.read_text() == "half of an answer"
