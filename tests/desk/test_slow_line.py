"""What is done in a transcript while the desk's answer is on its way.

Each page but the one that is held hears at once what was done: the news of it comes
before the answer, as over a slow line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pullquote.formats.corrections_json import save_corrections
from pullquote.model.transcript import Correction
from tests.desk.looking import visiting
from tests.desk.running import OTHER, SLUG, Running
from tests.desk.test_transcript_page import in_file, open_transcript, write_at

pytestmark = pytest.mark.browser
OPERATIONS = "**/operations"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser, viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


@pytest.fixture
def other(page: Page, desk: Running) -> Page:
    """The page of somebody else, beside ``page``; the transcript is open in both."""
    open_transcript(page, desk)
    found = page.context.new_page()
    open_transcript(found, desk)
    page.bring_to_front()
    return found


class Held:
    """The first request that a page sends to an address: it waits, others pass."""

    def __init__(self, page: Page, address: str = OPERATIONS) -> None:
        self._page, self._address = page, address
        self._routes: list[Route] = []
        page.route(address, self._take)

    def _take(self, route: Route) -> None:
        if self._routes:
            route.continue_()
        else:
            self._routes.append(route)

    def wait(self) -> None:
        """Wait until it is on its way."""
        for _ in range(100):
            if self._routes:
                return
            self._page.wait_for_timeout(50)
        raise AssertionError("nothing was sent")

    def arrive(self) -> None:
        """Have the desk do it; the news of it goes to all pages."""
        self.wait()
        self._answer = self._routes[0].fetch()
        self._page.wait_for_timeout(400)

    def answer(self) -> None:
        """Have the page hear the answer."""
        self._routes[0].fulfill(response=self._answer)
        self._page.unroute(self._address, self._take)  # `in_file` lets none pass


def text(page: Page) -> str:
    """The transcript as a page shows it."""
    return " ".join(" ".join(page.locator("p.turn").all_text_contents()).split())


def same(page: Page, other: Page, desk: Running) -> None:
    """Two pages show what the file has."""
    path = desk.folder.episode(SLUG).transcript
    for _ in range(100):
        written = path.read_text().partition("+++\n\n")[2]
        lines = [line for line in written.splitlines() if not line.startswith("**")]
        found = " ".join(" ".join(lines).split())
        if text(page) == text(other) == found:
            return
        page.wait_for_timeout(100)
    assert text(page) == text(other) == found


def test_others_words_are_there_once_the_answer_is(
    page: Page, other: Page, desk: Running
) -> None:
    held = Held(other)
    write_at(other, "t2", "glad")
    other.keyboard.type("m")
    held.arrive()
    write_at(page, "t2", "evening")
    page.keyboard.type("dark ")
    assert in_file(desk, "Good dark evening")
    other.wait_for_timeout(400)
    held.answer()
    expect(other.locator("#t2")).to_contain_text("Good dark evening")
    same(page, other, desk)
    assert in_file(desk, "very mglad")


def test_what_is_typed_and_taken_away_hides_nothing_that_others_did(
    page: Page, other: Page, desk: Running
) -> None:
    held = Held(other)
    write_at(other, "t2", "glad")
    other.keyboard.type("m")
    held.wait()
    write_at(page, "t2", "evening")
    page.keyboard.type("dark ")
    assert in_file(desk, "Good dark evening")
    held.arrive()  # its answer has those words too
    other.keyboard.type("x")
    held.answer()
    other.keyboard.press("Backspace")
    expect(other.locator("#t2")).to_contain_text("Good dark evening")
    same(page, other, desk)
    assert in_file(desk, "very mglad")


def test_a_letter_that_is_taken_away_stays_away(
    page: Page, other: Page, desk: Running
) -> None:
    before = text(page)
    held = Held(other)
    write_at(other, "t2", "glad")
    other.keyboard.type("m")
    held.wait()
    other.keyboard.press("Backspace")
    held.arrive()
    expect(page.locator("#t2")).to_contain_text("very mglad")
    assert text(other) == before
    held.answer()
    expect(page.locator("#t2")).not_to_contain_text("mglad")
    same(page, other, desk)
    assert text(other) == before


def test_a_turn_is_split_where_the_page_showed_it(
    page: Page, other: Page, desk: Running
) -> None:
    held = Held(other)
    write_at(other, "t2", "I am")
    other.keyboard.press("Enter")
    held.wait()
    write_at(page, "t2", "I am")
    page.keyboard.type("And ")
    assert in_file(desk, "And I am very glad")
    held.arrive()
    second = other.locator("p.turn[contenteditable]").get_attribute("id")
    assert second
    write_at(other, second, "glad")
    other.keyboard.press("Enter")
    held.answer()
    expect(page.locator(f"#{second}")).to_have_text("And I am very")
    same(page, other, desk)


def test_a_new_turn_stays_while_others_split_and_join(
    page: Page, other: Page, desk: Running
) -> None:
    held = Held(other)
    write_at(other, "t2", "I am")
    other.keyboard.press("Enter")
    held.wait()
    count = other.locator("p.turn").count()
    write_at(page, "t4", "Hello")
    page.keyboard.press("Enter")
    expect(other.locator("p.turn")).to_have_count(count + 1)
    other.keyboard.type("Truly ")
    held.arrive()
    held.answer()
    same(page, other, desk)
    assert in_file(desk, "Truly I am very glad")


def test_a_split_is_joined_again_before_the_desk_answers(
    page: Page, other: Page, desk: Running
) -> None:
    before = text(page)
    count = page.locator("p.turn").count()
    held = Held(other)
    write_at(other, "t2", "I am")
    other.keyboard.press("Enter")
    held.wait()
    other.keyboard.press("Backspace")
    held.arrive()
    expect(page.locator("p.turn")).to_have_count(count + 1)
    held.answer()
    expect(page.locator("p.turn")).to_have_count(count)
    expect(other.locator("div.problem")).to_have_count(0)
    same(page, other, desk)
    assert text(other) == before


def test_a_turn_is_joined_while_an_undo_is_under_way(
    page: Page, other: Page, desk: Running
) -> None:
    count = page.locator("p.turn").count()
    write_at(other, "t3", "And")
    other.keyboard.press("Backspace")
    expect(page.locator("p.turn")).to_have_count(count - 1)
    held = Held(other, "**/undo")
    other.keyboard.press("Control+z")
    held.wait()
    write_at(other, "t4", "Thank")
    other.keyboard.press("Backspace")
    held.arrive()
    held.answer()
    expect(page.locator("#t4")).to_have_count(0)
    same(page, other, desk)


def test_the_answer_to_an_undo_leaves_who_writes_elsewhere_by_now(
    page: Page, other: Page, desk: Running
) -> None:
    write_at(other, "t2", "evening")
    other.keyboard.type("late ")
    assert in_file(desk, "Good late evening")
    held = Held(other, "**/undo")
    other.keyboard.press("Control+z")
    held.arrive()
    expect(other.locator("#t2")).to_contain_text("Good evening")
    write_at(other, "t4", "Hello")
    other.keyboard.type("truly ")
    held.answer()
    expect(other.locator("#status")).to_have_text("Taken back.")
    other.keyboard.type("and really ")
    assert in_file(desk, "truly and really ")
    expect(other.locator("#t4")).to_be_focused()
    same(page, other, desk)


# ---- Who speaks ----


@pytest.fixture
def voices(page: Page, desk: Running) -> list[str]:
    """Who speaks in a draft, turn by turn: the host is named, one doctor, S2, is not."""
    path = desk.folder.episode(OTHER).transcript
    told = path.read_text().replace("Larkfield?**", "Larkfield**")
    path.write_text(told.replace("**S3**", "**Marcus Brambleworth**"))
    open_transcript(page, desk, OTHER)
    return speakers(desk)


def speakers(desk: Running) -> list[str]:
    written = desk.folder.episode(OTHER).transcript.read_text()
    return re.findall(r"^\*\*(.*?)\*\*", written, re.MULTILINE)


def named(page: Page, desk: Running, wanted: Sequence[str]) -> None:
    """Those speak, turn by turn, in the file."""
    for _ in range(50):
        if speakers(desk) == wanted:
            return
        page.wait_for_timeout(100)
    assert speakers(desk) == wanted


def ask_who(page: Page, turn: str, name: str, *, whole: bool = True) -> None:
    """Open the question who speaks, and write a name."""
    page.bring_to_front()
    page.locator(f"#{turn}").focus()
    page.keyboard.press("s")
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label(re.compile("voice")).set_checked(whole)


def say_who(page: Page) -> None:
    page.bring_to_front()
    page.get_by_role("button", name="This is who speaks").click()


def test_a_name_that_is_put_right_at_once_is_given_to_that_voice_alone(
    page: Page, desk: Running, voices: list[str]
) -> None:
    """Once all turns of the host, whose name it had for a second, got the doctor's."""
    held = Held(page)
    ask_who(page, "t2", "Simon Larkfield")
    say_who(page)
    held.wait()
    ask_who(page, "t2", "Irene Copperfold")
    say_who(page)
    held.arrive()
    held.answer()
    status = page.locator("#status")
    expect(status).to_have_text("Irene Copperfold: 8 turns")
    named(page, desk, [{"S2": "Irene Copperfold"}.get(one, one) for one in voices])


