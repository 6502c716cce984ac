"""The desk over a socket: how it ends."""

from __future__ import annotations

import gc
import socket
from urllib.parse import urlsplit

from pullquote.formats.folder import ShowFolder
from tests.desk.running import running


def test_who_does_not_read_what_they_asked_for_holds_no_socket_open(
    show: ShowFolder,
) -> None:
    with running(show) as desk:
        at = urlsplit(desk.address)
        session = desk.doors.sessions.begin("local")
        request = (
            "GET /episodes/2026-03-11-back-pain-basics/sound HTTP/1.1\r\n"
            f"Host: {at.netloc}\r\nCookie: {desk.doors.cookie_name}={session}\r\n\r\n"
        )
        slow = socket.socket()
        slow.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        slow.connect((at.hostname, at.port))
        slow.sendall(request.encode())
        assert slow.recv(12) == b"HTTP/1.1 200"
    with slow:
        gc.collect()  # a socket that was left open would be told here
