"""Ask PyPI's advisories whether anything in the lock files is known to be vulnerable.

    python tools/audit.py [requirements.lock …]

pip-audit asks for each exact version. Some mirrors answer only for a project's latest
version: that decides for a package that is locked at it. Ends with 1 where something is
vulnerable. What nobody answers for is listed, and decides nothing.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

_INDEX = "https://pypi.org/pypi"
_AT_ONCE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Audited:
    """What is known of one locked package."""

    name: str
    version: str
    advisories: tuple[str, ...] | None
    """None where nobody answered for this version; ``why`` says so."""
    why: str = ""


def main(locks: Sequence[str]) -> int:
    """Print what was found; return 1 where a package is vulnerable."""
    found = list(audit(locks or ("requirements.lock", "requirements-dev.lock")))
    vulnerable = [one for one in found if one.advisories]
    undecided = [one for one in found if one.advisories is None]
    for one in vulnerable:
        print(
            f"{one.name} {one.version} is vulnerable: {', '.join(one.advisories or ())}"
        )
    for one in undecided:
        print(f"{one.name} {one.version} is not decided: {one.why}")
    clean = len(found) - len(vulnerable) - len(undecided)
    print(
        f"{len(found)} packages: {clean} without known vulnerabilities,"
        f" {len(vulnerable)} vulnerable, {len(undecided)} not decided"
    )
    return 1 if vulnerable else 0


def audit(locks: Sequence[str]) -> Iterator[Audited]:
    """Yield every package of the lock files once, by name."""
    rows = {
        (row["name"], row.get("version") or _version(row)): row
        for lock in locks
        for row in _pip_audit(lock)
    }
    packages = sorted(rows)
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        yield from pool.map(lambda package: _audited(package, rows[package]), packages)


def _pip_audit(lock: str) -> list[dict[str, Any]]:
    command = [sys.executable, "-m", "pip_audit", "--requirement", lock]
    command += [
        "--no-deps",
        "--disable-pip",
        "--format",
        "json",
        "--progress-spinner",
        "off",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if not done.stdout.strip():
        raise SystemExit(f"{lock}: pip-audit failed: {done.stderr.strip()[-300:]}")
    rows: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    return rows


def _version(row: Mapping[str, Any]) -> str:
    """Return the version that a skipped row names: ``… (1.2.3)``."""
    return str(row.get("skip_reason", "")).rpartition("(")[2].rstrip(")")


def _audited(package: tuple[str, str], row: Mapping[str, Any]) -> Audited:
    name, version = package
    if "vulns" in row:
        advisories = tuple(str(one["id"]) for one in row["vulns"])
        return Audited(name=name, version=version, advisories=advisories)
    try:
        with urlopen(f"{_INDEX}/{name}/json", timeout=30) as answer:
            project = json.load(answer)
    except (URLError, OSError, ValueError) as error:
        return Audited(name=name, version=version, advisories=None, why=str(error))
    return judged(name, version, project)


def judged(name: str, version: str, project: Mapping[str, Any]) -> Audited:
    """Return what a project's page says of a version: it speaks of the latest alone."""
    latest = project["info"]["version"]
    if latest != version:
        why = f"the index answers for {latest} alone; lock that one"
        return Audited(name=name, version=version, advisories=None, why=why)
    told = project.get("vulnerabilities") or ()
    advisories = tuple(str(one["id"]) for one in told if not one.get("withdrawn"))
    return Audited(name=name, version=version, advisories=advisories)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
