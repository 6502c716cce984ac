"""A real nginx and a real Apache, told what the documentation tells a webmaster.

Each is skipped, by its name, where it is not to be had.
"""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bench.desk_running import free_port
from pullquote.publish.serving.headers import SECURITY, is_shared, media_type

PRODUCER = (Path(__file__).parents[2] / "docs/producer.md").read_text("utf-8")
COMMON = "text/html html\ntext/css css\napplication/json json\naudio/mpeg mp3\n"
MODULES = Path("/usr/lib/apache2/modules")
LOADED = (
    *("mpm_event", "authz_core", "mime", "dir", "autoindex", "deflate", "filter"),
    *("headers", "rewrite"),
)
FILES = {
    "index.html": "<h1>Home</h1>",
    "404.html": "<h1>Nothing here</h1>",
    "answers/new/index.html": "<h1>New</h1>",
    "answers/old/index.html": "<h1>Moved</h1>",
    "answers/gone/index.html": "<h1>Withdrawn</h1>",
    "episodes/one/chapters.json": "{}",
    "episodes/one/transcript.html": "<p>",
    "episodes/one/transcript.json": "{}",
    "episodes/one/transcript.srt": "1\n",
    "episodes/one/transcript.vtt": "WEBVTT\n",
    "feeds/answers.json": "{}",
    "feeds/answers.xml": "<rss/>",
    "feeds/podcast.xml": f"<rss>{'<item/>' * 100}</rss>",
    "feeds/podcast-1.xml": "<rss/>",
    "media/one.m4a": "sound",
    "media/one.mp3": "sound",
    "static/style.css": "a{}",
    ".pullquote-tree": "notes",
    "_redirects": "/answers/gone/ /answers/gone/ 410\n/answers/old/ /answers/new/ 301\n"
    "/media/zero.mp3 /media/one.mp3 301\n/topics/mri/ /topics/ 302\n",
}


def told(language: str) -> str:
    """Return what stands in the one block of that language."""
    (block,) = re.findall(rf"```{language}\n(.*?)```", PRODUCER, re.DOTALL)
    return str(block)


def nginx(folder: Path, port: int, within: str = "") -> list[str]:
    """Write nginx's files and return how it is started."""
    moved = folder / "moved.conf"
    (awk,) = (line for line in told("sh").splitlines() if line.startswith("awk"))
    awk = awk.replace("/etc/nginx/show-moved.conf", str(moved))
    awk = awk.replace("/var/www/show", str(folder / "site" / within))
    subprocess.run(["/bin/sh", "-c", awk], check=True)
    said = told("nginx").replace("/etc/nginx/show-moved.conf", str(moved))
    said = said.replace("listen 80", f"listen 127.0.0.1:{port}")
    if within:  # as the manual says of a folder
        (gone,) = (line for line in said.splitlines() if "location @gone" in line)
        said = said.replace(gone, "").replace("/404.html", f"/{within}/404.html")
        begins = f"{gone}\n    location ^~ /{within}/ {{\n    include "
        said = said.replace("    include ", begins).rstrip() + "\n}\n"
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    kept = "".join(f"{kind}_temp_path {folder}/{kind};\n" for kind in kinds)
    (folder / "conf").write_text(
        f"daemon off; pid {folder}/pid; error_log {folder}/log;\nevents {{}}\nhttp {{\n"
        f"include /etc/nginx/mime.types; access_log off;\n{kept}"
        f"{said.replace('/var/www/show', str(folder / 'site'))}}}\n"
    )
    return ["nginx", "-c", str(folder / "conf"), "-e", str(folder / "log")]


