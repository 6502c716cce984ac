"""The desk is away, or the session is over, while somebody writes: no word is lost."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pullquote.formats.answer_md import load_answer
from tests.desk.looking import come_in, visiting
from tests.desk.running import SLUG, Running
from tests.desk.test_review import HERE, reopen, sent
from tests.desk.test_transcript_page import in_file, open_transcript, write_at

pytestmark = pytest.mark.browser
OPERATIONS = "**/operations"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser, viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


WATCH_REMOVALS = """
const remove = Storage.prototype.removeItem;
window.besides = [];
Storage.prototype.removeItem = function (key) {
  const others = Object.entries(this).filter(([name]) => name !== key);
  if (key.includes("unsent") && this.getItem(key)) besides.push(JSON.stringify(others));
  remove.call(this, key);
};
"""
"""Notes what else a page keeps whenever it forgets something unsent."""


def swallow(route: Route) -> None:
    """A network that takes everything and answers nothing."""


def test_words_that_nobody_heard_outlive_the_browser(
    browser: Browser, page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.route(OPERATIONS, swallow)
    write_at(page, "t2", "evening")
    with page.expect_request(OPERATIONS):  # it is under way and is never answered
        page.keyboard.type("late ")
    page.keyboard.type("summer ")
    fourth, fifth = (page.locator(f"#{name}").inner_text() for name in ("t4", "t5"))
    write_at(page, "t4", fourth[20:28])
    page.keyboard.press("Enter")  # a split that waits
    page.keyboard.type("Split and ")
    page.keyboard.press("Escape")
    write_at(page, "t5", fifth[:8])
    page.keyboard.type("kept: ")
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")  # a join that waits
    page.keyboard.type("and joined, ")
    page.wait_for_timeout(200)
    state = page.context.storage_state()  # killed: nothing says goodbye
    with visiting(browser, storage_state=state) as context:
        after = context.new_page()
        after.add_init_script(WATCH_REMOVALS)
        open_transcript(after, desk)
        assert in_file(desk, "Good late summer evening")
        beside = after.evaluate("window.besides[0]")
        assert "late summer" in beside, "kept anew before it is forgotten"
        assert in_file(desk, "and joined, kept: " + fifth.split()[0])
        made = [text for text in after.locator("p.turn").all_inner_texts() if text]
        assert fourth[:20].strip() in made
        (second,) = [text for text in made if text.startswith("Split and ")]
        assert second == f"Split and {fourth[20:]} and joined, kept: {fifth}"
        assert after.evaluate("Object.keys(localStorage).join()").count("unsent") == 0
    page.unroute_all(behavior="ignoreErrors")


def test_a_tab_closed_on_a_slow_network_leaves_each_word_once(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    network = page.context.new_cdp_session(page)
    slow = {"latency": 700, "downloadThroughput": -1, "uploadThroughput": -1}
    network.send("Network.emulateNetworkConditions", {"offline": False, **slow})
    write_at(page, "t2", "evening")
    with page.expect_request(OPERATIONS):  # it is under way
        page.keyboard.type("late ")
    page.keyboard.type("summer ")
    page.wait_for_timeout(200)
    after = page.context.new_page()
    page.close()
    open_transcript(after, desk)
    assert in_file(desk, "Good late summer evening")
    assert not desk.app.state.rooms.get(SLUG).room.history.clashes


@pytest.mark.parametrize("key", ["Enter", "Backspace"])
def test_words_in_a_turn_whose_split_or_join_was_done_unheard_are_kept(
    browser: Browser, page: Page, desk: Running, key: str
) -> None:
    open_transcript(page, desk)
    page.route(OPERATIONS, lambda route: route.fetch())  # done, and nobody says so
    third, fourth = (page.locator(f"#{name}").inner_text() for name in ("t3", "t4"))
    write_at(page, "t4", fourth[18:23] if key == "Enter" else fourth[:8])
    page.keyboard.press(key)
    page.keyboard.type("These are kept: ")
    assert in_file(desk, fourth[:17] + "\n\n**" if key == "Enter" else "")
    page.wait_for_timeout(200)
    state = page.context.storage_state()
    with visiting(browser, storage_state=state) as context:
        after = context.new_page()
        open_transcript(after, desk)
        made = [
            " ".join(text.split()) for text in after.locator("p.turn").all_inner_texts()
        ]
        if key == "Enter":
            assert f"These are kept: {fourth[18:]}" in made
            assert in_file(desk, "These are kept: " + fourth[18:23])
        else:
            assert f"{third} These are kept: {fourth}" in made
            assert in_file(desk, "These are kept: " + fourth[:8])
    page.unroute_all(behavior="ignoreErrors")


def test_an_undo_whose_answer_is_lost_is_done_once(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    for word in ("late ", "summer "):
        page.keyboard.type(word)
        page.wait_for_timeout(1100)  # each is taken back apart
    assert in_file(desk, "Good late summer evening")
    lost: list[int] = []

    def lose(route: Route) -> None:
        lost.append(route.fetch().status)
        route.abort()

    page.route("**/undo", lose, times=1)
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("#status")).to_have_text("Taken back.")
    assert lost == [200]
    assert in_file(desk, "Good late evening")


def test_a_split_or_join_that_is_not_done_takes_no_words(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    before = page.locator("#t3").inner_text()
    page.route(OPERATIONS, lambda route: route.abort())
    write_at(page, "t3", before[:8])
    page.keyboard.type("Away. ")
    expect(page.locator(".saved")).to_have_text("Not saved")
    page.keyboard.press("Enter")
    expect(page.locator("#status")).to_contain_text("cannot be reached")
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    page.unroute(OPERATIONS)
    page.evaluate("dispatchEvent(new Event('online'))")
    assert in_file(desk, f"Away.\n{before}")
    problem = '{"problems": ["The disk is full."]}'
    page.route(OPERATIONS, lambda r: r.fulfill(status=422, body=problem), times=1)
    page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("Enter")
    expect(page.locator(".problem", has_text="The disk is full.")).to_be_visible()
    expect(page.locator("#t3")).to_have_text("Away. " + before)
    write_at(page, "t3", before[:8])
    page.keyboard.type("Back. ")
    assert in_file(desk, f"Away.\nBack.\n{before}")


def test_a_join_of_a_turn_that_another_named_meanwhile_is_taken_back_in_the_page(
    page: Page, desk: Running
) -> None:
    """Both turns have their words again, and what is typed next stands where it does."""
    open_transcript(page, desk)
    third, fourth = (page.locator(f"#{name}").inner_text() for name in ("t3", "t4"))
    held: list[Route] = []
    page.route(OPERATIONS, lambda route: held.append(route), times=1)
    write_at(page, "t4", fourth[:8])
    page.keyboard.press("Home")
    with page.expect_request(OPERATIONS):  # nothing is typed: it is sent all the same
        page.keyboard.press("Backspace")
    expect(page.locator("#t4")).to_have_count(0)
    name_viewer(desk)
    page.wait_for_timeout(300)
    held[0].continue_()
    expect(page.locator("#t4")).to_have_text(fourth)
    expect(page.locator("#t3")).to_have_text(third)
    assert in_file(desk, "**Viewer** [00:00:")


def test_a_join_that_comes_hours_later_stands_against_a_name_given_meanwhile(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    fourth, context = page.locator("#t4").inner_text(), page.context
    context.route(OPERATIONS, lambda route: route.abort())
    write_at(page, "t4", fourth[:8])
    page.keyboard.press("Home")
    page.keyboard.press("Backspace")
    expect(page.locator(".saved")).to_have_text("Not saved")
    page.close()
    context.unroute(OPERATIONS)
    name_viewer(desk)
    after = context.new_page()
    with after.expect_response(OPERATIONS):
        open_transcript(after, desk)
    expect(after.locator("#t4")).to_have_text(fourth)
    assert in_file(desk, "**Viewer** [00:00:")
    assert not after.evaluate("Object.keys(localStorage).join()").count("unsent")


def name_viewer(desk: Running) -> None:
    """Somebody else says who speaks in the fourth turn."""
    client = desk.at_the_machine()
    name = {"kind": "name", "turn": "t4", "speaker": "Viewer", "whole_voice": False}
    body = json.dumps({"operation": name, "revision": 0}).encode()
    headers = {"origin": desk.address, "x-csrf-token": client.csrf()}
    where = f"/episodes/{SLUG}/operations"
    assert client.send("POST", where, body, headers).status == 200


def test_words_for_a_turn_that_went_are_shown(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    context = page.context
    context.route(OPERATIONS, lambda route: route.abort())
    write_at(page, "t3", page.locator("#t3").inner_text()[:8])
    page.keyboard.type("Nobody saw this. ")
    expect(page.locator(".saved")).to_have_text("Not saved")
    client = desk.at_the_machine()
    body = b'{"operation": {"kind": "join", "turn": "t3"}, "revision": 0}'
    headers = {"origin": desk.address, "x-csrf-token": client.csrf()}
    where = f"/episodes/{SLUG}/operations"
    assert client.send("POST", where, body, headers).status == 200
    page.close()  # with the network still away: it may not try once more
    context.unroute(OPERATIONS)
    page = context.new_page()
    page.goto(f"{desk.address}/episodes/{SLUG}")
    expect(page.locator(".problem", has_text="Nobody saw this.")).to_be_visible()


def sign_in_again(page: Page, desk: Running) -> None:
    come_in(page.context, desk, desk.at_the_machine())


def end_session(page: Page, desk: Running) -> None:
    for cookie in page.context.cookies(desk.address):
        desk.doors.sessions.end(str(cookie.get("value")))


def test_whoever_signs_in_again_goes_on_where_they_wrote(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    other = page.context.new_page()
    reopen(desk)
    other.goto(f"{desk.address}{HERE}?edit")
    end_session(page, desk)
    page.bring_to_front()
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    expect(page.locator(".saved")).to_have_text("Not saved")
    other.bring_to_front()
    other.locator("#body").press("End")
    other.keyboard.type(" More.")
    expect(other.locator("#saved")).to_contain_text("Sign in again in another tab")
    sign_in_again(page, desk)
    expect(other.locator("#saved")).to_contain_text("Saved ")
    assert " More." in load_answer(desk.folder.episode(SLUG).answer("heat-or-ice")).body
    page.bring_to_front()
    assert in_file(desk, "Good late evening")


def test_a_note_to_the_editor_is_there_after_signing_in_again(
    page: Page, desk: Running
) -> None:
    reopen(desk)
    link = sent(desk, desk.at_the_machine())
    page.goto(desk.address + link)
    other = page.context.new_page()
    other.goto(desk.address + link)
    page.locator("#note").fill("Say how long.")
    page.goto(desk.address + link)
    expect(page.locator("#note")).to_have_value("Say how long.")
    other.locator("#note").fill("And how often.")
    newer = sent(desk, desk.at_the_machine())
    other.close()
    page.goto(desk.address + newer)
    page.locator("#note").press("End")
    page.wait_for_selector("html[data-ready]")
    reopen(desk, "Ice may be", "Ice is")
    page.get_by_role("button", name="Ask for a change").click()
    expect(page.get_by_text("was changed while you read it")).to_be_visible()
    page.wait_for_selector("html[data-ready]")
    page.goto("about:blank")  # and it stood there only
    page.goto(desk.address + newer)
    expect(page.locator("#note")).to_have_value("Say how long.\nAnd how often.")
    page.get_by_role("button", name="Ask for a change").click()
    expect(page.get_by_text("You asked for a change")).to_be_visible()
    page.wait_for_selector("html[data-ready]")
    expect(page.locator("#note")).to_have_value("")


def test_back_brings_no_tick_of_another_change(page: Page, desk: Running) -> None:
    reopen(desk, "15 or 20 minutes", "50 minutes")
    link = sent(desk, desk.at_the_machine())
    page.goto(desk.address + link)
    page.locator("[name=tick]").check()
    page.goto("about:blank")
    reopen(desk, "50 minutes", "2 minutes")
    page.go_back()
    expect(page.locator("[name=tick]")).not_to_be_checked()
    expect(page.locator(".findings")).to_contain_text("2 minutes")


def test_both_versions_are_not_lost_at_the_door(page: Page, desk: Running) -> None:
    reopen(desk)
    sign_in_again(page, desk)
    page.goto(f"{desk.address}{HERE}?edit")
    body = page.locator("#body")
    reopen(desk, "Use", "Take")
    body.fill("Mine alone.")
    page.get_by_role("button", name="See both").wait_for()
    end_session(page, desk)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="See both").click()
    page.get_by_text("Come in by the address").wait_for()
    sign_in_again(page, desk)
    page.goto(f"{desk.address}{HERE}?edit")
    page.get_by_role("button", name="See both").click()
    expect(page.locator("#mine-body")).to_have_value("Mine alone.")
    page.get_by_role("button", name="Leave what is marked").click()
    expect(page.locator("#body")).to_have_value(
        load_answer(desk.folder.episode(SLUG).answer("heat-or-ice")).body.strip()
    )
