"""The real server over a real socket."""

from __future__ import annotations

import gzip
import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from pullquote.errors import UsageError
from pullquote.model import address
from pullquote.publish.serving.headers import format_headers
from pullquote.publish.serving.moves import redirects
from pullquote.publish.serving.redirects import format_redirects
from pullquote.publish.serving.serve import listen, serve
from tests import factory
from tests.publish.hosting import hosted

SOUND = bytes(range(256)) * 40
LONG = "<p>A page of some length.</p>" * 100
FILES: dict[str, bytes] = {
    "index.html": b"<h1>Home</h1>",
    "404.html": b"<h1>Nothing here</h1>",
    "long.html": LONG.encode(),
    "answers/back pain/index.html": b"<h1>Back pain</h1>",
    "answers/gone/index.html": b"<h1>Withdrawn</h1>",
    "episodes/one/transcript.vtt": b"WEBVTT\n",
    "episodes/one/transcript.srt": b"1\n",
    "episodes/one/transcript.json": b"{}",
    "episodes/one/transcript.html": b"<p>",
    "episodes/one/chapters.json": b"{}",
    "feeds/podcast.xml": b"<rss/>",
    "feeds/answers.json": b"{}",
    "media/one.mp3": SOUND,
    "media/one.m4a": SOUND,
    "static/style.css": b"a{}",
    "static/player.mjs": b"1",
    "static/odd.unheardof": b"?",
    "sitemap.xml": b"<urlset/>",
    ".git/config": b"private",
    "static/.part": b"half",
    "empty/file.txt": b"x",
    "_redirects": b"/answers/old/ /answers/back%20pain/ 301\n"
    b"/answers/gone/ /answers/gone/ 410\n/answers/bare/ /answers/bare/ 410\n",
}


@dataclass(frozen=True)
class Reply:
    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True)
class Site:
    folder: Path
    host: str

    def get(self, path: str, method: str = "GET", **headers: str) -> Reply:
        """Ask for ``path`` as it stands; ``if_none_match`` sends If-None-Match."""
        connection = http.client.HTTPConnection(self.host, timeout=60)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        named = {name.lower(): value for name, value in answer.getheaders()}
        return Reply(status=answer.status, headers=named, body=body)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("host")
    (root / "secret.txt").write_text("secret")
    folder = root / "site"
    for name, data in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    (folder / "leak.txt").symlink_to(root / "secret.txt")
    with hosted(folder) as base:
        yield Site(folder=folder, host=urlsplit(base).netloc)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/", "text/html; charset=utf-8"),
        ("/episodes/one/transcript.vtt", "text/vtt; charset=utf-8"),
        ("/episodes/one/transcript.srt", "application/x-subrip; charset=utf-8"),
        ("/episodes/one/transcript.json", "application/json"),
        ("/episodes/one/chapters.json", "application/json+chapters"),
        ("/feeds/podcast.xml", "application/rss+xml; charset=utf-8"),
        ("/feeds/answers.json", "application/feed+json"),
        ("/sitemap.xml", "application/xml; charset=utf-8"),
        ("/media/one.mp3", "audio/mpeg"),
        ("/media/one.m4a", "audio/x-m4a"),
        ("/static/style.css", "text/css; charset=utf-8"),
        ("/static/player.mjs", "text/javascript; charset=utf-8"),
        ("/static/odd.unheardof", "application/octet-stream"),
    ],
)
def test_every_file_has_its_type(site: Site, path: str, kind: str) -> None:
    reply = site.get(path)
    assert (reply.status, reply.headers["content-type"]) == (200, kind)


def test_transcripts_chapters_and_feeds_may_be_read_by_other_sites(site: Site) -> None:
    def allowed(path: str, **headers: str) -> str | None:
        return site.get(path, **headers).headers.get("access-control-allow-origin")

    for ending in ("vtt", "srt", "json", "html"):
        assert allowed(f"/episodes/one/transcript.{ending}") == "*"
    for path in ("/episodes/one/chapters.json", "/feeds/podcast.xml"):
        tag = site.get(path).headers["etag"]
        assert allowed(path) == allowed(path, if_none_match=tag) == "*"
    for path in ("/", "/media/one.mp3", "/nothing", "/static/style.css"):
        assert allowed(path) is None


