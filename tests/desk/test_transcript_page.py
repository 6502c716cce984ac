"""The transcript's page in a real browser: writing, names, undo, two pages at once."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk.looking import NARROW_AND_WIDE, check_look, come_in, visiting
from tests.desk.running import OTHER, SLUG, Running

pytestmark = pytest.mark.browser


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with visiting(browser, viewport={"width": 1280, "height": 800}) as context:
        yield context.new_page()


def open_transcript(page: Page, desk: Running, slug: str = SLUG) -> None:
    if not page.context.cookies(desk.address):
        come_in(page.context, desk, desk.at_the_machine())
    page.goto(f"{desk.address}/episodes/{slug}")
    page.wait_for_selector("html[data-ready]")


def write_at(page: Page, turn: str, words: str) -> None:
    """Put the caret before these words, as a click does.

    Where somebody else's words came between look and click, it is done again.
    """
    for _ in range(5):
        page.mouse.click(*page.evaluate(PLACE, [turn, words]))
        expect(page.locator(f"#{turn}[contenteditable]")).to_be_focused()
        if page.evaluate(IS_BEFORE, [turn, words]):
            return
    raise AssertionError(f"no caret before {words!r}")


PLACE = """([id, words]) => {
  const turn = document.getElementById(id);
  turn.scrollIntoView({block: "center"});
  const range = document.createRange();
  const at = turn.textContent.indexOf(words);
  range.setStart(turn.firstChild, at);
  range.setEnd(turn.firstChild, at + 1);
  const box = range.getBoundingClientRect();
  return [box.left + 1, box.top + box.height / 2];
}"""
IS_BEFORE = """([id, words]) =>
  getSelection().focusOffset === document.getElementById(id).textContent.indexOf(words)"""


def in_file(desk: Running, words: str, slug: str = SLUG) -> bool:
    """Wait until transcript.md has these words."""
    path = desk.folder.episode(slug).transcript
    until = time.monotonic() + 5
    while time.monotonic() < until:
        if words in path.read_text():
            return True
        time.sleep(0.05)
    return False


def test_what_is_typed_split_and_joined_is_in_the_file(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    assert in_file(desk, "\nGood late evening, everyone.\n")
    expect(page.locator(".saved")).to_have_text("Saved")
    for _ in range(5):
        page.keyboard.press("Backspace")
    write_at(page, "t2", "I am very")
    page.keyboard.press("Enter")
    page.keyboard.type("Well, ")
    assert in_file(desk, "**Irene Copperfold** [00:00:34]\nWell, I am very glad")
    for _ in range(6):
        page.keyboard.press("Backspace")
    page.keyboard.press("Backspace")
    assert in_file(desk, "Good evening, everyone.\nI am very glad to be here.\n")
    page.keyboard.type("Indeed ")
    assert in_file(desk, "Indeed I am very glad")
    expect(page.locator("#t2")).to_be_focused()


def test_a_key_held_down_stays_in_its_turn(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    turns = page.locator("p.turn")
    count, before = turns.count(), page.locator("#t2").inner_text()
    word = page.locator("#t3").inner_text().split()[0]
    write_at(page, "t3", word)
    for _ in range(4):  # half a second is soon over
        page.keyboard.down("Enter")
    page.keyboard.up("Enter")
    expect(turns).to_have_count(count + 1)
    page.keyboard.press("Control+z")
    expect(page.locator("#status")).to_have_text("Taken back.")
    expect(turns).to_have_count(count)
    write_at(page, "t3", word)
    page.keyboard.press("ArrowRight")
    for _ in range(4):  # takes one letter, then stops: before it somebody else speaks
        page.keyboard.down("Backspace")
    page.keyboard.up("Backspace")
    expect(turns).to_have_count(count)
    assert in_file(desk, f"\n{word[1:]}")
    page.keyboard.press("Backspace")
    expect(turns).to_have_count(count - 1)
    speaker = page.locator("#t2").get_attribute("data-speaker")
    expect(page.locator("#status")).to_contain_text(f"stands under {speaker} now")
    assert page.locator("#t2").inner_text().startswith(before)


def test_a_word_that_is_put_together_is_in_the_file(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", page.locator("#t2").inner_text().split()[0])
    keys = page.context.new_cdp_session(page)  # as a phone, a dead key, or Chinese
    for text in ("E", "É"):
        there = {"text": text, "selectionStart": 1, "selectionEnd": 1}
        keys.send("Input.imeSetComposition", there)
    keys.send("Input.insertText", {"text": "Élan "})
    assert in_file(desk, "Élan ")
    there = {"text": "vital", "selectionStart": 5, "selectionEnd": 5}
    keys.send("Input.imeSetComposition", there)
    page.locator("#t4").click()  # not ended by any key
    assert in_file(desk, "Élan vital")


def test_what_others_write_leaves_a_word_that_is_put_together(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    first, _, rest = page.locator("#t2").inner_text().partition(" ")
    write_at(page, "t2", first)
    keys = page.context.new_cdp_session(page)

    def compose(text: str) -> None:
        there = {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
        keys.send("Input.imeSetComposition", there)

    page.keyboard.type("Well ")
    compose("n")
    assert in_file(desk, f"Well {first}")  # the answer to what was typed before
    other = page.context.new_page()
    open_transcript(other, desk)
    write_at(other, "t2", first)
    other.keyboard.type("dear ")
    assert in_file(desk, f"Well dear {first}")
    expect(other.locator(".saved")).to_have_text("Saved")
    page.bring_to_front()
    page.wait_for_timeout(300)  # it is told here, too
    compose("nì")
    keys.send("Input.insertText", {"text": "你"})
    expect(page.locator("#t2")).to_contain_text("dear")
    page.keyboard.type("x")  # the caret is where it was
    assert in_file(desk, "你x")
    for one in (page, other):
        expect(one.locator("#t2")).to_have_text(f"Well dear 你x{first} {rest}")


def test_arrows_walk_through_turns_and_tab_stays_tab(page: Page, calm: Running) -> None:
    open_transcript(page, calm)
    page.locator("#t3").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.turn')") is None
    write_at(page, "t2", "Good")
    page.keyboard.press("ArrowDown")
    expect(page.locator("#t3")).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#t2")).to_be_focused()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#t2")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.turn')") is None
    assert "\t" not in page.locator("#t2").inner_text()


def test_undo_goes_on_after_the_page_is_loaded_again(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    before = desk.folder.episode(SLUG).transcript.read_text()
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    page.keyboard.press("Escape")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Enter")
    assert in_file(desk, "late evening")
    open_transcript(page, desk)
    # where one was: the second of the two turns that were split
    expect(page.locator(".turn.here")).to_be_in_viewport()
    assert page.locator(".turn.here").get_attribute("id") not in ("t1", "t2")
    page.locator("#t2").click()
    for _ in range(3):
        page.keyboard.press("Control+z")
    expect(page.locator("#status")).to_have_text("There is nothing to take back.")
    assert in_file(desk, before)
    page.keyboard.press("Control+Shift+Z")
    assert in_file(desk, "late evening")


def test_another_page_shows_what_is_changed_and_who_is_at_it(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    other = page.context.new_page()
    open_transcript(other, desk)
    write_at(page, "t2", "evening")
    expect(other.locator(".editing")).to_have_text(
        "You, in another tab, is editing this"
    )
    page.keyboard.type("late ")
    expect(other.locator("#t2")).to_contain_text("Good late evening")
    write_at(other, "t2", "glad")
    other.keyboard.type("most ")
    page.keyboard.type("and dark ")
    for one in (page, other):
        expect(one.locator("#t2")).to_contain_text("late and dark evening")
        expect(one.locator("#t2")).to_contain_text("very most glad")
    assert in_file(desk, "Good late and dark evening")
    assert in_file(desk, "very most glad")
    expect(page.locator("#t2")).to_have_text(other.locator("#t2").inner_text())


def test_words_changed_in_two_pages_are_both_shown(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    other = page.context.new_page()
    open_transcript(other, desk)
    write_at(other, "t2", "glad")
    other.context.set_offline(True)
    other.keyboard.type("most ")
    expect(other.locator(".saved")).to_have_text("Not saved")
    path = desk.folder.episode(SLUG).transcript
    path.write_text(path.read_text().replace("very glad", "quite happy"))
    assert in_file(desk, "quite happy")
    time.sleep(0.5)
    other.context.set_offline(False)
    box = page.locator(".clash")
    expect(box).to_contain_text("The same words were changed twice")
    expect(box.locator("ins")).to_have_text("very most glad")
    box.get_by_role("button", name="Take mine").click()
    assert in_file(desk, "very most glad")
    expect(box).to_have_count(0)
    expect(other.locator(".clash")).to_have_count(0)


def test_a_voice_is_named_and_guesses_are_confirmed_by_key(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk, f"{OTHER}?at=32000")
    expect(page.locator("#t2")).to_be_focused()
    open_transcript(page, desk, f"{OTHER}?show=names")
    expect(page.locator("#t1")).to_be_focused()
    page.keyboard.press("c")
    assert in_file(desk, "**Simon Larkfield** [00:00:34]", OTHER)
    expect(page.locator("#t2")).to_be_focused()
    page.keyboard.press("s")
    page.keyboard.type("Irene Copperfold")
    page.keyboard.press("Enter")
    assert in_file(desk, "**Irene Copperfold** [00:05:56]", OTHER)
    expect(page.locator("#t2")).to_be_focused()
    text = desk.folder.episode(OTHER).transcript.read_text()
    assert "?**" not in text
    assert "**S3**" in text


def named_by_captions(desk: Running, *, private: bool) -> None:
    """A meeting's captions took a viewer's name for the voice S3."""
    for path, old, new in (
        (desk.folder.episode(OTHER).transcript, "**S3**", "**Ida Pellmoor?**"),
        (
            desk.folder.show,
            "require_private = true",
            f"require_private = {str(private).lower()}",
        ),
    ):
        path.write_text(path.read_text().replace(old, new))


@pytest.mark.parametrize("private", [True, False])
def test_a_viewers_name_is_not_confirmed_without_a_word(
    page: Page, desk: Running, private: bool
) -> None:
    named_by_captions(desk, private=private)
    open_transcript(page, desk, f"{OTHER}?at=43000")
    page.keyboard.press("c")
    asked = page.get_by_role("dialog", name="Ida Pellmoor is nobody of this show")
    expect(asked).to_contain_text("A confirmed name is printed with all that the voice")
    printing = asked.get_by_role("button", name="Print the name: they agreed")
    expect(printing).to_have_count(0 if private else 1)
    check_look(page, "a name that is nobody's", NARROW_AND_WIDE)
    page.keyboard.press("Escape")
    expect(page.locator("#t4")).to_be_focused()
    assert in_file(desk, "**Ida Pellmoor?** [00:00:42]", OTHER)
    if private:
        page.keyboard.press("c")
        page.get_by_role("button", name="Choose another name").click()
        expect(page.get_by_label("Name", exact=True)).to_have_value("Ida Pellmoor")
        page.keyboard.press("Escape")
        page.keyboard.press("c")
        expect(page.get_by_role("button", name="“Viewer”")).to_be_focused()
        page.keyboard.press("Enter")
        assert in_file(desk, "**Viewer** [00:00:42]", OTHER)
        assert "Pellmoor" not in desk.folder.episode(OTHER).transcript.read_text()
    else:
        page.keyboard.press("Alt+C")
        printing.click()
        assert in_file(desk, "**Ida Pellmoor** [00:00:42]", OTHER)


def test_two_viewers_are_not_called_the_same(page: Page, desk: Running) -> None:
    named_by_captions(desk, private=True)
    path = desk.folder.episode(OTHER).transcript
    path.write_text(path.read_text().replace("**S2**", "**Viewer**"))
    open_transcript(page, desk, f"{OTHER}?at=43000")
    page.keyboard.press("c")
    expect(page.get_by_role("button", name="“Viewer 2”")).to_be_focused()
    page.keyboard.press("Enter")
    assert in_file(desk, "**Viewer 2** [00:00:42]", OTHER)


def test_pasted_html_comes_in_as_plain_words(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    paste = """(data) => {
      const transfer = new DataTransfer();
      for (const [kind, text] of Object.entries(data)) transfer.setData(kind, text);
      document.activeElement.dispatchEvent(new ClipboardEvent("paste",
        {clipboardData: transfer, bubbles: true, cancelable: true}));
    }"""
    html = (
        "<style>p{}</style><script>document.title = 'bad'</script>"
        "<img src=x onerror=\"document.title='bad'\"><p>plain<br>\nwords "
        + "<b>ten</b> <i>more&nbsp;</i>"
        * 7200
    )
    assert len(html) > 200_000
    page.evaluate(paste, {"text/html": html})
    page.wait_for_timeout(300)
    text = page.locator("#t2").inner_text()
    assert "Good plain words ten more ten more" in text
    assert page.locator("#t2 *").count() == 0
    assert "bad" not in page.title()
    assert in_file(desk, "Good plain words ten more ten more")
    page.keyboard.press("Control+z")
    assert in_file(desk, "\nGood evening, everyone.\n")
    page.evaluate(paste, {"text/plain": "a\r\n\tb\u0000 ", "text/html": "<b>no</b>"})
    assert in_file(desk, "a b evening, everyone.")


def test_the_spoken_word_is_lit_and_a_click_is_heard(page: Page, desk: Running) -> None:
    open_transcript(page, desk)
    write_at(page, "t3", "orthopedic")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.wait_for_function(
        "() => [...(CSS.highlights.get('spoken') ?? [])].map(String).join() == 'orthopedic'"
    )
    now = page.evaluate("document.querySelector('audio').currentTime")
    assert 37 < now < 41
    page.keyboard.type("X")
    page.wait_for_function("() => document.querySelector('audio').paused")
    page.keyboard.press("Control+Space")
    page.wait_for_function("() => !document.querySelector('audio').paused")
    page.locator("#speed").select_option("2")
    assert page.evaluate("document.querySelector('audio').preservesPitch") is True
    assert page.evaluate("document.querySelector('audio').playbackRate") == 2


def test_a_browser_without_highlights_or_plain_text_fields_works(
    page: Page, desk: Running
) -> None:
    page.add_init_script(
        "delete globalThis.Highlight; delete CSS.highlights;"
        "const set = Object.getOwnPropertyDescriptor(HTMLElement.prototype,"
        " 'contentEditable');"
        "Object.defineProperty(HTMLElement.prototype, 'contentEditable', {...set, set(v) {"
        " if (v === 'plaintext-only') throw new SyntaxError(v); set.set.call(this, v); }});"
    )
    open_transcript(page, desk)
    assert page.evaluate("CSS.highlights") is None
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    page.keyboard.press("Control+b")
    page.keyboard.press("Enter")
    assert in_file(desk, "Good late\n\n**Irene Copperfold** [00:00:33]\nevening")
    expect(page.locator(".spoken-turn")).to_have_count(1)


def test_the_page_is_accessible(page: Page, desk: Running) -> None:
    open_transcript(page, desk, OTHER)
    page.locator("#t1").focus()
    check_look(page, "transcript")
    write_at(page, "t2", "Hello")
    page.keyboard.press("ArrowRight")
    check_look(page, "transcript in writing", NARROW_AND_WIDE)


def test_the_sound_that_is_another_recording_is_told(page: Page, desk: Running) -> None:
    paths = desk.folder.episode(SLUG)
    paths.recording("recording.opus").write_bytes(b"made again")  # is not taken
    sound = paths.enclosure.read_bytes()
    paths.enclosure.write_bytes(sound[len(sound) // 2 :])
    paths.enclosure_facts.unlink()  # with them it would not be played at all
    open_transcript(page, desk)
    expect(page.get_by_text("shorter than the recording whose words")).to_be_visible()


def test_a_log_that_was_deleted_begins_anew_and_unsent_words_stay(
    page: Page, desk: Running
) -> None:
    open_transcript(page, desk)
    write_at(page, "t2", "evening")
    page.keyboard.type("late ")
    assert in_file(desk, "late evening")
    page.context.set_offline(True)
    page.keyboard.type("and dark ")
    expect(page.locator(".saved")).to_have_text("Not saved")
    # as when somebody takes .pullquote away and starts the desk again
    rooms = desk.app.state.rooms
    rooms.let_go(SLUG)
    for path in (desk.folder.state / "desk/transcripts").glob("*.jsonl"):
        path.unlink()
    page.context.set_offline(False)
    assert in_file(desk, "late and dark evening")
    expect(page.locator("#t2")).to_contain_text("late and dark evening")
