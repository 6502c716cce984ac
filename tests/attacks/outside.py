"""Attacks on what comes over the network: info JSON, feeds, names, pages, requests."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from hypothesis import strategies as st
from lxml import etree

from pullquote.formats.episode_toml import format_episode, parse_episode
from pullquote.formats.markdown import printable, shown_lines
from pullquote.mark.cut.question import question_slug
from pullquote.mark.guard.answers import changes
from pullquote.mark.private.details import details
from pullquote.mark.suggest.suggestions import suggest
from pullquote.model.address import is_slug
from pullquote.model.answer import Clip
from pullquote.model.episode import Recording
from pullquote.model.show import Source
from pullquote.publish.deploying.deploy import plan
from pullquote.publish.serving.redirects import parse_redirects
from pullquote.publish.serving.serve import make_app
from pullquote.pull.info import (
    best_captions,
    item_from_info,
    picture_addresses,
    withheld,
)
from pullquote.pull.item import _episode
from pullquote.pull.listing import list_items
from pullquote.pull.messages import explain
from pullquote.pull.network import is_private
from pullquote.pull.old_show import parse_old_show
from pullquote.pull.plan import Access, slug_for, wanted, with_defaults
from pullquote.pull.told import told_of
from pullquote.pull.wording import (
    chapters_in,
    clean_title,
    date_held_in,
    date_in_words,
    notes_markdown,
    people_in,
)
from pullquote.render.views.prose import excerpt, text_of, to_html
from tests import factory
from tests.attacks.attack import Attack
from tests.attacks.hostile import (
    anything,
    damaged,
    dumped,
    encoded,
    feeds,
    infos,
    texts,
)
from tests.attacks.written import from_file
from tests.publish.feeds import answers_feed, answers_json, compare_feeds, podcast_feed

RECORDING = Recording(
    file="recording.opus", sha256="0" * 64, duration=1, source="x", source_id="x"
)
SOURCE = Source(url="https://x.example/", only="a|b", skip="(x+)+y", min_duration=1)
SECRET = b"this file is nobody's business"


def outside(scratch: Path) -> list[Attack]:
    """Return attacks on all that is read from the network."""
    return [*_pulled(scratch), *_named(), *_rendered(), *_requested(scratch)]


def _item(info: Any) -> None:
    """Take an entry through all that pull does with it before and after a download."""
    item = item_from_info(info)
    withheld(info)
    best_captions(info, "en")
    picture_addresses(info)
    told_of(item)
    item = with_defaults(replace(item, filters=Source(url="x")))
    wanted(item, SOURCE)
    episode = _episode(factory.show(), item, RECORDING)
    assert is_slug(slug_for(episode.held, episode.title, ()))
    text = format_episode(episode)
    assert parse_episode(text, Path("episode.toml")) == episode, text
    to_html(notes_markdown(item.description or ""))


def _old_show(data: bytes) -> None:
    show = parse_old_show([data], "https://x.example/feed")
    for old in show.episodes:
        assert is_slug(old.slug)
        text = format_episode(old.episode)
        assert parse_episode(text, Path("episode.toml")) == old.episode, text
        to_html(old.notes)


def _pulled(scratch: Path) -> list[Attack]:
    sound = b'<enclosure url="https://x.example/a.mp3" length="1" type="audio/mpeg"/>'
    item = b"<item><title>A</title>" + sound + b"</item>"

    def feed(inner: bytes, doctype: bytes = b"") -> bytes:
        head = b'<?xml version="1.0"?>' + doctype
        return (
            head
            + b'<rss version="2.0"><channel><title>T</title>'
            + inner
            + b"</channel></rss>"
        )

    def laughs() -> bytes:
        rows = b'<!ENTITY l0 "lol">' + b"".join(
            b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 12)
        )
        return feed(
            b"<description>&l11;</description>" + item,
            b"<!DOCTYPE rss [" + rows + b"]>",
        )

    def reads(where: bytes) -> bytes:
        doctype = b'<!DOCTYPE rss [<!ENTITY x SYSTEM "' + where + b'">]>'
        return feed(
            b"<description>&x;</description>" + item.replace(b"A", b"&x;"), doctype
        )

    secret = scratch / "secret.txt"
    secret.write_bytes(SECRET)
    bombs: dict[str, Callable[[], bytes]] = {
        "billion laughs": laughs,
        "quadratic blow-up": lambda: feed(
            b"<description>" + b"&a;" * 50_000 + b"</description>" + item,
            b'<!DOCTYPE rss [<!ENTITY a "' + b"a" * 50_000 + b'">]>',
        ),
        "a file of this machine": lambda: reads(secret.as_uri().encode()),
        "an address of this machine": lambda: reads(b"http://127.0.0.1:1/"),
        "a DTD elsewhere": lambda: feed(
            item, b'<!DOCTYPE rss SYSTEM "http://127.0.0.1:1/x.dtd">'
        ),
        "1 MB of unclosed comments": lambda: feed(b"<!--" * 250_000 + item),
        "1 MB of CDATA": lambda: feed(
            b"<title>" + b"<![CDATA[" * 100_000 + b"</title>" + item
        ),
        "100,000 attributes": lambda: feed(
            b"<x " + b"".join(b'a%d="" ' % n for n in range(100_000)) + b"/>" + item
        ),
        "20,000 namespaces": lambda: feed(
            b"<x "
            + b"".join(b'xmlns:a%d="u%d" ' % (n, n) for n in range(20_000))
            + b"/>"
            + item
        ),
        "UTF-7": lambda: feed(item).replace(b'"1.0"', b'"1.0" encoding="utf-7"', 1),
        "UTF-16 said to be UTF-8": lambda: feed(item).decode().encode("utf-16"),
    }
    bulk: dict[str, Callable[[], bytes]] = {
        "nested 200,000 deep": lambda: feed(b"<a>" * 200_000),
        "50 MB of items": lambda: feed(item * (50_000_000 // len(item))),
        "50 MB in one title": lambda: feed(item.replace(b"A", b"A" * 50_000_000)),
        "50 MB of <": lambda: feed(b"<" * 50_000_000),
        "50 MB of nothing": lambda: b"\x00" * 50_000_000,
        "5 MB of &": lambda: feed(b"<title>" + b"&" * 5_000_000 + b"</title>" + item),
    }

    def no_secret(found: str) -> None:
        assert SECRET.decode() not in found

    def old(data: bytes) -> None:
        no_secret(str(parse_old_show([data], "https://x.example/feed")))
        _old_show(data)

    def listed(path: Path) -> None:
        no_secret(str(list_items(Source(url=str(path)), scratch)))

    seeds = [
        feed(item),
        (Path(__file__).parents[2] / "feeds/podcast.xml").read_bytes()[:4_000],
    ]
    return [
        Attack(
            name="info JSON", cases=infos, check=_item, weight=2, bulk=_large_infos()
        ),
        Attack(
            name="info JSON in a file",
            cases=st.one_of(
                infos.map(lambda i: dumped({"id": "x", **i})),
                anything.map(dumped),
                texts.map(encoded),
            ),
            check=from_file(scratch, "x.info.json", partial(_listed, scratch)),
            corpus={"nested 100,000 deep": lambda: b"[" * 100_000},
            weight=0.1,
        ),
        Attack(
            name="a feed to take over",
            cases=st.one_of(feeds(), damaged(seeds), st.binary(max_size=200)),
            check=old,
            corpus=bombs,
            bulk=bulk,
            weight=0.7,
        ),
        Attack(
            name="a feed to pull from",
            cases=st.one_of(feeds(), damaged(seeds), st.binary(max_size=200)),
            check=from_file(scratch, "feed.xml", listed),
            bulk=bombs | bulk,
            weight=0.1,
        ),
        Attack(
            name="the feed that subscribers have",
            cases=st.one_of(feeds(), damaged(seeds)),
            check=lambda data: compare_feeds(data, seeds[0], name="podcast"),
            corpus=bombs,
        ),
        Attack(
            name="addresses that lead inside",
            cases=st.one_of(texts, _inside),
            check=_check_private,
        ),
        Attack(name="what yt-dlp says", cases=texts, check=explain, weight=0.5),
    ]


def _listed(scratch: Path, path: Path) -> None:
    for item in list_items(Source(url=str(path)), scratch):
        assert is_slug(slug_for(date(2026, 1, 1), item.title or "", ()))


def _as_text(make: Callable[[], Any]) -> str:
    return str(make())


def _large_infos() -> Mapping[str, Callable[[], Any]]:
    clock = "".join(
        f"{n // 3600}:{n // 60 % 60:02}:{n % 60:02} part\n" for n in range(100_000)
    )
    return {
        "a title of 5 MB": lambda: {"title": "a b " * 1_250_000},
        "a description of 5 MB": lambda: {
            "description": "word <b>x</b> http://x/ " * 200_000
        },
        "100,000 chapters in words": lambda: {"description": clock},
        "100,000 chapters": lambda: {
            "chapters": [{"start_time": n, "title": "x"} for n in range(100_000)]
        },
        "1 MB of <": lambda: {"description": "<p" * 500_000},
        "1 MB of open tags": lambda: {"description": "<b>" * 300_000},
        "1 MB of http": lambda: {"description": "http://" * 150_000},
        "1 MB of spaces": lambda: {
            "title": " " * 1_000_000 + "x",
            "description": " " * 1_000_000 + "x",
        },
        "1 MB of digits": lambda: {
            "title": "1" * 1_000_000,
            "description": "1:" * 500_000,
        },
        "1 MB of months": lambda: {
            "title": "jan" * 300_000,
            "description": "held " * 200_000,
        },
        "1 MB of combining marks": lambda: {"title": "e" + "\u0301" * 500_000},
        "1 MB of &": lambda: {"description": "<b>" + "&lt" * 300_000},
        "1 MB of brackets": lambda: {"description": "[" * 1_000_000},
    }


_inside = st.one_of(
    st.sampled_from(
        [
            "127.0.0.1",
            "::1",
            "0.0.0.0",
            "::",
            "::ffff:10.0.0.1",
            "64:ff9b::a00:1",
            "169.254.169.254",
            "fe80::1%eth0",
            "fd00::1",
            "2002:7f00:1::",
            "192.0.0.1",
            "224.0.0.1",
            "::ffff:7f00:1",
        ]
    ),
    st.ip_addresses(v=4, network="10.0.0.0/8").map(str),
    st.ip_addresses(v=4, network="172.16.0.0/12").map(str),
    st.ip_addresses(v=4, network="127.0.0.0/8").map(lambda ip: f"::ffff:{ip}"),
    st.ip_addresses(v=6, network="fc00::/7").map(str),
)


def _check_private(host: str) -> None:
    import ipaddress

    private = is_private(host)
    try:
        ip = ipaddress.ip_address(host)
    except ValueError:
        return
    assert private or (ip.is_global and not ip.is_multicast)


def _named() -> list[Attack]:
    def check(text: str) -> None:
        clean = clean_title(text)
        assert clean.isprintable() or not clean.strip() or "\n" not in clean
        date_in_words(text)
        date_held_in(text)
        chapters_in(text)
        people_in(text, factory.show().people)
        assert is_slug(slug_for(date(2026, 1, 1), text, ()))
        assert is_slug(question_slug(text)), question_slug(text)

    return [
        Attack(
            name="titles, names and slugs",
            cases=texts,
            check=check,
            bulk={
                name: partial(_as_text, made) for name, made in _large_infos().items()
            },
        )
    ]


class _Reader(HTMLParser):
    """Finds what a page must not hold when only its words came from outside."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in (
            "script",
            "iframe",
            "object",
            "embed",
            "img",
            "style",
            "form",
            "base",
        ):
            self.found.append(tag)
        for name, value in attrs:
            scheme = (value or "").strip().lower().partition(":")[0]
            if name.startswith("on") or (
                name in ("href", "src")
                and scheme in ("javascript", "data", "vbscript", "file")
            ):
                self.found.append(f"{tag} {name}={value}")


