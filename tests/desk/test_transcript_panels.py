"""Beside the text, in a real browser: questions, find and replace, versions, unsure places."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from playwright.sync_api import Browser, Page, expect

from pullquote.formats.answer_md import load_answer
from pullquote.formats.corrections_json import save_corrections
from pullquote.formats.decisions_json import load_decisions
from pullquote.formats.suggestions_json import load_suggestions
from pullquote.model.transcript import Correction
from tests.desk.looking import NARROW_AND_WIDE, check_look, come_in, visiting
from tests.desk.running import OTHER, SLUG, Running
from tests.desk.test_transcript import AT, edit, get, post
from tests.desk.test_transcript_page import in_file, open_transcript, write_at

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, desk: Running) -> Iterator[Page]:
    client = desk.at_the_machine()
    client.post("/you", {"person": "larkfield"})
    with visiting(browser, viewport={"width": 1280, "height": 800}) as context:
        come_in(context, desk, client)
        yield context.new_page()


def name_everybody(desk: Running) -> None:
    path = desk.folder.episode(OTHER).transcript
    text = path.read_text().replace("Larkfield?**", "Larkfield**")
    text = text.replace("**S2**", "**Irene Copperfold**")
    path.write_text(text.replace("**S3**", "**Marcus Brambleworth**"))


def test_one_key_takes_a_suggestion(page: Page, desk: Running) -> None:
    name_everybody(desk)
    open_transcript(page, desk, OTHER)
    expect(page.get_by_role("button", name="Questions 10")).to_be_visible()
    page.keyboard.press("Alt+g")
    page.keyboard.press("ArrowDown")
    with page.expect_navigation(url=f"**/episodes/{OTHER}/answers/*"):
        page.keyboard.press("Enter")
    expect(page.get_by_label("Question", exact=True)).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    (path,) = desk.folder.episode(OTHER).answers.glob("*.md")
    answer = load_answer(path)
    assert answer.question == "Why does my leg hurt when the problem is in my back?"
    assert (answer.speakers, answer.cut_by) == (("copperfold",), "larkfield")
    (row,) = load_decisions(desk.folder.episode(OTHER).decisions)
    assert (row.verdict, row.by, row.answer_id) == ("accepted", "larkfield", answer.id)
    open_transcript(page, desk, OTHER)
    expect(page.get_by_role("button", name="Questions 9")).to_be_visible()


def test_the_way_to_the_questions_begins_where_one_reads(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk, OTHER)
    page.locator("p.turn", has_text="You usually life face down").click()
    page.keyboard.press("Alt+g")
    expect(page.locator("li.cut:focus")).to_contain_text("The next viewer wants")


QUESTION_IN_VIEW = """() => {
  const turn = document.getElementById("t18").getBoundingClientRect();
  const bar = document.querySelector("#player").getBoundingClientRect().bottom;
  return bar <= turn.top + 40 && turn.top + 60 <= document.querySelector("#panels").getBoundingClientRect().top;
}"""
"""Between the bar above and the panel below."""


def test_nobody_takes_a_suggestion_on_a_phone_whose_words_are_not_in_view(
    page: Page, desk: Running
) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    open_transcript(page, desk, f"{SLUG}?show=suggestions")
    expect(page.locator("#t18")).to_contain_text("my left foot has been")
    page.wait_for_function(QUESTION_IN_VIEW, timeout=5000)
    page.set_viewport_size({"width": 390, "height": 844})
    expect(page.get_by_role("button", name="Take")).to_be_in_viewport(ratio=1)


def test_edges_move_by_word_and_sentence_and_are_heard(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.locator("#t5").focus()
    page.keyboard.press("q")
    item = page.locator("li.cut:focus")
    expect(item.locator(".edge[aria-pressed=true]")).to_have_text("Answer ends again.")
    page.keyboard.press("Control+Shift+ArrowLeft")
    expect(item.locator(".edge[aria-pressed=true]")).to_have_text("Answer ends step.")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.keyboard.press("Shift+ArrowLeft")
    expect(item.locator(".edge[aria-pressed=true]")).to_have_text("Answer ends by")
    # the same for hands without a keyboard; the question keeps the focus
    item.get_by_role("button", name="Move the edge a word on").click()
    expect(item.locator(".edge[aria-pressed=true]")).to_have_text("Answer ends step.")
    page.keyboard.press("Shift+ArrowUp")
    expect(page.locator("#status")).to_have_text("Answer starts")
    page.keyboard.press("Shift+ArrowRight")
    expect(item.locator(".edge[aria-pressed=true]")).to_have_text("Answer starts most")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowUp")
    expect(item.locator(".edge[aria-pressed=true]")).to_contain_text("Question starts")
    page.wait_for_function("() => document.querySelector('audio').paused")
    assert page.evaluate("CSS.highlights.get('asked').size") == 1


def test_a_cut_from_nothing_takes_two_keys(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    page.locator("#t5").focus()
    for _ in range(3):
        page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("q")
    question = "When my back hurts, should I rest in bed, or should I keep moving?"
    expect(page.locator("li.cut:focus .cut-question")).to_have_text(question)
    expect(page.locator("#status")).to_contain_text("Irene Copperfold answers")
    with page.expect_navigation(url=f"**/episodes/{SLUG}/answers/*"):
        page.keyboard.press("Enter")


def test_a_correction_before_a_question_leaves_its_edges(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.locator("#t5").focus()
    for _ in range(3):
        page.keyboard.press("Control+ArrowRight")
    page.keyboard.press("q")
    item = page.locator("li.cut:focus")
    question = item.locator(".cut-question").inner_text()
    # fewer words before it, in the same turn, and one of its own
    text = page.locator("#t5").inner_text()
    gone = " ".join(text.split()[:3])
    for said, now in ((gone, "Well"), ("in bed", "abed")):
        replace_all(page, said, now)
    page.keyboard.press("Alt+g")
    expect(page.locator("li.cut:focus .cut-question")).to_have_text(
        question.replace("in bed", "abed")
    )
    with page.expect_navigation(url=f"**/episodes/{SLUG}/answers/*"):
        page.keyboard.press("Enter")
    asked = page.get_by_label("Question", exact=True)
    expect(asked).to_have_value(question.replace("in bed", "abed"))


def test_a_suggestion_says_its_question_as_it_was_corrected(
    page: Page, desk: Running
) -> None:
    name_everybody(desk)
    open_transcript(page, desk, f"{OTHER}?show=suggestions")
    heard = "Why does my leg hurt when the problem is in my back?"
    expect(page.get_by_text(heard).and_(page.locator(".cut-question"))).to_be_visible()
    replace_all(page, "does my leg", "do my legs")
    mended = page.locator(".cut-question", has_text="Why do my legs hurt")
    page.keyboard.press("Alt+g")
    expect(mended).to_be_visible()
    open_transcript(page, desk, f"{OTHER}?show=suggestions")
    expect(mended).to_have_text(heard.replace("does my leg", "do my legs"))


def test_a_correction_draws_only_questions_that_it_is_in(
    page: Page, desk: Running
) -> None:
    """Once every word that was typed drew the whole list anew."""
    name_everybody(desk)
    open_transcript(page, desk, f"{OTHER}?show=suggestions")
    questions = page.locator("li.cut .cut-question")
    expect(questions).to_have_count(10)
    page.evaluate(
        """() => {
          window.drawn = new Set();
          new MutationObserver((all) => all.forEach(({ target }) => {
            const item = (target.closest ? target : target.parentElement)?.closest("li.cut");
            if (item) window.drawn.add(item);
          })).observe(document.body, { subtree: true, childList: true, characterData: true });
        }"""
    )
    replace_all(page, "does my leg", "do my legs")
    mended = page.locator(".cut-question", has_text="Why do my legs hurt")
    expect(mended).to_have_count(1)
    assert page.evaluate("window.drawn.size") in (1, 2)  # two may share a turn


def replace_all(page: Page, said: str, now: str) -> None:
    page.keyboard.press("Control+Shift+f")
    page.locator("#find-query").fill(said)
    page.locator("#find-instead").fill(now)
    page.locator("#find-instead").press("Enter")
    page.get_by_role("button", name="Replace 1 place").click()
    expect(page.locator("#status")).to_contain_text("1 place replaced")
    expect(page.locator("#find-query")).to_be_focused()


def test_selected_text_becomes_question_and_answer_of_two_voices(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    page.evaluate(
        """() => {
          const [a, b] = ["t11", "t12"].map((id) => document.getElementById(id));
          a.focus();
          getSelection().setBaseAndExtent(a.firstChild, 55, a.firstChild, a.textContent.length);
        }"""
    )
    page.keyboard.press("q")
    question = page.locator("li.cut:focus .cut-question")
    expect(question).to_have_text("When does back pain need an MRI?")
    expect(page.locator("li.cut:focus .soft").first).to_contain_text(
        "Marcus Brambleworth, Irene Copperfold"
    )
    page.locator("#t12").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("a")
    expect(page.locator("li.cut:focus")).to_be_visible()
    page.locator("#t13").focus()
    page.keyboard.press("e")
    ends = page.locator("li.cut:focus .edge").last
    expect(ends).to_have_text("Answer ends signs.")
    page.keyboard.press("r")
    expect(page.get_by_text("When does back pain need an MRI?")).to_have_count(1)


def test_an_unanswered_question_says_so_and_one_is_refused(
    page: Page, desk: Running
) -> None:
    found = load_suggestions(desk.folder.episode(OTHER).suggestions)
    assert any(s.answer is None for s in found)
    open_transcript(page, desk, f"{OTHER}?show=suggestions")
    expect(page.locator("li.cut").first).to_be_focused()
    page.set_viewport_size({"width": 320, "height": 640})
    page.locator("li.cut", has_text="Nobody answered").first.focus()
    page.keyboard.press("Enter")
    told = page.locator("li.cut:focus").get_by_role("alert")
    expect(told).to_contain_text("Nobody answered this")
    expect(told).to_be_in_viewport()
    page.locator("li.cut").first.focus()
    page.keyboard.press("r")
    expect(page.get_by_role("dialog")).to_contain_text("Why is it not wanted?")
    page.keyboard.press("1")
    expect(page.get_by_role("button", name="Questions 9")).to_be_visible()
    expect(page.locator("li.cut:focus")).to_contain_text("Why does my leg hurt")
    (row,) = load_decisions(desk.folder.episode(OTHER).decisions)
    assert (row.verdict, row.reason, row.by) == (
        "rejected",
        "not-a-question",
        "larkfield",
    )
    assert not row.taken


def test_a_follow_up_is_joined(page: Page, desk: Running) -> None:
    name_everybody(desk)
    open_transcript(page, desk, OTHER)
    page.keyboard.press("Alt+g")
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("j")
    expect(page.locator("#status")).to_contain_text("How many of those")
    with page.expect_navigation(url=f"**/episodes/{OTHER}/answers/*"):
        page.keyboard.press("Enter")
    (path,) = desk.folder.episode(OTHER).answers.glob("*.md")
    assert "rather ask why" in load_answer(path).body
    rows = load_decisions(desk.folder.episode(OTHER).decisions)
    assert [(r.verdict, r.reason, r.taken) for r in rows] == [
        ("moved", None, True),
        ("rejected", "joined", True),
    ]


def test_an_answer_without_a_confirmed_name_asks_for_it(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk, OTHER)
    page.keyboard.press("Alt+g")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("Who is S2")
    page.keyboard.type("Irene Copperfold")
    page.keyboard.press("Enter")
    assert in_file(desk, "**Irene Copperfold** [00:00:54]", OTHER)
    expect(page.locator("li.cut:focus .soft").first).to_contain_text("Irene")
    with page.expect_navigation(url=f"**/episodes/{OTHER}/answers/*"):
        page.keyboard.press("Enter")


def test_a_broken_file_of_suggestions_leaves_the_rest(
    page: Page, desk: Running
) -> None:
    desk.folder.episode(SLUG).suggestions.write_text("{}")
    open_transcript(page, desk)
    expect(page.get_by_role("alert")).to_contain_text(
        "suggestions.json: schema is None"
    )
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    assert in_file(desk, "Good late evening")


def test_find_and_replace_shows_every_place_first(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    page.locator("#t1").focus()
    page.keyboard.press("Control+Shift+F")
    page.keyboard.type("back pain")
    page.keyboard.press("Enter")
    expect(page.get_by_text("7 places", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Delete it at 7 places")).to_be_visible()
    page.get_by_label("Find", exact=True).fill("herniated disc")
    page.get_by_label("In all episodes").check()
    page.get_by_label("Write instead").fill("slipped disc")
    page.get_by_label("Write instead").press("Enter")
    expect(page.get_by_text("4 places in 2 episodes")).to_be_visible()
    page.locator(".places input").nth(1).uncheck()
    page.get_by_role("button", name="Replace 3 places").click()
    expect(page.get_by_text("3 replaced.", exact=True)).to_be_visible()
    expect(page.locator("#status")).to_contain_text("in each transcript by itself")
    assert in_file(desk, "my scan shows a slipped disc")
    assert in_file(desk, "slipped disc", OTHER)
    text = desk.folder.episode(OTHER).transcript.read_text()
    assert (text.count("slipped disc"), text.count("herniated disc")) == (2, 1)
    page.locator("#t1").focus()
    page.keyboard.press("Control+z")
    assert in_file(desk, "my scan shows a herniated disc")
    page.route("**/find?*", lambda route: route.abort())
    page.get_by_role("button", name="Find", exact=True).last.click()
    expect(page.get_by_text("The desk cannot be reached.")).to_be_visible()


def test_versions_show_what_was_changed_and_come_back(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    page.keyboard.press("Alt+v")
    row = page.locator(".versions button").first
    expect(row).to_contain_text("You")
    row.click()
    expect(page.locator(".version ins")).to_have_text("late")
    page.get_by_role("button", name="Compare with now").click()
    expect(page.get_by_text("No difference.")).to_be_visible()
    page.locator(".versions button").last.click()
    expect(page.get_by_role("heading", name="What has changed since")).to_be_visible()
    expect(page.locator(".version ins")).to_have_text("late")
    page.get_by_role("button", name="Bring back: Irene Copperfold · 0:32").click()
    assert in_file(desk, "\nGood evening, everyone.\n")
    expect(page.locator("#t2")).to_contain_text("Good evening")
    page.locator(".versions button").nth(1).click()
    page.get_by_role("button", name="Bring this version back").click()
    assert in_file(desk, "Good late evening")


def test_unsure_places_are_reached_by_key(page: Page, desk: Running) -> None:
    paths = desk.folder.episode(SLUG)
    offer = Correction(
        start=139_280, end=139_500, offered="knob", kind="term", likeness=0.8
    )
    known = replace(offer, start=46_000, end=46_500, offered="knob", heard=True)
    save_corrections(paths.corrections, SLUG, [known, offer])
    text = paths.words.read_text()
    at = text.rindex('{"start":', 0, text.index('"knot."'))
    paths.words.write_text(f'{text[:at]}{{"doubts": ["unheard"], {text[at + 1 :]}')
    open_transcript(page, desk)
    page.locator("#t10").focus()
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("u")
    status = page.locator("#status")
    expect(status).to_contain_text("somebody speaks where no word is")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.keyboard.press("u")
    expect(status).to_contain_text("“knot.”: was it “knob”? Alt+Enter writes it.")
    page.keyboard.press("Alt+Enter")
    assert in_file(desk, "something like a knob.\n")
    page.keyboard.press("Escape")
    page.keyboard.press("u")
    expect(status).to_contain_text("the machine was unsure")
    assert page.evaluate("CSS.highlights.has('unsure')") is False
    page.get_by_role("button", name="Unsure").click()
    told = page.get_by_text("to hear again.")
    expect(told).to_contain_text(
        "words and 1 stretch to hear again. 1 sounds like a word"
    )
    page.get_by_label("Underline words").check()
    assert page.evaluate("CSS.highlights.get('unsure').size") > 0


def test_every_panel_is_accessible(page: Page, desk: Running) -> None:
    edit(desk.at_the_machine(), "very glad", "most glad")
    open_transcript(page, desk)
    page.locator("#t5").focus()
    page.keyboard.press("q")
    check_look(page, "questions", NARROW_AND_WIDE)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Versions").click()
    page.locator(".versions button").first.click()
    expect(page.locator(".version ins")).to_be_visible()
    check_look(page, "versions", NARROW_AND_WIDE)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Find", exact=True).click()
    page.get_by_label("Find", exact=True).fill("back")
    page.get_by_label("Find", exact=True).press("Enter")
    expect(page.locator(".places li").first).to_be_visible()
    check_look(page, "find", NARROW_AND_WIDE)


def test_what_is_no_cut_and_no_refusal_is_refused(desk: Running) -> None:
    ann = desk.at_the_machine()
    for clips in ({}, {"asked": [5, 1], "answered": [6, 7]}, {"asked": "x"}):
        assert post(ann, "/cut", clips).status == 400
    beyond = {"asked": [9_000_000, 9_100_000], "answered": [9_200_000, 9_300_000]}
    assert post(ann, "/cut", beyond).status == 404
    for number, reason in ((1, "because"), ("1", "private"), (None, None)):
        sent = {"number": number, "reason": reason}
        assert post(ann, "/reject", sent).status == 400
    assert post(ann, "/reject", {"number": 99, "reason": "private"}).status == 404
    assert not desk.folder.episode(SLUG).decisions.exists()


def test_what_cannot_be_found_or_compared_says_so(desk: Running) -> None:
    ann = desk.at_the_machine()
    assert ann.get(f"{AT}/find?q=+", accept="application/json").status == 400
    assert get(ann, "/find?q=zebra") == {"found": [], "more": 0}
    assert get(ann, "/find?q=Back&capitals=1")["found"] == []
    whole = get(ann, "/find?q=move&whole=1")["found"][0]["places"]
    assert len(whole) == 2
    assert ann.get(f"{AT}/versions/7", accept="application/json").status == 404
    edit(ann, "very glad", "most glad")
    edit(ann, "Good evening", "Good day")
    assert ann.get(f"{AT}/versions/1", accept="application/json").status == 404
    desk.folder.episode(OTHER).transcript.write_text("broken back")
    assert len(get(ann, "/find?q=back&all=1")["found"]) == 1
    assert json.loads(post(ann, "/undo", {}).body)["done"] == 1
