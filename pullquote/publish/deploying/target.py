"""Where a site is brought: the only module that knows fsspec.

A target is a folder or any address that fsspec has a driver for: ``sftp://``,
``s3://`` (Amazon's and those like it), ``memory://``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from pullquote.errors import EngineError, PullquoteError, UsageError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

_INSTALL = {"sftp": "paramiko", "ssh": "paramiko", "s3": "s3fs"}
_SCP = re.compile(r"[^/\\:]+@[^/\\:]+:.*|[\w.-]{2,}:/?[^/\\].*")
_DRIVERS = ("paramiko", "botocore", "aiobotocore", "aiohttp", "s3fs")


def from_show(root: Path, target: str) -> str:
    """Return a target that ``show.toml`` names: folders are told from the show's on."""
    if "://" in target or _SCP.fullmatch(target):
        return target
    return str(root / Path(target).expanduser())


def open_target(target: str) -> tuple[AbstractFileSystem, str]:
    """Return a target's file system, and where in it the site's root is.

    Raises UsageError where a folder looks like scp's name of a host.
    """
    from fsspec.core import url_to_fs

    given: dict[str, Any] = {}
    if target.startswith(("sftp://", "ssh://")):
        target, given = _as_ssh(target)
        given["host_key_policy"] = _as_known()
    elif _SCP.fullmatch(target) and not Path(target).exists():
        remedy = "write sftp://USER@HOST/PATH, or ./ before a folder's name"
        raise UsageError(target, "is how scp names a host, not a folder", remedy)
    files, root = url_to_fs(target, **given)
    return files, str(root).rstrip("/")


def _as_ssh(target: str) -> tuple[str, dict[str, Any]]:
    """Return a target, and what to connect with, as ``~/.ssh/config`` has them.

    What the target itself names goes before.
    """
    import paramiko

    parts = urlsplit(target)
    config = paramiko.SSHConfig()
    with suppress(OSError), Path("~/.ssh/config").expanduser().open() as lines:
        config.parse(lines)
    told = config.lookup(parts.hostname or "")
    login, _, _ = parts.netloc.rpartition("@")
    login = login or str(told.get("user", ""))
    port = parts.port or told.get("port")
    host = str(told.get("hostname") or parts.hostname)
    place = f"{login}@" * bool(login) + host + f":{port}" * bool(port)
    keys = told.get("identityfile")
    given = {"key_filename": keys} if keys else {}
    return urlunsplit(parts._replace(netloc=place)), given


def _as_known() -> object:
    """Return what refuses a host that ``ssh`` knows by another key; fsspec takes any."""
    import paramiko

    def check(_: object, __: object, host: str, key: Any) -> None:
        keys = paramiko.HostKeys()
        with suppress(OSError):
            keys.load(str(Path("~/.ssh/known_hosts").expanduser()))
        known = keys.lookup(host)
        if known and known.get(key.get_name()) != key:
            problem = (
                "its key is not the one in ~/.ssh/known_hosts: it may be another host"
            )
            raise paramiko.SSHException(problem)

    policy = type(
        "AsKnown", (paramiko.MissingHostKeyPolicy,), {"missing_host_key": check}
    )
    return policy()


def has_folders(files: AbstractFileSystem) -> bool:
    """Say whether files lie in folders there, and can be renamed."""
    return bool(protocols(files) & {"file", "local", "sftp", "ssh"})


def protocols(files: AbstractFileSystem) -> set[str]:
    """Return by what names a file system goes: "sftp", "s3"."""
    protocol = files.protocol
    return {protocol} if isinstance(protocol, str) else set(protocol)


@contextmanager
def refusals(target: str) -> Iterator[None]:
    """Turn what drivers raise into one line that names the target."""
    try:
        yield
    except ImportError as error:
        driver = _INSTALL.get(target.partition("://")[0], "what it names")
        remedy = f"install it: pip install {driver}"
        problem = f"needs a driver that is missing ({error})"
        raise EngineError(target, problem, remedy) from error
    except ValueError as error:
        remedy = "name a folder, sftp://HOST/PATH or s3://BUCKET/PATH"
        raise UsageError(target, f"is no target ({error})", remedy) from error
    except Exception as error:
        # drivers have errors of their own, and importing them all costs seconds
        driver = type(error).__module__.partition(".")[0]
        if not isinstance(error, OSError | EOFError) and driver not in _DRIVERS:
            raise
        told = str(error) or type(error).__name__
        if isinstance(error, OSError) and error.strerror:  # without its number
            place = f": {error.filename}" if error.filename else ""
            told = f"{error.strerror}{place}"
        raise PullquoteError(
            target,
            f"refuses ({told})",
            "mend that and deploy again: it goes on where it was",
        ) from error
