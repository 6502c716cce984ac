"""Who came in through the door and is still inside.

Kept on the server, so that taking an account away ends its sessions at once, and on
disk, so that an editor's open page works on after the desk was started again. Only
digests of what browsers hold are kept.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from pullquote.formats.disk import stamp, write_text
from pullquote.formats.writing import writing

LASTS = 14 * 24 * 3600
"""Seconds."""
_SLACK = 24 * 3600
"""Seconds by which a clock may have gone back without ending sessions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One browser that came in."""

    user: str
    began: int
    """Seconds since 1970."""
    person: str | None = None
    """On this machine: whom of show.toml the person at it said to be."""
    name: str | None = None
    """That person's name."""

    def valid(self, now: float) -> bool:
        """Say whether it has neither ended nor begun in the future."""
        return self.began - _SLACK <= now < self.began + LASTS


class Sessions:
    """All sessions of a show's desks: one that runs beside this one may change them."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, dict[str, Session]] = (None, {})

    def begin(self, user: str) -> str:
        """Open a session and return what its browser is to hold."""
        token = secrets.token_urlsafe(32)
        session = Session(user=user, began=int(time.time()))
        with writing(self.path.parent):
            now = time.time()
            kept = {k: s for k, s in self._all().items() if s.valid(now)}
            self._save({**kept, _digest(token): session})
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a browser, None where it has ended."""
        found = self._all().get(_digest(token))
        return found if found and found.valid(time.time()) else None

    def choose(self, token: str, person: str | None, name: str | None) -> None:
        """Note whom of the show the person in this session says to be."""
        with writing(self.path.parent):
            all_, key = self._all(), _digest(token)
            if key in all_:
                chosen = replace(all_[key], person=person, name=name)
                self._save({**all_, key: chosen})

    def end(self, token: str) -> None:
        """Close a session."""
        with writing(self.path.parent):
            all_, key = self._all(), _digest(token)
            if key in all_:
                self._save({k: s for k, s in all_.items() if k != key})

    def _all(self) -> dict[str, Session]:
        """Return every session by the digest of its token, as the file has them now.

        While the disk that it lies on is away, as it had them last: nobody is sent out.
        """
        facts = stamp(self.path)
        if facts is not None and self._read[0] != facts:
            with suppress(OSError):
                self._read = facts, _load(self.path)
        return self._read[1]

    def _save(self, sessions: dict[str, Session]) -> None:
        rows = {key: asdict(session) for key, session in sessions.items()}
        write_text(self.path, json.dumps(rows), private=True)


def csrf_of(token: str) -> str:
    """Return what forms of this session carry; it tells nothing of the token."""
    return hashlib.sha256(b"csrf:" + token.encode()).hexdigest()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _load(path: Path) -> dict[str, Session]:
    try:
        rows = json.loads(path.read_text("utf-8"))
        return {str(key): Session(**row) for key, row in rows.items()}
    except (ValueError, TypeError, AttributeError):
        return {}  # everybody signs in once more
