"""Attacks on the desk's HTTP: every address it has, by somebody who has come in.

Who has not come in meets the gate alone (``tests/desk/test_gate.py``); what is asked
here is whether a hostile request, sent from an editor's session, can break the desk,
read what lies outside the show, or leave a file that nothing can read.
"""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from hypothesis import strategies as st
from starlette.routing import Mount, Route

from pullquote.desk.app import desk_app
from pullquote.desk.state.sessions import csrf_of
from pullquote.errors import PullquoteError
from pullquote.pipeline.library.load import load_library
from tests.attacks.attack import Attack
from tests.attacks.hostile import anything, numbers, objects, texts
from tests.attacks.outside import SECRET, answered
from tests.desk.running import OTHER, SLUG, sample_show

_ADDRESS = "http://127.0.0.1:8790"
_FORM, _JSON = b"application/x-www-form-urlencoded", b"application/json"
_SKIPPED = ("/jobs", "/logout", "/enter", "/live", "/media", "/sound")
"""They start programs, end the session, or never end."""
_FIELDS = (
    *("note", "do", "base", "start", "end", "said", "replacement", "reason", "q"),
    *("person", "episode", "body", "asked", "answered", "answer", "turn", "theirs"),
    *("reviewer", "question", "operation", "number", "kind", "key", "id", "digest"),
    *("revision", "unit", "cut_by", "accept", "topics", "speakers", "name", "next"),
)


def desk(scratch: Path) -> list[Attack]:
    """Return the attack on a desk over a copy of the sample show.

    The desk is opened when it is first attacked: who only asks for names need not wait.
    """
    opened: list[_Opened] = []

    def one() -> _Opened:
        if not opened:
            opened.append(_Opened(scratch))
        return opened[0]

    def close() -> None:
        for found in opened:
            found.close()

    return [
        Attack(
            name="requests to the desk",
            cases=st.deferred(lambda: one().cases()),
            check=lambda case: one().ask(case),
            weight=0.3,
            close=close,
        )
    ]


class _Opened:
    """A desk somebody has come into."""

    def __init__(self, scratch: Path) -> None:
        self._folder = sample_show(scratch / "show")
        (scratch / "secret.txt").write_bytes(SECRET)
        self._before = len(load_library(self._folder).faults)
        self._app = desk_app(self._folder, _ADDRESS, local=True, sign_on=None)
        self._token = self._app.state.doors.sessions.begin("local")
        self._cookie = f"{self._app.state.doors.cookie_name}={self._token}".encode()

    def cases(self) -> st.SearchStrategy[Any]:
        """Return requests to all that it answers."""
        places = [*_places(self._app.routes)]
        return _requests(places, _turns(self._app, self._cookie))

    def ask(self, case: Mapping[str, Any]) -> None:
        """Send one request, and look at what it did."""
        sent = [
            (b"host", b"127.0.0.1:8790"),
            (b"origin", _ADDRESS.encode()),
            (b"cookie", self._cookie),
            (b"x-csrf-token", csrf_of(self._token).encode()),
            (b"content-type", case["type"]),
            *case["headers"],
        ]
        status, body = asyncio.run(answered(self._app, {**case, "headers": sent}))
        assert status < 500, (status, body[:300], case)
        assert SECRET not in body, case
        if case["method"] == "POST" and status < 300:
            faults = load_library(self._folder).faults
            broken = [f for f in faults if _is_unreadable(f)]
            assert not broken, (broken, self._before, case)

    def close(self) -> None:
        """Let the desk write what is left and close its files."""
        asyncio.run(_ended(self._app))


async def _ended(app: Any) -> None:
    """Let the desk write what is left and close its files."""
    async with app.router.lifespan_context(app):
        pass


def _turns(app: Any, cookie: bytes) -> list[Mapping[str, Any]]:
    """Return the turns of the sample's transcript as the desk tells them."""
    headers = [(b"host", b"127.0.0.1:8790"), (b"cookie", cookie)]
    case = {"method": "GET", "path": f"/episodes/{SLUG}/state", "headers": headers}
    status, body = asyncio.run(answered(app, case))
    assert status == 200, body
    found: list[Mapping[str, Any]] = json.loads(body)["turns"]
    return found


def _is_unreadable(fault: PullquoteError) -> bool:
    """Say whether a file is no file of its kind any more: that would be a loss."""
    return bool(re.search(r"not valid TOML|not UTF-8|\+\+\+|not JSON", str(fault)))


