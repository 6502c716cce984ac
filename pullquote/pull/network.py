"""Keep addresses that came from outside away from this machine's own network.

A feed or page may name ``http://192.168.1.1/`` or a host whose name leads there,
at once or by a redirect. The check therefore stands where every library ends: at
the connection, by the address it really goes to (Python's audit event
``socket.connect``). So it holds whatever yt-dlp is replaced by.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from urllib.request import getproxies

Endpoint = tuple[str, int]
"""Numeric address and port."""

PRIVATE = "leads into this machine's own or private network"

_PORTS = {"http": 80, "https": 443}
_NAT64 = ipaddress.ip_network("64:ff9b::/96")


class PrivateNetworkError(OSError):
    """A connection was refused because of where it would lead."""


class _Guards:
    """The guards that hold now; every one of them must let a connection pass."""

    def __init__(self) -> None:
        self.allowed: list[frozenset[Endpoint]] = []
        self.lock = threading.Lock()
        self.hooked = False


_guards = _Guards()


@contextmanager
def outside_only(trusted: Collection[str]) -> Iterator[None]:
    """Let this process connect to public addresses alone.

    ``trusted`` are addresses that the producer named: what they lead to, host and
    port, may be private. So may a proxy that the system is set to.
    """
    allowed = frozenset(
        endpoint
        for address in (*trusted, *getproxies().values())
        for endpoint in _endpoints(address)
    )
    with _guards.lock:
        if not _guards.hooked:
            sys.addaudithook(_check)  # it cannot be taken off again
            _guards.hooked = True
        _guards.allowed.append(allowed)
    try:
        yield
    finally:
        with _guards.lock:
            _guards.allowed.remove(allowed)


def check_host(address: str) -> None:
    """Raise PrivateNetworkError where an address's host is private, as told here.

    The check of connections cannot see past a proxy: this one looks at the name.
    """
    endpoints = _endpoints(address)
    if any(_refused(endpoint) for endpoint in endpoints):
        raise PrivateNetworkError(f"{PRIVATE}: {endpoints[0][0]}")


def is_private(host: str) -> bool:
    """Say whether a numeric address is none of the public internet.

    An IPv4 address inside an IPv6 one counts as itself.

    >>> is_private("10.0.0.1"), is_private("::ffff:127.0.0.1"), is_private("9.9.9.9")
    (True, True, False)
    """
    try:
        ip = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            ip = inner
    return not ip.is_global or ip.is_multicast


def _check(event: str, arguments: tuple[object, ...]) -> None:
    if event != "socket.connect" or not _guards.allowed:
        return
    where = arguments[1]
    if isinstance(where, tuple) and _refused((str(where[0]), int(where[1]))):
        raise PrivateNetworkError(f"{PRIVATE}: {where[0]}")


def _refused(endpoint: Endpoint) -> bool:
    return is_private(endpoint[0]) and not all(
        endpoint in allowed for allowed in list(_guards.allowed)
    )


def _endpoints(address: str) -> tuple[Endpoint, ...]:
    """Return where a http(s) address leads now; nothing where its name is unknown."""
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme.lower(), 0)
        found = socket.getaddrinfo(parts.hostname, port, 0, socket.SOCK_STREAM)
    except (OSError, ValueError):
        return ()  # connecting will say what is wrong
    return tuple((str(row[4][0]), port) for row in found if parts.hostname)
