"""Attacks on the desk's doors: none works."""

from __future__ import annotations

import http.client
import json
import re
import socket
import stat
import time
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from jinja2 import DictLoader
from starlette.routing import Route

from pullquote.desk.context import SignOn
from pullquote.desk.door.gate import LARGEST
from pullquote.desk.state.sessions import LASTS, Session
from pullquote.desk.state.users import User
from pullquote.formats.folder import ShowFolder
from tests.desk.disk import no_space
from tests.desk.running import SLUG, Running, running

PASSWORD = "correct horse battery"


def test_the_one_time_address_is_good_once(desk: Running) -> None:
    address = urlsplit(desk.doors.one_time_address or "").path
    first, second = desk.browser(), desk.browser()
    assert second.get(address, sec_purpose="prefetch;prerender").status == 403
    assert second.send("HEAD", address, None, {}).status == 403
    assert first.get(address).headers["location"] == "/"
    assert first.get("/").status == 200
    assert "has been used" in second.get(address).text
    assert second.get("/").headers["location"].startswith("/login")
    assert first.get(address).status == 303  # whoever is in already stays in


@pytest.mark.parametrize("token", ["", "x", "%00", "..%2f..", "ü" * 40])
def test_a_guessed_address_opens_nothing(calm: Running, token: str) -> None:
    from urllib.parse import quote

    client = calm.browser()
    assert client.get(f"/enter/{quote(token, safe='%')}").status in (303, 403, 404)
    assert not client.cookies


@pytest.mark.parametrize("token", ["x", "", "%00", "a" * 5000, '"', "local"])
def test_a_guessed_session_is_none(calm: Running, token: str) -> None:
    client = calm.browser()
    client.cookies[calm.doors.cookie_name] = token
    assert client.get("/").status == 303
    assert client.post("/you", {"person": "larkfield"}, csrf="x").status == 303


@pytest.mark.parametrize(
    "host",
    ["evil.example", "127.0.0.1", "127.0.0.1:1", "localhost.evil.example", "[::2]:80"],
)
def test_another_host_is_refused(calm: Running, host: str) -> None:
    """DNS rebinding: the name of an attacker's page leads to this machine."""
    client = calm.at_the_machine()
    assert client.get("/", host=host).status == 421


def test_this_machine_may_be_called_localhost(calm: Running) -> None:
    client = calm.at_the_machine()
    port = urlsplit(calm.address).port
    assert client.get("/", host=f"localhost:{port}").status == 200


def test_nothing_changes_without_the_sessions_token(calm: Running) -> None:
    client, other = calm.at_the_machine(), calm.at_the_machine()
    fields = {"person": "larkfield"}
    for token in ("", "0" * 64, other.csrf(), "ü"):
        assert client.post("/you", fields, csrf=token).status == 403
    assert 'checked>\n<label for="p-"' in client.get("/you").text
    assert client.post("/you", fields).status == 303
    assert 'value="larkfield" checked' in client.get("/you").text
    assert client.post("/you", {}, csrf="", x_csrf_token=client.csrf()).status == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
    ],
)
def test_another_sites_form_is_refused(calm: Running, headers: dict[str, str]) -> None:
    client = calm.at_the_machine()
    answered = client.post("/you", {"person": "larkfield"}, **headers)
    assert answered.status == 403


def test_a_form_from_nowhere_is_refused(calm: Running) -> None:
    client = calm.at_the_machine()
    sent = f"csrf={client.csrf()}&person=larkfield".encode()
    kind = {"content_type": "application/x-www-form-urlencoded"}
    assert client.send("POST", "/you", sent, kind).status == 403


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS"])
def test_other_methods_are_refused(calm: Running, method: str) -> None:
    client = calm.at_the_machine()
    assert client.send(method, "/", None, {"origin": calm.address}).status == 405


