"""A real desk on a free port, in a thread of the test's own process."""

from __future__ import annotations

import http.client
import re
import shutil
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette

from pullquote.desk.app import desk_app
from pullquote.desk.context import SignOn
from pullquote.desk.door.doors import Doors
from pullquote.desk.serving import DeskServer
from pullquote.formats.folder import ShowFolder
from pullquote.formats.peaks_json import format_peaks
from pullquote.media.sound import waveform
from pullquote.publish.serving.serve import listen

ROOT = Path(__file__).parents[2]
SLUG = "2026-03-11-back-pain-basics"
OTHER = "2026-04-15-nerve-pain-and-numbness"


def sample_show(root: Path) -> ShowFolder:
    """Copy the sample show, so that a test may change it.

    The finished episode as committed, and a draft as ``make run`` makes it of the
    second recording, without the recording.
    """
    draft = ROOT / "tests/data/draft_episode"
    for part in ("episodes", "transcripts"):
        shutil.copytree(ROOT / part / SLUG, root / part / SLUG)
        shutil.copytree(draft / part / OTHER, root / part / OTHER)
    (root / "episodes" / SLUG / "peaks.json").write_text(_peaks())
    shutil.copytree(ROOT / "feeds", root / "feeds")
    (root / "sample").mkdir()
    shutil.copy2(ROOT / "sample/cover.jpg", root / "sample")
    shutil.copy2(ROOT / "show.toml", root)
    return ShowFolder(root)


@cache
def _peaks() -> str:
    """The waveform as a pull makes it: every page of a transcript asks for it."""
    return format_peaks(waveform(ROOT / "episodes" / SLUG / "recording.opus"))


@dataclass(frozen=True, slots=True)
class Running:
    """A desk that answers."""

    address: str
    app: Starlette
    folder: ShowFolder

    @property
    def doors(self) -> Doors:
        """The desk's doors, to look behind them."""
        found: Doors = self.app.state.doors
        return found

    def browser(self) -> Client:
        """Return a visitor who has not come in."""
        return Client(self.address)

    def at_the_machine(self) -> Client:
        """Return somebody who came in as the one-time address lets one in."""
        client = self.browser()
        token = self.doors.sessions.begin("local")
        client.cookies[self.doors.cookie_name] = token
        return client


@dataclass(frozen=True, slots=True)
class Answered:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode()


@dataclass(slots=True)
class Client:
    """A browser's manners without a browser: cookies, Origin, the page's token."""

    address: str
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answered:
        """Ask for a page; ``headers`` with ``_`` for ``-``."""
        return self.send("GET", path, None, headers)

    def post(
        self,
        path: str,
        fields: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
        *,
        csrf: str | None = None,
        **headers: str,
    ) -> Answered:
        """Send a form, with the token that this session's pages carry."""
        given = [*(fields.items() if isinstance(fields, Mapping) else fields or ())]
        if all(name != "csrf" for name, _ in given):
            given.append(("csrf", self.csrf() if csrf is None else csrf))
        headers.setdefault("content_type", "application/x-www-form-urlencoded")
        headers.setdefault("origin", self.address)
        return self.send("POST", path, urlencode(given).encode(), headers)

    def csrf(self) -> str:
        """Return the token of this session's pages."""
        found = re.search(r'name="csrf" content="(\w*)"', self.get("/you").text)
        return found.group(1) if found else ""

    def send(
        self, method: str, path: str, body: bytes | None, headers: Mapping[str, str]
    ) -> Answered:
        """Send anything, and keep the cookies that come back."""
        connection = http.client.HTTPConnection(urlsplit(self.address).netloc)
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            pairs = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
            sent.setdefault("cookie", pairs)
        try:
            connection.request(method, path, body, sent)
            response = connection.getresponse()
            data = response.read()
        finally:
            connection.close()
        for name, value in response.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answered(response.status, found, data)


@contextmanager
def running(
    folder: ShowFolder,
    *,
    local: bool = True,
    sign_on: SignOn | None = None,
    secure: bool = False,
) -> Iterator[Running]:
    """Serve a show's desk and yield it."""
    with listen(0) as listener:
        port = listener.getsockname()[1]
        address = f"http://127.0.0.1:{port}"
        told = f"https://127.0.0.1:{port}" if secure else address
        app = desk_app(folder, told, local=local, sign_on=sign_on)
        server = DeskServer(app)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield Running(address, app, folder)
        finally:
            server.should_exit = True
            thread.join()
