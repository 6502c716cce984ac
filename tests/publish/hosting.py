"""The real server on a free port, in a thread of the test's own process."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from pullquote.publish.serving.ending import PatientServer
from pullquote.publish.serving.serve import listen, make_app


@contextmanager
def hosted(site: Path, *, preview: bool = False, root: str = "/") -> Iterator[str]:
    """Serve ``site`` at the path ``root`` and yield its address."""
    with listen(0) as listener:
        config = uvicorn.Config(
            make_app(site, preview=preview, root=root),
            log_level="error",
            lifespan="off",
            ws="none",
        )
        server = PatientServer(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}{root}"
        finally:
            server.should_exit = True
            thread.join()
