"""yt-dlp's messages, as one line that a producer understands."""

from __future__ import annotations

import re
import sys
from functools import cache
from importlib import metadata

from pullquote.pull.network import PRIVATE

Line = tuple[str, str]
"""Problem and remedy."""

_AGAIN = "try again later; what is there already is kept"
_UPDATE = "update yt-dlp"
"""Stands for the command, which differs from machine to machine."""
_ADDRESS = "check the address in a browser"
_COOKIES = (
    "give yt-dlp the cookies of somebody who may see it (yt_dlp at its source in "
    "show.toml), or download it by hand and pull the file"
)
_SLOWER = 'wait an hour; yt_dlp = ["--sleep-requests=2"] at its source asks slower'
_SOON = "has not been broadcast yet"
_NOW = "is live at this moment"
_ENDED = "has just ended; its recording is not ready yet"
NOT_YET = frozenset({_SOON, _NOW, _ENDED})
"""Problems that time alone will solve."""

_EMPTY = "is empty (0 bytes)"
_BEYOND = "has no bytes beyond those that are here (HTTP 416)"
NO_MORE = frozenset({_EMPTY, _BEYOND})
"""Problems of a download that went on where one was that had all of it already."""

LARGE_PAGE = "a page of more than 12 MB"

_STATUS: dict[int, Line] = {
    401: ("asks for a password (HTTP 401)", "make it public or download it by hand"),
    403: (
        "is refused by its server (HTTP 403)",
        "make it public, or download it by hand and pull the file",
    ),
    404: ("is not there (HTTP 404)", _ADDRESS),
    416: (_BEYOND, _AGAIN),
    410: ("is gone for good (HTTP 410)", "take it out of the sources"),
    429: (
        "asks us to wait: too many requests (HTTP 429)",
        _SLOWER,
    ),
}

