"""A desk in a process of its own: killed, out of disk, and a very long evening."""

from __future__ import annotations

import resource
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from bench.desk_running import Served, open_page, put_caret, served
from bench.long_show import SLUG, make_show
from pullquote.formats.folder import ShowFolder
from pullquote.formats.transcript_md import load_transcript

pytestmark = pytest.mark.browser
WORDS = 6_000


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One for all: each test writes in a turn of its own."""
    show = tmp_path_factory.mktemp("rough") / "show"
    make_show(show, WORDS)
    with served(show) as found:
        yield found


def file_of(desk: Served) -> Path:
    return ShowFolder(desk.show).episode(SLUG).transcript


def wait_for_words(desk: Served, words: str) -> None:
    until = time.monotonic() + 20
    while words not in file_of(desk).read_text():
        assert time.monotonic() < until, f"{words!r} is not in the file"
        time.sleep(0.05)


def test_a_long_transcript_has_one_element_a_turn(
    browser: Browser, desk: Served
) -> None:
    page = open_page(browser, desk, SLUG)
    turns = page.locator("p.turn").count()
    assert turns == WORDS // 60
    everything = page.evaluate(
        """() => {
          const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
          let count = 1;
          while (walker.nextNode()) count++;
          return count;
        }"""
    )
    # a paragraph and its text; and the questions, a quarter as many, with two lines each
    few = 700
    assert everything < 2 * turns + 6 * (turns // 4) + few
    page.context.close()


def test_a_killed_server_costs_no_word_that_the_browser_has(
    browser: Browser, desk: Served
) -> None:
    page = open_page(browser, desk, SLUG)
    put_caret(page, "t40")
    page.keyboard.type(" before the end")
    wait_for_words(desk, "before the end")
    desk.kill()
    page.keyboard.type(" and after it")
    expect(page.locator(".saved")).to_have_text("Not saved")
    load_transcript(file_of(desk))
    desk.start()
    wait_for_words(desk, "before the end and after it")
    expect(page.locator(".saved")).to_have_text("Saved")
    page.context.close()


def test_words_that_a_closed_page_could_not_send_are_sent_by_the_next(
    browser: Browser, desk: Served
) -> None:
    page = open_page(browser, desk, SLUG)
    context = page.context
    put_caret(page, "t50")
    desk.kill()
    page.keyboard.type(" kept in the browser")
    expect(page.locator(".saved")).to_have_text("Not saved")
    page.close()
    desk.start()
    again = context.new_page()
    again.goto(f"{desk.address}/episodes/{SLUG}")
    wait_for_words(desk, "kept in the browser")
    expect(again.locator("#t50")).to_contain_text("kept in the browser")
    context.close()


def test_a_full_disk_is_told_and_nothing_is_lost(
    browser: Browser, desk: Served
) -> None:
    page = open_page(browser, desk, SLUG)
    put_caret(page, "t60")
    assert desk.process is not None
    free = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, (1000, free[1]))
    page.keyboard.type(" no room")
    note = page.locator("p.problem", has_text="Not saved yet.")
    expect(note).to_contain_text("cannot be written (File too large); free disk space")
    assert "no room" not in file_of(desk).read_text()
    load_transcript(file_of(desk))
    resource.prlimit(desk.process.pid, resource.RLIMIT_FSIZE, free)
    wait_for_words(desk, "no room")
    expect(note).to_be_hidden()
    page.context.close()
