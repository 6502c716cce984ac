"""Recordings and results where several machines reach them: a folder or S3.

Everything is named by what it is made from, so nothing is done twice and two writers
write the same. Every file begins with its own digest: what a storage garbles or cuts
off counts as missing.
"""

from __future__ import annotations

import errno
import hashlib
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pullquote.errors import EngineError, PullquoteError, UsageError
from pullquote.formats.disk import file_sha256, unreadable

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

T = TypeVar("T")

_TRIES = 4
_WAIT = 0.25
"""Seconds before the second try; each wait is twice the one before."""
_FOR_GOOD = (FileNotFoundError, PermissionError, IsADirectoryError, NotADirectoryError)
_FULL_OR_CLOSED = (errno.EROFS, errno.ENOSPC, errno.EDQUOT)
_REMEDY = "check [cluster] storage; what is finished is kept"


@dataclass(frozen=True)
class Storage:
    """A place that workers and client share; ``url`` as fsspec names it."""

    url: str

    @cached_property
    def _place(self) -> tuple[AbstractFileSystem, str]:
        from fsspec.core import url_to_fs

        try:
            files, root = url_to_fs(self.url)
        except ImportError as error:
            problem = f"needs a driver that is missing ({error})"
            remedy = "install it: pip install 'pullquote[deploy]'"
            raise EngineError(self.url, problem, remedy) from error
        except ValueError as error:
            remedy = "name a shared folder or s3://BUCKET/PATH"
            raise UsageError(self.url, f"is no storage ({error})", remedy) from error
        return files, str(root).rstrip("/")

    def get(self, key: str) -> bytes | None:
        """Return a result, None where it is not there or not whole.

        Raises PullquoteError where the storage answers nothing but errors.
        """
        files, _ = self._place
        try:
            data: bytes = self._tried(lambda: files.cat_file(self._result(key)))
        except FileNotFoundError:
            return None
        digest, _, body = data.partition(b"\n")
        whole = digest.decode("ascii", "replace") == hashlib.sha256(body).hexdigest()
        return body if whole else None

    def put(self, key: str, body: bytes) -> None:
        """Keep a result. Raises PullquoteError where the storage refuses."""
        files, _ = self._place
        digest = hashlib.sha256(body).hexdigest()
        data, target = digest.encode() + b"\n" + body, self._result(key)
        part = f"{target}.{digest[:12]}.part"
        self._placed(target, part, lambda: files.pipe_file(part, data))

    def bring(self, recording: Path, sha256: str) -> str:
        """Put a recording where workers find it and return its name there."""
        name = f"{sha256}{recording.suffix.lower()}"
        files, root = self._place
        target = f"{root}/recordings/{name}"
        try:
            size = recording.stat().st_size
        except OSError as error:
            raise unreadable(recording, error) from error
        if self._size(target) == size:
            return name

        part = f"{target}.part-{sha256[:8]}"
        self._placed(target, part, lambda: files.put_file(str(recording), part))
        return name

    def fetch(self, name: str, folder: Path) -> Path:
        """Return a recording as a file of this machine, its bytes checked.

        A folder that is mounted here is read in place; else it is copied into
        ``folder``. Raises PullquoteError where it is missing or damaged.
        """
        files, root = self._place
        source = f"{root}/recordings/{name}"
        local = Path(source)
        if not self._is_local:
            local = folder / name
            if not local.is_file():
                part = folder / f".{name}.part"
                self._checked(lambda: files.get_file(source, str(part)))
                part.replace(local)
        if file_sha256(local) != name.partition(".")[0]:
            raise PullquoteError(source, "is damaged", "delete it; it is brought again")
        return local

    @property
    def _is_local(self) -> bool:
        protocol = self._place[0].protocol
        names = {protocol} if isinstance(protocol, str) else set(protocol)
        return bool(names & {"file", "local"})

    def _result(self, key: str) -> str:
        return f"{self._place[1]}/results/{key[:2]}/{key}"

    def _size(self, path: str) -> int | None:
        files, _ = self._place
        try:
            return int(self._tried(lambda: files.size(path)))
        except FileNotFoundError:
            return None

    def _placed(self, path: str, part: str, write: Callable[[], object]) -> None:
        """Write ``part`` and give it its name; nothing half-written is left."""
        files, _ = self._place

        def act() -> None:
            files.makedirs(path.rpartition("/")[0], exist_ok=True)
            try:
                write()
                files.mv(part, path)
            except Exception:
                with suppress(Exception):  # the first error is the one to tell
                    files.rm_file(part)
                raise

        self._checked(act)

    def _checked(self, act: Callable[[], T]) -> T:
        try:
            return self._tried(act)
        except FileNotFoundError as error:
            problem = f"lacks {error.filename or error}"
            raise PullquoteError(self.url, problem, _REMEDY) from error

    def _tried(self, act: Callable[[], T]) -> T:
        """Do something, again and again where the storage stumbles."""
        for left in reversed(range(_TRIES)):
            try:
                return act()
            except FileNotFoundError:
                raise
            except Exception as error:
                # drivers have errors of their own, and importing them costs seconds
                driver = type(error).__module__.partition(".")[0]
                known = isinstance(error, OSError) or driver in ("botocore", "s3fs")
                if not known:
                    raise
                stays = isinstance(error, _FOR_GOOD) or (
                    isinstance(error, OSError) and error.errno in _FULL_OR_CLOSED
                )
                if left and not stays:
                    time.sleep(_WAIT * 2 ** (_TRIES - 1 - left))
                    continue
                problem = f"cannot be used ({error or driver})"
                raise PullquoteError(self.url, problem, _REMEDY) from error
        raise AssertionError("unreachable")
