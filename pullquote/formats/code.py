"""Which version of Pullquote this is, to the letter: another one makes all anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from pathlib import Path

import pullquote

_WRITES_NOTHING = ("cli", "desk", "pull", "transcribe")
"""What nothing that is built is made by."""


@cache
def code_digest(*packages: str) -> str:
    """Return a digest of the code that reads, judges and writes, and of ``packages``.

    It is the same on every machine.
    """
    versions = [f"{package} {version(package)}" for package in packages]
    return hashlib.sha256("\n".join((_own(), *versions)).encode()).hexdigest()


@cache
def _own() -> str:
    root = Path(pullquote.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).as_posix()
        if not name.startswith(_WRITES_NOTHING):
            digest.update(f"{name}\n".encode() + path.read_bytes())
    return digest.hexdigest()
