"""An editor's afternoon and a doctor's five minutes, by keyboard alone, in twelve steps.

Open, say who one is, confirm names, correct, find a question, move its edge, cut, edit,
redact, send; hear, sign. ``PULLQUOTE_PICTURES=1`` writes docs/desk/ anew.
"""

from __future__ import annotations

import io
import os
import re
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from pullquote.formats.answer_md import load_answer
from pullquote.formats.redactions_toml import load_redactions
from tests.desk.looking import visiting
from tests.desk.running import OTHER, ROOT, Running, running, sample_show

pytestmark = pytest.mark.browser

PICTURES = ROOT / "docs/desk"
WIDE = {"width": 1280, "height": 800}
STILL = """() => new Promise((done) => {
  let last = -1, same = 0;
  const look = () => {
    same = scrollY === last ? same + 1 : 0;
    last = scrollY;
    if (same > 30) done(); else requestAnimationFrame(look);
  };
  look();
})"""
"""Half a second without scrolling: halfway the picture would be shifted."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Running]:
    folder = sample_show(tmp_path / "show")
    recording = folder.episode(OTHER).recording("recording.opus")
    shutil.copy2(ROOT / f"sample/recordings/{OTHER}.opus", recording)
    with running(folder) as found:
        yield found


class Keyboard:
    """A person without a mouse: presses keys, looks at what has the focus."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def focused(self) -> str:
        """What a screen reader would say of the focus, roughly."""
        return str(
            self.page.evaluate(
                """() => {
                  const here = document.activeElement;
                  const label = here.labels?.[0]?.textContent ?? "";
                  return [here.id, here.getAttribute("aria-label"), label,
                    here.textContent.slice(0, 200)].join(" ");
                }"""
            )
        )

    def tab_to(self, words: str, key: str = "Tab") -> None:
        """Press Tab until what has the focus says these words."""
        for _ in range(80):
            if re.search(words, self.focused()):
                return
            self.press(key)
        raise AssertionError(f"no way to {words!r}, at {self.focused()!r}")

    def until(self, words: str, key: str) -> None:
        """Press a key until what has the focus says these words."""
        for _ in range(30):
            if re.search(words, self.focused()):
                return
            self.press(key)
            self.page.wait_for_timeout(60)
        raise AssertionError(f"{key} never leads to {words!r}")