_TEXTS = (
    # what it says, the problem and the remedy
    (
        PRIVATE,
        f"{PRIVATE}, though it comes from outside",
        "if that is meant, set private_network = true at its source in show.toml",
    ),
    (
        LARGE_PAGE,
        f"is {LARGE_PAGE}",
        "give the address of the recording, or of a feed in pages",
    ),
    (
        r"private video|video is private|this video is private",
        "is private",
        "make it public or unlisted",
    ),
    (
        r"members.only|join this channel|only available for (registered|subscri)",
        "is for members only",
        _COOKIES,
    ),
    (
        r"confirm your age|age.(restrict|verif)|inappropriate for some",
        "is age-restricted; nobody can fetch it without an account",
        _COOKIES,
    ),
    (
        r"rate.?limit|content isn't available, try again later",
        "asks us to wait: too many requests",
        _SLOWER,
    ),
    (
        r"not a bot|captcha|cloudflare",
        "is kept from programs by its site",
        f"wait an hour, or {_COOKIES}",
    ),
    (
        r"in your country|in your location|geo.?restrict|georestricted",
        "is blocked in this country",
        "pull it from a machine where it can be watched",
    ),
    (
        r"has been removed|no longer available|been terminated|account .*closed",
        "has been removed",
        "take it out of the sources",
    ),
    (r"\bdrm\b", "is protected against copying (DRM)", "ask its owner for the file"),
    (
        r"premieres? (in|will)|live event will begin|is_upcoming|has not started"
        r"|scheduled for",
        _SOON,
        "pull again after the broadcast",
    ),
    (
        r"post_live|live stream recording is not available|live event has ended",
        _ENDED,
        "pull again tomorrow",
    ),
    (r"live.?stream|is_live|currently live", _NOW, "pull again after the broadcast"),
    (
        r"no space left|errno 28",
        "does not fit: the disk is full",
        "free disk space and pull again",
    ),
    (
        r"no such file or directory",
        "no such file",
        "check the path, or put the file back",
    ),
    (
        r"permission denied|errno 13",
        "may not be read or stored",
        "check the permissions of file and folder",
    ),
    (
        r"file:// ?urls are disabled|unsupported url scheme: \"file\"",
        "leads to a file on this machine",
        "only show.toml may name local files",
    ),
    (
        r"name or service not known|failed to resolve|getaddrinfo|name resolution"
        r"|nodename nor servname|no address associated",
        "cannot be reached: its server's name is not known here",
        "check the network and the address",
    ),
    (
        r"connection refused|network is unreachable|no route to host|errno 111",
        "cannot be reached: no answer from its server",
        "check the network, then again",
    ),
    (r"certificate", "has a certificate that is not valid", _ADDRESS),
    (r"timed? ?out", "cannot be reached: its server does not answer in time", _AGAIN),
    (
        r"more expected|incompleteread|content too short|bytes? (missing|read)"
        r"|connection (was )?(reset|closed|aborted|broken)|remote end closed",
        "broke off before its end",
        _AGAIN,
    ),
    (r"did not get any data|file is empty|empty file", _EMPTY, _ADDRESS),
    (
        r"registered users|log(ged)?.?in\b|login|sign in|--cookies|subscription"
        r"|premium (users|members)|requires payment|purchase",
        "asks for an account",
        _COOKIES,
    ),
    (
        r"password",
        "asks for a password",
        'write yt_dlp = ["--video-password=…"] at its source in show.toml',
    ),
    (
        r"ffmpeg (is )?not (found|installed)|install ffmpeg|ffmpeg could not be found",
        "comes in a form that only ffmpeg can download",
        "download it by hand and pull the file",
    ),
    (
        r"requested format is not available|no video formats|no formats found"
        r"|only images are available",
        "offers no sound that can be downloaded",
        _UPDATE,
    ),
    (
        r"unsupported url:",
        "is a web page on which no recording was found",
        "give the address of the recording, its feed or its channel",
    ),
    (
        r"unsupported url scheme|is not a valid url|no suitable extractor",
        "is not an address that can be pulled",
        "use http(s), a path or file:",
    ),
    (
        r"no connection adapters|invalid ipv6|invalid url|not a valid host",
        "leads to an address that is none",
        _ADDRESS,
    ),
    (
        r"video unavailable|not available|does not exist|unavailable",
        "is not available",
        _ADDRESS,
    ),
)
_COMPILED = tuple((re.compile(p, re.IGNORECASE), line) for p, *line in _TEXTS)
_NOISE = re.compile(
    r"^ERROR:\s*|\x1b\[[0-9;]*m|^\[[\w:+.-]+\]\s*|;?\s*please report this issue.*",
    re.IGNORECASE | re.DOTALL,
)


def explain(text: str, status: int | None = None) -> Line:
    """Return problem and remedy for what yt-dlp said.

    ``status`` is the HTTP status behind it, if there was one. What is not
    known is passed on, cut to one short line.
    """
    problem, remedy = _explained(text, status)
    return problem, _how_to_update() if remedy == _UPDATE else remedy


def _explained(text: str, status: int | None) -> Line:
    for pattern, (problem, remedy) in _COMPILED:
        vague = remedy in (_ADDRESS, _UPDATE)  # an HTTP status says more than these
        if pattern.search(text) and (status is None or not vague):
            return problem, remedy
    if status is not None:
        if status >= 500:
            return f"cannot be had: its server is at fault (HTTP {status})", _AGAIN
        if status < 400:
            return f"leads in a circle, or nowhere (HTTP {status})", _ADDRESS
        return _STATUS.get(status, (f"is refused (HTTP {status})", _ADDRESS))
    short = " ".join(_NOISE.sub("", _NOISE.sub("", text)).split())[:160]
    return f"could not be read ({short or 'no reason given'})", _UPDATE


@cache
def _how_to_update() -> str:
    """Return the command that brings the newest yt-dlp to this very installation."""
    try:
        here = f"{metadata.version('yt-dlp')} is here"
    except metadata.PackageNotFoundError:
        here = "none is here"
    command = f"{sys.executable} -m pip install --upgrade 'yt-dlp[default,deno]'"
    return f"its site may have changed: update yt-dlp ({here}): {command}"