def test_half_a_form_is_none(desk: Running) -> None:
    """The network goes while an answer is being sent: nothing of it is written."""
    client = desk.at_the_machine()
    path = desk.folder.episode(SLUG).answer("heat-or-ice")
    before = path.read_text()
    here = f"/episodes/{SLUG}/answers/heat-or-ice"
    was = re.search(r'name="was" value="([^"]*)"', client.get(f"{here}?edit").text)
    assert was
    fields = {"was": unescape(was[1]), **dict(parse_qsl(unescape(was[1])))}
    body = urlencode(fields).encode()
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    head = (
        f"POST {here} HTTP/1.1\r\nHost: {urlsplit(desk.address).netloc}\r\n"
        f"Origin: {desk.address}\r\nCookie: {cookie}\r\nX-CSRF-Token: {client.csrf()}\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    place = ("127.0.0.1", urlsplit(desk.address).port or 0)
    with socket.create_connection(place) as gone:
        gone.sendall(head.encode() + body[: body.index(b"&speakers=")])
        time.sleep(0.1)
    time.sleep(0.3)
    assert path.read_text() == before


def test_an_oversized_body_is_refused(calm: Running) -> None:
    client = calm.at_the_machine()
    assert client.post("/you", {"person": "x" * LARGEST}).status == 413


def test_an_oversized_body_without_a_length_is_refused(calm: Running) -> None:
    connection = http.client.HTTPConnection(urlsplit(calm.address).netloc)
    chunk = b"x" * 100_000
    try:
        connection.request(
            "POST",
            "/you",
            (chunk for _ in range(LARGEST // len(chunk) + 2)),
            {"origin": calm.address, "transfer-encoding": "chunked"},
            encode_chunked=True,
        )
        assert connection.getresponse().status == 413
    except BrokenPipeError:
        pass  # hung up on while still sending: as good
    finally:
        connection.close()


def test_a_page_that_is_not_there_says_so_in_words(calm: Running) -> None:
    answered = calm.at_the_machine().get("/nothing-here")
    assert answered.status == 404
    assert "There is no such page" in answered.text


@pytest.mark.parametrize(
    "path",
    [
        "/static/../../show.toml",
        "/static/%2e%2e/%2e%2e/show.toml",
        "/static/..%2f..%2fshow.toml",
        "/static//etc/passwd",
        "/static/desk.css%00.html",
        "/static/" + "a" * 5000,
    ],
)
def test_no_path_leaves_the_folders(calm: Running, path: str) -> None:
    client = calm.at_the_machine()
    answered = client.get(path)
    assert answered.status == 404
    assert b"Spine" not in answered.body
    assert b"root:" not in answered.body


def test_every_answer_says_what_a_page_may_load(calm: Running) -> None:
    client = calm.at_the_machine()
    for answered in (
        client.get("/"),
        client.get("/nowhere"),
        client.get("/", host="x"),
    ):
        policy = answered.headers["content-security-policy"]
        assert "script-src 'self';" in policy
        assert "unsafe" not in policy
        assert answered.headers["x-content-type-options"] == "nosniff"
        assert answered.headers["cache-control"] == "no-store"


def test_a_session_works_after_the_desk_was_started_again(show: ShowFolder) -> None:
    with running(show) as before:
        client = before.at_the_machine()
        token = client.cookies[before.doors.cookie_name]
    with running(show) as after:
        again = after.browser()
        again.cookies[after.doors.cookie_name] = token
        assert again.get("/").status == 200
        again.post("/logout")
        again.cookies[after.doors.cookie_name] = token
        assert again.get("/").status == 303
    kept = after.doors.sessions.path
    assert token not in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def add(desk: Running, role: str, name: str = "ann", **facts: str) -> None:
    desk.doors.users.add(User(id=name, name=name.title(), role=role, **facts), PASSWORD)  # type: ignore[arg-type]


def test_accounts_are_asked_for_on_any_other_address(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "editor")
        assert desk.doors.one_time_address is None
        stranger = desk.at_the_machine()  # a session of this machine is worth nothing
        assert stranger.get("/").headers["location"] == "/login?next=/"
        client = desk.browser()
        wrong = {"name": "ann", "password": "wrong"}
        refused = client.post("/login", wrong, csrf="")
        assert (refused.status, 'value="ann"' in refused.text) == (401, True)
        right = {"name": " Ann", "password": PASSWORD, "next": "/you"}
        assert client.post("/login", right, csrf="").headers["location"] == "/you"
        assert client.get("/").status == 200
        assert "signed in" in client.get("/log").text
        users = desk.doors.users
        known = users.get("ann")
        assert known is not None
        later = replace(known, since=known.since + 60)  # a new password, a minute on
        users._save([later])
        assert client.get("/").status == 303
        users._save([known])
        assert client.get("/").status == 200
        users.remove("ann")
        assert client.get("/").status == 303


def test_where_to_go_after_signing_in_is_here(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "editor")
        for elsewhere in ("//evil.example", "https://evil.example", "/\\evil.example"):
            fields = {"name": "ann", "password": PASSWORD, "next": elsewhere}
            answered = desk.browser().post("/login", fields, csrf="")
            assert answered.headers["location"] == "/"


def test_brute_force_is_stopped(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "editor")
        guesser = desk.browser()
        found = [
            guesser.post("/login", {"name": "ann", "password": str(n)}, csrf="").status
            for n in range(9)
        ]
        assert found == [401] * 8 + [429]
        right = {"name": "ann", "password": PASSWORD}
        refused = guesser.post("/login", right, csrf="")
        assert refused.status == 429  # not even the right one, or it could be guessed
        assert 0 < int(refused.headers["retry-after"]) <= 601


def test_the_cookie_keeps_to_itself(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        cookie = desk.doors.cookie("t")
        assert "HttpOnly" in cookie
        assert "SameSite=Strict" in cookie
    with running(show, local=False, secure=True) as desk:
        cookie = desk.doors.cookie("t")
        assert cookie.startswith("__Host-")
        assert cookie.endswith("; Secure")


def test_a_sign_on_proxy_is_believed_and_nobody_else(show: ShowFolder) -> None:
    header = SignOn(header="x-user", proxy="127.0.0.1")
    with running(show, local=False, sign_on=header) as desk:
        add(desk, "editor")
        client = desk.browser()
        assert client.get("/").status == 303
        assert client.get("/", x_user="Ann").status == 200
        assert client.get("/").status == 303  # its session is none without the proxy
        assert client.post("/you", {}, csrf="0" * 64, x_user="ann").status == 403
        assert "has no account" in desk.browser().get("/login", x_user="eve").text
        fields = {"name": "ann", "password": PASSWORD}
        assert desk.browser().post("/login", fields, csrf="").status == 401
    elsewhere = SignOn(header="x-user", proxy="10.0.0.1")
    with running(show, local=False, sign_on=elsewhere) as desk:
        assert desk.browser().get("/", x_user="ann").status == 303


def test_a_reviewer_sees_no_shelf(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "reviewer", person="copperfold")
        client = desk.browser()
        client.post("/login", {"name": "ann", "password": PASSWORD}, csrf="")
        assert client.get("/").headers["location"] == "/reviews"
        assert client.get("/?q=pain").headers["location"] == "/reviews"
        assert client.get("/you").status == 200
        refused = client.get(f"/episodes/{SLUG}")
        assert refused.status == 403
        assert "for a producer or an editor; you came in as reviewer" in refused.text


def test_a_websocket_needs_host_origin_and_session(calm: Running) -> None:
    from websockets.exceptions import InvalidStatus
    from websockets.sync.client import connect

    client = calm.at_the_machine()
    cookie = "; ".join(f"{k}={v}" for k, v in client.cookies.items())
    where = calm.address.replace("http:", "ws:") + "/nowhere"

    def status(origin: str | None, **headers: str) -> int:
        with pytest.raises(InvalidStatus) as refused:
            connect(where, origin=origin, additional_headers=headers)  # type: ignore[arg-type]
        return refused.value.response.status_code

    assert status("https://evil.example", cookie=cookie) == 403
    assert status(None, cookie=cookie) == 403
    assert status(calm.address) == 403


def routes_of(desk: Running) -> list[tuple[str, str]]:
    """Every method and path that the desk knows, with something in each gap."""
    found = []
    for route in desk.app.routes:
        if isinstance(route, Route):
            path = re.sub(
                r"\{(\w+)(:int)?\}", lambda m: "7" if m[2] else "x", route.path
            )
            found += [(m, path) for m in route.methods or () if m != "HEAD"]
    return found


OPEN = {("GET", "/login"), ("POST", "/login"), ("POST", "/logout"), ("GET", "/enter/x")}
FOR_REVIEWERS = re.compile(r"/(you|reviews|logout|login|r/|enter/)")


def test_no_door_was_forgotten(calm: Running) -> None:
    """Whoever did not come in gets nowhere, by whatever route."""
    routes = routes_of(calm)
    assert len(routes) > 40
    visitor = calm.browser()
    for method, path in routes:
        if (method, path) in OPEN:
            continue
        headers = {"origin": calm.address, "content_type": "application/json"}
        answered = visitor.send(method, path, b"{}", headers)
        expected = (404,) if path.startswith("/r/") else (401, 303)
        assert answered.status in expected, (method, path, answered.status)
        if answered.status == 303:
            assert answered.headers["location"].startswith("/login"), (method, path)


def test_nothing_that_changes_works_without_a_token(calm: Running) -> None:
    client = calm.at_the_machine()
    for method, path in routes_of(calm):
        if method == "POST":
            headers = {"origin": calm.address, "content_type": "application/json"}
            answered = client.send(method, path, b"{}", headers)
            assert answered.status == 403, path


def test_a_reviewer_reaches_reviews_alone(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "reviewer", person="copperfold")
        client = desk.browser()
        client.post("/login", {"name": "ann", "password": PASSWORD}, csrf="")
        token = client.csrf()
        for method, path in routes_of(desk):
            if FOR_REVIEWERS.match(path) or path == "/":
                continue
            headers = {"origin": desk.address, "x_csrf_token": token}
            headers["content_type"] = "application/json"
            answered = client.send(method, path, b"{}", headers)
            assert answered.status == 403, (method, path, answered.status)


def test_a_clock_that_jumps_lets_nobody_in_for_ever() -> None:
    session = Session(user="ann", began=1_000_000)
    assert session.valid(1_000_000 + LASTS - 1)
    assert not session.valid(1_000_000 + LASTS)
    assert session.valid(1_000_000 - 3600)  # set back by an hour
    assert not session.valid(1_000_000 - 2 * 24 * 3600)


def test_a_picture_that_is_a_program_stays_a_picture(show: ShowFolder) -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
    own = show.templates / "static"
    own.mkdir(parents=True)
    (own / "evil.svg").write_text(svg)
    (show.root / "sample/cover.svg").write_text(svg)
    show.show.write_text(show.show.read_text().replace("cover.jpg", "cover.svg"))
    with running(show) as desk:
        client = desk.at_the_machine()
        shown = client.get("/static/evil.svg")
        assert "script-src 'self'" in shown.headers["content-security-policy"]
        assert "unsafe" not in shown.headers["content-security-policy"]
        for path in (f"/preview/{SLUG}/cover.svg", "/sample/cover.svg", "/cover.svg"):
            assert client.get(path).status == 404
        page = client.get(f"/preview/{SLUG}/answers/heat-or-ice/")
        assert "script-src 'none'" in page.headers["content-security-policy"]


def test_a_full_disk_lets_nobody_in_and_says_so(desk: Running) -> None:
    address = urlsplit(desk.doors.one_time_address or "").path
    with no_space():
        refused = desk.browser().get(address)
    assert refused.status == 507
    assert "free disk space" in refused.text


def test_a_desk_under_which_pullquote_was_upgraded_says_so(desk: Running) -> None:
    """A template that is first needed now is the newer version's."""
    newer = DictLoader({"redactions.html.j2": "{{ known_to_a_newer_one }}"})
    desk.app.state.desk.templates.loader = newer
    client = desk.at_the_machine()
    path = f"/episodes/{SLUG}/redactions"
    answered = client.get(path)
    assert answered.status == 500
    assert "If Pullquote was upgraded since the desk was started" in answered.text
    asked = client.get(path, accept="application/json")
    assert asked.status == 500
    assert "start it again" in json.loads(asked.body)["problems"][0]


def test_a_damaged_list_of_accounts_says_what_to_do(show: ShowFolder) -> None:
    with running(show, local=False) as desk:
        add(desk, "editor")
        client = desk.browser()
        right = {"name": "ann", "password": PASSWORD}
        client.post("/login", right, csrf="")
        desk.doors.users.path.write_text("{")
        refused = client.get("/")
        assert (refused.status, "put a copy back" in refused.text) == (503, True)


def test_a_form_that_is_sent_signed_out_leads_back_to_its_page(
    show: ShowFolder,
) -> None:
    here = f"/episodes/{SLUG}/answers/heat-or-ice"
    with running(show, local=False) as desk:
        client = desk.browser()
        given = {"csrf": "x", "referer": f"{desk.address}{here}?edit"}
        sent = client.post(f"{here}/send", {"reviewer": "brambleworth"}, **given)
        door = sent.headers["location"]
        wanted = dict(parse_qsl(urlsplit(door).query))["next"]
        assert (sent.status, wanted) == (303, f"{here}?edit")
        assert "what you sent was not done" in client.get(door).text
