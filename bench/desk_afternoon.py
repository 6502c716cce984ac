"""Who types at the desk, and what goes wrong meanwhile: what ``desk_walk`` walks with."""

from __future__ import annotations

import random
import re
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import BrowserContext, Page

from pullquote.desk.app import desk_app
from pullquote.desk.serving import DeskServer
from pullquote.formats.folder import ShowFolder
from tests.desk.running import SLUG, Running

PLACE = """([id, n]) => {
  const turn = document.getElementById(id);
  const words = [...(turn?.textContent ?? "").matchAll(/\\S+/g)];
  if (!words.length) return null;
  turn.scrollIntoView({block: "center"});
  const range = document.createRange();
  const at = words[n % words.length].index;
  range.setStart(turn.firstChild, at);
  range.setEnd(turn.firstChild, at + 1);
  const box = range.getBoundingClientRect();
  return [box.left + 0.3, box.top + box.height / 2];
}"""
TURNS = "[...document.querySelectorAll('p.turn')].slice(0, 12).map(one => one.id)"
SHOWN = """word => [...document.querySelectorAll('p.turn')]
  .some(one => one.textContent.includes(word))"""


@dataclass
class Afternoon:
    """The desk, who works at it, and what they typed."""

    folder: ShowFolder
    chance: random.Random
    port: int
    train: BrowserContext
    home: BrowserContext
    pages: dict[str, Page] = field(default_factory=dict)
    offline: bool = False
    words: Iterator[str] = field(default_factory=lambda: map("w{}w".format, count()))
    typed: list[str] = field(default_factory=list)
    redacted: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Serve the desk, at the same address each time."""
        address = f"http://127.0.0.1:{self.port}"
        listener = socket.create_server(("127.0.0.1", self.port))
        self.desk = Running(
            address, desk_app(self.folder, address, local=True), self.folder
        )
        self.server = DeskServer(self.desk.app)
        given = {"sockets": [listener]}
        self.thread = threading.Thread(target=self.server.run, kwargs=given)
        self.thread.start()

    def end(self) -> None:
        """End the desk."""
        self.server.should_exit = True
        self.thread.join()

    def network(self) -> None:
        """Let the network of the train come or go."""
        self.offline = not self.offline
        self.train.set_offline(self.offline)

    def restart(self) -> None:
        """End the desk, and start it again."""
        self.end()
        time.sleep(self.chance.random())
        self.start()

    def sign_in(self, context: BrowserContext) -> None:
        """Give a browser a new session."""
        value = self.desk.doors.sessions.begin("local")
        name, url = self.desk.doors.cookie_name, self.desk.address
        context.add_cookies([{"name": name, "value": value, "url": url}])

    def open(self, context: BrowserContext) -> Page:
        """Open the transcript in one more tab."""
        page = context.new_page()
        page.goto(f"{self.desk.address}/episodes/{SLUG}")
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        return page

    def type(self, who: str) -> None:
        """Type a few words somewhere, and split or join a turn now and then."""
        page = self.pages[who]
        page.bring_to_front()
        turn = self.chance.choice(page.evaluate(TURNS))
        place = page.evaluate(PLACE, [turn, self.chance.randrange(50)])
        if place is None:
            return
        page.mouse.click(*place)
        for key in (None, None, self.chance.choice((None, None, "Enter", "Backspace"))):
            if key == "Backspace":
                page.keyboard.press("Home")
            if key:
                page.keyboard.press(key)
            word = next(self.words)
            page.keyboard.type(word + " ", delay=self.chance.choice((0, 8)))
            if page.evaluate(SHOWN, word):
                self.typed.append(word)

    def redact(self) -> None:
        """Redact a stretch, or take one back."""
        client, where = self.desk.at_the_machine(), f"/episodes/{SLUG}/redactions"
        if self.redacted and self.chance.random() < 0.5:
            client.post(where, {"do": "undo", "undo": self.redacted.pop()})
            return
        start = self.chance.randrange(10, 57)  # "0:60" is no time
        given = {"do": "add", "start": f"0:{start}", "end": f"0:{start + 2}"}
        made = client.post(where, {**given, "replacement": "a viewer"})
        asked = parse_qs(urlsplit(made.headers["location"]).query)
        self.redacted += asked["undo"]

    def lost(self) -> tuple[list[str], list[str], list[str]]:
        """Return words that are nowhere, those that wait, and those there twice."""
        while self.redacted:
            self.chance.shuffle(self.redacted)
            undo = {"do": "undo", "undo": self.redacted.pop()}
            self.desk.at_the_machine().post(f"/episodes/{SLUG}/redactions", undo)
        self.desk.app.state.rooms.flush(SLUG)
        text = self.folder.episode(SLUG).transcript.read_text()
        history = self.desk.app.state.rooms.get(SLUG).room.history
        waiting = " ".join(clash.text for clash in history.clashes.values())
        # a click may fall into a word that somebody typed a moment ago
        rest = re.sub(r"\bw\d+w ", "", text)
        gone = [word for word in self.typed if word not in text + rest]
        return (
            [word for word in gone if word not in waiting],
            [word for word in gone if word in waiting],
            [word for word in self.typed if text.count(word) > 1],
        )
