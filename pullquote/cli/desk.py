"""``pullquote desk``: the editors' room, in a browser."""

from __future__ import annotations

import gc
from collections.abc import Sequence
from contextlib import suppress
from ipaddress import ip_address
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from pullquote.cli.terminal import Terminal

if TYPE_CHECKING:
    from socket import socket

    from starlette.applications import Starlette

    from pullquote.desk.context import SignOn

_PORTS = {"http": 80, "https": 443}
"""Those that browsers leave out."""


def command(
    terminal: Terminal,
    port: Annotated[int, typer.Option(help="Port; 0 picks a free one.")] = 8100,
    host: Annotated[
        str,
        typer.Option(
            help="Address to listen on; any but this machine's own asks for accounts."
        ),
    ] = "127.0.0.1",
    address: Annotated[
        str | None,
        typer.Option(
            metavar="URL",
            help="Where browsers reach it if --host is not this machine alone: "
            "https://desk.example.org",
        ),
    ] = None,
    sign_on_header: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="Header in which your sign-on proxy names the user."
        ),
    ] = None,
    sign_on_proxy: Annotated[
        str, typer.Option(metavar="IP", help="The address that proxy connects from.")
    ] = "127.0.0.1",
    no_open: Annotated[
        bool, typer.Option("--no-open", help="Do not open the browser.")
    ] = False,
) -> None:
    """Open the desk, the editors' room, in your browser.

    There you hear, correct, cut, redact and send to review.
    """
    from pullquote.desk.app import desk_app
    from pullquote.formats.show_toml import load_show
    from pullquote.publish.serving.serve import listen

    load_show(terminal.folder.show)
    reached = _reached(address, host)
    sign_on = _sign_on(sign_on_header, sign_on_proxy)
    local = reached is None and _is_this_machine(host) and not sign_on
    with listen(port, host) as listener:
        where = reached or f"http://{_in_url(host)}:{listener.getsockname()[1]}"
        app = desk_app(terminal.folder, where, local=local, sign_on=sign_on)
        once = app.state.doors.one_time_address
        terminal.line(f"Open {once or where} (Ctrl+C ends it)")
        _remember(terminal, where)
        if not once:
            _warn(terminal, where, app.state.doors.users.all())
        terminal.result({"address": once or where})
        if once and not no_open:
            import webbrowser

            webbrowser.open(once)
        _serve(app, listener)


def _serve(app: Starlette, listener: socket) -> None:
    from pullquote.desk.serving import DeskServer

    # the words of a long transcript are objects that stay: looking through all of
    # them every few requests is a fifth of the time that opening it takes
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000)
    with suppress(KeyboardInterrupt):
        DeskServer(app).run(sockets=[listener])


def _reached(address: str | None, host: str) -> str | None:
    """Return where browsers reach the desk as they write it; None without an address.

    Raises UsageError where they could not.
    """
    from pullquote.errors import UsageError

    if address is None and host in ("0.0.0.0", "::"):
        raise UsageError(
            f"--host {host}",
            "listens everywhere, but says not where browsers reach it",
            "say it: --address https://desk.example.org",
        )
    if address is not None and _as_origin(address) is None:
        raise UsageError(
            f"--address {address}",
            "is no address of a web page's host",
            "write it without a path: https://desk.example.org",
        )
    return address and _as_origin(address)


def _sign_on(header: str | None, proxy: str) -> SignOn | None:
    """Return the house's single sign-on, None without. Raises UsageError."""
    from pullquote.desk.context import SignOn
    from pullquote.errors import UsageError

    if header is None:
        return None
    try:
        return SignOn(header=header, proxy=str(ip_address(proxy)))
    except ValueError:
        raise UsageError(
            f"--sign-on-proxy {proxy}",
            "is no address that a proxy connects from",
            "write its IP address: 10.0.0.2",
        ) from None


def _remember(terminal: Terminal, where: str) -> None:
    """Say that the desk stood elsewhere: browsers keep unsaved words by its address."""
    from pullquote.errors import PullquoteError
    from pullquote.formats.disk import read_text, write_text

    path = terminal.folder.desk / "address"
    before = ""
    with suppress(PullquoteError):
        before = read_text(path).strip()
    if before not in ("", where):
        terminal.note(
            f"This desk was at {before} before. What a page there could not save waits in"
            " its browser for that address alone: start the desk there once more"
        )
    with suppress(PullquoteError):
        write_text(path, f"{where}\n")


def _warn(terminal: Terminal, where: str, users: Sequence[object]) -> None:
    if not users:
        terminal.note(
            "Nobody has an account yet: pullquote user add NAME --role editor"
        )
    if not where.startswith("https:"):
        terminal.note("Passwords travel in the clear: put a TLS proxy before the desk.")


def _as_origin(address: str) -> str | None:
    """Return a host's address as browsers send it, None where it is no such.

    >>> _as_origin("HTTPS://Desk.Example.org:443/")
    'https://desk.example.org'
    """
    try:
        parts = urlsplit(address)
        port, host = parts.port, (parts.hostname or "").encode("idna").decode()
    except ValueError:
        return None
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if not host or port == 0 or parts.scheme not in _PORTS or more:
        return None
    ours = port in (None, _PORTS[parts.scheme])
    return f"{parts.scheme}://{_in_url(host)}" + ("" if ours else f":{port}")


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _in_url(host: str) -> str:
    return f"[{host}]" if ":" in host else host
