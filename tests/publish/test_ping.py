"""Hubs are told of new feeds by real requests; one that refuses stops nothing."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

import pytest

from pullquote.cli import main
from pullquote.model import address
from pullquote.model.show import FeedSettings, Show
from pullquote.publish.deploying.ping import send
from tests import factory

PATHS = ("index.html", "feeds/answers.xml", "feeds/podcast.xml")


class Hub(BaseHTTPRequestHandler):
    seen: ClassVar[list[tuple[str, str, str, str | None]]] = []

    def _take(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length).decode()
        token = self.headers.get("authorization")
        self.seen.append((self.command, self.path, body, token))
        if "nonsense" in self.path:
            self.wfile.write(b"no HTTP at all\n")
            return
        self.send_response(500 if "broken" in self.path else 204)
        self.end_headers()

    do_GET = do_POST = _take  # noqa: N815  # names that http.server calls

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def hub() -> Iterator[str]:
    Hub.seen.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Hub) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def show(**settings: Any) -> Show:
    plain = factory.show()
    return replace(plain, feed=replace(plain.feed, **settings))


def test_a_websub_hub_is_told_of_each_feed_that_changed(hub: str) -> None:
    told, refused = send(show(hub=f"{hub}/hub"), PATHS)
    assert (len(told), refused) == (2, ())
    assert [
        (method, path, parse_qs(body)["hub.mode"], parse_qs(body)["hub.url"])
        for method, path, body, _ in Hub.seen
    ] == [
        ("POST", "/hub", ["publish"], [f"{factory.show().site}{path}"])
        for path in ("feeds/answers.xml", "feeds/podcast.xml")
    ]


@pytest.mark.parametrize("path", ["nonsense", "broken", "a b"])
def test_a_hub_that_answers_nonsense_is_one_line(hub: str, path: str) -> None:
    told, (fault,) = send(show(hub=f"{hub}/{path}"), ["feeds/answers.xml"])
    assert told == ()
    assert "could not be told of the new feed" in str(fault)


def test_an_address_that_is_none_is_one_line() -> None:
    _, (fault,) = send(show(hub="http://[::1"), ["feeds/answers.xml"])
    assert str(fault).startswith("http://[::1: could not be told")


def test_podping_is_told_of_the_podcast_alone_with_its_token(hub: str) -> None:
    asked = show(podping=f"{hub}/")
    assert send(asked, ["feeds/answers.xml"], "secret") == ((), ())
    told, _ = send(asked, PATHS, "secret")
    assert len(told) == 1
    assert send(asked, [address.older_podcast(1)], "secret")[0] == told
    Hub.seen.pop()
    ((method, path, _, token),) = Hub.seen
    assert (method, token) == ("GET", "secret")
    assert parse_qs(urlsplit(path).query)["url"] == [
        f"{factory.show().site}feeds/podcast.xml"
    ]


@pytest.mark.parametrize(
    "address", ["/broken", "http://127.0.0.1:9/", "no address", "ftp://x"]
)
def test_a_hub_that_refuses_is_named_and_stops_nothing(hub: str, address: str) -> None:
    asked = show(hub=hub + address if address[0] == "/" else address)
    told, refused = send(asked, ["feeds/podcast.xml"])
    assert told == ()
    (fault,) = refused
    assert "could not be told of the new feed" in str(fault)


def test_a_show_without_hubs_tells_nobody() -> None:
    assert FeedSettings().hub is FeedSettings().podping is None
    assert send(factory.show(), PATHS) == ((), ())


def test_deploy_tells_the_hub_once_the_feeds_are_out(
    hub: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "show.toml").write_text(
        'title = "S"\ndescription = "D."\nsite = "https://s.example/"\n'
        f'[feed]\nhub = "{hub}/hub"\n'
    )
    for path in (".pullquote-site", "feeds/podcast.xml"):
        (tmp_path / "site" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "site" / path).write_text("x")
    command = ["deploy", str(tmp_path / "out"), "--show", str(tmp_path)]
    assert main([*command, "--dry-run"]) == 0
    assert main([*command, "--no-ping"]) == 0
    assert Hub.seen == []
    (tmp_path / "site/feeds/podcast.xml").write_text("y")
    assert main(command) == 0
    assert len(Hub.seen) == 1
    assert "told 127.0.0.1" in capsys.readouterr().out
    assert main(command) == 0
    assert len(Hub.seen) == 1, "nothing changed"