def apache2(folder: Path, port: int, within: str = "") -> list[str]:
    """Write Apache's file and return how it is started."""
    modules = "".join(f"LoadModule {m}_module {MODULES}/mod_{m}.so\n" for m in LOADED)
    (folder / "types").write_text(COMMON)
    said = told("apache").replace("*:80", f"127.0.0.1:{port}")
    if within:  # as the manual says of a folder
        lines = said.replace("/404.html", f"/{within}/404.html").splitlines()
        *_, first = [n for n, x in enumerate(lines) if "Header always" in x][:-3]
        lines.insert(first, f'<Location "/{within}/">')
        lines.insert(first + 5, "</Location>")
        said = "\n".join(lines).replace("_redirects", f"{within}/_redirects")
    (folder / "conf").write_text(
        f"ServerName localhost\nPidFile {folder}/pid\nErrorLog {folder}/log\n"
        f"Listen 127.0.0.1:{port}\n{modules}DirectoryIndex index.html\n"
        f"TypesConfig {folder}/types\nDefaultRuntimeDir {folder}\n"
        f"<Directory {folder}>\nOptions Indexes FollowSymLinks\n</Directory>\n"
        f"{said.replace('/var/www/show', str(folder / 'site'))}"
    )
    return ["apache2", "-f", str(folder / "conf"), "-D", "FOREGROUND"]


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(command)
    try:
        for _ in range(200):
            try:
                ask(port, "/")
                break
            except OSError:
                assert process.poll() is None
                time.sleep(0.05)
        yield
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def ask(port: int, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


SERVERS = [
    pytest.param(
        server,
        marks=pytest.mark.skipif(
            shutil.which(server.__name__) is None,
            reason=f"{server.__name__} is not here (tools/others.sh)",
        ),
    )
    for server in (nginx, apache2)
]


@pytest.fixture(scope="module", params=SERVERS)
def port(request: pytest.FixtureRequest) -> Iterator[int]:
    """Start the server; not in pytest's folder, which its own user may not enter."""
    with TemporaryDirectory() as name:
        folder, free = Path(name), free_port()
        folder.chmod(0o755)
        for path, text in FILES.items():
            (folder / "site" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site" / path).write_text(text)
        with running(request.param(folder, free), free):
            yield free


FORMER = ("answers/old/", "answers/gone/")
SENT = [p for p in FILES if p[0] not in "._4" and not p.startswith(FORMER)]


@pytest.mark.parametrize("path", SENT)
def test_a_file_goes_out_as_serve_sends_it(port: int, path: str) -> None:
    answer, body = ask(port, "/" + path.removesuffix("index.html"))
    assert (answer.status, body.decode()) == (200, FILES[path])
    kind = answer.getheader("content-type") or ""
    if path.endswith(".xml"):  # XML names its own charset
        assert kind.partition(";")[0] == "application/rss+xml"
    else:
        assert kind == media_type(path)
    shared = answer.getheader("access-control-allow-origin")
    assert shared == ("*" if is_shared(path) else None)
    assert {name: answer.getheader(name) for name in SECURITY} == SECURITY


def test_former_addresses_lead_on_and_what_was_withdrawn_is_gone(port: int) -> None:
    for old, new, status in (
        ("/answers/old/", "/answers/new/", 301),
        ("/media/zero.mp3", "/media/one.mp3", 301),
        ("/topics/mri/", "/topics/", 302),  # it may come back
    ):
        answer, _ = ask(port, old)
        assert answer.status == status
        assert (answer.getheader("location") or "").endswith(new)
    for path, status, said in (
        ("/answers/gone/", 410, "<h1>Withdrawn</h1>"),
        ("/nothing/", 404, "<h1>Nothing here</h1>"),
        ("/.pullquote-tree", 404, "<h1>Nothing here</h1>"),
    ):
        answer, body = ask(port, path)
        assert (answer.status, body.decode()) == (status, said)
    assert ask(port, "/media/")[0].status == 403  # a folder is never listed
    answer, body = ask(port, "/media/one.mp3", range="bytes=1-2")
    assert (answer.status, body) == (206, b"ou")


def test_an_app_that_asks_for_a_packed_feed_again_is_told_that_nothing_changed(
    port: int,
) -> None:
    packed = {"accept-encoding": "gzip"}
    answer, _ = ask(port, "/feeds/podcast.xml", **packed)
    assert answer.getheader("content-encoding") == "gzip"
    known = {"if-none-match": answer.getheader("etag") or ""}
    answer, body = ask(port, "/feeds/podcast.xml", **packed, **known)
    assert (answer.status, body) == (304, b"")


@pytest.mark.parametrize("server", SERVERS)
def test_in_a_folder_it_leaves_the_hosts_other_pages_alone(
    server: Callable[[Path, int, str], list[str]],
) -> None:
    with TemporaryDirectory() as name:
        folder, free = Path(name), free_port()
        folder.chmod(0o755)
        for path, text in FILES.items():
            if path == "_redirects":  # its paths are the host's
                text = text.replace(" /", " /ask/").replace("\n/", "\n/ask/")
                text = f"/ask{text}"
            (folder / "site/ask" / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "site/ask" / path).write_text(text)
        (folder / "site/index.html").write_text("<h1>Council</h1>")
        with running(server(folder, free, "ask"), free):
            home, body = ask(free, "/")
            assert (home.status, body) == (200, b"<h1>Council</h1>")
            assert {name: home.getheader(name) for name in SECURITY} == dict.fromkeys(
                SECURITY
            )
            page, body = ask(free, "/ask/feeds/answers.json")
            assert page.getheader("content-type") == media_type("feeds/answers.json")
            assert {name: page.getheader(name) for name in SECURITY} == SECURITY
            for path, status, said in (
                ("/ask/answers/gone/", 410, "<h1>Withdrawn</h1>"),
                ("/ask/nothing/", 404, "<h1>Nothing here</h1>"),
                ("/ask/.pullquote-tree", 404, "<h1>Nothing here</h1>"),
            ):
                answer, body = ask(free, path)
                assert (answer.status, body.decode()) == (status, said)
            moved, _ = ask(free, "/ask/answers/old/")
            assert moved.status == 301
            assert (moved.getheader("location") or "").endswith("/ask/answers/new/")
