"""Opening, typing, saving, lighting and jumping, in a real browser."""

from __future__ import annotations

import random
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Page

from bench.desk_running import Editor, Served, open_page, put_caret, share
from bench.long_show import SLUG
from pullquote.formats.folder import ShowFolder

Figures = dict[str, Any]
KEY_EVERY = 0.12
"""Seconds between two keys: a fast typist; what is sent in between counts too."""


def one_person(desk: Served, browser: Browser, show: Path, *, short: bool) -> Figures:
    """Measure what one person feels."""
    figures = opening(browser, desk)
    page = open_page(browser, desk, SLUG)
    put_caret(page, "t300", "start")
    figures |= typing(page, words(8 if short else 40))
    put_caret(page, "t310")
    figures |= saving(page, show, 5 if short else 20)
    page.keyboard.press("Escape")
    starts = beginnings(desk)
    sound = ShowFolder(show).episode(SLUG).recording("recording.mp3")
    figures |= lighting(page, starts, 8 if short else 15)
    figures |= jumping(page, starts, sound, 8 if short else 30)
    name_all(desk, page)
    page.keyboard.press("Escape")
    figures |= cutting(page, desk, show)
    page.context.close()
    return figures


def beginnings(desk: Served) -> dict[str, list[int]]:
    """Return when each word of each turn begins, ms."""
    found = {}
    for turn in Editor(desk, SLUG).get("/state")["turns"]:
        at, starts = 0, []
        for pause, length in zip(turn["words"][::2], turn["words"][1::2], strict=True):
            starts.append(at + pause)
            at += pause + length
        found[turn["id"]] = starts
    return found


def opening(browser: Browser, desk: Served) -> Figures:
    """Measure until the page can be written in: first time, and with a warm desk."""
    times, processor = [], []
    for _ in range(6):
        before = desk.processor_seconds()
        page = open_page(browser, desk, SLUG)
        times.append(
            page.evaluate("performance.getEntriesByName('usable')[0].startTime")
        )
        session = page.context.new_cdp_session(page)
        session.send("Performance.enable")
        spent = desk.processor_seconds() - before
        processor.append(1000 * (spent + script_seconds(session)["ProcessTime"]))
        elements = page.evaluate("document.querySelectorAll('*').length")
        nodes = page.evaluate(
            """() => {
              const walker = document.createTreeWalker(document, NodeFilter.SHOW_ALL);
              let count = 1;
              while (walker.nextNode()) count++;
              return count;
            }"""
        )
        turns = page.locator("p.turn").count()
        page.context.close()
    return {
        "usable_first_ms": round(times[0]),
        "usable_first_processor_ms": round(processor[0]),
        "usable_median_ms": round(share(times[1:], 0.5)),
        "dom_elements": elements,
        "dom_nodes_with_texts": nodes,
        "turns": turns,
    }


def script_seconds(session: CDPSession) -> dict[str, float]:
    """Return the browser's own counters of this page."""
    metrics = session.send("Performance.getMetrics")["metrics"]
    return {m["name"]: m["value"] for m in metrics}


def typing(page: Page, text: str) -> Figures:
    """Type and return the script time of each key, from the browser's own counter.

    All script of the page until the next key counts: what a key does, and its share
    of sending and of what comes back.
    """
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable")
    script, task = [], []
    before = script_seconds(session)
    for letter in text:
        started = time.monotonic()
        page.keyboard.press("Space" if letter == " " else letter)
        time.sleep(max(0.0, KEY_EVERY - (time.monotonic() - started)))
        after = script_seconds(session)
        script.append(1000 * (after["ScriptDuration"] - before["ScriptDuration"]))
        task.append(1000 * (after["TaskDuration"] - before["TaskDuration"]))
        before = after
    return {
        "keys": len(script),
        "script_median_ms": round(share(script, 0.5), 2),
        "script_p95_ms": round(share(script, 0.95), 2),
        "main_thread_median_ms": round(share(task, 0.5), 2),
        "main_thread_p95_ms": round(share(task, 0.95), 2),
    }


def words(count: int, seed: int = 0) -> str:
    """Return some invented words to type."""
    rng = random.Random(seed)
    syllables = ["ba", "ro", "mi", "ten", "sul", "ka", "vor"]
    made = ("".join(rng.choices(syllables, k=rng.randint(1, 3))) for _ in range(count))
    return " ".join(made) + " "


def saving(page: Page, show: Path, count: int) -> Figures:
    """Measure from the last key until ``transcript.md`` has it."""
    path = ShowFolder(show).episode(SLUG).transcript
    delays = []
    for number in range(count):
        token = f"saved{number}"
        page.keyboard.type(f" {token}", delay=20)
        last = time.monotonic()
        while token not in path.read_text():
            if time.monotonic() - last > 10:
                raise TimeoutError(f"{token} was not saved")
            time.sleep(0.005)
        delays.append(1000 * (time.monotonic() - last))
        time.sleep(random.Random(number).uniform(0, 0.6))
    return {
        "saved_median_ms": round(share(delays, 0.5)),
        "saved_max_ms": round(max(delays)),
        "times": count,
    }