def test_a_voice_that_others_named_while_one_was_asked_keeps_that_name(
    page: Page, desk: Running, voices: list[str]
) -> None:
    other = page.context.new_page()
    open_transcript(other, desk, OTHER)
    ask_who(page, "t2", "Irene Copperfold")
    ask_who(other, "t2", "Simon Larkfield")
    say_who(other)
    expect(page.locator("#t2")).to_have_attribute("data-speaker", "Simon Larkfield")
    say_who(page)
    status = page.locator("#status")
    expect(status).to_contain_text("Nothing was named: S2 is Simon Larkfield by now.")
    named(page, desk, [{"S2": "Simon Larkfield"}.get(one, one) for one in voices])


def test_a_turn_that_others_give_to_a_voice_gets_no_name_unseen(
    page: Page, desk: Running, voices: list[str]
) -> None:
    other = page.context.new_page()
    open_transcript(other, desk, OTHER)
    held = Held(page)
    ask_who(page, "t4", "Irene Copperfold")
    say_who(page)
    held.wait()
    ask_who(other, "t3", "Marcus Brambleworth", whole=False)
    say_who(other)
    expect(other.locator("#status")).to_have_text("Marcus Brambleworth: 1 turn")
    held.arrive()
    held.answer()
    wanted = [{"Marcus Brambleworth": "Irene Copperfold"}.get(x, x) for x in voices]
    wanted[2] = "Marcus Brambleworth"
    named(page, desk, wanted)


