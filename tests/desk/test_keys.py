"""Shortcuts in a real browser: shown, changed, switched off; Tab stays Tab."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.looking import NARROW_AND_WIDE, check_look, come_in, visiting
from tests.desk.running import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser, calm: Running) -> Iterator[Page]:
    with visiting(browser, base_url=calm.address) as context:
        come_in(context, calm, calm.at_the_machine())
        found = context.new_page()
        found.goto("/you")  # a page with no keys of its own
        yield found


def with_shortcut(page: Page, keys: str = "j") -> None:
    """Register a shortcut as a page's own script does."""
    page.evaluate(
        """async (keys) => {
          const { register } = await import("/static/keys.js");
          window.ran = 0;
          register("Here", [{ id: "go", keys, label: "Go on", run: () => { window.ran += 1; } }]);
        }""",
        keys,
    )


def ran(page: Page) -> int:
    return int(page.evaluate("window.ran"))


def test_a_question_mark_shows_the_keys(page: Page) -> None:
    with_shortcut(page)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keys")
    expect(dialog.get_by_role("row", name="Go on")).to_contain_text("J")
    check_look(page, "keys", NARROW_AND_WIDE)
    page.set_viewport_size({"width": 320, "height": 600})
    row = dialog.get_by_role("row", name="Show the keys")
    assert (row.bounding_box() or {"height": 999})["height"] < 120  # no letter a line
    wide = "e => e.scrollWidth - e.clientWidth"
    assert dialog.evaluate(wide) <= 0
    page.keyboard.press("j")  # rests while the list is open
    assert ran(page) == 0
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    page.keyboard.press("j")
    assert ran(page) == 1


def test_a_key_is_changed_and_stays_so(page: Page) -> None:
    with_shortcut(page)
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the key: Go on").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Alt+x")
    expect(page.get_by_role("row", name="Go on")).to_contain_text("Alt+X")
    page.keyboard.press("Escape")
    page.reload()
    with_shortcut(page)
    page.keyboard.press("j")
    assert ran(page) == 0
    page.keyboard.press("Alt+x")
    assert ran(page) == 1


def test_a_key_that_is_taken_is_not_given_twice(page: Page) -> None:
    with_shortcut(page)
    page.keyboard.press("?")
    page.get_by_role("button", name="Change the key: Go on").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("is taken by")
    expect(page.get_by_role("row", name="Go on")).to_contain_text("J")


def test_single_keys_can_be_switched_off_and_one_alone(page: Page) -> None:
    with_shortcut(page)
    page.get_by_role("button", name="Keys").click()
    page.get_by_label("Single keys are on").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("j")
    page.keyboard.press("?")
    assert ran(page) == 0
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("button", name="Keys").click()
    page.get_by_role("button", name="All as they were").click()
    page.get_by_role("button", name="Switch off: Go on").click()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert ran(page) == 0


def test_keys_rest_while_somebody_types(page: Page) -> None:
    with_shortcut(page)
    page.evaluate(
        "document.querySelector('main').append(document.createElement('textarea'))"
    )
    page.locator("textarea").focus()
    page.keyboard.type("jj?")
    assert ran(page) == 0
    assert page.locator("textarea").input_value() == "jj?"


def test_option_types_its_character_on_a_mac(browser: Browser, calm: Running) -> None:
    """Option and a letter type one there; Alt+S would have signed a doctor's "\u00df"."""
    pressed = """([target, ctrlKey]) => document.querySelector(target).dispatchEvent(
        new KeyboardEvent("keydown", { key: "\u00e7", code: "KeyC", altKey: true, ctrlKey,
          bubbles: true, cancelable: true }))"""
    with visiting(browser, base_url=calm.address) as context:
        mac = "Object.defineProperty(navigator, 'platform', { get: () => 'MacIntel' })"
        context.add_init_script(mac)
        come_in(context, calm, calm.at_the_machine())
        page = context.new_page()
        page.goto("/")
        with_shortcut(page, "Alt+C")
        assert page.evaluate(pressed, ["input[type=search]", False]), "it is typed"
        assert ran(page) == 0
        assert not page.evaluate(pressed, ["input[type=search]", True])
        assert not page.evaluate(pressed, ["body", False])
        assert ran(page) == 2
        page.keyboard.press("?")
        expect(page.get_by_text("hold Ctrl beside Alt")).to_be_visible()


def test_tab_stays_tab(page: Page) -> None:
    with_shortcut(page, "Tab")
    before = page.evaluate("document.activeElement.outerHTML")
    page.keyboard.press("Tab")
    assert ran(page) == 0
    assert page.evaluate("document.activeElement.outerHTML") != before


def test_enter_on_a_button_is_the_buttons(page: Page) -> None:
    with_shortcut(page, "Enter")
    page.get_by_role("button", name="Keys").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert ran(page) == 0


def test_a_key_held_down_acts_once(page: Page) -> None:
    with_shortcut(page)
    for _ in range(3):
        page.keyboard.down("j")
    page.keyboard.up("j")
    assert ran(page) == 1
    page.keyboard.press("j")
    assert ran(page) == 2


def test_a_key_that_is_left_to_the_browser_is_so_while_it_is_held(page: Page) -> None:
    """Space scrolls where no word is to be heard."""
    page.evaluate(
        """async () => {
          const { register } = await import("/static/keys.js");
          register("Here", [{ id: "go", keys: "Space", label: "Go on", run: () => false }]);
          window.taken = [];
          addEventListener("keydown", (event) => window.taken.push(event.defaultPrevented));
        }"""
    )
    for _ in range(3):
        page.keyboard.down("Space")
    page.keyboard.up("Space")
    assert page.evaluate("window.taken") == [False] * 3
