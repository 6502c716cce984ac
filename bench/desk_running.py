"""A desk in a process of its own and a browser to measure it with."""

from __future__ import annotations

import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page, Playwright

COMMAND = "from pullquote.cli import main; raise SystemExit(main())"
FLAGS = ["--no-sandbox", "--autoplay-policy=no-user-gesture-required"]


@dataclass(slots=True)
class Served:
    """The desk of a show, started, killed and started again on one port."""

    show: Path
    port: int
    process: subprocess.Popen[str] | None = None
    cookies: dict[str, str] = field(default_factory=dict)

    @property
    def address(self) -> str:
        """Where it is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it; the first time somebody comes in by the one-time address."""
        arguments = ["desk", "--show", str(self.show), "--port", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", COMMAND, *arguments, "--no-open"],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        with self.process.stdout as told:
            once = told.readline().split()[1]
        wait_for(self.port)
        if not self.cookies:
            self._come_in(urlsplit(once).path)

    def _come_in(self, path: str) -> None:
        connection = http.client.HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", path)
        response = connection.getresponse()
        response.read()
        name, _, rest = str(response.getheader("set-cookie")).partition("=")
        self.cookies[name] = rest.partition(";")[0]
        connection.close()

    def processor_seconds(self) -> float:
        """Return the processor time that it has used, s."""
        assert self.process is not None
        return processor_seconds(self.process.pid)

    def kill(self) -> None:
        """Kill it as a power cut would, as far as a process can be."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """End it as a person does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(30)


def processor_seconds(process: int) -> float:
    """Return the processor time that a process has used, s."""
    stat = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2]
    user, system = stat.split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def wait_for(port: int) -> None:
    """Wait until something listens."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.02)
    raise TimeoutError(f"nothing listens on {port}")


def free_port() -> int:
    """Return a port that nobody uses now."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextmanager
def served(show: Path) -> Iterator[Served]:
    """Yield a running desk."""
    desk = Served(show, free_port())
    desk.start()
    try:
        yield desk
    finally:
        desk.stop()


class Editor:
    """One editor without a browser: a connection that stays, and the page's token."""

    def __init__(self, desk: Served, slug: str) -> None:
        self.desk = desk
        self.at = f"/episodes/{slug}"
        self._connection = http.client.HTTPConnection("127.0.0.1", desk.port)
        self.cookie = "; ".join(f"{k}={v}" for k, v in desk.cookies.items())
        page = self._ask("GET", "/you").decode()
        found = re.search(r'name="csrf" content="(\w*)"', page)
        assert found
        self._csrf = found.group(1)

    def get(self, path: str) -> Any:
        """Return the JSON of a path below the transcript."""
        return json.loads(self._ask("GET", self.at + path))

    def post(self, path: str, data: object) -> Any:
        """Send JSON and return what comes back."""
        return json.loads(self._ask("POST", self.at + path, json.dumps(data).encode()))

    def _ask(self, method: str, path: str, body: bytes | None = None) -> bytes:
        headers = {
            "Cookie": self.cookie,
            "Accept": "application/json" if body or "you" not in path else "text/html",
            "Origin": self.desk.address,
        }
        if body is not None:
            headers |= {
                "Content-Type": "application/json",
                "X-CSRF-Token": self._csrf,
            }
        try:
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        except (ConnectionError, http.client.HTTPException):
            # closed while it was idle: a browser opens another one, too
            self._connection.close()
            self._connection.request(method, path, body, headers)
            response = self._connection.getresponse()
        data = response.read()
        if response.status >= 400:
            raise RuntimeError(f"{method} {path}: {response.status} {data[:300]!r}")
        return data


def chromium_path() -> str | None:
    """Return the system's Chromium, None for Playwright's own."""
    names = ("chromium", "chromium-browser", "chromium-headless-shell")
    return next(filter(None, map(shutil.which, names)), None)


def launch(playwright: Playwright) -> Browser:
    """Start a browser."""
    return playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)


def open_page(browser: Browser, desk: Served, slug: str) -> Page:
    """Open the transcript in a fresh context and wait until it can be used."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": k, "value": v, "url": desk.address} for k, v in desk.cookies.items()]
    )
    page = context.new_page()
    page.goto(f"{desk.address}/episodes/{slug}")
    page.wait_for_selector("html[data-ready]", timeout=120_000)
    return page


def put_caret(page: Page, turn: str, place: str = "end") -> None:
    """Write in a turn, the caret at its end or start."""
    page.locator(f"#{turn}").scroll_into_view_if_needed()
    page.locator(f"#{turn}").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(f"#{turn}[contenteditable]")
    page.keyboard.press("Control+End" if place == "end" else "Control+Home")


def share(values: list[float], part: float) -> float:
    """Return a percentile: ``part`` of the values lie at or below it."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started, which is a group of its own."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
