"""The house's pages in a real browser: accessible, never sideways, and working."""

from __future__ import annotations

import html
import re
import time
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    FloatRect,
    Locator,
    Page,
    Route,
    expect,
)

from pullquote.desk.state.requests import Requests, today
from pullquote.desk.state.users import User
from pullquote.formats.answer_md import load_answer
from tests.desk.looking import (
    NARROW_AND_WIDE,
    Scheme,
    check_look,
    come_in,
    visiting,
)
from tests.desk.running import OTHER, SLUG, Running, running, sample_show

pytestmark = pytest.mark.browser

HEAT = f"/episodes/{SLUG}/answers/heat-or-ice"
LOOKS: Sequence[tuple[int, Scheme]] = ((320, "light"), *NARROW_AND_WIDE)
PAGES = {
    "shelf": "/",
    "search": "/?q=pain",
    "jobs": "/jobs",
    "you": "/you",
    "answers": f"/episodes/{SLUG}/answers",
    "signed answer": f"/episodes/{SLUG}/answers/rest-or-keep-moving",
    "answer": f"{HEAT}?edit",
    "redactions": f"/episodes/{OTHER}/redactions",
    "versions": f"{HEAT}/versions",
    "reviews": "/reviews",
    "log": "/log",
    "problem": "/episodes/nowhere/answers",
}


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A desk where something stands in every state."""
    folder = sample_show(tmp_path_factory.mktemp("house") / "show")
    path = folder.episode(SLUG).answer("heat-or-ice")
    text = path.read_text().replace("15 or 20 minutes", "50 minutes")
    path.write_text(text)
    facts = folder.root / "episodes/2026-01-01-broken/episode.toml"
    facts.parent.mkdir()
    facts.write_text("title = \n")
    with running(folder) as found:
        client = found.at_the_machine()
        fields = {"question": "Heat or ice?", "body": "Both.", "speakers": "copperfold"}
        fields |= {"asked": "4:35 - 4:38", "answered": "4:39 - 4:59"}
        page = client.get(f"{HEAT}?edit").text
        fields["was"] = html.unescape(page.split('name="was" value="')[1].split('"')[0])
        assert client.post(HEAT, fields).status == 303
        path.write_text(text)
        fields = {"reviewer": "brambleworth", "note": "Look at the <minutes>."}
        client.post(f"{HEAT}/send", fields)
        requests = Requests(folder.state / "desk/requests.json")
        requests.change(requests.all()[0].id, due=today() - timedelta(days=3))
        client.post("/jobs", {"stage": "check"})
        while "Stop" in client.get("/jobs").text:
            time.sleep(0.1)
        yield found


@pytest.fixture
def context(browser: Browser, house: Running) -> Iterator[BrowserContext]:
    with visiting(browser, base_url=house.address) as made:
        come_in(made, house, house.at_the_machine())
        yield made


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_is_accessible_and_never_scrolls_sideways(page: Page, kind: str) -> None:
    page.goto(PAGES[kind])
    check_look(page, kind, LOOKS)


@pytest.mark.parametrize("kind", ["shelf", "answer", "redactions"])
def test_a_page_stands_high_contrast_and_large_text(page: Page, kind: str) -> None:
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.goto(PAGES[kind])
    check_look(page, f"{kind} in forced colours", NARROW_AND_WIDE)
    # 200 % zoom of 1280 px is a page of 640 px
    page.set_viewport_size({"width": 640, "height": 400})
    assert page.evaluate("document.documentElement.scrollWidth") <= 640


def test_the_door_and_a_link_look_as_well(
    browser: Browser, house: Running, page: Page
) -> None:
    page.goto(f"{HEAT}?edit")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("The link for")
    check_look(page, "sent", LOOKS)
    link = page.get_by_label("Link").input_value()
    with visiting(browser, base_url=house.address) as theirs:
        other = theirs.new_page()
        for what, where in (("door", "/login"), ("over", "/r/x"), ("review", link)):
            other.goto(where)
            check_look(other, what, LOOKS)
        other.get_by_label("What should be changed").fill("Say how long.")
        other.get_by_role("button", name="Ask for a change").click()
        expect(other.get_by_text("You asked for a change")).to_be_visible()
        check_look(other, "replied", NARROW_AND_WIDE)
    page.goto(HEAT)
    expect(page.get_by_text("asked for a change").first).to_be_visible()
    check_look(page, "change asked for", NARROW_AND_WIDE)


def test_signing_in_is_accessible(browser: Browser, tmp_path: Path) -> None:
    with running(sample_show(tmp_path / "show"), local=False) as desk:
        desk.doors.users.add(User(id="ann", name="Ann", role="editor"), "correct horse")
        context = browser.new_context(base_url=desk.address)
        page = context.new_page()
        page.goto("/")
        check_look(page, "log-in", LOOKS)
        page.get_by_label("Name").fill("ann")
        page.get_by_label("Password").fill("wrong")
        page.keyboard.press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("wrong")
        page.get_by_label("Name").fill("ann")
        page.get_by_label("Password").fill("correct horse")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("Spine Time")
        context.close()


def test_the_shelf_works_without_scripts(browser: Browser, house: Running) -> None:
    context = browser.new_context(base_url=house.address, java_script_enabled=False)
    come_in(context, house, house.at_the_machine())
    page = context.new_page()
    page.goto("/")
    page.get_by_role("button", name="Check everything").click()
    expect(page.locator(".job").first).to_contain_text("check")
    page.get_by_role("searchbox").fill("bed rest")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="2 places")).to_be_visible()
    context.close()


def test_the_shelf_goes_by_keys(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Back Pain Basics")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("/")
    page.keyboard.type("bed rest")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 places")).to_be_visible()


def test_a_stage_is_followed_live(page: Page) -> None:
    page.goto("/")
    more = page.locator(".row", has_text="Back Pain Basics").get_by_text("More")
    more.click()
    page.get_by_role("button", name=f"Find questions in {SLUG}").click()
    expect(page.locator(".job").first).to_contain_text("done")


@pytest.fixture
def own(browser: Browser, tmp_path: Path) -> Iterator[tuple[Running, Page]]:
    """A desk and a page of one's own, to change things."""
    with (
        running(sample_show(tmp_path / "show")) as desk,
        visiting(browser, base_url=desk.address) as context,
    ):
        come_in(context, desk, desk.at_the_machine())
        yield desk, context.new_page()