def test_whoever_writes_on_is_not_asked_about_a_name_meanwhile(
    page: Page, desk: Running, voices: list[str]
) -> None:
    held = Held(page)
    ask_who(page, "t2", "Dora Vethwart")
    say_who(page)
    write_at(page, "t4", "It")
    page.keyboard.type("truly ")
    held.arrive()
    held.answer()
    status = page.locator("#status")
    expect(status).to_contain_text("Nothing was named: Dora Vethwart is nobody of")
    page.keyboard.type("and really ")
    assert in_file(desk, "truly and really It", OTHER)
    named(page, desk, voices)


def test_whoever_writes_on_is_not_taken_to_the_next_guess(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk, OTHER)
    held = Held(page)
    page.locator("#t1").focus()
    page.keyboard.press("c")
    held.wait()
    write_at(page, "t4", "It")
    page.keyboard.type("truly ")
    held.arrive()
    held.answer()
    expect(page.locator("#status")).to_contain_text("Simon Larkfield: ")
    page.keyboard.type("and really ")
    assert in_file(desk, "truly and really It", OTHER)


# ---- Beside the text ----


def test_who_refused_a_question_and_went_on_stays_at_the_other(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk, f"{OTHER}?show=suggestions")
    items = page.locator("li.cut")
    expect(items.first).to_be_focused()
    held = Held(page, "**/reject")
    page.keyboard.press("r")
    page.keyboard.press("1")
    held.wait()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    question = page.locator("li.cut:focus .cut-question").inner_text()
    held.arrive()
    held.answer()
    expect(items).to_have_count(9)
    expect(page.locator("li.cut:focus .cut-question")).to_have_text(question)


