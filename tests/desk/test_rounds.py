"""Ten answers for one doctor: one link, gone through by keyboard, each seen and signed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import unescape
from pathlib import Path
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

from pullquote.desk.state.requests import Requests, today
from pullquote.formats.answer_md import format_answer, load_answer, save_clips
from pullquote.formats.disk import write_text
from pullquote.formats.show_toml import load_show
from pullquote.mark.review.sign_off import approve
from pullquote.model.answer import Answer, Clip
from tests.desk.looking import EVERY, check_look, come_in, visiting
from tests.desk.running import SLUG, Answered, Running
from tests.desk.test_review import decided, page_of

NAMES = [f"question-{number}" for number in range(10)]


@pytest.fixture
def ten(desk: Running) -> Running:
    """A desk with ten answers that fell due; in the third fifteen became fifty."""
    paths = desk.folder.episode(SLUG)
    show = load_show(desk.folder.show)
    heat = load_answer(paths.answer("heat-or-ice"))
    for path in paths.answers.glob("*.md"):
        path.unlink()
    for number, name in enumerate(NAMES):
        path = paths.answer(name)
        made = replace(
            heat,
            slug=name,
            id=f"{number:032x}",
            question=f"{heat.question} It is number {number}.",
        )
        if number == 2:
            made = replace(made, body=made.body.replace("15 or 20", "50"))
        signed = approve(
            made, by="brambleworth", on=date(2020, 1, 2), show=show, path=path
        )
        for copy in (path, paths.approved(made.id)):
            write_text(copy, format_answer(signed))
    return desk


def answer(desk: Running, number: int) -> Answer:
    return load_answer(desk.folder.episode(SLUG).answer(NAMES[number]))


def fresh(desk: Running) -> list[int]:
    """Return which were signed today."""
    return [
        number
        for number in range(10)
        if (review := answer(desk, number).review) and review.on == today()
    ]


def send(desk: Running, *numbers: int, **fields: str) -> Answered:
    client = desk.at_the_machine()
    given = [("answer", f"{SLUG}/{number:032x}") for number in numbers]
    given += [("csrf", client.csrf()), ("reviewer", "brambleworth"), *fields.items()]
    headers = {
        "origin": client.address,
        "content_type": "application/x-www-form-urlencoded",
    }
    return client.send("POST", "/reviews/send", urlencode(given).encode(), headers)


def link_of(sent: Answered) -> str:
    found = re.search(r'value="http[^"]*(/r/[\w-]+)"', sent.text)
    assert found, sent.text
    return found.group(1)


def requests_of(desk: Running) -> Requests:
    return Requests(desk.folder.state / "desk" / "requests.json")


def test_all_that_is_due_is_sent_by_one_link_that_opens_just_that(
    ten: Running,
) -> None:
    listed = ten.at_the_machine().get("/reviews").text
    assert "To be reviewed again, signed by <bdi>Marcus Brambleworth" in listed
    assert listed.count('name="answer"') == 10
    sent = send(ten, *range(9))
    assert "these 9 answers and nothing else" in sent.text
    link = link_of(sent)
    left = ten.at_the_machine().get("/reviews").text.split("To be reviewed again")[1]
    assert left.count('name="answer"') == 1  # the others wait for a reply
    visitor = ten.browser()
    shown = visitor.get(link).text
    assert "9 wait for you" in shown
    assert "number 9" not in shown
    each = re.findall(rf'href="({link}/\w+)" dir', shown)
    assert len(each) == 9
    for number, one in enumerate(each):
        page = visitor.get(one).text
        assert f"number {number}." in page.split("<h1")[1].split("</h1>")[0]
        assert "8 more wait for you" in page
    one = each[0]
    assert visitor.get(f"{one}/answers/x/").status == 200
    assert visitor.get(f"{one}/static/style.css").status == 200
    assert visitor.get(f"{one}/sound/asked.mp3").status == 200
    assert visitor.get(f"{link}/{'0' * 16}").status == 404
    other = requests_of(ten)
    (asked,), _ = other.send_round(
        [(SLUG, answer(ten, 9).id)],
        reviewer="copperfold",
        by="ann",
        by_person=None,
        due=today(),
    )
    assert visitor.get(f"{link}/{asked.id}").status == 404
    assert not visitor.cookies


def test_each_is_signed_by_itself_and_leads_to_the_next(ten: Running) -> None:
    link = link_of(send(ten, 0, 1, 3))
    visitor = ten.browser()
    each = re.findall(rf'href="({link}/\w+)" dir', visitor.get(link).text)
    assert 'id="next"' not in visitor.get(each[1]).text  # not before it is decided
    done = decided(each[1], visitor, "approve")
    assert (done.status, done.headers["location"]) == (303, each[1])
    assert fresh(ten) == [1]
    shown = visitor.get(each[1]).text
    assert "<strong>Signed.</strong>" in shown
    assert f'id="next" href="{each[2]}"' in shown
    decided(each[2], visitor, "change", note="Shorter.")
    assert f'id="next" href="{each[0]}"' in visitor.get(each[2]).text
    decided(each[0], visitor, "approve")
    assert "Nothing else waits for you." in visitor.get(each[0]).text
    assert fresh(ten) == [0, 1]
    assert "nothing waits for you any more" in visitor.get(link).text


def test_a_signature_of_one_page_signs_no_other(ten: Running) -> None:
    link = link_of(send(ten, 0, 1))
    visitor = ten.browser()
    first, second = re.findall(rf'href="({link}/\w+)" dir', visitor.get(link).text)
    given = {"do": "approve", **page_of(visitor.get(first).text)}
    assert visitor.post(second, given, csrf="").status == 422
    assert fresh(ten) == []


def test_the_same_form_twice_is_one_round_and_one_closed_leaves_the_rest(
    ten: Running,
) -> None:
    secret = "s" * 32
    assert link_of(send(ten, 0, 1, secret=secret)) == f"/r/{secret}"
    assert link_of(send(ten, 0, 1, secret=secret)) == f"/r/{secret}"
    assert len(requests_of(ten).all()) == 2
    assert link_of(send(ten, 0, 1, 3, secret=secret)) != f"/r/{secret}"
    visitor = ten.browser()
    assert visitor.get(f"/r/{secret}").status == 404  # a newer link took its place
    open_ = [one for one in requests_of(ten).all() if not one.closed]
    assert len(open_) == 3
    editor = ten.at_the_machine()
    here = f"/episodes/{SLUG}/answers/{NAMES[0]}"
    editor.post(f"{here}/take-back", {"request": open_[0].id})
    assert len([one for one in requests_of(ten).all() if not one.closed]) == 2


def test_where_one_cannot_be_signed_nothing_is_sent_and_each_such_is_named(
    ten: Running,
) -> None:
    for number in (1, 3):
        path = ten.folder.episode(SLUG).answer(NAMES[number])
        text = path.read_text()
        path.write_text(text.replace('cut_by = "larkfield"', 'cut_by = "brambleworth"'))
    refused = send(ten, 0, 1, 3)
    assert refused.status == 422
    assert refused.text.count("cannot be reviewed by that person") == 2
    assert requests_of(ten).all() == ()
    assert "no answer is chosen" in send(ten).text
    assert "is no answer any more" in send(ten, 77).text


def moved(desk: Running, number: int, by: int = 20) -> Path:
    """Write other times into an answer, as ``cut --moved`` does."""
    path = desk.folder.episode(SLUG).answer(NAMES[number])
    one = load_answer(path)
    clips = (one.asked, one.answered)
    asked, answered = (Clip(start=c.start + by, end=c.end + by) for c in clips)
    save_clips(path, replace(one, asked=asked, answered=answered))
    return path


def test_where_only_times_moved_the_reviewer_is_told_so(ten: Running) -> None:
    moved(ten, 0)
    path = moved(ten, 1)
    path.write_text(path.read_text().replace("Ice may be", "Ice is"))
    assert not answer(ten, 0).approved
    listed = ten.at_the_machine().get("/reviews").text
    assert listed.count("changed since</li>") == 2
    link = link_of(send(ten, 0, 1))
    visitor = ten.browser()
    first, second = re.findall(rf'href="({link}/\w+)" dir', visitor.get(link).text)
    shown = visitor.get(first).text
    assert "Only its place in the recording changed since it was last signed" in shown
    assert "Nothing changed" not in shown
    also = visitor.get(second).text
    assert "Only its place" not in also
    assert "<del>may be</del>" in also
    assert decided(first, visitor, "approve").status == 303
    assert answer(ten, 0).approved


def test_ticks_of_the_same_words_by_the_same_doctor_are_there_again(
    ten: Running,
) -> None:
    """Not for somebody else, who never saw them, nor where a word changed."""
    path = ten.folder.episode(SLUG).answer(NAMES[2])
    link = link_of(send(ten, 2))
    visitor = ten.browser()
    tick = re.findall(r'name="tick"[^>]*value="([^"]*)"', visitor.get(link).text)
    assert len(tick) == 1
    assert decided(link, visitor, "approve", tick=unescape(tick[0])).status == 303
    moved(ten, 2)
    mine = visitor.get(link_of(send(ten, 2))).text
    assert re.search(r'name="tick"[^>]* checked', mine)
    theirs = visitor.get(link_of(send(ten, 2, reviewer="copperfold"))).text
    assert 'name="tick"' in theirs
    assert not re.search(r'name="tick"[^>]* checked', theirs)
    path.write_text(path.read_text().replace("Ice may be", "Ice is"))
    changed = visitor.get(link_of(send(ten, 2))).text
    assert not re.search(r'name="tick"[^>]* checked', changed)


@pytest.fixture
def phone(browser: Browser, ten: Running) -> Iterator[Page]:
    """The doctor, who got one link for ten answers."""
    with visiting(browser, base_url=ten.address) as context:
        page = context.new_page()
        page.goto(link_of(send(ten, *range(10))))
        yield page


@pytest.mark.browser
def test_an_editor_makes_the_link_on_the_list(browser: Browser, ten: Running) -> None:
    with visiting(browser, base_url=ten.address) as context:
        come_in(context, ten, ten.at_the_machine())
        page = context.new_page()
        page.goto("/reviews")
        check_look(page, "what is to be reviewed again", EVERY)
        page.get_by_role("checkbox", name="It is number 4.").uncheck()
        page.keyboard.press("Enter")  # at a tick
        page.keyboard.press("Space")
        page.keyboard.press("Space")
        assert not requests_of(ten).all()
        ticked = page.locator("[name=answer]:checked")
        for left, button in ((0, "Untick all"), (10, "Tick all")):
            page.get_by_role("button", name=button, exact=True).click()
            expect(ticked).to_have_count(left)
        page.get_by_role("checkbox", name="It is number 4.").uncheck()
        page.get_by_role("button", name="Make the link").click()
        expect(page.get_by_text("It opens these 9 answers")).to_be_visible()
        check_look(page, "a link for several", EVERY)


@pytest.mark.browser
def test_ten_are_signed_by_keys_alone_each_before_the_eyes(
    phone: Page, ten: Running
) -> None:
    check_look(phone, "a round", EVERY)
    expect(phone.get_by_role("link", name="Begin")).to_be_focused()
    phone.keyboard.press("Enter")
    for number in range(10):
        heading = phone.get_by_role("heading", level=1)
        expect(heading).to_contain_text(f"number {number}.")
        expect(phone.locator("html")).to_have_attribute("data-ready", "")
        if number == 2:
            phone.keyboard.press("Alt+S")
            expect(phone.locator("#status")).to_contain_text("has no tick")
            expect(phone.locator("[name=tick]")).to_be_focused()
            expect(phone.locator("[name=tick]")).to_be_in_viewport()
            phone.keyboard.press("t")
            phone.keyboard.press("Space")
        assert fresh(ten) == [*range(number)]
        phone.keyboard.press("Alt+S")
        expect(phone.get_by_role("status").first).to_contain_text("Signed.")
        if number == 0:
            check_look(phone, "signed, and the next", EVERY)
        if number < 9:
            expect(phone.locator("#next")).to_be_focused()
            expect(phone.locator("html")).to_have_attribute("data-ready", "")
            phone.keyboard.press("n" if number % 2 else "Enter")
    expect(phone.locator("#last")).to_be_visible()
    assert fresh(ten) == [*range(10)]


@pytest.mark.browser
def test_a_key_that_is_held_down_signs_one(phone: Page, ten: Running) -> None:
    phone.keyboard.press("Enter")
    expect(phone.locator("html")).to_have_attribute("data-ready", "")
    phone.keyboard.down("Alt")
    for _ in range(4):
        phone.keyboard.down("s")
        phone.wait_for_timeout(150)
    phone.keyboard.up("s")
    phone.keyboard.up("Alt")
    expect(phone.get_by_role("status").first).to_contain_text("Signed.")
    for _ in range(4):
        phone.keyboard.down("n")
        phone.wait_for_timeout(150)
    phone.keyboard.up("n")
    expect(phone.get_by_role("heading", level=1)).to_contain_text("number 1.")
    assert fresh(ten) == [0]


@pytest.mark.browser
def test_enter_at_a_tick_signs_nothing(
    browser: Browser, phone: Page, ten: Running
) -> None:
    address = link_of(send(ten, 2))
    phone.goto(address)
    expect(phone.locator("html")).to_have_attribute("data-ready", "")
    phone.keyboard.press("t")
    phone.keyboard.press("Space")
    phone.keyboard.press("Enter")
    expect(phone.locator("[name=tick]:checked")).to_be_focused()
    with visiting(browser, base_url=ten.address, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(address)
        page.locator("[name=tick]").check()
        page.locator("[name=tick]").press("Enter")
        expect(page.get_by_role("alert")).to_contain_text("Nothing was signed or sent")
        expect(page.locator("[name=tick]")).to_be_checked()
    assert not fresh(ten)


def test_one_that_was_withdrawn_meanwhile_holds_up_nobody(ten: Running) -> None:
    link = link_of(send(ten, 0, 1, 2))
    producer, visitor = ten.at_the_machine(), ten.browser()
    path = f"/episodes/{SLUG}/answers/{NAMES[1]}"
    assert producer.post(f"{path}/withdraw", {"meant": "yes"}).status == 303
    assert "Waiting <span" in (listed := producer.get("/reviews").text)
    assert NAMES[1] not in listed.split("To be reviewed again")[0]
    assert "waiting until" not in producer.get(path).text
    shown = visitor.get(link).text
    assert "2 wait for you" in shown
    first, second, last = re.findall(rf'href="({link}/\w+)" dir', shown)
    assert "withdrawn</li>" in shown.split(f'href="{last}" dir')[1]
    page = visitor.get(last).text
    assert f'id="next" href="{second}"' in page  # it leads on
    assert "please reply by" not in page
    assert decided(first, visitor, "approve").status == 303
    assert "number 2." in visitor.get(first).text.split('id="next"')[1]


@pytest.mark.browser
def test_a_browser_that_names_no_pressed_button_signs(
    phone: Page, ten: Running
) -> None:
    """As Safari before 15.4."""
    phone.add_init_script("delete SubmitEvent.prototype.submitter")
    phone.goto(link_of(send(ten, 0)))
    expect(phone.locator("html")).to_have_attribute("data-ready", "")
    phone.get_by_role("button", name="Approve").click()
    expect(phone.locator("#state")).to_contain_text("signed")
    assert fresh(ten) == [0]


@pytest.mark.browser
def test_a_sound_that_is_stopped_before_it_came_is_no_fault(
    phone: Page, ten: Running
) -> None:
    phone.goto(link_of(send(ten, 2)))
    expect(phone.locator("html")).to_have_attribute("data-ready", "")
    phone.route("**/sound/**", lambda route: None)  # never comes
    phone.keyboard.press("a")
    phone.keyboard.press("a")
    phone.wait_for_timeout(300)
    expect(phone.locator("#status")).to_be_empty()
    phone.unroute("**/sound/**")
    phone.route("**/sound/**", lambda route: route.abort())
    phone.keyboard.press("q")
    expect(phone.locator("#status")).to_contain_text("cannot be played")