@pytest.mark.parametrize(
    ("wanted", "start", "end"),
    [("0-0", 0, 1), ("100-199", 100, 200), ("10000-", 10_000, 10_240), ("-5", 10_235, 10_240)],
)  # fmt: skip
def test_a_range_of_the_sound_comes_alone(
    site: Site, wanted: str, start: int, end: int
) -> None:
    reply = site.get("/media/one.mp3", range=f"bytes={wanted}", accept_encoding="gzip")
    assert reply.status == 206
    assert reply.headers["content-range"] == f"bytes {start}-{end - 1}/10240"
    assert reply.body == SOUND[start:end]


def test_a_range_past_the_end_is_refused(site: Site) -> None:
    reply = site.get("/media/one.mp3", range="bytes=20000-")
    assert reply.status == 416
    assert reply.headers["content-range"] == "bytes */10240"


def test_a_range_of_a_page_is_not_compressed(site: Site) -> None:
    reply = site.get("/long.html", range="bytes=3-9", accept_encoding="gzip")
    assert (reply.status, reply.body) == (206, LONG.encode()[3:10])


def test_text_is_compressed_where_it_may_be_and_sound_is_not(site: Site) -> None:
    page = site.get("/long.html", accept_encoding="gzip")
    assert gzip.decompress(page.body) == LONG.encode()
    assert page.headers["vary"] == "Accept-Encoding"
    assert site.get("/long.html").body == LONG.encode()
    assert (
        "content-encoding"
        not in site.get("/media/one.mp3", accept_encoding="gzip").headers
    )


def test_head_tells_the_length_and_sends_nothing(site: Site) -> None:
    reply = site.get("/media/one.mp3", "HEAD")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["content-length"] == "10240"
    assert reply.headers["accept-ranges"] == "bytes"


def test_an_unchanged_file_is_not_sent_again(site: Site) -> None:
    first = site.get("/feeds/podcast.xml")
    by_tag = site.get("/feeds/podcast.xml", if_none_match=first.headers["etag"])
    since = first.headers["last-modified"]
    by_date = site.get("/feeds/podcast.xml", if_modified_since=since)
    assert [(r.status, r.body) for r in (by_tag, by_date)] == [(304, b"")] * 2
    stale = site.get("/feeds/podcast.xml", if_none_match='"other"')
    assert stale.status == 200


def test_a_changed_file_is_sent_again(site: Site) -> None:
    path = site.folder / "changing.txt"
    path.write_text("one")
    tag = site.get("/changing.txt").headers["etag"]
    path.write_text("three")
    reply = site.get("/changing.txt", if_none_match=tag)
    assert (reply.status, reply.body) == (200, b"three")


def test_folders_show_their_page_and_want_a_slash(site: Site) -> None:
    assert site.get("/answers/back%20pain/").body == b"<h1>Back pain</h1>"
    reply = site.get("/answers/back%20pain", host="evil.example")
    assert reply.status == 308
    assert reply.headers["location"] == "./back%20pain/"


@pytest.mark.parametrize(
    "path",
    [
        "/nothing",
        "/empty/",
        "/empty",
        "/sitemap.xml/",
        "/sitemap.xml/x",
        "/%00",
        "/" + "x" * 5_000,
        "/.git/config",
        "/static/.part",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/static/../../secret.txt",
        "/..%2fsecret.txt",
        "/leak.txt",
        "//etc/passwd",
        "/C:/secret.txt",
        "/answers/..%5c..%5csecret.txt",
    ],
)
def test_what_is_not_on_the_site_is_a_404_with_its_page(site: Site, path: str) -> None:
    reply = site.get(path)
    assert (reply.status, reply.body) == (404, b"<h1>Nothing here</h1>")
    assert reply.headers["content-type"] == "text/html; charset=utf-8"