def test_who_took_a_question_and_writes_on_stays_in_the_text(
    page: Page, desk: Running, voices: list[str]
) -> None:
    ask_who(page, "t2", "Irene Copperfold")
    say_who(page)
    named(page, desk, [{"S2": "Irene Copperfold"}.get(one, one) for one in voices])
    expect(page.locator("#status")).to_have_text("Irene Copperfold: 8 turns")
    page.keyboard.press("Alt+g")
    page.keyboard.press("ArrowDown")
    held = Held(page, "**/cut")
    page.keyboard.press("Enter")
    held.wait()
    write_at(page, "t4", "It")
    page.keyboard.type("truly ")
    held.arrive()
    held.answer()
    status = page.locator("#status")
    expect(status).to_have_text("Cut. The draft is under “Answers”.")
    expect(page.locator("li.cut")).to_have_count(9)
    page.keyboard.type("and really ")
    assert in_file(desk, "truly and really It", OTHER)


def test_the_version_that_was_asked_for_last_is_shown(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    assert in_file(desk, "late evening")
    page.keyboard.press("Alt+v")
    rows = page.locator(".versions button")
    expect(rows).to_have_count(2)
    held = Held(page, "**/versions/*")
    rows.first.click()
    held.wait()
    rows.last.click()
    back = page.get_by_role("button", name="Bring the beginning back")
    expect(back).to_be_visible()
    write_at(page, "t4", "Hello")
    held.arrive()
    held.answer()
    page.wait_for_timeout(400)
    expect(back).to_be_visible()
    expect(page.locator("#t4")).to_be_focused()


def find(page: Page, words: str, instead: str) -> None:
    page.locator("#t1").focus()
    page.keyboard.press("Control+Shift+F")
    page.get_by_label("Find", exact=True).fill(words)
    page.get_by_label("In all episodes").check()
    page.get_by_label("Write instead").fill(instead)
    page.get_by_label("Write instead").press("Enter")


def test_what_is_written_instead_is_what_stood_there_when_it_was_pressed(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    find(page, "herniated disc", "slipped disc")
    expect(page.get_by_text("4 places in 2 episodes")).to_be_visible()
    held = Held(page)
    page.get_by_role("button", name="Replace 4 places").click()
    held.wait()
    page.get_by_label("Write instead").fill("bulging disc")
    page.keyboard.press("End")
    held.arrive()
    held.answer()
    expect(page.get_by_text("4 replaced.", exact=True)).to_be_visible()
    expect(page.get_by_label("Write instead")).to_be_focused()
    assert in_file(desk, "slipped disc", OTHER)
    for slug in (SLUG, OTHER):
        assert "bulging" not in desk.folder.episode(slug).transcript.read_text()


def test_what_was_looked_for_last_is_what_is_found(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    held = Held(page, "**/find?*")
    find(page, "herniated disc", "slipped disc")
    held.wait()
    find(page, "knot", "knob")
    count = page.locator(".found + .count, section p[role=status]").filter(
        has_text="place"
    )
    expect(count).to_have_text("1 place")
    held.arrive()
    held.answer()
    page.wait_for_timeout(400)
    expect(count).to_have_text("1 place")


def test_an_offer_takes_the_place_of_the_words_it_was_made_for_alone(
    page: Page, other: Page, desk: Running
) -> None:
    offer = Correction(
        start=139_280, end=139_500, offered="knob", kind="term", likeness=0.8
    )
    save_corrections(desk.folder.episode(SLUG).corrections, SLUG, [offer])
    open_transcript(page, desk)
    turn = page.locator("p.turn", has_text="something like a knot.")
    place = str(turn.get_attribute("id"))
    turn = page.locator(f"#{place}")
    write_at(page, place, "a knot.")
    page.keyboard.press("Alt+u")
    expect(page.locator("#status")).to_contain_text("“knot.”: was it “knob”?")
    other.bring_to_front()
    write_at(other, place, "knot.")
    other.keyboard.type("very big ")
    expect(turn).to_contain_text("very big knot.")
    page.bring_to_front()
    page.keyboard.press("Alt+Enter")
    assert in_file(desk, "something like a very big knob.")


def test_a_button_keeps_the_focus_when_another_stage_begins(
    page: Page, desk: Running
) -> None:
    """Once Enter stopped the newest: its button had come to the same place."""
    client = desk.at_the_machine()
    open_transcript(page, desk)
    for stage in ("check", "build", "suggest"):
        client.post("/jobs", {"stage": stage})
    page.goto(f"{desk.address}/jobs")
    stop = page.get_by_role("button", name="Stop suggest")
    stop.focus()
    client.post("/jobs", {"stage": "build --hold-back"})
    expect(page.get_by_role("button", name="Stop build --hold-back")).to_be_visible()
    expect(stop).to_be_focused()
