"""Hypothesis strategies for what strangers send: text, JSON, TOML, feeds, captions."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from functools import partial
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

HUGE = "9" * 5_000
TOKENS = (
    *(
        "\x00",
        "\x1b[2J",
        "\x07",
        "\x7f",
        "\x85",
        "\u2028",
        "\u202e",
        "\ufeff",
        "\ufffe",
    ),
    *("\ud800", "\udfff", "e\u0301", "\U0001f9b4", "\uff21", "ß", "İ", "\u0130", "ﷺ"),
    *("<script>alert(1)</script>", "]]>", "<!--", "-->", "<![CDATA[", "&#0;", "&x;"),
    *("javascript:alert(1)", "data:text/html,x", "http://127.0.0.1/", "//x", "file:/"),
    *("../", "..\\", "/etc/passwd", "~", "CON", ".", "..", "-", "--", "|", "`id`"),
    *("%s", "%n", "{0}", "{{ 7*7 }}", "{% raw %}", "${x}", "\\", '"', "'", "\\u0000"),
    *("NaN", "Infinity", "-Infinity", "-1", "0", "1e999", "-0.0", "1_0", "0x1"),
    *(HUGE, "1" + "0" * 400, "2147483648", "9223372036854775808", "\uff11\uff12"),
    *("00:00:00", "99:99:99", "24:00:00", "00:00:00.000 --> 00:00:00.000"),
    *("0000-00-00", "9999-12-31", "10000-01-01", "+++", "**", "[[", "]]", "=", "\n\n"),
    *("true", "null", "[]", "{}", "[" * 60, "(" * 60, ">" * 60, "*" * 60, "a" * 2_000),
)
"""What breaks programs: markup, numbers out of range, paths, halves of characters."""

tokens = st.sampled_from(TOKENS)
letters = st.text(max_size=40)
texts = st.one_of(
    letters,
    tokens,
    st.lists(st.one_of(letters, tokens), max_size=6).map(" ".join),
    st.lists(tokens, max_size=6).map("".join),
)
numbers = st.one_of(
    st.integers(-10, 10_000),
    st.integers(),
    st.floats(),
    st.sampled_from([1e308, -1e308, 1e18, -1e18, 2**63, -(2**63), 10**400, 0.0005]),
)
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
anything: SearchStrategy[Any] = st.recursive(
    scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(texts, inner, max_size=4)
    ),
    max_leaves=8,
)


def dumped(value: Any) -> bytes:
    """Return JSON as a careless program writes it: NaN, halves of characters."""
    return json.dumps(value).encode()


def encoded(text: str) -> bytes:
    """Return text as bytes, halves of characters too."""
    return text.encode("utf-8", "surrogatepass")


def objects(**fields: SearchStrategy[Any]) -> SearchStrategy[dict[str, Any]]:
    """Return objects: as they should be, with parts missing, with other things in them."""
    odd = {
        key: st.one_of(value, value, value, anything) for key, value in fields.items()
    }
    return st.one_of(
        st.fixed_dictionaries(fields),
        st.fixed_dictionaries(odd),
        st.fixed_dictionaries({}, optional=odd),
    )


def damaged(seeds: Sequence[bytes], most: int = 4) -> SearchStrategy[bytes]:
    """Return a sound file with a few things cut, doubled, swapped or put in.

    One draw decides it all: a hundred thousand of them take no hour.
    """
    return st.integers(0, 2**64).map(partial(_damage, tuple(seeds), most))


def _damage(seeds: Sequence[bytes], most: int, number: int) -> bytes:
    chance = random.Random(number)
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, most)):
        at, size = chance.randint(0, len(data)), chance.randint(1, 64)
        piece = bytes(data[at : at + size])
        match chance.randrange(7):
            case 0:
                del data[at:]
            case 1:
                del data[at : at + size]
            case 2:
                data[at:at] = piece * chance.randint(1, 3)
            case 3:
                data[at : at + 1] = chance.randbytes(chance.randint(1, 4))
            case 4:
                data[at:at] = encoded(chance.choice(TOKENS))
            case 5:
                data[at : at + size] = encoded(chance.choice(TOKENS))
            case _:
                to = chance.randint(0, len(data))
                data[to:to] = piece
    return bytes(data)


@st.composite
def toml(draw: DrawFn, keys: Sequence[str], tables: Sequence[str]) -> bytes:
    """Return TOML of the keys that a file knows, with values of any kind."""
    rows: list[str] = []
    for _ in range(draw(st.integers(0, 8))):
        if draw(st.integers(0, 3)) == 0 and tables:
            rows.append(draw(st.sampled_from(tables)))
        key = draw(st.one_of(st.sampled_from(keys), st.sampled_from(keys), texts))
        rows.append(f"{key} = {draw(_toml_value)}")
    return encoded("\n".join(rows))


_toml_value = st.one_of(
    st.sampled_from(
        [
            "true",
            "1",
            "-1",
            "nan",
            "inf",
            "1e400",
            "2026-02-30",
            "2026-03-01",
            "00:12:13",
            "24:00:00",
            "2026-03-12T09:00:00Z",
            "2026-03-12T09:00:00",
            "[]",
            "{}",
            "[1, ['a']]",
            '["a", "b"]',
            HUGE,
            "0b2",
            '"""',
            "{a = {b = 1}}",
            "{ start = 00:00:01, end = 00:00:02 }",
            "9999-12-31",
            "1979-05-27 07:32:00Z",
        ]
    ),
    texts.map(partial(json.dumps, ensure_ascii=False)),
    texts,
)


