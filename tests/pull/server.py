"""A server of the tests' own, on this machine alone: media, faults and feeds."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

_TYPES = {
    "opus": "audio/ogg",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
    "ts": "video/mp2t",
}


@dataclass
class Page:
    """What one path answers."""

    body: bytes = b""
    status: int = 200
    type: str = "text/html; charset=utf-8"
    headers: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    break_after: int | None = None
    """Close the connection after so many bytes of each answer."""
    breaks: int = 10_000
    """How many answers are broken off; the ones after that are whole."""
    pace: float = 0.0
    """Seconds between each 4,096 bytes."""
    endless: bool = False
    """Send ``body`` again and again, without a length, until nobody listens."""
    refusals: int = 0
    """How many answers are ``refusal``; the ones after that are the page."""
    refusal: int = 503
    refusal_headers: dict[str, str] = field(default_factory=dict)


class Site:
    """Pages by path, and a record of what was asked."""

    def __init__(self, address: str) -> None:
        self.address = address
        self.pages: dict[str, Page] = {}
        self.asked: list[tuple[str, str | None]] = []
        self.cookies: list[str | None] = []
        self.answer: Callable[[str, bytes], Page | None] = lambda path, posted: None
        """Pages that are not fixed, by path and what was posted; asked first."""
        self.stopping = threading.Event()

    def put(self, path: str, page: Page) -> str:
        """Add a page and return its address."""
        self.pages[path] = page
        return self.address + path

    def media(self, path: str, body: bytes, **more: object) -> str:
        """Add a media file with the type that its ending asks for."""
        kind = _TYPES[path.partition("?")[0].rpartition(".")[2]]
        return self.put(path, Page(body=body, type=kind, **more))  # type: ignore[arg-type]


@contextmanager
def serving() -> Iterator[Site]:
    """Run the server for the time of a test."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    site = Site(f"http://127.0.0.1:{server.server_port}")
    server.RequestHandlerClass = type("Handler", (_Handler,), {"site": site})
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield site
    finally:
        site.stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    site: Site

    def do_POST(self) -> None:
        self._answer(self.rfile.read(int(self.headers.get("Content-Length") or 0)))

    def do_GET(self) -> None:
        self._answer(b"")

    def _answer(self, posted: bytes) -> None:
        page = self._page(posted)
        body, start = page.body, 0
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range") or "")
        partial = page.ranges and page.status == 200 and asked is not None
        if partial and asked is not None:
            start = int(asked.group(1))
            if start >= len(body) > 0 and not page.endless:
                self._beyond(len(body))
                return
            body = body[start:]
        self.send_response(206 if partial else page.status)
        self.send_header("Content-Type", page.type)
        if not page.endless:
            self.send_header("Content-Length", str(len(body)))
        if partial:
            total = len(page.body)
            self.send_header("Content-Range", f"bytes {start}-{total - 1}/{total}")
        for name, value in page.headers.items():
            self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        if page.break_after is not None and page.breaks > 0:
            page.breaks -= 1
            body = body[: page.break_after]
        with suppress(ConnectionError):  # yt-dlp may have seen enough
            self._send(page, body)

    def _beyond(self, total: int) -> None:
        """Say that a file has no more bytes (RFC 9110, 15.5.17)."""
        self.send_response(416)
        self.send_header("Content-Range", f"bytes */{total}")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _page(self, posted: bytes) -> Page:
        self.site.cookies.append(self.headers.get("Cookie"))
        self.site.asked.append((self.path, self.headers.get("Range")))
        missing = Page(status=404, body=b"nothing here")
        page = self.site.answer(self.path, posted)
        page = page or self.site.pages.get(self.path, missing)
        if page.refusals > 0:
            page.refusals -= 1
            return Page(status=page.refusal, headers=page.refusal_headers)
        return page

    def _send(self, page: Page, body: bytes) -> None:
        step = 4096 if page.pace else max(len(body), 1)
        for at in range(0, len(body), step):
            self.wfile.write(body[at : at + step])
            time.sleep(page.pace)
        while page.endless and not self.site.stopping.wait(0.01):
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def feed(*items: str) -> bytes:
    """Return a podcast feed with the given ``<item>`` contents."""
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:itunes='
        '"http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>Old show</title>'
        f"<link>https://old.example/</link><description>x</description>{inner}"
        "</channel></rss>"
    ).encode()


def entry(title: str, address: str, guid: str | None = None, **more: str) -> str:
    """Return the content of an ``<item>``."""
    told = f"<title>{title}</title>"
    told += f'<enclosure url="{address}" length="1" type="audio/mpeg"/>'
    told += f'<guid isPermaLink="false">{guid}</guid>' if guid else ""
    return told + "".join(
        f"<{name.replace('_', ':')}>{text}</{name.replace('_', ':')}>"
        for name, text in more.items()
    )