def test_an_error_page_is_never_a_part_of_one(site: Site) -> None:
    for path, status in (("/none", 404), ("/answers/gone/", 410)):
        reply = site.get(path, range="bytes=0-3")
        assert (reply.status, len(reply.body) > 4) == (status, True)


def test_a_range_in_other_units_counts_for_nothing(site: Site) -> None:
    reply = site.get("/media/one.mp3", range="items=0-1")
    assert (reply.status, reply.body) == (200, SOUND)


def test_a_preview_is_told_to_this_machines_own_pages_alone(tmp_path: Path) -> None:
    """Not to a page of another site, in a browser here, under whatever name."""
    (tmp_path / "episodes/one").mkdir(parents=True)
    (tmp_path / "episodes/one/transcript.json").write_text("{}")
    with hosted(tmp_path, preview=True) as base:
        own = Site(tmp_path, urlsplit(base).netloc)
        reply = own.get("/episodes/one/transcript.json")
        assert (reply.status, reply.body) == (200, b"{}")
        assert "access-control-allow-origin" not in reply.headers
        port = own.host.rpartition(":")[2]
        for host, status in (
            (f"localhost:{port}", 200),
            ("localhost", 200),
            (f"evil.example:{port}", 421),
            (f"127.0.0.1.evil.example:{port}", 421),
        ):
            assert own.get("/episodes/one/transcript.json", host=host).status == status


def test_an_error_page_is_never_not_modified(site: Site) -> None:
    tag = site.get("/404.html").headers["etag"]
    assert site.get("/nothing", if_none_match=tag).status == 404


def test_moved_and_withdrawn_addresses_say_so(site: Site) -> None:
    moved = site.get("/answers/old/")
    assert moved.status == 301
    assert moved.headers["location"] == "/answers/back%20pain/"
    gone = site.get("/answers/gone/")
    assert (gone.status, gone.body) == (410, b"<h1>Withdrawn</h1>")
    bare = site.get("/answers/bare/")
    assert (bare.status, bare.body) == (410, b"<h1>Nothing here</h1>")