@st.composite
def captions(draw: DrawFn, head: str = "") -> bytes:
    """Return WebVTT or SRT: times of any kind, tags, names, what rolls up."""
    clock = st.one_of(
        st.tuples(st.integers(0, 99), st.integers(0, 59), st.integers(0, 999)).map(
            lambda t: f"00:{t[0] % 60:02}:{t[1]:02}.{t[2]:03}"
        ),
        st.sampled_from(["01:02,345", "99:59:59.999", "00:60:00.000", "1:2:3.4", ""]),
        texts,
    )
    line = st.one_of(
        texts,
        st.sampled_from(
            [
                "<v Ana Lin>Hello",
                "Ana Lin: hello",
                "<00:00:01.000><c>word</c>",
                "♪",
                "<v>",
                "<i><b>",
                "{\\an8}",
                "NOTE x",
                "STYLE",
                "1",
                "",
                "- two",
                "<v.x A",
            ]
        ),
    )
    blocks = [head] if head else []
    for number in range(draw(st.integers(0, 6))):
        times = f"{draw(clock)} --> {draw(clock)} {draw(st.sampled_from(['', 'align:start', 'x']))}"
        body = "\n".join(draw(st.lists(line, max_size=4)))
        blocks.append(f"{number}\n{times}\n{body}")
    return encoded("\n\n".join(blocks))


_TAGS = (
    *("title", "link", "guid", "description", "pubDate", "itunes:duration"),
    *("itunes:season", "itunes:episode", "itunes:episodeType", "content:encoded"),
    *("itunes:author", "itunes:explicit", "itunes:image", "language", "podcast:guid"),
    *("enclosure", "category", "image", "item", "channel", "atom:link", "entry"),
)


@st.composite
def feeds(draw: DrawFn) -> bytes:
    """Return RSS whose elements and attributes hold anything."""

    def element() -> str:
        tag = draw(st.sampled_from(_TAGS))
        value = draw(texts)
        if draw(st.booleans()):
            value = value.replace("&", "&amp;").replace("<", "&lt;")
        url = draw(
            st.sampled_from(["https://x.example/a.mp3", "file:///etc/passwd", ""])
        )
        marks = draw(st.sampled_from(["", f' url="{url}" length="{HUGE}" type="x"']))
        return f"<{tag}{marks}>{value}</{tag}>"

    def item() -> str:
        inner = "".join(element() for _ in range(draw(st.integers(0, 4))))
        sound = (
            '<enclosure url="https://x.example/a.mp3" length="1" type="audio/mpeg"/>'
        )
        return f"<item>{sound if draw(st.booleans()) else ''}{inner}</item>"

    head = "".join(element() for _ in range(draw(st.integers(0, 3))))
    items = "".join(item() for _ in range(draw(st.integers(0, 3))))
    kind = draw(
        st.sampled_from(['<?xml version="1.0"?>', "", '<?xml encoding="utf-7"?>'])
    )
    return encoded(
        f'{kind}<rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:podcast="https://podcastindex.org/namespace/1.0">'
        f"<channel><title>T</title>{head}{items}</channel></rss>"
    )


infos = objects(
    id=texts,
    title=texts,
    description=texts,
    webpage_url=st.one_of(texts, st.just("https://x.example/watch?v=1")),
    url=texts,
    original_url=texts,
    extractor_key=st.sampled_from(["Youtube", "Generic", "youtube:tab", ""]),
    ie_key=texts,
    direct=st.booleans(),
    guid=texts,
    duration=numbers,
    timestamp=numbers,
    release_timestamp=numbers,
    upload_date=st.one_of(texts, st.just("20260311")),
    release_date=texts,
    live_status=st.sampled_from(["is_live", "was_live", "not_live", None]),
    availability=st.sampled_from(["public", "private", None]),
    thumbnail=texts,
    thumbnails=st.lists(objects(url=texts), max_size=3),
    season_number=numbers,
    episode_number=numbers,
    chapters=st.lists(
        objects(start_time=numbers, end_time=numbers, title=texts), max_size=4
    ),
    subtitles=st.dictionaries(
        st.sampled_from(["en", "en-US", "de", ""]),
        st.lists(objects(ext=st.just("vtt"), url=texts, data=texts), max_size=2),
        max_size=2,
    ),
    automatic_captions=st.dictionaries(
        texts,
        st.lists(objects(ext=st.just("vtt"), protocol=texts), max_size=2),
        max_size=2,
    ),
    language=texts,
    formats=st.lists(objects(url=texts, ext=texts), max_size=2),
    _type=st.sampled_from(
        ["video", "url", "playlist", "url_transparent", "multi_video"]
    ),
    entries=st.lists(st.one_of(st.none(), objects(id=texts, url=texts)), max_size=3),
)
