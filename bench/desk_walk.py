"""An answer from its first draft to its signature, walked at random; is each word there?

    python bench/desk_walk.py [--steps 80] [--seed 1] [--quiet]

One editor has the answer open in two tabs and the transcript in a third; the doctor's
link is open twice, on a network that comes and goes. They type, split, join, redact, take
back, save, send, comment and sign, by what the pages offer, while the desk starts again,
sessions end, the disk fills and git brings words. ``--quiet`` leaves those troubles out.
Each word typed has to be in its file, in what the browser keeps of the tab, or refused in
words; and nothing may be signed but what was shown.
"""

from __future__ import annotations

import argparse
import random
import re
import socket
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Dialog, Page
from playwright.sync_api import Error as BrowserError

from bench.desk_afternoon import Afternoon
from pullquote.desk.state.requests import Requests
from pullquote.formats.answer_md import load_answer
from pullquote.formats.disk import write_text
from tests.browser import chromium
from tests.desk.disk import no_space
from tests.desk.running import SLUG, sample_show

NAME = "heat-or-ice"
HERE = f"/episodes/{SLUG}/answers/{NAME}"
DOCTOR = "brambleworth"
CARET = """([name, n]) => {
  const field = document.querySelector(`#editor [name=${name}]`);
  if (!field) return false;
  field.focus();
  const starts = [...field.value.matchAll(/(?<=^|\\s)(?=\\S)/g)].map(one => one.index);
  const at = starts.length ? starts[n % starts.length] : 0;
  field.setSelectionRange(at, at);
  return true;
}"""
VALUE = "name => document.querySelector(`#editor [name=${name}]`)?.value ?? ''"
MINE = """() => [...document.querySelectorAll(".both textarea")]
  .map(one => one.value).join(" ")"""
SHOWN = """() => [document.querySelector("h1").innerText,
  document.querySelector(".published").innerText]"""