def test_only_reading_is_allowed(site: Site) -> None:
    for method in ("POST", "PUT", "DELETE"):
        reply = site.get("/", method)
        assert (reply.status, reply.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize("path", ["/", "/nothing", "/media/one.mp3", "/answers/old/"])
def test_every_answer_has_security_headers(site: Site, path: str) -> None:
    headers = site.get(path).headers
    assert headers["content-security-policy"].startswith("default-src 'self';")
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "strict-origin-when-cross-origin"


def test_a_site_without_error_page_or_rules_is_served_too(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"Home")
    with hosted(tmp_path) as base:
        bare = Site(folder=tmp_path, host=urlsplit(base).netloc)
        assert bare.get("/").body == b"Home"
        reply = bare.get("/x")
        assert (reply.status, reply.body) == (404, b"Not found")


def test_a_site_in_a_folder_is_served_there(tmp_path: Path) -> None:
    (tmp_path / "answers").mkdir()
    (tmp_path / "answers/index.html").write_bytes(b"Answers")
    (tmp_path / "index.html").write_bytes(b"Home")
    (tmp_path / "404.html").write_bytes(b"Nothing here")
    rules = "/show/old/ /show/answers/ 301\n/show/gone/ /show/gone/ 410\n"
    (tmp_path / "_redirects").write_text(rules)
    with hosted(tmp_path, root="/show/") as base:
        assert urlsplit(base).path == "/show/"
        site = Site(folder=tmp_path, host=urlsplit(base).netloc)
        assert site.get("/show/").body == b"Home"
        assert site.get("/show/answers/").body == b"Answers"
        assert site.get("/show/answers").headers["location"] == "./answers/"
        for path in ("/", "/show"):
            assert site.get(path).headers["location"] == "/show/"
        assert site.get("/show/old/").headers["location"] == "/show/answers/"
        assert site.get("/show/gone/").status == 410
        for path in ("/answers/", "/show/none/", "/showanswers/"):
            reply = site.get(path)
            assert (reply.status, reply.body) == (404, b"Nothing here")


def test_a_new_tree_switched_in_is_served_at_once(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "index.html").write_text(name)
    link = tmp_path / "site"
    link.symlink_to("one")
    with hosted(link) as base:
        site = Site(folder=link, host=urlsplit(base).netloc)
        assert site.get("/").body == b"one"
        link.unlink()
        link.symlink_to("two")
        assert site.get("/").body == b"two"


# The command's side


def test_a_busy_port_is_one_line() -> None:
    with listen(0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(UsageError) as caught:
            listen(port)
    assert str(caught.value) == (
        f"port {port}: cannot be used (Address already in use); "
        "choose another with --port, or --port 0 for any free one"
    )


def test_a_number_that_is_no_port_is_one_line() -> None:
    with pytest.raises(UsageError, match="port 70000: cannot be used"):
        listen(70_000)


def test_a_site_that_was_not_built_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no site yet; make it"):
        serve(tmp_path / "site", 0)


def test_it_tells_its_address_serves_and_ends_quietly_on_interrupt(
    tmp_path: Path,
) -> None:
    (tmp_path / "index.html").write_text("Home")
    (tmp_path / "long.mp3").write_bytes(bytes(20_000_000))
    code = (
        "import sys; from pathlib import Path; from pullquote.publish.serving.serve import *\n"
        "serve(Path(sys.argv[1]), 0, ready=lambda a: print(a, flush=True))\n"
        "print('ended', flush=True)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ,
    ) as process:
        assert process.stdout is not None
        address = process.stdout.readline().strip()
        site = Site(folder=tmp_path, host=urlsplit(address).netloc)
        assert site.get("/").body == b"Home"
        with _paused(site.host, "/long.mp3"):
            process.send_signal(signal.SIGINT)
            out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "ended\n", "")


@contextmanager
def _paused(host: str, path: str) -> Iterator[None]:
    """Ask for something and do not read it, as a player does that is paused."""
    name, _, port = host.partition(":")
    with socket.create_connection((name, int(port))) as player:
        player.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
        assert player.recv(12) == b"HTTP/1.1 200"
        yield


def test_the_server_is_imported_only_when_it_is_needed() -> None:
    code = (
        "import sys, pullquote.publish.serving.serve, pullquote.publish.feeds.feed\n"
        "import pullquote.publish.feeds.gate\n"
        "heavy = {'starlette', 'uvicorn', 'feedgen', 'lxml'} & set(sys.modules)\n"
        "assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_static_hosts_are_told_the_same_as_serve_says() -> None:
    show = factory.show(site="https://backbone.example/")
    text = format_headers(
        replace(show, feed=replace(show.feed, hub="https://hub.example/"))
    )
    rules: dict[str, dict[str, str]] = {}
    for line in text.splitlines():
        if line.startswith("/"):
            said = rules.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            said[name] = value
    assert rules["/*"]["x-content-type-options"] == "nosniff"
    for path in ("/feeds/*", "/episodes/*/transcript.vtt", "/episodes/*/chapters.json"):
        assert rules[path]["access-control-allow-origin"] == "*"
    assert rules["/episodes/*/chapters.json"]["content-type"] == (
        "application/json+chapters"
    )
    assert rules["/feeds/podcast.xml"]["link"] == (
        f'<https://hub.example/>; rel="hub", <{show.site}feeds/podcast.xml>; rel="self"'
    )


def test_hosts_of_a_site_in_a_folder_are_told_paths_of_the_host() -> None:
    show = factory.show(site="https://show.example/spine/")
    paths = [p for p in format_headers(show).splitlines() if not p.startswith(" ")]
    assert all(path.startswith("/spine/") for path in paths)
    moved = redirects({"a/": "b/", "c/": None}, address.root(show))
    assert format_redirects(moved) == (
        "/spine/a/ /spine/b/ 301\n/spine/c/ /spine/c/ 410\n"
    )
