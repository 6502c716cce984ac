"""Tell those who wait for a feed that it is new: WebSub hubs and Podping.

A hub that does not answer harms nobody: clients look by themselves, only later.
"""

from __future__ import annotations

import http.client
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Collection, Iterator

import pullquote
from pullquote.errors import PullquoteError
from pullquote.model import address
from pullquote.model.show import Show

_SECONDS = 10


Ping = tuple[str, bytes | None, dict[str, str]]
"""Address, form and headers."""


def pings(show: Show, paths: Collection[str], token: str | None) -> Iterator[Ping]:
    """Yield what to send after these site paths changed; ``token`` is Podping's.

    WebSub (W3C): the publisher tells the hub by a form with hub.mode and hub.url.
    Podping (podping.cloud): a GET with the feed's address and the token as header.
    """
    feeds = [p for p in sorted(paths) if p.startswith("feeds/")]
    agent = {"User-Agent": f"Pullquote/{pullquote.__version__}"}
    if show.feed.hub:
        for path in feeds:
            form = {"hub.mode": "publish", "hub.url": address.absolute(show, path)}
            data = urllib.parse.urlencode(form).encode()
            yield show.feed.hub, data, agent
    if show.feed.podping and any(map(address.is_podcast, feeds)):
        feed = address.absolute(show, address.PODCAST_FEED)
        query = urllib.parse.urlencode({"url": feed, "reason": "update"})
        headers = agent | ({"Authorization": token} if token else {})
        yield f"{show.feed.podping}?{query}", None, headers


def send(
    show: Show, paths: Collection[str], token: str | None = None
) -> tuple[tuple[str, ...], tuple[PullquoteError, ...]]:
    """Tell everybody; return the hosts that were told, and who refused."""
    told, refused = [], []
    for url, data, headers in pings(show, paths, token):
        host = url
        try:
            host = urllib.parse.urlsplit(url).netloc or url
            request = urllib.request.Request(url, data, headers)
            with urllib.request.urlopen(request, timeout=_SECONDS):
                told.append(host)
        except (OSError, ValueError, http.client.HTTPException) as error:
            reason = (
                getattr(error, "reason", None) or str(error) or type(error).__name__
            )
            refused.append(
                PullquoteError(
                    host,
                    f"could not be told of the new feed ({reason})",
                    "nothing is lost: clients look by themselves; see [feed] in show.toml",
                )
            )
    return tuple(told), tuple(refused)
