"""Pages as a real browser shows them: Chromium, axe-core, real sound."""

from __future__ import annotations

import wave
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from pullquote.formats.folder import ShowFolder
from pullquote.model.library import Library
from pullquote.render.site.build import Brought, build_site
from tests import factory
from tests.browser import chromium
from tests.desk.looking import check_look
from tests.publish.hosting import hosted
from tests.render.test_site import laid, others

pytestmark = pytest.mark.browser

LONG = "Pneumonoultramicroscopicsilicovolcanoconiosis" * 11
KINDS = {
    "index": "site/index.html",
    "episode": f"site/episodes/{factory.BASICS}/index.html",
    "episodes": "site/episodes/index.html",
    "answer": "site/answers/bed-rest/index.html",
    "synthetic answer": "site/answers/standing-desk/index.html",
    "answers": "site/answers/index.html",
    "person": "site/people/quill/index.html",
    "people": "site/people/index.html",
    "topic": "site/topics/trigger-point-injections/index.html",
    "topics": "site/topics/index.html",
    "search": "site/search/index.html",
    "not found": "preview/404.html",
    "draft episode": f"preview/episodes/{factory.DRAFT}/index.html",
    "draft answer": "preview/answers/marzipan-diet/index.html",
    "preview": "preview/index.html",
    "long words": "long/answers/bed-rest/index.html",
    "long episode": f"long/episodes/{factory.BASICS}/index.html",
    "long list": "long/answers/index.html",
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as found:
        yield found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("look")
    library = laid(root)
    build_site(library, root / "site", Brought(files=others(library)))
    build_site(library, root / "preview", Brought(files=others(library)), drafts=True)
    entry = factory.basics()
    on = date(2026, 9, 30)  # no month is longer
    asked = (replace(a, question=LONG) for a in entry.approved)
    wide = tuple(factory.approve(answer, on=on) for answer in asked)
    turns = tuple(replace(t, speaker=LONG) for t in entry.turns)
    facts = replace(entry.episode, title=LONG, summary="שלום " + LONG)
    stretched = replace(
        entry, approved=wide, turns=turns, episode=facts, notes=f"# {LONG}\n\n`{LONG}`"
    )
    people = tuple(
        replace(p, name=LONG, credentials=LONG) for p in factory.show().people
    )
    topics = tuple(replace(t, title=LONG) for t in factory.show().topics)
    long = replace(
        library,
        entries=(stretched,),
        show=factory.show(people=people, topics=topics, title=LONG, notice=LONG),
    )
    build_site(long, root / "long", Brought(files=others(library)))
    return root


@pytest.fixture
def page(browser: Browser, built: Path) -> Iterator[Page]:
    """Yield a page for which each built site is the root of a host of its name."""

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        host = (parts.hostname or "").removesuffix(".test")
        route.fulfill(path=built / host / parts.path.lstrip("/"))

    context = browser.new_context()
    context.route("http://*.test/**", answer)
    yield context.new_page()
    context.close()


def at(kind: str) -> str:
    """Return where the page of this kind is reached."""
    host, _, path = KINDS[kind].partition("/")
    return f"http://{host}.test/{path}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_accessible_and_never_scrolls_sideways(page: Page, kind: str) -> None:
    page.goto(at(kind))
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        for size in ("200%", ""):  # a reader's own size of text, then ours
            page.evaluate(f"document.documentElement.style.fontSize = '{size}'")
            wide = page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{kind} at {width} px, {size} is {wide} px wide"
    check_look(page, kind)


def test_a_page_asks_no_other_host_and_runs_no_script(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(at("answer"))
    page.wait_for_load_state("networkidle")
    assert asked
    assert all(url.startswith("http://site.test/") for url in asked)
    assert page.locator("script:not([type='application/ld+json'])").count() == 0


def test_a_readers_own_colours_still_tell_which_page_this_is(page: Page) -> None:
    page.emulate_media(forced_colors="active")
    page.goto(at("answers"))
    colour = "getComputedStyle(document.querySelector('.masthead li a%s')).%s"
    ground = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    line = "borderBottomColor"
    assert page.evaluate(colour % ("[aria-current]", line)) != ground
    assert page.evaluate(colour % (":not([aria-current])", line)) == ground


def test_a_table_keeps_its_words_whole_on_a_phone(page: Page) -> None:
    page.goto(at("answer"))
    page.set_viewport_size({"width": 320, "height": 800})
    cells = "".join(f"<th>Exercise {n}</th>" for n in range(9))
    page.locator(".answer").evaluate(
        "(one, cells) => { one.innerHTML = `<table tabindex=0><tr>${cells}`; }", cells
    )
    rows = page.evaluate(
        """() => [...document.querySelectorAll(".answer th")].map(one => {
          const range = document.createRange();
          range.setStart(one.firstChild, 0);
          range.setEnd(one.firstChild, "Exercise".length);
          return range.getClientRects().length;
        })"""
    )
    assert rows == [1] * 9
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    check_look(page, "an answer with a table")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 1000})  # a sheet of A4
    table = page.locator(".answer table")
    assert table.evaluate("one => one.scrollWidth <= one.clientWidth"), (
        "cut off on paper"
    )


