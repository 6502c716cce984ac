"""Whatever is sent to whatever route, the desk says what is wrong and goes on."""

from __future__ import annotations

import json
import random
import re
from urllib.parse import quote, urlencode

import pytest
from starlette.routing import Route

from pullquote.formats.answer_md import load_answer
from tests.desk.running import OTHER, SLUG, Client, Running

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
