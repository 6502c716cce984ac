"""``_redirects``: what became of addresses that once were public.

The form that static hosts read (Netlify, Cloudflare Pages, GitLab Pages): a line
``/from /to status``. A withdrawn page has status 410 and leads nowhere; where a
host does not know 410, the page that stands there says so.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

REDIRECTS = "_redirects"
GONE = 410

_STATUSES = frozenset({"301", "302", "303", "307", "308", str(GONE)})


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Where an address leads now; ``target`` is None for a page that is gone."""

    target: str | None
    status: int = 301


def format_redirects(rules: Mapping[str, Redirect]) -> str:
    """Return the file's text, sorted, so that equal rules make equal bytes.

    >>> format_redirects({"/a/": Redirect(target="/b/")})
    '/a/ /b/ 301\\n'
    """
    lines = (
        f"{quote(at)} {quote(to.target or at)} {to.status}\n"
        for at, to in rules.items()
    )
    return "".join(sorted(lines))


def parse_redirects(text: str) -> dict[str, Redirect]:
    """Return rules by address; comments and lines that are no rule are left out."""
    rules = {}
    for line in text.splitlines():
        parts = line.partition("#")[0].split()
        if len(parts) < 2 or not parts[0].startswith("/"):
            continue
        status = parts[2] if len(parts) > 2 else "301"
        if status in _STATUSES:
            code = int(status)
            target = None if code == GONE else unquote(parts[1])
            rules[unquote(parts[0])] = Redirect(target=target, status=code)
    return rules