def check_html(html: str) -> None:
    """Assert that HTML made from strangers' words runs nothing and loads nothing."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert not reader.found, (reader.found, html)


def _rendered() -> list[Attack]:
    def prose(text: str) -> None:
        html = to_html(text)
        check_html(html)
        shown = text_of(text, html)
        excerpt(shown)
        # who signs reads letters in the page's order, and the guard its very words
        assert printable(html) == html
        assert "<ol start" not in html
        lines = "".join(
            f"{line.label}:" * bool(line.label) + line.text
            for line in shown_lines(text)
        )
        assert sorted("".join(lines.split())) == sorted("".join(shown.split()))

    def notes(text: str) -> None:
        html = to_html(notes_markdown(text))
        check_html(html)
        assert "<h" not in html
        assert "<li" not in html

    nested: Mapping[str, Callable[[], str]] = {
        "marks that turn letters round": lambda: "It is &#8238;ton&#8236; \u202eefas.",
        "a list whose number says something": lambda: "Take about\n\n8. weeks\n9. days",
        "50,000 quotes deep": lambda: ">" * 50_000 + "x",
        "50,000 lists deep": lambda: "\n".join("  " * n + "- x" for n in range(1_000)),
        "50,000 brackets": lambda: "[" * 50_000 + "]" * 50_000,
        "50,000 emphases": lambda: "*a **b " * 50_000,
        "50,000 links": lambda: "[a](" * 50_000,
        "50,000 backticks": lambda: "".join("x" + "`" * n for n in range(600)),
        "50,000 references": lambda: "[a]: x\n" * 5_000 + "[a]" * 20_000,
        "a table of 1,000 x 1,000": lambda: (
            "|a" * 1_000 + "\n" + "|-" * 1_000 + "\n" + ("|\n" * 1_000)
        ),
        "1 MB of entities": lambda: "&amp;" * 200_000,
        "300 kB of <": lambda: "<" * 300_000,
        "1 MB of images": lambda: "![" * 20_000,
        "1 MB of words": lambda: "word " * 200_000,
    }
    return [
        Attack(
            name="Markdown",
            cases=st.one_of(texts, _markdown),
            check=prose,
            bulk=nested,
        ),
        Attack(
            name="notes from a description",
            cases=st.one_of(texts, _markdown),
            check=notes,
            bulk=nested,
        ),
        Attack(
            name="words in feeds",
            cases=st.tuples(texts, texts),
            check=_feeds,
            weight=0.2,
        ),
        Attack(
            name="a transcript's words",
            cases=st.lists(st.one_of(texts, _spoken), min_size=1, max_size=4),
            check=_marked,
            weight=0.4,
            bulk=_long_talks(),
        ),
    ]


_markdown = st.lists(
    st.one_of(
        texts,
        st.sampled_from(
            [
                "[x](javascript:alert(1))",
                "![x](http://x/y.png)",
                "<img src=x onerror=alert(1)>",
                "[x]: data:text/html,x",
                "[x]",
                "# h",
                "> q",
                "- l",
                "1. l",
                "```",
                "    code",
                "|a|b|\n|-|-|\n|c|d|",
                "<javascript:alert(1)>",
                "[x](<javascript&colon;alert(1)>)",
                "&lt;script&gt;",
                'http://x.example/"onmouseover=1',
                "***",
                "\\",
                "  \n",
            ]
        ),
    ),
    max_size=8,
).map("\n".join)
_spoken = st.sampled_from(
    [
        "What is sciatica?",
        "My name is Jo Doe, I am 43 from Ohio.",
        "Call me at 555 0100.",
        "Jo at x dot com asks",
        "It is not 5 milligrams, left side.",
        "Next question, please!",
        "um uh",
    ]
)


def _feeds(words: tuple[str, str]) -> None:
    """Put strangers' words into every feed: each must be read as what was written."""
    title, body = words
    entry = factory.basics()
    episode = replace(entry.episode, title=clean_title(title) or "x", summary=body)
    answers = tuple(
        replace(a, question=" ".join(title.split()) or "x") for a in entry.answers
    )
    entry = replace(entry, episode=episode, answers=answers, approved=answers[:1])
    library = factory.library(Path("/nowhere"), entry)
    html = to_html(body)
    for data in (
        podcast_feed(library, {entry.slug: html}),
        answers_feed(library, {answers[0].id: html}),
    ):
        etree.fromstring(data)
    answers_json(library, {answers[0].id: html})