WATCH_LIGHT = """() => {
  window.lit = [];
  const audio = document.querySelector("audio");
  const set = CSS.highlights.set.bind(CSS.highlights);
  CSS.highlights.set = (name, highlight) => {
    if (name === "spoken" && !audio.paused) {
      const [range] = highlight;
      const turn = range.startContainer.parentElement;
      const word = turn.textContent.slice(0, range.startOffset).split(/\\s+/).filter(Boolean).length;
      window.lit.push([turn.id, word, audio.currentTime * 1000]);
    }
    return set(name, highlight);
  };
}"""


def lighting(page: Page, starts: dict[str, list[int]], seconds: float) -> Figures:
    """Measure how long after a word's start it is lit, by the sound's own clock."""
    page.evaluate(WATCH_LIGHT)
    late: list[float] = []
    for speed in (1, 3):
        page.locator("#speed").select_option(str(speed))
        page.evaluate(
            "() => { const a = document.querySelector('audio'); "
            "a.currentTime = Math.random() * 10000; window.lit.length = 0; return a.play(); }"
        )
        time.sleep(seconds)
        page.evaluate("document.querySelector('audio').pause()")
        found = page.evaluate("window.lit")
        # the first one is where the sound was put, not where a word began
        late += [(at - starts[turn][word]) / speed for turn, word, at in found[2:]]
    page.locator("#speed").select_option("1")
    return {
        "words": len(late),
        "lit_median_ms": round(share(late, 0.5), 1),
        "lit_p95_ms": round(share(late, 0.95), 1),
        "lit_max_ms": round(max(late), 1),
    }


JUMP = """([id, target]) => new Promise((done) => {
  const audio = document.querySelector("audio");
  const began = performance.now();
  const look = () => {
    if (!audio.seeking && !audio.paused && audio.currentTime > target && audio.currentTime < target + 20)
      done(performance.now() - began);
    else requestAnimationFrame(look);
  };
  // the button beside the turn's name: the way a person jumps there
  document.getElementById(id).previousElementSibling.querySelector(".when").click();
  requestAnimationFrame(look);
})"""


def jumping(
    page: Page, starts: dict[str, list[int]], sound: Path, count: int
) -> Figures:
    """Measure from asking for a place until its sound runs; count what was loaded."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    loaded = 0
    ours: set[str] = set()

    def asked(event: dict[str, Any]) -> None:
        if event["request"]["url"].endswith("/sound"):
            ours.add(event["requestId"])

    def came(event: dict[str, Any]) -> None:
        nonlocal loaded
        if event["requestId"] in ours:
            loaded += event["encodedDataLength"] or event["dataLength"]

    session.on("Network.requestWillBeSent", asked)
    session.on("Network.dataReceived", came)
    rng = random.Random(3)
    delays = []
    for _ in range(count):
        turn = rng.choice(list(starts))
        page.locator(f"#{turn}").scroll_into_view_if_needed()
        page.wait_for_selector(f".head:has(+ #{turn}) .when")
        time.sleep(0.2)
        delays.append(page.evaluate(JUMP, [turn, starts[turn][0] / 1000]))
        page.evaluate("document.querySelector('audio').pause()")
    size = sound.stat().st_size
    return {
        "jumps": count,
        "jump_median_ms": round(share(delays, 0.5)),
        "jump_max_ms": round(max(delays)),
        "loaded_share_of_recording": round(loaded / size, 3),
    }


def cutting(page: Page, desk: Served, show: Path) -> Figures:
    """Count the keys of a cut: a suggestion taken, and one from nothing."""
    answers = ShowFolder(show).episode(SLUG).answers

    def press(*keys: str) -> int:
        for key in keys:
            page.keyboard.press(key)
        page.wait_for_url("**/answers/*")
        return len(keys)

    page.keyboard.press("Alt+g")
    page.wait_for_selector("li.cut:focus")
    taken = press("Enter")
    page.goto(f"{desk.address}/episodes/{SLUG}")
    page.wait_for_selector("html[data-ready]")
    page.locator("#t9").focus()
    scratch = press(
        "q", "Shift+ArrowLeft", "Shift+ArrowUp", "Shift+ArrowRight", "Enter"
    )
    page.goto(f"{desk.address}/episodes/{SLUG}")
    page.wait_for_selector("html[data-ready]")
    page.locator("#t13").focus()
    least = press("q", "Enter")
    return {
        "accept_keys": taken,
        "scratch_keys": least,
        "scratch_keys_with_two_edges_moved": scratch,
        "answers_written": len(list(answers.glob("*.md"))),
    }


def name_all(desk: Served, page: Page) -> None:
    """Name the three voices, so that answers can be cut."""
    for turn, name in (
        ("t1", "Hanna Vorlu"),
        ("t2", "Doran Peltri"),
        ("t4", "Mila Sulten"),
    ):
        page.locator(f"#{turn}").scroll_into_view_if_needed()
        page.locator(f"#{turn}").focus()
        page.keyboard.press("s")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
        page.wait_for_selector(f'#{turn}[data-speaker="{name}"]')
    put_caret(page, "t300")