@dataclass
class Walk(Afternoon):
    """An editor at home, a doctor on a train, and one answer between them."""

    link: str = ""
    written: list[str] = field(default_factory=list)
    """Words that stood in a field of the answer once they were typed."""
    apart: list[str] = field(default_factory=list)
    """Words that did not come to stand in one piece."""
    left: list[str] = field(default_factory=list)
    """Words given up, or redacted for good, by a person who saw them."""
    said: list[str] = field(default_factory=list)
    """Words of the doctor's notes."""
    unlike: list[str] = field(default_factory=list)
    """What was signed and not shown."""
    signed: int = 0

    def come(self) -> None:
        """Open the editor's tabs, and the link twice."""
        self.sign_in(self.home)
        for who in ("one", "two"):
            self.pages[who] = self.tab(f"{HERE}?edit")
        self.pages["turns"] = self.open(self.home)
        self.send()

    def tab(self, path: str) -> Page:
        """Open another tab of the editor, who means it when leaving a page."""
        page = self.home.new_page()
        page.on("dialog", accept)
        self.go(page, path)
        return page

    def go(self, page: Page, path: str) -> bool:
        """Go somewhere as the address bar does; False where that cannot be reached."""
        page.bring_to_front()
        try:
            page.goto(self.desk.address + path)
        except BrowserError:
            return False
        return True

    def editor(self, who: str) -> Page | None:
        """Bring a tab to where the answer can be written; None where it cannot."""
        page = self.pages[who]
        page.bring_to_front()
        self.choose(page)
        if not page.locator("#editor").count() and not self.go(page, f"{HERE}?edit"):
            return None
        self.choose(page)
        with suppress(BrowserError):
            page.wait_for_selector("#editor", timeout=5000)
            page.wait_for_selector("html[data-ready]", timeout=5000)
            return page
        return None

    def choose(self, page: Page) -> None:
        """Where two versions are shown, choose one."""
        see = page.get_by_role("button", name="See both")
        if see.count():
            see.click()
            page.wait_for_load_state()
        if not page.locator(".both").count():
            return
        mine = page.evaluate(MINE)
        if self.chance.random() < 0.6:
            page.get_by_role("button", name="Save mine").click()
        else:
            text = self.path.read_text()
            self.left += [w for w in self.written if w in mine and w not in text]
            page.get_by_role("button", name="Leave what").click()
        page.wait_for_load_state()

    @property
    def path(self) -> Path:
        """The answer's file."""
        return self.folder.episode(SLUG).answer(NAME)

    def write(self, who: str | None = None) -> None:
        """Type a word or two into the answer."""
        page = self.editor(who or self.chance.choice(("one", "two")))
        if page is None:
            return
        for _ in range(self.chance.choice((1, 1, 2))):
            name = self.chance.choice(("body", "body", "body", "question"))
            if not page.evaluate(CARET, [name, self.chance.randrange(99)]):
                return
            word = next(self.words)
            page.keyboard.type(word + " ", delay=self.chance.choice((0, 8, 120)))
            whole = word in page.evaluate(VALUE, name)
            (self.written if whole else self.apart).append(word)
        if self.chance.random() < 0.3:
            page.keyboard.press("Control+s")
        page.wait_for_timeout(self.chance.choice((0, 0, 200, 900)))

    def turn(self) -> None:
        """Type into the transcript, split and join there."""
        self.type("turns")

    def fill(self) -> None:
        """Fill the disk, in the middle of typing."""
        with no_space():
            self.write()
            self.turn()
            self.comment()

    def sleep(self) -> None:
        """End the editor's session in the middle of typing."""
        for cookie in self.home.cookies(self.desk.address):
            self.desk.doors.sessions.end(cookie["value"])
        self.write("one")
        self.sign_in(self.home)

    def close(self) -> None:
        """Close a tab, whatever is unsent, and open another."""
        who = self.chance.choice(("one", "two", "turns"))
        self.pages[who].close()
        if who == "turns":
            self.pages[who] = self.open(self.home)
        else:
            self.pages[who] = self.tab(f"{HERE}?edit")

    def reload(self) -> None:
        """Load a page again, or go back from it and on to it."""
        page = self.pages[self.chance.choice(("one", "two", "phone", "laptop"))]
        with suppress(BrowserError):
            if self.chance.random() < 0.5:
                page.reload()
            else:
                page.go_back(timeout=3000)

    def pull(self) -> None:
        """Bring a word into the answer's file beneath, as git does."""
        word, text = next(self.words), self.path.read_text()
        head, mark, body = text.rpartition("+++\n")
        places = [*re.finditer(r"(?<=[a-z] )[a-z]{4,}(?= [a-z])", body)]
        if places:
            at = self.chance.choice(places).start()
            write_text(self.path, f"{head}{mark}{body[:at]}{word} {body[at:]}")
            self.written.append(word)

    def by_key(self) -> None:
        """Redact the first private detail at the answer, or take the last back."""
        page = self.editor(self.chance.choice(("one", "two")))
        if page:
            page.keyboard.press("Escape")
            page.keyboard.press(self.chance.choice("ru"))
            page.wait_for_timeout(self.chance.choice((0, 300)))

    def send(self) -> None:
        """Send it to the doctor, who opens the link twice; the editor goes back."""
        page = self.editor("one")
        if page is None:
            return
        page.keyboard.press("Alt+Enter")
        with suppress(BrowserError):
            page.wait_for_selector("#link", timeout=5000)
            self.link = page.input_value("#link").removeprefix(self.desk.address)
            page.go_back()
        for who in ("phone", "laptop"):
            if who not in self.pages:
                self.pages[who] = self.train.new_page()
            self.go(self.pages[who], self.link)

    def comment(self) -> None:
        """Write a note as the doctor, and mostly send it."""
        page = self.pages[self.chance.choice(("phone", "laptop"))]
        page.bring_to_front()
        if not page.locator("#note").count() and not self.go(page, self.link):
            return
        if not page.locator("#note").count():
            return
        word = next(self.words)
        page.locator("#note").press("End")
        page.keyboard.type(word + " ")
        self.said.append(word)
        if self.chance.random() < 0.7:
            self.press(page, "change")

    def sign(self, again: Page | None = None) -> None:
        """Sign what one of the two pages shows, and see whether that was signed."""
        page = again or self.pages[self.chance.choice(("phone", "laptop"))]
        page.bring_to_front()
        if self.offline:
            self.network()
        if not page.locator("button[value=approve]").count():
            self.go(page, self.link)
        if not page.locator("button[value=approve]").count():
            return
        if noted := page.input_value("#note"):  # a signature sends none
            self.left += [w for w in self.said if w in noted]
            page.fill("#note", "")
        heading, body = page.evaluate(SHOWN)
        if self.chance.random() < 0.3:
            self.write()  # while the doctor reads
            page.bring_to_front()
        for box in page.locator("[name=tick]").all():
            box.check()
        self.press(page, "approve")
        refused = page.locator(".problem").count()
        thanked = page.get_by_text("Thank you. If anybody changes it").count()
        if refused or not thanked:  # both where the other page was signed meanwhile
            if refused and not again:
                self.sign(page)  # it says why, and shows what there is now
            return
        self.signed += 1
        asked = self.requests().all()[0]
        seen = f"{asked.seen_question} {asked.seen_body}"
        if asked.outcome != "approved" or plain(seen) != plain(f"{heading} {body}"):
            self.unlike.append(f"{heading} {body} / {asked.outcome}: {seen}")

    def press(self, page: Page, what: str) -> None:
        """Press one of the doctor's buttons, whatever the network does."""
        page.locator(f"button[value={what}]").click()
        with suppress(BrowserError):
            page.wait_for_load_state(timeout=5000)

    def requests(self) -> Requests:
        """What was sent, and what came of it."""
        return Requests(self.folder.state / "desk/requests.json")

    def nowhere(self) -> list[str]:
        """Return words of the answer and of notes that are nowhere."""
        self.rest_well()
        versions = "".join(
            one.read_text() for one in self.folder.state.glob("desk/answers/*.jsonl")
        )
        self.go(self.pages["phone"], self.link)
        kept = " ".join(map(held, (self.pages["one"], self.pages["phone"])))
        text = self.path.read_text() + versions + kept
        notes = (self.folder.state / "desk/log.jsonl").read_text() + kept
        shown = " ".join(page.content() for page in self.pages.values())
        return [
            *(w for w in self.written if w not in text + shown and w not in self.left),
            *(w for w in self.said if w not in notes + shown and w not in self.left),
        ]

    def rest_well(self) -> None:
        """Let everything come to rest: the network is there, tabs are opened again."""
        self.offline = False
        self.train.set_offline(False)
        for who in ("one", "two"):
            if self.editor(who):
                self.pages[who].keyboard.press("Control+s")
        time.sleep(6)
        for who in ("one", "two"):
            self.editor(who)
        time.sleep(3)