def _marked(said: list[str]) -> None:
    turns = tuple(
        factory.timed(n * 10_000, f"S{n % 3}", text)
        for n, text in enumerate(said)
        if text.split()
    )
    show = factory.show()
    suggest(turns)
    details(turns, show)
    answer = factory.answer(
        "x", body="\n".join(said), answered=Clip(start=0, end=10**6)
    )
    changes(answer, turns, show)


def _long_talks() -> Mapping[str, Callable[[], list[str]]]:
    return {
        "a word of 500 kB": lambda: ["a" * 500_000],
        "500 kB of digits": lambda: ["1" * 500_000, "1 " * 20_000],
        "20,000 words without a stop": lambda: ["well " * 20_000],
        "20,000 capitals": lambda: ["Ann " * 20_000],
        "20,000 questions": lambda: ["why? " * 20_000],
        "500 kB of dots": lambda: ["." * 500_000, "a." * 20_000],
        "500 kB of at": lambda: ["a@" * 20_000, "at " * 20_000],
        "500 kB of underscores": lambda: ["_" * 500_000, "-" * 500_000],
    }


def _requested(scratch: Path) -> list[Attack]:
    site = scratch / "served/site"
    (site / "feeds").mkdir(parents=True, exist_ok=True)
    (site / "index.html").write_text("<h1>home</h1>")
    (site / "feeds/podcast.xml").write_text("<rss/>")
    (site / ".hidden").write_bytes(SECRET)
    (scratch / "served/secret.txt").write_bytes(SECRET)
    (site / "link").unlink(missing_ok=True)
    (site / "link").symlink_to(scratch / "served/secret.txt")
    app = make_app(site)
    steps = st.one_of(
        texts,
        st.sampled_from(
            [
                "..",
                "%2e%2e",
                "secret.txt",
                ".hidden",
                "link",
                "feeds",
                "podcast.xml",
                "index.html",
                "",
                "site",
                "\\..",
                "....",
            ]
        ),
    )
    header = st.tuples(
        st.sampled_from(
            [
                b"range",
                b"host",
                b"accept-encoding",
                b"if-none-match",
                b"if-modified-since",
                b"if-range",
                b"x",
            ]
        ),
        st.one_of(
            st.binary(max_size=30),
            st.sampled_from(
                [
                    b"bytes=0-0,1-1," * 500,
                    b"bytes=-",
                    b"bytes=9999999999999999999-",
                    b"bytes=5-1",
                    b"gzip;q=x",
                    b"Wed, 99 Foo",
                ]
            ),
        ),
    )
    request = st.fixed_dictionaries(
        {
            "method": st.sampled_from(
                ["GET", "HEAD", "POST", "OPTIONS", "", "GET\x00"]
            ),
            "path": st.lists(steps, max_size=5).map(lambda s: "/" + "/".join(s)),
            "headers": st.lists(header, max_size=3),
        }
    )

    def ask(case: dict[str, Any]) -> None:
        status, body = asyncio.run(answered(app, case))
        assert status < 500, (status, case)
        assert SECRET not in body, case

    return [
        Attack(name="requests to a served site", cases=request, check=ask, weight=0.4),
        Attack(
            name="redirects of a site",
            cases=st.one_of(
                texts, st.lists(texts, max_size=4).map(lambda p: "/" + " ".join(p))
            ),
            check=parse_redirects,
        ),
        Attack(
            name="what a target says it holds",
            cases=anything,
            check=lambda found: plan(
                {"a": "1"}, found if isinstance(found, dict) else {}
            ),
            weight=0.2,
        ),
    ]


async def answered(app: Any, case: Mapping[str, Any]) -> tuple[int, bytes]:
    """Give one raw request to an ASGI application, as uvicorn would after parsing."""
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": case["method"],
        "path": case["path"].encode("utf-8", "replace").decode(),
        "raw_path": b"",
        "root_path": "",
        "scheme": "http",
        "query_string": case.get("query", b""),
        "headers": case["headers"],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    sent: list[Mapping[str, Any]] = []
    bodies = [case.get("body", b"")]

    async def receive() -> Mapping[str, Any]:
        if not bodies:  # a client that keeps the line open
            await asyncio.Event().wait()
        return {"type": "http.request", "body": bodies.pop(), "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        sent.append(message)

    await app(scope, receive, send)
    start = next((m for m in sent if m["type"] == "http.response.start"), None)
    body = b"".join(m.get("body", b"") for m in sent)
    return (start or {"status": 500})["status"], body


__all__ = ["Access", "answered", "check_html", "outside"]