def until(page: Page, expression: str) -> None:
    """Wait until an expression is true; the page's policy forbids what Playwright has."""
    for _ in range(200):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {expression}")


def body_on_disk(desk: Running) -> str:
    return load_answer(desk.folder.episode(SLUG).answer("heat-or-ice")).body


def test_what_is_typed_is_on_disk_without_being_sent(own: tuple[Running, Page]) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    field = page.get_by_label("Answer", exact=False).first
    field.focus()
    page.keyboard.press("Control+Home")
    page.keyboard.type("Briefly: ")
    until(page, "document.querySelector('#saved').textContent.startsWith('Saved')")
    assert body_on_disk(desk).startswith("Briefly: Honestly")
    expect(page.locator("#state")).to_have_text("changed since signed")
    expect(page.frame_locator("#preview").locator(".answer")).to_contain_text(
        "Briefly:"
    )
    assert field.evaluate("e => e === document.activeElement")
    # a draft's banner, which came with the change, stands above the question
    beneath = """() => {
      const seen = document.querySelector("#preview").contentDocument;
      const [question, banner] = ["h1", ".draft-banner"].map(
        (one) => seen.querySelector(one).getBoundingClientRect());
      return question.top - banner.bottom;
    }"""
    assert page.evaluate(beneath) == pytest.approx(12, abs=1)