def accept(dialog: Dialog) -> None:
    """Leave a page that warns."""
    with suppress(BrowserError):
        dialog.accept()


def held(page: Page) -> str:
    """What a browser keeps."""
    return str(page.evaluate("decodeURIComponent(JSON.stringify(localStorage))"))


def plain(text: str) -> list[str]:
    """The words of a text, however it is laid out."""
    return re.findall(r"\w+", text)


def walk(here: Walk, steps: int, *, quiet: bool) -> None:
    """Work, and let things go wrong."""
    deeds = {
        here.write: 40,
        here.turn: 12,
        here.by_key: 8,
        here.send: 5,
        here.comment: 8,
        here.sign: 8,
        here.redact: 4,
        here.reload: 4,
    }
    troubles = {
        here.pull: 5,
        here.close: 4,
        here.network: 4,
        here.restart: 2,
        here.sleep: 2,
        here.fill: 2,
    }
    if not quiet:
        deeds |= troubles
    for step in range(steps):
        (deed,) = here.chance.choices([*deeds], [*deeds.values()])
        print(f"{step}: {deed.__name__}", flush=True)
        deed()


def main() -> int:
    """Walk, and say what became of the words."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--steps", type=int, default=80)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root, chromium() as browser:
        folder = sample_show(Path(root) / "show")
        path = folder.episode(SLUG).answer(NAME)
        path.write_text(path.read_text().replace("Honestly, use", "Use"))
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        contexts = browser.new_context(), browser.new_context()
        here = Walk(folder, random.Random(given.seed), port, *contexts)
        here.start()
        try:
            here.come()
            walk(here, given.steps, quiet=given.quiet)
            nowhere = here.nowhere()
            lost, waiting, twice = here.lost()
            load_answer(path)
        finally:
            here.end()
    print(
        f"answer and notes: {len(here.written) + len(here.said)} words typed,"
        f" {len(nowhere)} nowhere {nowhere}, {len(here.left)} given up by choice,"
        f" not in one piece: {here.apart}; transcript: {len(here.typed)} typed,"
        f" {len(lost)} lost {lost}, {len(twice)} twice {twice}, {len(waiting)} wait;"
        f" signed {here.signed} times, {len(here.unlike)} unlike what was shown"
    )
    for one in here.unlike:
        print(one)
    return 1 if nowhere or lost or twice or here.unlike or here.apart else 0


if __name__ == "__main__":
    raise SystemExit(main())