def wait(true: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not true():
        assert time.monotonic() < until, "never"
        time.sleep(0.05)


def picture(page: Page, name: str) -> None:
    """Keep what the page looks like, for docs/, where that is asked for."""
    page.evaluate("document.fonts.ready")
    if os.environ.get("PULLQUOTE_PICTURES"):
        PICTURES.mkdir(exist_ok=True)
        page.evaluate(STILL)
        taken = Image.open(io.BytesIO(page.screenshot(animations="disabled")))
        taken.convert("RGB").quantize(64).save(PICTURES / f"{name}.png", optimize=True)


def test_twelve_steps_by_keyboard_alone(browser: Browser, desk: Running) -> None:
    with (
        visiting(browser, viewport=WIDE) as mine,
        visiting(browser, viewport=WIDE) as theirs,
    ):
        editor, doctor = Keyboard(mine.new_page()), Keyboard(theirs.new_page())
        _at_the_shelf(editor, desk)
        _in_the_transcript(editor, desk)
        name = _cut(editor, desk)
        link = _in_the_answer(editor, desk, name)
        _review(doctor, desk, name, link)
        editor.page.goto(desk.address)
        row = editor.page.locator(".row", has_text="Nerve Pain")
        expect(row).to_contain_text("1 approved")


def _at_the_shelf(editor: Keyboard, desk: Running) -> None:
    page = editor.page
    # 1. open: the one-time address
    page.goto(desk.doors.one_time_address or "")
    expect(page.get_by_role("heading", level=1)).to_have_text("Spine Time")
    expect(page.locator(".row", has_text="Nerve Pain")).to_be_visible()
    picture(page, "01-shelf")
    # 2. say who one is: it stands in every cut
    editor.tab_to("^ *You")
    editor.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Who you are")
    editor.tab_to("Somebody who is not")
    editor.until("Simon Larkfield", "ArrowUp")
    picture(page, "02-you")
    editor.press("Enter")
    expect(page.locator(".who")).to_contain_text("Simon Larkfield")


def _in_the_transcript(editor: Keyboard, desk: Running) -> None:
    page = editor.page
    transcript = desk.folder.episode(OTHER).transcript
    editor.tab_to("Nerve Pain and Numbness")
    editor.press("Enter")
    page.wait_for_selector("html[data-ready]")
    # 3. confirm names: a guess by one key, a voice nobody knows by its name
    editor.tab_to("^t1 ")
    editor.press("c")
    wait(lambda: "Larkfield?" not in transcript.read_text())
    for person in ("Irene Copperfold", "Marcus Brambleworth"):
        editor.until(r"^t[24] ", "ArrowDown")
        editor.press("s")
        expect(page.get_by_role("dialog")).to_be_visible()
        editor.type(person)
        if person.startswith("Irene"):
            picture(page, "03-names")
        editor.press("Enter")
        wait(lambda person=person: f"**{person}**" in transcript.read_text())  # type: ignore[misc]
        editor.press("ArrowDown")
    # 4. correct a word that was misheard
    editor.until("^t8 ", "ArrowDown")
    editor.press("ArrowRight", "ArrowRight", "Enter", "Control+Shift+ArrowRight")
    selected = str(
        page.evaluate("getSelection().toString()")
    )  # of some systems " " too
    assert selected.strip() == "life"
    editor.type(selected.replace("life", "lie"))
    wait(lambda: "You usually lie face down" in transcript.read_text())
    picture(page, "04-correct")
    editor.press("Escape")


def _cut(editor: Keyboard, desk: Running) -> str:
    page = editor.page
    # 5. the questions beside the text
    editor.press("Alt+g")
    editor.until("Two of his toes", "ArrowDown")
    # 6. move the question's edge by a sentence, and hear it
    editor.press("Shift+ArrowUp", "Shift+ArrowUp", "Shift+ArrowUp")
    editor.press("Control+Shift+ArrowLeft")
    expect(page.locator("#status")).to_contain_text("Question starts: Our")
    picture(page, "05-edge")
    # 7. take it: one key
    editor.press("Enter")
    page.wait_for_url("**/answers/*")
    name = page.url.rpartition("/")[2].partition("#")[0]
    answer = load_answer(desk.folder.episode(OTHER).answer(name))
    assert answer.cut_by == "larkfield"
    assert answer.speakers == ("brambleworth", "copperfold")
    return name


def _in_the_answer(editor: Keyboard, desk: Running, name: str) -> str:
    page = editor.page
    paths = desk.folder.episode(OTHER)
    path = paths.answer(name)
    page.wait_for_selector("html[data-ready]")
    # 8. shorten the question; the page as readers will see it follows
    editor.tab_to("^question ")
    editor.press("Control+a")
    editor.type("Is numbness more serious than pain?")
    wait(lambda: load_answer(path).question.startswith("Is numbness more"))
    frame = page.frame_locator("#preview")
    expect(frame.locator("h1")).to_have_text("Is numbness more serious than pain?")
    # 9. the spoken words beneath each sentence
    editor.press("Alt+b")
    expect(frame.locator(".desk-beneath").first).to_be_visible()
    picture(page, "06-answer")
    # 10. what is private goes at one key each
    editor.press("Escape")
    before = page.locator(".private-list li")
    expect(before).to_have_count(3)
    for left in (2, 1, 0):
        page.wait_for_selector("html[data-ready]")
        editor.press("r")
        expect(page.locator(".private-list li")).to_have_count(left)
        if left == 2:
            page.locator("#private-title").scroll_into_view_if_needed()
            picture(page, "07-redact")
    page.wait_for_selector("html[data-ready]")
    assert len(load_redactions(paths.redactions)) == 3
    assert "Pinchbrook" not in paths.transcript.read_text() + paths.words.read_text()
    # 11. send it to a doctor who did not cut it
    editor.press("Alt+Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("The link for")
    picture(page, "08-sent")
    return page.get_by_label("Link").input_value()


def _review(doctor: Keyboard, desk: Running, name: str, link: str) -> None:
    page = doctor.page
    path = desk.folder.episode(OTHER).answer(name)
    # 12. the doctor reads, hears, signs
    page.goto(link)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is numbness more")
    picture(page, "09-review")
    doctor.press("a")
    wait(
        lambda: bool(
            page.evaluate("document.querySelector('#answered').currentTime > 0")
        )
    )
    doctor.press("a")
    while not page.evaluate(
        "[...document.querySelectorAll('[name=tick]')].every(t => t.checked)"
    ):
        doctor.tab_to("^tick-")
        doctor.press("Space", "Tab")
    doctor.press("Alt+s")
    expect(page.get_by_role("status").first).to_contain_text("Signed.")
    picture(page, "10-signed")
    answer = load_answer(path)
    assert answer.approved
    assert answer.review is not None
    assert answer.review.by == "brambleworth"