def _places(routes: Sequence[Any], before: str = "") -> Iterator[tuple[str, str]]:
    """Yield method and path of all that the desk answers."""
    for route in routes:
        if isinstance(route, Mount):
            yield "GET", f"{before}{route.path}/{{rest}}"
            yield from _places(route.routes or (), before + route.path)
        elif isinstance(route, Route):
            path = before + route.path
            if not any(part in path for part in _SKIPPED):
                for method in (route.methods or set()) - {"HEAD"}:
                    yield method, path


_HARD = st.one_of(
    st.sampled_from(["", "0", "-1", "..", "%2e%2e", "..%2fsecret.txt", "x" * 300]),
    texts,
)
_ANSWERS = ("rest-or-keep-moving", "heat-or-ice", "when-does-back-pain-need-an-mri")


def _mostly(*good: str) -> st.SearchStrategy[str]:
    right = st.sampled_from(good)
    return st.one_of(right, right, right, right, _HARD)


def _path(template: str) -> st.SearchStrategy[str]:
    """Return addresses of a route: mostly of things that are there."""
    known = {"slug": (SLUG, OTHER), "name": _ANSWERS, "answer": _ANSWERS}
    parts = re.split(r"\{([^}:]*)[^}]*\}", template)
    filled = [
        st.just(part) if n % 2 == 0 else _mostly(*known.get(part, ("1", "lin")))
        for n, part in enumerate(parts)
    ]
    return st.tuples(*filled).map("".join)


def _requests(
    places: Sequence[tuple[str, str]], turns: Sequence[Mapping[str, Any]]
) -> st.SearchStrategy[Mapping[str, Any]]:
    value = st.one_of(
        texts, _mostly("00:00:01", "1000", "lin", SLUG, "approve", "true", *_ANSWERS)
    )
    form = st.dictionaries(st.sampled_from(_FIELDS), value, max_size=8)
    typed = st.dictionaries(
        st.sampled_from(_FIELDS), st.one_of(value, anything), max_size=8
    )
    whole = st.fixed_dictionaries(
        {"operation": _operations(turns), "revision": st.integers(-1, 3)},
        optional={"unit": texts, "key": texts},
    )
    changed = whole.map(lambda o: (_JSON, json.dumps(o).encode()))
    others = st.one_of(
        form.map(lambda f: (_FORM, urlencode(f, errors="replace").encode())),
        st.one_of(typed, anything).map(lambda o: (_JSON, json.dumps(o).encode())),
        st.tuples(
            st.sampled_from([_JSON, b"multipart/form-data; boundary=x", b"text/plain"]),
            st.binary(max_size=60),
        ),
    )
    sent = st.booleans().flatmap(lambda it: changed if it else others)
    queries = st.dictionaries(st.sampled_from(_FIELDS), value, max_size=3)
    ranges = st.one_of(st.just(b"bytes=0-1"), st.binary(max_size=8))

    def request(place: tuple[str, str]) -> st.SearchStrategy[Mapping[str, Any]]:
        method, template = place
        return st.builds(
            _request, st.just(method), _path(template), sent, queries, ranges
        )

    posts = [place for place in places if place[0] == "POST"]
    # most of what can go wrong goes wrong where the transcript is changed
    changes = [place for place in posts if place[1].endswith("/operations")]
    return st.sampled_from([*places, *posts, *changes * 30]).flatmap(request)


def _request(
    method: str,
    path: str,
    sent: tuple[bytes, bytes],
    query: Mapping[str, str],
    ranges: bytes,
) -> Mapping[str, Any]:
    accepts = b"text/html" if len(ranges) % 2 else b"*/*"
    return {
        "method": method,
        "path": path,
        "type": sent[0],
        "body": sent[1] if method == "POST" else b"",
        "query": urlencode(query, errors="replace").encode(),
        "headers": [(b"range", ranges), (b"accept", accepts)],
    }


def _operations(turns: Sequence[Mapping[str, Any]]) -> st.SearchStrategy[Any]:
    """Return what the room may be asked for, on turns that are there and others."""
    ids = _mostly(*(str(turn["id"]) for turn in turns[:5]))
    pieces = [str(turn["text"])[:20] for turn in turns[:5]]
    said = st.one_of(st.sampled_from(["", *pieces]), texts)
    at = st.one_of(st.integers(-2, 40), numbers)
    place = {"turn": ids, "at": at, "deleted": said, "inserted": said}
    return st.one_of(
        objects(kind=st.just("edit"), **place),
        st.fixed_dictionaries({"kind": st.just("edit"), **place}),
        objects(kind=st.just("split"), turn=ids, at=at, new=texts),
        objects(kind=st.just("join"), turn=ids),
        objects(kind=st.just("name"), turn=ids, speaker=texts, all=st.booleans()),
        objects(kind=st.just("replace"), places=st.lists(objects(**place), max_size=3)),
        objects(kind=st.just("restore"), revision=numbers),
        anything,
    )
