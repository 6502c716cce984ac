"""Whatever is sent to whatever route, the desk goes on; whatever a show says, it is text."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from playwright.sync_api import Browser, expect
from starlette.routing import Route

from pullquote.formats.answer_md import load_answer
from pullquote.formats.folder import ShowFolder
from tests.desk.looking import come_in, visiting
from tests.desk.running import OTHER, SLUG, Client, Running, running, sample_show

ODD: tuple[object, ...] = (
    *(
        "",
        "0",
        "-1",
        "9" * 30,
        "NaN",
        "\x00",
        "é" * 50,
        "../..",
        "<script>",
        "[]",
        "{}",
    ),
    *("null", "a" * 3000, "\ud800", SLUG, OTHER, "heat-or-ice", "t1", "00:01", "1 - 2"),
    *("approve", "redact", "keep", "add", 0, -1, 10**30, 1.5, None, True),
)
KEYS = ["question", "body", "asked", "answered", "speakers", "topics", "corrections", "was", "sent", "start", "end", "do", "replacement", "reason", "next", "episode", "reviewer", "due", "days", "note", "cut_by", "request", "version", "person", "kind", "revision", "steps", "operations", "key", "number", "turn", "text", "find", "q", "page", "at", "show", "before", "after", "unit", "clash", "speaker", "scope"]  # fmt: skip
HEAT = f"/episodes/{SLUG}/answers/heat-or-ice"
LEFT_ALONE = {("POST", "/logout"), ("POST", "/jobs"), ("GET", "/jobs/events")}


def odd(dice: random.Random, depth: int = 0) -> object:
    """Something that no page would send."""
    if depth > 2 or dice.random() < 0.5:
        return dice.choice(ODD)
    if dice.random() < 0.5:
        return [odd(dice, depth + 1) for _ in range(dice.randint(0, 4))]
    return {dice.choice(KEYS): odd(dice, depth + 1) for _ in range(dice.randint(0, 5))}


def fields(dice: random.Random, most: int) -> str:
    pairs = [(dice.choice(KEYS), odd(dice)) for _ in range(dice.randint(0, most))]
    return urlencode([(k, str(v).encode(errors="replace")) for k, v in pairs])


def path_of(dice: random.Random, pattern: str) -> str:
    def filled(gap: re.Match[str]) -> str:
        if gap[2]:
            return str(dice.choice((0, 1, 10**12)))
        if dice.random() < 0.7:
            return {"slug": dice.choice((SLUG, OTHER)), "name": "heat-or-ice"}.get(
                gap[1], "x"
            )
        return quote(str(dice.choice(ODD))[:200].encode(errors="replace"), safe="")

    path = re.sub(r"\{(\w+)(:\w+)?\}", filled, pattern)
    query = fields(dice, 3)
    return f"{path}?{query}" if query and dice.random() < 0.6 else path


def thrown(
    dice: random.Random, client: Client, method: str, path: str, csrf: str
) -> int:
    headers = {"origin": client.address, "x_csrf_token": csrf}
    body = None
    if method == "POST":
        forms = dice.random() < 0.5
        body = fields(dice, 9).encode() if forms else json.dumps(odd(dice)).encode()
        if dice.random() < 0.1:
            body = dice.randbytes(200)
        kind = "x-www-form-urlencoded" if forms else "json"
        headers["content_type"] = f"application/{kind}"
    if dice.random() < 0.3:
        headers["accept"] = "application/json"
    return client.send(method, path, body, headers).status


@pytest.mark.parametrize("seed", [1, 2])
def test_nothing_that_is_sent_breaks_the_desk(desk: Running, seed: int) -> None:
    dice = random.Random(seed)
    client = desk.at_the_machine()
    csrf = client.csrf()
    routes = [
        (method, route.path)
        for route in desk.app.routes
        if isinstance(route, Route)
        for method in sorted((route.methods or set()) - {"HEAD"})
        if (method, route.path) not in LEFT_ALONE
    ]
    for _ in range(250):
        method, pattern = dice.choice(routes)
        path = path_of(dice, pattern)
        assert thrown(dice, client, method, path, csrf) < 500, (method, path)
    for file in desk.folder.root.glob("transcripts/*/answers/*.md"):
        load_answer(file)


EVIL = "<img src=x onerror=attacked=1><script>attacked=1</script>"


def hostile(folder: ShowFolder) -> None:
    """Put script into whatever a show says."""
    paths = folder.episode(OTHER)
    for path, words in (
        (folder.show, "Marcus Brambleworth"),
        (paths.facts, "Nerve Pain and Numbness"),
        (paths.transcript, "Hello again"),
        (paths.transcript, "S2"),
        (paths.suggestions, "Dr. How was"),
        (folder.episode(SLUG).answer("heat-or-ice"), "Honestly, use"),
        (folder.episode(SLUG).answer("heat-or-ice"), "Is heat better"),
    ):
        text = path.read_text()
        assert words in text, (path, words)
        path.write_text(text.replace(words, EVIL + words))


@pytest.mark.browser
def test_a_hostile_show_runs_no_script(browser: Browser, tmp_path: Path) -> None:
    """Not even where the pages' policy, which would stop it as well, is put aside."""
    folder = sample_show(tmp_path / "show")
    hostile(folder)
    with (
        running(folder) as desk,
        visiting(browser, base_url=desk.address, bypass_csp=True) as context,
    ):
        client = desk.at_the_machine()
        come_in(context, desk, client)
        link = client.post(f"{HEAT}/send", {"reviewer": "brambleworth"}).text
        link = link.split('readonly value="')[1].split('"')[0]
        page = context.new_page()

        def look() -> None:
            for frame in page.frames:
                assert frame.evaluate("typeof attacked") == "undefined", page.url
                assert frame.locator("[onerror], [src=x]").count() == 0, page.url
            shown = page.content().replace("&lt;", "<")
            assert EVIL[:10] in shown, page.url  # it was there, as text

        for where in ("/", "/?q=again", f"{HEAT}?edit", link, "/reviews"):
            page.goto(where)
            look()
        page.goto(f"/episodes/{OTHER}")
        page.wait_for_selector("html[data-ready]")
        look()
        page.locator("#t2").focus()
        page.keyboard.press("s")
        expect(page.get_by_role("dialog")).to_contain_text("onerror")
        look()
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.keyboard.press("Control+Shift+F")
        page.keyboard.type("again")
        page.keyboard.press("Enter")
        expect(page.locator(".places")).to_contain_text("onerror")
        look()
