"""A browser that keeps nothing: every page of the desk works, and says what is at stake."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from pullquote.formats.answer_md import load_answer
from tests.desk.looking import visiting
from tests.desk.running import Running
from tests.desk.test_away import OPERATIONS
from tests.desk.test_review import HERE, path_of, reopen, sent
from tests.desk.test_transcript_page import in_file, open_transcript, write_at

pytestmark = pytest.mark.browser

NOTHING_KEPT = """
const refuse = { get() { throw new DOMException("denied", "SecurityError"); } };
for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(window, name, refuse);
const denied = () => Promise.reject(new DOMException("denied", "SecurityError"));
if (navigator.locks) LockManager.prototype.request = LockManager.prototype.query = denied;
"""
"""What scripts meet where somebody blocked the storage of sites."""


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of such a browser; ``visiting`` fails where a script does."""
    with visiting(browser, viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(NOTHING_KEPT)
        yield context.new_page()


def test_the_transcript_is_heard_and_written_all_the_same(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.locator("#speed").select_option("1.5")
    assert page.evaluate("document.querySelector('audio').playbackRate") == 1.5
    page.get_by_text("Settings").click()
    page.get_by_label("A click plays").uncheck()
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    assert in_file(desk, "Good late evening")
    expect(page.locator(".saved")).to_have_text("Saved")
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.get_by_label("Switch off: Say who speaks").first.click()
    page.get_by_role("button", name="Close").click()
    page.reload()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#t2")).to_contain_text("Good late evening")


def test_nobody_leaves_words_behind_that_only_the_page_has(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.route(OPERATIONS, lambda route: route.abort())
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    told = "Leave this page open: your browser keeps nothing of it elsewhere."
    expect(page.get_by_text(told)).to_be_visible()
    asked: list[str] = []

    def stay(dialog: object) -> None:
        asked.append(dialog.type)  # type: ignore[attr-defined]
        dialog.dismiss()  # type: ignore[attr-defined]

    page.on("dialog", stay)
    with page.expect_event("dialog"):
        page.evaluate("location.href = '/'")
    assert asked == ["beforeunload"]
    page.unroute(OPERATIONS)
    assert in_file(desk, "Good late evening")


def test_an_answer_is_written_and_a_note_is_sent(page: Page, desk: Running) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    open_transcript(page, desk)
    page.goto(f"{desk.address}{HERE}?edit")
    page.wait_for_selector("html[data-ready]")
    body = page.locator("#body")
    body.focus()
    page.keyboard.press("Control+End")
    page.keyboard.type("More.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert load_answer(path_of(desk)).body.rstrip().endswith("More.")
    page.goto(f"{desk.address}{link}")
    page.wait_for_selector("html[data-ready]")
    page.locator("#note").fill("Please say which.")
    page.keyboard.press("Alt+C")
    expect(page.get_by_text("Please say which.").first).to_be_visible()
    page.goto(desk.address)
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