def test_a_name_that_runs_the_other_way_stands_where_the_others_do(page: Page) -> None:
    page.goto(at("answers"))
    page.set_viewport_size({"width": 320, "height": 800})
    left = page.locator(".card .meta").first.evaluate(
        """meta => {
          const who = meta.querySelector(".who");
          who.textContent = "שלום";
          const range = document.createRange();
          range.selectNodeContents(who);
          return [range, meta].map(one => one.getBoundingClientRect().left);
        }"""
    )
    assert left[0] == pytest.approx(left[1], abs=1)


def test_paper_is_white_and_has_nothing_to_open(page: Page) -> None:
    page.emulate_media(media="print", color_scheme="dark")
    page.goto(at("answer"))
    changes = page.locator(".difference")
    assert changes.is_hidden()
    changes.evaluate("one => { one.open = true; }")
    colour = "one => getComputedStyle(one).color"
    for mark in ("ins", "del"):
        told = changes.locator(mark).first.evaluate(colour)
        assert told == "rgb(0, 0, 0)", mark


def test_the_first_tab_shows_the_skip_link(page: Page) -> None:
    page.goto(at("answer"))
    page.keyboard.press("Tab")
    skip = page.locator(":focus")
    assert skip.inner_text() == "Skip to the content"
    box = skip.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_the_transcript_finds_words_and_follows_the_sound(page: Page) -> None:
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(at("episode"))
    field = page.get_by_label("Find in the transcript")
    field.fill("INJECTIONS ")
    status = page.locator("[data-count]")
    assert status.inner_text() == "1 of 2"
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    assert status.inner_text() == "2 of 2"
    page.get_by_role("button", name="Previous").click()
    assert status.inner_text() == "1 of 2"
    assert page.evaluate("CSS.highlights.get('found').size") == 2
    field.fill("marzipan")
    assert status.inner_text() == "Not found"
    page.evaluate(
        """() => {
          const audio = document.querySelector("audio");
          Object.defineProperty(audio, "currentTime", {value: 74, writable: true});
          audio.play = () => {};
          audio.dispatchEvent(new Event("timeupdate"));
        }"""
    )
    assert page.locator(".turn[aria-current]").get_attribute("id") == "t71000"
    spoken = page.evaluate("[...CSS.highlights.get('spoken')].map(String).join('|')")
    assert spoken == "Most people feel better within 3 days."
    page.get_by_role("link", name="Bed rest", exact=True).click()
    assert page.evaluate("document.querySelector('audio').currentTime") == 130
    assert page.url == at("episode")
    assert faults == []


def test_the_sound_stops_from_wherever_the_transcript_is_read(
    browser: Browser, tmp_path: Path
) -> None:
    build_site(sounding(tmp_path), tmp_path / "site")
    page = browser.new_page(viewport={"width": 320, "height": 500})
    with hosted(tmp_path / "site") as where:
        page.goto(f"{where}episodes/{factory.BASICS}/")
        page.evaluate("document.querySelector('audio').muted = true")
        page.locator("#t71000 a.clock").click()
        pause = page.get_by_role("button", name="Pause")
        expect(pause).to_be_in_viewport()
        pause.click()
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_in_viewport()
        assert page.evaluate("document.querySelector('audio').paused")
    page.close()


def test_an_episode_page_reads_without_javascript(
    browser: Browser, built: Path
) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((built / KINDS["episode"]).as_uri())
    assert page.locator(".find").is_hidden()
    assert page.locator("[data-follow]").is_hidden()
    assert page.get_by_text("No, please keep moving.").is_visible()
    page.goto((built / KINDS["answer"]).as_uri())
    page.get_by_text("See what was changed").click()
    assert page.locator(".difference .said").is_visible()
    for kind in ("index", "search"):  # nothing is offered that does nothing
        page.goto((built / KINDS[kind]).as_uri())
        assert page.locator("form").count() == 1
        assert page.locator("form").is_hidden()
    assert page.locator("noscript .caution").is_visible()
    context.close()


def sounding(root: Path) -> Library:
    """Return the library with an episode's sound that a browser can play."""
    library = laid(root)
    sound = ShowFolder(library.root).episode(factory.BASICS).enclosure
    with wave.open(str(sound), "wb") as written:
        written.setparams((1, 1, 8_000, 0, "NONE", ""))
        written.writeframes(b"\x80" * 8_000 * 200)
    entries = [
        replace(entry, enclosure=replace(entry.enclosure, length=sound.stat().st_size))
        if entry.slug == factory.BASICS and entry.enclosure
        else entry
        for entry in library.entries
    ]
    return replace(library, entries=tuple(entries))


def test_hear_this_answer_plays_exactly_the_clip(page: Page, tmp_path: Path) -> None:
    build_site(sounding(tmp_path), tmp_path / "site")
    page.goto((tmp_path / "site/answers/bed-rest/index.html").as_uri())
    start, end = page.evaluate(
        """async () => {
          const audio = document.querySelector("audio");
          const when = (name) => new Promise((done) =>
            audio.addEventListener(name, done, {once: true}));
          audio.muted = true;
          const seeked = when("seeked");
          const playing = when("playing");
          audio.play();
          await Promise.all([seeked, playing]);
          const start = audio.currentTime;
          audio.currentTime = 151.2;
          await when("pause");
          return [start, audio.currentTime];
        }"""
    )
    assert start == pytest.approx(140, abs=0.5)
    assert end == pytest.approx(152, abs=0.4)
