"""Show a built site on this machine."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from pullquote.errors import UsageError

if TYPE_CHECKING:
    from starlette.types import ASGIApp

    from pullquote.publish.serving.reloading import Builds

HOST = "127.0.0.1"


def make_app(
    site: Path,
    builds: Builds | None = None,
    *,
    preview: bool = False,
    root: str = "/",
) -> ASGIApp:
    """Return the ASGI application that serves the site in this folder at ``root``.

    With ``builds`` the pages that are open load themselves again after each. A
    ``preview`` is answered to this machine's own browsers' own pages alone.
    """
    from pullquote.publish.serving.reloading import Reloading
    from pullquote.publish.serving.static_site import Hosted, Site

    files = Reloading(site, builds, root) if builds else Site(site, root)
    return Hosted(files, preview=preview)


def serve(
    site: Path,
    port: int,
    *,
    builds: Builds | None = None,
    preview: bool = False,
    root: str = "/",
    ready: Callable[[str], None] = lambda address: None,
) -> None:
    """Serve ``site`` to this machine alone until the process is interrupted.

    ``root`` is the path at which it was built to stand, such as ``/show/``. ``port`` 0
    lets the system choose one; ``ready`` is told the address as soon as it answers
    there. Raises UsageError if there is no site or the port is taken.
    """
    if not site.is_dir():
        raise UsageError(site, "there is no site yet", "make it: publish.py build")
    with listen(port) as listener:
        import uvicorn

        from pullquote.publish.serving.ending import PatientServer

        config = uvicorn.Config(
            make_app(site, builds, preview=preview, root=root),
            log_level="error",
            lifespan="off",
            ws="none",
        )
        server = PatientServer(config)
        if builds:
            builds.over = lambda: server.should_exit
        # connections queue from here on, so the address can be told before run()
        ready(f"http://{HOST}:{listener.getsockname()[1]}{root}")
        with suppress(KeyboardInterrupt):
            server.run(sockets=[listener])


def listen(port: int, host: str = HOST) -> socket.socket:
    """Return a socket that listens on an address. Raises UsageError if it cannot."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(128)
    except (OSError, OverflowError) as error:
        listener.close()
        reason = getattr(error, "strerror", None) or "not a port number"
        raise UsageError(
            f"port {port}",
            f"cannot be used ({reason})",
            "choose another with --port, or --port 0 for any free one",
        ) from error
    return listener
