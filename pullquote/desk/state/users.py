"""Who has an account on this desk: ``.pullquote/desk/users.json``, with argon2 hashes."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from pullquote.desk.context import ROLES, UserRole, Who
from pullquote.errors import ContentError, UsageError, number_of
from pullquote.formats.disk import read_text, stamp, write_text
from pullquote.formats.writing import writing

_ID = re.compile(r"[a-z0-9][a-z0-9._@+-]{0,63}")
SHORTEST = 10
"""Characters of a password (NIST SP 800-63B asks for eight and no other rule)."""
_LONGEST = 1000
_AT_ONCE = threading.Semaphore(2)
"""A check of a password takes 64 MiB: many at once would take the machine."""


@dataclass(frozen=True, slots=True, kw_only=True)
class User:
    """One account."""

    id: str
    name: str
    role: UserRole
    person: str | None = None
    hash: str | None = None
    """None where only the house's single sign-on lets this user in."""
    since: int = 0
    """When the account was made or given a new password, in seconds since 1970;
    sessions that began before are over."""

    def who(self) -> Who:
        """Return the person behind the account."""
        return Who(id=self.id, name=self.name, role=self.role, person=self.person)


class Users:
    """The file of accounts; read again whenever it has changed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._read: tuple[object, tuple[User, ...]] = (None, ())

    def all(self) -> tuple[User, ...]:
        """Return every account, in order of their ids.

        Raises ContentError where the file is not what ``user add`` wrote.
        """
        facts = stamp(self.path)
        if facts is None and not self.path.exists():  # an OSError where nobody can tell
            self._read = (None, ())
        elif self._read[0] != facts:
            self._read = (facts, _parse(self.path))
        return self._read[1]

    def get(self, user_id: str) -> User | None:
        """Return the account of this id, None where there is none."""
        return next((user for user in self.all() if user.id == user_id), None)

    def add(self, user: User, password: str | None) -> None:
        """Add an account, or replace the one of the same id.

        Raises UsageError where id, role or password cannot be.
        """
        if not _ID.fullmatch(user.id):
            remedy = "use small letters, digits and . _ @ + -"
            raise UsageError(user.id, "cannot be the name of an account", remedy)
        if user.role not in ROLES:
            raise UsageError(
                user.role, "is no role", f"choose one of: {', '.join(ROLES)}"
            )
        made = replace(user, since=int(time.time()))
        if password is not None:
            made = replace(made, hash=_hashed(password))
        with writing(self.path.parent):
            self._save([made, *(u for u in self.all() if u.id != user.id)])

    def remove(self, user_id: str) -> None:
        """Take an account away. Raises UsageError where there is none."""
        with writing(self.path.parent):
            if self.get(user_id) is None:
                known = ", ".join(u.id for u in self.all()) or "nobody yet"
                raise UsageError(user_id, "has no account", f"these have: {known}")
            self._save(u for u in self.all() if u.id != user_id)

    def check(self, user_id: str, password: str) -> User | None:
        """Return the user if the password is right; as slow where there is none."""
        from argon2 import PasswordHasher
        from argon2.exceptions import InvalidHashError, VerificationError

        user = self.get(user_id)
        known = user.hash if user and user.hash else _NOBODY
        with _AT_ONCE:
            try:
                PasswordHasher().verify(known, password[:_LONGEST])
            except (VerificationError, InvalidHashError):
                return None
        return user if user and user.hash else None

    def _save(self, users: Iterable[User]) -> None:
        rows = [
            {key: getattr(user, key) for key in User.__slots__}
            for user in sorted(users, key=lambda u: u.id)
        ]
        text = json.dumps({"users": rows}, indent=1) + "\n"
        write_text(self.path, text, private=True)


_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$ZmFrZXNhbHRmYWtlc2FsdA$" + "A" * 43


def _hashed(password: str) -> str:
    from argon2 import PasswordHasher

    if not SHORTEST <= len(password) <= _LONGEST:
        problem = f"has {number_of(len(password), 'character')}"
        raise UsageError("the password", problem, f"choose one of at least {SHORTEST}")
    return PasswordHasher().hash(password)


def _parse(path: Path) -> tuple[User, ...]:
    try:
        rows = json.loads(read_text(path))["users"]
        users = [User(**row) for row in rows]
    except (ValueError, TypeError, KeyError) as error:
        raise ContentError(
            path,
            "is no file of accounts",
            "put a copy back, or delete it and add everybody anew: pullquote user add",
        ) from error
    return tuple(user for user in users if user.role in ROLES)