def test_spoken_words_and_warnings_stand_in_the_page(own: tuple[Running, Page]) -> None:
    desk, page = own
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    path.write_text(path.read_text().replace("15 or 20 minutes", "50 minutes"))
    page.goto(f"{HEAT}?edit")
    frame = page.frame_locator("#preview")
    expect(frame.locator(".desk-finding")).to_have_text(" (1)")
    expect(frame.locator(".desk-beneath")).to_have_count(0)
    page.keyboard.press("Alt+b")
    expect(frame.locator(".desk-beneath")).to_have_count(4)
    expect(frame.locator(".desk-beneath del")).to_have_text("15 or 20")
    check_look(page, "answer with spoken words", NARROW_AND_WIDE)
    frame.locator("h1").click()  # what has the focus there hears every key alone
    assert page.evaluate("document.activeElement.id") == "preview"
    page.keyboard.press("Alt+b")
    expect(frame.locator(".desk-beneath")).to_have_count(0)


def test_a_change_on_disk_appears_and_keeps_the_caret(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    field = page.locator("#question")
    field.focus()
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    path.write_text(path.read_text().replace("Honestly, use", "Use"))
    expect(page.locator("#body")).to_have_value(body_on_disk(desk))
    expect(page.locator("#status")).to_contain_text("changed elsewhere")
    assert field.evaluate("e => e === document.activeElement")


def test_a_network_that_swallows_everything_is_said_to_be_gone(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")

    def swallow(route: Route) -> None:
        """Take it, and answer nothing."""

    page.route("**/answers/heat-or-ice", swallow)
    page.locator("#question").fill("Heat or ice?")
    expect(page.locator("#saved")).to_contain_text("the desk does not answer")
    page.unroute_all(behavior="ignoreErrors")
    expect(page.locator("#saved")).to_contain_text("Saved")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    assert load_answer(path).question == "Heat or ice?"


def test_back_button_brings_unsent_words_and_no_stale_form(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    page.route("**/answers/heat-or-ice", lambda route: route.abort())
    page.locator("#question").press("End")
    page.keyboard.type(" Or both?")
    expect(page.locator("#saved")).to_contain_text("does not answer")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/log")
    page.unroute("**/answers/heat-or-ice")
    page.go_back()
    page.wait_for_selector("html[data-ready]")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    for _ in range(100):  # what is shown is what the file has, or on its way there
        if load_answer(path).question.endswith(" Or both?"):
            break
        page.wait_for_timeout(100)
    assert load_answer(path).question.endswith(" Or both?")
    expect(page.locator("#question")).to_have_value(re.compile(" Or both[?]$"))


def test_earlier_versions_restored_leave_unsent_words(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    page.locator("#question").fill("Heat?")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.route("**/answers/heat-or-ice", lambda route: route.abort())
    page.locator("#body").press("Control+End")
    page.keyboard.type(" Not sent yet.")
    expect(page.locator("#saved")).to_contain_text("does not answer")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(f"{HEAT}/versions")
    page.unroute("**/answers/heat-or-ice")
    page.get_by_role("button", name="Restore").first.click()
    expect(page.locator("#body")).to_have_value(re.compile(" Not sent yet.$"))
    expect(page.locator("#status")).to_contain_text("is saved now")
    assert body_on_disk(desk).endswith(" Not sent yet.")


def test_a_link_is_made_of_what_was_typed_or_not_at_all(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    page.goto(f"{HEAT}?edit")
    page.locator("#body").press("Control+End")
    page.keyboard.type(" Ask your doctor.")
    page.get_by_role("button", name="Make the link").click()  # before it was saved
    page.wait_for_url("**/send")
    assert load_answer(path).body.endswith(" Ask your doctor.")
    page.goto(f"{HEAT}?edit")
    page.route("**/answers/heat-or-ice", lambda route: route.abort())
    page.locator("#body").press("Control+End")
    page.keyboard.type(" Soon.")
    page.keyboard.press("Alt+Enter")
    expect(page.locator("#status")).to_contain_text("Not done: what you typed is not")
    page.unroute("**/answers/heat-or-ice")
    expect(page.locator("#saved")).to_contain_text("Saved")
    page.keyboard.press("Alt+Enter")
    page.wait_for_url("**/send")
    assert load_answer(path).body.endswith(" Ask your doctor. Soon.")


def test_the_caret_stays_at_its_word_when_others_words_come_in(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    page.locator("#body").focus()
    page.keyboard.press("Control+End")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    path.write_text(path.read_text().replace("Honestly, use", "As said, do use"))
    expect(page.locator("#body")).to_have_value(body_on_disk(desk))
    page.keyboard.type(" Ask your doctor.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    assert body_on_disk(desk).endswith(" Ask your doctor.")


def test_what_others_write_leaves_a_word_that_is_put_together(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    keys = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        there = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", there)

    field = page.locator("#body")
    field.press("Control+Home")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    with page.expect_request(lambda one: one.method == "POST"):
        page.keyboard.type("x")
        path.write_text(path.read_text().replace("15 or 20", "10 or 20"))
    compose("n")  # under way are both
    page.wait_for_timeout(1000)
    assert not body_on_disk(desk).startswith("xn"), "half a word"
    compose("nì")
    keys.send("Input.insertText", {"text": "你"})
    page.keyboard.type("y")  # the caret is where it was
    expect(field).to_have_value(re.compile("^x你yHonestly.* 10 or 20", re.DOTALL))
    until(page, "document.querySelector('#saved').textContent.startsWith('Saved')")
    assert body_on_disk(desk).startswith("x你yHonestly")
    assert "10 or 20" in body_on_disk(desk)


def test_news_that_are_older_than_a_save_do_not_come_in(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    late: list[Route] = []

    def hold(route: Route) -> None:
        late.append(route)

    page.route("**/now?*", hold, times=1)
    for _ in range(300):  # the page asks every three seconds
        if late:
            break
        page.wait_for_timeout(100)
    (news,) = late
    path.write_text(path.read_text().replace("Honestly, use", "Use"))
    answer = news.fetch()  # what the file says now, and it is slow to arrive
    page.locator("#body").press("Control+End")
    page.keyboard.type(" Ask your doctor.")
    expect(page.locator("#saved")).to_contain_text("Saved")
    news.fulfill(response=answer)
    page.wait_for_timeout(300)
    expect(page.locator("#body")).to_have_value(re.compile("Ask your doctor.$"))
    assert body_on_disk(desk).startswith("Use")
    page.keyboard.type(" Or a nurse.")
    expect(page.locator("#body")).to_have_value(re.compile("doctor. Or a nurse.$"))
    expect(page.locator("#saved")).to_contain_text("Saved")


def test_a_tab_that_saves_leaves_what_another_has_not_sent(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    other = page.context.new_page()
    for one in (page, other):
        one.goto(f"{HEAT}?edit")
    other.route("**/*", lambda route: route.abort())  # nothing gets out of it
    other.locator("#body").press("Control+End")
    other.keyboard.type(" Only in this tab.")
    expect(other.locator("#saved")).to_contain_text("does not answer")
    page.locator("#question").fill("Heat or ice?")
    expect(page.locator("#saved")).to_contain_text("Saved")
    other.close()  # a browser that kills it asks nobody
    page.reload()
    expect(page.locator("#status")).to_contain_text("is saved now")
    answer = load_answer(desk.folder.episode(SLUG).answer("heat-or-ice"))
    assert answer.question == "Heat or ice?"
    assert answer.body.endswith(" Only in this tab.")
    kept = page.evaluate("Object.keys(localStorage).filter(k => k.includes('unsaved'))")
    assert kept == []


def test_two_who_type_at_once_lose_nothing(own: tuple[Running, Page]) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    other = page.context.new_page()
    other.goto(f"{HEAT}?edit")
    page.locator("#question").fill("Heat or ice?")
    other.locator("#body").press("Control+End")
    other.keyboard.type("\nAsk your doctor.")
    for one in (page, other):
        expect(one.locator("#saved")).to_contain_text("Saved")
        expect(one.locator("#question")).to_have_value("Heat or ice?")
        expect(one.locator("#body")).to_have_value(body_on_disk(desk))
    assert body_on_disk(desk).endswith("Ask your doctor.")


def test_the_same_words_typed_twice_show_both(own: tuple[Running, Page]) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    # the file changes before the page has looked: nobody saw it
    page.route("**/now?*", lambda route: route.abort())
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    path.write_text(
        path.read_text().replace('question = "Is heat', 'question = "Was heat')
    )
    page.locator("#question").fill("Mine?")
    page.get_by_role("button", name="See both").wait_for()
    page.locator("#body").press("Control+End")
    page.keyboard.type(" Typed on.")
    expect(page.locator("#saved")).to_contain_text("Not saved. Changed by somebody")
    page.evaluate(
        """() => {
          document.querySelector("#saved button").click();
          const body = document.querySelector("#body");
          body.value += " Typed while it loads.";
          body.dispatchEvent(new Event("input", { bubbles: true }));
        }"""
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Two changes of one answer"
    )
    expect(page.locator(".theirs ins")).to_contain_text("Was heat better")
    expect(page.locator(".theirs")).to_have_css("white-space-collapse", "preserve")
    check_look(page, "both", NARROW_AND_WIDE)
    page.get_by_label("Yours").fill("Ours?")
    page.get_by_role("button", name="Save mine").click()
    expect(page.locator("#saved")).to_contain_text("Saved")
    expect(page.locator("#body")).to_have_value(
        re.compile("Typed on. Typed while it loads.$")
    )
    answer = load_answer(path)
    assert answer.question == "Ours?"
    assert answer.body.endswith("Typed on. Typed while it loads.")
    page.get_by_role("link", name="Earlier versions").click()
    expect(page.locator("main")).to_contain_text("Was")  # what was not chosen


def test_a_tab_closed_before_somebody_chose_offers_both_again(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    page.route("**/now?*", lambda route: route.abort())
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    path.write_text(path.read_text().replace("Honestly, use", "Use"))
    page.locator("#body").press("Control+Home")
    page.keyboard.type("Mine: ")
    page.get_by_role("button", name="See both").wait_for()
    page.keyboard.type("and on. ")
    other = page.context.new_page()
    page.close()
    for _ in range(2):  # as often as it is closed without choosing
        other.goto(f"{HEAT}?edit")
        other.get_by_role("button", name="See both").wait_for()
        expect(other.locator("#body")).to_have_value(re.compile("^Mine: and on. Hon"))
    other.get_by_role("button", name="See both").click()
    expect(other.get_by_label("Yours")).to_have_value(re.compile("^Mine: and on."))


def test_a_server_that_is_gone_costs_no_word(own: tuple[Running, Page]) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    page.route("**/*", lambda route: route.abort())
    page.locator("#question").fill("Typed while it was away?")
    expect(page.locator("#saved")).to_contain_text("does not answer")
    page.unroute("**/*")
    expect(page.locator("#saved")).to_contain_text("Saved")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    assert load_answer(path).question == "Typed while it was away?"


def test_a_browser_that_was_ended_brings_its_words_back(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    page.goto(f"{HEAT}?edit")
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    before = path.read_text()
    page.locator("#question").fill("Not sent yet?")
    kept = page.evaluate("Object.entries(localStorage)")
    expect(page.locator("#saved")).to_contain_text("Saved")
    path.write_text(before)
    page.goto("/")  # what a browser that was killed in between leaves behind
    page.evaluate("kept => kept.forEach(([k, v]) => localStorage.setItem(k, v))", kept)
    page.goto(f"{HEAT}?edit")
    expect(page.locator("#status")).to_contain_text("is saved now")
    assert load_answer(path).question == "Not sent yet?"


def test_a_clip_is_heard_from_its_second(own: tuple[Running, Page]) -> None:
    _, page = own
    asked: list[str] = []
    page.on(
        "request",
        lambda r: (
            asked.append(r.headers.get("range", ""))
            if r.url.endswith("/sound")
            else None
        ),
    )
    page.goto(f"{HEAT}?edit")
    page.evaluate(
        """() => {
          window.heard = [];
          const play = HTMLMediaElement.prototype.play;
          HTMLMediaElement.prototype.play = function () {
            window.heard.push(this.currentTime);
            window.audio = this;
            return play.call(this);
          };
        }"""
    )
    page.keyboard.press("Alt+q")
    until(page, "window.audio && window.audio.currentTime > 275.3")
    assert abs(page.evaluate("window.heard[0]") - 275.17) < 0.05
    assert all(one.startswith("bytes=") for one in asked)
    until(page, "window.audio.paused")
    assert page.evaluate("window.audio.currentTime") < 278.5


def test_a_private_detail_goes_at_one_key(own: tuple[Running, Page]) -> None:
    desk, page = own
    page.goto(f"/episodes/{OTHER}/redactions")
    paths = desk.folder.episode(OTHER)
    before = paths.transcript.read_text()
    page.keyboard.press("r")
    note = page.locator(".note.redacted")
    expect(note).to_contain_text("Walter Pinchbrook is now “a viewer”")
    page.keyboard.press("u")
    expect(page.get_by_text("Taken back: the words are there again")).to_be_visible()
    assert paths.transcript.read_text() == before
    page.keyboard.press("r")
    expect(note).to_contain_text("No output has the words any more")
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert "Pinchbrook" not in paths.transcript.read_text()
    page.wait_for_load_state()  # its keys work from then on
    page.get_by_role("button", name="It may stay 68").focus()
    page.keyboard.press("k")
    expect(
        page.locator("[role=status]", has_text="It may stay at 2:41")
    ).to_be_visible()
    expect(page.locator(".private-list li")).to_have_count(1)


def test_a_key_held_down_decides_on_one_private_detail(
    own: tuple[Running, Page],
) -> None:
    _, page = own
    page.goto(f"/episodes/{OTHER}/redactions")
    expect(page.locator("#notes li")).to_have_count(3)
    for _ in range(5):  # also on the page that comes after it
        page.keyboard.down("k")
        page.wait_for_timeout(100)
    page.keyboard.up("k")
    expect(page.locator("#notes li")).to_have_count(2)


def test_a_signed_answer_is_heard_sentence_by_sentence(page: Page) -> None:
    page.goto(HEAT)
    with page.expect_request(lambda one: one.url.endswith("/sound")):
        page.locator("#notes .sentences .hear").first.click()


def test_who_sends_an_answer_reads_its_page_first(page: Page) -> None:
    """On a phone the page stood below the form that sends it."""
    page.goto(f"{PAGES['signed answer']}?edit")
    seen, sending = page.locator("#preview"), page.locator("#sending")

    def box(what: Locator) -> FloatRect:
        found = what.bounding_box()
        assert found is not None
        return found

    page.set_viewport_size({"width": 390, "height": 800})
    assert box(sending)["y"] > box(seen)["y"] + box(seen)["height"]
    page.set_viewport_size({"width": 1280, "height": 800})
    editor = box(page.locator("#editor"))
    assert box(sending)["x"] == editor["x"] < box(seen)["x"]
    assert 0 < box(sending)["y"] - editor["y"] - editor["height"] < 60


def test_marks_stand_at_their_sentence_in_any_alphabet(
    own: tuple[Running, Page],
) -> None:
    desk, page = own
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    text = path.read_text().replace("15 or 20 minutes", "50 minutes")
    path.write_text(text.replace("Honestly, use", "İİİİ: use"))  # small, each is two
    page.goto(f"{HEAT}?edit")
    frame = page.frame_locator("#preview")
    expect(frame.locator(".answer.prose")).to_contain_text("50 minutes. (")


def test_the_shelf_stays_when_the_session_ends(page: Page) -> None:
    def reading(route: Route) -> None:
        found = route.fetch()
        main = '<main id="main" tabindex="-1">'
        text = found.text().replace(main, f'{main}<p id="reading"></p>')
        route.fulfill(response=found, body=text)

    page.route("**/", reading)
    page.goto("/")
    page.unroute("**/")
    page.context.clear_cookies()
    with page.expect_response(lambda one: "/login" in one.url):
        pass
    page.wait_for_timeout(300)
    expect(page.locator("#rows .row").first).to_be_visible()
