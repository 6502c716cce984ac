"""The doors: one-time address, password, single sign-on; and how often one may knock."""

from __future__ import annotations

import hmac
import secrets
import threading
import time
from collections import deque
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pullquote.desk.context import Desk, Who
from pullquote.desk.state.sessions import LASTS, Session, Sessions
from pullquote.desk.state.users import User, Users

if TYPE_CHECKING:
    from starlette.datastructures import Headers
    from starlette.types import Scope

LOCAL = "local"
_TRIES = 8
_WITHIN = 600.0
"""Seconds in which so many wrong passwords may come from one address for one account."""
_TRIES_IN_ALL = 40
"""So many for one account from anywhere: a guesser with many addresses ends here."""
_TRIES_AN_ADDRESS = 200
"""So many from one address for whatever accounts; behind a proxy all share one."""


class Doors:
    """Lets people in, and knows who is inside."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.users = Users(desk.state / "users.json")
        self.sessions = Sessions(desk.state / "sessions.json")
        self._once = secrets.token_urlsafe(24) if desk.local else None
        self._wrong: dict[tuple[str, str], deque[float]] = {}
        self._lock = threading.Lock()
        secure = desk.address.startswith("https:")
        port = urlsplit(desk.address).port
        # cookies do not know ports: two desks on one machine need two names
        self.cookie_name = "__Host-pullquote" if secure else f"pullquote-{port}"
        self._attributes = "Path=/; HttpOnly; SameSite=Strict" + (
            "; Secure" if secure else ""
        )

    @property
    def one_time_address(self) -> str | None:
        """Where the person at this machine comes in, once; None on other doors."""
        return f"{self.desk.address}/enter/{self._once}" if self._once else None

    def enter_once(self, token: str) -> bool:
        """Say whether the one-time address is right; it is not a second time."""
        with self._lock:
            known = self._once
            if known is None or not hmac.compare_digest(token.encode(), known.encode()):
                return False
            self._once = None
            return True

    def cookie(self, token: str, lasts: int = LASTS) -> str:
        """Return the value of ``Set-Cookie`` for a session."""
        return f"{self.cookie_name}={token}; Max-Age={lasts}; {self._attributes}"

    def recognise(self, scope: Scope, headers: Headers) -> str | None:
        """Put who is there into the scope and return the session's token."""
        token = _cookie(headers, self.cookie_name)
        session = self.sessions.find(token) if token else None
        if self.desk.sign_on is not None:
            token, session = self._signed_on(scope, headers, token, session)
        there = self._who(session) if session else None
        if there is None:
            return None
        scope["pullquote.who"] = there
        return token

    def _who(self, session: Session) -> Who | None:
        if session.user == LOCAL:
            if not self.desk.local:
                return None
            name = session.name or "You"
            return Who(id=LOCAL, name=name, role="producer", person=session.person)
        user = self.users.get(session.user)
        return user.who() if user and session.began >= user.since else None

    def _signed_on(
        self,
        scope: Scope,
        headers: Headers,
        token: str | None,
        session: Session | None,
    ) -> tuple[str | None, Session | None]:
        """Believe the proxy about who is there; open a session for its forms."""
        assert self.desk.sign_on is not None
        from_proxy = (scope.get("client") or ("", 0))[0] == self.desk.sign_on.proxy
        named = headers.getlist(self.desk.sign_on.header)
        if not from_proxy or len(named) != 1:
            return None, None
        user = self.users.get(named[0].strip().casefold())
        if user is None:
            scope["pullquote.unknown"] = named[0]
            return None, None
        if session is None or session.user != user.id:
            token = self.sessions.begin(user.id)
            session = self.sessions.find(token)
            scope["pullquote.new_session"] = token
        return token, session

    def wait(self, user_id: str, address: str) -> int:
        """Return the seconds until a password may be tried again, 0 for now.

        Counted on a clock that nobody sets.
        """
        with self._lock:
            now = time.monotonic()
            waits = [
                deadline - now
                for key, tries in (
                    ((user_id, address), _TRIES),
                    ((user_id, "*"), _TRIES_IN_ALL),
                    (("*", address), _TRIES_AN_ADDRESS),
                )
                if (deadline := self._until(key, tries, now)) > now
            ]
        return int(max(waits, default=0)) + bool(waits)

    def _until(self, key: tuple[str, str], tries: int, now: float) -> float:
        times = self._wrong.get(key, deque())
        while times and times[0] <= now - _WITHIN:
            times.popleft()
        return times[-tries] + _WITHIN if len(times) >= tries else 0.0

    def sign_in(self, user_id: str, password: str, address: str) -> User | None:
        """Return the user where the password is right; a wrong one is counted."""
        user = self.users.check(user_id, password)
        if user is None:
            with self._lock:
                now = time.monotonic()
                if len(self._wrong) > 10_000:  # somebody tries every name
                    old = now - _WITHIN
                    kept = {k: t for k, t in self._wrong.items() if t and t[-1] > old}
                    self._wrong = kept
                for key in ((user_id, address), (user_id, "*"), ("*", address)):
                    times = self._wrong.setdefault(key, deque(maxlen=_TRIES_AN_ADDRESS))
                    times.append(now)
        return user


def _cookie(headers: Headers, name: str) -> str | None:
    for text in headers.getlist("cookie"):
        try:
            found = SimpleCookie(text).get(name)
        except CookieError:
            continue
        if found is not None:
            return found.value
    return None
